//! `temp-storage-path`: a folder for temporary data that the server may not have.

use crate::analysis::overrides;
use crate::finding::Severity::Warning;
use crate::lang::windows_path::{self, PathKind};
use crate::model::{ExecutableId, Package};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0311",
    name: "temp-storage-path",
    category: Category::Path,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a data flow spools to a fixed folder",
    page: include_str!("../../../rules/temp-storage-path.md"),
    check: Check::Executable(check),
};

/// Attribute of the pipeline, documented name, code when the folder cannot be used.
const PATHS: [(&str, &str, &str); 2] =
    [("bufferTempStoragePath", "BufferTempStoragePath", "0xC0047048"), ("BLOBTempStoragePath", "BLOBTempStoragePath", "0xC0047070")];

fn check(scope: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    let executable = package.executable(id);
    let Some(flow) = executable.data_flow().filter(|_| package.is_enabled(id)) else { return };
    for (attribute, property, code) in PATHS {
        let Some(path) = flow.properties.get(attribute).filter(|path| !path.is_blank()) else { continue };
        let fixed = path.value.split(';').any(|path| matches!(windows_path::classify(path), PathKind::Drive { .. } | PathKind::Unc { .. }));
        if fixed && overrides::of_executable(scope.project, package, id, property).is_none() {
            let message = format!(
                "the data flow spools to `{}`: where that folder is missing or full, the flow fails as soon as memory runs short ({code})",
                path.value.trim()
            );
            sink.report(
                Report::new(&*executable.path, path.span, message).property(property).help(format!("clear {property}: then the folder in TEMP is used")),
            );
        }
    }
}
