//! `ssislint checklist`: what has to be there before the packages run.

use std::io::Write;

use super::configurations::Projects;
use super::{CLEAN, ChecklistArgs, ChecklistFormat, CliError, FAILED, lint, output};
use crate::checklist::{self, Builder};
use crate::finding::InputError;
use crate::lint::with_project;
use crate::source;

pub(super) fn run(args: &ChecklistArgs) -> Result<u8, CliError> {
    let projects = Projects::find(&args.paths, None, &args.configuration)?;
    let mut list = Builder::new(projects.targets(&args.target));
    let errors = read(args, &projects, &mut list)?;
    list.add_errors(&errors);
    let list = list.finish();
    let mut out = output::open(args.output_file.as_deref())?;
    match args.format {
        ChecklistFormat::Human => checklist::write_human(&list, &mut out)?,
        ChecklistFormat::Markdown => checklist::write_markdown(&list, &mut out)?,
        ChecklistFormat::Json => checklist::write_json(&list, &mut out)?,
    }
    out.flush()?;
    Ok(if lint::complain(&errors)? { FAILED } else { CLEAN })
}

/// Adds every project to the list; what could not be read, comes back.
fn read(args: &ChecklistArgs, projects: &Projects, list: &mut Builder) -> Result<Vec<InputError>, CliError> {
    let settings = lint::settings_for_reading(&args.common)?;
    let discovery = &projects.discovery;
    let mut errors = discovery.errors.clone();
    let problem = |problem: &source::Problem| InputError { file: problem.file.to_string(), message: problem.message.clone() };
    errors.extend(discovery.problems.iter().map(problem));
    for (index, group) in discovery.groups.iter().enumerate() {
        let loaded = source::load(group, &settings.source_limits, None);
        errors.extend(loaded.problems.iter().filter(|problem| problem.requested).map(problem));
        errors.extend(loaded.errors);
        let mut unreadable = Vec::new();
        let complain = &mut |finding: crate::finding::Finding| unreadable.push(InputError { file: finding.file.to_string(), message: finding.message });
        with_project(&loaded.sources, group.complete, &settings, complain, |project, closed| {
            list.add_project(project, projects.secret_names(index));
            errors.extend(closed.iter().cloned());
        });
        errors.extend(unreadable);
    }
    Ok(errors)
}
