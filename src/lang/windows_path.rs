//! Windows paths as packages name them: a drive, a share, a URL, a variable of the environment.

use std::ops::Range;

/// What a path starts with. Borrowed from the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind<'a> {
    /// Nothing, or blanks.
    Empty,
    /// Counts from the current folder: `data\a.csv`, `.\a.csv`.
    Relative,
    /// Counts from the root of the current drive: `\data\a.csv`.
    Rooted,
    /// `C:\…`, `C:/…` or a bare `C:`.
    Drive {
        /// The letter in upper case.
        letter: char,
    },
    /// Counts from the current folder of a drive: `C:a.csv`.
    DriveRelative {
        /// The letter in upper case.
        letter: char,
    },
    /// `\\host\share\…`.
    Unc {
        /// The server, as written.
        host: &'a str,
        /// The share, empty when missing.
        share: &'a str,
        /// Whether the share is one that only administrators can open: `C$`, `ADMIN$`.
        administrative: bool,
    },
    /// `\\.\…`: a device or a pipe.
    Device,
    /// `https://…`, `file://…`.
    Url,
    /// Starts with a variable of the environment: `%TEMP%\a.csv`.
    Environment {
        /// The name between the percent signs.
        name: &'a str,
    },
}

/// What a path starts with. Both slashes count, and blanks and quotes around it do not.
#[must_use]
pub fn classify(path: &str) -> PathKind<'_> {
    let path = bare(path);
    if path.is_empty() {
        PathKind::Empty
    } else if let Some(rest) = after_slashes(path, 2) {
        behind_two_slashes(rest)
    } else if let Some(letter) = drive_letter(path) {
        let absolute = path.len() == 2 || path.get(2..).is_some_and(|rest| rest.starts_with(is_slash));
        if absolute { PathKind::Drive { letter } } else { PathKind::DriveRelative { letter } }
    } else if path.starts_with(is_slash) {
        PathKind::Rooted
    } else if let Some(name) = leading_variable(path) {
        PathKind::Environment { name }
    } else if is_url(path) {
        PathKind::Url
    } else {
        PathKind::Relative
    }
}

/// Folders below `Users` that belong to nobody, so a service account may open them.
const SHARED_PROFILES: [&str; 4] = ["public", "default", "default user", "all users"];

/// Variables of the environment that lead into the profile of whoever runs the package.
const PROFILE_VARIABLES: [&str; 8] = ["userprofile", "appdata", "localappdata", "homepath", "homedrive", "onedrive", "onedrivecommercial", "onedriveconsumer"];

/// Whether a path leads into the profile of a person: `C:\Users\name\…`, `C:\Documents and Settings\name\…`, `%USERPROFILE%\…`.
///
/// The profiles `Public` and `Default` are no person's, and a `Desktop`, `Downloads` or `OneDrive` folder outside a profile is a folder as any other.
#[must_use]
pub fn is_user_profile(path: &str) -> bool {
    match classify(path) {
        PathKind::Environment { name } => PROFILE_VARIABLES.iter().any(|variable| name.eq_ignore_ascii_case(variable)),
        PathKind::Drive { .. } => is_below_profiles(without_verbatim(bare(path))),
        _ => false,
    }
}

fn is_below_profiles(path: &str) -> bool {
    let mut folders = path.get(2..).unwrap_or_default().split(is_slash).map(str::trim).filter(|folder| !folder.is_empty() && *folder != ".");
    let (Some(root), Some(name)) = (folders.next(), folders.next()) else { return false };
    let holds_profiles = ["users", "documents and settings"].iter().any(|folder| root.eq_ignore_ascii_case(folder));
    // A file right below `C:\Users` is nobody's profile.
    let is_a_file = folders.next().is_none() && name.contains('.') && !path.ends_with(is_slash);
    holds_profiles && !is_a_file && !SHARED_PROFILES.iter().any(|shared| name.eq_ignore_ascii_case(shared))
}

