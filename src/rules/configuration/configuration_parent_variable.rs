//! `configuration-parent-variable`: a value from a caller that is not there.

use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Configuration, ConfigurationKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0414",
    name: "configuration-parent-variable",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Pedantic,
    summary: "a configuration reads a variable of a calling package, and nothing calls the package",
    page: include_str!("../../../rules/configuration-parent-variable.md"),
    check: Check::Configuration(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, configuration: &Configuration<'_>, sink: &mut Sink<'_>) {
    let of_parent = matches!(configuration.kind, Some(ConfigurationKind::ParentVariable | ConfigurationKind::IndirectParentVariable));
    if of_parent && package.configurations_enabled() && !scope.facts.calls().may_run(scope.index) {
        let message = "no package at hand calls this one: run by itself it warns with 0x8001201A and keeps its design value";
        let report = Report::new(&*configuration.path, configuration.span, message).property("ConfigurationType").confidence(Confidence::Low);
        sink.report(report.help("run it from its parent only, or remove the configuration"));
    }
}
