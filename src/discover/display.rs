//! Paths as findings show them.

use std::path::Path;

/// The path with `/`, without a leading `./`, without `/` or `/.` at its end; empty for the working directory. What is not Unicode is replaced.
pub(super) fn of(path: &Path) -> String {
    let text = crate::paths::slashes(path);
    let mut rest = text.as_str();
    while let Some(after) = rest.strip_prefix("./") {
        rest = after.trim_start_matches('/');
    }
    let mut trimmed = rest.trim_end_matches('/');
    while let Some(before) = trimmed.strip_suffix("/.") {
        trimmed = before.trim_end_matches('/');
    }
    match trimmed {
        "." => String::new(),
        "" if text.starts_with('/') => "/".into(),
        _ => trimmed.into(),
    }
}

/// A file below a folder, both as shown.
pub(super) fn join(folder: &str, name: &str) -> String {
    let separator = if folder.is_empty() || folder.ends_with('/') { "" } else { "/" };
    [folder, separator, name].concat()
}

/// A relative path, with `/`, seen from a folder; `..` is resolved as far as the folder's own name allows.
pub(super) fn resolve(folder: &str, relative: &str) -> String {
    let mut shown = folder.to_owned();
    for part in relative.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let last = shown.rsplit('/').next().unwrap_or_default();
        if part == ".." && !matches!(last, "" | "..") {
            shown.truncate(shown.rfind('/').map_or(0, |slash| slash.max(usize::from(shown.starts_with('/')))));
        } else {
            shown = join(&shown, part);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_given() {
        for (given, shown) in [
            ("./etl//x/", "etl//x"),
            (".", ""),
            ("./", ""),
            ("././A.dtsx", "A.dtsx"),
            ("../etl", "../etl"),
            ("/", "/"),
            ("/a/", "/a"),
            ("a/./.", "a"),
            ("/.", "/"),
        ] {
            assert_eq!(of(Path::new(given)), shown, "{given}");
        }
        assert_eq!((join("", "a"), join("/", "a"), join("x", "a")), ("a".into(), "/a".into(), "x/a".into()));
    }

    #[test]
    fn relative_paths_are_resolved() {
        for (folder, relative, shown) in
            [("a/b", "../c.x", "a/c.x"), ("a", "../c.x", "c.x"), ("", "../c.x", "../c.x"), ("..", "../c", "../../c"), ("/a", "../c", "/c")]
        {
            assert_eq!(resolve(folder, relative), shown, "{folder} {relative}");
        }
        assert_eq!(resolve("a", "./Sub//c.x"), "a/Sub/c.x");
    }
}
