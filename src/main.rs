//! The `ssislint` program: arguments in, exit code out.

fn main() {}
