//! `configuration-bootstrap-order`: a configuration that comes too early.

use foldhash::HashMap;

use crate::analysis::connections::quoted_items;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Configuration, ConfigurationKind, DocumentKind, Package};
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
    let mut setters: HashMap<&str, Option<usize>> = HashMap::default();
    let enabled = package.configurations.iter().enumerate().filter(|_| package.configurations_enabled());
    for (index, table) in enabled.filter(|(_, configuration)| configuration.kind == Some(ConfigurationKind::SqlServer)) {
        let Some(connection) = quoted_items(&table.string.value).next() else { continue };
        let first = || package.configurations.iter().position(|configuration| sets_endpoint(scope, configuration, connection));
        let setter = setters.entry(connection).or_insert_with(first).filter(|setter| *setter > index);
        if let Some(setter) = setter.and_then(|setter| package.configurations.get(setter)) {
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

/// Whether a configuration sets where the connection goes, as far as is known here.
fn sets_endpoint(scope: &Scope<'_, '_>, configuration: &Configuration<'_>, connection: &str) -> bool {
    use ConfigurationKind as Kind;
    match configuration.kind {
        Some(Kind::XmlFile) => file_paths(scope, &configuration.string.value).any(|path| is_endpoint(path, connection)),
        // The caller's variables come last of all, whatever the order.
        None | Some(Kind::IndirectXmlFile | Kind::SqlServer | Kind::IndirectSqlServer | Kind::ParentVariable | Kind::IndirectParentVariable) => false,
        Some(Kind::EnvironmentVariable | Kind::Registry | Kind::IndirectRegistry) => is_endpoint(&configuration.target.value, connection),
    }
}

fn is_endpoint(target: &str, connection: &str) -> bool {
    let rest = target.trim().strip_prefix("\\Package.Connections[").and_then(|rest| rest.strip_prefix(connection));
    let property = rest.and_then(|rest| rest.strip_prefix("].")).unwrap_or_default();
    ["ConnectionString", "ServerName", "InitialCatalog"].iter().any(|name| property == *name || property == format!("Properties[{name}]"))
}

/// What the `.dtsConfig` of that path sets, when it is at hand.
fn file_paths<'s>(scope: &Scope<'s, '_>, file: &str) -> impl Iterator<Item = &'s str> {
    let name = file.rsplit(['\\', '/']).next().unwrap_or_default().to_owned();
    let files = scope.project.documents.iter().filter_map(move |document| match &document.kind {
        DocumentKind::ConfigurationFile(content) if document.file.name().eq_ignore_ascii_case(&name) => Some(&content.entries),
        _ => None,
    });
    files.flatten().map(|entry| entry.path.as_str())
}
