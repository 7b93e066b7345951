//! The rules against their pages and against every fixture: what a page says is what the rule does.

mod catalogue;
mod fixtures;
mod options;
mod pages;
mod parity;
mod projects;
mod seeds;
mod sessions;
mod severities;
mod support;
