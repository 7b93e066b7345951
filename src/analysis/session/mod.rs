//! What the users of a connection manager leave behind in its session, and whether all of them can share one.
//!
//! With `RetainSameConnection` off, the default, each user gets a session of its own, and the server clears it up when the user ends. With it on, all
//! users share one, one after the other; what comes while the session is busy gets a second one (OLE DB) or fails (ADO.NET, ODBC).

mod oracle;
mod strings;

pub(super) use oracle::objection;
pub use strings::{ChangingInput, changing_inputs};

use super::excel::opens_workbook;
use super::overrides;
use super::statements::Statement;
use crate::lang::tsql::{self, Batch, SessionOption, Transactions};
use crate::model::{ConnectionManager, Package, Project};

/// What a statement does with the session that it runs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// Temporary tables, in small letters, that must be there before.
    pub needs: Vec<String>,
    /// Temporary tables, in small letters, that it leaves.
    pub leaves: Vec<String>,
    /// Transactions that it begins and ends.
    pub transactions: Transactions,
    /// What else it leaves for the next user, in words: `SET LANGUAGE`.
    pub setting: Option<String>,
}

/// Options that are on anyway in the sessions of OLE DB and ADO.NET.
const USUALLY_ON: [&str; 6] = ["ANSI_NULLS", "ANSI_WARNINGS", "ANSI_PADDING", "ANSI_NULL_DFLT_ON", "QUOTED_IDENTIFIER", "CONCAT_NULL_YIELDS_NULL"];

impl Trace {
    /// The trace of a statement, or of opening a table.
    #[must_use]
    pub fn of(statement: &Statement<'_, '_>) -> Self {
        // In workbooks, `#` is a letter like others.
        if statement.connection.is_some_and(|(_, manager)| opens_workbook(manager)) {
            return Self::default();
        }
        if statement.is_table {
            return Self { needs: temp_table(statement.text).into_iter().collect(), ..Self::default() };
        }
        if !tsql::may_touch_session(statement.text) {
            return Self::default();
        }
        let batch = statement.batch();
        let mut needs: Vec<_> = batch.needed_temp_tables().iter().map(|table| table.name.to_lowercase()).collect();
        needs.sort();
        needs.dedup();
        let leaves = batch.left_temp_tables().iter().map(|table| table.name.to_lowercase()).collect();
        Self { needs, leaves, transactions: batch.transactions(), setting: setting(batch) }
    }

    /// Whether it creates, reads or writes that temporary table, when others see it too.
    #[must_use]
    pub fn names(&self, table: &str) -> bool {
        self.needs.iter().chain(&self.leaves).any(|name| name == table)
    }
}

/// The temporary table of a name as components write it: `[tempdb].[dbo].[#t]`.
fn temp_table(text: &str) -> Option<String> {
    let name = text.trim().rsplit(['.', '\n']).next().unwrap_or_default().trim_matches(['[', ']', '"']);
    name.starts_with('#').then(|| name.to_lowercase())
}

fn setting(batch: &Batch<'_>) -> Option<String> {
    let usual = |option: &SessionOption<'_>| USUALLY_ON.contains(&option.name) && option.value.eq_ignore_ascii_case("ON");
    if let Some(option) = batch.left_session_options().into_iter().find(|option| !usual(option)) {
        return Some(format!("SET {}", option.name));
    }
    let others = [
        (!batch.databases().is_empty(), "USE"),
        (batch.sets_session_context(), "sp_set_session_context"),
        (batch.takes_session_lock(), "sp_getapplock"),
        (!batch.global_cursors().is_empty(), "a global cursor"),
    ];
    others.into_iter().find(|(left, _)| *left).map(|(_, name)| name.to_owned())
}

/// Whether a connection manager keeps its session; none when an expression or a configuration decides.
#[must_use]
pub fn retains(project: &Project<'_>, package: Option<&Package<'_>>, manager: &ConnectionManager<'_>) -> Option<bool> {
    match overrides::of_connection(project, package, manager, &["RetainSameConnection"]) {
        Some(replaced) if replaced.is_certain() => None,
        _ => Some(manager.retain_same_connection().0),
    }
}

/// Whether it keeps its session for sure.
#[must_use]
pub fn is_retained(project: &Project<'_>, package: Option<&Package<'_>>, manager: &ConnectionManager<'_>) -> bool {
    manager.retain_same_connection().0 && retains(project, package, manager) == Some(true)
}

#[cfg(test)]
mod tests;
