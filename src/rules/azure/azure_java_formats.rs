//! `azure-java-formats`: ORC and Parquet files, which need a Java runtime.

use crate::analysis::classes::java_format;
use crate::finding::Severity::Warning;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0708",
    name: "azure-java-formats",
    category: Category::Azure,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "an Azure source or destination reads or writes ORC or Parquet, which needs Java",
    page: include_str!("../../../rules/azure-java-formats.md"),
    check: Check::Component(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if scope.options.azure_java_formats.java_installed == Some(true) || !package.is_enabled(id) {
        return;
    }
    let Some((property, format)) = java_format(component) else { return };
    let message = format!(
        "it works with {format} files, which takes a Java runtime that Azure-SSIS does not have by default: the data flow fails with \"Java Runtime Environment is not found\""
    );
    sink.report(
        Report::new(&*component.path, property.value.span, message)
            .property(property.name.as_ref())
            .help("install a 64-bit Java runtime in the custom setup of the integration runtime, or use text or Avro files"),
    );
}
