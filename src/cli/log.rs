//! `-v`: what a run does, on standard error. It speaks of files, configurations and times, and of nothing that stands in a package.

use std::time::{Duration, Instant};

use super::CliError;
use super::configure::Job;
use super::lint::note;
use crate::config::Loaded;
use crate::discover::{Discovery, Group};

/// The log, when it was asked for.
pub(super) struct Log {
    wanted: bool,
    /// When the phase began.
    since: Instant,
}

impl Log {
    /// Starts the clock.
    pub(super) fn new(wanted: bool) -> Self {
        Self { wanted, since: Instant::now() }
    }

    /// What is read by which configuration, and what is not.
    pub(super) fn job(&self, job: &Job) -> Result<(), CliError> {
        if !self.wanted {
            return Ok(());
        }
        for (group, settings) in job.discovery.groups.iter().zip(&job.plan.groups) {
            project(group, &job.loaded[*settings])?;
        }
        left_out(&job.discovery)
    }

    /// Ends a phase.
    pub(super) fn phase(&mut self, name: &str) -> Result<(), CliError> {
        let taken = std::mem::replace(&mut self.since, Instant::now()).elapsed();
        if self.wanted { note(&format!("{name} took {}", milliseconds(taken))) } else { Ok(()) }
    }
}

fn project(group: &Group, loaded: &Loaded) -> Result<(), CliError> {
    let name = group.files.first().map_or("", |file| file.display.as_str());
    note(&format!("project of {name}: {}", loaded.origin()))?;
    group.files.iter().try_for_each(|file| note(&format!("reads {}{}", file.display, if file.requested { "" } else { " (context)" })))
}

fn left_out(discovery: &Discovery) -> Result<(), CliError> {
    discovery.skipped.iter().try_for_each(|name| note(&format!("skips {name}")))?;
    discovery.excluded.iter().try_for_each(|name| note(&format!("skips {name}, which the configuration excludes")))
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
