//! What precedence constraints say about the children of one container: who ends before whom, and who excludes whom.
//!
//! A child starts in one of several ways: each OR join offers one per constraint, each constraint with "expression or outcome" two. Two children are
//! apart when every way of the one is ordered with, or contradicts, every way of the other.

use foldhash::HashMap;

use super::condition::{Changes, Condition, Moment, expression};
use super::way::{Opposites, Way};
use crate::model::{EvalOp, ExecutableId, Outcome, Package, PrecedenceConstraint};

/// Ways to start that are kept apart for a child; beyond them only what all have in common counts. Fewer in containers of more than 64 children.
pub(super) const MAX_WAYS: usize = 16;

/// Rounds over the children on circles.
const MAX_ROUNDS: usize = 16;

/// Why two children never both run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// One needs the success of this executable, the other its failure.
    Outcome(ExecutableId),
    /// Their expressions are each other's opposite.
    Expressions(String, String),
}

/// An incoming constraint of a child, by numbers.
struct Incoming<'p> {
    from: usize,
    constraint: &'p PrecedenceConstraint<'p>,
    /// Its condition.
    expression: Option<usize>,
    /// Whether the source is disabled, and so never fails.
    from_disabled: bool,
}

/// How two children of a container stand to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing keeps them apart.
    Overlap,
    /// The left one ends before the right one starts.
    LeftFirst,
    /// The right one ends before the left one starts.
    RightFirst,
    /// At most one of them runs.
    Exclusive(Exclusion),
    /// Different ones of these, by the way in which they start.
    EitherWay,
}

/// Order and exclusion among the children of one container.
#[derive(Debug)]
pub(super) struct Order {
    numbers: HashMap<ExecutableId, usize>,
    children: Vec<ExecutableId>,
    /// The ways in which each child can start; none when it never does.
    ways: Vec<Vec<Way>>,
    conditions: Vec<Condition>,
    opposites: Opposites,
}

impl Order {
    /// Works out a container, in time linear in its constraints but for the width of the sets.
    pub(super) fn new(package: &Package<'_>, container: ExecutableId, changes: &Changes<'_, '_>) -> Self {
        let owner = package.executable(container);
        let children = owner.children.clone();
        let numbers: HashMap<_, _> = children.iter().enumerate().map(|(number, child)| (*child, number)).collect();
        let of_constraints = conditions_of(&owner.constraints, &numbers, changes);
        let conditions = distinct(&of_constraints);
        let opposites = Opposites::new(&conditions);
        let incoming = incoming(package, &owner.constraints, &numbers, &of_constraints, &conditions);
        let ways = Propagation::new(&incoming, conditions.len(), &opposites).run();
        Self { numbers, children, ways, conditions, opposites }
    }

    /// The ways in which a child can start; a handler, which no constraint reaches, is no child.
    fn ways(&self, child: ExecutableId) -> Option<(usize, &[Way])> {
        let number = *self.numbers.get(&child)?;
        Some((number, self.ways.get(number)?))
    }

    /// Whether the child's constraints can ever let it start.
    pub(super) fn can_start(&self, child: ExecutableId) -> bool {
        self.ways(child).is_none_or(|(_, ways)| !ways.is_empty())
    }

    /// How two different children stand to each other.
    pub(super) fn verdict(&self, left: ExecutableId, right: ExecutableId) -> Verdict {
        let (Some((left, left_ways)), Some((right, right_ways))) = (self.ways(left), self.ways(right)) else { return Verdict::Overlap };
        let pairs = left_ways.iter().flat_map(|one| right_ways.iter().map(move |other| (one, other)));
        let verdicts = pairs.map(|(one, other)| self.between(left, one, right, other));
        verdicts.reduce(Verdict::combine).unwrap_or(Verdict::Overlap)
    }

    fn between(&self, left: usize, one: &Way, right: usize, other: &Way) -> Verdict {
        if other.ended.contains(left) {
            return Verdict::LeftFirst;
        }
        if one.ended.contains(right) {
            return Verdict::RightFirst;
        }
        self.exclusion(one, other).map_or(Verdict::Overlap, Verdict::Exclusive)
    }

    fn exclusion(&self, one: &Way, other: &Way) -> Option<Exclusion> {
        let outcome = one.succeeded.common(&other.failed).or_else(|| one.failed.common(&other.succeeded));
        if let Some(child) = outcome.and_then(|number| self.children.get(number)) {
            return Some(Exclusion::Outcome(*child));
        }
        let (one, other) = self.opposites.between(&one.expressions, &other.expressions)?;
        Some(Exclusion::Expressions(self.conditions[one].text.clone(), self.conditions[other].text.clone()))
    }
}

