//! The README tells the truth: its table of rules is that of the program, its commands and options exist, its limits are the defaults.

use std::path::{Path, PathBuf};
use std::process::Command;

use ssislint::{rules, source, xml};

const BEGIN: &str = "<!-- rules:begin -->\n";
const END: &str = "<!-- rules:end -->";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    std::fs::read_to_string(path()).expect("the README is there")
}

fn ssislint(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ssislint")).args(arguments).output().expect("the program runs");
    (output.status.success(), String::from_utf8(output.stdout).expect("its output is UTF-8"))
}

/// `UPDATE_README=1 cargo test --test readme` writes the table.
#[test]
fn the_table_of_rules_is_fresh() {
    let text = readme();
    let begin = text.find(BEGIN).expect("the table begins") + BEGIN.len();
    let end = text.find(END).expect("the table ends");
    let table = table();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path(), [&text[..begin], &table, &text[end..]].concat()).expect("the README can be written");
    } else {
        assert!(text[begin..end] == table, "the table of rules is out of date: UPDATE_README=1 cargo test --test readme");
    }
}

fn table() -> String {
    let (_, table) = ssislint(&["rules", "--no-config", "--format", "markdown"]);
    assert_eq!(table.lines().count(), rules::ALL.len() + 2, "a row for each rule below the heading");
    format!("\n{table}\n")
}

#[test]
fn commands_and_options_exist() {
    let text = readme();
    let calls = calls(&text);
    assert!(calls.len() > 10, "few commands found: {calls:?}");
    for call in calls {
        check(&call);
    }
}

/// Arguments of each `ssislint …` where a command can stand: at the start of a line, of a quotation or of a step.
fn calls(text: &str) -> Vec<Vec<&str>> {
    let stands_first = |before: &str| before.ends_with(['\n', '\'', '"', '`']) || before.ends_with("- ") || before.ends_with("script: ");
    let starts = text.match_indices("ssislint ").filter(|(at, _)| stands_first(&text[..*at]));
    let ends = ['\n', '`', '#', '|', '\'', '<', '&'];
    let calls = starts.filter_map(|(at, name)| text[at + name.len()..].split(ends).next());
    calls.map(|call| call.split_whitespace().map(|word| word.trim_matches('"')).collect()).collect()
}

fn help(words: &[&str]) -> (bool, String) {
    ssislint(&[words, &["--help"]].concat())
}

fn check(call: &[&str]) {
    let (words, page) = command(call);
    for option in call.iter().filter(|word| word.starts_with("--")) {
        let name = option.split('=').next().unwrap_or(option);
        let ends = |at: usize| !page[at + name.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '-');
        assert!(page.match_indices(name).any(|(at, _)| ends(at)), "no such option of `ssislint {}`: {name}", words.join(" "));
    }
}

/// The subcommands at the start of a call, and their help. A word without a dot or a slash is one, as long as there are any to choose from.
fn command<'a>(call: &[&'a str]) -> (Vec<&'a str>, String) {
    let mut words = Vec::new();
    let (_, mut page) = help(&words);
    for word in call {
        if word.starts_with('-') || word.contains(['/', '.']) || !page.contains("\nCommands:\n") {
            break;
        }
        words.push(*word);
        let (exists, next) = help(&words);
        // An unknown word passes for a path, and the help is that of the program.
        assert!(exists && next.contains(&format!("Usage: ssislint {}", words.join(" "))), "no such command: ssislint {}", words.join(" "));
        page = next;
    }
    (words, page)
}

#[test]
fn limits_are_the_defaults() {
    let text = readme();
    let (source, xml) = (source::Limits::default(), xml::Limits::default());
    let limits = [
        ("file-size", source.file_bytes),
        ("member-size", source.member_bytes),
        ("archive-size", source.archive_bytes),
        ("ratio", source.ratio),
        ("members", source.members),
        ("depth", u64::from(xml.depth)),
        ("attributes", u64::from(xml.attributes)),
        ("elements", u64::from(xml.elements)),
    ];
    for (name, default) in limits {
        assert!(text.contains(&format!("\n| `{name}` | {default} | ")), "`{name}` is {default}");
    }
}
