//! What may run at the same time in one package, and why not when not.
//!
//! Two executables that no containment relates meet in their lowest common container. There they are ordered by precedence constraints, excluded by
//! contradictory conditions, kept apart by a package that runs one executable at a time, or may overlap. Iterations of a loop never overlap.
//!
//! What it takes for true of SSIS:
//! - An executable starts when all of its constraints hold, or one when not all of them are AND; a constraint on one that never runs never holds.
//! - A disabled executable keeps its place in the order and succeeds at once, when its own constraints hold; it never fails.
//! - A container may end either way, whatever its children do: error limits, forced results and enumerators make it so.
//! - An expression that reads only what nothing in the package writes to has one value while its container runs once. Any other may have another value
//!   each time an executable ends: see `condition.rs`.
//!
//! `tests/overlap_oracle.rs` compares the answers for tasks with brute force: they are the same for every small control flow. "Never" is always true.
//! "May overlap" is more cautious than the truth only
//! - of more than `order::MAX_WAYS` ways to start a child: beyond, only what they have in common counts (no case among 40,000 flows of the oracle);
//! - of expressions in different containers, which are not compared (8 of 190,000 pairs there, when expressions are constant over the whole package);
//! - of expressions that read what something writes to, at different moments, even where nothing writes to it in between;
//! - of expressions that contradict each other without being each other's opposite (`@N > 5`, `@N < 3`), and of more than `way::MAX_EXPRESSIONS`
//!   different expressions in one container, none of which is taken to exclude another;
//! - of children on or behind a circle of constraints that takes more than a few rounds to settle.
//!
//! Event handlers are judged by what raises their events, with medium confidence; two runs of one handler are not taken to overlap.

mod condition;
mod order;
pub mod pairs;
mod precedence;
mod way;

use std::cell::OnceCell;
use std::fmt;

use crate::finding::Confidence;
use crate::model::{ExecutableId, ExecutableKind, Package};
use condition::Changes;
use order::{Exclusion, Order, Verdict};

/// Whether two executables may run at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nothing keeps them apart.
    MayOverlap {
        /// The container in which their branches part.
        container: ExecutableId,
        /// Its child that holds the first one.
        left: ExecutableId,
        /// Its child that holds the second one.
        right: ExecutableId,
        /// How sure that is.
        confidence: Confidence,
    },
    /// Something does.
    Never(Reason),
}

/// Why two executables never run at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// They are the same, or one contains the other.
    Nested,
    /// One of them is disabled.
    Disabled(ExecutableId),
    /// One ends before the other starts.
    Ordered {
        /// The one that ends.
        first: ExecutableId,
        /// The one that starts.
        then: ExecutableId,
    },
    /// At most one of them runs, because their conditions contradict each other.
    Exclusive {
        /// The conditions in words.
        because: String,
    },
    /// The package runs one executable at a time.
    Serial,
    /// In each way in which they can start, one ends before the other starts or they exclude each other.
    EitherWay,
    /// This one's precedence constraints contradict each other or go round in a circle, so that it never starts.
    NeverStarts(ExecutableId),
    /// They belong to events that are raised one after the other.
    Handlers,
}

/// Relations in one package; each container is worked out when first asked about.
#[derive(Debug)]
pub struct Overlap<'s, 'a> {
    package: &'s Package<'a>,
    orders: Vec<OnceCell<Order>>,
    changes: Changes<'s, 'a>,
    depths: Vec<u32>,
}

impl<'s, 'a> Overlap<'s, 'a> {
    /// Relations of a package; computes next to nothing yet.
    #[must_use]
    pub fn new(package: &'s Package<'a>) -> Self {
        let mut depths: Vec<u32> = Vec::with_capacity(package.executables.len());
        for executable in &package.executables {
            // Parents come before their children.
            depths.push(executable.parent.map_or(0, |parent| depths.get(parent.0 as usize).map_or(0, |depth| depth + 1)));
        }
        Self { package, orders: package.executables.iter().map(|_| OnceCell::new()).collect(), changes: Changes::new(package), depths }
    }

