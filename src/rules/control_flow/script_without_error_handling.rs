//! `script-without-error-handling`: a script that handles no error.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Severity::Info;
use crate::lang::pattern::pattern;
use crate::lang::script::{self, Kind};
use crate::model::{ExecutableId, Package, Script};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0923",
    name: "script-without-error-handling",
    category: Category::ControlFlow,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a script handles no exception",
    page: include_str!("../../../rules/script-without-error-handling.md"),
    check: Check::Executable(check),
};

/// What a script does with the world outside.
static OUTSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i-u)file\.|directory\.|fileinfo|directoryinfo|streamreader|streamwriter|sqlconnection|oledb|webclient|http|smtp|acquireconnection")
});

/// What catches an exception, in both languages.
static TRY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)\btry\b"));

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    for (object, script) in package.executable(id).scripts().filter(|_| package.is_enabled(id)) {
        let Some(first) = script.items.iter().find(|item| item.is_code()).filter(|_| needs_handling(script)) else { continue };
        let message = "the script goes to files, databases or the net without a `try`: of an exception the log shows its text and little else (0xC00291B1)";
        sink.report(Report::new(object, first.source.span, message).property("ScriptCode").help("catch exceptions, and report them with Dts.Events.FireError"));
    }
}

/// Whether its code goes outside and nothing in it catches an exception.
fn needs_handling(script: &Script<'_>) -> bool {
    let sources = script.items.iter().filter(|item| item.is_code()).map(|item| item.source.as_str());
    // A comment may name what code does not.
    if !sources.clone().any(|source| OUTSIDE.is_match(source)) {
        return false;
    }
    let code: String = sources.map(|source| script::only(source, &[Kind::Code])).collect();
    OUTSIDE.is_match(&code) && !TRY.is_match(&code)
}
