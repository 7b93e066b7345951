//! `process-path`: a program that must be installed first.

use crate::analysis::overrides;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::windows_path::{self, PathKind};
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0310",
    name: "process-path",
    category: Category::Path,
    severity: Severities::none().on(Target::AzureSsis, Warning).on(Target::Fabric, Warning),
    set: RuleSet::Default,
    summary: "a program is not part of Windows and must be installed where the package runs",
    page: include_str!("../../../rules/process-path.md"),
    check: Check::Executable(check),
};

/// Programs that every Windows machine has.
const WINDOWS: [&str; 36] = [
    "attrib",
    "bitsadmin",
    "cacls",
    "certutil",
    "cipher",
    "cmd",
    "comp",
    "cscript",
    "curl",
    "expand",
    "fc",
    "find",
    "findstr",
    "forfiles",
    "ftp",
    "icacls",
    "makecab",
    "msiexec",
    "net",
    "netsh",
    "nslookup",
    "ping",
    "powershell",
    "reg",
    "regsvr32",
    "robocopy",
    "rundll32",
    "sc",
    "schtasks",
    "sort",
    "tar",
    "taskkill",
    "tasklist",
    "timeout",
    "wscript",
    "xcopy",
];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    // A folder to start in is a path, of which other rules speak.
    let elsewhere = !executable.settings.text("WorkingDirectory").trim().is_empty();
    if executable.kind != ExecutableKind::ExecuteProcess || !package.is_enabled(id) || elsewhere {
        return;
    }
    let Some(file) = executable.settings.get("Executable").filter(|file| windows_path::classify(file.as_str()) == PathKind::Relative) else { return };
    let name = file.value.trim().trim_matches('"').to_ascii_lowercase();
    let program = name.strip_suffix(".exe").unwrap_or(&name);
    if !WINDOWS.contains(&program) && overrides::of_executable(scope.project, package, id, "Executable").is_none() {
        let message = format!("`{}` is not part of Windows: unless it is installed there, the task fails (0xC0029154)", file.value.trim());
        let report = Report::new(&*executable.path, file.span, message).property("Executable").confidence(Confidence::Medium);
        sink.report(report.help("Azure-SSIS: install it by a custom setup; Fabric: use something else, since nothing can be installed"));
    }
}
