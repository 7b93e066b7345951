//! `describe-parameters`: a conversion around the parameter of a source query.

use std::sync::LazyLock;

use regex::Regex;

use crate::analysis::references::Resolution;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::pattern::pattern;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0815",
    name: "describe-parameters",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Sql2022, Warning).on(Target::Sql2025, Warning),
    set: RuleSet::Pedantic,
    summary: "a source query converts a parameter, whose type later versions of SQL Server derive anew",
    page: include_str!("../../../rules/describe-parameters.md"),
    check: Check::Component(check),
};

/// `CAST(? AS date)`, `CONVERT(datetime, ?)`; a conversion to text first (`CAST(CAST(? AS varchar(30)) AS date)`) is the cure.
static CONVERTED: LazyLock<Regex> = LazyLock::new(|| {
    let types = r"(?:small)?date(?:time2?|timeoffset)?|time|(?:big|small|tiny)?int|decimal|numeric|money|float|real|uniqueidentifier";
    pattern(&format!(r"(?i)\b(?:CAST\s*\(\s*\?\s*AS\s+(?:{types})\b|CONVERT\s*\(\s*(?:{types})(?:\s*\([^)]*\))?\s*,\s*\?)"))
});

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.is("OLEDBSource") || component.properties.text("ParameterMapping").trim().is_empty() || !package.is_enabled(id) {
        return;
    }
    let Some(command) = component.properties.get("SqlCommand").filter(|text| component.access_mode() == Some(2) && CONVERTED.is_match(text.as_str())) else {
        return;
    };
    if !binds_text(scope, component) {
        return;
    }
    let message = "the query converts its parameter `?`: SQL Server 2012 and later derive the type of the parameter from the conversion, and the String variable that is mapped may then fail with \
                   0xC0202009 and 0x80040E21 (invalid character value)";
    sink.report(
        Report::new(&*component.path, command.span, message)
            .property("SqlCommand")
            .confidence(Confidence::Low)
            .help("convert to text first, `CAST(CAST(? AS varchar(30)) AS date)`, or bind a variable of the type itself"),
    );
}

/// Whether a String variable, or a parameter of that type, is mapped.
fn binds_text(scope: &Scope<'_, '_>, component: &Component<'_>) -> bool {
    let entries = scope.facts.references(scope.index).map_or(&[][..], |references| &references.entries);
    let mut mapped = entries.iter().filter(|reference| reference.object == &*component.path && reference.property == "ParameterMapping");
    mapped.any(|reference| match reference.resolution {
        Resolution::Variable(variable) => variable.type_name() == "String",
        Resolution::Parameter(parameter) => parameter.type_name() == "String",
        _ => false,
    })
}