    /// How two executables relate.
    #[must_use]
    pub fn relation(&self, left: ExecutableId, right: ExecutableId) -> Relation {
        if let Some(disabled) = [left, right].into_iter().find(|id| !self.package.is_enabled(*id)) {
            return Relation::Never(Reason::Disabled(disabled));
        }
        if let Some(stuck) = [left, right].into_iter().find_map(|id| self.never_starts(id)) {
            return Relation::Never(Reason::NeverStarts(stuck));
        }
        let meeting = self.meeting(left, right);
        match (meeting.left, meeting.right) {
            (Some(left_child), Some(right_child)) => self.siblings(&meeting, left_child, right_child, left, right),
            (None, Some(child)) => self.nested(&meeting, child, right),
            (Some(child), None) => self.nested(&meeting, child, left),
            (None, None) => Relation::Never(Reason::Nested),
        }
    }

    /// Whether one executable has always ended when the other starts.
    #[must_use]
    pub fn ends_before(&self, one: ExecutableId, other: ExecutableId) -> bool {
        match self.relation(one, other) {
            Relation::Never(Reason::Ordered { first, .. }) => self.package.ancestors(one).any(|ancestor| ancestor == first),
            _ => false,
        }
    }

    /// One contains the other: they overlap only when a handler works while its owner does.
    fn nested(&self, meeting: &Meeting, child: ExecutableId, inner: ExecutableId) -> Relation {
        let handler = self.package.executable(child);
        let leaf = !self.package.executable(meeting.container).kind.is_container();
        if handler.kind != ExecutableKind::EventHandler || !leaf {
            return Relation::Never(Reason::Nested);
        }
        match raised_while_working(handler.name.as_str()) {
            true if !self.is_serial() => may_overlap(meeting.container, meeting.container, inner, Confidence::Medium),
            _ => Relation::Never(Reason::Handlers),
        }
    }

    fn siblings(&self, meeting: &Meeting, left: ExecutableId, right: ExecutableId, left_leaf: ExecutableId, right_leaf: ExecutableId) -> Relation {
        let is_handler = |id| self.package.executable(id).kind == ExecutableKind::EventHandler;
        let relation = match (is_handler(left), is_handler(right)) {
            (false, false) => self.children(meeting.container, left, right),
            (true, false) => self.handler_and_child(meeting.container, left, right, right_leaf),
            (false, true) => self.handler_and_child(meeting.container, right, left, left_leaf),
            (true, true) if self.runs_in_parallel(meeting.container) => may_overlap(meeting.container, left, right, Confidence::Medium),
            (true, true) => Relation::Never(Reason::Handlers),
        };
        match relation {
            Relation::MayOverlap { .. } if self.is_serial() => Relation::Never(Reason::Serial),
            relation => relation,
        }
    }

    fn children(&self, container: ExecutableId, left: ExecutableId, right: ExecutableId) -> Relation {
        match self.order(container).verdict(left, right) {
            Verdict::Overlap => may_overlap(container, left, right, Confidence::High),
            Verdict::LeftFirst => Relation::Never(Reason::Ordered { first: left, then: right }),
            Verdict::RightFirst => Relation::Never(Reason::Ordered { first: right, then: left }),
            Verdict::Exclusive(exclusion) => Relation::Never(Reason::Exclusive { because: self.explain(&exclusion) }),
            Verdict::EitherWay => Relation::Never(Reason::EitherWay),
        }
    }

    /// The executable itself, or the container of it, that its constraints never let start.
    fn never_starts(&self, id: ExecutableId) -> Option<ExecutableId> {
        let mut steps = self.package.ancestors(id).filter_map(|ancestor| Some((ancestor, self.package.executable(ancestor).parent?)));
        steps.find(|(child, parent)| !self.order(*parent).can_start(*child)).map(|(child, _)| child)
    }

    /// A handler of the container, and something inside the container itself. Events of what is inside come up to the container, so even a handler
    /// of an event that is raised before or after work overlaps whatever runs beside something else.
    fn handler_and_child(&self, container: ExecutableId, handler: ExecutableId, child: ExecutableId, leaf: ExecutableId) -> Relation {
        let event = self.package.executable(handler).name.as_str();
        if raised_while_working(event) || self.has_company(container, leaf) {
            may_overlap(container, handler, child, Confidence::Medium)
        } else {
            Relation::Never(Reason::Handlers)
        }
    }

