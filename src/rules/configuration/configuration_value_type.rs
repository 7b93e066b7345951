//! `configuration-value-type`: a configured value that is not of its type.

use crate::finding::Severity::Warning;
use crate::model::{ConfiguredValue, DocumentKind, flag};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0413",
    name: "configuration-value-type",
    category: Category::Configuration,
    severity: Severities::none().on(Target::Agent, Warning),
    set: RuleSet::Default,
    summary: "a value in a configuration file is not of the type beside it",
    page: include_str!("../../../rules/configuration-value-type.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let DocumentKind::ConfigurationFile(file) = &scope.document.kind else { return };
    for entry in file.entries.iter().filter(|entry| does_not_convert(entry)) {
        // The value may be a secret that stands in the wrong place.
        let message = format!("the value is no {}: the package warns, and runs with its design value (0xC0012037)", entry.value_type.value.trim());
        sink.report(Report::new(entry.path.as_str(), entry.value.span, message).property("ConfiguredValue").help("write a value of that type"));
    }
}

/// Whether the value certainly does not convert. Dates and decimals depend on the language of the server.
fn does_not_convert(entry: &ConfiguredValue<'_>) -> bool {
    let value = entry.value.value.trim();
    match entry.value_type.value.trim().to_ascii_lowercase().as_str() {
        "sbyte" => value.parse::<i8>().is_err(),
        "int16" => value.parse::<i16>().is_err(),
        "int32" => value.parse::<i32>().is_err(),
        "int64" => value.parse::<i64>().is_err(),
        "byte" => value.parse::<u8>().is_err(),
        "uint16" => value.parse::<u16>().is_err(),
        "uint32" => value.parse::<u32>().is_err(),
        "uint64" => value.parse::<u64>().is_err(),
        "boolean" => flag(value).is_none() && value.parse::<i64>().is_err(),
        "single" | "double" => value.replace(',', ".").parse::<f64>().is_err(),
        _ => false,
    }
}
