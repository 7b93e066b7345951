//! `interactive-process`: a program that waits for somebody at a screen.

use crate::analysis::overrides;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Executable, ExecutableId, ExecutableKind, Package, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0305",
    name: "interactive-process",
    category: Category::Path,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an Execute Process Task starts a program that waits for a user",
    page: include_str!("../../../rules/interactive-process.md"),
    check: Check::Executable(check),
};

/// Programs that end only when somebody closes their window.
const WINDOWS: [&str; 6] = ["notepad", "wordpad", "write", "mspaint", "iexplore", "calc"];

/// Programs of Office, which a macro may close again.
const OFFICE: [&str; 5] = ["excel", "winword", "powerpnt", "msaccess", "outlook"];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    if executable.kind != ExecutableKind::ExecuteProcess || !package.is_enabled(id) {
        return;
    }
    let Some((property, text, report)) = fault(executable) else { return };
    if overrides::of_executable(scope.project, package, id, property).is_none() {
        sink.report(report.property(property).help(format!("run a program that needs no window; `{}` is for people", text.value.trim())));
    }
}

fn fault<'e, 'a>(executable: &'e Executable<'a>) -> Option<(&'static str, &'e Text<'a>, Report)> {
    let file = executable.settings.get("Executable").filter(|text| !text.is_blank())?;
    let program = program(file.as_str());
    let waits = "in a job nobody sees it, and the task hangs until its timeout (0xC002914C), if it has one";
    if WINDOWS.contains(&program.as_str()) {
        let message = format!("`{program}` opens a window and ends when somebody closes it: {waits}");
        return Some(("Executable", file, Report::new(&*executable.path, file.span, message)));
    }
    if OFFICE.contains(&program.as_str()) {
        let message = format!("`{program}` is a program for people and stops at the first dialog: {waits}");
        let soft = RULE.severity.at_most(Warning);
        return Some(("Executable", file, Report::new(&*executable.path, file.span, message).severity(soft).confidence(Confidence::Medium)));
    }
    let arguments = executable.settings.get("Arguments").filter(|arguments| stays_open(&program, arguments.as_str()))?;
    let message = format!("`{program}` is told to stay open and waits for input: {waits}");
    Some(("Arguments", arguments, Report::new(&*executable.path, arguments.span, message)))
}

/// `C:\Windows\NOTEPAD.EXE` as `notepad`.
fn program(path: &str) -> String {
    let name = path.trim().trim_matches('"').rsplit(['\\', '/']).next().unwrap_or_default().to_ascii_lowercase();
    name.strip_suffix(".exe").map_or_else(|| name.clone(), str::to_owned)
}

/// A shell that goes on after its command.
fn stays_open(program: &str, arguments: &str) -> bool {
    let first = arguments.split_whitespace().next().unwrap_or_default();
    let switch = |name: &str| arguments.split_whitespace().any(|word| word.eq_ignore_ascii_case(name));
    match program {
        "cmd" => first.eq_ignore_ascii_case("/k"),
        "powershell" | "pwsh" => switch("-noexit"),
        _ => false,
    }
}
