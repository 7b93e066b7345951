//! `sensitive-parameter-in-expression`: a sensitive value where everybody would see it.

use crate::analysis::references::{ExpressionKind, Place, Reference, Resolution};
use crate::finding::Severity::Warning;
use crate::lang::secret::is_secret_name;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0111",
    name: "sensitive-parameter-in-expression",
    category: Category::Protection,
    severity: Severities::none().on(Target::Ssisdb, Warning),
    set: RuleSet::Default,
    summary: "a sensitive parameter is read by an expression that does not protect it",
    page: include_str!("../../../rules/sensitive-parameter-in-expression.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    for entry in references.entries.iter().filter(|entry| entry.enabled) {
        let (Place::Expression(kind), Resolution::Parameter(parameter)) = (entry.place, &entry.resolution) else { continue };
        if parameter.sensitive && !is_protected(kind, entry) {
            let message = format!(
                "`{}` is sensitive, and `{}` is not: SSIS does not let the expression read it, and the package fails at validation (0xC0017010)",
                entry.name, entry.property
            );
            sink.report(
                Report::new(entry.object, entry.span, message)
                    .property(entry.property)
                    .discriminator(&*entry.name)
                    .help("use the parameter on a sensitive property only, such as Password, or read it in a script with GetSensitiveValue"),
            );
        }
    }
}

/// Whether the expression sets a property that is sensitive itself. Of a third party's properties only the name tells.
fn is_protected(kind: ExpressionKind, entry: &Reference<'_, '_>) -> bool {
    // `[Web Source].[Password]` on a data flow.
    let name = entry.property.rsplit('[').next().unwrap_or_default().trim_end_matches(']');
    kind == ExpressionKind::Property && is_secret_name(name)
}
