//! The main job: lint the paths and print the findings.

use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::configure::{self, Job};
use super::log::Log;
use super::progress::Progress;
use super::{CLEAN, CliError, CommonArgs, FAILED, FINDINGS, LintArgs, baseline, output, password, show};
use crate::finding::{InputError, Severity};
use crate::lint::{self, Outcome, Settings};
use crate::report::{self, Report, Summary, SuppressedFinding};
use crate::rules::select::Selection;
use crate::rules::{Target, TargetSet};
use crate::suppress::Suppressed;
use crate::{source, xml};

pub(super) fn run(args: &LintArgs) -> Result<u8, CliError> {
    if args.show_settings || args.show_files {
        let job = configure::configure(args)?;
        return if args.show_settings { show::settings(args, &job) } else { show::files(&job.discovery) }.map(|()| CLEAN);
    }
    let known = baseline::given(args)?;
    let mut log = Log::new(args.verbose);
    let (job, mut outcome) = find(args, &mut log)?;
    let baselined = baseline::apply(known.as_ref(), args, &job, &mut outcome)?;
    write(args, &job, &outcome, baselined)?;
    log.phase("writing the report")?;
    Ok(exit_code(args, &outcome))
}

/// Everything there is to find with these arguments, whether known or new.
pub(super) fn find(args: &LintArgs, log: &mut Log) -> Result<(Job, Outcome), CliError> {
    let job = configure::configure(args)?;
    log.job(&job)?;
    log.phase("finding files and configurations")?;
    let progress = Progress::start(!args.quiet && !args.verbose, job.discovery.groups.len());
    let outcome = lint::run_plan(&job.discovery, &job.plan, &|| progress.step());
    drop(progress);
    log.phase("reading files and running rules")?;
    if !args.quiet {
        job.discovery.warnings.iter().try_for_each(|warning| note(warning))?;
    }
    Ok((job, outcome))
}

/// Says something on standard error; names of files cannot steer the terminal.
pub(super) fn note(text: &str) -> Result<(), CliError> {
    Ok(writeln!(std::io::stderr(), "ssislint: {}", report::line(text))?)
}

/// Settings for a job that reads documents and runs no rules but those on input.
pub(super) fn settings_for_reading(common: &CommonArgs) -> Result<Settings, CliError> {
    plain_settings(common, "input", TargetSet::default())
}

/// Settings for a job that wants to know everything: all rules, nothing accepted, no configuration.
pub(super) fn settings_for_every_rule(common: &CommonArgs, targets: &[Target]) -> Result<Settings, CliError> {
    plain_settings(common, "all", if targets.is_empty() { TargetSet::default() } else { TargetSet::of(targets) })
}

fn plain_settings(common: &CommonArgs, select: &str, targets: TargetSet) -> Result<Settings, CliError> {
    let (source_limits, xml_limits) = limits(common)?;
    let rules = Selection { select: vec![select.to_owned()], ignore: Vec::new() }.rules().map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(Settings { targets, rules, source_limits, xml_limits, password: password::find(common)?.map(Arc::new), excerpts: false, ..Settings::default() })
}

fn limits(common: &CommonArgs) -> Result<(source::Limits, xml::Limits), CliError> {
    let (mut source, mut xml) = (source::Limits::default(), xml::Limits::default());
    for (name, value) in &common.limit {
        let small = || u32::try_from(*value).map_err(|_| CliError::Usage(format!("the limit `{name}` cannot be above {}", u32::MAX)));
        match name.as_str() {
            "depth" => xml.depth = small()?,
            "attributes" => xml.attributes = small()?,
            "elements" => xml.elements = small()?,
            _ => source.set(name, &value.to_string()).map_err(|error| CliError::Usage(error.to_string()))?,
        }
    }
    Ok((source, xml))
}

/// Standard input, when a path is `-`: up to one byte more than a file may have.
pub(super) fn stdin(args: &LintArgs, limits: &source::Limits) -> Result<Option<Vec<u8>>, CliError> {
    if !reads_stdin(args) {
        return Ok(None);
    }
    if args.paths.len() > 1 {
        return Err(CliError::Usage("`-` reads standard input and goes with no other path".to_owned()));
    }
    let mut content = Vec::new();
    std::io::stdin().lock().take(limits.file_bytes.saturating_add(1)).read_to_end(&mut content)?;
    Ok(Some(content))
}

fn reads_stdin(args: &LintArgs) -> bool {
    args.paths.iter().any(|path| path.as_os_str() == "-")
}

fn write(args: &LintArgs, job: &Job, outcome: &Outcome, baselined: usize) -> Result<(), CliError> {
    let summary = Summary {
        files: outcome.files,
        packages: outcome.packages,
        errors: outcome.count(Severity::Error),
        warnings: outcome.count(Severity::Warning),
        infos: outcome.count(Severity::Info),
        suppressed: outcome.suppressed.len(),
        baselined,
        below_threshold: outcome.below_threshold,
        excluded: job.discovery.excluded.len(),
    };
    let report = Report {
        targets: job.plan.targets().iter().map(|target| target.as_str()).collect(),
        summary,
        findings: &outcome.findings,
        errors: &outcome.errors,
        suppressed: &suppressed(outcome),
    };
    let (template, rules) = (template(args)?, job.plan.rules());
    for (format, file) in output::plan(&args.format, &args.output_file)? {
        let mut out = output::open(file)?;
        let style = report::Style { summary: !args.quiet, template: template.clone(), ..output::style(args.common.color, file.is_some()) };
        match report::write(format, &report, &style, &rules, &mut out).and_then(|()| out.flush()) {
            // A reader that has seen enough, as `head`, changes neither the other reports nor what was found.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
            written => written?,
        }
    }
    Ok(())
}

fn template(args: &LintArgs) -> Result<Option<String>, CliError> {
    let read =
        |path: &PathBuf| std::fs::read_to_string(path).map_err(|error| CliError::Usage(format!("cannot read the template `{}`: {error}", path.display())));
    args.template.as_ref().map(read).transpose()
}

fn suppressed(outcome: &Outcome) -> Vec<SuppressedFinding> {
    let accepted = |entry: &Suppressed| SuppressedFinding { finding: entry.finding.clone(), justification: entry.reason.clone(), in_source: entry.in_source };
    outcome.suppressed.iter().map(accepted).collect()
}

fn exit_code(args: &LintArgs, outcome: &Outcome) -> u8 {
    if !outcome.errors.is_empty() {
        FAILED
    } else if !args.exit_zero && outcome.fails() {
        FINDINGS
    } else {
        CLEAN
    }
}

/// Says on standard error what could not be read; whether there was anything.
pub(super) fn complain(errors: &[InputError]) -> Result<bool, CliError> {
    errors.iter().try_for_each(|error| note(&format!("{}: {}", error.file, error.message)))?;
    Ok(!errors.is_empty())
}
