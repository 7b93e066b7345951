//! Ctrl-C: what is half done is undone, and the program ends.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// As shells number it: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

type Action = Box<dyn FnOnce() + Send>;

/// What is to be undone, by number.
static PENDING: Mutex<BTreeMap<u64, Action>> = Mutex::new(BTreeMap::new());

/// An action that runs when this is dropped or the program is interrupted, whichever comes first.
pub(super) struct Undo(u64);

impl Undo {
    pub(super) fn new(action: impl FnOnce() + Send + 'static) -> Self {
        watch();
        let mut pending = pending();
        let number = pending.last_key_value().map_or(0, |(last, _)| last + 1);
        pending.insert(number, Box::new(action));
        Self(number)
    }

    /// Leaves everything as it is.
    pub(super) fn forget(self) {
        pending().remove(&self.0);
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        let action = pending().remove(&self.0);
        // The lock is free again: an action may take its time.
        if let Some(action) = action {
            action();
        }
    }
}

fn pending() -> MutexGuard<'static, BTreeMap<u64, Action>> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on an interruption undoes first. Where it was switched off before, as for a job in the background, it stays so.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| _ = ctrlc::try_set_handler(interrupted));
}

#[expect(clippy::exit, reason = "an interruption ends the program wherever it stands")]
fn interrupted() {
    // Locked to the end, so that nobody draws once more or believes to be done.
    let (_quiet, mut pending) = (std::io::stderr().lock(), pending());
    std::mem::take(&mut *pending).into_values().for_each(|action| action());
    std::process::exit(INTERRUPTED)
}
