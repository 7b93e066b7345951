//! The command line: what the words mean, and one file per subcommand.

mod baseline;
mod checklist;
mod completions;
mod configurations;
mod configure;
mod diagnose;
mod explain;
mod init;
mod inspect;
mod interrupt;
mod lint;
mod log;
mod man;
mod output;
mod password;
mod progress;
mod rules;
mod show;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::bug::{self, Bug};
use crate::finding::Severity;
use crate::report::Format;
use crate::rules::Target;

/// Nothing at or above the severity that fails.
const CLEAN: u8 = 0;
/// Findings at or above it.
const FINDINGS: u8 = 1;
/// Bad usage, a path that does not exist, a file that could not be read, or a bug.
const FAILED: u8 = 2;

/// Finds what will fail in SQL Server Integration Services files where they are going to run.
#[derive(Debug, Parser)]
#[command(name = "ssislint", version, about, args_conflicts_with_subcommands = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    lint: LintArgs,
}

const AFTER_HELP: &str = "Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 bad usage, or a file that could not be read.";

#[derive(Debug, Subcommand)]
enum Command {
    /// List all rules.
    Rules(RulesArgs),
    /// Explain a rule (its page, offline), a runtime code or an error message.
    Explain(ExplainArgs),
    /// Explain a failed run from its log, with the packages when they are given.
    #[command(after_help = "Exit codes: 0 the log was read, whatever it says; 2 bad usage, or a file that could not be read.")]
    Diagnose(DiagnoseArgs),
    /// Show what the files hold: packages, tasks, connections, variables.
    Inspect(InspectArgs),
    /// List what has to be there before the packages run: accounts, servers, folders, providers, values, passwords.
    #[command(after_help = "Exit codes: 0 the list was written; 2 bad usage, or a file that could not be read.")]
    Checklist(ChecklistArgs),
    /// Write a commented `ssislint.toml` to start from.
    Init,
    /// Keep known findings in a file, so that only new ones fail.
    Baseline(Box<baseline::BaselineArgs>),
    /// Print what a shell needs to complete commands.
    Completions(CompletionsArgs),
    /// Print the manual page.
    #[command(hide = true)]
    Man,
}

/// Arguments of the main job.
#[derive(Debug, Args)]
struct LintArgs {
    /// Files and folders: .dtsx, .dtsxp, .ispac, .dtproj, .conmgr, .params, .dtsConfig; `-` for standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the findings; may be repeated, each format with an output file of its own but for the first. [default: human]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Vec<Format>,
    /// Write to a file instead of standard output; may be repeated: the last file takes the last format, and so on.
    #[arg(long, value_name = "FILE")]
    output_file: Vec<PathBuf>,
    /// The template of `--format template`: MiniJinja over the JSON document.
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Run these rules instead of the default set: names, ids, categories, `all`, `pedantic`. What cannot be read is reported in any case.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Where the packages are going to run. [default: agent,ssisdb]
    #[arg(long, value_enum, value_name = "TARGET", value_delimiter = ',')]
    target: Vec<Target>,
    /// Do not report findings below this severity. [default: info]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    min_severity: Option<Severity>,
    /// Exit with 1 when there are findings of this severity or above. [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Severity>,
    /// Exit with 0 even when there are findings.
    #[arg(long)]
    exit_zero: bool,
    /// Do not report findings that this file knows; `ssislint baseline write` makes it.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Name of the file that standard input stands for.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    configuration: ConfigurationArgs,
    /// Print the settings of every project and where they come from, and lint nothing.
    #[arg(long)]
    show_settings: bool,
    /// Print the files that would be linted, by project, and lint nothing.
    #[arg(long)]
    show_files: bool,
    /// Print findings only: no summary, no notes.
    #[arg(short, long)]
    quiet: bool,
    /// Say on standard error which files are read, which configuration holds for them, what is skipped and what takes how long.
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    #[command(flatten)]
    common: CommonArgs,
}

/// Where configurations come from.
#[derive(Debug, Args)]
struct ConfigurationArgs {
    /// A configuration file for all projects instead of those that are found, or KEY=VALUE to set one key on top of each; may be repeated.
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    config: Vec<String>,
    /// Use no configuration file.
    #[arg(long)]
    no_config: bool,
}

/// Arguments of every job that reads files.
#[derive(Debug, Args)]
struct CommonArgs {
    /// Colours in the output.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    color: ColorChoice,
    /// Raise or lower a limit on input: file-size, member-size, archive-size, ratio, members, depth, attributes, elements.
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_limit)]
    limit: Vec<(String, u64)>,
    /// Open what is encrypted with the password on the first line of this file. [default: the environment variable SSISLINT_PASSWORD]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Ask for that password on the terminal, without showing it.
    #[arg(long, conflicts_with = "password_file")]
    ask_password: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Args)]