impl Verdict {
    /// The verdict over two pairs of ways.
    fn combine(self, other: Self) -> Self {
        match (self, other) {
            (Self::Overlap, _) | (_, Self::Overlap) => Self::Overlap,
            (Self::LeftFirst, Self::LeftFirst) => Self::LeftFirst,
            (Self::RightFirst, Self::RightFirst) => Self::RightFirst,
            (Self::Exclusive(exclusion), Self::Exclusive(_)) => Self::Exclusive(exclusion),
            _ => Self::EitherWay,
        }
    }
}

/// The condition of each constraint that looks at an expression, in their order.
fn conditions_of(constraints: &[PrecedenceConstraint<'_>], numbers: &HashMap<ExecutableId, usize>, changes: &Changes<'_, '_>) -> Vec<Option<Condition>> {
    let mut arrows: HashMap<ExecutableId, usize> = HashMap::default();
    constraints.iter().filter_map(|constraint| constraint.to).for_each(|to| *arrows.entry(to).or_default() += 1);
    let mut kept: HashMap<&str, bool> = HashMap::default();
    let conditions = constraints.iter().enumerate().map(|(number, constraint)| {
        let text = expression(constraint)?;
        let is_only = constraint.to.is_some_and(|to| arrows.get(&to) == Some(&1));
        let source = constraint.from.and_then(|from| numbers.get(&from));
        let moment = match source {
            _ if *kept.entry(text).or_insert_with(|| changes.keeps(text)) => Moment::Any,
            Some(source) if is_only => Moment::EndOf(*source),
            _ => Moment::Own(number),
        };
        Some(Condition { moment, text: text.to_owned() })
    });
    conditions.collect()
}

/// The conditions, each once.
fn distinct(conditions: &[Option<Condition>]) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = conditions.iter().flatten().cloned().collect();
    conditions.sort();
    conditions.dedup();
    conditions
}

/// Incoming constraints of each child. Constraints with an end outside the container order nothing.
fn incoming<'p>(
    package: &Package<'_>,
    constraints: &'p [PrecedenceConstraint<'p>],
    numbers: &HashMap<ExecutableId, usize>,
    of_constraints: &[Option<Condition>],
    conditions: &[Condition],
) -> Vec<Vec<Incoming<'p>>> {
    let mut incoming: Vec<Vec<Incoming<'p>>> = numbers.iter().map(|_| Vec::new()).collect();
    for (constraint, condition) in constraints.iter().zip(of_constraints) {
        let (Some(source), Some(target)) = (constraint.from, constraint.to) else { continue };
        if let (Some(from), Some(to)) = (numbers.get(&source), numbers.get(&target)) {
            let expression = condition.as_ref().and_then(|condition| conditions.binary_search(condition).ok());
            incoming[*to].push(Incoming { from: *from, constraint, expression, from_disabled: is_disabled(package, source) });
        }
    }
    incoming
}

/// Whether a child is disabled for good: it does nothing, and its successors go on as after its success.
fn is_disabled(package: &Package<'_>, id: ExecutableId) -> bool {
    let executable = package.executable(id);
    executable.disabled() && executable.expression("Disable").is_none()
}

/// Works out the ways in which each child can start.
struct Propagation<'i> {
    incoming: &'i [Vec<Incoming<'i>>],
    expressions: usize,
    opposites: &'i Opposites,
    most: usize,
}