/// Whether a path holds a character that no file name may have: `<`, `>`, `"`, `|`, `?`, `*` or a control character.
///
/// For the types that take a list (`|`) or wildcards, ask about the single entries.
#[must_use]
pub fn has_invalid_characters(path: &str) -> bool {
    without_verbatim(path).chars().any(|character| "<>\"|?*".contains(character) || character.is_ascii_control())
}

/// Where drive and UNC paths stand in the arguments of a process, in bytes, in order and without quotes.
///
/// A path in quotes ends with them; another one ends at a blank, a quote, a comma or a semicolon.
#[must_use]
pub fn paths_in_command_line(arguments: &str) -> Vec<Range<usize>> {
    let bytes = arguments.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if starts_path(bytes, at) {
            let end = path_end(bytes, at);
            found.push(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// A drive letter that no word runs into, or two backslashes and a name.
fn starts_path(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
    match bytes.get(at..).unwrap_or_default() {
        [letter, b':', b'\\' | b'/', ..] => letter.is_ascii_alphabetic() && !before.is_ascii_alphanumeric() && before < 0x80,
        [b'\\', b'\\', host, ..] => !matches!(before, b'\\' | b':') && (host.is_ascii_alphanumeric() || *host >= 0x80),
        _ => false,
    }
}

/// The quote right before a path closes it; every delimiter is ASCII, so the end is on a character.
fn path_end(bytes: &[u8], start: usize) -> usize {
    let quote = start.checked_sub(1).and_then(|before| bytes.get(before)).copied().filter(|before| matches!(before, b'"' | b'\''));
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote || matches!(byte, b'\r' | b'\n'),
        None => byte.is_ascii_whitespace() || b"\"',;|<>".contains(byte),
    };
    bytes.get(start..).and_then(|rest| rest.iter().position(ends)).map_or(bytes.len(), |length| start + length)
}

fn behind_two_slashes(rest: &str) -> PathKind<'_> {
    let mut parts = rest.splitn(3, is_slash);
    let (host, share) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match host {
        "." => PathKind::Device,
        "?" if share.eq_ignore_ascii_case("UNC") => share_of(parts.next().unwrap_or_default()),
        "?" => drive_letter(share).map_or(PathKind::Device, |letter| PathKind::Drive { letter }),
        _ => share_of(rest),
    }
}

/// `host\share\…`, whatever the host is called.
fn share_of(path: &str) -> PathKind<'_> {
    let mut parts = path.splitn(3, is_slash);
    let (host, share) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    PathKind::Unc { host, share, administrative: is_administrative(share) }
}

