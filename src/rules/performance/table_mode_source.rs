//! `table-mode-source`: a source in the access mode Table or view.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1102",
    name: "table-mode-source",
    category: Category::Performance,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a source opens a table or view instead of running a statement",
    page: include_str!("../../../rules/table-mode-source.md"),
    check: Check::Component(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    let Some((table, twice)) = opened(component).filter(|_| package.is_enabled(executable)) else { return };
    let message = format!("`{}` opens a table or view: it reads all columns and rows{twice}", component.name.as_str());
    sink.report(
        Report::new(&*component.path, component.span, message)
            .property("AccessMode")
            .confidence(if is_view_name(table) { Confidence::Medium } else { Confidence::Low })
            .help("use the access mode SQL command, and name the columns and rows that are needed"),
    );
}

/// What a source opens that runs no statement, and what is worse about that over OLE DB.
fn opened<'c>(component: &'c Component<'_>) -> Option<(&'c str, &'static str)> {
    let text = |property| component.properties.text(property);
    match component.access_mode()? {
        0 | 1 if component.is("OLEDBSource") => Some((text("OpenRowset"), ", and a view is computed twice, once for its metadata")),
        0 if component.is("DataReaderSourceAdapter") => Some((text("TableOrViewName"), "")),
        _ => None,
    }
}

/// Whether the last part of a name begins as those of views do.
fn is_view_name(table: &str) -> bool {
    let name = table.rsplit('.').next().unwrap_or_default().trim_matches(['[', ']', '"']).to_ascii_lowercase();
    ["vw", "v_", "view"].iter().any(|prefix| name.starts_with(prefix))
}
