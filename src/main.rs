//! The `ssislint` program: arguments in, exit code out.

use std::process::ExitCode;

/// Reading packages asks for very many small pieces of memory; this allocator hands them out faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ssislint::cli::run(std::env::args_os())
}
