//! `unused-variable`: a variable that nothing mentions.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1307",
    name: "unused-variable",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "nothing mentions a variable",
    page: include_str!("../../../rules/unused-variable.md"),
    check: Check::Project(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let mentions = scope.facts.mentions();
    for (document, package) in scope.project.packages() {
        for variable in package.variables().filter(|variable| variable.namespace != "System" && !mentions.has(variable.name.as_str())) {
            let message = format!("nothing in the project mentions `{}`", variable.qualified_name());
            let report = Report::new(&*variable.path, variable.span, message).confidence(Confidence::Medium);
            sink.report_in(scope.project, document, report.help("delete it, unless a script builds its name or a package elsewhere reads it"));
        }
    }
}