impl<'i> Propagation<'i> {
    fn new(incoming: &'i [Vec<Incoming<'i>>], expressions: usize, opposites: &'i Opposites) -> Self {
        Self { incoming, expressions, opposites, most: (MAX_WAYS * 64 / incoming.len().max(1)).clamp(1, MAX_WAYS) }
    }

    /// From the children that nothing precedes downwards; then what lies on or behind a circle.
    fn run(&self) -> Vec<Vec<Way>> {
        let (sorted, circular) = self.sorted();
        let mut ways: Vec<Vec<Way>> = self.incoming.iter().map(|_| Vec::new()).collect();
        for child in sorted {
            ways[child] = self.join(child, &ways);
        }
        self.settle(&circular, &mut ways);
        ways
    }

    /// The children in an order in which sources come before targets, and those for which there is none.
    fn sorted(&self) -> (Vec<usize>, Vec<usize>) {
        let mut waiting: Vec<usize> = self.incoming.iter().map(Vec::len).collect();
        let mut successors: Vec<Vec<usize>> = self.incoming.iter().map(|_| Vec::new()).collect();
        for (to, constraints) in self.incoming.iter().enumerate() {
            constraints.iter().for_each(|constraint| successors[constraint.from].push(to));
        }
        let mut sorted: Vec<usize> = (0..self.incoming.len()).filter(|child| waiting[*child] == 0).collect();
        let mut next = 0;
        while let Some(child) = sorted.get(next).copied() {
            next += 1;
            for successor in &successors[child] {
                waiting[*successor] -= 1;
                if waiting[*successor] == 0 {
                    sorted.push(*successor);
                }
            }
        }
        (sorted, (0..self.incoming.len()).filter(|child| waiting[*child] > 0).collect())
    }

    /// An OR join can let a circle start. From "never starts" upwards until nothing changes; what takes too long is known nothing about.
    fn settle(&self, circular: &[usize], ways: &mut [Vec<Way>]) {
        for _ in 0..MAX_ROUNDS {
            let mut changed = false;
            for child in circular {
                let joined = self.join(*child, ways);
                changed |= joined != ways[*child];
                ways[*child] = joined;
            }
            if !changed {
                return;
            }
        }
        circular.iter().for_each(|child| ways[*child] = vec![self.anyhow()]);
    }

    /// The way that needs nothing.
    fn anyhow(&self) -> Way {
        Way::new(self.incoming.len(), self.expressions)
    }

    /// The ways through an AND join are those that satisfy all constraints, the ways through an OR join those that satisfy one.
    fn join(&self, child: usize, ways: &[Vec<Way>]) -> Vec<Way> {
        let incoming = &self.incoming[child];
        let through = |constraint| self.through(constraint, ways);
        let mut joined = match incoming.len() {
            0 => vec![self.anyhow()],
            _ if incoming.iter().all(|constraint| constraint.constraint.logical_and) => {
                incoming.iter().map(through).reduce(|one, other| self.both(one, other)).unwrap_or_default()
            }
            _ => incoming.iter().map(through).reduce(|one, other| self.either(one, other)).unwrap_or_default(),
        };
        joined.retain(|way| !way.ended.contains(child));
        joined
    }

    /// The ways to satisfy one constraint: its source has started in one of its ways, and ended with what the constraint asks for.
    fn through(&self, incoming: &Incoming<'_>, ways: &[Vec<Way>]) -> Vec<Way> {
        let mut found = Vec::new();
        for way in &ways[incoming.from] {
            let mut way = way.clone();
            way.ended.insert(incoming.from);
            found.extend(demands(incoming).into_iter().filter_map(|demand| self.with(&way, demand, incoming)));
        }
        self.simplified(found)
    }

    fn with(&self, way: &Way, demand: Demand, incoming: &Incoming<'_>) -> Option<Way> {
        let mut way = way.clone();
        match demand.outcome {
            Some(Outcome::Success) => way.succeeded.insert(incoming.from),
            Some(Outcome::Failure) if incoming.from_disabled => return None,
            Some(Outcome::Failure) => way.failed.insert(incoming.from),
            _ => {}
        }
        if let Some(expression) = incoming.expression.filter(|_| demand.expression) {
            way.expressions.insert(expression);
        }
        way.is_possible(self.opposites).then_some(way)
    }

    fn both(&self, one: Vec<Way>, other: Vec<Way>) -> Vec<Way> {
        let other = if one.len() * other.len() > self.most { weakest(other) } else { other };
        let pairs = one.iter().flat_map(|one| other.iter().map(move |other| one.and(other)));
        self.simplified(pairs.filter(|way| way.is_possible(self.opposites)).collect())
    }

    fn either(&self, mut one: Vec<Way>, other: Vec<Way>) -> Vec<Way> {
        one.extend(other);
        self.simplified(one)
    }

    /// Without the ways that need more than another; all in one when there are too many.
    fn simplified(&self, ways: Vec<Way>) -> Vec<Way> {
        let mut kept: Vec<Way> = Vec::new();
        for way in ways {
            if !kept.iter().any(|other| way.includes(other)) {
                kept.retain(|other| !other.includes(&way));
                kept.push(way);
            }
        }
        if kept.len() > self.most { weakest(kept) } else { kept }
    }
}

/// What all of the ways need, as one way.
fn weakest(ways: Vec<Way>) -> Vec<Way> {
    ways.into_iter().reduce(|one, other| one.or(&other)).into_iter().collect()
}

/// One of the things that satisfy a constraint.
#[derive(Clone, Copy)]
struct Demand {
    outcome: Option<Outcome>,
    expression: bool,
}

fn demands(incoming: &Incoming<'_>) -> Vec<Demand> {
    let outcome = Demand { outcome: Some(incoming.constraint.value), expression: false };
    let expression = Demand { outcome: None, expression: true };
    match incoming.constraint.eval_op {
        EvalOp::Constraint => vec![outcome],
        EvalOp::Expression => vec![expression],
        EvalOp::ExpressionAndConstraint => vec![Demand { expression: true, ..outcome }],
        EvalOp::ExpressionOrConstraint => vec![outcome, expression],
    }
}
