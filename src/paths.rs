//! Paths of the file system, compared without asking it.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::finding::FileRef;

/// The absolute form, without `.` and `..`. Links are not followed; where the working directory is unknown the path stays relative.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.components().fold(PathBuf::new(), |mut folded, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = folded.pop(),
            part => folded.push(part),
        }
        folded
    })
}

/// A path as findings show it: from the working directory where it lies below or near, with `/`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let absolute = absolute(path);
    let relative = relative(&self::absolute(Path::new("")), &absolute);
    if relative.starts_with("../../..") { slashes(&absolute) } else { relative }
}

/// A path seen from a folder, with `/` and, as far as needed, `..`. Both must be [`absolute`]; what lies on another drive stays absolute.
#[must_use]
pub fn relative(folder: &Path, path: &Path) -> String {
    let common = folder.components().zip(path.components()).take_while(|(left, right)| left == right).count();
    if common == 0 {
        return slashes(path);
    }
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The path with `/`, as findings show it. Only on Windows is `\` a separator.
#[must_use]
pub fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::is_separator, "/") }
}

/// A glob of files relative to a folder. It matches with either separator and in any case, and a folder stands for all that is in it.
#[derive(Clone, Debug)]
pub struct FileGlob(GlobSet);

impl FileGlob {
    /// The glob `pattern` seen from an [`absolute`] folder.
    ///
    /// # Errors
    ///
    /// When it is no glob.
    pub fn new(folder: &Path, pattern: &str) -> Result<Self, globset::Error> {
        let pattern = pattern.replace('\\', "/");
        let mut pattern = pattern.trim_start_matches("./").trim_end_matches('/');
        let mut folder = folder;
        while let Some((rest, above)) = pattern.strip_prefix("../").zip(folder.parent()) {
            (pattern, folder) = (rest, above);
        }
        let folder = slashes(folder);
        let whole = format!("{}/{pattern}", globset::escape(folder.trim_end_matches('/')));
        let glob = |pattern: &str| GlobBuilder::new(pattern).case_insensitive(true).literal_separator(true).build();
        // An error speaks of what was written.
        glob(pattern)?;
        GlobSetBuilder::new().add(glob(&whole)?).add(glob(&format!("{whole}/**"))?).build().map(Self)
    }

    /// Whether it matches the document; of an archive, the archive itself or the member seen as a file in it.
    #[must_use]
    pub fn matches(&self, file: &FileRef) -> bool {
        let path = slashes(&absolute(Path::new(&file.file)));
        self.0.is_match(&path) || file.member.as_ref().is_some_and(|member| self.0.is_match(format!("{path}/{member}")))
    }

    /// Whether it matches a file or folder.
    #[must_use]
    pub fn matches_path(&self, path: &Path) -> bool {
        self.0.is_match(slashes(&absolute(path)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_relative_to_their_folder() {
        let matches = |folder: &str, pattern: &str, file: &str| {
            let glob = FileGlob::new(&absolute(Path::new(folder)), pattern).expect("a glob");
            glob.matches(&FileRef { file: file.to_owned(), member: None })
        };
        for (folder, pattern, file) in [
            ("etl", "legacy\\**", "etl/legacy/a/b.dtsx"),
            ("etl", "legacy", "etl/legacy/a/b.dtsx"),
            ("etl", "legacy/", "etl/Legacy/b.dtsx"),
            ("", "**/*.ISPAC", "a/b/c.ispac"),
            ("a [b]", "*.dtsx", "a [b]/c.dtsx"),
            ("..", "**/x.dtsx", "x.dtsx"),
            ("shared/base", "../../etl/*.dtsx", "etl/a.dtsx"),
        ] {
            assert!(matches(folder, pattern, file), "{pattern} in {folder} matches {file}");
        }
        for (folder, pattern, file) in [("etl", "legacy/**", "legacy/a.dtsx"), ("", "*.dtsx", "a/b.dtsx"), ("", "leg", "legacy/a.dtsx")] {
            assert!(!matches(folder, pattern, file), "{pattern} in {folder} does not match {file}");
        }
        assert!(FileGlob::new(Path::new(""), "a[").is_err());
    }

    #[test]
    fn members_of_archives_can_be_named() {
        let glob = |pattern: &str| FileGlob::new(&absolute(Path::new("")), pattern).expect("a glob");
        let member = FileRef { file: "out/Sales.ispac".into(), member: Some("Load.dtsx".into()) };
        assert!(glob("out/*.ispac").matches(&member) && glob("**/Load.dtsx").matches(&member) && !glob("**/Other.dtsx").matches(&member));
    }

    #[test]
    fn paths_are_seen_from_a_folder() {
        let root = absolute(Path::new("/"));
        for (folder, path, shown) in [("a/b", "a/b/c.dtsx", "c.dtsx"), ("a/b", "a/c.dtsx", "../c.dtsx"), ("", "a/c.dtsx", "a/c.dtsx"), ("a", "a", "")] {
            assert_eq!(relative(&root.join(folder), &root.join(path)), shown, "{path} from {folder}");
        }
    }

    #[test]
    fn dots_are_folded() {
        let here = absolute(Path::new("."));
        assert_eq!(absolute(Path::new("a/../b/./c")), here.join("b").join("c"));
        assert_eq!(absolute(Path::new("")), here);
        assert!(here.is_absolute());
    }
}
