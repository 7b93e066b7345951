//! `configuration-path-absolute`: the path of a configuration file is fixed in the package.

use crate::finding::Severity::{Error, Info};
use crate::lang::windows_path::{self, PathKind};
use crate::model::{Configuration, ConfigurationKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0402",
    name: "configuration-path-absolute",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Info).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "the path of a configuration file is fixed in the package",
    page: include_str!("../../../rules/configuration-path-absolute.md"),
    check: Check::Configuration(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, configuration: &Configuration<'_>, sink: &mut Sink<'_>) {
    if configuration.kind != Some(ConfigurationKind::XmlFile) || !package.configurations_enabled() {
        return;
    }
    let path = configuration.string.value.trim();
    let fixed = matches!(windows_path::classify(path), PathKind::Drive { .. } | PathKind::Unc { .. });
    if !fixed || windows_path::is_user_profile(path) {
        return;
    }
    let message = format!(
        "the configuration file is looked for at `{path}` only: where it is missing a warning (0x80012014, 0x80012059) is all that is said, and the package runs with \
         its design values"
    );
    sink.report(
        Report::new(&configuration.path, configuration.string.span, message)
            .property("ConfigurationString")
            .help("name the file by an environment variable (indirect configuration), or give the path on the command line (/CONFIGFILE)"),
    );
}
