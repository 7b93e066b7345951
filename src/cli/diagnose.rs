//! `ssislint diagnose`: what a log says went wrong, and what the packages show of it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::{CLEAN, CliError, DiagnoseArgs, FAILED, ListFormat, lint, output};
use crate::diagnose::{self, Diagnosis};
use crate::discover;

pub(super) fn run(args: &DiagnoseArgs) -> Result<u8, CliError> {
    let mut diagnosis = read(&args.log)?;
    let failed = explain(args, &mut diagnosis)?;
    let mut out = output::open(None)?;
    let name = args.log.display().to_string();
    match args.format {
        ListFormat::Human => diagnose::write_human(&diagnosis, &name, !args.paths.is_empty(), &mut out)?,
        ListFormat::Json => diagnose::write_json(&diagnosis, &name, &mut out)?,
    }
    out.flush()?;
    Ok(if failed { FAILED } else { CLEAN })
}

fn read(log: &Path) -> Result<Diagnosis, CliError> {
    let diagnosis = if log.as_os_str() == "-" { diagnose::diagnose(io::stdin().lock()) } else { File::open(log).and_then(diagnose::diagnose) };
    diagnosis.map_err(|error| CliError::Usage(format!("cannot read the log `{}`: {error}", crate::report::line(&log.display().to_string()))))
}

/// Runs every rule over the packages; whether something could not be read.
fn explain(args: &DiagnoseArgs, diagnosis: &mut Diagnosis) -> Result<bool, CliError> {
    if args.paths.is_empty() {
        return Ok(false);
    }
    let settings = lint::settings_for_every_rule(&args.common, &args.target)?;
    let outcome = crate::lint::run(&discover::discover(&args.paths, &discover::Options::default()), &settings);
    diagnose::explain_with(&mut diagnosis.failures, &outcome.findings);
    lint::complain(&outcome.errors)
}
