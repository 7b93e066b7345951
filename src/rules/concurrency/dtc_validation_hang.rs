//! `dtc-validation-hang`: a destination validates outside of the transaction, against locks that the transaction holds.

use foldhash::HashMap;

use super::transaction;
use crate::analysis::endpoint::is_sql_server;
use crate::analysis::mentions::words;
use crate::analysis::overlap::Overlap;
use crate::analysis::statements::Statement;
use crate::analysis::transactions::Origin;
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{ConnectionManager, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0602",
    name: "dtc-validation-hang",
    category: Category::Concurrency,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a destination waits at validation for locks of its own transaction",
    page: include_str!("../../../rules/dtc-validation-hang.md"),
    check: Check::Package(check),
};

/// With how many writers of its transaction a destination is compared.
const MAX_WRITERS: usize = 100;

type Writers<'f, 's, 'a> = HashMap<Origin, Vec<(&'f Statement<'s, 'a>, Vec<String>)>>;

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    if !scope.facts.transactions().is_used_in(scope.index) {
        return;
    }
    let Some(overlap) = scope.facts.overlap(scope.index) else { return };
    let statements = scope.facts.statements(scope.index);
    let writers = writers(scope, statements);
    for statement in statements.iter().filter(|statement| opens_cursor(package, statement)) {
        let Some(origin) = scope.facts.transactions().origin(scope.index, statement.executable) else { continue };
        let earlier = writers.get(&origin).into_iter().flatten().take(MAX_WRITERS);
        let blocking = earlier.filter_map(|(writer, words)| Some((*writer, may_lock(writer, words, statement)?)));
        let mut blocking = blocking.filter(|(writer, _)| is_earlier(scope, overlap, writer, statement));
        if let Some((writer, confidence)) = blocking.next() {
            sink.report(report(scope, package, statement, writer, origin, confidence));
        }
    }
}

/// What may write, with the words of its text, by transaction.
fn writers<'f, 's, 'a>(scope: &Scope<'_, '_>, statements: &'f [Statement<'s, 'a>]) -> Writers<'f, 's, 'a> {
    let mut writers: Writers<'f, 's, 'a> = HashMap::default();
    for statement in statements.iter().filter(|statement| statement.component.is_none_or(transaction::writes)) {
        if let Some(origin) = scope.facts.transactions().origin(scope.index, statement.executable) {
            writers.entry(origin).or_default().push((statement, lower_words(statement.text)));
        }
    }
    writers
}

fn lower_words(text: &str) -> Vec<String> {
    words(text).map(str::to_lowercase).collect()
}

/// An OLE DB destination that opens its table row by row (access modes 0 and 1) and looks at it when it validates.
fn opens_cursor(package: &Package<'_>, statement: &Statement<'_, '_>) -> bool {
    let Some(component) = statement.component else { return false };
    let by_row = component.is("OLEDBDestination") && component.validate_external_metadata && matches!(component.access_mode(), Some(0 | 1));
    let mode = || format!("[{}].[AccessMode]", component.name.value);
    by_row && package.executable(statement.executable).expression(&mode()).is_none() && statement.connection.is_some_and(|(_, manager)| is_sql_server(manager))
}

/// Whether a statement leaves locks on the table of a destination; less sure of what the text does not show.
fn may_lock(writer: &Statement<'_, '_>, its_words: &[String], destination: &Statement<'_, '_>) -> Option<Confidence> {
    let has = |wanted: &str| its_words.iter().any(|word| word == wanted);
    // A text of one name alone runs the procedure of that name.
    let is_procedure = has("exec") || has("execute") || (writer.component.is_none() && !writer.text.trim().contains(char::is_whitespace));
    if writer.is_snapshot || destination.is_snapshot || is_procedure {
        return Some(Confidence::Medium);
    }
    let changes = ["insert", "update", "delete", "merge", "truncate", "alter", "create", "drop", "into"];
    let writes = writer.component.is_some() || changes.into_iter().any(has);
    let table = lower_words(destination.text.rsplit('.').next().unwrap_or_default());
    (writes && !table.is_empty() && table.iter().all(|word| has(word))).then_some(Confidence::High)
}

fn is_earlier(scope: &Scope<'_, '_>, overlap: &Overlap<'_, '_>, writer: &Statement<'_, '_>, destination: &Statement<'_, '_>) -> bool {
    let same_server = match (writer.connection, destination.connection) {
        (Some((_, one)), Some((_, other))) => {
            std::ptr::eq(one, other) || server(scope, one).is_some_and(|server_of_one| Some(server_of_one) == server(scope, other))
        }
        _ => false,
    };
    same_server && overlap.ends_before(writer.executable, destination.executable)
}

fn server(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> Option<String> {
    let endpoint = scope.known_endpoint(scope.index, manager)?;
    Some(endpoint.server()?.to_lowercase())
}

fn report(
    scope: &Scope<'_, '_>,
    package: &Package<'_>,
    destination: &Statement<'_, '_>,
    writer: &Statement<'_, '_>,
    origin: Origin,
    confidence: Confidence,
) -> Report {
    let name = package.executable(writer.executable).name.as_str();
    let message = format!(
        "in {}, this destination opens its table outside of the transaction when it validates, and waits for the locks of `{name}`: the package may stop responding after \"Validation phase is beginning\"",
        transaction::name(scope, origin)
    );
    let span = destination.component.map_or(destination.span, |component| component.span);
    let report = Report::new(destination.object, span, message)
        .property("AccessMode")
        .confidence(confidence)
        .help("use the fast load of the destination, or set its ValidateExternalMetadata to False")
        .mention(Mention::new(writer.object, writer.span, "runs before it in the same transaction, on the same server"));
    transaction::with_start(report, scope, origin)
}
