//! `excel-parallel`: two users of the Excel driver in one process at the same time.

use crate::analysis::excel::{self, ExcelAccess};
use crate::analysis::overlap::{Overlap, Relation};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0501",
    name: "excel-parallel",
    category: Category::Excel,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error).on(Target::Fabric, Warning),
    set: RuleSet::Default,
    summary: "Excel components that can run at the same time crash the process",
    page: include_str!("../../../rules/excel-parallel.md"),
    check: Check::Package(check),
};

/// Two Excel components that may run at the same time.
struct Pair {
    left: usize,
    right: usize,
    meeting: Meeting,
}

/// Where the two meet.
enum Meeting {
    /// In one data flow.
    DataFlow,
    /// In a container, below these two of its children.
    Container { container: ExecutableId, left: ExecutableId, right: ExecutableId, confidence: Confidence },
}

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let users = excel::of_package(package, scope.index, scope.facts.connections());
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| users.len() > 1) else { return };
    for pair in first_pairs(overlap, &users) {
        report(package, &users, &pair, sink);
    }
}

/// The first pair of each group of components that some chain of overlaps connects: one finding is enough for a group.
fn first_pairs(overlap: &Overlap<'_, '_>, users: &[ExcelAccess<'_>]) -> Vec<Pair> {
    let mut group: Vec<usize> = (0..users.len()).collect();
    let mut links = Vec::new();
    for right in 1..users.len() {
        for left in 0..right {
            let linked = (group[left] != group[right]).then(|| meeting(overlap, &users[left], &users[right])).flatten();
            if let Some(meeting) = linked {
                let (old, new) = (group[right], group[left]);
                group.iter_mut().filter(|member| **member == old).for_each(|member| *member = new);
                links.push(Pair { left, right, meeting });
            }
        }
    }
    let mut seen = Vec::new();
    links.retain(|link| {
        !seen.contains(&group[link.left]) && {
            seen.push(group[link.left]);
            true
        }
    });
    links
}

fn meeting(overlap: &Overlap<'_, '_>, left: &ExcelAccess<'_>, right: &ExcelAccess<'_>) -> Option<Meeting> {
    if left.executable == right.executable {
        return Some(Meeting::DataFlow);
    }
    match overlap.relation(left.executable, right.executable) {
        Relation::MayOverlap { container, left, right, confidence } => Some(Meeting::Container { container, left, right, confidence }),
        Relation::Never(_) => None,
    }
}

fn report(package: &Package<'_>, users: &[ExcelAccess<'_>], pair: &Pair, sink: &mut Sink<'_>) {
    let (left, right) = (&users[pair.left], &users[pair.right]);
    let name = |id: ExecutableId| package.executable(id).name.value.as_ref();
    let crash = "the Excel driver is not safe for that, and the process may die with exit code -1073741819 (0xC0000005)";
    let (message, why, help, confidence) = match pair.meeting {
        Meeting::DataFlow => (
            format!("`{}` and `{}` use Excel at the same time in the data flow `{}`: {crash}", left.name, right.name, name(left.executable)),
            "runs at the same time in the same data flow".to_owned(),
            "put each Excel component into a data flow of its own and join the data flows with a precedence constraint".to_owned(),
            Confidence::High,
        ),
        Meeting::Container { container, left: from, right: to, confidence } => (
            format!("`{}` and `{}` can use Excel at the same time: {crash}", left.name, right.name),
            format!("no precedence constraint orders `{}` and `{}` in `{}`", name(from), name(to), container_name(package, container)),
            format!(
                "join `{}` and `{}` with a precedence constraint, or run one of them in a child package with ExecuteOutOfProcess = True",
                name(from),
                name(to)
            ),
            confidence,
        ),
    };
    sink.report(
        Report::new(left.object, left.span, message)
            .help(help)
            .confidence(confidence)
            .mention(Mention::new(right.object, right.span, why))
            .discriminator(right.object),
    );
}

fn container_name<'p>(package: &'p Package<'_>, container: ExecutableId) -> &'p str {
    if container == ExecutableId::PACKAGE { "the package" } else { package.executable(container).name.as_str() }
}
