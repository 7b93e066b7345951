//! `third-party-component`: something that SQL Server does not install.

use crate::analysis::classes::ClassUse;
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Info, Warning};
use crate::rules::by_class::{Group, described, groups, load_error};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::support::Standing;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0703",
    name: "third-party-component",
    category: Category::Azure,
    severity: Severities::none().on(Target::Agent, Info).on(Target::Ssisdb, Info).on(Target::AzureSsis, Error).on(Target::Fabric, Error),
    set: RuleSet::Default,
    summary: "the package needs something that SQL Server does not install",
    page: include_str!("../../../rules/third-party-component.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    let allowed = &scope.options.third_party_component.allowed_components;
    for group in groups(scope.facts.classes(scope.index), |found| maker(found).filter(|_| !allowed.matches(found.name))) {
        sink.report(report(&group));
    }
}

/// What has to be installed: a product, a download of Microsoft's, or the class itself.
fn maker<'g>(found: &'g ClassUse<'_>) -> Option<&'g str> {
    match found.standing {
        Standing::Product(product) => Some(&product.name),
        Standing::Microsoft(class) if class.download => Some(&class.title),
        Standing::Microsoft(_) | Standing::Unknown => None,
        Standing::Custom => Some(found.name),
    }
}

fn report(group: &Group<'_, '_>) -> Report {
    let first = group.first();
    let origin = match first.standing {
        Standing::Product(product) => format!("belongs to {}, which", product.name),
        Standing::Microsoft(class) => format!("belongs to the {}, a download of its own that", class.title),
        Standing::Custom | Standing::Unknown => "is no part of SSIS: what it belongs to".to_owned(),
    };
    let message = format!("{} {origin} has to be installed wherever the package runs or is deployed from: else {}", described(first), load_error(first.kind));
    let report = group.report(message).help("install it on the server, in the custom setup of the integration runtime and beside the tools, each in the edition for its version of SSIS; Fabric takes none");
    match first.standing {
        Standing::Microsoft(class) if class.on_azure => report.severity(RULE.severity.off(Target::AzureSsis)),
        Standing::Custom | Standing::Unknown => report.severity(RULE.severity.at_most(Warning)).confidence(Confidence::Medium),
        Standing::Product(_) | Standing::Microsoft(_) => report,
    }
}
