//! How far a long run has come: one line on standard error, on a terminal only, that is gone at the end.

use std::convert::Infallible;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::interrupt::Undo;

/// A run that is over sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(100);
/// Columns that the line takes at most.
const WIDTH: usize = 39;

/// Shows how many projects are done, until it is dropped.
pub(super) struct Progress {
    done: Arc<AtomicUsize>,
    /// Who draws the line, and what ends it by being dropped.
    line: Option<(Sender<Infallible>, JoinHandle<()>)>,
}

impl Progress {
    /// `wanted` or not, it is not shown where nobody looks.
    pub(super) fn start(wanted: bool, total: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let line = (wanted && io::stderr().is_terminal()).then(|| {
            let (end, ended) = mpsc::channel();
            let done = Arc::clone(&done);
            (end, thread::spawn(move || draw(&done, total, &ended)))
        });
        Self { done, line }
    }

    /// One more project is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, line)) = self.line.take() {
            drop(end);
            // It has nothing to tell.
            _ = line.join();
        }
    }
}

fn draw(done: &AtomicUsize, total: usize, ended: &Receiver<Infallible>) {
    let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !goes_on(PATIENCE) {
        return;
    }
    let _erased_at_the_end = Undo::new(|| show(""));
    loop {
        show(&text(done.load(Ordering::Relaxed), total));
        if !goes_on(INTERVAL) {
            return;
        }
    }
}

fn text(done: usize, total: usize) -> String {
    format!("{done} of {total} projects linted")
}

/// Writes over the line. Blanks erase on every terminal, and the cursor is left where other output may begin.
fn show(text: &str) {
    let mut out = io::stderr().lock();
    // A terminal that has gone needs no progress.
    _ = write!(out, "\r{text:WIDTH$.WIDTH$}\r").and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_fits_into_a_narrow_terminal() {
        assert_eq!(text(12, 800), "12 of 800 projects linted");
        assert!(text(1_000_000, 1_000_000).len() <= WIDTH);
    }

    #[test]
    fn nothing_is_drawn_where_it_is_not_wanted() {
        let progress = Progress::start(false, 2);
        progress.step();
        assert!(progress.line.is_none() && progress.done.load(Ordering::Relaxed) == 1);
    }
}
