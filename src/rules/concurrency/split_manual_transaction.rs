//! `split-manual-transaction`: a transaction that one task begins and another one, in another session, is to end.

use crate::analysis::overlap::Overlap;
use crate::analysis::overlap::pairs::MAX_COMPARED;
use crate::analysis::session::{Trace, retains};
use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::Package;
use crate::rules::connection::retain_advice;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0608",
    name: "split-manual-transaction",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "BEGIN TRAN and COMMIT run in different sessions",
    page: include_str!("../../../rules/split-manual-transaction.md"),
    check: Check::Package(check),
};

/// Statements with what they do.
type Traced<'s, 'a> = (&'s Statement<'s, 'a>, &'s Trace);

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let statements = scope.facts.statements(scope.index);
    if !statements.iter().any(|statement| statement.component.is_none() && mentions_commit(statement.text)) {
        return;
    }
    let traced = || statements.iter().zip(scope.facts.traces(scope.index)).filter(|(statement, _)| statement.component.is_none());
    let begins: Vec<Traced<'_, '_>> = traced().filter(|(_, trace)| trace.transactions.leaves_open()).collect();
    let ends: Vec<Traced<'_, '_>> = traced().filter(|(_, trace)| trace.transactions.ends_anothers()).collect();
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| !begins.is_empty() && ends.len() <= MAX_COMPARED) else { return };
    for (begin, _) in begins {
        if let Some(end) = lost_end(scope, overlap, begin, &ends) {
            sink.report(report(scope, begin, end));
        }
    }
}

fn mentions_commit(text: &str) -> bool {
    ["COMMIT", "ROLLBACK"].iter().any(|word| text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

/// The first statement behind one that begins a transaction which would end it; none when one of them can.
fn lost_end<'s, 'a>(scope: &Scope<'_, '_>, overlap: &Overlap<'_, '_>, begin: &Statement<'_, '_>, ends: &[Traced<'s, 'a>]) -> Option<&'s Statement<'s, 'a>> {
    let behind: Vec<_> = ends.iter().map(|(end, _)| *end).filter(|end| overlap.may_precede(begin.executable, end.executable)).collect();
    behind.first().copied().filter(|_| !behind.iter().any(|end| reaches(scope, begin, end)))
}

/// Whether both run in one session. Unknown connections are given the benefit of the doubt.
fn reaches(scope: &Scope<'_, '_>, begin: &Statement<'_, '_>, end: &Statement<'_, '_>) -> bool {
    let (Some((owner, begun_on)), Some((_, ended_on))) = (begin.connection, end.connection) else { return true };
    let package = scope.project.documents.get(owner).and_then(|document| document.package());
    std::ptr::eq(begun_on, ended_on) && retains(scope.project, package, begun_on) != Some(false)
}

fn report(scope: &Scope<'_, '_>, begin: &Statement<'_, '_>, end: &Statement<'_, '_>) -> Report {
    let name = |statement: &Statement<'_, '_>| statement.connection.map_or("", |(_, manager)| manager.name.as_str()).to_owned();
    let (begun_on, ended_on) = (name(begin), name(end));
    let same = begin.connection.zip(end.connection).map(|(begin, _)| begin).filter(|_| begun_on == ended_on);
    let (why, help) = match same {
        Some((_, manager)) => (
            format!("`{begun_on}` has RetainSameConnection off, and its session ends with the task"),
            format!("set RetainSameConnection of `{begun_on}` to True; {}", retain_advice(scope, manager)),
        ),
        None => (
            format!("it is begun on the connection `{begun_on}` and ended on `{ended_on}`, which are different sessions"),
            "begin and end it on one connection manager with RetainSameConnection = True".to_owned(),
        ),
    };
    let snapshot = begin.is_snapshot || end.is_snapshot;
    let message = format!(
        "the transaction that is begun here is not the one that is ended later: {why}. COMMIT and ROLLBACK fail with error 3902 or 3903, \"has no \
         corresponding BEGIN TRANSACTION\", and what runs between is not rolled back"
    );
    Report::new(begin.object, begin.span, message)
        .property(begin.property)
        .severity(Severities::new(if snapshot { Warning } else { Error }))
        .confidence(Confidence::Medium)
        .help(help)
        .mention(Mention::new(end.object, end.span, "is to end the transaction"))
}
