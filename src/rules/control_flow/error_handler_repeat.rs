//! `error-handler-repeat`: a handler that runs once for every error.

use crate::finding::Severity::Info;
use crate::lang::tsql::Batch;
use crate::model::{Executable, ExecutableId, ExecutableKind, Package, StatementSource, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0920",
    name: "error-handler-repeat",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "an OnError handler of the package runs once for every error event",
    page: include_str!("../../../rules/error-handler-repeat.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let handler = package.executable(id);
    let of_package = handler.parent == Some(ExecutableId::PACKAGE) && handler.kind == ExecutableKind::EventHandler;
    if !of_package || handler.name.value != "OnError" || !package.is_enabled(id) {
        return;
    }
    let guarded = handler.constraints.iter().any(|constraint| constraint.expression.is_some());
    let Some(task) = handler.children.iter().filter(|_| !guarded).find(|child| package.is_enabled(**child) && tells(package.executable(**child))) else {
        return;
    };
    let task = package.executable(*task);
    let message = format!("`{}` runs once for every error event, and one failure usually raises several", task.name.value);
    sink.report(
        Report::new(&*task.path, task.span, message).help("count the errors in a variable and tell about the first, or tell once where the job step fails"),
    );
}

/// Whether it sends or stores a message.
fn tells(executable: &Executable<'_>) -> bool {
    let writes = |text: &str| !Batch::read(text).defines_module() && text.to_ascii_uppercase().contains("INSERT");
    match &executable.task {
        _ if executable.expression("Disable").is_some() => false,
        Task::ExecuteSql(sql) => sql.source == StatementSource::DirectInput && writes(sql.statement.as_str()),
        _ => executable.kind == ExecutableKind::SendMail,
    }
}
