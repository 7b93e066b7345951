//! `retained-connection-parallel`: two users of one session at the same time.

use crate::analysis::connections::{ConnectionUse, User};
use crate::analysis::endpoint::is_sql_server;
use crate::analysis::overlap::Overlap;
use crate::analysis::overlap::pairs::{MAX_COMPARED, Meeting};
use crate::analysis::session::{Trace, is_retained};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::lang::connection_string::{ConnectionString, Dialect};
use crate::model::{ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0207",
    name: "retained-connection-parallel",
    category: Category::Connection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a connection that keeps one session is used twice at the same time",
    page: include_str!("../../../rules/retained-connection-parallel.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    if manager.is_file() || !is_retained(scope.project, scope.document.package(), manager) {
        return;
    }
    let uses: Vec<_> = scope.facts.connections().users(manager).filter(|user| user.enabled && user.user.executable().is_some()).collect();
    let found = uses.chunk_by(|one, other| one.document == other.document).find_map(|uses| in_package(scope, manager, uses));
    if let Some(report) = found {
        sink.report(report);
    }
}

/// A user of the session.
struct Sharer<'s> {
    executable: ExecutableId,
    object: &'s str,
    name: &'s str,
    span: Span,
    /// Whether it is a source, which keeps the session busy as long as rows come.
    is_source: bool,
    trace: Option<&'s Trace>,
}

fn in_package<'s>(scope: &'s Scope<'_, '_>, manager: &'s ConnectionManager<'_>, uses: &[&'s ConnectionUse<'_, '_>]) -> Option<Report> {
    let document = uses.first().filter(|_| uses.len() > 1)?.document;
    let package = scope.project.documents.get(document)?.package()?;
    let sharers: Vec<_> = uses.iter().take(MAX_COMPARED).filter_map(|user| sharer(scope, package, user)).collect();
    let session = Session { manager, overlap: scope.facts.overlap(document)?, sharers };
    let (meeting, message) = session.busy().or_else(|| session.transaction()).or_else(|| session.table())?;
    let report = Report::new(&*manager.path, manager.span, message)
        .property("RetainSameConnection")
        .confidence(Confidence::Medium)
        .help("give one of the two a connection manager of its own, or join them with a precedence constraint");
    let places = [(meeting.left, "uses the session".to_owned()), (meeting.right, meeting.place.describe(package))];
    let mentions = places.into_iter().map(|(sharer, text)| (&session.sharers[sharer], text));
    Some(mentions.fold(report, |report, (sharer, text)| report.mention(Mention::new(sharer.object, sharer.span, text).in_document(document))))
}

fn sharer<'s>(scope: &'s Scope<'_, '_>, package: &'s Package<'_>, user: &'s ConnectionUse<'_, '_>) -> Option<Sharer<'s>> {
    let executable = user.user.executable()?;
    let (object, name, span, is_source) = match user.user {
        User::Component(_, component) => (&component.path, &component.name, component.span, component.inputs.is_empty()),
        _ => {
            let task = package.executable(executable);
            (&task.path, &task.name, task.span, false)
        }
    };
    Some(Sharer { executable, object, name: name.as_str(), span, is_source, trace: scope.facts.trace(user.document, executable, object) })
}

/// Everyone who shares the session in one package.
struct Session<'f, 's, 'a> {
    manager: &'f ConnectionManager<'f>,
    overlap: &'f Overlap<'s, 'a>,
    sharers: Vec<Sharer<'f>>,
}

impl Session<'_, '_, '_> {
    fn meeting(&self, wanted: impl Fn(&Sharer<'_>, &Sharer<'_>) -> bool) -> Option<Meeting> {
        let executables: Vec<_> = self.sharers.iter().map(|sharer| sharer.executable).collect();
        self.overlap.first_meeting(&executables, |left, right| {
            let (left, right) = (&self.sharers[left], &self.sharers[right]);
            left.object != right.object && wanted(left, right)
        })
    }

    fn names(&self, meeting: &Meeting) -> String {
        let name = |sharer: usize| self.sharers[sharer].name;
        format!("`{}` and `{}` may use `{}` at the same time", name(meeting.left), name(meeting.right), self.manager.name.as_str())
    }

    /// Rows still come from the session. OLE DB opens a second one then; with MARS one session takes several statements.
    fn busy(&self) -> Option<(Meeting, String)> {
        let fails = match self.manager.kind().to_ascii_uppercase().as_str() {
            "ADO.NET" => "There is already an open DataReader associated with this Command",
            "ODBC" => "Connection is busy with results for another command",
            _ => return None,
        };
        // Servers of others read several results in one session.
        if !is_sql_server(self.manager) {
            return None;
        }
        let mars = self.manager.connection_string().zip(Dialect::of(self.manager.creation_name.as_str()));
        if mars.is_some_and(|(text, dialect)| ConnectionString::parse(text.as_str(), dialect).mars()) {
            return None;
        }
        let meeting = self.meeting(|left, right| left.is_source || right.is_source)?;
        let message = format!("{}, and RetainSameConnection gives them one session: the one that comes second fails with \"{fails}\"", self.names(&meeting));
        Some((meeting, message))
    }

    /// A transaction that a statement has begun is open.
    fn transaction(&self) -> Option<(Meeting, String)> {
        let begins = |sharer: &&Sharer<'_>| sharer.trace.is_some_and(|trace| trace.transactions.leaves_open());
        self.sharers.iter().filter(begins).find_map(|begin| {
            let inside = |sharer: &Sharer<'_>| self.is_open(begin.executable, sharer.executable);
            let meeting = self.meeting(|left, right| inside(left) && inside(right))?;
            let message = format!(
                "{} while the transaction that `{}` begins is open: the one that comes second fails with \"Cannot create new connection because in manual or \
                 distributed transaction mode\", or works outside of the transaction",
                self.names(&meeting),
                begin.name
            );
            Some((meeting, message))
        })
    }

    /// Whether a transaction may be open while an executable runs: it is begun before, and not ended for sure.
    fn is_open(&self, begin: ExecutableId, executable: ExecutableId) -> bool {
        let ends = |sharer: &&Sharer<'_>| sharer.trace.is_some_and(|trace| trace.transactions.ends_anothers());
        let ended = |end: &Sharer<'_>| self.overlap.precedes(begin, end.executable) && self.overlap.precedes(end.executable, executable);
        self.overlap.may_precede(begin, executable) && !self.sharers.iter().filter(ends).any(ended)
    }

    /// A temporary table is in the one session, and the other one is busy there.
    fn table(&self) -> Option<(Meeting, String)> {
        let left = self.sharers.iter().filter_map(|sharer| sharer.trace).flat_map(|trace| &trace.leaves);
        left.take(MAX_COMPARED).find_map(|table| {
            let names = |sharer: &Sharer<'_>| sharer.trace.is_some_and(|trace| trace.names(table));
            let keeps_busy = |sharer: &Sharer<'_>, other: &Sharer<'_>| sharer.is_source || sharer.executable != other.executable;
            let meeting = self.meeting(|left, right| (names(left) && keeps_busy(right, left)) || (names(right) && keeps_busy(left, right)))?;
            let message = format!(
                "{}: the one that comes second gets another session, in which `{table}` may not be there: \"Invalid object name\" (0x80040E14, 0xC0202009)",
                self.names(&meeting)
            );
            Some((meeting, message))
        })
    }
}
