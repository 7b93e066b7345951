//! `script-binary-missing`: a script whose compiled assembly was not saved.

use super::scripts::{self, ScriptUse};
use crate::finding::Severity::{Error, Warning};
use crate::model::Package;
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0803",
    name: "script-binary-missing",
    category: Category::Upgrade,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a script was saved without its compiled assembly",
    page: include_str!("../../../rules/script-binary-missing.md"),
    check: Check::Package(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    for found in scripts::of_package(package).filter(|found| !found.script.has_binary) {
        sink.report(report(package, &found));
    }
}

/// SSIS 2005 compiled such a script when it ran; what upgrades the package does not.
fn report(package: &Package<'_>, found: &ScriptUse<'_, '_>) -> Report {
    let state = if found.script.items.is_empty() {
        "nobody has ever opened the script"
    } else {
        "the package holds the source of the script without its compiled assembly"
    };
    let code = if found.is_task { "" } else { " (0xC004706F)" };
    let message = format!("{state}: the run fails with \"The binary code for the script is not found\"{code}");
    let report = Report::new(found.object, found.span, message)
        .help("open the script in the designer of the version that runs it, build it without errors, close it and save the package");
    if package.format_version == Some(2) { report.severity(RULE.severity.at_most(Warning)) } else { report }
}
