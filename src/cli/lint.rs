//! The main job: lint the paths and print the findings.

use std::io::{Read, Write};
use std::path::PathBuf;

use super::{CLEAN, CliError, CommonArgs, FAILED, FINDINGS, LintArgs, baseline, configure, output, password};
use crate::config::Loaded;
use crate::discover::{self, Discovery};
use crate::finding::{InputError, Severity};
use crate::lint::{self, Outcome, Selection, Settings};
use crate::report::{self, Report, Summary, SuppressedFinding};
use crate::suppress::Suppressed;
use crate::{source, xml};

pub(super) fn run(args: &LintArgs) -> Result<u8, CliError> {
    let loaded = configure::load(args)?;
    if args.show_settings {
        return configure::show(args, &loaded).map(|()| CLEAN);
    }
    if args.show_files {
        return configure::show_files(&discover(args, &loaded)?).map(|()| CLEAN);
    }
    let known = baseline::given(args)?;
    let (settings, discovery, mut outcome) = find(args)?;
    let baselined = baseline::apply(known.as_ref(), args, (&settings, &discovery, &mut outcome))?;
    write(args, &discovery, &settings, &outcome, baselined)?;
    Ok(exit_code(args, configure::fail_on(args, &loaded.config), &outcome))
}

/// Everything there is to find with these arguments, whether known or new.
pub(super) fn find(args: &LintArgs) -> Result<(Settings, Discovery, Outcome), CliError> {
    let loaded = configure::load(args)?;
    let settings = settings(args, &loaded)?;
    let discovery = discover(args, &loaded)?;
    let outcome = lint::run(&discovery, &settings);
    if !args.quiet {
        discovery.warnings.iter().try_for_each(|warning| writeln!(std::io::stderr(), "ssislint: {warning}"))?;
    }
    Ok((settings, discovery, outcome))
}

fn settings(args: &LintArgs, loaded: &Loaded) -> Result<Settings, CliError> {
    let (source_limits, xml_limits) = limits(&args.common)?;
    Ok(Settings {
        targets: configure::targets(args, &loaded.config),
        rules: configure::rules(args, &loaded.config)?,
        options: loaded.config.rules.clone(),
        min_severity: configure::min_severity(args, &loaded.config),
        stdin: stdin(args, &source_limits)?,
        source_limits,
        xml_limits,
        password: password::find(&args.common)?,
        policy: configure::policy(args, loaded)?,
    })
}

/// Settings for a job that reads documents and runs no rules but those on input.
pub(super) fn settings_for_reading(common: &CommonArgs) -> Result<Settings, CliError> {
    let (source_limits, xml_limits) = limits(common)?;
    let rules = Selection { select: vec!["input".to_owned()], ignore: Vec::new() }.rules().map_err(|error| CliError::Usage(error.to_string()))?;
    Ok(Settings { rules, source_limits, xml_limits, password: password::find(common)?, ..Settings::default() })
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
fn stdin(args: &LintArgs, limits: &source::Limits) -> Result<Option<Vec<u8>>, CliError> {
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

fn discover(args: &LintArgs, loaded: &Loaded) -> Result<Discovery, CliError> {
    let options = discover::Options { stdin_filename: args.stdin_filename.clone(), exclude: configure::exclude(loaded)? };
    let here = [PathBuf::from(".")];
    Ok(discover::discover(if args.paths.is_empty() { &here } else { &args.paths }, &options))
}

fn write(args: &LintArgs, discovery: &Discovery, settings: &Settings, outcome: &Outcome, baselined: usize) -> Result<(), CliError> {
    let summary = Summary {
        files: outcome.files,
        packages: outcome.packages,
        errors: outcome.count(Severity::Error),
        warnings: outcome.count(Severity::Warning),
        infos: outcome.count(Severity::Info),
        suppressed: outcome.suppressed.len(),
        baselined,
        below_threshold: outcome.below_threshold,
        excluded: discovery.excluded,
    };
    let report = Report {
        targets: settings.targets.iter().map(|target| target.as_str()).collect(),
        summary,
        findings: &outcome.findings,
        errors: &outcome.errors,
        suppressed: &suppressed(outcome),
    };
    let template = template(args)?;
    for (format, file) in output::plan(&args.format, &args.output_file)? {
        let mut out = output::open(file)?;
        let style = report::Style { summary: !args.quiet, template: template.clone(), ..output::style(args.common.color, file.is_some()) };
        report::write(format, &report, &style, &settings.rules, &mut out)?;
        out.flush()?;
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

fn exit_code(args: &LintArgs, fail_on: Severity, outcome: &Outcome) -> u8 {
    if !outcome.errors.is_empty() {
        FAILED
    } else if !args.exit_zero && outcome.findings.iter().any(|finding| finding.severity >= fail_on) {
        FINDINGS
    } else {
        CLEAN
    }
}

/// Says on standard error what could not be read; whether there was anything.
pub(super) fn complain(errors: &[InputError]) -> Result<bool, CliError> {
    errors.iter().try_for_each(|error| writeln!(std::io::stderr(), "ssislint: {}: {}", error.file, error.message))?;
    Ok(!errors.is_empty())
}
