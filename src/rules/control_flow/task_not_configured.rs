//! `task-not-configured`: a task that was never filled in.

use super::task;
use crate::finding::Severity::Error;
use crate::model::{ExecutableId, ExecutableKind as Kind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0922",
    name: "task-not-configured",
    category: Category::ControlFlow,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a task lacks a setting that it cannot do without",
    page: include_str!("../../../rules/task-not-configured.md"),
    check: Check::Executable(check),
};

/// A setting that a kind of task cannot do without.
struct Needed {
    kind: Kind,
    /// Settings of which one must be filled.
    settings: &'static [&'static str],
    /// Documented names of the properties, in the same order.
    properties: &'static [&'static str],
    what: &'static str,
    code: &'static str,
}

const NEEDED: [Needed; 9] = [
    Needed { kind: Kind::BulkInsert, settings: &["SourceConnectionName"], properties: &["SourceConnection"], what: "file to read", code: "0xC002910F" },
    Needed { kind: Kind::BulkInsert, settings: &["DestinationTableName"], properties: &["DestinationTableName"], what: "table to load", code: "0xC002911B" },
    Needed { kind: Kind::WebService, settings: &["WSDLFile"], properties: &["WsdlFile"], what: "WSDL file", code: "0xC0029226" },
    Needed { kind: Kind::WmiDataReader, settings: &["WQLQuerySource"], properties: &["WqlQuerySource"], what: "WQL query", code: "0xC0029245" },
    Needed { kind: Kind::WmiEventWatcher, settings: &["WQLQuerySource"], properties: &["WqlQuerySource"], what: "WQL query", code: "0xC0029255" },
    Needed { kind: Kind::SendMail, settings: &["To", "CC", "BCC"], properties: &["ToLine", "CCLine", "BCCLine"], what: "recipient", code: "0xC00291C3" },
    Needed { kind: Kind::SendMail, settings: &["SMTPServer"], properties: &["SmtpConnection"], what: "SMTP connection", code: "0xC00291C4" },
    Needed { kind: Kind::MessageQueue, settings: &["QueuePath"], properties: &["MsmqConnection"], what: "connection to a queue", code: "0xC0029197" },
    Needed { kind: Kind::ExecuteProcess, settings: &["Executable"], properties: &["Executable"], what: "program to run", code: "0xC002914D" },
];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    for needed in NEEDED.iter().filter(|needed| needed.kind == executable.kind && package.is_enabled(id)) {
        let mut settings = needed.settings.iter().zip(needed.properties);
        let known = !executable.settings.0.is_empty();
        if known && settings.all(|(setting, property)| task::is_unset(scope, package, id, setting, property)) {
            let property = needed.properties.first().copied().unwrap_or_default();
            let message = format!("the task has no {}: it fails when it is validated ({})", needed.what, needed.code);
            sink.report(Report::new(&*executable.path, executable.span, message).property(property).help(format!("set {property}, or delete the task")));
        }
    }
}
