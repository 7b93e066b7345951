//! `variable-write-race`: a variable that two executables write to at the same time.

use foldhash::{HashMap, HashSet};

use super::handler_of;
use crate::analysis::overlap::pairs::Place as Meet;
use crate::analysis::references::{Access, Place, Reference};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{Executable, ExecutableId, ExecutableKind, Package, Script, Task, Variable};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0613",
    name: "variable-write-race",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "two executables may write to a variable at the same time",
    page: include_str!("../../../rules/variable-write-race.md"),
    check: Check::Variable(check),
};

const HELP: &str = "give each its own variable, in the scope of its container, or join the two with a precedence constraint";

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>, sink: &mut Sink<'_>) {
    let Some(references) = scope.facts.references(scope.index) else { return };
    let mentions: Vec<_> = references.of_variable(variable).filter(|entry| entry.enabled && entry.place != Place::Configuration).collect();
    let report = race(scope, package, variable, &mentions).or_else(|| held_lock(package, variable, &mentions));
    if let Some(report) = report {
        sink.report(report);
    }
}

/// Two writers that nothing orders. What nobody reads is no loss: a Row Count, say, that only gives a data flow its end.
fn race(scope: &Scope<'_, '_>, package: &Package<'_>, variable: &Variable<'_>, mentions: &[&Reference<'_, '_>]) -> Option<Report> {
    let mut writers: Vec<_> = mentions.iter().filter(|entry| entry.access.writes()).collect();
    // Code is read for variables that two may write to only: a script may list very many.
    if writers.iter().all(|entry| entry.from == writers[0].from) || !mentions.iter().any(|entry| entry.access.reads()) {
        return None;
    }
    writers.retain(|entry| assigns(package, variable, entry));
    writers.dedup_by_key(|entry| entry.from);
    if writers.len() < 2 {
        return None;
    }
    let executables: Vec<ExecutableId> = writers.iter().map(|entry| entry.from).collect();
    let overlap = scope.facts.overlap(scope.index)?;
    // Event handlers come and go between the lines of what they watch; only locks that are held all the while are a matter, of the other case.
    let meeting = overlap.first_meeting(&executables, |left, right| {
        executables[left] != executables[right] && !is_handled(package, executables[left]) && !is_handled(package, executables[right])
    })?;
    if !matches!(meeting.place, Meet::Container { confidence: Confidence::High, .. }) {
        return None;
    }
    let (left, right) = (writers[meeting.left], writers[meeting.right]);
    let name = |entry: &Reference<'_, '_>| package.executable(entry.from).name.as_str().to_owned();
    let message = format!(
        "`{}` and `{}` may write to `{}` at the same time: the value of one is lost, or a script waits for the other's lock until it fails (0xC001404D)",
        name(left),
        name(right),
        variable.qualified_name()
    );
    let report = Report::new(&*variable.path, variable.span, message).confidence(Confidence::Medium).help(HELP);
    let report = report.mention(Mention::new(left.object, left.span, "writes to it"));
    Some(report.mention(Mention::new(right.object, right.span, format!("writes to it; {}", meeting.place.describe(package)))))
}

/// Whether what lists the variable for writing gives it a value, too: many a script lists all variables so, and the code of most only reads them.
fn assigns(package: &Package<'_>, variable: &Variable<'_>, entry: &Reference<'_, '_>) -> bool {
    let Task::Script(script) = &package.executable(entry.from).task else { return true };
    if script.read_write_variables.as_ref().is_some_and(|list| list.value.split(',').nth(MAX_LISTED).is_some()) {
        return false;
    }
    let mut code = script.items.iter().filter(|item| item.is_code()).peekable();
    code.peek().is_none() || code.any(|item| item.source.value.lines().any(|line| may_assign(line, variable.name.as_str())))
}

/// The code of a script is read once for each variable that it lists. Who lists more than so many lists all that there are, and says nothing by it.
const MAX_LISTED: usize = 256;

/// Whether a line of code gives `Variables["name"].Value` a value, or takes hold of the variable for later.
fn may_assign(line: &str, name: &str) -> bool {
    let Some((_, behind)) = line.split_once(name) else { return false };
    let Some((_, behind)) = behind.split_once(".Value") else { return true };
    let operator = behind.trim_start().trim_start_matches(['+', '-', '*', '/', '&']);
    operator.starts_with('=') && !operator.starts_with("==")
}

