//! `ace-provider`: a provider that somebody has to install.

use crate::finding::Severity::{Info, Warning};
use crate::model::ConnectionManager;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0217",
    name: "ace-provider",
    category: Category::Connection,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info).on(Target::Fabric, Warning),
    set: RuleSet::Pedantic,
    summary: "the Access engine has to be installed in the bitness of the run",
    page: include_str!("../../../rules/ace-provider.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    let Some(text) = scope.facts.connection_text(scope.index, manager, &["Provider"]) else { return };
    let string = text.read();
    let Some(provider) = string.provider().filter(|_| string.provider_starts_with("Microsoft.ACE.OLEDB")) else { return };
    let message = format!(
        "the provider `{provider}` comes with neither Windows nor SQL Server: where it is missing, or installed for the other bitness, the run fails with 0xC0209302 or \
         0xC0209303 \"not registered\""
    );
    sink.report(
        Report::new(&*manager.path, text.span, message)
            .property("ConnectionString")
            .help("install the Access database engine on every server that runs the package, in 64 bits unless the job runs in 32-bit mode"),
    );
}
