//! What a T-SQL text does to the session it runs in.
//!
//! No parser: the tokens, and what follows what. Text that is put together at run time stays unseen; [`Batch::has_dynamic_sql`] says so.

mod glance;
mod query;
mod reader;
mod session;
#[cfg(test)]
mod tests;
mod token;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

pub use glance::{may_go_elsewhere, may_touch_session};
pub use query::Query;

/// The facts of a text that is sent to the server, `GO` separators included. All ranges are bytes of the text.
///
/// The body of a procedure, function, view or trigger that the text defines does not run with it: nothing in it counts, markers excepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch<'a> {
    temp_tables: Vec<TempTable<'a>>,
    transactions: Transactions,
    session_options: Vec<SessionOption<'a>>,
    databases: Vec<Name<'a>>,
    far_names: Vec<FarName<'a>>,
    linked_servers: Vec<Name<'a>>,
    remote_sources: Vec<Range<usize>>,
    markers: Vec<Range<usize>>,
    parameters: Vec<Name<'a>>,
    separators: Vec<Range<usize>>,
    global_cursors: Vec<Range<usize>>,
    session_context: bool,
    session_lock: bool,
    insert_exec: bool,
    dynamic: bool,
    defines_module: bool,
    incomplete: bool,
}

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// Without brackets and quotes.
    pub name: Cow<'a, str>,
    /// With them.
    pub range: Range<usize>,
}

/// A mention of a temporary table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TempTable<'a> {
    /// `#t` or `##t`, without brackets and database; compare without regard to case.
    pub name: Cow<'a, str>,
    /// What the text does with it here.
    pub action: TempAction,
    /// The name in the text.
    pub range: Range<usize>,
}

impl TempTable<'_> {
    /// Whether every session sees it: `##t`.
    #[must_use]
    pub fn is_global(&self) -> bool {
        self.name.starts_with("##")
    }
}

/// What a text does with a temporary table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TempAction {
    /// `CREATE TABLE #t` or `SELECT … INTO #t`.
    Created,
    /// Read, written, indexed.
    Used,
    /// `DROP TABLE #t`, which fails without the table.
    Dropped,
    /// A drop that does without: `DROP TABLE IF EXISTS`, below `IF OBJECT_ID('tempdb..#t') …` or inside `BEGIN TRY`.
    DroppedIfExists,
}

/// How often transactions begin and end in the text, whatever the branches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transactions {
    /// `BEGIN TRAN`.
    pub begins: u32,
    /// `COMMIT`.
    pub commits: u32,
    /// `ROLLBACK`.
    pub rollbacks: u32,
}

impl Transactions {
    /// Begins one and never ends one: whoever shares the session is inside of it.
    #[must_use]
    pub const fn leaves_open(self) -> bool {
        self.begins > 0 && self.commits == 0 && self.rollbacks == 0
    }

    /// Ends one that it did not begin.
    #[must_use]
    pub const fn ends_anothers(self) -> bool {
        self.begins == 0 && (self.commits > 0 || self.rollbacks > 0)
    }
}

/// A `SET` that stays in force for the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionOption<'a> {
    /// The option in upper case, as `IDENTITY_INSERT`; the isolation level is `TRANSACTION ISOLATION LEVEL`.
    pub name: &'static str,
    /// What it is set to, as written: `ON`, `dmy`, `READ UNCOMMITTED`.
    pub value: &'a str,
    /// From the option's name to its value.
    pub range: Range<usize>,
}

/// An object named by three or four parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FarName<'a> {
    /// Server (if there are four), database, schema, object; a part left out is empty.
    pub parts: Vec<Cow<'a, str>>,
    /// The whole name.
    pub range: Range<usize>,
}

/// Every word and quoted name of a text in order, outside of strings and comments.
#[must_use]
pub fn names(text: &str) -> Vec<Cow<'_, str>> {
    token::tokens(text).0.iter().filter(|token| token.is_name()).map(token::Token::name).collect()
}

