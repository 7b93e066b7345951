use std::fs;

use tempfile::TempDir;

use super::*;
use crate::source::ProblemKind;

/// Files below a new folder; their paths in results are shown below `~`.
struct Tree(TempDir);

impl Tree {
    fn new(files: &[&str]) -> Self {
        let tree = Self(tempfile::tempdir().expect("a folder"));
        for file in files {
            tree.write(file, "<x/>");
        }
        tree
    }

    fn write(&self, file: &str, content: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, content).expect("written");
    }

    fn project(&self, file: &str, listed: &[&str]) {
        let item = |name: &&str| match name.contains(['\\', '/']) {
            true => format!("<DtsPackage><FullPath>{name}</FullPath></DtsPackage>"),
            false if name.ends_with(".conmgr") => format!("<SSIS:ConnectionManager SSIS:Name=\"{name}\"/>"),
            false => format!("<SSIS:Package SSIS:Name=\"{name}\"/>"),
        };
        self.write(file, &format!("<Project>{}</Project>", listed.iter().map(item).collect::<String>()));
    }

    fn find_with(&self, paths: &[&str], options: &Options) -> Discovery {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.0.path().join(path)).collect();
        discover(&paths, options)
    }

    /// Each group as its files parted by blanks; context in parentheses, `=` in front of a complete one.
    fn find(&self, paths: &[&str]) -> Vec<String> {
        let discovery = self.find_with(paths, &Options::default());
        assert_eq!((discovery.problems.len(), discovery.errors.len()), (0, 0), "{discovery:?}");
        self.show(&discovery)
    }

    fn show(&self, discovery: &Discovery) -> Vec<String> {
        let prefix = format!("{}/", display::of(self.0.path()));
        let shown = |file: &GroupFile| {
            let name = file.display.strip_prefix(&prefix).unwrap_or(&file.display);
            if file.requested { name.to_owned() } else { format!("({name})") }
        };
        let group = |group: &Group| format!("{}{}", if group.complete { "=" } else { "" }, group.files.iter().map(shown).collect::<Vec<_>>().join(" "));
        discovery.groups.iter().map(group).collect()
    }
}

#[test]
fn loose_files_of_a_folder_belong_together() {
    let tree = Tree::new(&["b/B.dtsx", "b/A.DTSX", "b/x.dtsConfig", "b/readme.md", "a/P.dtsxp"]);
    assert_eq!(tree.find(&["."]), ["a/P.dtsxp", "b/A.DTSX b/B.dtsx b/x.dtsConfig"]);
}

#[test]
fn build_output_and_tool_folders_are_skipped_unless_named() {
    let tree = Tree::new(&["A.dtsx", "Bin/Dev/A.dtsx", "x/OBJ/A.dtsx", ".git/A.dtsx", ".vs/A.dtsx", "bin2/A.dtsx"]);
    assert_eq!(tree.find(&["."]), ["A.dtsx", "bin2/A.dtsx"]);
    assert_eq!(tree.find(&["Bin"]), ["Bin/Dev/A.dtsx"]);
    assert_eq!(tree.find(&["x/OBJ/A.dtsx"]), ["x/OBJ/A.dtsx"]);
}

#[test]
fn an_archive_is_a_group_of_its_own() {
    let tree = Tree::new(&["A.dtsx", "out.ispac", "two.ispac"]);
    assert_eq!(tree.find(&["."]), ["A.dtsx", "=out.ispac", "=two.ispac"]);
    assert_eq!(tree.find(&["out.ispac"]), ["=out.ispac"]);
    assert_eq!(tree.find(&["A.dtsx"]), ["A.dtsx"]);
}

