//! The program as its users meet it: exit codes, options, output, and files that are not what they seem.

mod inputs;
mod options;
mod output;
mod support;
