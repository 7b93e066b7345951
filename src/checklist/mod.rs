//! The deployment prerequisites that no lint can decide: accounts, servers, folders, providers, values and passwords that the packages ask for, and what
//! to do about each where they are going to run. Nothing here says that something is wrong.
//!
//! Every item stands once, however many packages ask for it; a value counts as it will be when the package runs, as far as the files say. A piece that
//! is not known is shown as `…`, with what decides it. One file per group of items; the advice per target stands in `advice.rs`.

mod access;
mod accounts;
mod advice;
mod builder;
mod children;
mod components;
mod configurations;
mod database_features;
mod endpoints;
mod features;
mod files;
mod inputs;
mod parameters;
mod passwords;
mod programs;
mod providers;
mod proxies;
mod render_human;
mod render_json;
mod render_markdown;
mod servers;
mod transactions;

pub use builder::Builder;
pub use render_human::write_human;
pub use render_json::{schema, write_json};
pub use render_markdown::write_markdown;

use schemars::JsonSchema;
use serde::Serialize;

/// What has to be there before the packages run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "ssislint checklist")]
pub struct Checklist {
    /// Version of this format. It changes when a key goes away or changes its meaning; new keys may come at any time.
    pub version: u32,
    /// The selected targets.
    pub targets: Vec<&'static str>,
    /// Packages that were read.
    pub packages: usize,
    /// The items, by what they are about; groups without items are left out.
    pub groups: Vec<Group>,
    /// Documents that could not be read, so that their items are missing.
    pub errors: Vec<Unread>,
}

/// Items about one thing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// Its name, for programs.
    pub name: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// The items, in a fixed order.
    pub items: Vec<Item>,
}

/// Something that has to be there.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Item {
    /// What it is.
    pub what: String,
    /// More about it, by name.
    pub details: Vec<Detail>,
    /// What to do, each text once, with the targets that it is for.
    pub actions: Vec<Action>,
    /// The objects that ask for it, the first ones when there are many.
    pub objects: Vec<Place>,
    /// How many objects ask for it.
    pub object_count: usize,
}

/// One side of an item: its databases, its files, what decides its value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Detail {
    /// What the values are, as `databases`.
    pub name: &'static str,
    /// The values, the first ones when there are many.
    pub values: Vec<String>,
    /// How many there are.
    pub count: usize,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Action {
    /// Where it has to be done.
    pub targets: Vec<&'static str>,
    /// What to do there.
    pub text: &'static str,
}

/// An object that asks for something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The entry, when the file is an archive.
    pub member: Option<String>,
    /// Its path in the designer's words; empty when it is the whole document.
    pub object: String,
}

/// A document that could not be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unread {
    /// The document.
    pub file: String,
    /// Why.
    pub message: String,
}

/// What items are about, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Topic {
    Accounts,
    Servers,
    DatabaseFeatures,
    Proxies,
    Files,
    Programs,
    Providers,
    Components,
    Editions,
    Parameters,
    Configurations,
    Passwords,
    Transactions,
    Children,
    Target,
}

impl Topic {
    /// Name and title.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Accounts => ("accounts", "Accounts and rights"),
            Self::Servers => ("servers", "Servers to reach"),
            Self::DatabaseFeatures => ("database-features", "Features of the database servers"),
            Self::Proxies => ("proxies", "Connections by proxy"),
            Self::Files => ("files", "Folders and files"),
            Self::Programs => ("programs", "Programs to run"),
            Self::Providers => ("providers", "Providers and drivers"),
            Self::Components => ("components", "Components to install"),
            Self::Editions => ("editions", "Editions of SQL Server"),
            Self::Parameters => ("parameters", "Parameters to set"),
            Self::Configurations => ("configurations", "Configurations to provide"),
            Self::Passwords => ("passwords", "Passwords to supply"),
            Self::Transactions => ("transactions", "Distributed transactions"),
            Self::Children => ("child-packages", "Packages outside the project"),
            Self::Target => ("target", "The target itself"),
        }
    }
}

/// Every group adds what it finds in a project.
const GROUPS: [fn(&builder::Source<'_, '_>, &mut builder::Drafts); 14] = [
    accounts::add,
    servers::add,
    database_features::add,
    proxies::add,
    files::add,
    programs::add,
    providers::add,
    components::add,
    parameters::add,
    configurations::add,
    passwords::add,
    transactions::add,
    children::add,
    features::add,
];
