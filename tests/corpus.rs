//! What the program says of real packages. Runs on the folder named by `SSISLINT_CORPUS`; skipped when it is unset.

mod corpus {
    pub(crate) mod findings;
    pub(crate) mod inspect;
    pub(crate) mod snapshot;
}

use std::io::Write;
use std::path::PathBuf;

/// Where the real packages are, if they are.
fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("SSISLINT_CORPUS").map(PathBuf::from);
    if path.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: SSISLINT_CORPUS is not set");
    }
    path
}
