//! `package-call-cycle`: packages that call each other in a circle.

use std::collections::{BTreeMap, VecDeque};

use foldhash::HashMap;

use crate::analysis::calls::Call;
use crate::analysis::circles;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{EvalOp, ExecutableId, Outcome, Package, Project};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1202",
    name: "package-call-cycle",
    category: Category::Project,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "packages call each other in a circle",
    page: include_str!("../../../rules/package-call-cycle.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let documents = scope.project.documents.len();
    let edges = edges(scope.facts.calls().all(), documents);
    let mut known = vec![false; documents];
    for start in 0..documents {
        if known[start] {
            continue;
        }
        let Some(circle) = circle(&edges, start) else { continue };
        circle.iter().for_each(|call| known[call.document] = true);
        report(scope, &circle, sink);
    }
}

/// The calls of each package, the first one for each child.
fn edges<'c, 's: 'c, 'a: 's>(calls: impl Iterator<Item = &'c Call<'s, 'a>>, documents: usize) -> Vec<BTreeMap<usize, &'c Call<'s, 'a>>> {
    let mut edges = vec![BTreeMap::new(); documents];
    for call in calls.filter(|call| call.is_literal) {
        if let Some(child) = call.child {
            edges[call.document].entry(child).or_insert(call);
        }
    }
    // From most packages no way leads back: nothing to look for.
    let left = circles::of(&edges.iter().enumerate().flat_map(|(from, children)| children.keys().map(move |to| (from, *to))).collect());
    edges.iter_mut().enumerate().for_each(|(from, children)| children.retain(|to, _| left.contains(&(from, *to))));
    edges
}

/// The shortest way from a package back to itself.
fn circle<'c, 's, 'a>(edges: &[BTreeMap<usize, &'c Call<'s, 'a>>], start: usize) -> Option<Vec<&'c Call<'s, 'a>>> {
    let mut came_by: HashMap<usize, &Call<'s, 'a>> = HashMap::default();
    let mut waiting = VecDeque::from([start]);
    while let Some(document) = waiting.pop_front() {
        for (child, call) in &edges[document] {
            came_by.entry(*child).or_insert_with(|| {
                waiting.push_back(*child);
                call
            });
        }
        if came_by.contains_key(&start) {
            return Some(way_back(&came_by, start));
        }
    }
    None
}

fn way_back<'c, 's, 'a>(came_by: &HashMap<usize, &'c Call<'s, 'a>>, start: usize) -> Vec<&'c Call<'s, 'a>> {
    let mut way = Vec::new();
    let mut document = start;
    while let Some(call) = came_by.get(&document).copied() {
        way.push(call);
        document = call.document;
        if document == start {
            break;
        }
    }
    way.reverse();
    way
}

fn report(scope: &Scope<'_, '_>, circle: &[&Call<'_, '_>], sink: &mut Sink<'_>) {
    let Some(first) = circle.first() else { return };
    let Some((document, package)) = scope.project.documents.get(first.document).and_then(|document| Some((document, document.package()?))) else { return };
    let task = package.executable(first.task);
    let names: Vec<_> = circle.iter().map(|call| format!("`{}`", name(scope.project, call.document))).collect();
    let closed = format!("{} → {}", names.join(" → "), names[0]);
    let certain = circle.iter().all(|call| is_unconditional(scope.project, call));
    let (end, severity, confidence) = if certain {
        ("every execution starts the next one, until memory or stack is exhausted", Error, Confidence::High)
    } else {
        ("unless a condition ends it, every execution starts the next one, until memory or stack is exhausted", Warning, Confidence::Medium)
    };
    let report = Report::new(&*task.path, task.span, format!("packages call each other in a circle, {closed}: {end}"))
        .severity(RULE.severity.at_most(severity))
        .confidence(confidence)
        .help("break the circle: call the shared part from a package that nothing in it calls");
    let report = circle.iter().skip(1).fold(report, |report, call| match scope.project.documents[call.document].package() {
        Some(package) => {
            let task = package.executable(call.task);
            report.mention(Mention::new(&*task.path, task.span, "calls the next package").in_document(call.document))
        }
        None => report,
    });
    sink.report_in(scope.project, document, report);
}

fn name<'p>(project: &'p Project<'_>, document: usize) -> &'p str {
    project.documents.get(document).map_or("", |document| document.file.name())
}

/// Whether the call happens in every execution of its package that does not fail before: no loop, handler, expression or failure leads to it.
fn is_unconditional(project: &Project<'_>, call: &Call<'_, '_>) -> bool {
    let Some(package) = project.documents.get(call.document).and_then(|document| document.package()) else { return false };
    package.ancestors(call.task).all(|id| id == ExecutableId::PACKAGE || always_runs(package, id))
}

fn always_runs(package: &Package<'_>, id: ExecutableId) -> bool {
    use crate::model::ExecutableKind::{EventHandler, ForEachLoop, ForLoop};
    let executable = package.executable(id);
    let Some(parent) = executable.parent else { return true };
    // What leads to it may hang on a condition in turn: only a start without predecessors, or a plain sequence of successes, is sure.
    let constraints = &package.executable(parent).constraints;
    let plain =
        constraints.iter().all(|constraint| constraint.eval_op == EvalOp::Constraint && matches!(constraint.value, Outcome::Success | Outcome::Completion));
    plain && !matches!(executable.kind, ForLoop | ForEachLoop | EventHandler) && executable.expression("Disable").is_none()
}
