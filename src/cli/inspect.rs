//! `ssislint inspect`: what the files hold.

use std::io::Write;

use super::{CLEAN, CliError, FAILED, InspectArgs, ListFormat, lint, output};
use crate::analysis::Facts;
use crate::discover;
use crate::finding::{Finding, Severity};
use crate::inspect::{Inventory, document, effective, references, write_effective, write_references, write_tree};
use crate::lint::with_project;
use crate::model::Project;
use crate::source;

pub(super) fn run(args: &InspectArgs) -> Result<u8, CliError> {
    let settings = lint::settings_for_reading(&args.common)?;
    let discovery = discover::discover(&args.paths, &discover::Options::default());
    let mut out = output::open(None)?;
    let mut inventory = Inventory { version: 1, documents: Vec::new() };
    let mut unreadable: Vec<Finding> = Vec::new();
    let mut failed = lint::complain(&discovery.errors)?;
    for group in &discovery.groups {
        let loaded = source::load(group, &settings.source_limits, None);
        failed |= lint::complain(&loaded.errors)?;
        loaded.problems.iter().filter(|problem| problem.requested).try_for_each(|problem| note(&problem.file.to_string(), &problem.message))?;
        with_project(&loaded.sources, group.complete, &settings, &mut |finding| unreadable.push(finding), |project, errors| -> Result<(), CliError> {
            failed |= lint::complain(errors)?;
            if args.format == ListFormat::Human {
                let write = match (args.references, args.effective) {
                    (true, _) => write_references,
                    (_, true) => write_effective,
                    _ => write_tree,
                };
                return Ok(write(project, &mut out)?);
            }
            add_documents(project, args, &mut inventory)
        })?;
    }
    discovery.problems.iter().try_for_each(|problem| note(&problem.file.to_string(), &problem.message))?;
    unreadable.iter().filter(|finding| finding.severity >= Severity::Info).try_for_each(|finding| note(&finding.file.to_string(), &finding.message))?;
    if args.format == ListFormat::Json {
        serde_json::to_writer(&mut out, &inventory)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(if failed { FAILED } else { CLEAN })
}

/// The requested documents of a project; what was asked for besides has a key of its own.
fn add_documents(project: &Project<'_>, args: &InspectArgs, inventory: &mut Inventory) -> Result<(), CliError> {
    let facts = Facts::new(project);
    for (index, entry) in project.documents.iter().enumerate().filter(|(_, document)| document.requested) {
        let mut value = document(entry)?;
        if args.references && entry.package().is_some() {
            value["references"] = references(&facts, index)?;
        }
        if args.effective {
            value["effective"] = effective(&facts, project, index)?;
        }
        inventory.documents.push(value);
    }
    Ok(())
}

fn note(file: &str, message: &str) -> Result<(), CliError> {
    Ok(writeln!(std::io::stderr(), "ssislint: {file}: {message}")?)
}
