//! `verbose-events`: a log that fills the disk.

use super::providers;
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1305",
    name: "verbose-events",
    category: Category::Logging,
    severity: Severities::none().on(Target::Ssisdb, Info).on(Target::AzureSsis, Info),
    set: RuleSet::Pedantic,
    summary: "events are logged that come once for every row, buffer or per cent",
    page: include_str!("../../../rules/verbose-events.md"),
    check: Check::Executable(check),
};

/// Events that come in great numbers.
const MANY: [&str; 7] =
    ["OnPipelineRowsSent", "OnProgress", "Diagnostic", "DiagnosticEx", "OnPipelinePrePrimeOutput", "PipelineComponentTime", "OnVariableValueChanged"];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Some(options) = executable.logging.as_ref().filter(|_| package.is_enabled(id)) else { return };
    let Some(filter) = options.properties.get("EventFilter").filter(|_| providers::selected(package).next().is_some()) else { return };
    if let Some(event) = filter.value.split(',').find(|item| MANY.contains(&item.trim())) {
        let message = format!("`{event}` is logged, which comes in great numbers: the log grows with every row, and the run gets slower");
        sink.report(
            Report::new(&*executable.path, filter.span, message)
                .property("EventFilter")
                .help("log OnError, OnWarning and OnTaskFailed; switch the rest on to look for a fault"),
        );
    }
}
