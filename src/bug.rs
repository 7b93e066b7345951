//! A panic is a bug in the linter. It costs the step that it happens in and nothing else, and what is said of it comes from the linter alone: the
//! message of a panic may quote the package.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use crate::finding::InputError;

thread_local! {
    /// How many guards this thread is inside of.
    static GUARDS: Cell<usize> = const { Cell::new(0) };
    /// Where in the linter this thread panicked last.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A step that panicked.
#[derive(Debug)]
pub(crate) struct Bug {
    place: Option<String>,
}

/// Runs a step that may have a bug. Nothing it shares with others may be left half done when it stops anywhere.
pub(crate) fn guard<T>(step: impl FnOnce() -> T) -> Result<T, Bug> {
    silence();
    GUARDS.set(GUARDS.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(step));
    GUARDS.set(GUARDS.get() - 1);
    result.map_err(|_| Bug { place: PLACE.take() })
}

/// Keeps what panics inside of guards say off standard error; others speak as before.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| if GUARDS.get() == 0 { before(info) } else { remember(info) }));
    });
}

fn remember(info: &PanicHookInfo<'_>) {
    PLACE.set(info.location().map(ToString::to_string));
}

impl Bug {
    /// The error for a document, in the rule of that name when it was one.
    pub(crate) fn error(&self, file: String, rule: Option<&str>) -> InputError {
        let step = rule.map(|rule| format!(" in the rule `{rule}`")).unwrap_or_default();
        InputError { file, message: format!("not fully linted because of {self}{step}; {}", Self::REQUEST) }
    }

    /// What the user is asked to do.
    pub(crate) const REQUEST: &str = concat!("please report it at ", env!("CARGO_PKG_REPOSITORY"), "/issues, with the file if you may share it");
}

impl fmt::Display for Bug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a bug in ssislint {}", env!("CARGO_PKG_VERSION"))?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " (at {place})"))
    }
}
