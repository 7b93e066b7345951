//! `deprecated-in-2025`: what SQL Server 2025 still has and a later version will not.

use crate::finding::Severity::Warning;
use crate::model::{Executable, ExecutableKind};
use crate::rules::by_class::{described, groups_of_classes};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0808",
    name: "deprecated-in-2025",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2025, Warning),
    set: RuleSet::Default,
    summary: "the package needs something that SQL Server 2025 deprecates",
    page: include_str!("../../../rules/deprecated-in-2025.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for group in groups_of_classes(scope.facts.classes(scope.index), |class| class.deprecated_in == Some(2025)) {
        let message = format!("{} is deprecated in SQL Server 2025: a later version will not have it", described(group.first()));
        sink.report(group.report(message).help("use a connection manager of type ADO.NET"));
    }
    let Some(package) = scope.document.package() else { return };
    for (_, executable) in package.executables().filter(|(id, executable)| starts_32_bit_run(executable) && package.is_enabled(*id)) {
        let message = "the task starts a 32-bit dtexec: SQL Server 2025 deprecates the 32-bit mode of Integration Services";
        sink.report(
            Report::new(&*executable.path, executable.span, message).property("Executable").help("start the 64-bit dtexec, and install 64-bit providers"),
        );
    }
}

/// The 32-bit dtexec lies below `Program Files (x86)`.
fn starts_32_bit_run(executable: &Executable<'_>) -> bool {
    if executable.kind != ExecutableKind::ExecuteProcess || executable.expression("Executable").is_some() {
        return false;
    }
    let program = executable.settings.text("Executable").to_ascii_lowercase();
    program.contains("(x86)") && program.trim_matches('"').ends_with("dtexec.exe")
}
