//! Incidents to failures: the row that decides, what was looked through, and in which order to tell.

use super::collect::{Clue, Collector, Incident, WRAPPER, weight};
use super::fold::fold;
use super::index::{Hit, Index, Row, Rules, index};
use super::marks::Marks;
use super::names::Names;
use crate::finding::Finding;
use crate::lang::secret;

/// Length of a quotation from the log.
const QUOTATION: usize = 320;

/// What the log says went wrong, and why.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Whether the index knows the message that decides.
    pub known: bool,
    /// What it means.
    pub meaning: &'static str,
    /// The message, secrets masked, not escaped.
    pub message: String,
    /// Codes of the message that decides.
    pub codes: Vec<String>,
    /// Codes that only passed it on.
    pub wrappers: Vec<String>,
    /// How often the log says it.
    pub times: usize,
    /// Names of rules that find the cause, best first; none when no package shows it.
    pub rules: Vec<&'static str>,
    /// Names of rules that may have to do with it.
    pub hints: Vec<&'static str>,
    /// Where to look when no package shows it.
    pub check: Option<&'static str>,
    /// What the packages at hand show, best first; filled by [`super::explain_with`].
    pub findings: Vec<Finding>,
    pub(super) names: Names,
}

impl Failure {
    /// Who says it, as the log has it.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.names.sources
    }
}

/// A message that is often in the log of a run that goes on.
#[derive(Clone, Debug)]
pub struct Aside {
    /// The message, secrets masked, not escaped.
    pub message: String,
    /// Its codes.
    pub codes: Vec<String>,
    /// Rules that find what it complains of.
    pub rules: Vec<&'static str>,
}

/// The row that decides an incident, and where it was met.
struct Decision<'c> {
    row: &'static Row,
    hit: Hit,
    clue: &'c Clue,
}

/// A failure and what places it among the others.
struct Judged {
    failure: Failure,
    /// Smaller is told earlier.
    order: u8,
    topic: Option<&'static str>,
    /// All its messages only pass on.
    only_passes_on: bool,
}

/// Failures, the most telling first, and what did not stop the run.
pub(super) fn judge(collector: &Collector) -> (Vec<Failure>, Vec<Aside>) {
    let judge = Judge { index: index(), marks: collector.marks };
    let mut judged: Vec<Judged> = collector.incidents.iter().map(|incident| judge.incident(incident)).collect();
    judged.sort_by_key(|judged| judged.order);
    let asides = judge.settle(&collector.noise, &mut judged);
    judged.sort_by_key(|judged| judged.order);
    let mut failures: Vec<Failure> = judged.into_iter().map(|judged| judged.failure).collect();
    if failures.is_empty() && !collector.marks.succeeded() {
        failures = collector.warnings.iter().map(|incident| judge.incident(incident).failure).collect();
    }
    (failures, asides)
}

struct Judge {
    index: &'static Index,
    marks: Marks,
}

impl Judge {
    /// What the messages of an incident say together.
    fn incident(&self, incident: &Incident) -> Judged {
        let context = incident.context();
        let Some(decision) = self.decide(incident, &context).filter(|decision| !incident.is_unknown() || weight(decision.row) > WRAPPER) else {
            return Judged { failure: unknown(incident), order: 4, topic: Some("unknown"), only_passes_on: false };
        };
        let failure = self.told(incident, &decision, &context);
        let only_passes_on = weight(decision.row) == WRAPPER;
        let order = match weight(decision.row) {
            WRAPPER if failure.rules.is_empty() => 5,
            WRAPPER => 3,
            weight => 3 - weight,
        };
        Judged { failure, order, topic: decision.row.topic.as_deref(), only_passes_on }
    }

