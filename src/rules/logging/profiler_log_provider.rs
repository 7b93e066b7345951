//! `profiler-log-provider`: a log provider for 32 bits only.

use super::providers;
use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1304",
    name: "profiler-log-provider",
    category: Category::Logging,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "the log provider for SQL Server Profiler runs in 32 bits only",
    page: include_str!("../../../rules/profiler-log-provider.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for provider in providers::selected(package).filter(|provider| provider.kind.ends_with("LogProviderSQLProfiler")) {
        let message = "the log provider for SQL Server Profiler runs in a 32-bit process only: elsewhere it fails (0xC0014065), or its library does not load (0xC001400E)";
        sink.report(Report::new(&*provider.path, provider.span, message).help("log to SQL Server, a text file or the catalog instead"));
    }
}
