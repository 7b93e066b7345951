//! `ssislint` inspects SQL Server Integration Services files and reports, before deployment, what will fail where they are going to run.
//!
//! The rooms and the arrows between them: `cli → lint → rules → analysis → model ← dtsx ← xml ← source`. Rules never see XML, the model
//! never sees a file, reports never see a model. `diagnose` stands beside `lint`: it reads logs of failed runs, and knows packages by their findings only.

pub mod analysis;
pub mod baseline;
mod bug;
pub mod checklist;
pub mod cli;
pub mod config;
pub mod custom;
pub mod decrypt;
pub mod diagnose;
pub mod discover;
pub mod dtsx;
pub mod finding;
pub mod inspect;
pub mod lang;
pub mod lint;
pub mod masks;
pub mod model;
pub mod paths;
pub mod report;
pub mod rules;
pub mod secret;
pub mod source;
pub mod span;
pub mod support;
pub mod suppress;
pub mod target;
pub mod xml;
