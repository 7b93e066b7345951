//! `sql-parameter-count`: a statement asks for more parameters than are mapped to it.

use foldhash::HashSet;

use crate::analysis::endpoint::is_sql_server;
use crate::analysis::overrides;
use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{ConnectionManager, ExecuteSql, Package, ParameterBinding, StatementSource, Task};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0905",
    name: "sql-parameter-count",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "an SQL statement asks for more parameters than are mapped to it",
    page: include_str!("../../../rules/sql-parameter-count.md"),
    check: Check::Package(check),
};

/// Types of connection managers whose statements mark parameters with `?`.
const BY_POSITION: [&str; 4] = ["OLEDB", "ODBC", "EXCEL", "ADO"];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for statement in scope.facts.statements(scope.index).iter().filter(|statement| !statement.is_snapshot && !statement.is_table) {
        let Some((_, manager)) = statement.connection.filter(|_| statement.text.contains(['?', '@'])) else { continue };
        let fault = match (&package.executable(statement.executable).task, statement.component) {
            (Task::ExecuteSql(task), _) if task.source == StatementSource::DirectInput => of_task(task, statement, manager),
            (_, Some(component)) if component.is("OLEDBSource") && statement.property == "SqlCommand" => {
                of_source(component.properties.text("ParameterMapping"), statement)
            }
            _ => None,
        };
        let Some(fault) = fault.filter(|_| !is_configured(scope, package, statement)) else { continue };
        sink.report(report(statement, manager, fault));
    }
}

/// What is wrong, and whether it certainly fails.
struct Fault {
    message: String,
    certain: bool,
}

fn of_task(task: &ExecuteSql<'_>, statement: &Statement<'_, '_>, manager: &ConnectionManager<'_>) -> Option<Fault> {
    if BY_POSITION.iter().any(|kind| manager.is(kind)) {
        return by_position(task, statement);
    }
    let sql_client = manager.is("ADO.NET") && manager.creation_name.value.contains("SqlClient");
    if sql_client && !task.is_stored_procedure { by_name(task, statement) } else { None }
}

fn by_position(task: &ExecuteSql<'_>, statement: &Statement<'_, '_>) -> Option<Fault> {
    let mapped = task.parameters.len();
    let ordinals = task.parameters.iter().filter(|binding| is_ordinal(binding)).count();
    let (is_mixed, at_most) = (ordinals > 0 && ordinals < mapped, question_marks(statement));
    if at_most <= mapped && !is_mixed && (ordinals > 0 || at_most == 0) {
        return None;
    }
    let markers = markers(statement)?;
    if markers > mapped {
        let message = format!("{}: the task fails (0xC002F210)", shortage(markers, mapped));
        Some(Fault { message, certain: true })
    } else if is_mixed {
        let message = "some parameters are mapped by number and others by name: the task fails (0xC00291F3)".to_owned();
        Some(Fault { message, certain: true })
    } else if markers > 0 && ordinals == 0 {
        let message = "the statement marks its parameters with `?`, and they are mapped by name: the provider may not find them (0xC002F210)".to_owned();
        Some(Fault { message, certain: false })
    } else {
        None
    }
}

/// ADO.NET takes parameters by name only; the text declares what is no parameter.
fn by_name(task: &ExecuteSql<'_>, statement: &Statement<'_, '_>) -> Option<Fault> {
    let batch = statement.batch();
    if !batch.is_complete() || !batch.separators().is_empty() {
        return None;
    }
    let bare = |name: &str| name.trim().trim_start_matches('@').to_lowercase();
    let mapped: HashSet<String> = task.parameters.iter().map(|binding| bare(&binding.name.value)).collect();
    let missing = batch.parameters().iter().find(|parameter| !mapped.contains(&bare(&parameter.name)))?;
    let message = format!("nothing is mapped to the parameter `{}` of the statement: the task fails (0xC002F210)", missing.name);
    Some(Fault { message, certain: true })
}

/// The mapping of a source is a list: `"0",{GUID};"1",{GUID};`
fn of_source(mapping: &str, statement: &Statement<'_, '_>) -> Option<Fault> {
    let mapped = mapping.split(';').filter(|entry| !entry.trim().is_empty()).count();
    let markers = Some(statement).filter(|statement| question_marks(statement) > mapped).and_then(markers)?;
    let message = format!("{}: the source fails (0xC0207013, 0x80040E10)", shortage(markers, mapped));
    (markers > mapped).then_some(Fault { message, certain: true })
}

/// As many markers, at most, as the text has; to count them truly it has to be taken apart.
fn question_marks(statement: &Statement<'_, '_>) -> usize {
    memchr::memchr_iter(b'?', statement.text.as_bytes()).count()
}

/// How many parameters a statement marks; none when that is not certain.
fn markers(statement: &Statement<'_, '_>) -> Option<usize> {
    let batch = statement.batch();
    (batch.is_complete() && batch.separators().is_empty()).then(|| batch.markers().len())
}

fn shortage(markers: usize, mapped: usize) -> String {
    let asked = if markers == 1 { "1 parameter".to_owned() } else { format!("{markers} parameters") };
    let given = match mapped {
        0 => "none is".to_owned(),
        1 => "only 1 is".to_owned(),
        _ => format!("only {mapped} are"),
    };
    format!("the statement asks for {asked}, and {given} mapped to it")
}

fn is_ordinal(binding: &ParameterBinding<'_>) -> bool {
    let name = binding.name.value.trim();
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_configured(scope: &Scope<'_, '_>, package: &Package<'_>, statement: &Statement<'_, '_>) -> bool {
    overrides::of_executable(scope.project, package, statement.executable, statement.property).is_some()
}

/// Other databases than SQL Server may read a `?` as an operator.
fn report(statement: &Statement<'_, '_>, manager: &ConnectionManager<'_>, fault: Fault) -> Report {
    let report = Report::new(statement.object, statement.span, fault.message)
        .property(statement.property)
        .help("map one parameter to each marker of the statement, counted from 0 (OLE DB) or 1 (ODBC), or by name (ADO.NET)");
    if fault.certain && is_sql_server(manager) { report } else { report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium) }
}
