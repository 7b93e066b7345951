//! `dtc-target-support`: a distributed transaction needs a coordinator that the target may not have.

use super::transaction;
use crate::analysis::transactions::Participant;
use crate::finding::Severity::{Error, Info, Warning};
use crate::lang::connection_string::server_is_azure_sql_database;
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0601",
    name: "dtc-target-support",
    category: Category::Concurrency,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "a distributed transaction needs MSDTC where the package runs and on each of its servers",
    page: include_str!("../../../rules/dtc-target-support.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let mut starters = package.executables().map(|(id, _)| id).filter(|id| package.is_enabled(*id) && starts(scope, *id));
    let Some(first) = starters.next() else { return };
    let others = starters.count();
    let azure = scope.facts.transactions().participants(scope.facts.connections(), scope.index).find(|participant| is_on_azure(scope, participant));
    sink.report(report(package, first, others, azure.as_ref()));
}

fn starts(scope: &Scope<'_, '_>, id: ExecutableId) -> bool {
    scope.facts.transactions().origin(scope.index, id).is_some_and(|origin| (origin.document, origin.executable) == (scope.index, id))
}

fn is_on_azure(scope: &Scope<'_, '_>, participant: &Participant<'_, '_, '_>) -> bool {
    let endpoint = scope.known_endpoint(scope.index, participant.manager);
    endpoint.and_then(|endpoint| endpoint.server()).is_some_and(|server| server_is_azure_sql_database(&server))
}

fn report(package: &Package<'_>, first: ExecutableId, others: usize, azure: Option<&Participant<'_, '_, '_>>) -> Report {
    let starter = package.executable(first);
    let start = match others {
        0 => format!("`{}` starts a distributed transaction (TransactionOption = Required)", starter.name.as_str()),
        _ => format!("`{}` and {others} more start distributed transactions (TransactionOption = Required)", starter.name.as_str()),
    };
    let user = azure.and_then(|participant| transaction::user(package, participant.reference).zip(Some(participant.manager)));
    let message = match user {
        Some(((_, user, _), manager)) => format!(
            "{start}, and `{user}` takes part with `{}` on Azure SQL Database, which MSDTC cannot enlist: it fails with 0xC001402C or 0x80070057",
            manager.name.as_str()
        ),
        None => format!(
            "{start}: without MSDTC on the machine that runs the package and on every server that takes part, it fails (0xC001401A, 0xC001402C); Azure-SSIS has MSDTC by custom setup only, Fabric not at all"
        ),
    };
    let severities = if user.is_some() { RULE.severity } else { RULE.severity.on(Target::AzureSsis, Warning) };
    let report = Report::new(&*starter.path, transaction::span_of_option(starter), message).property("TransactionOption").severity(severities).help(
        "use one T-SQL transaction (BEGIN TRANSACTION to COMMIT) on one connection with RetainSameConnection = True, or set TransactionOption to Supported",
    );
    user.into_iter().fold(report, |report, ((path, _, span), _)| report.mention(Mention::new(path, span, "takes part on Azure SQL Database")))
}
