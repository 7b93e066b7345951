//! `configuration-conflicts-override`: a property that /SET cannot change.

use crate::finding::Severity::Info;
use crate::model::Package;
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
    let mut direct = direct.peekable();
    let Some(first) = direct.peek().copied() else { return };
    let more = match direct.count() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let message = format!(
        "`{}`{more} is set by a configuration: what /SET of the job step says about it is overwritten when configurations are applied again",
        first.target.value
    );
    sink.report(Report::new(&*first.path, first.span, message).property("ConfigurationVariable").help("set it in one place only"));
}
