//! Precedence constraints. New files name their ends by refId, old ones by DTSID; invented ones mix the two.

use foldhash::{HashMap, HashMapExt};

use super::{DTS, NONE, object};
use crate::model::{EvalOp, Executable, ExecutableId, Outcome, PrecedenceConstraint};
use crate::xml::Element;

/// Constraints of a container whose children have been read.
pub(super) fn read_all<'a>(container: Element<'_, 'a>, id: ExecutableId, executables: &[Executable<'a>]) -> Vec<PrecedenceConstraint<'a>> {
    let mut elements = object::members(container, "PrecedenceConstraints", "PrecedenceConstraint").peekable();
    if elements.peek().is_none() {
        return Vec::new();
    }
    let owner = &executables[id.0 as usize];
    let ends = Ends::new(owner, executables);
    elements.map(|element| read_one(element, &owner.path, &ends)).collect()
}

fn read_one<'a>(element: Element<'_, 'a>, owner_path: &str, ends: &Ends) -> PrecedenceConstraint<'a> {
    let name = object::value(element, "ObjectName");
    let end = |new: &str, is_from: bool| {
        let reference = element.attribute(DTS, new).map(|attribute| attribute.value()).or_else(|| old_end(element, is_from))?;
        ends.find(&reference)
    };
    PrecedenceConstraint {
        path: object::path(element, owner_path, "PrecedenceConstraints", &name),
        name,
        from: end("From", true),
        to: end("To", false),
        value: outcome(object::number(element, "Value")),
        eval_op: eval_op(object::number(element, "EvalOp")),
        logical_and: object::flag(element, "LogicalAnd", false),
        expression: object::property(element, "Expression").filter(|text| !text.is_blank()),
        description: object::property(element, "Description").filter(|text| !text.is_blank()),
        span: element.tag_span(),
    }
}

/// Old files: two children that are named `DTS:Executable` like real ones, but hold a reference.
fn old_end<'a>(element: Element<'_, 'a>, is_from: bool) -> Option<std::borrow::Cow<'a, str>> {
    let is_end = |end: &Element<'_, '_>| end.attribute(DTS, "IsFrom").and_then(|mark| crate::model::flag(&mark.value())) == Some(is_from);
    let end = element.children_named(DTS, "Executable").find(is_end)?;
    end.attribute(NONE, "IDREF").map(|reference| reference.value())
}

const fn outcome(number: Option<i64>) -> Outcome {
    match number {
        Some(1) => Outcome::Failure,
        Some(2) => Outcome::Completion,
        Some(3) => Outcome::Canceled,
        _ => Outcome::Success,
    }
}

const fn eval_op(number: Option<i64>) -> EvalOp {
    match number {
        Some(1) => EvalOp::Expression,
        Some(3) => EvalOp::ExpressionAndConstraint,
        Some(4) => EvalOp::ExpressionOrConstraint,
        _ => EvalOp::Constraint,
    }
}

/// The children of a container by everything that a constraint may name them by.
struct Ends(HashMap<String, ExecutableId>);

impl Ends {
    fn new(owner: &Executable<'_>, executables: &[Executable<'_>]) -> Self {
        let mut ends = HashMap::with_capacity(owner.children.len() * 2);
        for child in &owner.children {
            let executable = &executables[child.0 as usize];
            ends.entry(executable.path.to_string()).or_insert(*child);
            if !executable.id.is_empty() {
                ends.entry(executable.id.to_ascii_uppercase()).or_insert(*child);
            }
        }
        Self(ends)
    }

    fn find(&self, reference: &str) -> Option<ExecutableId> {
        self.0.get(reference).or_else(|| self.0.get(&reference.trim().to_ascii_uppercase())).copied()
    }
}
