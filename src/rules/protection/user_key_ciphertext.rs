//! `user-key-ciphertext`: a secret that only its author's Windows account can decrypt.

use crate::analysis::overrides::{self, Override};
use crate::finding::Severity::{Error, Info, Warning};
use crate::lang::connection_string::{Authentication, ConnectionString, Dialect};
use crate::model::{ConnectionManager, DocumentKind, ProtectedValue, Protection};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0101",
    name: "user-key-ciphertext",
    category: Category::Protection,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a secret is encrypted with its author's user key, which no other account can decrypt",
    page: include_str!("../../../rules/user-key-ciphertext.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    // A project file only repeats what its connection managers and packages hold; its password verifier is nobody's secret.
    if matches!(scope.document.kind, DocumentKind::Project(_)) {
        return;
    }
    // A document that is encrypted as a whole is another rule's.
    let single = |value: &&ProtectedValue<'_>| value.protection == Protection::UserKey && !value.property.is_empty();
    for value in scope.document.protected_values().iter().filter(single) {
        report(scope, value, sink);
    }
}

/// Who needs a secret.
enum Need {
    /// Something that can run.
    Needed,
    /// Something that can run, but another value replaces it before.
    Replaced(String),
    /// Nothing.
    None,
}

fn report(scope: &Scope<'_, '_>, value: &ProtectedValue<'_>, sink: &mut Sink<'_>) {
    let (severities, consequence) = match need(scope, value) {
        Need::None => return,
        Need::Replaced(by) => {
            (sink.severities().at_most(Warning), format!("{by} replaces it, but loading the package under any other account still raises the error 0xC0016016"))
        }
        Need::Needed => (
            sink.severities(),
            "under any other account it is lost (0xC0016016, 0x8009000B \"Key not valid for use in specified state\") and what needs it fails".to_owned(),
        ),
    };
    let message = format!("`{}` is encrypted with the user key of the account that saved it: {consequence}", value.property);
    sink.report(Report::new(&value.object, value.span, message).property(&*value.property).severity(severities).help(
        "set ProtectionLevel to DontSaveSensitive and supply the value by a sensitive parameter, an environment or a configuration; or encrypt with a password",
    ));
}

fn need(scope: &Scope<'_, '_>, value: &ProtectedValue<'_>) -> Need {
    if let Some(manager) = manager(scope, &value.object) {
        return need_of_connection(scope, manager, &value.property);
    }
    let executables = scope.document.package().into_iter().flat_map(|package| package.executables().map(move |(id, executable)| (package, id, executable)));
    let Some((package, id, executable)) = executables.into_iter().find(|(_, _, executable)| executable.path == value.object) else {
        return Need::Needed;
    };
    match executable.expression(&value.property) {
        _ if !package.is_enabled(id) => Need::None,
        Some(_) => Need::Replaced("a property expression".to_owned()),
        None => Need::Needed,
    }
}

fn manager<'s, 'a>(scope: &Scope<'s, 'a>, object: &str) -> Option<&'s ConnectionManager<'a>> {
    let all = &scope.facts.connections().managers;
    all.iter().find(|(index, manager)| *index == scope.index && manager.path == object).map(|(_, manager)| *manager)
}

fn need_of_connection(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, property: &str) -> Need {
    if !scope.facts.connections().is_used(manager) || integrated(manager) {
        return Need::None;
    }
    match overrides::of_connection(scope.project, scope.document.package(), manager, &[property, "ConnectionString"]) {
        Some(Override::Expression) => Need::Replaced("a property expression".to_owned()),
        Some(Override::Parameter(name)) => Need::Replaced(format!("the parameter `{name}`")),
        Some(Override::Configuration(name)) => Need::Replaced(format!("the configuration `{name}`")),
        Some(Override::Possibly(_)) | None => Need::Needed,
    }
}

fn integrated(manager: &ConnectionManager<'_>) -> bool {
    let dialect = Dialect::of(manager.creation_name.as_str());
    let string = manager.connection_string().zip(dialect).map(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect));
    string.is_some_and(|string| string.authentication() == Authentication::Integrated)
}
