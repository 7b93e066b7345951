//! `temp-table-lost`: a temporary table is made in one session and looked for in another.

use std::collections::BTreeMap;

use super::retain_advice;
use crate::analysis::overlap::pairs::MAX_COMPARED;
use crate::analysis::session::{Trace, retains};
use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0205",
    name: "temp-table-lost",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a temporary table is created in one session and used in another",
    page: include_str!("../../../rules/temp-table-lost.md"),
    check: Check::Package(check),
};

/// A statement that leaves a temporary table.
#[derive(Clone, Copy)]
struct Maker<'s, 'a> {
    document: usize,
    statement: &'s Statement<'s, 'a>,
    /// What runs it in the package of the user: its own executable, or none when it belongs to a package that runs this one.
    executable: Option<ExecutableId>,
}

/// Who leaves which temporary table.
type Makers<'s, 'a> = BTreeMap<&'s str, Vec<Maker<'s, 'a>>>;

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    if !scope.facts.statements(scope.index).iter().any(|statement| statement.text.contains('#')) {
        return;
    }
    let makers = makers(scope);
    for (user, trace) in traced(scope, scope.index) {
        for table in &trace.needs {
            check_use(scope, user, table, makers.get(table.as_str()).map_or(&[], Vec::as_slice), sink);
        }
    }
}

fn traced<'s, 'a>(scope: &Scope<'s, 'a>, document: usize) -> impl Iterator<Item = (&'s Statement<'s, 'a>, &'s Trace)> {
    scope.facts.statements(document).iter().zip(scope.facts.traces(document))
}

/// Statements of the package itself and, of packages that run it, those that come before the call.
fn makers<'s, 'a>(scope: &Scope<'s, 'a>) -> Makers<'s, 'a> {
    let mut makers = Makers::new();
    for (statement, trace) in traced(scope, scope.index) {
        add(&mut makers, trace, Maker { document: scope.index, statement, executable: Some(statement.executable) });
    }
    for call in scope.facts.calls().of_child(scope.index).filter(|call| call.is_literal && call.document != scope.index) {
        let Some(overlap) = scope.facts.overlap(call.document) else { continue };
        for (statement, trace) in traced(scope, call.document).filter(|(_, trace)| !trace.leaves.is_empty()) {
            if overlap.may_precede(statement.executable, call.task) {
                add(&mut makers, trace, Maker { document: call.document, statement, executable: None });
            }
        }
    }
    makers
}

fn add<'s, 'a>(makers: &mut Makers<'s, 'a>, trace: &'s Trace, maker: Maker<'s, 'a>) {
    for table in &trace.leaves {
        makers.entry(table).or_default().push(maker);
    }
}

fn check_use(scope: &Scope<'_, '_>, user: &Statement<'_, '_>, table: &str, makers: &[Maker<'_, '_>], sink: &mut Sink<'_>) {
    let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| makers.len() <= MAX_COMPARED) else { return };
    let comes_first = |maker: &&Maker<'_, '_>| maker.executable.is_none_or(|executable| overlap.may_precede(executable, user.executable));
    let makers: Vec<_> = makers.iter().filter(comes_first).collect();
    let Some(maker) = makers.first().filter(|_| !makers.iter().any(|maker| reaches(scope, maker, user, table))) else { return };
    sink.report(report(scope, user, maker, table));
}

/// Whether the user finds the table: it runs in the maker's session or, for a global table, while that session is kept. Unknown connections are
/// given the benefit of the doubt.
fn reaches(scope: &Scope<'_, '_>, maker: &Maker<'_, '_>, user: &Statement<'_, '_>, table: &str) -> bool {
    let (Some((owner, made_on)), Some((_, used_on))) = (maker.statement.connection, user.connection) else { return true };
    if maker.document == scope.index && maker.statement.object == user.object {
        return true;
    }
    let shares = table.starts_with("##") || (maker.document == scope.index && std::ptr::eq(made_on, used_on));
    let package = scope.project.documents.get(owner).and_then(|document| document.package());
    match retains(scope.project, package, made_on) {
        Some(retains) => retains && shares,
        None => shares,
    }
}

/// What is wrong, and what to do about it.
struct Loss {
    why: String,
    help: String,
    is_certain: bool,
}

const STAGING: &str = "or use a permanent staging table";

fn loss(scope: &Scope<'_, '_>, user: &Statement<'_, '_>, maker: &Maker<'_, '_>) -> Loss {
    let name = |statement: &Statement<'_, '_>| statement.connection.map_or("", |(_, manager)| manager.name.as_str()).to_owned();
    let same = maker.statement.connection.zip(user.connection).filter(|((_, made_on), (_, used_on))| std::ptr::eq(*made_on, *used_on));
    if maker.document != scope.index {
        let caller = scope.project.documents.get(maker.document).map_or("", |document| document.file.name());
        return Loss {
            why: format!("it is created in `{caller}`, and a child package opens sessions of its own"),
            help: format!("create and use the table in one package, {STAGING}"),
            // That packages do not share a project connection that keeps its session is not documented.
            is_certain: same.is_none_or(|((_, manager), _)| !manager.retain_same_connection().0),
        };
    }
    let name_of_maker = name(maker.statement);
    match same {
        Some(((_, manager), _)) => Loss {
            why: format!("`{name_of_maker}` has RetainSameConnection off, so each of them gets a session of its own"),
            help: format!("set RetainSameConnection of `{name_of_maker}` to True, {STAGING}; {}", retain_advice(scope, manager)),
            is_certain: true,
        },
        None => Loss {
            why: format!("it is created on the connection `{name_of_maker}` and used on `{}`, which are different sessions", name(user)),
            help: format!("use one connection manager with RetainSameConnection = True for both, {STAGING}"),
            is_certain: true,
        },
    }
}

fn report(scope: &Scope<'_, '_>, user: &Statement<'_, '_>, maker: &Maker<'_, '_>, table: &str) -> Report {
    let Loss { why, help, is_certain } = loss(scope, user, maker);
    let global = table.starts_with("##");
    let fails = if global {
        "may be gone by the time it is used"
    } else {
        "is not there in the session that uses it: \"Invalid object name\" (0x80040E14, 0xC0202009)"
    };
    let (severity, confidence) =
        if !is_certain || global || user.is_snapshot || maker.statement.is_snapshot { (Warning, Confidence::Medium) } else { (Error, Confidence::High) };
    Report::new(user.object, user.span, format!("`{table}` {fails}; {why}"))
        .property(user.property)
        .severity(Severities::new(severity))
        .confidence(confidence)
        .help(help)
        .mention(Mention::new(maker.statement.object, maker.statement.span, format!("creates `{table}`")).in_document(maker.document))
        .discriminator(table)
}
