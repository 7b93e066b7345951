//! `azure-java-formats`: ORC and Parquet files, which need a Java runtime.

use crate::finding::Severity::Warning;
use crate::model::{Component, ExecutableId, Package, Property};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::support::{self, ClassKind, Standing};

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
    let is_azure = || matches!(support::class(ClassKind::Component, &component.class), Standing::Microsoft(class) if class.azure_pack);
    if component.class.starts_with("Microsoft.") || !is_azure() || scope.options.azure_java_formats.java_installed == Some(true) || !package.is_enabled(id) {
        return;
    }
    let Some((property, format)) = component.properties.iter().find_map(|property| Some((property, java_format(property)?))) else { return };
    let message = format!(
        "it works with {format} files, which takes a Java runtime that Azure-SSIS does not have by default: the data flow fails with \"Java Runtime Environment is not found\""
    );
    sink.report(
        Report::new(&*component.path, property.value.span, message)
            .property(property.name.as_ref())
            .help("install a 64-bit Java runtime in the custom setup of the integration runtime, or use text or Avro files"),
    );
}

/// By the name of the format, or the ending of a file's name. Numbers of formats differ between adapters.
fn java_format(property: &Property<'_>) -> Option<&'static str> {
    let value = property.value.as_str().trim();
    let is_format = property.name.to_ascii_lowercase().contains("format");
    let ending = value.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ORC", "Parquet"].into_iter().find(|format| (is_format && value.eq_ignore_ascii_case(format)) || ending.eq_ignore_ascii_case(format))
}
