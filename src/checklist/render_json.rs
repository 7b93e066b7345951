//! The list for programs, and its schema.

use std::io::{self, Write};

use super::Checklist;
use crate::report::harmless_json;

/// Writes the list as one JSON document on one line.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_json(list: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    harmless_json(list, out)?;
    writeln!(out)
}

/// The schema of the document.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Checklist>().to_value()
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn the_schema_in_the_repository_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/ssislint-checklist.schema.json");
        let fresh = format!("{:#}\n", schema());
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(path, &fresh).expect("the schema can be written");
        }
        let checked_in = std::fs::read_to_string(path).expect("the schema is checked in");
        assert!(checked_in.replace('\r', "") == fresh, "the schema is stale: run the tests once with UPDATE_SCHEMA=1");
    }
}
