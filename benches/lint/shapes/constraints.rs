//! Precedence constraints, and executables below each other.

use super::parts::{Parts, SQL_TASK, executable, sql, task};
use super::{Shape, one};

pub(super) const SHAPES: &[Shape] = &[
    Shape { name: "constraints between two", documents: |size| one(between_two(size)) },
    Shape { name: "constraints, two layers", documents: |size| one(layers(size.isqrt(), 2)) },
    Shape { name: "constraints, many layers", documents: |size| one(layers(10, size / 100 + 1)) },
    Shape { name: "conditions, two layers", documents: |size| one(alternatives(size.isqrt())) },
    Shape { name: "containers in containers", documents: |size| one(nested(size)) },
];

const STATEMENT: &str = "DELETE FROM dbo.Stage";

/// Constraints from one task to another.
fn between_two(size: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Step", 3, "1", "");
    parts.executable(&task(0), SQL_TASK, &sql(0, STATEMENT));
    parts.executable(&task(1), SQL_TASK, &sql(0, STATEMENT));
    for number in 0..size {
        parts.constraint(&task(0), &task(1), &format!("@[User::Step] == {number}"));
    }
    parts.package()
}

/// Layers of tasks, each of which waits for all of the layer before.
fn layers(width: usize, count: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    for number in 0..width * count {
        parts.executable(&task(number), SQL_TASK, &sql(0, STATEMENT));
        let layer = number / width * width;
        for before in layer.saturating_sub(width)..layer {
            parts.constraint(&task(before), &task(number), "");
        }
    }
    parts.package()
}

/// Two layers of tasks, with a condition of its own from each to each.
fn alternatives(width: usize) -> String {
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Step", 3, "1", "");
    for number in 0..2 * width {
        parts.executable(&task(number), SQL_TASK, &sql(0, STATEMENT));
        for before in 0..if number < width { 0 } else { width } {
            parts.constraint(&task(before), &task(number), &format!("@[User::Step] == {number}"));
        }
    }
    parts.package()
}

/// Stacks of containers, as deep as a package may be.
fn nested(size: usize) -> String {
    const DEPTH: usize = 50;
    let mut parts = Parts::default();
    parts.database(0);
    parts.variable("Rows", 3, "0", "");
    for stack in 0..size.div_ceil(DEPTH) {
        let path = |depth: usize| format!("{}{}", task(stack), "\\In".repeat(depth));
        let mut inner = String::new();
        executable(&mut inner, &path(DEPTH), SQL_TASK, &sql(0, STATEMENT));
        for depth in (1..DEPTH).rev() {
            let mut outer = String::new();
            executable(&mut outer, &path(depth), "STOCK:SEQUENCE", &format!("<DTS:Executables>{inner}</DTS:Executables>"));
            inner = outer;
        }
        parts.executable(&path(0), "STOCK:SEQUENCE", &format!("<DTS:Executables>{inner}</DTS:Executables>"));
    }
    parts.package()
}
