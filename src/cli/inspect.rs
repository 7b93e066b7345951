//! `ssislint inspect`: what the files hold.

use std::io::Write;

use super::configurations::Projects;
use super::{CLEAN, CliError, FAILED, InspectArgs, ListFormat, lint, output};
use crate::analysis::Facts;
use crate::finding::{Finding, Severity};
use crate::inspect::{Inventory, document, effective, references, write_effective, write_references, write_tree};
use crate::lint::with_project;
use crate::masks::Masks;
use crate::model::Project;
use crate::report::harmless_json;
use crate::source;

pub(super) fn run(args: &InspectArgs) -> Result<u8, CliError> {
    let settings = lint::settings_for_reading(&args.common)?;
    let projects = Projects::find(&args.paths, None, &args.configuration)?;
    let discovery = &projects.discovery;
    let mut out = output::open(None)?;
    let mut inventory = Inventory { version: 1, documents: Vec::new() };
    let mut unreadable: Vec<Finding> = Vec::new();
    let mut failed = lint::complain(&discovery.errors)?;
    for (index, group) in discovery.groups.iter().enumerate() {
        let loaded = source::load(group, &settings.source_limits, None);
        failed |= lint::complain(&loaded.errors)?;
        loaded.problems.iter().filter(|problem| problem.requested).try_for_each(|problem| lint::note(&format!("{}: {}", problem.file, problem.message)))?;
        with_project(&loaded.sources, group.complete, &settings, &mut |finding| unreadable.push(finding), |project, errors| -> Result<(), CliError> {
            failed |= lint::complain(errors)?;
            let masks = Masks::of_project(project, projects.secret_names(index));
            match (args.format, args.references, args.effective) {
                (ListFormat::Json, ..) => add_documents(project, args, &masks, &mut inventory),
                (ListFormat::Human, true, _) => Ok(write_references(project, &mut out)?),
                (ListFormat::Human, _, true) => Ok(write_effective(project, &masks, &mut out)?),
                (ListFormat::Human, ..) => Ok(write_tree(project, &masks, &mut out)?),
            }
        })?;
    }
    discovery.problems.iter().try_for_each(|problem| lint::note(&format!("{}: {}", problem.file, problem.message)))?;
    unreadable
        .iter()
        .filter(|finding| finding.severity >= Severity::Info)
        .try_for_each(|finding| lint::note(&format!("{}: {}", finding.file, finding.message)))?;
    if args.format == ListFormat::Json {
        harmless_json(&inventory, &mut out)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(if failed { FAILED } else { CLEAN })
}

/// The requested documents of a project; what was asked for besides has a key of its own.
fn add_documents(project: &Project<'_>, args: &InspectArgs, masks: &Masks<'_>, inventory: &mut Inventory) -> Result<(), CliError> {
    let is_secret = |name: &str| masks.hides(name);
    let facts = Facts::hiding(project, &is_secret);
    for (index, entry) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let mut value = document(entry, masks)?;
        if args.references && entry.package().is_some() {
            value["references"] = references(&facts, index)?;
        }
        if args.effective {
            value["effective"] = effective(&facts, project, index, masks)?;
        }
        inventory.documents.push(value);
    }
    Ok(())
}
