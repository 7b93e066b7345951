//! No package and no text in one is so large that reading it takes for ever: ten times of anything takes about ten times as long.

#[path = "../benches/lint/shapes/mod.rs"]
mod shapes;

use std::time::{Duration, Instant};

use ssislint::lang::connection_string::{ConnectionString, Dialect};
use ssislint::lang::secret::is_secret_name;
use ssislint::lang::tsql::Query;
use ssislint::lint::{self, Settings};
use ssislint::rules::select::Selection;
use ssislint::rules::{Target, TargetSet};

/// Ten times as many things; what is quadratic takes a hundred times as long.
const SIZES: (usize, usize) = (200, 2000);
/// Generous, since tests share the machine with others.
const WORST: u32 = 30;
/// What is over sooner says nothing.
const SHORT: Duration = Duration::from_millis(100);

/// Texts with very many of something, and what reads them. Each took as long as the square of its size once.
type Text = (&'static str, fn(usize) -> String, fn(&str));
const TEXTS: &[Text] = &[
    ("pairs before blanks", |size| "a=b;".repeat(size) + &" ".repeat(4 * size), |text| drop(ConnectionString::parse(text, Dialect::DataLink))),
    ("secrets in a name", |size| "Pwd".repeat(size) + "Source", |text| assert!(!is_secret_name(text))),
    ("parameter markers in parentheses", |size| "(?".repeat(size), |text| assert!(!Query::read(text).has_nested_marker)),
];
const TEXT_SIZES: (usize, usize) = (2000, 20_000);

#[test]
fn ten_times_of_anything_takes_about_ten_times_as_long() {
    let rules = Selection { select: vec!["all".to_owned()], ignore: Vec::new() }.rules().expect("`all` selects rules");
    let settings = Settings { rules, targets: TargetSet::of(&Target::ALL), excerpts: false, ..Settings::default() };
    for shape in shapes::all() {
        assert_grows_slowly(shape.name, SIZES, |size| {
            let sources = shape.sources(size);
            let start = Instant::now();
            let _ = lint::lint_project(&sources, true, &settings);
            start.elapsed()
        });
    }
}

#[test]
fn a_text_ten_times_as_long_takes_about_ten_times_as_long() {
    for (name, text, read) in TEXTS {
        assert_grows_slowly(name, TEXT_SIZES, |size| {
            let text = text(size);
            let start = Instant::now();
            read(&text);
            start.elapsed()
        });
    }
}

fn assert_grows_slowly(name: &str, sizes: (usize, usize), time: impl Fn(usize) -> Duration) {
    // The second time round nothing is computed for the first time any more.
    let small = time(sizes.0).min(time(sizes.0));
    let limit = SHORT.max(small * WORST);
    let large = time(sizes.1);
    // Once more, since the machine may have been busy with something else.
    assert!(large < limit || time(sizes.1) < limit, "{name}: {small:?} for {}, {large:?} for {}", sizes.0, sizes.1);
}
