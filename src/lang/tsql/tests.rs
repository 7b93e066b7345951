use proptest::prelude::*;

use super::TempAction::{Created, Dropped, DroppedIfExists, Used};
use super::*;

fn actions(text: &str) -> Vec<(String, TempAction)> {
    Batch::read(text).temp_tables().iter().map(|table| (table.name.to_string(), table.action)).collect()
}

fn names<'a>(tables: &'a [&TempTable<'_>]) -> Vec<&'a str> {
    tables.iter().map(|table| table.name.as_ref()).collect()
}

#[test]
fn temp_tables() {
    for (text, expected) in [
        ("create table #t (id int)", vec![Created]),
        ("CREATE TABLE tempdb..[#t] (id int)", vec![Created]),
        ("SELECT CASE WHEN a=1 THEN 2 END x INTO \"#t\" FROM a", vec![Created]),
        ("WITH c AS (SELECT 1 a) SELECT * INTO #t FROM c", vec![Created]),
        ("INSERT INTO #t SELECT 1", vec![Used]),
        ("INSERT #t EXEC p", vec![Used]),
        ("DELETE a OUTPUT deleted.id INTO #t", vec![Used]),
        ("SELECT #t.id FROM #t", vec![Used, Used]),
        ("TRUNCATE TABLE #t", vec![Used]),
        ("CREATE INDEX i ON #t(id)", vec![Used]),
        ("DROP TABLE #t", vec![Dropped]),
        ("DROP TABLE IF EXISTS #t", vec![DroppedIfExists]),
        ("IF OBJECT_ID('tempdb..#T') IS NOT NULL DROP TABLE #t", vec![DroppedIfExists]),
        ("IF OBJECT_ID(N'tempdb.dbo.#t', 'U') IS NOT NULL BEGIN DROP TABLE tempdb.dbo.#t END", vec![DroppedIfExists]),
        ("BEGIN TRY DROP TABLE #t END TRY BEGIN CATCH END CATCH", vec![DroppedIfExists]),
        ("DROP TABLE #t, #t", vec![Dropped, Dropped]),
        ("-- #t\n/* #t */ SELECT '#t', [# rows] FROM a", vec![]),
        ("CREATE PROC p AS SELECT 1 a INTO #t", vec![]),
        ("CREATE PROC #p AS SELECT 1\nGO\nEXEC #p", vec![]),
        ("SELECT * FROM a WHERE d > #2020-01-31#", vec![]),
    ] {
        assert_eq!(actions(text).into_iter().map(|(_, action)| action).collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn temp_tables_needed_and_left() {
    let batch = Batch::read(
        "IF OBJECT_ID('tempdb..#a') IS NOT NULL DROP TABLE #a; SELECT 1 x INTO #A; INSERT #b SELECT * FROM #a; CREATE TABLE ##g (i int); SELECT 1 y INTO #c; DROP TABLE #C",
    );
    assert_eq!(names(&batch.needed_temp_tables()), ["#b"]);
    assert_eq!(names(&batch.left_temp_tables()), ["##g", "#A"]);
    assert!(batch.left_temp_tables()[0].is_global() && batch.leaves_session_state());
    let batch = Batch::read("CREATE TABLE #t(i int)\r\nGO\r\nINSERT #t VALUES (1)\r\nGO 5");
    assert!(batch.needed_temp_tables().is_empty());
    assert_eq!(batch.separators().len(), 2);
}

#[test]
fn transactions() {
    assert!(Batch::read("BEGIN TRAN").transactions().leaves_open());
    assert!(Batch::read("if @@trancount > 0 commit transaction").transactions().ends_anothers());
    assert_eq!(
        Batch::read("begin tran; begin try update t set a=1 commit end try begin catch rollback end catch").transactions(),
        Transactions { begins: 1, commits: 1, rollbacks: 1 }
    );
    assert_eq!(Batch::read("'BEGIN TRAN' BEGIN SELECT 1 END").transactions(), Transactions::default());
}

#[test]
fn session() {
    let options = |text| Batch::read(text).session_options.iter().map(|option| (option.name, option.value.to_owned())).collect::<Vec<_>>();
    assert_eq!(options("SET IDENTITY_INSERT [a].[b] on"), [("IDENTITY_INSERT", "on".to_owned())]);
    assert_eq!(options("set transaction isolation level read uncommitted"), [("TRANSACTION ISOLATION LEVEL", "read uncommitted".to_owned())]);
    assert_eq!(options("SET NOCOUNT, XACT_ABORT ON;SET DATEFORMAT dmy").len(), 3);
    assert_eq!(options("UPDATE t SET LANGUAGE = 1; SET @x = 1"), []);
    assert_eq!(Batch::read("USE [Dw];\nSELECT 1 OPTION (USE HINT ('x'))").databases()[0].name, "Dw");
    assert!(Batch::read("EXEC sys.sp_set_session_context 'a', 1").sets_session_context());
    assert!(Batch::read("EXEC sp_getapplock @Resource='x', @LockOwner=N'Session'").takes_session_lock());
    assert!(!Batch::read("EXEC sp_getapplock 'x', 'Exclusive'").takes_session_lock());
    assert_eq!(Batch::read("DECLARE c CURSOR GLOBAL FOR SELECT 1").global_cursors().len(), 1);
    assert!(!Batch::read("SELECT 1").leaves_session_state());
    assert!(!Batch::read("SET NOCOUNT ON; SET IDENTITY_INSERT t ON; INSERT t VALUES (1); SET IDENTITY_INSERT t OFF; SET ROWCOUNT 0").leaves_session_state());
    assert!(Batch::read("SET LANGUAGE German").leaves_session_state());
}

#[test]
fn executing() {
    for (text, dynamic, insert) in [
        ("EXEC (@sql)", true, false),
        ("EXEC @p", true, false),
        ("EXEC @rc = p @a = ?", false, false),
        ("EXEC sp_executesql N'x'", true, false),
        ("INSERT INTO t (a, b) EXEC p", false, true),
        ("INSERT t VALUES (1) EXEC p", false, false),
        ("INSERT t SELECT 1; EXEC p", false, false),
    ] {
        let batch = Batch::read(text);
        assert_eq!((batch.has_dynamic_sql(), batch.has_insert_exec()), (dynamic, insert), "{text}");
    }
}

#[test]
fn parameters() {
    let batch =
        Batch::read("DECLARE @a int = @p, @b int; EXEC x @arg = @q OUTPUT, @z = ?; SELECT @A, @@rowcount, '@no', [?], '?' -- ?\n WHERE a = ? AND @P = 1");
    assert_eq!(batch.markers().len(), 2);
    assert_eq!(batch.parameters().iter().map(|parameter| parameter.name.as_ref()).collect::<Vec<_>>(), ["@p", "@q"]);
}

#[test]
fn far_away() {
    let batch = Batch::read(
        "SELECT a.b.c FROM srv.db..t JOIN db.dbo.u ON 1=1 JOIN dbo.v ON 1=1 JOIN tempdb..x ON a.b.c=1; SELECT * FROM OPENQUERY([S2], 'x'); EXEC ('x') AT S3",
    );
    assert_eq!(batch.far_names().iter().map(|name| name.parts.join("|")).collect::<Vec<_>>(), ["srv|db||t", "db|dbo|u"]);
    assert_eq!(batch.linked_servers().iter().map(|server| server.name.as_ref()).collect::<Vec<_>>(), ["srv", "S2", "S3"]);
    assert_eq!(batch.remote_sources().len(), 1);
    assert!(Batch::read("INSERT INTO t SELECT * FROM OPENROWSET(BULK 'C:\\t.txt', FORMATFILE = 'C:\\t.fmt') AS f").remote_sources().is_empty());
    assert!(Batch::read("SELECT (a) AT TIME ZONE 'UTC'").linked_servers().is_empty());
}

#[test]
fn modules_and_broken_texts() {
    let batch = Batch::read("CREATE OR ALTER PROCEDURE p @x int AS BEGIN TRAN EXEC(@x) SELECT @x");
    assert!(batch.defines_module() && !batch.has_dynamic_sql() && batch.parameters().is_empty() && batch.transactions() == Transactions::default());
    assert!(!Batch::read("SELECT 'open").is_complete());
    assert!(Batch::read("").is_complete());
}

#[test]
fn large_texts_take_linear_time() {
    for unit in ["EXEC(", "SELECT #t ", "$a ", "IF '#t' DROP TABLE #t ", "SET NOCOUNT,", "GO\n", "a.b.c.d.", "INSERT t("] {
        let _ = Batch::read(&unit.repeat(100_000));
    }
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text(text in "(?:CREATE |TABLE |#t|\\[#é\\]|\"|'|\\[|/\\*|--|\n|GO|SELECT |INTO |DROP |IF |EXEC |SET |NOCOUNT |@a|=|\\(|\\)|,|\\.|\\?|\\$|;|é|N'|0x|1e| |.){0,60}") {
        let batch = Batch::read(&text);
        let ranges = batch.temp_tables().iter().map(|table| &table.range).chain(batch.markers()).chain(batch.separators()).chain(batch.parameters().iter().map(|name| &name.range));
        for range in ranges {
            prop_assert!(text.get(range.clone()).is_some_and(|found| !found.is_empty()));
        }
    }
}
