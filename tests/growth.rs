//! No package is so large that linting it takes for ever: ten times of anything takes about ten times as long.

#[path = "../benches/lint/shapes/mod.rs"]
mod shapes;

use std::time::{Duration, Instant};

use ssislint::lint::{self, Settings};
use ssislint::rules::select::Selection;
use ssislint::rules::{Target, TargetSet};

/// Ten times as many things; what is quadratic takes a hundred times as long.
const SIZES: (usize, usize) = (200, 2000);
/// Generous, since tests share the machine with others.
const WORST: u32 = 30;
/// What is over sooner says nothing.
const SHORT: Duration = Duration::from_millis(100);

#[test]
fn ten_times_of_anything_takes_about_ten_times_as_long() {
    let rules = Selection { select: vec!["all".to_owned()], ignore: Vec::new() }.rules().expect("`all` selects rules");
    let settings = Settings { rules, targets: TargetSet::of(&Target::ALL), excerpts: false, ..Settings::default() };
    let time = |shape: &shapes::Shape, size: usize| {
        let sources = shape.sources(size);
        let start = Instant::now();
        let _ = lint::lint_project(&sources, true, &settings);
        start.elapsed()
    };
    for shape in shapes::all() {
        // The second time round nothing is computed for the first time any more.
        let small = time(shape, SIZES.0).min(time(shape, SIZES.0));
        let large = time(shape, SIZES.1);
        assert!(large < SHORT || large < small * WORST, "{}: {small:?} for {}, {large:?} for {}", shape.name, SIZES.0, SIZES.1);
    }
}
