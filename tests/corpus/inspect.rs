//! What `inspect` says of real packages, against what an independent reader found in them: a line of `STATS.tsv` for each file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::corpus;

/// A line of `STATS.tsv`, by the names of its columns.
type Row = BTreeMap<String, String>;

fn rows(corpus: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(corpus.join("STATS.tsv")).expect("the corpus has statistics");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    lines.map(|line| names.iter().map(|name| (*name).to_owned()).zip(line.split('\t').map(str::to_owned)).collect()).collect()
}

/// Package documents of the corpus by path, as the program itself shows them.
fn inspected(corpus: &Path, paths: &[PathBuf]) -> BTreeMap<PathBuf, Value> {
    let output = assert_cmd::Command::cargo_bin("ssislint").expect("the program").arg("inspect").args(["--format", "json"]).args(paths).output();
    let output = output.expect("it runs");
    let inventory: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let documents = inventory["documents"].as_array().expect("documents").clone();
    let path = |document: &Value| PathBuf::from(document["file"].as_str().expect("a file"));
    documents.into_iter().map(|document| (path(&document).strip_prefix(corpus).expect("below the corpus").to_owned(), document)).collect()
}

/// How often each word occurs.
fn count(words: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

fn counts_of(row: &Row, column: &str) -> BTreeMap<String, u64> {
    serde_json::from_str(&row[column]).unwrap_or_default()
}

fn list<'v>(document: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    document[name].as_array().expect("a list").iter()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The independent reader cuts type names at this length.
fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}

fn levels() -> BTreeMap<&'static str, &'static str> {
    let names = [
        "DontSaveSensitive",
        "EncryptSensitiveWithUserKey",
        "EncryptSensitiveWithPassword",
        "EncryptAllWithPassword",
        "EncryptAllWithUserKey",
        "ServerStorage",
    ];
    names.into_iter().zip(["0", "1", "2", "3", "4", "5"]).collect()
}

/// The names that the statistics have for kinds of configurations. It leaves out those whose type is not written: parent variables.
fn configuration_name(kind: &str) -> &str {
    match kind {
        "xml-file" => "XmlFile",
        "environment-variable" => "EnvVar",
        "registry" => "Registry",
        "indirect-xml-file" => "IXmlFile",
        "sql-server" => "SqlServer",
        "parent-variable" => "ParentVar",
        other => other,
    }
}

fn is_excel(class: &str) -> bool {
    class == "Microsoft.ExcelSource" || class == "Microsoft.ExcelDestination"
}

/// Differences between a package and its row, in words.
fn differences(row: &Row, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("{what}: ours {ours}, theirs {theirs}"));
        }
    };
    let level = &document["protection_level"];
    let encrypted = match text(&document["encrypted"]).as_str() {
        "whole" => "all".to_owned(),
        "values" => "sensitive".to_owned(),
        _ => String::new(),
    };
    compare("encrypted", encrypted.clone(), row["encrypted"].clone());
    // Nothing but the encryption can be seen of a package that is wrapped as a whole.
    if row["root"] == "EncryptedData" {
        return found;
    }
    let explicit = level["explicit"] == Value::Bool(true);
    let written = if explicit { levels()[text(&level["value"]).as_str()].to_owned() } else { "absent".to_owned() };
    compare("protection level", written, row["prot"].clone());
    if encrypted == "all" {
        return found;
    }
    compare("format version", document["format_version"].as_u64().map(|version| version.to_string()).unwrap_or_default(), row["fmt"].clone());
    // The statistics count every element called `DTS:Executable` below the root, and in old files the two ends of a precedence constraint are called so.
    let ends = if document["generation"] == "element" { 2 * list(document, "constraints").count() } else { 0 };
    compare("executables", (list(document, "executables").count() + ends).to_string(), row["nexec"].clone());
    // They know a connection manager by its creation name, which one package written by hand leaves out.
    let managers = || list(document, "connection_managers").filter(|manager| manager["creation_name"] != "");
    let connections = count(managers().map(|manager| shortened(&text(&manager["creation_name"]))));
    compare("connection managers", format!("{connections:?}"), format!("{:?}", counts_of(row, "cm")));
    let retain = count(managers().map(|manager| match (&manager["retain_same_connection"]["explicit"], &manager["retain_same_connection"]["value"]) {
        (Value::Bool(false), _) => "absent".to_owned(),
        (_, value) => value.to_string(),
    }));
    compare("retain", format!("{retain:?}"), format!("{:?}", counts_of(row, "retain")));
    let mut configurations = count(list(document, "configurations").map(|entry| configuration_name(&text(&entry["type"])).to_owned()));
    let theirs = counts_of(row, "cfg");
    if !theirs.contains_key("ParentVar") {
        configurations.remove("ParentVar");
    }
    compare("configurations", format!("{configurations:?}"), format!("{theirs:?}"));
    let excel = list(document, "components").filter(|component| is_excel(&text(&component["class"]))).count();
    compare("Excel components", excel.to_string(), row["nexcel"].clone());
    found
}

#[test]
fn inspect_agrees_with_an_independent_reader() {
    let Some(corpus) = corpus() else { return };
    let rows: Vec<Row> = rows(&corpus).into_iter().filter(|row| row["ext"] == "dtsx" && row["err"].is_empty()).collect();
    let path = |row: &Row| PathBuf::from(&row["repo"]).join(&row["path"]);
    let paths: Vec<PathBuf> = rows.iter().map(|row| corpus.join(path(row))).collect();
    let documents = inspected(&corpus, &paths);
    assert_eq!(documents.len(), rows.len(), "every package is read");
    let mut report = Vec::new();
    for row in &rows {
        let found = differences(row, &documents[&path(row)]);
        report.extend(found.into_iter().map(|difference| format!("{}: {difference}", path(row).display())));
    }
    assert!(report.is_empty(), "{} differences:\n{}", report.len(), report.join("\n"));
}
