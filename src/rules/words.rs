//! Lists of names in messages.

/// How many names a message lists.
const LISTED: usize = 3;

/// Names in words: `A`, `B`, `C` and 4 more.
pub(super) fn listed<N: AsRef<str>>(names: &[N]) -> String {
    listed_up_to(LISTED, names)
}

/// The same with another number of names.
pub(super) fn listed_up_to<N: AsRef<str>>(most: usize, names: &[N]) -> String {
    let shown: Vec<String> = names.iter().take(most).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = names.len().saturating_sub(most);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}
