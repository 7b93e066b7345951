//! `excel-lock-files`: a loop over workbooks that takes Excel's lock files for workbooks.

use crate::analysis::excel;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{EnumeratorKind, ExecutableId, ExecutableKind, ForEachLoop, Package, Task, Variable};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0504",
    name: "excel-lock-files",
    category: Category::Excel,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a loop over workbooks also finds the lock files of workbooks that somebody has open",
    page: include_str!("../../../rules/excel-lock-files.md"),
    check: Check::Executable(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Task::ForEachLoop(for_each) = &executable.task else { return };
    let Some(enumerator) = for_each.enumerator.as_ref().filter(|enumerator| enumerator.kind == EnumeratorKind::File) else { return };
    let is_fixed = !enumerator.expressions.iter().any(|expression| expression.property.eq_ignore_ascii_case("FileSpec"));
    let Some(mask) = enumerator.settings.get("FileSpec").filter(|mask| is_fixed && finds_lock_files(mask.as_str())) else { return };
    if !package.is_enabled(id) || knows_lock_files(package, id) {
        return;
    }
    let Some((opener, confidence)) = opener(scope, package, id, for_each) else { return };
    let inner = package.executable(opener);
    let message = format!(
        "`{}` takes all of `{}`, also `~$…` lock files of workbooks that somebody has open: reading one fails with \"External table is not in the expected format\"",
        executable.name.as_str(),
        mask.as_str()
    );
    sink.report(
        Report::new(executable.path.as_ref(), mask.span, message)
            .property("FileSpec")
            .help("use a mask that lock files do not match, as `Sales*.xlsx`, or skip names that begin with `~$` by an expression on the first precedence constraint inside")
            .confidence(confidence)
            .mention(Mention::new(inner.path.as_ref(), inner.span, "opens each file")),
    );
}

/// Whether the mask is for workbooks, and matches names that begin with `~$`.
fn finds_lock_files(mask: &str) -> bool {
    let mask = mask.trim().to_ascii_lowercase();
    let extension = mask.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.starts_with("xls") && mask.starts_with(['*', '?', '~'])
}

/// What inside the loop opens the files: what uses a workbook whose path follows the loop for sure, something that may do anything perhaps.
fn opener(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, for_each: &ForEachLoop<'_>) -> Option<(ExecutableId, Confidence)> {
    let is_inside = |inner: ExecutableId| package.ancestors(inner).skip(1).any(|ancestor| ancestor == id);
    let connections = scope.facts.connections();
    let mut uses = connections.of_document(scope.index).iter().filter(|reference| reference.enabled);
    let reader = uses.find_map(|reference| {
        let (_, manager) = connections.manager(reference.resolution)?;
        let follows = excel::opens_workbook(manager) && manager.expressions.iter().any(|entry| reads_current(package, for_each, entry.expression.as_str()));
        reference.user.executable().filter(|inner| follows && is_inside(*inner))
    });
    let any = || {
        let kinds = [ExecutableKind::Script, ExecutableKind::ExecuteProcess, ExecutableKind::ExecutePackage];
        let mut inner = package.executables().filter(|(inner, executable)| kinds.contains(&executable.kind) && package.is_enabled(*inner));
        inner.find(|(inner, _)| is_inside(*inner)).map(|(inner, _)| (inner, Confidence::Medium))
    };
    reader.map(|inner| (inner, Confidence::High)).or_else(any)
}

/// Whether an expression reads a variable that the loop sets to the current file.
fn reads_current(package: &Package<'_>, for_each: &ForEachLoop<'_>, expression: &str) -> bool {
    let is_current = |variable: &Variable<'_>| for_each.mappings.iter().any(|mapping| excel::is_named(variable, mapping.variable.as_str()));
    excel::read_by(package, expression).into_iter().any(is_current)
}

/// Whether anything in the loop, or a variable, speaks of `~`: a script, a constraint or an expression that skips lock files.
fn knows_lock_files(package: &Package<'_>, id: ExecutableId) -> bool {
    let inside = package.executables().filter(|(inner, _)| package.ancestors(*inner).any(|ancestor| ancestor == id));
    let mut inside = inside.map(|(_, executable)| executable);
    let in_tasks = inside.any(|executable| {
        let constraints = executable.constraints.iter().filter_map(|constraint| constraint.expression.as_ref());
        let expressions = executable.expressions.iter().map(|expression| &expression.expression);
        let scripts = match &executable.task {
            Task::Script(script) => script.items.as_slice(),
            _ => &[],
        };
        constraints.chain(expressions).chain(scripts.iter().map(|item| &item.source)).any(|text| skips(text.as_str()))
    });
    in_tasks || package.variables().filter_map(|variable| variable.expression.as_ref()).any(|text| skips(text.as_str()))
}

/// Whether a text looks for `~`, alone or with more behind it, in quotes.
fn skips(text: &str) -> bool {
    text.contains("\"~") || text.contains("'~") || text.contains("~$")
}
