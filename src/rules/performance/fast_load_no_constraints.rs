//! `fast-load-no-constraints`: a bulk load that no constraint sees.

use super::lacks_option;
use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1119",
    name: "fast-load-no-constraints",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a fast load does not check constraints",
    page: include_str!("../../../rules/fast-load-no-constraints.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !package.is_enabled(executable) || !lacks_option(scope, package, executable, component, "CHECK_CONSTRAINTS") {
        return;
    }
    let message = format!(
        "`{}` loads without checking CHECK and FOREIGN KEY constraints: rows that break them get in, and the server trusts the constraints no more",
        component.name.as_str()
    );
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("FastLoadOptions")
            .confidence(Confidence::Medium)
            .help("tick Check constraints, or check them afterwards with ALTER TABLE … WITH CHECK CHECK CONSTRAINT ALL"),
    );
}