    /// The row that says most: by weight, then one that looks at more than its own message, then by a message, then the first in the log.
    fn decide<'c>(&self, incident: &'c Incident, context: &str) -> Option<Decision<'c>> {
        let decisions = incident.clues.iter().flat_map(|clue| clue.hits.iter().map(move |hit| (clue, *hit)));
        let rows = decisions.filter_map(|(clue, hit)| self.index.row(hit.row).map(|row| Decision { row, hit, clue }));
        let fitting = rows.filter(|decision| decision.row.applies(context));
        let mut best: Option<Decision<'c>> = None;
        for decision in fitting {
            let value = |decision: &Decision<'_>| (weight(decision.row), decision.row.is_conditional(), decision.hit.by_message);
            let better = best.as_ref().is_none_or(|best| {
                value(&decision) > value(best) || (value(&decision) == value(best) && std::ptr::eq(decision.clue, best.clue) && decision.hit.at < best.hit.at)
            });
            if better {
                best = Some(decision);
            }
        }
        best
    }

    fn told(&self, incident: &Incident, decision: &Decision<'_>, context: &str) -> Failure {
        let Rules { rules, hints } = self.index.rules(decision.row, context, if self.marks.catalog() { "catalog" } else { "" });
        let (codes, wrappers) = self.codes(decision, context);
        Failure {
            known: true,
            meaning: &decision.row.meaning,
            message: quotation(decision.clue, decision.hit.row, self.index),
            codes,
            wrappers,
            times: incident.times,
            rules: self.in_order(rules),
            hints: self.in_order(hints),
            check: decision.row.check.as_deref(),
            findings: Vec::new(),
            names: Names::of(incident),
        }
    }

    /// Codes that say something, and codes that only pass on.
    fn codes(&self, decision: &Decision<'_>, context: &str) -> (Vec<String>, Vec<String>) {
        let (mut codes, mut wrappers) = (Vec::new(), Vec::new());
        for (code, _) in super::code::scan(context).filter(|(code, _)| !code.starts_with("DTS_")) {
            let rows = self.index.with_code(&code);
            let own = rows.contains(&decision.hit.row) || decision.row.with.contains(&code);
            let weights = rows.iter().filter_map(|row| self.index.row(*row)).map(weight);
            let list = match weights.max() {
                _ if own => &mut codes,
                Some(WRAPPER) => &mut wrappers,
                Some(_) => &mut codes,
                None => continue,
            };
            if !list.contains(&code) {
                list.push(code);
            }
        }
        (codes, wrappers)
    }

    /// Rules on Azure first in a log from there, last in one from elsewhere.
    fn in_order(&self, names: &'static [String]) -> Vec<&'static str> {
        let is_azure = |name: &str| name.contains("azure") || ["managed-identity", "proxy-", "fabric-"].iter().any(|start| name.starts_with(start));
        let mut names: Vec<&'static str> = names.iter().map(String::as_str).collect();
        if self.marks.azure() {
            names.sort_by_key(|name| !is_azure(name));
        } else if self.marks.on_premises() {
            names.sort_by_key(|name| is_azure(name));
        }
        names
    }

    /// Gives noise its place: the cause when nothing else is there, or of a failure that it explains; else an aside.
    fn settle(&self, noise: &[Incident], judged: &mut Vec<Judged>) -> Vec<Aside> {
        let mut asides = Vec::new();
        for (row, failure) in noise.iter().filter_map(|incident| self.complaint(incident)) {
            let nothing_else = judged.iter().all(|judged| judged.only_passes_on);
            let topics = &row.explains;
            let explains = |judged: &&mut Judged| nothing_else || judged.topic.is_some_and(|topic| topics.iter().any(|explained| explained == topic));
            if let Some(consequence) = judged.iter_mut().find(explains) {
                consequence.failure.led_to_by(failure);
                (consequence.order, consequence.only_passes_on) = (0, false);
            } else if nothing_else && !self.marks.succeeded() {
                judged.push(Judged { failure, order: 0, topic: row.topic.as_deref(), only_passes_on: false });
            } else {
                asides.push(Aside { message: failure.message, codes: failure.codes, rules: failure.rules });
            }
        }
        asides
    }

    /// What noise would mean as a failure; none when it is advice at most, or cannot have stopped this run.
    fn complaint(&self, incident: &Incident) -> Option<(&'static Row, Failure)> {
        let context = incident.context();
        let decision = self.decide(incident, &context).filter(|decision| !decision.row.unfinished || !self.marks.ended())?;
        let failure = self.told(incident, &decision, &context);
        (!failure.rules.is_empty()).then_some((decision.row, failure))
    }
}

impl Failure {
    /// An earlier message turns out to be the cause: what was the failure is its consequence.
    fn led_to_by(&mut self, cause: Self) {
        let consequence = std::mem::replace(self, cause);
        self.wrappers.extend(consequence.codes);
        self.wrappers.extend(consequence.wrappers);
        let rules = consequence.rules.into_iter().filter(|rule| !self.rules.contains(rule));
        self.hints = rules.chain(self.hints.iter().copied()).collect();
        self.names.join(consequence.names);
    }
}

/// An error that the index does not know.
fn unknown(incident: &Incident) -> Failure {
    let clue = incident.clues.iter().find(|clue| clue.hits.is_empty()).or(incident.clues.first());
    let message = clue.map(|clue| shortened(&clue.record.text, 0)).unwrap_or_default();
    let codes = super::code::scan(&incident.context()).map(|(code, _)| code).filter(|code| !code.starts_with("DTS_")).take(4).collect();
    Failure {
        known: false,
        meaning: "The error index does not know this message.",
        message,
        codes,
        wrappers: Vec::new(),
        times: incident.times,
        rules: Vec::new(),
        hints: Vec::new(),
        check: Some("the message itself, and the messages before it"),
        findings: Vec::new(),
        names: Names::of(incident),
    }
}

/// The part of a message where it meets the row.
fn quotation(clue: &Clue, row: usize, index: &Index) -> String {
    let text = &clue.record.text;
    let at = index.hits(&fold(text)).into_iter().find(|hit| hit.row == row).map_or(0, |hit| hit.at);
    let before = clue.folded.get(..at).map_or(0, |before| before.chars().count());
    shortened(text, before)
}

/// A text on one line, from a little before a place on, with marks where it is cut.
fn shortened(text: &str, place: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let characters: Vec<char> = line.chars().collect();
    let from = if characters.len() <= QUOTATION { 0 } else { place.saturating_sub(80).min(characters.len()) };
    let from = if from == 0 { 0 } else { from + characters.iter().skip(from).position(|c| *c == ' ').map_or(0, |blank| blank + 1) };
    let mut quotation: String = characters.iter().skip(from).take(QUOTATION).collect();
    if from > 0 {
        quotation.insert_str(0, "… ");
    }
    if from + QUOTATION < characters.len() {
        quotation.push_str(" …");
    }
    secret::mask(&quotation).into_owned()
}
