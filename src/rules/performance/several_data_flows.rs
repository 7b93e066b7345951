//! `several-data-flows`: a package that does many loads.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1118",
    name: "several-data-flows",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a package has many data flows",
    page: include_str!("../../../rules/several-data-flows.md"),
    check: Check::Package(check),
};

/// From how many on the rule speaks.
const MANY: usize = 5;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let flows = package.executables().filter(|(id, executable)| executable.data_flow().is_some() && package.is_enabled(*id)).count();
    if flows < MANY {
        return;
    }
    let root = package.root();
    let message = format!("`{}` has {flows} data flows: it takes long to open and validate, and fails and restarts as a whole", root.name.as_str());
    sink.report(Report::new(&*root.path, root.span, message).confidence(Confidence::Low).help("give data flows that can run alone packages of their own"));
}
