//! The examples of the pages do what the pages say, under the default rules, where the rule's readers are at home.

use ssislint::finding::Finding;
use ssislint::lint::Outcome;
use ssislint::rules::{self, Rule};

use crate::support::{assert_none, default_rules_and, home_targets, line, lint_texts};

/// Rules whose subject cannot be shown as text on a page; their fixtures show it.
#[rustfmt::skip]
const NO_EXAMPLE: &[&str] = &[
    "child-package-parallel",
    "damaged-archive",
    "excel-child-in-process",
    "excel-same-workbook",
    "expired-suppression",
    "ispac-inconsistent",
    "limit-exceeded",
];

/// Rules that speak of what others need in their examples: whatever is wrong inside of a distributed transaction, there is one.
const COMPANIONS: &[&str] = &["dtc-target-support"];

/// A fenced example of a page.
struct Example<'p> {
    /// `dtsx` or `project`.
    kind: &'p str,
    /// `fires` or `silent`.
    outcome: &'p str,
    text: String,
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples: Vec<Example<'_>> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(info) => {
                let words = info.split_once(' ').filter(|_| !inside);
                inside = words.is_some();
                examples.extend(words.map(|(kind, outcome)| Example { kind, outcome, text: String::new() }));
            }
            None if inside => examples.last_mut().expect("an open fence").text.push_str(&format!("{line}\n")),
            None => {}
        }
    }
    examples
}

impl Example<'_> {
    /// The files that the example stands for.
    fn files(&self) -> Vec<(String, String)> {
        match self.kind {
            "project" => files_of_project(&self.text),
            "dtsx" if is_whole(&self.text) => vec![("Load.dtsx".to_owned(), self.text.clone())],
            "dtsx" => vec![("Load.dtsx".to_owned(), wrap(&self.text))],
            kind => panic!("an example of unknown kind `{kind}`"),
        }
    }
}

/// Files come after lines `=== NAME`.
fn files_of_project(text: &str) -> Vec<(String, String)> {
    let parts = text.split("=== ").skip(1).filter_map(|part| part.split_once('\n'));
    parts.map(|(name, content)| (name.trim().to_owned(), content.to_owned())).collect()
}

/// Whether the text is a document: it begins with an XML declaration or a package.
fn is_whole(text: &str) -> bool {
    let first = text.split_once('>').map_or(text, |(first, _)| first);
    text.starts_with("<?xml") || (first.starts_with("<DTS:Executable") && (first.contains("DTS:refId=") || first.contains("DTS:ExecutableType=")))
}

/// Puts children of a package into the smallest package of format 8.
fn wrap(children: &str) -> String {
    let namespaces = r#"xmlns:DTS="www.microsoft.com/SqlServer/Dts" xmlns:SQLTask="www.microsoft.com/sqlserver/dts/tasks/sqltask""#;
    format!(
        "<?xml version=\"1.0\"?>\n<DTS:Executable {namespaces} DTS:refId=\"Package\" DTS:CreationName=\"Microsoft.Package\" \
         DTS:DTSID=\"{{7C1E0A11-3B52-4F0A-9D36-000000000000}}\" DTS:ExecutableType=\"Microsoft.Package\" DTS:ObjectName=\"Load\" \
         DTS:ProtectionLevel=\"0\">\n<DTS:Property DTS:Name=\"PackageFormatVersion\">8</DTS:Property>\n{children}</DTS:Executable>\n"
    )
}

/// What is wrong with the outcome of an example: it must give exactly its rule, or nothing at all.
fn complaint(rule: &Rule, outcome: &str, result: &Outcome) -> Option<String> {
    let counts = |finding: &&Finding| finding.rule == rule.name || !COMPANIONS.contains(&&*finding.rule);
    let findings: Vec<&Finding> = result.findings.iter().filter(counts).collect();
    let good = match outcome {
        "fires" => !findings.is_empty() && findings.iter().all(|finding| finding.rule == rule.name),
        "silent" => findings.is_empty(),
        _ => false,
    };
    let found: Vec<String> = findings.into_iter().map(line).collect();
    (!good || !result.errors.is_empty()).then(|| format!("{} `{outcome}`: {:?}\n{}", rule.name, result.errors, found.join("\n")))
}

#[test]
fn examples_do_what_they_say() {
    let mut complaints = Vec::new();
    for rule in rules::ALL {
        let settings = default_rules_and(rule, &home_targets(rule));
        for example in examples(rule.page) {
            complaints.extend(complaint(rule, example.outcome, &lint_texts(&example.files(), &settings)));
        }
    }
    assert_none(&complaints);
}

#[test]
fn every_page_shows_both_sides() {
    for rule in rules::ALL.iter().filter(|rule| !NO_EXAMPLE.contains(&rule.name)) {
        let outcomes: Vec<&str> = examples(rule.page).iter().map(|example| example.outcome).collect();
        assert_eq!(outcomes, ["fires", "silent"], "{}", rule.name);
    }
}
