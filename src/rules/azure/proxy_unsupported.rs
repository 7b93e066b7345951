//! `proxy-unsupported`: a connection through a self-hosted integration runtime, used by something that cannot run there.

use super::proxy;
use crate::analysis::connections::{ConnectionUse, User};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Component, ConnectionManager, ExecutableId, ExecutableKind, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::support::{self, ClassKind, Standing};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0704",
    name: "proxy-unsupported",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a connection through a self-hosted integration runtime is used by something that cannot run there",
    page: include_str!("../../../rules/proxy-unsupported.md"),
    check: Check::Connection(check),
};

/// What stands in the way, and whether Microsoft's documentation says so in as many words.
struct Obstacle {
    object: String,
    why: &'static str,
    certain: bool,
}

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if !proxy::is_wanted(manager) {
        return;
    }
    let users = scope.facts.connections().users(manager).filter(|found| found.enabled);
    let mut obstacles: Vec<_> = users.filter_map(|found| Some((found, obstacle(scope, found)?))).collect();
    obstacles.sort_by_key(|(_, obstacle)| !obstacle.certain);
    let Some((_, first)) = obstacles.first() else { return };
    let message = format!(
        "the connection is to go through a self-hosted integration runtime, but `{}` {}: the run fails (0xC0202022), and a warning says \"The component does not \
         support using connection manager with ConnectByProxy value setting true\"",
        first.object, first.why
    );
    let report = Report::new(&*manager.path, manager.span, message).property("ConnectByProxy").help(
        "give what cannot run there a connection of its own in a virtual network; replace parameters of an OLE DB source by a command from a variable with an expression",
    );
    let report = if first.certain { report } else { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) };
    let mention =
        |(found, obstacle): &(&ConnectionUse<'_, '_>, Obstacle)| Mention::new(&*obstacle.object, found.span, obstacle.why).in_document(found.document);
    sink.report(report.mention_first(obstacles.iter().map(mention)));
}

fn obstacle(scope: &Scope<'_, '_>, found: &ConnectionUse<'_, '_>) -> Option<Obstacle> {
    let package = scope.project.documents.get(found.document)?.package()?;
    match found.user {
        User::Component(_, component) => Some(Obstacle { object: component.path.to_string(), why: of_component(component)?, certain: true }),
        User::Executable(id) => {
            let executable = package.executable(id);
            (!runs_on_proxy(package, id)).then(|| Obstacle { object: executable.path.to_string(), why: "is no data flow", certain: false })
        }
        User::LogProvider(_) | User::Configuration(_) => None,
    }
}

fn of_component(component: &Component<'_>) -> Option<&'static str> {
    if component.is("OLEDBSource") && !component.properties.text("ParameterMapping").trim().is_empty() {
        return Some("is an OLE DB source with parameters");
    }
    let managed = component.properties.get("UserComponentTypeName").is_some();
    match support::class(ClassKind::Component, &component.class) {
        Standing::Microsoft(class) if !class.proxy => Some("is of a class that does not run there"),
        Standing::Product(_) | Standing::Custom if !managed => Some("is a component in native code that is no part of SSIS"),
        _ => None,
    }
}

/// Execute SQL and Execute Process tasks can be sent there as a whole.
fn runs_on_proxy(package: &Package<'_>, id: ExecutableId) -> bool {
    let executable = package.executable(id);
    let sent = executable.properties.flag("ExecuteOnProxy", false) || executable.settings.flag("ExecuteOnProxy", false);
    executable.kind == ExecutableKind::DataFlow || (sent && matches!(executable.kind, ExecutableKind::ExecuteSql | ExecutableKind::ExecuteProcess))
}