    /// Whether something in the container may run beside the executable.
    fn has_company(&self, container: ExecutableId, leaf: ExecutableId) -> bool {
        let inside = self.package.ancestors(leaf).take_while(|ancestor| *ancestor != container);
        inside.filter_map(|ancestor| Some((ancestor, self.package.executable(ancestor).parent?))).any(|(ancestor, parent)| {
            let siblings = self.package.executable(parent).children.iter().filter(|sibling| **sibling != ancestor && self.package.is_enabled(**sibling));
            let mut siblings = siblings.filter(|sibling| self.order(parent).can_start(**sibling));
            siblings.any(|sibling| matches!(self.children(parent, ancestor, *sibling), Relation::MayOverlap { .. }))
        })
    }

    /// Whether the container runs any two of its children at the same time.
    fn runs_in_parallel(&self, container: ExecutableId) -> bool {
        self.package.executable(container).children.iter().any(|child| self.package.is_enabled(*child) && self.has_company(container, *child))
    }

    fn order(&self, container: ExecutableId) -> &Order {
        self.orders[container.0 as usize].get_or_init(|| Order::new(self.package, container, &self.changes))
    }

    /// `MaxConcurrentExecutables` of 1, and no expression that may raise it.
    fn is_serial(&self) -> bool {
        let root = self.package.root();
        root.properties.number("MaxConcurrentExecutables") == Some(1) && root.expression("MaxConcurrentExecutables").is_none()
    }

    fn explain(&self, exclusion: &Exclusion) -> String {
        match exclusion {
            Exclusion::Outcome(id) => {
                format!("one runs only when `{}` succeeds, the other only when it fails", self.package.executable(*id).name.value)
            }
            Exclusion::Expressions(one, other) => format!("one runs only when `{one}`, the other only when `{other}`"),
        }
    }

    /// Where the branches of two executables part.
    fn meeting(&self, left: ExecutableId, right: ExecutableId) -> Meeting {
        let depth = |id: ExecutableId| self.depths[id.0 as usize];
        let (mut left, mut right) = (Climber::new(left), Climber::new(right));
        while left.at != right.at {
            let higher = if depth(left.at) >= depth(right.at) { &mut left } else { &mut right };
            if !higher.climb(self.package) {
                break;
            }
        }
        Meeting { container: left.at, left: left.child, right: right.child }
    }

    /// Why, in words: for findings and explanations.
    #[must_use]
    pub fn describe(&self, reason: &Reason) -> String {
        let name = |id: ExecutableId| self.package.executable(id).name.value.as_ref();
        match reason {
            Reason::Nested => "one contains the other".to_owned(),
            Reason::Disabled(id) => format!("`{}` is disabled", name(*id)),
            Reason::Ordered { first, then } => format!("precedence constraints let `{}` end before `{}` starts", name(*first), name(*then)),
            Reason::Exclusive { because } => because.clone(),
            Reason::Serial => "MaxConcurrentExecutables is 1".to_owned(),
            Reason::EitherWay => "precedence constraints let one of them start only after the other has ended, or only when the other does not run".to_owned(),
            Reason::NeverStarts(id) => format!("precedence constraints never let `{}` start", name(*id)),
            Reason::Handlers => "their events are raised one after the other".to_owned(),
        }
    }
}

const fn may_overlap(container: ExecutableId, left: ExecutableId, right: ExecutableId, confidence: Confidence) -> Relation {
    Relation::MayOverlap { container, left, right, confidence }
}

/// Whether an event is raised while its source works; the others are raised before or after.
fn raised_while_working(event: &str) -> bool {
    !["OnPreExecute", "OnPostExecute", "OnPreValidate", "OnPostValidate", "OnTaskFailed"].iter().any(|other| other.eq_ignore_ascii_case(event))
}

/// The container where two branches part, and its children on either branch; none when the executable is the container itself.
struct Meeting {
    container: ExecutableId,
    left: Option<ExecutableId>,
    right: Option<ExecutableId>,
}

struct Climber {
    at: ExecutableId,
    child: Option<ExecutableId>,
}

impl Climber {
    const fn new(at: ExecutableId) -> Self {
        Self { at, child: None }
    }

    fn climb(&mut self, package: &Package<'_>) -> bool {
        let Some(parent) = package.executable(self.at).parent else { return false };
        self.child = Some(self.at);
        self.at = parent;
        true
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MayOverlap { .. } => "may overlap",
            Self::Never(_) => "never overlap",
        })
    }
}

#[cfg(test)]
mod tests;
