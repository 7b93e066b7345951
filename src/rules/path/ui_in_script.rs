//! `ui-in-script`: a script that wants to talk to somebody.

use std::ops::Range;

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
                sink.report(report(sink, object, item, found));
            }
        }
    }
}

fn report(sink: &Sink<'_>, object: &str, item: &ScriptItem<'_>, Found { call, range, severity, condition }: Found) -> Report {
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
        .severity(sink.severities().at_most(severity))
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
    let language = Language::of(source);
    let code = script::only(source, &[Kind::Code]).to_ascii_lowercase();
    let asks = code.contains("userinteractive") || script::only(source, &[Kind::Literal]).contains("InteractiveMode");
    let found = CALLS.iter().flat_map(|call| calls(&code, call).map(move |range| (call, range)));
    let weighed = found.map(|(call, range)| {
        let (most, condition) = match condition(&code[..range.start], language) {
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

fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default()
}

/// What must come to pass before code gets where this ends, if anything: an error that it handles, or a branch that it takes.
fn condition(before: &str, language: Language) -> Option<&'static str> {
    let (handler, branch) = match language {
        Language::VisualBasic => (in_visual_basic_handler(before), in_visual_basic_branch(before)),
        _ => (is_within(before, &["catch"]), is_within(before, &["if", "else", "switch"]) || is_guarded(before)),
    };
    if handler { Some("where it handles an error") } else { branch.then_some("where it gets there") }
}

fn in_visual_basic_handler(before: &str) -> bool {
    before.rfind("catch").is_some_and(|handler| !before[handler..].contains("end try"))
}

/// Counts what is open since the method began, line by line; the last line may be an `If … Then` of its own.
fn in_visual_basic_branch(before: &str) -> bool {
    let mut lines = before.lines().map(str::trim);
    let last = lines.next_back().unwrap_or_default();
    let depth = lines.fold(0_usize, |depth, line| match line {
        "end if" | "end select" => depth.saturating_sub(1),
        _ if line.starts_with("end sub") || line.starts_with("end function") => 0,
        _ if line.starts_with("select case") || (line.starts_with("if ") && line.ends_with("then")) => depth + 1,
        _ => depth,
    });
    depth > 0 || (last.starts_with("if ") && last.contains(" then"))
}

/// Whether C# code ends inside of a block that one of these words opens.
fn is_within(before: &str, words: &[&str]) -> bool {
    let mut closed = 0_usize;
    for (brace, _) in before.rmatch_indices(['{', '}']) {
        if before[brace..].starts_with('}') {
            closed += 1;
        } else if closed > 0 {
            closed -= 1;
        } else if words.contains(&opening_word(&before[..brace])) {
            return true;
        }
    }
    false
}

/// Whether the statement that begins here is the one of an `if` without a block.
fn is_guarded(before: &str) -> bool {
    let statement = before.rsplit(['{', '}', ';']).next().unwrap_or_default().trim_start();
    ["if", "else"].iter().any(|word| statement.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')))
}

/// The word before a block: `catch` of `catch (…)`, `if` of `if (…)`.
fn opening_word(before: &str) -> &str {
    let head = before.trim_end();
    if !head.ends_with(')') {
        return last_word(head);
    }
    let mut open = 0_usize;
    let parenthesis = head.rmatch_indices(['(', ')']).find(|(at, _)| {
        open = if head[*at..].starts_with(')') { open + 1 } else { open.saturating_sub(1) };
        open == 0
    });
    parenthesis.map_or("", |(at, _)| last_word(&head[..at]))
}