struct RulesArgs {
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = RulesFormat::Human)]
    format: RulesFormat,
    /// List the team's own rules of this configuration file instead of the one that holds here.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// List the built-in rules only.
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RulesFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// A table with links to the pages, as the README has it.
    Markdown,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// Name or id of a rule; a code in any notation (0xC0016016, -1073651690, DTS_E_UNPROTECTXMLFAILED, 27184); a part of a message.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
}

#[derive(Debug, Args)]
struct DiagnoseArgs {
    /// What there is of the run: job history, console output of dtexec, a CSV of catalog.operation_messages or catalog.event_messages, what a log
    /// provider wrote (text, XML, rows of sysssislog), the output of an activity in JSON, text of the designer; `-` for standard input.
    #[arg(value_name = "LOG")]
    log: PathBuf,
    /// The packages that ran: files and folders.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print the diagnosis.
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
    /// Where the packages ran. [default: agent,ssisdb]
    #[arg(long, value_enum, value_name = "TARGET", value_delimiter = ',')]
    target: Vec<Target>,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Debug, Args)]
struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
struct InspectArgs {
    /// Files and folders.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print what they hold.
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
    /// Print who reads and who writes which variable and parameter.
    #[arg(long, conflicts_with = "effective")]
    references: bool,
    /// Print what the properties with an expression or a configuration will be, and who can change them where.
    #[arg(long)]
    effective: bool,
    #[command(flatten)]
    configuration: ConfigurationArgs,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Debug, Args)]
struct ChecklistArgs {
    /// Files and folders.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = ChecklistFormat::Human)]
    format: ChecklistFormat,
    /// Write to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    /// Where the packages are going to run. [default: agent,ssisdb]
    #[arg(long, value_enum, value_name = "TARGET", value_delimiter = ',')]
    target: Vec<Target>,
    #[command(flatten)]
    configuration: ConfigurationArgs,
    #[command(flatten)]
    common: CommonArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ChecklistFormat {
    /// For people.
    Human,
    /// With boxes to tick, for a ticket or a wiki.
    Markdown,
    /// For programs: one JSON document, version 1.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

fn parse_limit(text: &str) -> Result<(String, u64), String> {
    const NAMES: [&str; 8] = ["file-size", "member-size", "archive-size", "ratio", "members", "depth", "attributes", "elements"];
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if !NAMES.contains(&name) {
        return Err(format!("no limit is called `{name}`; there are {}", NAMES.join(", ")));
    }
    value.replace('_', "").parse().map(|value| (name.to_owned(), value)).map_err(|_| format!("`{value}` is no whole number"))
}

/// What went wrong outside of any document; ends the run with exit code 2.
#[derive(Debug, thiserror::Error)]
enum CliError {
    /// Output could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] std::io::Error),
    /// Output file could not be made.
    #[error("cannot write to `{0}`: {1}")]
    OutputFile(String, std::io::Error),
    /// The configuration cannot be used.
    #[error("{0}")]
    Config(#[from] crate::config::ConfigError),
    /// Anything about the arguments.
    #[error("{0}")]
    Usage(String),
    /// The program does not work.
    #[error("stopped by {0}; {request}", request = Bug::REQUEST)]
    Bug(Bug),
}

impl From<serde_json::Error> for CliError {
    /// What is written can always be turned into JSON: it is the stream that failed.
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

/// Runs the program on its arguments, the program's name first, and gives its exit code.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` come this way too, with exit code 0. Nothing can be done when the stream is closed.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    // Bugs in documents have been caught before: this one is in the way there or in the report.
    let result = bug::guard(|| command(cli)).unwrap_or_else(|bug| Err(CliError::Bug(bug)));
    match result {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough, as `head`, is no failure.
        Err(CliError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(CLEAN),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "ssislint: {error}");
            ExitCode::from(FAILED)
        }
    }
}

fn command(cli: Cli) -> Result<u8, CliError> {
    match cli.command {
        None => lint::run(&cli.lint),
        Some(Command::Rules(args)) => rules::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Diagnose(args)) => diagnose::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Checklist(args)) => checklist::run(&args),
        Some(Command::Init) => init::run(),
        Some(Command::Baseline(args)) => baseline::run(*args),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man) => man::run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn limits_are_read() {
        assert_eq!(parse_limit("depth=1_000"), Ok(("depth".to_owned(), 1000)));
        assert!(parse_limit("deep=1").is_err());
        assert!(parse_limit("depth=x").is_err());
    }
}
