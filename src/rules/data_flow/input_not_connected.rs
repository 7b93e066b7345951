//! `input-not-connected`: an input that needs rows and gets none, or a path that leads nowhere.

use super::columns::is_any;
use crate::analysis::lineage::Lineage;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Component, DataFlow, Executable, ExecutableId, Generation, Package, Port};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1002",
    name: "input-not-connected",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an input that needs rows gets none, or a path leads nowhere",
    page: include_str!("../../../rules/input-not-connected.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let Some((flow, lineage)) = package.executable(id).data_flow().zip(scope.facts.lineage(scope.index, id)) else { return };
    if !lineage.broken_paths().is_empty() {
        sink.report(broken(package, package.executable(id), flow, lineage));
        return;
    }
    for component in &flow.components {
        for input in component.inputs.iter().filter(|input| !is_spare(component, input) && lineage.feeder(&input.id).is_none()) {
            sink.report(report(component, input));
        }
    }
}

/// One input without a path is what a Union All keeps for the next; it marks it, or does so when it validates.
fn is_spare(component: &Component<'_>, input: &Port<'_>) -> bool {
    input.is_dangling || component.is("UnionAll")
}

fn broken(package: &Package<'_>, task: &Executable<'_>, flow: &DataFlow<'_>, lineage: &Lineage<'_, '_>) -> Report {
    let (count, first) = (lineage.broken_paths().len(), lineage.broken_paths().first());
    let (from, to) = first.map_or(("", ""), |path| (&*path.start, &*path.end));
    let nameless = outputs_and_inputs(flow).all(|port| port.id.is_empty());
    let others = if count > 1 { format!(", and {} more do so", count - 1) } else { String::new() };
    let what = if nameless {
        format!("no output and no input has an id, so the path from `{from}` to `{to}` leads from nowhere to nowhere{others}")
    } else {
        format!("the path from `{from}` to `{to}` names an output or input that does not exist{others}")
    };
    let code = if package.generation == Generation::Element { "0xC0208230" } else { "0xC001001C" };
    let message = format!("{what}: the data flow cannot be loaded ({code})");
    Report::new(&*task.path, first.map_or(task.span, |path| path.span), message).help("draw the paths again in the designer").discriminator("paths")
}

fn outputs_and_inputs<'f>(flow: &'f DataFlow<'_>) -> impl Iterator<Item = &'f Port<'f>> {
    flow.components.iter().flat_map(|component| component.outputs.iter().chain(&component.inputs))
}

fn report(component: &Component<'_>, input: &Port<'_>) -> Report {
    let message = format!("the input `{}` of `{}` is not connected: ", input.name, component.name.as_str());
    let help = "connect the input, or delete the component";
    if needs_rows(component, input) {
        let message = message + "the data flow does not validate (0xC0047003, \"A required input object is not connected to a path object\")";
        return Report::new(&*component.path, input.span, message).discriminator(&*input.name).help(help);
    }
    let message = message + "the component is left out of the run (0x800470AE), or the data flow does not validate (0xC0047003)";
    Report::new(&*component.path, input.span, message)
        .discriminator(&*input.name)
        .help(help)
        .severity(RULE.severity.at_most(Warning))
        .confidence(Confidence::Medium)
}

/// Certain where columns of the input come from nowhere, where a destination has nothing to write, and where two inputs belong together.
fn needs_rows(component: &Component<'_>, input: &Port<'_>) -> bool {
    let is_destination = component.class.starts_with("Microsoft.") && component.class.contains("Destination");
    !input.columns.is_empty() || is_destination || is_any(component, &["Merge", "MergeJoin"])
}
