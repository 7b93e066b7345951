//! The `ssislint` program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ssislint::cli::run(std::env::args_os())
}
