//! `configuration-conflicts-override`: a property that /SET cannot change.

use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::words::listed_up_to;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0416",
    name: "configuration-conflicts-override",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Info),
    set: RuleSet::Pedantic,
    summary: "a configuration sets what /SET of the job step cannot override",
    page: include_str!("../../../rules/configuration-conflicts-override.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let direct = package.configurations.iter().filter(|configuration| package.configurations_enabled() && !configuration.target.is_blank());
    let direct: Vec<_> = direct.collect();
    let Some(first) = direct.first() else { return };
    let names: Vec<_> = direct.iter().map(|configuration| configuration.target.as_str()).collect();
    let message = format!(
        "{} is set by a configuration: what /SET of the job step says about it is overwritten when configurations are applied again",
        listed_up_to(1, &names)
    );
    sink.report(Report::new(&*first.path, first.span, message).property("ConfigurationVariable").help("set it in one place only"));
}
