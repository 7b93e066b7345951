//! `configuration-warning-suppressed`: configurations that fail in silence.

use crate::finding::Severity::Warning;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0417",
    name: "configuration-warning-suppressed",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Default,
    summary: "warnings about configurations are switched off",
    page: include_str!("../../../rules/configuration-warning-suppressed.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let properties = &package.root().properties;
    let Some(text) = properties.get("SuppressConfigurationWarnings").filter(|_| properties.flag("SuppressConfigurationWarnings", false)) else { return };
    if package.configurations_enabled() && !package.configurations.is_empty() {
        let message = "a configuration that cannot be read is only a warning, and the warnings are switched off: the package runs with its design values and says nothing";
        sink.report(Report::new("Package", text.span, message).property("SuppressConfigurationWarnings").help("set SuppressConfigurationWarnings to False"));
    }
}
