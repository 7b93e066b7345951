//! `SET` options of a session.

use super::SessionOption;
use super::token::{Kind, Token};

/// Options that stay in force after the statement.
const OPTIONS: [&str; 34] = [
    "IDENTITY_INSERT",
    "LANGUAGE",
    "DATEFORMAT",
    "DATEFIRST",
    "CONTEXT_INFO",
    "ROWCOUNT",
    "TEXTSIZE",
    "LOCK_TIMEOUT",
    "DEADLOCK_PRIORITY",
    "IMPLICIT_TRANSACTIONS",
    "XACT_ABORT",
    "NOCOUNT",
    "ANSI_NULLS",
    "ANSI_WARNINGS",
    "ANSI_PADDING",
    "ANSI_DEFAULTS",
    "ANSI_NULL_DFLT_ON",
    "ANSI_NULL_DFLT_OFF",
    "QUOTED_IDENTIFIER",
    "ARITHABORT",
    "ARITHIGNORE",
    "CONCAT_NULL_YIELDS_NULL",
    "NUMERIC_ROUNDABORT",
    "FMTONLY",
    "NOEXEC",
    "PARSEONLY",
    "SHOWPLAN_ALL",
    "SHOWPLAN_TEXT",
    "SHOWPLAN_XML",
    "CURSOR_CLOSE_ON_COMMIT",
    "FORCEPLAN",
    "QUERY_GOVERNOR_COST_LIMIT",
    "REMOTE_PROC_TRANSACTIONS",
    "STATISTICS",
];

const ISOLATION: &str = "TRANSACTION ISOLATION LEVEL";

/// Longest value of an option in tokens: `[a].[b].[c].[d] OFF`.
const REACH: usize = 9;

/// The options that the `SET` before these tokens sets; more than one in `SET NOCOUNT, XACT_ABORT ON`.
pub(super) fn options<'a>(text: &'a str, tokens: &[Token<'a>]) -> Vec<SessionOption<'a>> {
    if let Some(level) = isolation(text, tokens) {
        return vec![level];
    }
    let mut names = Vec::new();
    let mut rest = tokens;
    while let [token, behind @ ..] = rest {
        let Some(name) = option(token) else { break };
        names.push((name, token.range.start));
        rest = behind;
        match behind {
            [comma, list @ ..] if comma.text == "," && names.len() < OPTIONS.len() => rest = list,
            _ => break,
        }
    }
    // `UPDATE t SET LANGUAGE = 1` is a column.
    let Some(value) = value(names.last().map(|(name, _)| *name), rest).filter(|value| value.text != "=") else { return Vec::new() };
    names.into_iter().map(|(name, start)| SessionOption { name, value: value.text, range: start..value.range.end }).collect()
}

fn option(token: &Token<'_>) -> Option<&'static str> {
    OPTIONS.iter().find(|option| token.is(option)).copied()
}

/// The token that holds the value: of `IDENTITY_INSERT`, the one behind the table.
fn value<'t, 'a>(name: Option<&str>, rest: &'t [Token<'a>]) -> Option<&'t Token<'a>> {
    match name? {
        "IDENTITY_INSERT" | "STATISTICS" => rest.iter().take(REACH).find(|token| token.is("ON") || token.is("OFF")),
        _ => rest.first(),
    }
}

fn isolation<'a>(text: &'a str, tokens: &[Token<'a>]) -> Option<SessionOption<'a>> {
    let [transaction, isolation, level, first, behind @ ..] = tokens else { return None };
    if !(transaction.is("TRANSACTION") && isolation.is("ISOLATION") && level.is("LEVEL")) {
        return None;
    }
    let second = behind.first().filter(|token| token.kind == Kind::Word && (first.is("READ") || first.is("REPEATABLE")));
    let end = second.unwrap_or(first).range.end;
    Some(SessionOption { name: ISOLATION, value: text.get(first.range.start..end).unwrap_or_default(), range: transaction.range.start..end })
}
