//! `cache-not-filled`: a Lookup on a cache that is not filled yet, or a cache that is filled twice.

use super::handler_of;
use crate::analysis::connections::User;
use crate::analysis::overlap::pairs::MAX_COMPARED;
use crate::analysis::overlap::{Overlap, Reason, Relation};
use crate::finding::Severity::Error;
use crate::model::{Component, ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0615",
    name: "cache-not-filled",
    category: Category::Concurrency,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a Lookup reads a cache that nothing has filled before",
    page: include_str!("../../../rules/cache-not-filled.md"),
    check: Check::Package(check),
};

/// A component on a cache, with its data flow.
type Place<'s> = (ExecutableId, &'s Component<'s>);

/// Who fills and who reads a cache.
#[derive(Default)]
struct Cache<'s> {
    fillers: Vec<Place<'s>>,
    lookups: Vec<Place<'s>>,
}

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let connections = scope.facts.connections();
    for manager in package.connections.iter().filter(|manager| manager.is("CACHE")) {
        let mut cache = Cache::default();
        for user in connections.users(manager).filter(|user| user.enabled) {
            match user.user {
                User::Component(id, component) if component.is("Lookup") => cache.lookups.push((id, component)),
                User::Component(id, component) => cache.fillers.push((id, component)),
                _ => {}
            }
        }
        let Some(overlap) = scope.facts.overlap(scope.index).filter(|_| cache.fillers.len() <= MAX_COMPARED) else { continue };
        let is_in_memory = !manager.settings.flag("UseFile", false) && manager.expressions.is_empty();
        for lookup in cache.lookups.iter().filter(|_| is_in_memory) {
            if let Some(report) = unfilled(package, overlap, manager, *lookup, &cache.fillers) {
                sink.report(report);
            }
        }
        if let Some(report) = filled_twice(package, overlap, manager, &cache.fillers) {
            sink.report(report);
        }
    }
}

/// How a Cache Transform fails to come first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    SameDataFlow,
    NoOrder,
    TooLate,
}

/// Why a cache is not filled for sure when its reader starts; none when it is, or when it may be: nothing is said of what cannot be known.
fn fault(package: &Package<'_>, overlap: &Overlap<'_, '_>, filler: ExecutableId, reader: ExecutableId) -> Option<Fault> {
    if filler == reader {
        return Some(Fault::SameDataFlow);
    }
    let is_handled = |id: ExecutableId| handler_of(package, id).is_some();
    match overlap.relation(filler, reader) {
        Relation::MayOverlap { .. } if !is_handled(filler) && !is_handled(reader) => Some(Fault::NoOrder),
        Relation::Never(Reason::Ordered { .. }) if overlap.precedes(reader, filler) => Some(Fault::TooLate),
        _ => None,
    }
}

fn unfilled(package: &Package<'_>, overlap: &Overlap<'_, '_>, manager: &ConnectionManager<'_>, lookup: Place<'_>, fillers: &[Place<'_>]) -> Option<Report> {
    let (reader, component) = lookup;
    let faults: Vec<_> = fillers.iter().map(|(filler, _)| fault(package, overlap, *filler, reader)).collect();
    if faults.contains(&None) {
        return None;
    }
    let cache = manager.name.as_str();
    let why = match faults.first().copied().flatten() {
        None => "no Cache Transform fills it, and it is not read from a file".to_owned(),
        Some(Fault::SameDataFlow) => "it is filled in the same data flow, and a Lookup needs it before the first row".to_owned(),
        Some(Fault::NoOrder) => "nothing makes the data flow that fills it end first".to_owned(),
        Some(Fault::TooLate) => "the data flow that fills it comes later".to_owned(),
    };
    let message = format!("`{}` looks into the cache `{cache}` while it is empty: {why} (0xC0010203, 0xC0010205)", component.name.as_str());
    let help = "fill the cache in a data flow of its own, and join that to this data flow with a precedence constraint";
    let report = Report::new(&*component.path, component.span, message).property("CacheConnection").help(help);
    Some(match fillers.first() {
        Some((_, filler)) => report.mention(Mention::new(&*filler.path, filler.span, format!("fills `{cache}`"))),
        None => report,
    })
}

/// The first two Cache Transforms that run at the same time. Of two in order the second one fails as well, unless it is there for when the first fails.
fn filled_twice(package: &Package<'_>, overlap: &Overlap<'_, '_>, manager: &ConnectionManager<'_>, fillers: &[Place<'_>]) -> Option<Report> {
    let executables: Vec<_> = fillers.iter().map(|(data_flow, _)| *data_flow).collect();
    let meeting = overlap.first_meeting(&executables, |_, _| true)?;
    let (left, right) = (fillers[meeting.left], fillers[meeting.right]);
    let message = format!(
        "`{}` and `{}` both fill the cache `{}`: whichever comes second fails, \"cannot write to the cache because … has already written to it\" (0xC0010200)",
        left.1.name.as_str(),
        right.1.name.as_str(),
        manager.name.as_str()
    );
    Some(
        Report::new(&*right.1.path, right.1.span, message)
            .property("CacheConnection")
            .help("use a second cache connection manager, or fill the cache in one data flow with Union All")
            .mention(Mention::new(&*left.1.path, left.1.span, meeting.place.describe(package)))
            .discriminator("twice"),
    )
}
