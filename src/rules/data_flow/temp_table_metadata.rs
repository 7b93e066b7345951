//! `temp-table-metadata`: a component checks its columns against a temporary table that is not there yet.

use crate::analysis::session::Trace;
use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1012",
    name: "temp-table-metadata",
    category: Category::DataFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a data flow on a temporary table is validated before the table exists",
    page: include_str!("../../../rules/temp-table-metadata.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let of_components = |statement: &&Statement<'_, '_>| statement.component.is_some_and(|component| component.validate_external_metadata);
    if !scope.facts.statements(scope.index).iter().filter(of_components).any(|statement| statement.text.contains('#')) {
        return;
    }
    let traced: Vec<_> = scope.facts.statements(scope.index).iter().zip(scope.facts.traces(scope.index)).collect();
    for (statement, trace) in traced.iter().filter(|(statement, _)| of_components(statement)) {
        let Some(table) = trace.needs.first() else { continue };
        if let Some(validated) = validated_too_early(package, statement.executable, table, &traced) {
            sink.report(report(package, statement, table, validated));
        }
    }
}

/// What is validated, with the data flow in it, while the table cannot be there: the package, or a container with `DelayValidation`, when it starts.
/// None when only what comes behind the making of the table is validated.
fn validated_too_early(package: &Package<'_>, data_flow: ExecutableId, table: &str, traced: &[(&Statement<'_, '_>, &Trace)]) -> Option<ExecutableId> {
    let Some(delayed) = package.ancestors(data_flow).find(|id| delays(package, *id)) else { return Some(ExecutableId::PACKAGE) };
    let inside = |id: ExecutableId| id != data_flow && package.ancestors(id).any(|ancestor| ancestor == delayed);
    let makes = |trace: &Trace| trace.leaves.iter().any(|left| left == table);
    (delayed != data_flow && traced.iter().any(|(maker, trace)| makes(trace) && inside(maker.executable))).then_some(delayed)
}

fn delays(package: &Package<'_>, id: ExecutableId) -> bool {
    let executable = package.executable(id);
    executable.properties.flag("DelayValidation", false) || executable.expression("DelayValidation").is_some()
}

fn report(package: &Package<'_>, statement: &Statement<'_, '_>, table: &str, validated: ExecutableId) -> Report {
    let data_flow = package.executable(statement.executable).name.as_str();
    let what = match validated {
        ExecutableId::PACKAGE => "the package".to_owned(),
        container => format!("`{}`", package.executable(container).name.as_str()),
    };
    let message = format!(
        "`{table}` is looked for when {what} is validated, before anything in it can have created it: \"Invalid object name\" (0x80040E14, 0xC0202009), and \
         nothing in it runs"
    );
    // Another session may keep a global table alive, and an expression may name another table.
    let (severity, confidence) = if statement.is_snapshot || table.starts_with("##") { (Warning, Confidence::Medium) } else { (Error, Confidence::High) };
    Report::new(statement.object, statement.span, message)
        .property(statement.property)
        .severity(Severities::new(severity))
        .confidence(confidence)
        .help(format!("set DelayValidation of `{data_flow}` to True; for work in the designer set ValidateExternalMetadata of the component to False as well"))
        .discriminator(table)
}
