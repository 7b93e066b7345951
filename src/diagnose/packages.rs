//! What the packages at hand show of a failure.

use std::cmp::Reverse;

use super::judge::Failure;
use crate::finding::Finding;

/// Findings that are shown for one failure.
const MOST: usize = 3;

/// Gives every failure the findings that explain it: of its rules, those first whose object the log names. Without any, findings of rules that may have to
/// do with it, when the log names their object.
pub fn explain_with(failures: &mut [Failure], findings: &[Finding]) {
    for failure in failures {
        failure.findings = best(failure, &failure.rules, findings, 0);
        if failure.findings.is_empty() {
            failure.findings = best(failure, &failure.hints, findings, 2);
        }
    }
}

/// The best findings of these rules whose resemblance is at least so much.
fn best(failure: &Failure, rules: &[&str], findings: &[Finding], least: u32) -> Vec<Finding> {
    let mut ranked: Vec<_> =
        findings.iter().filter_map(|finding| Some((rank(failure, rules, finding)?, finding))).filter(|(rank, _)| rank.0.0 >= least).collect();
    ranked.sort_by(|(left, a), (right, b)| left.cmp(right).then_with(|| a.sort_key().cmp(&b.sort_key())));
    let Some(((likeness, rule, _), _)) = ranked.first().copied() else { return Vec::new() };
    // Where the log names one object, others of the rule are no news.
    let as_good = |rank: (Reverse<u32>, usize, Reverse<crate::finding::Severity>)| rank.0 == likeness && rank.1 == rule;
    ranked.into_iter().filter(|(rank, _)| as_good(*rank)).take(MOST).map(|(_, finding)| finding.clone()).collect()
}

/// Likeness to what the log names, place of the rule, severity.
fn rank(failure: &Failure, rules: &[&str], finding: &Finding) -> Option<(Reverse<u32>, usize, Reverse<crate::finding::Severity>)> {
    let rule = rules.iter().position(|rule| **rule == *finding.rule)?;
    let related = finding.related.iter().map(|related| failure.names.resemblance(related.file.name(), &related.object)).max().unwrap_or(0);
    let own = failure.names.resemblance(finding.file.name(), &finding.object);
    let likeness = own.max(related) + 3 * u32::from(failure.names.are_in(&finding.message));
    Some((Reverse(likeness), rule, Reverse(finding.severity)))
}
