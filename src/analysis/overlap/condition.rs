//! Expressions of precedence constraints, and which of them are looked at in the same moment.
//!
//! A constraint looks at its expression when its source has ended. What the package writes to may have changed by the next such moment, so that
//! `@N == 0` here and `@N != 0` there may both be true. When the constraints of a join are looked at is not documented; of several, nothing is assumed.

use foldhash::HashMap;

use crate::analysis::effective::Written;
use crate::lang::expression::{Ast, references};
use crate::model::{EvalOp, ExecutableKind, Package, PrecedenceConstraint, Variable};

/// When the expression of a constraint is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    /// It does not matter: nothing changes what it reads while the container runs once.
    Any,
    /// When the child of that number has ended.
    EndOf(usize),
    /// By the constraint of that number alone, at some time.
    Own(usize),
}

/// An expression, at a moment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Condition {
    pub(super) moment: Moment,
    pub(super) text: String,
}

/// The expression that a constraint looks at.
pub(super) fn expression<'c>(constraint: &'c PrecedenceConstraint<'_>) -> Option<&'c str> {
    constraint.expression.as_ref().filter(|_| constraint.eval_op != EvalOp::Constraint).map(|text| text.value.trim())
}

/// What may change in a package while it runs.
#[derive(Debug)]
pub(super) struct Changes<'s, 'a> {
    /// The variables by their names, and whether the package runs others: scripts there may write to variables of their caller. Both are left out in a
    /// package without conditions.
    variables: HashMap<&'s str, Vec<&'s Variable<'a>>>,
    runs_children: bool,
    /// What tasks and loops write to; left out in a package without conditions.
    written: Written<'s>,
}

impl<'s, 'a> Changes<'s, 'a> {
    pub(super) fn new(package: &'s Package<'a>) -> Self {
        let mut constraints = package.executables.iter().flat_map(|executable| &executable.constraints);
        let has_conditions = constraints.any(|constraint| expression(constraint).is_some());
        if !has_conditions {
            return Self { variables: HashMap::default(), runs_children: false, written: Written::default() };
        }
        let mut variables: HashMap<&str, Vec<&Variable<'a>>> = HashMap::default();
        package.variables().for_each(|variable| variables.entry(variable.name.as_str()).or_default().push(variable));
        let mut enabled = package.executables().filter(|(id, _)| package.is_enabled(*id));
        let runs_children = enabled.any(|(_, executable)| executable.kind == ExecutableKind::ExecutePackage);
        Self { variables, runs_children, written: Written::new(package) }
    }

    /// Whether an expression has one value in all of a run: it reads parameters, and variables that nothing writes to and no expression computes.
    pub(super) fn keeps(&self, expression: &str) -> bool {
        let Ok(ast) = Ast::parse(expression) else { return false };
        let functions = ["GETDATE", "GETUTCDATE"];
        let is_clock = functions.iter().any(|name| expression.to_ascii_uppercase().contains(name));
        !is_clock && references(&ast).variables.iter().all(|found| found.variable.is_parameter() || self.keeps_variable(found.variable.qualified))
    }

    fn keeps_variable(&self, name: &str) -> bool {
        let name = name.split_once("::").map_or(name, |(_, name)| name);
        // None is a system variable, or one of a caller.
        self.variables.get(name).is_some_and(|named| named.iter().all(|variable| !variable.evaluate_as_expression && !self.may_write(variable)))
    }

    fn may_write(&self, variable: &Variable<'_>) -> bool {
        self.written.contains(variable) || self.runs_children
    }
}
