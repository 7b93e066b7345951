//! Rules of the category `input`.

pub(super) mod damaged_archive;
pub(super) mod expired_suppression;
pub(super) mod invalid_suppression;
pub(super) mod limit_exceeded;
pub(super) mod malformed_xml;
pub(super) mod unsupported_file;
pub(super) mod unused_suppression;
