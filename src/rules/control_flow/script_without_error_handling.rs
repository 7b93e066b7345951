//! `script-without-error-handling`: a script that handles no error.

use crate::finding::Severity::Info;
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

/// What a script does with the world outside, in lower case.
const OUTSIDE: [&str; 12] = [
    "file.",
    "directory.",
    "fileinfo",
    "directoryinfo",
    "streamreader",
    "streamwriter",
    "sqlconnection",
    "oledb",
    "webclient",
    "http",
    "smtp",
    "acquireconnection",
];

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
    let code = sources.map(|source| script::only(source, &[Kind::Code])).collect::<String>().to_ascii_lowercase();
    let catches = code.split(|character: char| !character.is_alphanumeric() && character != '_').any(|word| word == "try");
    !catches && OUTSIDE.iter().any(|call| code.contains(call))
}
