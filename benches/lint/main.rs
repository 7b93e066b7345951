//! What each stage of linting costs, as a multiple of the least that any reader of XML must do.
//!
//! Runs on the folder that `SSISLINT_CORPUS` names, or on generated packages:
//!
//! ```text
//! SSISLINT_CORPUS=~/packages cargo bench --bench lint
//! ```
//!
//! At the end it says how the time of packages with very many of one thing grows with their number.

mod generate;
mod shapes;

use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::Criterion;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use rayon::ThreadPoolBuilder;
use ssislint::discover::{self, Discovery};
use ssislint::dtsx;
use ssislint::lint::{self, Settings};
use ssislint::report::{self, Format, Style, Summary};
use ssislint::rules::select::Selection;
use ssislint::rules::{Target, TargetSet};
use ssislint::source::{self, Source};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The documents of one project, in memory, and whether its own list of them is at hand.
struct Texts {
    sources: Vec<Source>,
    complete: bool,
}

/// The shortest time of each stage, in the order in which they were measured.
struct Stages {
    criterion: Criterion,
    shortest: Vec<(&'static str, Duration)>,
}

impl Stages {
    /// Measures one pass over everything. The shortest pass is kept: whatever else the machine does only makes a pass longer.
    fn measure(&mut self, name: &'static str, mut pass: impl FnMut()) {
        let mut shortest = Duration::MAX;
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|passes| {
                let mut all = Duration::ZERO;
                for _ in 0..passes {
                    let start = Instant::now();
                    pass();
                    let one = start.elapsed();
                    shortest = shortest.min(one);
                    all += one;
                }
                all
            });
        });
        // A filter on the command line leaves stages out.
        if shortest < Duration::MAX {
            self.shortest.push((name, shortest));
        }
    }

    fn print_ratios(&self, bytes: usize) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let Some((_, floor)) = self.shortest.iter().find(|(name, _)| *name == FLOOR) else { return Ok(()) };
        writeln!(out, "\n{:.1} MB of text, shortest passes:", bytes as f64 / 1e6)?;
        self.shortest.iter().try_for_each(|(name, time)| {
            let ratio = time.as_secs_f64() / floor.as_secs_f64();
            writeln!(out, "{name:<8} {:>8.2} ms {ratio:>6.2} x the floor", time.as_secs_f64() * 1e3)
        })
    }
}

const FLOOR: &str = "floor";

/// How many of a thing the shapes have: as many as in a large package, then more than any real one has.
const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let generated = tempfile::tempdir()?;
    let folder = match std::env::var_os("SSISLINT_CORPUS") {
        Some(folder) => PathBuf::from(folder),
        None => {
            generate::write_packages(generated.path())?;
            generated.path().to_owned()
        }
    };
    let settings = Settings::default();
    let quiet = Settings { excerpts: false, ..Settings::default() };
    let projects = read(&discover(&folder), &settings);
    let texts = || projects.iter().flat_map(|project| &project.sources).map(|source| source.text.as_str());
    let criterion = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5)).without_plots();
    let mut stages = Stages { criterion: criterion.configure_from_args(), shortest: Vec::new() };

    stages.measure(FLOOR, || texts().for_each(floor));
    stages.measure("tree", || texts().for_each(|text| drop(black_box(dtsx::parse(text, &settings.xml_limits)))));
    stages.measure("model", || projects.iter().flat_map(|project| &project.sources).for_each(|source| read_model(source, &settings)));
    stages.measure("rules", || {
        for project in &projects {
            black_box(lint::lint_project(&project.sources, project.complete, &quiet));
        }
    });
    let one_thread = ThreadPoolBuilder::new().num_threads(1).build()?;
    stages.measure("program", || one_thread.install(|| whole_program(&folder, &quiet)).expect("internal error: a sink refuses what is written"));
    let human = |settings| report_on(&folder, settings, Format::Human);
    stages.measure("human", || one_thread.install(|| human(&settings)).expect("internal error: a sink refuses what is written"));
    let everything = every_rule();
    let pedantic = Settings { targets: quiet.targets, ..every_rule() };
    stages.measure("pedantic", || one_thread.install(|| whole_program(&folder, &pedantic)).expect("internal error: a sink refuses what is written"));
    stages.measure("all", || one_thread.install(|| whole_program(&folder, &everything)).expect("internal error: a sink refuses what is written"));
    stages.print_ratios(texts().map(str::len).sum())?;
    print_growth(&everything)?;
    Ok(())
}

/// Settings for all rules on all targets, and a format that shows no excerpts.
fn every_rule() -> Settings {
    let rules = Selection { select: vec!["all".to_owned()], ignore: Vec::new() }.rules().expect("internal error: `all` selects no rules");
    Settings { rules, targets: TargetSet::of(&Target::ALL), excerpts: false, ..Settings::default() }
}

/// Lints every shape at all sizes, and says how many times the time of the size before each takes.
fn print_growth(settings: &Settings) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "\n{:<32}", "all rules, packages with")?;
    SIZES.iter().try_for_each(|size| write!(out, "{size:>10}{:>9}", ""))?;
    for shape in shapes::all() {
        write!(out, "\n{:<32}", shape.name)?;
        let mut before: Option<Duration> = None;
        for size in SIZES {
            let time = lint_shape(shape, size, settings);
            let ratio = before.map(|before| format!("{:.1} x", time.as_secs_f64() / before.as_secs_f64())).unwrap_or_default();
            write!(out, "{:>8.1}ms{ratio:>9}", time.as_secs_f64() * 1e3)?;
            before = Some(time);
        }
    }
    writeln!(out)
}

/// The shortest time of a few passes over a shape; of more where they are short.
fn lint_shape(shape: &shapes::Shape, size: usize, settings: &Settings) -> Duration {
    let sources = shape.sources(size);
    let pass = |_| {
        let start = Instant::now();
        black_box(lint::lint_project(&sources, true, settings));
        start.elapsed()
    };
    (0..3 + 1_000 / size).map(pass).min().unwrap_or_default()
}

fn discover(folder: &Path) -> Discovery {
    discover::discover(&[folder.to_owned()], &discover::Options::default())
}

fn read(discovery: &Discovery, settings: &Settings) -> Vec<Texts> {
    let load = |group| source::load(group, &settings.source_limits, None).sources;
    discovery.groups.iter().map(|group| Texts { sources: load(group), complete: group.complete }).collect()
}

/// Every event and every attribute, and nothing made of them.
fn floor(text: &str) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag.attributes().with_checks(false).for_each(|attribute| drop(black_box(attribute))),
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => drop(black_box(event)),
        }
    }
}

fn read_model(source: &Source, settings: &Settings) {
    if let Ok(tree) = dtsx::parse(&source.text, &settings.xml_limits) {
        drop(black_box(dtsx::read(&tree, source.file.clone(), source.requested)));
    }
}

fn whole_program(folder: &Path, settings: &Settings) -> io::Result<()> {
    report_on(folder, settings, Format::Json)
}

fn report_on(folder: &Path, settings: &Settings, format: Format) -> io::Result<()> {
    let outcome = lint::run(&discover(folder), settings);
    let report = report::Report {
        targets: settings.targets.iter().map(|target| target.as_str()).collect(),
        summary: Summary { files: outcome.files, packages: outcome.packages, ..Summary::default() },
        findings: &outcome.findings,
        errors: &outcome.errors,
        suppressed: &[],
    };
    report::write(format, &report, &Style::default(), &settings.described().collect::<Vec<_>>(), &mut io::sink())
}
