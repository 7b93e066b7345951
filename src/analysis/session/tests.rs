use super::*;
use crate::analysis::statements::Reading;
use crate::model::ExecutableId;
use crate::span::Span;

fn trace(text: &str, is_table: bool) -> Trace {
    Trace::of(&Statement {
        executable: ExecutableId::PACKAGE,
        component: None,
        object: "Package",
        property: "SqlStatementSource",
        text,
        span: Span::default(),
        is_table,
        is_snapshot: false,
        connection: None,
        reading: Reading::default(),
    })
}

#[test]
fn a_table_name_needs_its_temporary_table() {
    assert_eq!(trace("[tempdb].[dbo].[#Stage]", true).needs, ["#stage"]);
    assert!(trace("[dbo].[Stage]", true).needs.is_empty());
}

#[test]
fn a_table_made_and_dropped_leaves_nothing() {
    assert_eq!(trace("SELECT 1 AS a INTO #A", false).leaves, ["#a"]);
    assert!(trace("SELECT 1 AS a INTO #A; DROP TABLE #A", false).leaves.is_empty());
    assert_eq!(trace("INSERT INTO dbo.T SELECT a FROM #B JOIN #A ON 1 = 1", false).needs, ["#a", "#b"]);
}

#[test]
fn settings_that_others_would_notice_are_named_without_their_values() {
    let setting = |text| trace(text, false).setting;
    assert_eq!(setting("SET LANGUAGE Deutsch"), Some("SET LANGUAGE".to_owned()));
    assert_eq!(setting("USE Archive; SELECT 1"), Some("USE".to_owned()));
    assert_eq!(
        setting("SET NOCOUNT ON; SET ANSI_NULLS ON; SET IDENTITY_INSERT dbo.T ON; INSERT INTO dbo.T DEFAULT VALUES; SET IDENTITY_INSERT dbo.T OFF"),
        None
    );
}
