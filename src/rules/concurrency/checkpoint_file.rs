//! `checkpoint-file`: a checkpoint file that is not there when the package starts, or is another package's.

use crate::analysis::checkpoints::{self, CheckpointUsage};
use crate::finding::Confidence;
use crate::finding::Severity::{Error, Warning};
use crate::model::{Package, Text};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink, Target};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0611",
    name: "checkpoint-file",
    category: Category::Concurrency,
    severity: Severities::none().on(Target::Agent, Warning).on(Target::Ssisdb, Warning).on(Target::AzureSsis, Error),
    set: RuleSet::Default,
    summary: "a checkpoint file is asked for that is not there, or two packages share one",
    page: include_str!("../../../rules/checkpoint-file.md"),
    check: Check::Package(check),
};

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, sink: &mut Sink<'_>) {
    let Some(checkpoints) = checkpoints::of_package(scope.project, package) else { return };
    if checkpoints.usage == CheckpointUsage::Always {
        let is_missing = checkpoints.file.is_none() && !checkpoints.is_file_replaced;
        sink.report(always(package, is_missing));
    }
    if let Some(file) = checkpoints.file {
        check_sharing(scope, file, sink);
    }
}

fn always(package: &Package<'_>, is_missing: bool) -> Report {
    let message = if is_missing {
        "CheckpointUsage is Always, but CheckpointFileName is empty: the package fails when it starts (0xC001F081)"
    } else {
        "CheckpointUsage is Always: when there is no checkpoint file, as on the first run and after each success, the package fails when it starts (0xC001F083)"
    };
    let root = package.root();
    Report::new("Package", root.properties.get("CheckpointUsage").map_or(root.span, |text| text.span), message)
        .property("CheckpointUsage")
        .help("set CheckpointUsage to IfExists, and give the file by a parameter or configuration")
}

fn check_sharing(scope: &Scope<'_, '_>, file: &Text<'_>, sink: &mut Sink<'_>) {
    let Some((index, theirs)) = scope.facts.checkpoint_files().sharing(scope.index, file) else { return };
    let other = &scope.project.documents[index];
    let message = format!(
        "`{}` saves its checkpoints in the same file: when both run it is locked (0xC001604B), and after a failure of one the other does not start (0xC0016049, 0xC001604A)",
        other.file.name()
    );
    sink.report(
        Report::new("Package", file.span, message)
            .property("CheckpointFileName")
            .severity(RULE.severity.at_most(Warning))
            .confidence(Confidence::Medium)
            .help("give each package a checkpoint file of its own")
            .mention(Mention::new("Package", theirs.span, "saves its checkpoints there too").in_document(index))
            .discriminator("shared"),
    );
}