impl<'a> Batch<'a> {
    /// Reads a text. Never fails; see [`Self::is_complete`].
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        reader::read(text)
    }

    /// Whether the text was understood to its end: no literal left open, not too long.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        !self.incomplete
    }

    /// Every mention of a temporary table, in order.
    #[must_use]
    pub fn temp_tables(&self) -> &[TempTable<'a>] {
        &self.temp_tables
    }

    /// The first mention of every temporary table that must be there before the text runs, in order.
    #[must_use]
    pub fn needed_temp_tables(&self) -> Vec<&TempTable<'a>> {
        let mut seen = BTreeMap::new();
        let first = self.temp_tables.iter().filter(|table| seen.insert(table.name.to_lowercase(), ()).is_none());
        first.filter(|table| matches!(table.action, TempAction::Used | TempAction::Dropped)).collect()
    }

    /// Where every temporary table is created that is still there after the text ran, in order of their names.
    #[must_use]
    pub fn left_temp_tables(&self) -> Vec<&TempTable<'a>> {
        let mut left = BTreeMap::new();
        for table in &self.temp_tables {
            match table.action {
                TempAction::Created => left.insert(table.name.to_lowercase(), table),
                TempAction::Dropped | TempAction::DroppedIfExists => left.remove(&table.name.to_lowercase()),
                TempAction::Used => None,
            };
        }
        left.into_values().collect()
    }

    /// Transactions that begin and end here.
    #[must_use]
    pub const fn transactions(&self) -> Transactions {
        self.transactions
    }

    /// Options set for the session, in order.
    #[must_use]
    pub fn session_options(&self) -> &[SessionOption<'a>] {
        &self.session_options
    }

    /// Databases switched to by `USE`, in order.
    #[must_use]
    pub fn databases(&self) -> &[Name<'a>] {
        &self.databases
    }

    /// Objects named by three or four parts, `tempdb` excepted.
    #[must_use]
    pub fn far_names(&self) -> &[FarName<'a>] {
        &self.far_names
    }

    /// Linked servers: of four-part names, `OPENQUERY` and `EXEC (…) AT`.
    #[must_use]
    pub fn linked_servers(&self) -> &[Name<'a>] {
        &self.linked_servers
    }

    /// `OPENROWSET` but for `BULK`, `OPENQUERY`, `OPENDATASOURCE`.
    #[must_use]
    pub fn remote_sources(&self) -> &[Range<usize>] {
        &self.remote_sources
    }

    /// `?` outside of strings, names and comments.
    #[must_use]
    pub fn markers(&self) -> &[Range<usize>] {
        &self.markers
    }

    /// `@names` that the text uses and does not declare, each once, where it first stands; the argument names of a called procedure are none.
    #[must_use]
    pub fn parameters(&self) -> &[Name<'a>] {
        &self.parameters
    }

    /// `GO` on a line of its own.
    #[must_use]
    pub fn separators(&self) -> &[Range<usize>] {
        &self.separators
    }

    /// `DECLARE … CURSOR GLOBAL`; without the word the database decides.
    #[must_use]
    pub fn global_cursors(&self) -> &[Range<usize>] {
        &self.global_cursors
    }

    /// Whether it calls `sp_set_session_context`.
    #[must_use]
    pub const fn sets_session_context(&self) -> bool {
        self.session_context
    }

    /// Whether it calls `sp_getapplock` with the session as owner.
    #[must_use]
    pub const fn takes_session_lock(&self) -> bool {
        self.session_lock
    }

    /// Whether it has `INSERT … EXEC`.
    #[must_use]
    pub const fn has_insert_exec(&self) -> bool {
        self.insert_exec
    }

    /// Whether it runs text put together at run time: `EXEC (…)`, `EXEC @sql`, `sp_executesql`. What that does is unknown.
    #[must_use]
    pub const fn has_dynamic_sql(&self) -> bool {
        self.dynamic
    }

    /// Whether it defines a procedure, function, view or trigger.
    #[must_use]
    pub const fn defines_module(&self) -> bool {
        self.defines_module
    }

    /// Options that are not back at their usual value when the text ends, each where it was set last, in order of their names. `NOCOUNT` is left
    /// out: nobody downstream depends on it.
    #[must_use]
    pub fn left_session_options(&self) -> Vec<&SessionOption<'a>> {
        let last: BTreeMap<_, _> = self.session_options.iter().map(|option| (option.name, option)).collect();
        last.into_values().filter(|option| option.name != "NOCOUNT" && !option.value.eq_ignore_ascii_case("OFF") && option.value != "0").collect()
    }

    /// Whether another user of the same session would notice that it ran: temporary tables, an open transaction, options, another database.
    #[must_use]
    pub fn leaves_session_state(&self) -> bool {
        let named =
            !(self.left_session_options().is_empty() && self.databases.is_empty() && self.global_cursors.is_empty() && self.left_temp_tables().is_empty());
        named || self.transactions.leaves_open() || self.session_context || self.session_lock
    }
}