/// `C$`, `ADMIN$`, `IPC$`; another hidden share is an ordinary one.
fn is_administrative(share: &str) -> bool {
    let Some(name) = share.strip_suffix('$') else { return false };
    name.eq_ignore_ascii_case("admin") || name.eq_ignore_ascii_case("ipc") || (name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn bare(path: &str) -> &str {
    path.trim().trim_matches(['"', '\'']).trim()
}

/// Without the `\\?\` that switches off the reading of a path.
fn without_verbatim(path: &str) -> &str {
    path.strip_prefix("\\\\?\\").unwrap_or(path)
}

const fn is_slash(character: char) -> bool {
    matches!(character, '\\' | '/')
}

fn after_slashes(path: &str, count: usize) -> Option<&str> {
    path.get(..count).filter(|start| start.chars().all(is_slash)).and_then(|_| path.get(count..))
}

fn drive_letter(path: &str) -> Option<char> {
    match path.as_bytes() {
        [letter, b':', ..] if letter.is_ascii_alphabetic() => Some(char::from(letter.to_ascii_uppercase())),
        _ => None,
    }
}

fn leading_variable(path: &str) -> Option<&str> {
    let (name, _) = path.strip_prefix('%')?.split_once('%')?;
    (!name.is_empty() && !name.contains(is_slash)).then_some(name)
}

/// A scheme of two letters at least, for one letter is a drive.
fn is_url(path: &str) -> bool {
    path.split_once("://").is_some_and(|(scheme, _)| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn kinds() {
        let unc = |host, share, administrative| PathKind::Unc { host, share, administrative };
        for (path, kind) in [
            ("", PathKind::Empty),
            (" \"\" ", PathKind::Empty),
            ("a\\b.csv", PathKind::Relative),
            ("..\\a", PathKind::Relative),
            ("\\a", PathKind::Rooted),
            ("c:\\a", PathKind::Drive { letter: 'C' }),
            ("\"D:/a b\"", PathKind::Drive { letter: 'D' }),
            ("E:", PathKind::Drive { letter: 'E' }),
            ("C:a.csv", PathKind::DriveRelative { letter: 'C' }),
            ("\\\\srv\\in\\a.csv", unc("srv", "in", false)),
            ("//srv/c$/x", unc("srv", "c$", true)),
            ("\\\\srv", unc("srv", "", false)),
            ("\\\\srv\\data$\\x", unc("srv", "data$", false)),
            ("\\\\?\\UNC\\srv\\in\\x", unc("srv", "in", false)),
            ("\\\\?\\C:\\x", PathKind::Drive { letter: 'C' }),
            ("\\\\.\\pipe\\x", PathKind::Device),
            ("https://a/b", PathKind::Url),
            ("file:///C:/x", PathKind::Url),
            ("%TEMP%\\x", PathKind::Environment { name: "TEMP" }),
            ("100% done", PathKind::Relative),
            ("é", PathKind::Relative),
        ] {
            assert_eq!(classify(path), kind, "{path}");
        }
    }

    #[test]
    fn profiles() {
        for path in [
            "C:\\Users\\bob\\a.csv",
            "c:/users/bob/Desktop/a.csv",
            "\"D:\\Documents and Settings\\bob\\a\"",
            "%USERPROFILE%\\a",
            "%appdata%",
            "C:\\Users\\bob",
            "C:\\Users\\b.ob\\x",
            "\\\\?\\C:\\Users\\bob\\x",
            "C:\\\\Users\\\\bob\\\\x",
        ] {
            assert!(is_user_profile(path), "{path}");
        }
        for path in [
            "C:\\Users\\Public\\a.csv",
            "C:\\Documents and Settings\\All Users\\a",
            "\\\\srv\\Users\\bob\\Desktop\\a",
            "D:\\Downloads\\a",
            "D:\\OneDrive\\a",
            "%TEMP%\\a",
            "C:\\Users",
            "C:\\Users\\list.csv",
            "",
            "Users\\bob\\x",
            "C:\\UsersData\\bob\\x",
        ] {
            assert!(!is_user_profile(path), "{path}");
        }
    }

    #[test]
    fn command_lines() {
        let paths = |text: &'static str| paths_in_command_line(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(paths("\"C:\\a b\\c.csv\" -o D:\\x /f:E:\\y;z"), ["C:\\a b\\c.csv", "D:\\x", "E:\\y"]);
        assert_eq!(paths("-c 'C:\\a b' \\\\srv\\in\\x http://a/b"), ["C:\\a b", "\\\\srv\\in\\x"]);
        assert!(paths("-F .\\storage.ps1 ftp://x file:///x \\\\.\\pipe\\a").is_empty());
    }

    #[test]
    fn invalid_characters() {
        assert!(["a|b", "C:\\*.csv", "\"C:\\a\"", "a\tb"].iter().all(|path| has_invalid_characters(path)));
        assert!(["C:\\a b\\é.csv", "\\\\?\\C:\\a", ""].iter().all(|path| !has_invalid_characters(path)));
    }

    proptest! {
        #[test]
        fn never_panics(path in "(?:[A-Za-z]:|\\\\|/|\"|'|%|\\?|\\.|UNC|Users|\\$|é| |://){0,20}") {
            let _ = (classify(&path), is_user_profile(&path), has_invalid_characters(&path));
            for range in paths_in_command_line(&path) {
                prop_assert!(path.get(range).is_some());
            }
        }
    }
}