/// Whether it belongs to an event handler.
fn is_handled(package: &Package<'_>, id: ExecutableId) -> bool {
    handler_of(package, id).is_some()
}

/// A script that holds the variable while it raises an event whose handler asks for the variable, too.
fn held_lock(package: &Package<'_>, variable: &Variable<'_>, mentions: &[&Reference<'_, '_>]) -> Option<Report> {
    let listed = |entry: &&&Reference<'_, '_>| entry.place == Place::ScriptList && package.executable(entry.from).kind == ExecutableKind::Script;
    let (inside, outside): (Vec<&Reference<'_, '_>>, Vec<_>) = mentions.iter().filter(listed).partition(|entry| is_handled(package, entry.from));
    let watched = handled(package, &inside);
    let holders = Holders::new(package, &watched, &outside);
    let (inner, holder) = inside.into_iter().find_map(|inner| Some((inner, holders.locking_out(handler_of(package, inner.from)?, inner)?)))?;
    let name = |entry: &Reference<'_, '_>| package.executable(entry.from).name.as_str().to_owned();
    let event = handler_of(package, inner.from)?.name.as_str();
    let message = format!(
        "the script `{}` holds `{}` while it raises {event}, and the script `{}` in the handler of that event waits for it: \"A deadlock was detected while \
         trying to lock variable\" (0xC001405B, 0xC001405C, 0xC001405D; 0xC001404D)",
        name(holder),
        variable.qualified_name(),
        name(inner)
    );
    let report = Report::new(&*variable.path, variable.span, message).confidence(Confidence::Medium);
    let report = report.help("take the variable out of the list of the task's script and lock it there only as long as needed, with Dts.VariableDispenser");
    let report = report.mention(Mention::new(holder.object, holder.span, "holds it until the script ends"));
    Some(report.mention(Mention::new(inner.object, inner.span, "waits for it")))
}

/// What has a handler with one of these in it.
fn handled(package: &Package<'_>, inside: &[&Reference<'_, '_>]) -> HashSet<ExecutableId> {
    inside.iter().filter_map(|entry| handler_of(package, entry.from)?.parent).collect()
}

/// Scripts that hold a variable, by what they are in and by the event that they raise there: the first of all, and the first that does not only read.
struct Holders<'m, 's, 'a>(HashMap<(ExecutableId, &'m str), (&'m Reference<'s, 'a>, Option<&'m Reference<'s, 'a>>)>);

impl<'m, 's, 'a> Holders<'m, 's, 'a> {
    fn new(package: &'m Package<'_>, watched: &HashSet<ExecutableId>, outside: &[&'m Reference<'s, 'a>]) -> Self {
        let mut holders = HashMap::default();
        for holder in outside {
            let Task::Script(script) = &package.executable(holder.from).task else { continue };
            let writer = Some(*holder).filter(|holder| holder.access != Access::Read);
            for owner in package.ancestors(holder.from).filter(|ancestor| watched.contains(ancestor)) {
                for event in raised(script) {
                    let (_, first) = holders.entry((owner, event)).or_insert((*holder, None));
                    *first = first.or(writer);
                }
            }
        }
        Self(holders)
    }

    /// The first that locks out what is in that handler.
    fn locking_out(&self, handler: &Executable<'_>, inner: &Reference<'_, '_>) -> Option<&'m Reference<'s, 'a>> {
        let event = handler.name.as_str().strip_prefix("On")?;
        let (any, writer) = self.0.get(&(handler.parent?, event))?;
        if inner.access == Access::Read { *writer } else { Some(any) }
    }
}

/// The events that the code of a script raises: `Error` for `FireError(`.
fn raised<'p>(script: &'p Script<'_>) -> impl Iterator<Item = &'p str> {
    let code = script.items.iter().filter(|item| item.is_code()).map(|item| item.source.as_str());
    code.flat_map(|code| {
        let calls = code.match_indices(FIRE).filter_map(|(start, fire)| code.get(start + fire.len()..));
        calls.filter_map(|behind| {
            let end = behind.bytes().take(LONGEST_EVENT).position(|byte| byte == b'(')?;
            behind.get(..end)
        })
    })
}

const FIRE: &str = "Fire";

/// No event has a longer name.
const LONGEST_EVENT: usize = 64;
