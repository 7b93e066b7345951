//! `configuration-target-missing`: a configuration sets a property of something that is not there.

use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info, Warning};
use crate::model::{Configuration, ConfigurationKind, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0411",
    name: "configuration-target-missing",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Error),
    set: RuleSet::Default,
    summary: "a configuration sets a property of an object that does not exist",
    page: include_str!("../../../rules/configuration-target-missing.md"),
    check: Check::Package(check),
};

const CONSEQUENCE: &str = "a warning (0x80012017, 0x80012059) is all that is said, and the package runs with its design values";

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for configuration in package.configurations.iter().filter(|_| package.configurations_enabled()) {
        let target = configuration.target.value.trim();
        if !target.is_empty() && holds_target(configuration.kind) && !resolves(scope, scope.index, target) {
            let message = format!("the package has no `{target}` to configure: {CONSEQUENCE}");
            sink.report(
                Report::new(&configuration.path, configuration.target.span, message)
                    .property("ConfigurationVariable")
                    .help("select the property again in the Package Configurations Organizer, or remove the configuration"),
            );
        }
        if configuration.kind == Some(ConfigurationKind::XmlFile) {
            check_file(scope, package, configuration, sink);
        }
    }
}

/// Files and tables hold targets of their own; what stands in the package beside them is not read.
const fn holds_target(kind: Option<ConfigurationKind>) -> bool {
    use ConfigurationKind as Kind;
    matches!(kind, Some(Kind::ParentVariable | Kind::EnvironmentVariable | Kind::Registry | Kind::IndirectParentVariable | Kind::IndirectRegistry))
}

/// Entries of the configuration's file, when it is at hand. Several packages may share it.
fn check_file(scope: &Scope<'_, '_>, package: &Package<'_>, configuration: &Configuration<'_>, sink: &mut Sink<'_>) {
    let Some((index, file)) = scope.project.configuration_file(&configuration.string.value) else { return };
    for entry in file.entries.iter().filter(|entry| !entry.path.is_blank() && !resolves(scope, scope.index, &entry.path.value)) {
        let shared = (0..scope.project.documents.len()).any(|sibling| resolves(scope, sibling, &entry.path.value));
        let own = !shared && file.package_name == package.name().value;
        let severity = if own { Warning } else { Info };
        let path = entry.path.value.trim();
        let message = format!("the package has no `{path}`, which `{}` sets: {CONSEQUENCE}", configuration.string.value);
        sink.report(
            Report::new(&configuration.path, configuration.span, message)
                .property("ConfigurationString")
                .severity(RULE.severity.at_most(severity))
                .confidence(if own { Confidence::High } else { Confidence::Low })
                .discriminator(path)
                .mention(Mention::new(path, entry.path.span, "is set here").in_document(index))
                .help("remove the entry from the file, or restore the object"),
        );
    }
}

fn resolves(scope: &Scope<'_, '_>, document: usize, target: &str) -> bool {
    scope.facts.objects(document).is_some_and(|objects| objects.resolves(target))
}
