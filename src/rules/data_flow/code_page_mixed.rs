//! `code-page-mixed`: text in more than one code page.

use std::collections::BTreeMap;

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1024",
    name: "code-page-mixed",
    category: Category::DataFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "text of one data flow is in different code pages",
    page: include_str!("../../../rules/code-page-mixed.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    let Some(flow) = task.data_flow().filter(|_| package.is_enabled(id)) else { return };
    let mut pages: BTreeMap<u32, &Component<'_>> = BTreeMap::new();
    for component in &flow.components {
        let columns = component.outputs.iter().filter(|output| !output.is_error).flat_map(|output| &output.columns);
        for column in columns.filter(|column| &*column.data_type == "str" && column.code_page != 0) {
            pages.entry(column.code_page).or_insert(component);
        }
    }
    if pages.len() < 2 {
        return;
    }
    let numbers: Vec<String> = pages.keys().map(u32::to_string).collect();
    let message = format!(
        "`{}` has text in the code pages {}: columns of different code pages cannot be compared, joined or written to one column, and characters that one of them lacks are lost",
        task.name.as_str(),
        numbers.join(", ")
    );
    let report = Report::new(&*task.path, task.span, message).confidence(Confidence::Medium).help("read the text as DT_WSTR, or in one code page");
    sink.report(
        pages.iter().fold(report, |report, (page, component)| report.mention(Mention::new(&*component.path, component.span, format!("code page {page}")))),
    );
}
