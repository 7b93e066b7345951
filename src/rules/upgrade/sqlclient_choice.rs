//! `sqlclient-choice`: the ADO.NET provider that only SQL Server 2025 knows.

use crate::finding::Severity::{Error, Info, Warning};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::support::{self, ProviderKind};

/// The rule. Which version an Agent or a catalog is of, the files do not say.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0809",
    name: "sqlclient-choice",
    category: Category::Upgrade,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning).on(Target::Sql2022, Error).on(Target::Sql2025, Info),
    set: RuleSet::Default,
    summary: "a connection uses Microsoft.Data.SqlClient, which SSIS knows since SQL Server 2025",
    page: include_str!("../../../rules/sqlclient-choice.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some((_, class)) = manager.creation_name.value.split_once(':').filter(|_| manager.is("ADO.NET")) else { return };
    let Some(since) = support::provider(ProviderKind::AdoNet, class).and_then(|provider| provider.since) else { return };
    if !scope.facts.connections().is_used(manager) {
        return;
    }
    let message = format!(
        "SSIS knows the provider `Microsoft.Data.SqlClient` since SQL Server {since}: earlier versions fail with \"Could not create a managed connection manager\""
    );
    sink.report(
        Report::new(&*manager.path, manager.creation_name.span, message)
            .help("use System.Data.SqlClient where an earlier version has to run the package; on 2025 mind that the new provider encrypts by default"),
    );
}
