//! `concurrency-setting`: limits of parallel work that the runtime refuses or that do not help.

use crate::finding::Severity::Info;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0616",
    name: "concurrency-setting",
    category: Category::Concurrency,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "MaxConcurrentExecutables or EngineThreads is outside of what is useful",
    page: include_str!("../../../rules/concurrency-setting.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    if !package.is_enabled(id) {
        return;
    }
    let limit = executable.properties.get("MaxConcurrentExecutables").filter(|_| id == ExecutableId::PACKAGE);
    let threads = executable.data_flow().and_then(|flow| flow.properties.get("engineThreads"));
    let settings = [
        ("MaxConcurrentExecutables", limit, 1, 64, "it takes -1 or a number above 0, and more than the processors take only adds overhead"),
        ("EngineThreads", threads, 3, 60, "the data flow refuses values that are too small or too large (0xC00470D5, 0xC0047024)"),
    ];
    for (property, text, least, most, why) in settings {
        let Some(text) = text.filter(|_| executable.expression(property).is_none()) else { continue };
        let value: Option<i64> = text.value.trim().parse().ok();
        if value.is_some_and(|value| value != -1 && !(least..=most).contains(&value)) {
            let message = format!("{property} is {}: {why}", text.value.trim());
            sink.report(Report::new(&*executable.path, text.span, message).property(property).help("leave the default, or measure a value in between"));
        }
    }
}