#[test]
fn a_single_project_takes_its_folder_and_what_it_lists() {
    let tree =
        Tree::new(&["p/A.dtsx", "p/Unlisted.dtsx", "p/DW.conmgr", "p/Project.params", "p/c.dtsConfig", "p/Sub/X.dtsx", "p/Sub/Y.dtsx", "p/P.dtproj.user"]);
    tree.project("p/P.dtproj", &["a.DTSX", "DW.conmgr", "Sub\\X.dtsx", "Gone.dtsx"]);
    let project = "=p/A.dtsx p/DW.conmgr p/P.dtproj p/Project.params p/Sub/X.dtsx p/Unlisted.dtsx p/c.dtsConfig";
    assert_eq!(tree.find(&["."]), [project, "p/Sub/Y.dtsx"]);
    let named = tree.find(&["p/P.dtproj"]);
    assert_eq!(named, [project]);
}

#[test]
fn a_named_file_brings_its_project() {
    let tree = Tree::new(&["p/A.dtsx", "p/B.dtsx", "p/out.ispac"]);
    tree.project("p/P.dtproj", &["A.dtsx"]);
    assert_eq!(tree.find(&["p/B.dtsx"]), ["=(p/A.dtsx) p/B.dtsx (p/P.dtproj)"]);
    assert_eq!(tree.find(&["p/B.dtsx", "p/B.dtsx", "p"]), ["=p/A.dtsx p/B.dtsx p/P.dtproj", "=p/out.ispac"]);
}

#[test]
fn a_named_loose_file_brings_its_folder() {
    let tree = Tree::new(&["A.dtsx", "B.dtsx", "c.dtsConfig", "Sub/C.dtsx"]);
    assert_eq!(tree.find(&["A.dtsx"]), ["A.dtsx (B.dtsx) (c.dtsConfig)"]);
}

#[test]
fn files_beside_several_projects_go_where_they_are_listed() {
    let tree = Tree::new(&["1.dtsx", "2.dtsx", "both.conmgr", "loose.dtsx", "Project.params"]);
    tree.project("A.dtproj", &["1.dtsx", "both.conmgr"]);
    tree.project("B.dtproj", &["2.dtsx", "both.conmgr"]);
    let all = ["=(Project.params) 2.dtsx B.dtproj (both.conmgr)", "=1.dtsx A.dtproj Project.params both.conmgr", "loose.dtsx"];
    let mut found = tree.find(&["."]);
    found.iter_mut().for_each(|group| *group = sorted(group));
    let mut expected: Vec<String> = all.iter().map(|group| sorted(group)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(tree.find(&["B.dtproj"]), ["=2.dtsx B.dtproj Project.params both.conmgr"]);
    assert_eq!(tree.find(&["2.dtsx"]), ["=2.dtsx (B.dtproj) (Project.params) (both.conmgr)"]);
}

fn sorted(group: &str) -> String {
    let mut files: Vec<&str> = group.trim_start_matches('=').split(' ').collect();
    files.sort_unstable();
    files.join(" ")
}

#[test]
fn a_project_may_list_a_file_outside_its_folder() {
    let tree = Tree::new(&["Shared/X.dtsx", "Shared/Y.dtsx", "p/A.dtsx", "secret.txt"]);
    tree.project("p/P.dtproj", &["..\\Shared\\X.dtsx", "..\\secret.txt", "/etc/passwd"]);
    assert_eq!(tree.find(&["p"]), ["=(Shared/X.dtsx) p/A.dtsx p/P.dtproj"]);
    assert_eq!(tree.find(&["p/P.dtproj"]), ["=Shared/X.dtsx p/A.dtsx p/P.dtproj"]);
    assert_eq!(tree.find(&["."]), ["=Shared/X.dtsx p/A.dtsx p/P.dtproj", "Shared/Y.dtsx"]);
}

#[test]
fn a_broken_project_file_lists_what_stands_before_the_fault() {
    let tree = Tree::new(&["Sub/A.dtsx"]);
    tree.write("P.dtproj", "<Project><SSIS:Package SSIS:Name=\"Sub\\A.dtsx\"/>");
    assert_eq!(tree.find(&["."]), ["=P.dtproj Sub/A.dtsx"]);
}

#[test]
fn an_xml_file_counts_by_its_root_only() {
    let tree = Tree::new(&["A.dtsx", "other.xml"]);
    tree.write("settings.XML", "<?xml version=\"1.0\"?><DTSConfiguration/>");
    tree.write("package.xml", "<DTS:Executable/>");
    assert_eq!(tree.find(&["."]), ["A.dtsx settings.XML"]);
    let kinds =
        |discovery: Discovery| discovery.groups.iter().flat_map(|group| &group.files).filter(|file| file.requested).map(|file| file.kind).collect::<Vec<_>>();
    assert_eq!(kinds(tree.find_with(&["package.xml", "settings.XML"], &Options::default())), [FileKind::Package, FileKind::Configuration]);
}

#[test]
fn paths_that_are_no_ssis_files_are_told_apart() {
    let tree = Tree::new(&["notes.txt", "P.dtproj.user", "dir.dtsx/A.dtsx", "empty/notes.txt"]);
    let found = tree.find_with(&["notes.txt", "P.dtproj.user", "gone.dtsx", "dir.dtsx", "empty"], &Options::default());
    assert_eq!(found.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::Unsupported; 2]);
    assert!(matches!(found.errors.as_slice(), [error] if error.file.ends_with("gone.dtsx") && error.message == "does not exist"));
    assert_eq!(tree.show(&found), ["dir.dtsx/A.dtsx"]);
    assert!(matches!(found.warnings.as_slice(), [warning] if warning.starts_with("no SSIS files in") && warning.ends_with("empty")));
}

