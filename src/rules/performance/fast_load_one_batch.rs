//! `fast-load-one-batch`: redirected rows that are whole batches.

use super::is_fast_load;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info};
use crate::model::{Component, ExecutableId, Package};
use crate::rules::data_flow::columns::is_replaced;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1107",
    name: "fast-load-one-batch",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "one bad row makes a fast load reject its whole batch",
    page: include_str!("../../../rules/fast-load-one-batch.md"),
    check: Check::Component(check),
};

const SIZE: &str = "FastLoadMaxInsertCommitSize";
/// The default: all rows of a buffer, at most, are one batch.
const WHOLE: i64 = 2_147_483_647;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let redirects = is_fast_load(component) && component.inputs.iter().any(|input| input.error_disposition == "RedirectRow");
    if !redirects || !package.is_enabled(executable) || is_replaced(scope, package, executable, component, SIZE) {
        return;
    }
    let name = component.name.as_str();
    let report = |message| {
        Report::new(&*component.path, component.span, message)
            .property(SIZE)
            .help("set a maximum insert commit size of some thousands, and load the redirected rows one by one through a second destination")
    };
    match component.properties.number(SIZE) {
        Some(0) => sink.report(
            report(format!("`{name}` redirects rows that fail, with a maximum insert commit size of 0: the data flow does not validate (0xC00470C7)"))
                .severity(Severities::new(Error)),
        ),
        Some(WHOLE) => sink.report(
            report(format!(
                "`{name}` redirects rows that fail, with the largest maximum insert commit size: one bad row sends its whole batch to the error output"
            ))
            .confidence(Confidence::Medium),
        ),
        _ => {}
    }
}
