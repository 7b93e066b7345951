//! `buffer-settings`: buffer settings that do harm.

use crate::finding::Confidence;
use crate::finding::Severity::{Info, Warning};
use crate::model::{Column, DataFlow, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1114",
    name: "buffer-settings",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a data flow has buffer settings that do harm or nothing",
    page: include_str!("../../../rules/buffer-settings.md"),
    check: Check::Executable(check),
};

const DEFAULT_SIZE: i64 = 10_485_760;
const DEFAULT_ROWS: i64 = 10_000;
/// Up to SQL Server 2014 the largest, and a lot for every path of a data flow with more than a few components.
const LARGE: i64 = 104_857_600;
/// How many components make a large buffer dear.
const MANY: usize = 10;
/// The engine refuses less.
const SMALLEST: i64 = 65_536;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let task = package.executable(id);
    let Some(flow) = task.data_flow().filter(|_| package.is_enabled(id)) else { return };
    let is_set = |property: &str| task.expression(property).is_some();
    if flow.properties.flag("autoAdjustBufferSize", false) || is_set("DefaultBufferSize") || is_set("DefaultBufferMaxRows") || is_set("AutoAdjustBufferSize") {
        return;
    }
    let Some((property, fault, severity)) = fault(flow) else { return };
    let message = format!("`{}` {fault}", task.name.as_str());
    sink.report(
        Report::new(&*task.path, task.span, message)
            .property(property)
            .severity(severity)
            .confidence(Confidence::Medium)
            .help("go back to the defaults, 10485760 bytes and 10000 rows, or set AutoAdjustBufferSize (SQL Server 2016 and later)"),
    );
}

/// What is wrong: the property, the fault in words, how bad it is.
type Fault = (&'static str, String, Severities);

fn fault(flow: &DataFlow<'_>) -> Option<Fault> {
    let size = flow.properties.number("defaultBufferSize").unwrap_or(DEFAULT_SIZE);
    let rows = flow.properties.number("defaultBufferMaxRows").unwrap_or(DEFAULT_ROWS);
    if size < SMALLEST {
        return Some(("DefaultBufferSize", format!("asks for buffers of {size} bytes, and {SMALLEST} is the least (0xC00470D2)"), Severities::new(Warning)));
    }
    if rows < 1 {
        return Some(("DefaultBufferMaxRows", format!("asks for buffers of {rows} rows (0xC00470D3)"), Severities::new(Warning)));
    }
    if size > LARGE && flow.components.len() >= MANY {
        let fault = format!("asks for buffers of {size} bytes, and has {} components: memory may run out (0xC0047012)", flow.components.len());
        return Some(("DefaultBufferSize", fault, RULE.severity));
    }
    too_many_rows(flow, size, rows)
}

/// More rows than the size holds: the engine takes fewer without a word.
fn too_many_rows(flow: &DataFlow<'_>, size: i64, rows: i64) -> Option<Fault> {
    let outputs = flow.components.iter().flat_map(|component| &component.outputs).filter(|output| output.synchronous_input().is_none());
    let widest = outputs.map(|output| output.columns.iter().map(width).sum::<i64>()).max()?;
    let exceeds = rows > DEFAULT_ROWS && widest.saturating_mul(rows) > size;
    let fault = || format!("asks for buffers of {rows} rows, but rows of about {widest} bytes do not fit {rows} times into {size} bytes: it gets fewer");
    exceeds.then(|| ("DefaultBufferMaxRows", fault(), RULE.severity))
}

/// Bytes that a column takes in a buffer, more or less.
fn width(column: &Column<'_>) -> i64 {
    match &*column.data_type {
        "wstr" => 2 * i64::from(column.length),
        "str" | "bytes" => i64::from(column.length),
        _ => 8,
    }
}
