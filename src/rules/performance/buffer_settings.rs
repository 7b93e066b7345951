//! `buffer-settings`: buffer settings that do harm.

use crate::finding::Confidence;
use crate::finding::Severity::{Info, Warning};
use crate::model::{DataFlow, ExecutableId, Package};
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

fn fault(flow: &DataFlow<'_>) -> Option<(&'static str, String, Severities)> {
    let size = flow.properties.number("defaultBufferSize");
    let rows = flow.properties.number("defaultBufferMaxRows");
    let (advice, warning) = (Severities::new(Info), Severities::new(Warning));
    if let Some(size) = size.filter(|size| *size < SMALLEST) {
        return Some(("DefaultBufferSize", format!("asks for buffers of {size} bytes, and {SMALLEST} is the least (0xC00470D2)"), warning));
    }
    if let Some(rows) = rows.filter(|rows| *rows < 1) {
        return Some(("DefaultBufferMaxRows", format!("asks for buffers of {rows} rows (0xC00470D3)"), warning));
    }
    let size = size.filter(|size| *size > LARGE && flow.components.len() >= MANY)?;
    let fault = format!("asks for buffers of {size} bytes, and has {} components: memory may run out (0xC0047012)", flow.components.len());
    Some(("DefaultBufferSize", fault, advice))
}
