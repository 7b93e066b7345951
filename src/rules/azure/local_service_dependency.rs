//! `local-service-dependency`: tasks that work with services of a Windows server.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0714",
    name: "local-service-dependency",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Pedantic,
    summary: "a task works with message queues or WMI, which Azure-SSIS has nobody to answer for",
    page: include_str!("../../../rules/local-service-dependency.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let service = match executable.kind {
        ExecutableKind::MessageQueue => "Message Queuing",
        ExecutableKind::WmiDataReader | ExecutableKind::WmiEventWatcher => "Windows Management Instrumentation",
        _ => return,
    };
    if !package.is_enabled(id) {
        return;
    }
    let message = format!(
        "the task works with {service}: a node of Azure-SSIS has no queue and nothing to watch of yours, and reaches your servers only through a virtual network"
    );
    sink.report(
        Report::new(&*executable.path, executable.span, message)
            .confidence(Confidence::Medium)
            .help("start the package by a trigger or an event of the pipeline, or wait for a file or a row instead"),
    );
}
