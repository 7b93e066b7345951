//! `sort-metadata`: a declared sort order that contradicts itself.

use crate::finding::Severity::{Error, Warning};
use crate::model::{Component, ExecutableId, Package, Port};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1005",
    name: "sort-metadata",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "the declared sort order of an output contradicts itself",
    page: include_str!("../../../rules/sort-metadata.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    for output in component.outputs.iter().filter(|output| !output.is_error) {
        if let Some(report) = fault(component, output).filter(|_| package.is_enabled(executable)) {
            sink.report(
                report
                    .property("SortKeyPosition")
                    .discriminator(&*output.name)
                    .help("set IsSorted on the output, and SortKeyPosition 1, 2, 3 … on its key columns, in the advanced editor; or neither"),
            );
        }
    }
}

fn fault(component: &Component<'_>, output: &Port<'_>) -> Option<Report> {
    let mut keys: Vec<u32> = output.columns.iter().map(|column| column.sort_key.unsigned_abs()).filter(|key| *key != 0).collect();
    keys.sort_unstable();
    if !output.is_sorted && keys.is_empty() {
        return None;
    }
    let in_sequence = keys.iter().zip(1..).all(|(key, expected)| *key == expected);
    let error = |fault: &str, code: &str| Some(report(component, output, fault, &format!("the data flow does not validate ({code})")));
    match (output.synchronous_input(), output.is_sorted) {
        (Some(_), true) => error("is synchronous, and only outputs that begin anew can be declared as sorted", "0xC020400E"),
        (Some(_), false) => error("is synchronous, and only outputs that begin anew have sort keys", "0xC020400F"),
        (None, false) => error("has sort keys, but IsSorted is False", "0xC00470AD"),
        (None, true) if keys.is_empty() && component.is("MergeJoin") => error("is declared as sorted and has no sort key", "0xC02020F1"),
        (None, true) if keys.is_empty() => {
            let report = report(component, output, "is declared as sorted and has no sort key", "that is ignored (0x80047069), and a merge of it fails");
            Some(report.severity(RULE.severity.at_most(Warning)))
        }
        (None, true) if keys.iter().any(|key| *key as usize > output.columns.len()) => {
            error("has a sort key position beyond its number of columns", "0xC0047068")
        }
        (None, true) if !in_sequence => error("has sort key positions that are not 1, 2, 3 …", "0xC004706A"),
        (None, true) => None,
    }
}

fn report(component: &Component<'_>, output: &Port<'_>, fault: &str, consequence: &str) -> Report {
    let message = format!("the output `{}` of `{}` {fault}: {consequence}", output.name, component.name.as_str());
    Report::new(&*component.path, output.span, message)
}
