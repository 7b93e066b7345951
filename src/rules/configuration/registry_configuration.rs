//! `registry-configuration`: a configuration from the registry of whoever runs the package.

use crate::finding::Severity::Error;
use crate::model::{Configuration, ConfigurationKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0401",
    name: "registry-configuration",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Error).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a registry configuration reads HKEY_CURRENT_USER of whoever runs the package",
    page: include_str!("../../../rules/registry-configuration.md"),
    check: Check::Configuration(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, configuration: &Configuration<'_>, sink: &mut Sink<'_>) {
    let registry = matches!(configuration.kind, Some(ConfigurationKind::Registry | ConfigurationKind::IndirectRegistry));
    if !registry || !package.configurations_enabled() {
        return;
    }
    let key = match configuration.kind {
        Some(ConfigurationKind::Registry) => format!("`HKEY_CURRENT_USER\\{}`", configuration.string.value),
        _ => format!("the key named by the environment variable `{}`, below `HKEY_CURRENT_USER`,", configuration.string.value),
    };
    let target = if configuration.target.is_blank() { String::new() } else { format!(" for `{}`", configuration.target.value) };
    let message = format!(
        "it reads {key}{target} from the hive of the account that runs the package, not of its author: there the key is missing, a warning (0x80012015, 0x80012059) is \
         all that is said, and the package runs with its design values"
    );
    sink.report(
        Report::new(&configuration.path, configuration.span, message)
            .property("ConfigurationString")
            .help("use an XML or SQL Server configuration, or a parameter of the SSIS catalog"),
    );
}
