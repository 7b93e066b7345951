//! Depth and breadth of a file never make a product: what is deep and broad takes no more memory than `docs/limits.md` says.

use peak_alloc::PeakAlloc;
use ssislint::discover::FileKind;
use ssislint::finding::FileRef;
use ssislint::lint::{self, Settings};
use ssislint::rules::{self, Target, TargetSet};
use ssislint::source::Source;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What any run may take.
const FIXED: usize = 256 << 10;
/// The text and what is made of it.
const PER_BYTE: usize = 3;
/// What stands for it, and the path of an object twice, which is no longer than 1024 bytes.
const PER_ELEMENT: usize = 600 + 2 * 1024;
const PER_FINDING: usize = 4096;

const DEPTH: usize = 100;
const BREADTH: usize = 1000;

/// A name, and what makes the content of a package.
type Shape = (&'static str, fn() -> String);
/// Each has something deep that holds something broad, under long names.
const SHAPES: &[Shape] = &[
    ("data of a task", || {
        let name = "n".repeat(1000);
        let data = nested(&format!("<{name}>"), &"<a b=''/>".repeat(BREADTH), &format!("</{name}>"));
        executables(&format!(
            "<DTS:Executable DTS:ExecutableType='Microsoft.FileSystemTask' DTS:ObjectName='T'><DTS:ObjectData>{data}</DTS:ObjectData></DTS:Executable>"
        ))
    }),
    ("containers", || nested(&container(&"N".repeat(1000)), &variables(), "</DTS:Executable></DTS:Executables>")),
    ("event handlers", || {
        let handler = format!("<DTS:EventHandlers><DTS:EventHandler DTS:EventName='{}'>", "N".repeat(1000));
        nested(&handler, &variables(), "</DTS:EventHandler></DTS:EventHandlers>")
    }),
    ("a container with a path of its own", || {
        executables(&format!("<DTS:Executable DTS:refId='Package\\{}' DTS:ObjectName='C'>{}</DTS:Executable>", "N".repeat(100_000), variables()))
    }),
    ("secrets of a connection manager", || {
        let values = "<DTS:Property DTS:Name='Password' Sensitive='1'>x</DTS:Property>".repeat(BREADTH);
        let data = format!("<DTS:ObjectData><DTS:ConnectionManager>{values}</DTS:ConnectionManager></DTS:ObjectData>");
        let name = "N".repeat(100_000);
        format!(
            "<DTS:ConnectionManagers><DTS:ConnectionManager DTS:CreationName='OLEDB' DTS:ObjectName='{name}'>{data}</DTS:ConnectionManager></DTS:ConnectionManagers>"
        )
    }),
    ("variables of a container with the longest path", || format!("{}{}</DTS:Executable></DTS:Executables>", container(&"N".repeat(1000)), variables())),
];

fn nested(start: &str, inside: &str, end: &str) -> String {
    start.repeat(DEPTH) + inside + &end.repeat(DEPTH)
}

fn container(name: &str) -> String {
    format!("<DTS:Executables><DTS:Executable DTS:ExecutableType='STOCK:SEQUENCE' DTS:ObjectName='{name}'>")
}

fn executables(inside: &str) -> String {
    format!("<DTS:Executables>{inside}</DTS:Executables>")
}

fn variables() -> String {
    let variables: String = (0..BREADTH).map(|number| format!("<DTS:Variable DTS:Namespace='User' DTS:ObjectName='V{number}'/>")).collect();
    format!("<DTS:Variables>{variables}</DTS:Variables>")
}

#[test]
fn depth_and_breadth_make_no_product() {
    let settings = Settings { targets: TargetSet::of(&Target::ALL), rules: rules::ALL.to_vec(), ..Settings::default() };
    for (name, inside) in SHAPES {
        let inside = inside();
        let text = format!(
            "<DTS:Executable xmlns:DTS='www.microsoft.com/SqlServer/Dts' DTS:ExecutableType='Microsoft.Package' DTS:ObjectName='P'>{inside}</DTS:Executable>"
        );
        let (bytes, elements) = (text.len(), text.matches("</").count() + text.matches("/>").count());
        let sources = [Source { file: FileRef { file: "P.dtsx".into(), member: None }, requested: true, kind: FileKind::Package, text }];
        // Once more, since a pattern that is used for the first time makes itself a cache.
        take(&sources, &settings);
        let (taken, findings) = take(&sources, &settings);
        let limit = FIXED + PER_BYTE * bytes + PER_ELEMENT * elements + PER_FINDING * findings;
        assert!(taken < limit, "{name}: {taken} bytes of memory for {bytes} bytes, {elements} elements and {findings} findings, more than {limit}");
    }
}

/// The most that was taken at one time, and the number of findings.
fn take(sources: &[Source], settings: &Settings) -> (usize, usize) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let linted = lint::lint_project(sources, false, settings);
    (MEMORY.peak_usage() - before, linted.findings.len())
}
