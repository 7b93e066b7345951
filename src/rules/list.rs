//! The list of all rules, in order of their ids.

use super::Rule;

/// Every rule.
pub static ALL: &[&Rule] = &[];

/// The rule of that name or id, without regard to case.
#[must_use]
pub fn find(name_or_id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name.eq_ignore_ascii_case(name_or_id) || rule.id.eq_ignore_ascii_case(name_or_id))
}
