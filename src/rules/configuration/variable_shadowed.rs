//! `variable-shadowed`: two variables of one name, one behind the other.

use crate::analysis::references::Resolution;
use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package, Variable};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0422",
    name: "variable-shadowed",
    category: Category::Configuration,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a variable hides another of the same name",
    page: include_str!("../../../rules/variable-shadowed.md"),
    check: Check::Variable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>, sink: &mut Sink<'_>) {
    let outside = package.executable(variable.scope).parent.filter(|_| variable.scope != ExecutableId::PACKAGE && variable.namespace != "System");
    let Some((outside, references)) = outside.zip(scope.facts.references(scope.index)) else { return };
    let name = variable.qualified_name();
    if let Resolution::Variable(hidden) = references.names.resolve(&name, outside) {
        let here = &package.executable(variable.scope).name.value;
        let message = format!("`{name}` in `{here}` hides the variable of the same name outside: a value given to the one is not seen in the other");
        let report = Report::new(&*variable.path, variable.span, message).mention(Mention::new(&*hidden.path, hidden.span, "is hidden"));
        sink.report(report.help("delete the inner one, or give it another name"));
    }
}
