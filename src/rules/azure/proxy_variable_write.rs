//! `proxy-variable-write`: a data flow that is cut in two parts, one of which sets a variable.

use std::collections::BTreeSet;

use super::proxy;
use crate::analysis::connections::ConnectionUse;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Component, Executable, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0707",
    name: "proxy-variable-write",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "a data flow through a self-hosted integration runtime sets a variable",
    page: include_str!("../../../rules/proxy-variable-write.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for flow in data_flows_through_proxy(scope).into_iter().map(|id| package.executable(id)) {
        let writers: Vec<_> = flow.data_flow().into_iter().flat_map(|flow| &flow.components).filter(|component| sets_variable(component)).collect();
        if let Some((first, others)) = writers.split_first() {
            sink.report(report(flow, first, others));
        }
    }
}

/// Data flows of the document in which a component connects through the proxy, in document order.
fn data_flows_through_proxy(scope: &Scope<'_, '_>) -> BTreeSet<ExecutableId> {
    let connections = scope.facts.connections();
    let is_proxied = |found: &&ConnectionUse<'_, '_>| connections.manager(found.resolution).is_some_and(|(_, manager)| proxy::is_wanted(manager));
    let uses = connections.of_document(scope.index).iter().filter(|found| found.enabled).filter(is_proxied);
    uses.filter_map(|found| found.user.executable()).collect()
}

fn sets_variable(component: &Component<'_>) -> bool {
    let counts = (component.is("RowCount") || component.is("RecordsetDestination")) && !component.properties.text("VariableName").trim().is_empty();
    let script = component.script.as_ref().and_then(|script| script.read_write_variables.as_ref());
    counts || script.is_some_and(|variables| !variables.is_blank())
}

fn report(flow: &Executable<'_>, first: &Component<'_>, others: &[&Component<'_>]) -> Report {
    let message = format!(
        "`{}` sets a variable in a data flow that connects through a self-hosted integration runtime: the flow is cut into a part on premises and a part in the cloud, and a value set \
         in one may never reach the tasks that follow",
        first.name.value
    );
    let report = Report::new(&*first.path, first.span, message)
        .confidence(Confidence::Medium)
        .help(format!("set the variable in a task after `{}`, by a query on what was loaded", flow.name.value));
    report.mention_first(others.iter().map(|other| Mention::new(&*other.path, other.span, "sets a variable too")))
}
