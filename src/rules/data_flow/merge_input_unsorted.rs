//! `merge-input-unsorted`: inputs of a Merge or Merge Join that are not sorted, or not alike.

use super::columns::is_any;
use crate::analysis::lineage::Outlet;
use crate::finding::Severity::Error;
use crate::model::{Column, Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1004",
    name: "merge-input-unsorted",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an input of a Merge or Merge Join is not sorted, or not as the other",
    page: include_str!("../../../rules/merge-input-unsorted.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !is_any(component, &["Merge", "MergeJoin"]) {
        return;
    }
    let Some(lineage) = scope.facts.lineage(scope.index, executable) else { return };
    let roots: Vec<_> = component.inputs.iter().filter_map(|input| Some((input, lineage.root(&input.id)?))).collect();
    for (input, root) in roots.iter().filter(|(_, root)| !root.port.is_sorted) {
        let fault = format!("the rows at `{}` come from `{}`, which is not declared as sorted", input.name, root.component.name.as_str());
        sink.report(report(component, &fault, "0xC02020AF, \"The input is not sorted\"").discriminator(&*input.name));
    }
    if let [(_, left), (_, right)] = roots[..] {
        let both = left.port.is_sorted && right.port.is_sorted;
        if let Some((fault, code)) = both.then(|| difference(component, &left, &right)).flatten() {
            sink.report(report(component, &fault, code).discriminator("keys"));
        }
    }
}

/// How the sort keys of the two differ.
fn difference(component: &Component<'_>, left: &Outlet<'_, '_>, right: &Outlet<'_, '_>) -> Option<(String, &'static str)> {
    let (left_keys, right_keys) = (keys(left), keys(right));
    let wanted = component.properties.number("NumKeyColumns").and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    for (outlet, keys) in [(left, &left_keys), (right, &right_keys)] {
        if keys.len() < wanted {
            let name = outlet.component.name.as_str();
            return Some((format!("{wanted} key columns are joined, and `{name}` sorts by {}", keys.len()), "0xC02020B3"));
        }
    }
    let compared = if component.is("MergeJoin") { wanted } else { usize::MAX };
    left_keys.iter().zip(&right_keys).take(compared).find_map(|(left, right)| key_difference(left, right))
}

/// Sort keys in their order.
fn keys<'s, 'a>(outlet: &Outlet<'s, 'a>) -> Vec<&'s Column<'a>> {
    let mut keys: Vec<_> = outlet.port.columns.iter().filter(|column| column.sort_key != 0).collect();
    keys.sort_by_key(|column| column.sort_key.unsigned_abs());
    keys
}

fn key_difference(left: &Column<'_>, right: &Column<'_>) -> Option<(String, &'static str)> {
    let both = format!("the sort keys `{}` and `{}`", left.name, right.name);
    if left.data_type != right.data_type {
        Some((format!("{both} have the types {} and {}", left.data_type, right.data_type), "0xC02020B4"))
    } else if left.sort_key.signum() != right.sort_key.signum() {
        Some((format!("{both} have different directions"), "0xC02020B6"))
    } else if left.comparison_flags != right.comparison_flags && matches!(&*left.data_type, "str" | "wstr") {
        Some((format!("{both} are compared in different ways (ComparisonFlags {} and {})", left.comparison_flags, right.comparison_flags), "0xC02020BA"))
    } else {
        None
    }
}

fn report(component: &Component<'_>, fault: &str, code: &str) -> Report {
    let message = format!("`{}` needs inputs that are sorted alike, and {fault}: the data flow does not validate ({code})", component.name.as_str());
    Report::new(&*component.path, component.span, message)
        .help("sort both inputs by the same keys: with ORDER BY in the sources, IsSorted and SortKeyPosition in their advanced editors, or with a Sort each")
}
