//! `fast-load-no-lock`: a bulk load without TABLOCK.

use super::lacks_option;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1108",
    name: "fast-load-no-lock",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a fast load takes no table lock",
    page: include_str!("../../../rules/fast-load-no-lock.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !package.is_enabled(executable) || !lacks_option(scope, package, executable, component, "TABLOCK") {
        return;
    }
    let message = format!("`{}` loads without a table lock: the load is fully logged and takes locks row by row", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("FastLoadOptions")
            .confidence(Confidence::Low)
            .help("tick Table lock, unless others use the table meanwhile or several destinations load it"),
    );
}
