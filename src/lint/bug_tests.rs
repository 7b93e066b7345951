//! A panic in a rule is an error that names file and rule, and takes no other finding with it.

use super::lint_project;
use crate::discover::FileKind;
use crate::finding::{FileRef, Severity};
use crate::lint::Settings;
use crate::model::Package;
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::source::Source;
use crate::span::Span;

const PANICS: Rule = Rule {
    id: "SSIS9901",
    name: "panics",
    category: Category::Project,
    severity: Severities::new(Severity::Warning),
    set: RuleSet::Preview,
    summary: "panics on one package, after it has reported it",
    page: "",
    check: Check::Package(panic_on_bad),
};

const SPEAKS: Rule = Rule { id: "SSIS9902", name: "speaks", check: Check::Package(speak), ..PANICS };

/// What it reports cannot be placed.
const MISPLACES: Rule = Rule { id: "SSIS9903", name: "misplaces", check: Check::Package(mention_nowhere), ..PANICS };

fn panic_on_bad(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    speak(scope, package, sink);
    assert!(scope.document.file.file != "Bad.dtsx", "a value of the package");
}

fn speak(_: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    sink.report(Report::new("Package", Span::new(0, 0), "hello"));
}

fn mention_nowhere(_: &Scope<'_, '_>, _: &Package<'_>, sink: &mut Sink<'_>) {
    sink.report(Report::new("Package", Span::new(0, 0), "hello").mention(Mention::new("", Span::new(0, 0), "there").in_document(usize::MAX)));
}

fn source(name: &str) -> Source {
    let text = r#"<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="P"/>"#.to_owned();
    Source { file: FileRef { file: name.to_owned(), member: None }, requested: true, kind: FileKind::Package, text }
}

#[test]
fn a_panic_in_a_rule_keeps_all_other_findings() {
    let sources = ["Bad.dtsx", "Good.dtsx"].map(source);
    let linted = lint_project(&sources, false, &Settings { rules: vec![&PANICS, &SPEAKS, &MISPLACES], ..Settings::default() });
    let found: Vec<_> = linted.findings.iter().map(|finding| (&*finding.rule, &*finding.file.file)).collect();
    assert_eq!(found, [("panics", "Bad.dtsx"), ("panics", "Good.dtsx"), ("speaks", "Bad.dtsx"), ("speaks", "Good.dtsx")]);
    let errors: Vec<_> = linted.errors.iter().map(|error| (&*error.file, error.message.split('`').nth(1))).collect();
    assert_eq!(errors, [("Bad.dtsx", Some("panics")), ("Bad.dtsx", Some("misplaces")), ("Good.dtsx", Some("misplaces"))]);
    let message = &linted.errors[0].message;
    for part in ["the rule `panics`", "bug_tests.rs:", "please report it at https://"] {
        assert!(message.contains(part), "{message}");
    }
    assert!(!message.contains("a value"), "what the panic says may quote the package: {message}");
}
