//! `large-package`: a package that has grown too large.

use crate::finding::Severity::Info;
use crate::model::{ExecutableKind, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS1310",
    name: "large-package",
    category: Category::Logging,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a package or data flow is very large",
    page: include_str!("../../../rules/large-package.md"),
    check: Check::Package(check),
};

/// Tasks and containers of a package, and components of a data flow, that one can still look over.
const MOST_EXECUTABLES: usize = 60;
const MOST_COMPONENTS: usize = 40;

fn check(_: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let root = package.root();
    let count = package.executables.iter().filter(|executable| !matches!(executable.kind, ExecutableKind::Package | ExecutableKind::EventHandler)).count();
    if count > MOST_EXECUTABLES {
        let message = format!("the package has {count} tasks and containers: it is slow to open and to validate");
        sink.report(Report::new("Package", root.span, message).help("move parts of it into packages of their own"));
    }
    for executable in &package.executables {
        let count = executable.data_flow().map_or(0, |flow| flow.components.len());
        if count > MOST_COMPONENTS {
            let message = format!("the data flow has {count} components: it is slow to validate, and its buffers are many");
            sink.report(Report::new(&*executable.path, executable.span, message).help("land the data in between, and part the flow"));
        }
    }
}
