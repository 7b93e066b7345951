//! `ui-in-script`: a script that wants to talk to somebody.

use std::ops::Range;

use super::script_conditions::Conditions;
use crate::finding::Severity::{self, Error, Info, Warning};
use crate::lang::script::{self, Kind, Language};
use crate::model::{ExecutableId, Package, ScriptItem};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0306",
    name: "ui-in-script",
    category: Category::Path,
    severity: Severities::none().on(Target::Agent, Error).on(Target::Ssisdb, Error).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a script shows a dialog, waits for input or starts a debugger",
    page: include_str!("../../../rules/ui-in-script.md"),
    check: Check::Executable(check),
};

/// A call that needs a user: its name, what may stand before it, and what happens without one.
struct Call {
    name: &'static str,
    owners: &'static [&'static str],
    severity: Severity,
    consequence: &'static str,
}

const DIALOG: &str =
    "the script fails (0xC00291B1, \"showing a modal dialog box or form when the application is not running in UserInteractive mode\") or hangs";
const DEBUGGER: &str = "it stops the process, or the process hangs";
const CONSOLE: &str = "it gets no input, or waits for it for ever";

const CALLS: [Call; 7] = [
    Call { name: "messagebox.show", owners: &["forms"], severity: Error, consequence: DIALOG },
    Call { name: "msgbox", owners: &["interaction", "visualbasic"], severity: Error, consequence: DIALOG },
    Call { name: "inputbox", owners: &["interaction", "visualbasic"], severity: Error, consequence: DIALOG },
    Call { name: "debugger.launch", owners: &["diagnostics"], severity: Error, consequence: DEBUGGER },
    Call { name: "debugger.break", owners: &["diagnostics"], severity: Error, consequence: DEBUGGER },
    Call { name: "console.readline", owners: &["system"], severity: Warning, consequence: CONSOLE },
    Call { name: "console.readkey", owners: &["system"], severity: Warning, consequence: CONSOLE },
];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    if !package.is_enabled(id) {
        return;
    }
    for (object, script) in executable.scripts() {
        for item in script.items.iter().filter(|item| item.is_code()) {
            if let Some(found) = worst_call(item.source.as_str()) {
                sink.report(report(object, item, found));
            }
        }
    }
}

fn report(object: &str, item: &ScriptItem<'_>, Found { call, range, severity, condition }: Found) -> Report {
    let written = item.source.value.get(range.clone()).unwrap_or(call.name);
    let condition = match condition {
        Some(condition) => format!("{condition}: in a job nobody answers, "),
        None => "and in a job nobody answers: ".to_owned(),
    };
    let file = item.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let part = u32::try_from(range.start).ok().zip(u32::try_from(range.end).ok());
    let span = part.map_or(item.source.span, |(start, end)| item.source.span_of(Span::new(start, end)));
    Report::new(object, span, format!("`{file}` calls `{written}`, {condition}{}", call.consequence))
        .property("ScriptCode")
        .severity(RULE.severity.at_most(severity))
        .help("report with Dts.Events.FireInformation or FireError, and log values instead of showing them")
        .discriminator(&*item.name)
}

/// A call in a script, how bad it is there, and what must come to pass before it is made.
struct Found {
    call: &'static Call,
    range: Range<usize>,
    severity: Severity,
    condition: Option<&'static str>,
}

/// The first of the worst calls of a source.
fn worst_call(source: &str) -> Option<Found> {
    let lower = source.to_ascii_lowercase();
    if !CALLS.iter().any(|call| lower.contains(call.name)) {
        return None;
    }
    let code = script::only(source, &[Kind::Code]).to_ascii_lowercase();
    let conditions = Conditions::of(&code, Language::of(source));
    let asks = code.contains("userinteractive") || script::only(source, &[Kind::Literal]).contains("InteractiveMode");
    let found = CALLS.iter().flat_map(|call| calls(&code, call).map(move |range| (call, range)));
    let weighed = found.map(|(call, range)| {
        let (most, condition) = match conditions.at(range.start) {
            _ if asks => (Info, Some("although it asks for a user; where there is none and it calls")),
            Some(condition) => (Warning, Some(condition)),
            None => (Error, None),
        };
        Found { call, range, severity: call.severity.min(most), condition }
    });
    weighed.min_by_key(|found| (std::cmp::Reverse(found.severity), found.range.start))
}

/// Where the code, in lower case, calls it.
fn calls<'c>(code: &'c str, call: &'c Call) -> impl Iterator<Item = Range<usize>> + 'c {
    let found = code.match_indices(call.name).map(|(start, name)| start..start + name.len());
    found.filter(move |range| code[range.end..].trim_start().starts_with('(') && is_meant(&code[..range.start], call))
}

/// Whether what stands before the name leaves it what it looks like: no method of that name of something else, and no such method that is declared here.
fn is_meant(before: &str, call: &Call) -> bool {
    if before.ends_with(|character: char| character.is_alphanumeric() || character == '_') {
        return false;
    }
    match before.strip_suffix('.') {
        Some(owner) => call.owners.contains(&last_word(owner)),
        None => !["void", "sub", "function", "string"].contains(&last_word(before)),
    }
}

pub(super) fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default()
}
