//! `--baseline FILE` and `ssislint baseline`: known findings, kept in a file.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::configure::Job;
use super::log::Log;
use super::{CLEAN, CliError, FAILED, LintArgs, lint, output};
use crate::baseline::{Baseline, Entry};
use crate::discover::{Discovery, FileKind};
use crate::finding::{Finding, Severity};
use crate::lint::{Outcome, Plan};
use crate::report::harmless_json;

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write all current findings to the file.
    Write(JobArgs),
    /// Take what is not found any more out of the file; never add. Give the same paths as to `write`.
    Prune(JobArgs),
    /// List the entries of the file; with paths, those that are not found there any more.
    Show(JobArgs),
}

/// All that decides what is found is the same as in a run; what decides how it is shown has no meaning here.
#[derive(Debug, Args)]
#[command(mut_args(|arg| if SHOWN.contains(&arg.get_id().as_str()) { arg } else { arg.hide(true) }))]
struct JobArgs {
    /// The baseline.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    lint: LintArgs,
}

/// Arguments of [`JobArgs`] that its help tells of.
const SHOWN: [&str; 11] = ["file", "paths", "select", "ignore", "target", "config", "no_config", "quiet", "limit", "password_file", "ask_password"];

pub(super) fn run(args: BaselineArgs) -> Result<u8, CliError> {
    match args.action {
        Action::Write(args) => write(&args.complete()),
        Action::Prune(args) => prune(&args.complete()),
        Action::Show(args) => show(&args.complete()),
    }
}

impl JobArgs {
    /// A baseline holds findings of every severity, and is not read through itself.
    fn complete(self) -> Self {
        Self { lint: LintArgs { min_severity: Some(Severity::Info), baseline: None, ..self.lint }, ..self }
    }
}

fn find(args: &JobArgs) -> Result<(Job, Outcome), CliError> {
    lint::find(&args.lint, &mut Log::new(args.lint.verbose))
}

fn write(args: &JobArgs) -> Result<u8, CliError> {
    let (_, outcome) = find(args)?;
    let baseline = Baseline::of(&outcome.findings);
    save(&args.file, &baseline)?;
    say(args.lint.quiet, &format!("{}: {}, {} written", args.file.display(), entries(baseline.entries().len()), findings(baseline.entries())))?;
    Ok(if lint::complain(&outcome.errors)? { FAILED } else { CLEAN })
}

fn prune(args: &JobArgs) -> Result<u8, CliError> {
    let baseline = read(&args.file)?;
    let (job, outcome) = find(args)?;
    if lint::complain(&outcome.errors)? {
        return Err(CliError::Usage(format!("`{}` was left as it is: what cannot be read may still hold known findings", args.file.display())));
    }
    let stale = stale(&baseline, &outcome.findings, &job.plan);
    save(&args.file, &baseline.without(&stale))?;
    say(args.lint.quiet, &format!("{}: {} removed", args.file.display(), findings(&stale)))?;
    Ok(CLEAN)
}

fn show(args: &JobArgs) -> Result<u8, CliError> {
    let baseline = read(&args.file)?;
    if args.lint.paths.is_empty() {
        list(baseline.entries())?;
        return Ok(CLEAN);
    }
    let (job, outcome) = find(args)?;
    let stale = stale(&baseline, &outcome.findings, &job.plan);
    list(&stale)?;
    say(args.lint.quiet, &format!("{}: {} not found any more", args.file.display(), findings(&stale)))?;
    Ok(if lint::complain(&outcome.errors)? { FAILED } else { CLEAN })
}

/// The baseline that a run is given, read before anything is linted.
pub(super) fn given(args: &LintArgs) -> Result<Option<Baseline>, CliError> {
    args.baseline.as_deref().map(read).transpose()
}

/// Takes known findings out of the outcome and gives their number; says how many of the baseline are gone.
pub(super) fn apply(baseline: Option<&Baseline>, args: &LintArgs, job: &Job, outcome: &mut Outcome) -> Result<usize, CliError> {
    let Some(baseline) = baseline else { return Ok(0) };
    let read = documents(&job.discovery, &outcome.findings);
    let known = baseline.take_known(&mut outcome.findings);
    // Findings below the smallest severity are not at hand, so nothing can be said about what is gone.
    if job.plan.used().all(|settings| settings.min_severity == Severity::Info) && outcome.errors.is_empty() {
        let stale: Vec<_> = stale(baseline, &known, &job.plan).into_iter().filter(|entry| read.contains(&entry.file)).collect();
        if !stale.is_empty() {
            let name = args.baseline.as_deref().unwrap_or(Path::new("")).display();
            say(args.quiet, &format!("{} of the baseline not found any more; `ssislint baseline prune {name}` removes what is gone", findings(&stale)))?;
        }
    }
    Ok(known.len())
}

/// File names of documents that were read for certain. A run on one package says nothing about the others; members of archives are only known
/// by their findings.
fn documents(discovery: &Discovery, findings: &[Finding]) -> BTreeSet<String> {
    let files = discovery.groups.iter().flat_map(|group| &group.files).filter(|file| file.requested && file.kind != FileKind::Archive);
    let files = files.map(|file| file.display.rsplit('/').next().unwrap_or(&file.display).to_owned());
    files.chain(findings.iter().map(|finding| finding.file.name().to_owned())).collect()
}

/// Entries that are gone, leaving alone those of rules that exist and did not run on every project.
fn stale(baseline: &Baseline, found: &[Finding], plan: &Plan) -> Vec<Entry> {
    baseline.stale(found).into_iter().filter(|entry| plan.runs_wherever_known(&entry.rule)).collect()
}

fn read(path: &Path) -> Result<Baseline, CliError> {
    Baseline::read(path).map_err(|error| CliError::Usage(format!("{}: {error}", path.display())))
}

fn save(path: &Path, baseline: &Baseline) -> Result<(), CliError> {
    std::fs::write(path, baseline.to_json()?).map_err(|error| CliError::OutputFile(path.display().to_string(), error))
}

/// One entry per line, as in the file.
fn list(entries: &[Entry]) -> Result<(), CliError> {
    let mut out = output::open(None)?;
    for entry in entries {
        harmless_json(entry, &mut out)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

/// The number of findings that the entries stand for.
fn findings(entries: &[Entry]) -> String {
    match entries.iter().map(|entry| u64::from(entry.count)).sum() {
        1_u64 => "1 finding".to_owned(),
        number => format!("{number} findings"),
    }
}

fn say(quiet: bool, note: &str) -> Result<(), CliError> {
    if quiet {
        return Ok(());
    }
    Ok(writeln!(std::io::stderr(), "ssislint: {note}")?)
}
