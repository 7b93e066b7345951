//! Rules of the category `input`.

pub(super) mod damaged_archive;
pub(super) mod limit_exceeded;
pub(super) mod malformed_xml;
pub(super) mod unsupported_file;
