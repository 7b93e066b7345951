//! `verbose-events`: a log that fills the disk.

use super::providers;
use crate::finding::Severity::Info;
use crate::model::Package;
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
    check: Check::Package(check),
};

/// Events that come in great numbers.
const MANY: [&str; 7] =
    ["OnPipelineRowsSent", "OnProgress", "Diagnostic", "DiagnosticEx", "OnPipelinePrePrimeOutput", "PipelineComponentTime", "OnVariableValueChanged"];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if providers::selected(package).next().is_none() {
        return;
    }
    for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        let Some(filter) = executable.logging.as_ref().and_then(|options| options.properties.get("EventFilter")) else { continue };
        let Some(event) = filter.value.split(',').find(|item| MANY.contains(&item.trim())) else { continue };
        let message = format!("`{event}` is logged, which comes in great numbers: the log grows fast, and the run gets slower");
        let report = Report::new(&*executable.path, filter.span, message).property("EventFilter");
        sink.report(report.help("log OnError, OnWarning and OnTaskFailed; switch the rest on to look for a fault"));
    }
}