#[test]
fn excluded_files_and_folders_are_counted() {
    let tree = Tree::new(&["A.dtsx", "old/B.dtsx", "old/C.dtsx", "Test.dtsx", "notes/Test.txt", "bin/A.dtsx"]);
    let exclude = |path: &Path| path.ends_with("old") || path.file_stem().is_some_and(|stem| stem == "Test");
    let options = Options { exclude: Some(&exclude), ..Options::default() };
    let found = tree.find_with(&["."], &options);
    assert_eq!((tree.show(&found), found.excluded.len(), found.skipped.len()), (vec!["A.dtsx".to_owned()], 2, 1));
    assert_eq!(tree.show(&tree.find_with(&["old/B.dtsx"], &options)), ["old/B.dtsx (old/C.dtsx)"]);
}

#[test]
fn standard_input_stands_for_a_file_of_its_folder() {
    let tree = Tree::new(&["A.dtsx", "B.dtsx"]);
    let stdin = |name: Option<PathBuf>| discover(&[PathBuf::from("-")], &Options { stdin_filename: name, ..Options::default() });
    for (name, shown) in [("A.dtsx", "A.dtsx (B.dtsx)"), ("New.dtsx", "(A.dtsx) (B.dtsx) New.dtsx")] {
        let found = stdin(Some(tree.0.path().join(name)));
        assert_eq!(tree.show(&found), [shown]);
        assert!(found.groups.iter().flat_map(|group| &group.files).all(|file| file.stdin == file.requested));
    }
    let unnamed = stdin(None);
    assert!(matches!(unnamed.groups.as_slice(), [group] if matches!(group.files.as_slice(), [file] if file.stdin && file.display == "-")));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_said_so() {
    let tree = Tree::new(&["real/A.dtsx"]);
    std::os::unix::fs::symlink(tree.0.path().join("real/A.dtsx"), tree.0.path().join("real/L.dtsx")).expect("a link");
    std::os::unix::fs::symlink(tree.0.path(), tree.0.path().join("real/loop")).expect("a link");
    let found = tree.find_with(&["."], &Options::default());
    assert_eq!(tree.show(&found), ["real/A.dtsx"]);
    assert!(matches!(found.warnings.as_slice(), [warning] if warning.contains("real/L.dtsx")));
    let named = tree.find_with(&["real/L.dtsx", "real/A.dtsx"], &Options::default());
    assert_eq!(tree.show(&named), ["real/L.dtsx"], "the same file twice");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_shown_as_well_as_possible() {
    use std::os::unix::ffi::OsStrExt;
    let tree = Tree::new(&[]);
    fs::write(tree.0.path().join(std::ffi::OsStr::from_bytes(b"\xff.dtsx")), "<x/>").expect("written");
    assert_eq!(tree.find(&["."]), ["\u{fffd}.dtsx"]);
}
