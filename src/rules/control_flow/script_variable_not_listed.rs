//! `script-variable-not-listed`: a script reads a variable that the task does not hand to it.

use std::sync::LazyLock;

use foldhash::HashSet;
use regex::Regex;

use super::task;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::pattern::pattern;
use crate::lang::script::{self, Kind};
use crate::model::{ExecutableId, Package, Script, ScriptItem, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0926",
    name: "script-variable-not-listed",
    category: Category::ControlFlow,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a script uses a variable that is in neither of its lists",
    page: include_str!("../../../rules/script-variable-not-listed.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::Script(script) = &executable.task else { return };
    let is_computed = ["ReadOnlyVariables", "ReadWriteVariables"].iter().any(|list| task::is_replaced(scope, package, id, list));
    if !package.is_enabled(id) || is_computed {
        return;
    }
    let listed = Listed::of(script);
    let mut said = HashSet::default();
    for item in script.items.iter().filter(|item| item.is_code()) {
        for (name, span) in uses(item) {
            if !listed.has(&name) && said.insert(name.clone()) {
                sink.report(report(&executable.path, &name, span));
            }
        }
    }
}

fn report(object: &str, name: &str, span: Span) -> Report {
    let message = format!(
        "the script uses the variable `{name}`, which is in neither of its lists of variables: there it fails (0xC0010009, \"The element cannot be found in a collection\")"
    );
    let report = Report::new(object, span, message).property("ScriptCode").confidence(Confidence::Medium).discriminator(name);
    report.help("select the variable in ReadOnlyVariables or ReadWriteVariables; letter case counts")
}

/// The names in both lists of a script, as they are there and without their namespace.
struct Listed<'s> {
    written: HashSet<&'s str>,
    bare: HashSet<&'s str>,
}

impl<'s> Listed<'s> {
    fn of(script: &'s Script<'_>) -> Self {
        let lists = [&script.read_only_variables, &script.read_write_variables];
        let written: HashSet<&str> = lists.into_iter().flatten().flat_map(|list| list.as_str().split(',')).map(str::trim).collect();
        let bare = written.iter().map(|name| name.split_once("::").map_or(*name, |(_, bare)| bare)).collect();
        Self { written, bare }
    }

    /// Whether a name means one of them: a namespace counts where both have one.
    fn has(&self, name: &str) -> bool {
        match name.split_once("::") {
            Some((_, bare)) => self.written.contains(name) || self.written.contains(bare),
            None => self.bare.contains(name),
        }
    }
}

/// The variables that the code of a file takes out of `Dts.Variables` by a literal name. None when it asks which are there.
fn uses(item: &ScriptItem<'_>) -> Vec<(String, Span)> {
    static USE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\bDts\s*\.\s*Variables\s*(?:\.\s*Item\s*)?[\[(]\s*@?"([^"\\]+)"\s*[\])]"#));
    let source = item.source.as_str();
    if !source.contains("Variables") || source.contains("Variables.Contains") {
        return Vec::new();
    }
    let code = script::only(source, &[Kind::Code, Kind::Literal]);
    let names = USE.captures_iter(&code).filter_map(|found| found.get(1));
    let part = |start, end| Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?));
    names.filter_map(|name| Some((name.as_str().to_owned(), item.source.span_of(part(name.start(), name.end())?)))).collect()
}
