//! `fabric-limits`: what a package cannot have that Fabric runs from a single file.

use crate::analysis::connections::{ConnectionUse, Resolution, User};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Executable, Package, Task};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0705",
    name: "fabric-limits",
    category: Category::Azure,
    severity: Severities::none().on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "the package needs its project or another package, and Fabric runs a single file",
    page: include_str!("../../../rules/fabric-limits.md"),
    check: Check::Package(check),
};

/// An object and where it stands.
type Place = (String, Span);

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    report_all(sink, "connection of the project", "the connection manager is not found (0xC001000E)", &project_connections(scope, package));
    report_all(sink, "parameter of the project", "the parameter is not found (0xC0010001)", &project_parameters(scope));
    let enabled = package.executables().filter(|(id, _)| package.is_enabled(*id)).map(|(_, executable)| executable);
    for (executable, by_project) in enabled.filter_map(|executable| Some((executable, runs_child(executable)?))) {
        sink.report(child_report(executable, by_project));
    }
}

/// One finding for all objects that need the same kind of thing.
fn report_all(sink: &mut Sink<'_>, what: &str, outcome: &str, places: &[Place]) {
    let Some(((object, span), others)) = places.split_first() else { return };
    let message = format!("it needs a {what}, and Fabric runs the package from a single file, without its project: {outcome}");
    let help = "give the package connections and parameters of its own, and set them in the overrides of the activity";
    let report = Report::new(object, *span, message).discriminator(what).help(help);
    sink.report(report.mention_first(others.iter().map(|(object, span)| Mention::new(object, *span, format!("needs a {what} too")))));
}

/// What is found in no place of the package is the project's, or nobody's.
fn project_connections(scope: &Scope<'_, '_>, package: &Package<'_>) -> Vec<Place> {
    let connections = scope.facts.connections();
    let of_project = |found: &&ConnectionUse<'_, '_>| {
        let elsewhere = connections.manager(found.resolution).is_some_and(|(document, _)| document != found.document);
        elsewhere || found.resolution == Resolution::Unknown
    };
    let own = connections.of_document(scope.index).iter().filter(|found| found.enabled);
    own.filter(of_project).map(|found| (path(package, &found.user), found.span)).collect()
}

fn path(package: &Package<'_>, user: &User<'_, '_>) -> String {
    match user {
        User::Executable(id) => package.executable(*id).path.to_string(),
        User::Component(_, component) => component.path.to_string(),
        User::LogProvider(path) | User::Configuration(path) => (*path).to_owned(),
    }
}

fn project_parameters(scope: &Scope<'_, '_>) -> Vec<Place> {
    let entries = scope.facts.references(scope.index).map_or(&[][..], |references| &references.entries);
    let of_project = entries.iter().filter(|reference| reference.enabled && reference.name.starts_with("$Project::"));
    of_project.map(|reference| (reference.object.to_owned(), reference.span)).collect()
}

/// Whether it runs another package, and then whether by its name in the project.
fn runs_child(executable: &Executable<'_>) -> Option<bool> {
    match &executable.task {
        Task::ExecutePackage(task) => Some(task.use_project_reference),
        _ => None,
    }
}

/// That a reference into the project fails is concluded, not documented.
fn child_report(executable: &Executable<'_>, by_project: bool) -> Report {
    let where_from = if by_project { "of its project" } else { "from a file or an instance of SQL Server" };
    let message = format!("it runs another package {where_from}, and Fabric reads one package from OneLake and no other: the child package is not found");
    let report =
        Report::new(&*executable.path, executable.span, message).help("run each package by an activity of its own, in the order that the pipeline gives");
    if by_project { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) } else { report }
}
