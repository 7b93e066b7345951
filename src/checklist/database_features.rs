//! What the statements ask of the database server besides tables: linked servers, procedures that are switched off by default, other databases.

use std::collections::BTreeSet;

use super::builder::{Advice, Drafts, Source};
use super::endpoints::{self, Endpoint};
use super::{Topic, advice};
use crate::analysis::statements::Statement;
use crate::lang::tsql;
use crate::model::{Document, ExecutableKind, Package};

/// What a statement needs: words, and what to do.
type Need = (String, Advice);

/// Names that a statement of the kind holds. Only a text that has one of them as letters is read word by word.
const NAMES: [(&str, &str, Advice); 5] = [
    ("xp_cmdshell", "xp_cmdshell", advice::cmdshell),
    ("sp_oacreate", "OLE Automation Procedures", advice::ole_automation),
    ("sp_send_dbmail", "Database Mail", advice::database_mail),
    ("sp_start_job", "jobs of SQL Server Agent started by statements", advice::start_job),
    ("opendatasource", "Ad Hoc Distributed Queries", advice::ad_hoc_queries),
];

/// One item per feature and server.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    for (index, document, package) in source.packages() {
        of_maintenance(document, package, list);
        for statement in source.facts.statements(index).iter().filter(|statement| !statement.is_table) {
            let endpoint = || statement.connection.and_then(|(document, manager)| endpoints::of_connection(source, document, manager));
            let needs = needs(statement, || endpoint()?.database);
            if needs.is_empty() {
                continue;
            }
            let server = server(endpoint());
            for (what, advice) in needs {
                list.item(Topic::DatabaseFeatures, 0, &format!("{what} on {server}"), advice).object(&document.file, statement.object);
            }
        }
    }
}

/// Folders of maintenance tasks, where the server writes its backups.
fn of_maintenance(document: &Document<'_>, package: &Package<'_>, list: &mut Drafts) {
    let tasks = package.executables().filter(|(id, executable)| executable.kind == ExecutableKind::Maintenance && package.is_enabled(*id));
    for (_, executable) in tasks {
        for folder in executable.paths.iter().filter(|entry| !entry.path.is_blank()) {
            let what = format!("path {} of maintenance tasks", folder.path.value.trim());
            list.item(Topic::DatabaseFeatures, 1, &what, advice::server_folder).object(&document.file, &executable.path);
        }
    }
}

/// `own` gives the database of the connection; only a statement that names databases asks for it.
fn needs(statement: &Statement<'_, '_>, own: impl FnOnce() -> Option<String>) -> Vec<Need> {
    let batch = statement.batch();
    let linked: BTreeSet<String> = batch.linked_servers().iter().map(|name| name.name.to_string()).collect();
    let mut databases: BTreeSet<String> = batch.far_names().iter().filter_map(|name| other_database(&name.parts)).collect();
    if !databases.is_empty() {
        let own = own();
        databases.retain(|name| own.as_ref().is_none_or(|own| !own.eq_ignore_ascii_case(name)));
    }
    let mut needs: Vec<Need> = linked.iter().map(|name| (format!("linked server {name}"), advice::linked_server as Advice)).collect();
    needs.extend(databases.iter().map(|name| (format!("database {name}, named by statements,"), advice::other_database as Advice)));
    needs.extend(by_name(statement.text));
    needs
}

/// Databases that are there anyway, and open for what statements usually want of them.
const OF_EVERY_SERVER: [&str; 4] = ["master", "msdb", "model", "tempdb"];

/// The database of a name of three parts.
fn other_database(parts: &[std::borrow::Cow<'_, str>]) -> Option<String> {
    match parts {
        [database, _, _] if !database.is_empty() && !OF_EVERY_SERVER.iter().any(|own| own.eq_ignore_ascii_case(database)) => Some(database.to_string()),
        _ => None,
    }
}

fn by_name(text: &str) -> Vec<Need> {
    let lower = text.to_ascii_lowercase();
    let may_have = NAMES.iter().any(|(name, _, _)| lower.contains(name)) || lower.contains("openrowset") || lower.contains("bulk");
    if !may_have {
        return Vec::new();
    }
    let names: Vec<String> = tsql::names(text).into_iter().map(|name| name.to_ascii_lowercase()).collect();
    let is_there = |wanted: &str| names.iter().any(|name| name == wanted);
    let pair = |first: &str, second: &str| names.windows(2).any(|pair| pair[0] == first && pair[1] == second);
    let mut needs: Vec<Need> = NAMES.iter().filter(|(name, _, _)| is_there(name)).map(|(_, what, advice)| ((*what).to_owned(), *advice)).collect();
    let from_files = pair("openrowset", "bulk");
    if from_files || pair("bulk", "insert") {
        needs.push(("files that statements read in bulk".to_owned(), advice::bulk_files));
    }
    if is_there("openrowset") && !from_files && !is_there("opendatasource") {
        needs.push(("Ad Hoc Distributed Queries".to_owned(), advice::ad_hoc_queries));
    }
    needs
}

fn server(endpoint: Option<Endpoint>) -> String {
    endpoint.and_then(|endpoint| endpoint.server_name()).unwrap_or_else(|| "the server of the connection".to_owned())
}
