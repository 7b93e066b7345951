//! `script-language`: a script in Visual Basic.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1311",
    name: "script-language",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a script is written in Visual Basic",
    page: include_str!("../../../rules/script-language.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    for (object, _) in executable.scripts().filter(|(_, script)| package.is_enabled(id) && script.language.starts_with("VisualBasic")) {
        let message = "the script is written in Visual Basic, which few still read and which gets no new features";
        sink.report(Report::new(object, executable.span, message).property("ScriptLanguage").help("write new scripts in C#"));
    }
}
