//! `ftp-path`: a remote path that does not start at the root.

use super::task;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0916",
    name: "ftp-path",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the remote path of an FTP Task does not begin with a slash",
    page: include_str!("../../../rules/ftp-path.md"),
    check: Check::Executable(check),
};

/// Operations that name something on the server; sending is the default and is left out.
const REMOTE: [&str; 6] = ["", "Send", "Receive", "DeleteRemote", "MakeDirRemote", "RemoveDirRemote"];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some(executable) = task::enabled(package, id, ExecutableKind::Ftp) else { return };
    let settings = &executable.settings;
    let literal = REMOTE.contains(&settings.text("TaskOperationType")) && !settings.flag("TaskIsRemotePathVar", false);
    let Some(path) = settings.get("TaskRemotePath").filter(|path| literal && !path.is_blank() && !path.value.starts_with('/')) else { return };
    if !["RemotePath", "IsRemotePathVariable"].iter().any(|property| task::is_replaced(scope, package, id, property)) {
        let message = format!("the remote path `{}` does not begin with `/`: the task fails when it is validated (0xC0029191)", path.value);
        sink.report(Report::new(&*executable.path, path.span, message).property("RemotePath").help(format!("write `/{}`", path.value)));
    }
}
