//! `sensitive-column-name`: columns that look like data about people.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1313",
    name: "sensitive-column-name",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a source reads columns that look like personal data",
    page: include_str!("../../../rules/sensitive-column-name.md"),
    check: Check::Component(check),
};

/// Names, and parts of names, in lower case without blanks and underscores.
const WHOLE: [&str; 12] = ["ssn", "dob", "iban", "email", "phone", "mobile", "salary", "gender", "religion", "passport", "password", "diagnosis"];
const PARTS: [&str; 14] = [
    "emailaddress",
    "phonenumber",
    "socialsecurity",
    "nationalid",
    "passportn",
    "creditcard",
    "cardnumber",
    "bankaccount",
    "birthdate",
    "dateofbirth",
    "taxid",
    "ethnicity",
    "homeaddress",
    "medicalrecord",
];

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, component: &Component<'_>, sink: &mut Sink<'_>) {
    if !component.inputs.is_empty() || !package.is_enabled(id) {
        return;
    }
    let columns = component.outputs.iter().filter(|output| !output.is_error).flat_map(|output| &output.columns);
    let found: Vec<_> = columns.filter(|column| is_personal(&column.name)).map(|column| format!("`{}`", column.name)).take(5).collect();
    if !found.is_empty() {
        let message = format!("{} may be data about people: where it goes, the rules on such data go too", found.join(", "));
        let report = Report::new(&*component.path, component.span, message).confidence(Confidence::Low);
        sink.report(report.help("load only what is needed, and mask or encrypt it where it lands"));
    }
}

fn is_personal(name: &str) -> bool {
    let plain: String = name.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect();
    WHOLE.contains(&plain.as_str()) || PARTS.iter().any(|part| plain.contains(part))
}
