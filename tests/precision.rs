//! Findings on real packages that somebody checked by hand, and objects that must stay silent.
//!
//! Runs on the folder named by `SSISLINT_CORPUS`; skipped when it is unset. The labels are the lines of `tests/precision/*.tsv`: a finding is
//! named by rule, repository, file, member, object and property, and its verdict is `true`, `false` (known to be wrong, not mended yet) or
//! `silent` (looks alike, must give no finding of that rule on that object).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

const COLUMNS: &str = "rule\trepository\tfile\tmember\tobject\tproperty\tverdict\treason";

/// Of the labelled findings, so many in a hundred must be true.
const WANTED: usize = 98;

/// Rule, path below the corpus, member, object, property.
type Place = (String, String, String, String, String);

struct Label {
    place: Place,
    verdict: Verdict,
    line: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    True,
    False,
    Silent,
}

fn label(line: &str) -> Label {
    let cells: Vec<&str> = line.split('\t').collect();
    let [rule, repository, file, member, object, property, verdict, reason] = cells[..] else { panic!("not eight columns: {line}") };
    assert!(!reason.is_empty(), "no reason: {line}");
    let verdict = match verdict {
        "true" => Verdict::True,
        "false" => Verdict::False,
        "silent" => Verdict::Silent,
        _ => panic!("no verdict: {line}"),
    };
    let place = (rule.to_owned(), format!("{repository}/{file}"), member.to_owned(), object.to_owned(), property.to_owned());
    Label { place, verdict, line: line.to_owned() }
}

fn labels() -> Vec<Label> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/precision");
    let entries = std::fs::read_dir(folder).expect("labels").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|extension| extension == "tsv")).collect();
    files.sort();
    files.iter().flat_map(|file| labels_of(file)).collect()
}

fn labels_of(file: &Path) -> Vec<Label> {
    let text = std::fs::read_to_string(file).expect("labels are text");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(COLUMNS), "the columns of {}", file.display());
    lines.map(label).collect()
}

/// Severities of all findings on the corpus, under all rules and targets, by place.
fn findings(corpus: &Path) -> BTreeMap<Place, Vec<String>> {
    let mut command = assert_cmd::Command::cargo_bin("ssislint").expect("the program");
    command.args(["--no-config", "--exit-zero", "--format", "jsonl", "--select", "all"]);
    command.args(["--target", "agent,ssisdb,azure-ssis,fabric,sql2022,sql2025", "."]).current_dir(corpus);
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut found = BTreeMap::<Place, Vec<String>>::new();
    for finding in text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
        let cell = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let file = cell("file").trim_start_matches("./").to_owned();
        let place = (cell("rule"), file, cell("member"), cell("object"), cell("property"));
        found.entry(place).or_default().push(cell("severity"));
    }
    found
}

/// Place without the property.
type Object = (String, String, String, String);

fn object((rule, file, member, object, _): &Place) -> Object {
    (rule.clone(), file.clone(), member.clone(), object.clone())
}

/// Labels that no longer agree with the program, in words.
fn disagreements(labels: &[Label], found: &BTreeMap<Place, Vec<String>>) -> Vec<String> {
    let objects: BTreeSet<Object> = found.keys().map(object).collect();
    let complaint = |label: &Label| match label.verdict {
        Verdict::True if !found.contains_key(&label.place) => Some("true, but vanished"),
        Verdict::False if !found.contains_key(&label.place) => Some("false and gone: make it `silent`"),
        Verdict::False if found[&label.place].iter().any(|severity| severity == "error") => Some("a false error"),
        Verdict::Silent if objects.contains(&object(&label.place)) => Some("must stay silent"),
        _ => None,
    };
    labels.iter().filter_map(|label| complaint(label).map(|complaint| format!("{complaint}: {}", label.line))).collect()
}

/// How many labels say `true`, `false` and `silent`.
#[derive(Default, Clone, Copy)]
struct Tally([usize; 3]);

impl Tally {
    fn add(&mut self, verdict: Verdict) {
        self.0[verdict as usize] += 1;
    }

    /// Per cent of the labelled findings that are true, if there are any.
    fn precision(&self) -> Option<usize> {
        let [good, bad, _] = self.0;
        (good * 100).checked_div(good + bad)
    }
}

fn print(rule: &str, tally: &Tally) {
    let [good, bad, silent] = tally.0;
    let precision = tally.precision().map_or("-".to_owned(), |percent| format!("{percent} %"));
    let _ = writeln!(std::io::stdout(), "{rule:40} {good:5} true {bad:3} false {silent:4} silent  {precision}");
}

#[test]
fn labelled_findings_are_true() {
    let Some(corpus) = std::env::var_os("SSISLINT_CORPUS") else {
        let _ = writeln!(std::io::stderr(), "skipped: SSISLINT_CORPUS is not set");
        return;
    };
    let labels = labels();
    let mut rules = BTreeMap::<&str, Tally>::new();
    let mut all = Tally::default();
    for label in &labels {
        rules.entry(&label.place.0).or_default().add(label.verdict);
        all.add(label.verdict);
    }
    rules.iter().for_each(|(rule, tally)| print(rule, tally));
    print("all", &all);
    let wrong = disagreements(&labels, &findings(Path::new(&corpus)));
    assert!(wrong.is_empty(), "{} labels disagree:\n{}", wrong.len(), wrong.join("\n"));
    let precision = all.precision().expect("findings are labelled");
    assert!(precision >= WANTED, "only {precision} % of the labelled findings are true");
}

#[test]
fn every_place_is_labelled_once() {
    let mut seen = BTreeSet::new();
    let twice: Vec<String> = labels().into_iter().filter(|label| !seen.insert(label.place.clone())).map(|label| label.line).collect();
    assert!(twice.is_empty(), "labelled twice:\n{}", twice.join("\n"));
}
