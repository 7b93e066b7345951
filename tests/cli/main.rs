//! The program as its users meet it: exit codes, options, output, and files that are not what they seem.

mod inputs;
mod limits;
mod options;
mod output;
mod places;
mod support;
