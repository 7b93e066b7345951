//! What precedence constraints say about the children of one container: who ends before whom, and who excludes whom.

use std::collections::HashMap;

use crate::lang::expression::are_complementary;
use crate::model::{EvalOp, ExecutableId, Outcome, Package, PrecedenceConstraint};

/// Different expressions of one container that are compared with each other.
pub(super) const MAX_EXPRESSIONS: usize = 64;

/// Why two children never both run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// One needs the success of this executable, the other its failure.
    Outcome(ExecutableId),
    /// Their expressions are each other's opposite.
    Expressions(String, String),
}

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn insert(&mut self, bit: usize) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn contains(&self, bit: usize) -> bool {
        self.0.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn add_all(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    fn keep_only(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// The smallest number in both.
    fn common(&self, other: &Self) -> Option<usize> {
        let mut words = self.0.iter().zip(&other.0).enumerate();
        words.find_map(|(index, (word, other))| Some(word & other).filter(|both| *both != 0).map(|both| index * 64 + both.trailing_zeros() as usize))
    }
}

/// What must be true before a child starts.
#[derive(Clone, Debug)]
struct Before {
    /// Children that have ended.
    ended: Bits,
    /// Children that have succeeded.
    succeeded: Bits,
    /// Children that have failed.
    failed: Bits,
    /// Expressions that were true.
    expressions: Bits,
}

impl Before {
    fn new(children: usize, expressions: usize) -> Self {
        Self { ended: Bits::new(children), succeeded: Bits::new(children), failed: Bits::new(children), expressions: Bits::new(expressions) }
    }

    fn and(&mut self, other: &Self) {
        self.ended.add_all(&other.ended);
        self.succeeded.add_all(&other.succeeded);
        self.failed.add_all(&other.failed);
        self.expressions.add_all(&other.expressions);
    }

    fn or(&mut self, other: &Self) {
        self.ended.keep_only(&other.ended);
        self.succeeded.keep_only(&other.succeeded);
        self.failed.keep_only(&other.failed);
        self.expressions.keep_only(&other.expressions);
    }
}

/// An incoming constraint of a child, by numbers.
struct Incoming<'p> {
    from: usize,
    constraint: &'p PrecedenceConstraint<'p>,
    expression: Option<usize>,
}

/// Order and exclusion among the children of one container.
#[derive(Debug)]
pub(super) struct Order {
    numbers: HashMap<ExecutableId, usize>,
    children: Vec<ExecutableId>,
    /// None for a child that waits in a circle.
    before: Vec<Option<Before>>,
    expressions: Vec<String>,
    /// Pairs of expressions that are each other's opposite.
    opposites: Vec<(usize, usize)>,
}

impl Order {
    /// Works out a container, in time linear in its constraints but for the width of the sets.
    pub(super) fn new(package: &Package<'_>, container: ExecutableId) -> Self {
        let owner = package.executable(container);
        let children = owner.children.clone();
        let numbers: HashMap<_, _> = children.iter().enumerate().map(|(number, child)| (*child, number)).collect();
        let expressions = distinct_expressions(&owner.constraints);
        let incoming = incoming(&owner.constraints, &numbers, &expressions);
        let before = propagate(&incoming, expressions.len());
        let opposites = opposites(&expressions);
        Self { numbers, children, before, expressions, opposites }
    }

    fn before(&self, child: ExecutableId) -> Option<&Before> {
        self.before.get(*self.numbers.get(&child)?)?.as_ref()
    }

    /// Whether the child waits in a circle of constraints.
    pub(super) fn is_stuck(&self, child: ExecutableId) -> bool {
        self.numbers.contains_key(&child) && self.before(child).is_none()
    }

    /// Whether the first ends before the second starts.
    pub(super) fn ends_before(&self, first: ExecutableId, second: ExecutableId) -> bool {
        let number = self.numbers.get(&first);
        number.zip(self.before(second)).is_some_and(|(number, before)| before.ended.contains(*number))
    }

    /// Why the two never both run, if so.
    pub(super) fn exclusion(&self, left: ExecutableId, right: ExecutableId) -> Option<Exclusion> {
        let (left, right) = (self.before(left)?, self.before(right)?);
        let outcome = left.succeeded.common(&right.failed).or_else(|| left.failed.common(&right.succeeded));
        if let Some(child) = outcome.and_then(|number| self.children.get(number)) {
            return Some(Exclusion::Outcome(*child));
        }
        let needs = |before: &Before, one, other_before: &Before, other| before.expressions.contains(one) && other_before.expressions.contains(other);
        let opposite = self.opposites.iter().find(|(one, other)| needs(left, *one, right, *other) || needs(left, *other, right, *one))?;
        Some(Exclusion::Expressions(self.expressions[opposite.0].clone(), self.expressions[opposite.1].clone()))
    }
}

/// Expressions that a constraint needs to be true, each once.
fn distinct_expressions(constraints: &[PrecedenceConstraint<'_>]) -> Vec<String> {
    let mut expressions: Vec<String> = constraints.iter().filter_map(needed_expression).map(str::to_owned).collect();
    expressions.sort();
    expressions.dedup();
    expressions
}

fn needed_expression<'c>(constraint: &'c PrecedenceConstraint<'_>) -> Option<&'c str> {
    let needed = matches!(constraint.eval_op, EvalOp::Expression | EvalOp::ExpressionAndConstraint);
    constraint.expression.as_ref().filter(|_| needed).map(|text| text.value.trim())
}

/// Incoming constraints of each child. Constraints with an end outside the container order nothing.
fn incoming<'p>(constraints: &'p [PrecedenceConstraint<'p>], numbers: &HashMap<ExecutableId, usize>, expressions: &[String]) -> Vec<Vec<Incoming<'p>>> {
    let mut incoming: Vec<Vec<Incoming<'p>>> = numbers.iter().map(|_| Vec::new()).collect();
    for constraint in constraints {
        let number = |id: Option<ExecutableId>| numbers.get(&id?).copied();
        if let (Some(from), Some(to)) = (number(constraint.from), number(constraint.to)) {
            let expression = needed_expression(constraint).and_then(|text| expressions.binary_search_by(|candidate| candidate.as_str().cmp(text)).ok());
            incoming[to].push(Incoming { from, constraint, expression });
        }
    }
    incoming
}

/// From the children that nothing precedes downwards. What is never reached waits in a circle.
fn propagate(incoming: &[Vec<Incoming<'_>>], expressions: usize) -> Vec<Option<Before>> {
    let mut before: Vec<Option<Before>> = incoming.iter().map(|_| None).collect();
    let mut waiting: Vec<usize> = incoming.iter().map(Vec::len).collect();
    let mut successors: Vec<Vec<usize>> = incoming.iter().map(|_| Vec::new()).collect();
    for (to, constraints) in incoming.iter().enumerate() {
        constraints.iter().for_each(|constraint| successors[constraint.from].push(to));
    }
    let mut ready: Vec<usize> = (0..incoming.len()).filter(|child| waiting[*child] == 0).collect();
    while let Some(child) = ready.pop() {
        before[child] = Some(join(&incoming[child], &before, expressions));
        for next in &successors[child] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    before
}

/// What holds before a child starts: of an AND join all that its constraints need, of an OR join what every one of them needs.
fn join(incoming: &[Incoming<'_>], before: &[Option<Before>], expressions: usize) -> Before {
    let size = before.len();
    let mut joined: Option<Before> = None;
    let all = incoming.len() == 1 || incoming.iter().all(|constraint| constraint.constraint.logical_and);
    for constraint in incoming {
        let needs = needs(constraint, before[constraint.from].as_ref(), size, expressions);
        match &mut joined {
            None => joined = Some(needs),
            Some(joined) if all => joined.and(&needs),
            Some(joined) => joined.or(&needs),
        }
    }
    joined.unwrap_or_else(|| Before::new(size, expressions))
}

/// What one constraint needs: its source has ended, with the outcome it asks for, and everything before the source.
fn needs(incoming: &Incoming<'_>, source: Option<&Before>, size: usize, expressions: usize) -> Before {
    let mut needs = source.cloned().unwrap_or_else(|| Before::new(size, expressions));
    needs.ended.insert(incoming.from);
    let asks_for_outcome = matches!(incoming.constraint.eval_op, EvalOp::Constraint | EvalOp::ExpressionAndConstraint);
    match incoming.constraint.value {
        Outcome::Success if asks_for_outcome => needs.succeeded.insert(incoming.from),
        Outcome::Failure if asks_for_outcome => needs.failed.insert(incoming.from),
        _ => {}
    }
    if let Some(expression) = incoming.expression {
        needs.expressions.insert(expression);
    }
    needs
}

fn opposites(expressions: &[String]) -> Vec<(usize, usize)> {
    if expressions.len() > MAX_EXPRESSIONS {
        return Vec::new();
    }
    let pairs = (0..expressions.len()).flat_map(|one| (one + 1..expressions.len()).map(move |other| (one, other)));
    pairs.filter(|(one, other)| are_complementary(&expressions[*one], &expressions[*other])).collect()
}
