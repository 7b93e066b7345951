use std::fs;

use super::*;

const PACKAGE: &str = "<DTS:Executable/>";

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    root
}

fn names(root: &tempfile::TempDir, group: &Group, requested: bool) -> Vec<String> {
    let root = display(root.path());
    let files = group.files.iter().filter(|file| file.requested == requested);
    files.map(|file| file.display.strip_prefix(&root).expect("below the root").trim_start_matches('/').to_owned()).collect()
}

fn project(packages: &[&str]) -> String {
    let list: String = packages.iter().map(|name| format!("<SSIS:Package SSIS:Name=\"{name}\"/>")).collect();
    format!("<Project><Manifest xmlns:SSIS=\"x\"><SSIS:Project>{list}</SSIS:Project></Manifest></Project>")
}

#[test]
fn a_project_takes_its_folder_and_build_output_is_skipped() {
    let root = tree(&[
        ("p/P.dtproj", &project(&["A.dtsx", "sub\\B.dtsx"])),
        ("p/A.dtsx", PACKAGE),
        ("p/Project.params", "x"),
        ("p/sub/B.dtsx", PACKAGE),
        ("p/bin/A.dtsx", PACKAGE),
        ("p/Obj/A.dtsx", PACKAGE),
        ("p/notes.txt", "x"),
        ("loose/C.dtsx", PACKAGE),
        ("loose/D.ispac", "x"),
    ]);
    let found = discover(&[root.path().to_owned()], &Options::default());
    let groups: Vec<_> = found.groups.iter().map(|group| (names(&root, group, true), group.complete)).collect();
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        groups,
        [(owned(&["loose/C.dtsx"]), false), (owned(&["loose/D.ispac"]), true), (owned(&["p/A.dtsx", "p/P.dtproj", "p/Project.params", "p/sub/B.dtsx"]), true),]
    );
}

#[test]
fn a_single_file_brings_its_project_as_context() {
    let root = tree(&[("P.dtproj", &project(&["A.dtsx", "B.dtsx"])), ("A.dtsx", PACKAGE), ("B.dtsx", PACKAGE), ("S.conmgr", PACKAGE)]);
    let found = discover(&[root.path().join("A.dtsx"), root.path().join("A.dtsx")], &Options::default());
    assert_eq!(found.groups.len(), 1);
    assert_eq!(names(&root, &found.groups[0], true), ["A.dtsx"]);
    assert_eq!(names(&root, &found.groups[0], false), ["B.dtsx", "P.dtproj", "S.conmgr"]);
}

#[test]
fn naming_the_project_asks_for_all_of_it() {
    let root = tree(&[("P.dtproj", &project(&["A.dtsx"])), ("A.dtsx", PACKAGE)]);
    let found = discover(&[root.path().join("P.dtproj")], &Options::default());
    assert_eq!(names(&root, &found.groups[0], true), ["A.dtsx", "P.dtproj"]);
}

#[test]
fn of_two_projects_in_a_folder_each_takes_what_it_lists() {
    let root = tree(&[("P.dtproj", &project(&["A.dtsx"])), ("Q.dtproj", &project(&["B.dtsx"])), ("A.dtsx", PACKAGE), ("B.dtsx", PACKAGE), ("C.dtsx", PACKAGE)]);
    let found = discover(&[root.path().to_owned()], &Options::default());
    let groups: Vec<_> = found.groups.iter().map(|group| names(&root, group, true)).collect();
    assert_eq!(groups, [vec!["A.dtsx", "P.dtproj"], vec!["B.dtsx", "Q.dtproj"], vec!["C.dtsx"]]);
}

#[test]
fn what_is_named_is_read_or_complained_about() {
    let root = tree(&[
        ("bin/A.dtsx", PACKAGE),
        ("x.dtsx/B.dtsx", PACKAGE),
        ("odd.bak", PACKAGE),
        ("notes.txt", "hello"),
        ("settings.xml", "<DTSConfiguration/>"),
        ("other.xml", "<x/>"),
    ]);
    let path = |name: &str| root.path().join(name);
    let found = discover(&[path("bin/A.dtsx"), path("x.dtsx"), path("odd.bak"), path("notes.txt"), path("none.dtsx")], &Options::default());
    assert_eq!(found.groups.iter().flat_map(|group| names(&root, group, true)).collect::<Vec<_>>(), ["bin/A.dtsx", "odd.bak", "x.dtsx/B.dtsx"]);
    assert_eq!(found.problems.len(), 1);
    assert_eq!(found.errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>(), ["does not exist"]);
    let walked = discover(&[root.path().to_owned()], &Options::default());
    assert!(walked.groups.iter().any(|group| names(&root, group, true).contains(&"settings.xml".to_owned())));
    assert!(!walked.groups.iter().any(|group| names(&root, group, true).contains(&"other.xml".to_owned())));
}

#[test]
fn a_folder_without_packages_is_worth_a_word() {
    let root = tree(&[("notes.txt", "x")]);
    let found = discover(&[root.path().to_owned()], &Options::default());
    assert_eq!((found.groups.len(), found.warnings.len(), found.errors.len()), (0, 1, 0));
}
