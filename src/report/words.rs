//! Sentences that several formats share. What they give back is not escaped yet, unless they say so.

use super::Summary;
use crate::finding::Finding;

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// What was read, what was found, and what was left out and why, on one line.
pub(super) fn summary(summary: &Summary) -> String {
    let read = format!("{}, {}", count(summary.files, "file"), count(summary.packages, "package"));
    let found = list([(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")].map(|(number, noun)| (number, count(number, noun))));
    let found = if found.is_empty() { "no findings".to_owned() } else { found };
    let left_out = list([
        (summary.suppressed, format!("{} suppressed", summary.suppressed)),
        (summary.baselined, format!("{} in the baseline", summary.baselined)),
        (summary.below_threshold, format!("{} below the threshold", summary.below_threshold)),
        (summary.excluded, format!("{} excluded", count(summary.excluded, "file"))),
    ]);
    if left_out.is_empty() { format!("{read}: {found}") } else { format!("{read}: {found}; {left_out}") }
}

/// The texts whose number is not 0, parted by commas.
fn list<const N: usize>(parts: [(usize, String); N]) -> String {
    let counted: Vec<String> = parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, text)| text).collect();
    counted.join(", ")
}

/// A finding without its place in a file: `Load.dtsx:120:7: message [object]`, the first part only inside an archive, where a
/// line and a column mean nothing to who looks at the file.
pub(super) fn sentence(finding: &Finding) -> String {
    let member = finding.file.member.as_ref().map(|member| format!("{member}:{}:{}: ", finding.location.line, finding.location.column));
    let object = if finding.object.is_empty() { String::new() } else { format!(" [{}]", finding.object) };
    format!("{}{}{object}", member.unwrap_or_default(), finding.message)
}

/// Line and column in the file itself; none for a finding inside an archive.
pub(super) fn position(finding: &Finding) -> Option<(u32, u32)> {
    finding.file.member.is_none().then_some((finding.location.line, finding.location.column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_speaks_of_what_there_is() {
        let nothing = Summary { files: 1, packages: 1, ..Summary::default() };
        assert_eq!(summary(&nothing), "1 file, 1 package: no findings");
        let much = Summary { files: 12, packages: 9, errors: 1, warnings: 3, infos: 2, suppressed: 4, baselined: 1, ..Summary::default() };
        assert_eq!(summary(&much), "12 files, 9 packages: 1 error, 3 warnings, 2 infos; 4 suppressed, 1 in the baseline");
    }
}
