//! `configuration-target-missing`: a configuration sets a property of something that is not there.

use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info, Warning};
use crate::model::{ConfigurationFile, ConfigurationKind, DocumentKind, Executable, Package};
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
        if !target.is_empty() && holds_target(configuration.kind) && !resolves(package, target) {
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
fn check_file(scope: &Scope<'_, '_>, package: &Package<'_>, configuration: &crate::model::Configuration<'_>, sink: &mut Sink<'_>) {
    let Some((index, file)) = file(scope, &configuration.string.value) else { return };
    for entry in file.entries.iter().filter(|entry| !entry.path.is_blank() && !resolves(package, &entry.path.value)) {
        let shared = scope.project.packages().any(|(_, sibling)| resolves(sibling, &entry.path.value));
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

fn file<'s, 'a>(scope: &Scope<'s, 'a>, path: &str) -> Option<(usize, &'s ConfigurationFile<'a>)> {
    let name = path.rsplit(['\\', '/']).next().unwrap_or_default();
    scope.project.documents.iter().enumerate().find_map(|(index, document)| match &document.kind {
        DocumentKind::ConfigurationFile(file) if document.file.name().eq_ignore_ascii_case(name) => Some((index, file)),
        _ => None,
    })
}

/// Whether the package has the object of a target as `\Package\Load.Variables[User::Day].Properties[Value]`. Whether the object has the property is not
/// looked at, and letter case is not either.
fn resolves(package: &Package<'_>, target: &str) -> bool {
    let Some(target) = target.trim().strip_prefix('\\').map(str::to_lowercase) else { return false };
    let below = |path: &str| {
        let start = target.get(..path.len()).filter(|start| start.eq_ignore_ascii_case(path) || *start == path.to_lowercase())?;
        Some(&target[start.len()..])
    };
    let owners = package.executables.iter().filter_map(|executable| Some((executable, below(&executable.path)?)));
    owners.filter(|(_, rest)| rest.is_empty() || rest.starts_with('.')).any(|(executable, rest)| has_member(package, executable, rest))
}

fn has_member(package: &Package<'_>, executable: &Executable<'_>, rest: &str) -> bool {
    let member = |collection: &str| rest.strip_prefix(collection).and_then(|rest| rest.split_once(']')).map(|(name, _)| name);
    if let Some(name) = member(".variables[") {
        return executable.variables.iter().any(|variable| variable.qualified_name().to_lowercase() == name || variable.name.value.to_lowercase() == name);
    }
    if let Some(name) = connection_name(rest) {
        // Names of connection managers may hold brackets.
        return package.connections.iter().any(|manager| {
            let known = manager.name.value.to_lowercase();
            known == name || manager.id.to_lowercase() == name || rest.contains(&format!("[{known}]"))
        });
    }
    // An event handler is an owner of its own, with a longer path.
    member(".eventhandlers[").is_none()
}

fn connection_name(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix(".connections[").or_else(|| rest.strip_prefix(".connectionmanagers["))?;
    rest.split_once(']').map(|(name, _)| name)
}
