//! `temp-table-lost`: a temporary table is made in one session and looked for in another.

use std::borrow::Cow;

use crate::analysis::statements::Statement;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::lang::tsql::Batch;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0205",
    name: "temp-table-lost",
    category: Category::Connection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a temporary table is created in one session and used in another",
    page: include_str!("../../../rules/temp-table-lost.md"),
    check: Check::Package(check),
};

/// A temporary table that a statement leaves behind.
struct Made<'s, 'a> {
    name: String,
    by: &'s Statement<'s, 'a>,
}

fn check(scope: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    let statements: Vec<_> = scope.facts.statements(scope.index).iter().filter(|statement| statement.text.contains('#')).collect();
    let made: Vec<Made<'_, '_>> = statements.iter().copied().filter(|statement| !statement.is_table).flat_map(tables_left).collect();
    if made.is_empty() {
        return;
    }
    for user in statements {
        for name in tables_needed(user) {
            check_use(user, &name, &made, sink);
        }
    }
}

fn tables_left<'s, 'a>(statement: &'s Statement<'s, 'a>) -> Vec<Made<'s, 'a>> {
    let batch = Batch::read(statement.text);
    batch.left_temp_tables().iter().map(|table| Made { name: table.name.to_ascii_lowercase(), by: statement }).collect()
}

fn tables_needed(statement: &Statement<'_, '_>) -> Vec<String> {
    if statement.is_table {
        let name = statement.text.trim().rsplit(['.', '\n']).next().unwrap_or_default().trim_matches(['[', ']', '"']);
        return if name.starts_with('#') { vec![name.to_ascii_lowercase()] } else { Vec::new() };
    }
    let batch = Batch::read(statement.text);
    let mut names: Vec<_> = batch.needed_temp_tables().iter().map(|table| table.name.to_ascii_lowercase()).collect();
    names.sort();
    names.dedup();
    names
}

fn check_use(user: &Statement<'_, '_>, name: &str, made: &[Made<'_, '_>], sink: &mut Sink<'_>) {
    let makers: Vec<_> = made.iter().filter(|table| table.name == name).map(|table| table.by).collect();
    let Some(maker) = makers.iter().find(|maker| maker.executable != user.executable || maker.object != user.object) else { return };
    if makers.iter().any(|maker| reaches(maker, user, name)) {
        return;
    }
    sink.report(report(user, maker, name));
}

/// Whether the user finds the table: it runs in the maker's session or, for a global table, while that session is kept. Unknown connections are
/// given the benefit of the doubt.
fn reaches(maker: &Statement<'_, '_>, user: &Statement<'_, '_>, name: &str) -> bool {
    let (Some((_, made_on)), Some((_, used_on))) = (maker.connection, user.connection) else { return true };
    let same = std::ptr::eq(made_on, used_on);
    if maker.object == user.object {
        return true;
    }
    made_on.retain_same_connection().0 && (same || name.starts_with("##"))
}

fn report(user: &Statement<'_, '_>, maker: &Statement<'_, '_>, name: &str) -> Report {
    let (made_on, used_on) = (connection_name(maker), connection_name(user));
    let why = if made_on == used_on {
        format!("`{made_on}` has RetainSameConnection off, so each of them gets a session of its own")
    } else {
        format!("it is created on the connection `{made_on}` and used on `{used_on}`, which are different sessions")
    };
    let snapshot = user.is_snapshot || maker.is_snapshot;
    let global = name.starts_with("##");
    let fails = if global {
        "may be gone by the time it is used"
    } else {
        "is not there in the session that uses it: \"Invalid object name\" (0x80040E14, 0xC0202009)"
    };
    let severities = if snapshot || global { Severities::new(Warning) } else { Severities::new(Error) };
    Report::new(user.object, user.span, format!("`{name}` {fails}; {why}"))
        .property(user.property)
        .severity(severities)
        .confidence(if snapshot || global { Confidence::Medium } else { Confidence::High })
        .help("use one connection manager with RetainSameConnection = True for both, or a permanent staging table")
        .mention(Mention::new(maker.object, maker.span, format!("creates `{name}`")))
        .discriminator(name)
}

fn connection_name<'s>(statement: &Statement<'s, '_>) -> Cow<'s, str> {
    statement.connection.map_or(Cow::Borrowed(""), |(_, manager)| manager.name.value.clone().into_owned().into())
}
