//! `configuration-bootstrap-order`: a configuration that comes too early.

use std::cell::LazyCell;

use foldhash::HashMap;

use crate::analysis::connections::quoted_items;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Configuration, ConfigurationKind, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0412",
    name: "configuration-bootstrap-order",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Pedantic,
    summary: "a configuration is read through a connection that a later configuration sets",
    page: include_str!("../../../rules/configuration-bootstrap-order.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let setters = LazyCell::new(|| setters(scope, package));
    let enabled = package.configurations.iter().enumerate().filter(|_| package.configurations_enabled());
    for (index, table) in enabled.filter(|(_, configuration)| configuration.kind == Some(ConfigurationKind::SqlServer)) {
        let Some(connection) = quoted_items(&table.string.value).next() else { continue };
        let setter = setters.get(connection).filter(|setter| **setter > index);
        if let Some(setter) = setter.and_then(|setter| package.configurations.get(*setter)) {
            sink.report(report(table, connection, setter));
        }
    }
}

fn report(table: &Configuration<'_>, connection: &str, setter: &Configuration<'_>) -> Report {
    let message = format!(
        "it reads its values through `{connection}`, which `{}` sets only afterwards: they are looked for in the database of the design-time string first, found there or not \
         (0x80012051, 0x80012054)",
        setter.name.value
    );
    Report::new(&table.path, table.span, message)
        .property("ConfigurationString")
        .confidence(Confidence::Medium)
        .help(format!("move `{}` above it in the Package Configurations Organizer", setter.name.value))
        .mention(Mention::new(&setter.path, setter.span, format!("sets `{connection}`")))
}

/// The first configuration that sets where a connection goes, by the name of the connection.
fn setters<'p>(scope: &'p Scope<'_, '_>, package: &'p Package<'_>) -> HashMap<&'p str, usize> {
    let mut setters = HashMap::default();
    for (index, configuration) in package.configurations.iter().enumerate() {
        for connection in targets(scope, configuration).into_iter().filter_map(endpoint_of) {
            setters.entry(connection).or_insert(index);
        }
    }
    setters
}

/// What a configuration sets, as far as is known here.
fn targets<'p>(scope: &'p Scope<'_, '_>, configuration: &'p Configuration<'_>) -> Vec<&'p str> {
    use ConfigurationKind as Kind;
    match configuration.kind {
        Some(Kind::XmlFile) => {
            let files = scope.project.configuration_files(&configuration.string.value);
            files.flat_map(|(_, file)| &file.entries).map(|entry| entry.path.as_str()).collect()
        }
        // The caller's variables come last of all, whatever the order.
        None | Some(Kind::IndirectXmlFile | Kind::SqlServer | Kind::IndirectSqlServer | Kind::ParentVariable | Kind::IndirectParentVariable) => Vec::new(),
        Some(Kind::EnvironmentVariable | Kind::Registry | Kind::IndirectRegistry) => vec![&configuration.target.value],
    }
}

/// The connection whose endpoint a target is.
fn endpoint_of(target: &str) -> Option<&str> {
    let rest = target.trim().strip_prefix("\\Package.Connections[")?;
    ["ConnectionString", "ServerName", "InitialCatalog"].iter().find_map(|property| {
        let newer = rest.strip_suffix(']').and_then(|rest| rest.strip_suffix(property)?.strip_suffix("].Properties["));
        newer.or_else(|| rest.strip_suffix(property)?.strip_suffix("]."))
    })
}
