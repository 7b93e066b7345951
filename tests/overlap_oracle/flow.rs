//! Control flows made up at random.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use ssislint::model::{
    EvalOp, Executable, ExecutableId, ExecutableKind, ExecuteSql, Outcome, Package, PrecedenceConstraint, Property, ResultBinding, Task, Text, Variable,
};

/// Expressions in pairs of opposites.
pub(crate) const EXPRESSIONS: [&str; 6] =
    ["@[User::X] > 0", "@[User::X] <= 0", "@[User::Go]", "!@[User::Go]", "@[User::Name] == \"a\"", "@[User::Name] != \"a\""];

/// The variables that they read, one of each pair.
const VARIABLES: [&str; 3] = ["X", "Go", "Name"];

/// A package in miniature. Number 0 is the package.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) nodes: Vec<Node>,
    pub(crate) arrows: Vec<Arrow>,
    pub(crate) serial: bool,
    /// The pairs of expressions, as bits, whose variable a task writes to.
    pub(crate) written: u8,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: ExecutableKind,
    pub(crate) parent: usize,
    pub(crate) disabled: bool,
    /// The event, of a handler.
    pub(crate) event: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Arrow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) value: Outcome,
    pub(crate) eval_op: EvalOp,
    pub(crate) expression: usize,
    pub(crate) logical_and: bool,
}

/// What an event is raised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Raised {
    Before,
    After,
    Meanwhile,
}

type ArrowSeed = (usize, usize, Outcome, EvalOp, usize, bool, bool);

/// Flows with up to seven tasks and containers, and at times one handler with up to two tasks.
pub(crate) fn flows() -> impl Strategy<Value = Flow> {
    let kinds = select(vec![
        ExecutableKind::ExecuteSql,
        ExecutableKind::ExecuteSql,
        ExecutableKind::ExecuteSql,
        ExecutableKind::ExecuteSql,
        ExecutableKind::ExecuteSql,
        ExecutableKind::Sequence,
        ExecutableKind::ForLoop,
        ExecutableKind::ForEachLoop,
    ]);
    let nodes = vec((kinds, 0..100_usize, prop::bool::weighted(0.08)), 2..=7);
    let arrows = (0..=10_usize).prop_flat_map(|most| vec(arrow(), 0..=most));
    let events = select(vec!["OnError", "OnPreExecute", "OnPostExecute", "OnTaskFailed", "OnInformation"]);
    let handler = prop::option::weighted(0.25, (0..100_usize, events, 1..=2_usize, any::<bool>()));
    let written = select(vec![0_u8, 0, 0, 0b001, 0b011, 0b111]);
    (nodes, arrows, vec(any::<bool>(), 8), handler, prop::bool::weighted(0.04), written).prop_map(|(nodes, arrows, joins, handler, serial, written)| {
        let mut flow = Flow { nodes: vec![Node::new(ExecutableKind::Package, 0)], arrows: Vec::new(), serial, written };
        for (kind, parent, disabled) in nodes {
            let containers: Vec<usize> = (0..flow.nodes.len()).filter(|node| flow.nodes[*node].kind.is_container()).collect();
            // Half of all go into the package itself.
            let parent = if parent < 50 { 0 } else { containers[parent % containers.len()] };
            flow.nodes.push(Node { disabled, ..Node::new(kind, parent) });
        }
        for seed in arrows {
            flow.add_arrow(&seed, &joins);
        }
        if let Some((owner, event, tasks, ordered)) = handler {
            flow.add_handler(owner, event, tasks, ordered);
        }
        if flow.writer().is_none() {
            flow.written = 0;
        }
        flow
    })
}

fn arrow() -> impl Strategy<Value = ArrowSeed> {
    let outcomes = select(vec![Outcome::Success, Outcome::Success, Outcome::Failure, Outcome::Completion]);
    let eval_ops = select(vec![
        EvalOp::Constraint,
        EvalOp::Constraint,
        EvalOp::Constraint,
        EvalOp::Expression,
        EvalOp::ExpressionAndConstraint,
        EvalOp::ExpressionOrConstraint,
    ]);
    (0..100_usize, 0..100_usize, outcomes, eval_ops, 0..EXPRESSIONS.len(), prop::bool::weighted(0.1), prop::bool::weighted(0.05))
}

impl Node {
    const fn new(kind: ExecutableKind, parent: usize) -> Self {
        Self { kind, parent, disabled: false, event: "" }
    }
}

impl Flow {
    /// An arrow between two siblings; forwards but for a few, so that circles occur; joins are AND or OR, a few of them mixed.
    fn add_arrow(&mut self, (from, to, value, eval_op, expression, mixed, backwards): &ArrowSeed, joins: &[bool]) {
        let one = 1 + from % (self.nodes.len() - 1);
        let siblings: Vec<usize> = (1..self.nodes.len()).filter(|node| *node != one && self.nodes[*node].parent == self.nodes[one].parent).collect();
        let Some(other) = siblings.get(to % siblings.len().max(1)).copied() else { return };
        let (from, to) = if (one < other) == *backwards { (other, one) } else { (one, other) };
        let logical_and = joins[to % joins.len()] != *mixed;
        self.arrows.push(Arrow { from, to, value: *value, eval_op: *eval_op, expression: *expression, logical_and });
    }

    fn add_handler(&mut self, owner: usize, event: &'static str, tasks: usize, ordered: bool) {
        let handler = self.nodes.len();
        let owner = owner % handler;
        self.nodes.push(Node { event, ..Node::new(ExecutableKind::EventHandler, owner) });
        self.nodes.extend((0..tasks).map(|_| Node::new(ExecutableKind::ExecuteSql, handler)));
        if ordered && tasks == 2 {
            let arrow = Arrow { from: handler + 1, to: handler + 2, value: Outcome::Success, eval_op: EvalOp::Constraint, expression: 0, logical_and: true };
            self.arrows.push(arrow);
        }
    }

    /// The tasks.
    pub(crate) fn leaves(&self) -> Vec<usize> {
        (1..self.nodes.len()).filter(|node| !self.nodes[*node].kind.is_container()).collect()
    }

    /// The task that writes to variables: the first that can run.
    fn writer(&self) -> Option<usize> {
        self.leaves().into_iter().find(|leaf| (0..self.nodes.len()).all(|node| !self.nodes[node].disabled || !self.is_inside(*leaf, node)))
    }

    /// Whether the expression of an arrow reads what is written to.
    pub(crate) fn is_changing(&self, arrow: &Arrow) -> bool {
        arrow.eval_op != EvalOp::Constraint && self.written >> (arrow.expression / 2) & 1 == 1
    }

    /// Children without event handlers.
    pub(crate) fn children(&self, container: usize) -> impl Iterator<Item = usize> {
        (1..self.nodes.len()).filter(move |node| self.nodes[*node].parent == container && self.nodes[*node].kind != ExecutableKind::EventHandler)
    }

    pub(crate) fn handler(&self) -> Option<usize> {
        (0..self.nodes.len()).find(|node| self.nodes[*node].kind == ExecutableKind::EventHandler)
    }

    pub(crate) fn raised(&self, handler: usize) -> Raised {
        match self.nodes[handler].event {
            "OnPreExecute" => Raised::Before,
            "OnPostExecute" | "OnTaskFailed" => Raised::After,
            _ => Raised::Meanwhile,
        }
    }

    /// Whether `inner` is `outer` or somewhere inside.
    pub(crate) fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let mut steps = std::iter::successors(Some(inner), |node| (*node != 0).then(|| self.nodes[*node].parent));
        steps.any(|node| node == outer)
    }

    /// The package as the reader would hand it over.
    pub(crate) fn package(&self) -> Package<'static> {
        let mut executables: Vec<Executable<'static>> = self.nodes.iter().enumerate().map(|(number, node)| executable(number, node)).collect();
        for (number, node) in self.nodes.iter().enumerate().skip(1) {
            let owner = &mut executables[node.parent];
            if node.kind == ExecutableKind::EventHandler { owner.event_handlers.push(id(number)) } else { owner.children.push(id(number)) }
        }
        for arrow in &self.arrows {
            executables[self.nodes[arrow.from].parent].constraints.push(arrow.constraint());
        }
        executables[0].variables = VARIABLES.iter().map(|name| Variable { namespace: "User".into(), name: text(name), ..Variable::default() }).collect();
        if let Some(writer) = self.writer() {
            let written = VARIABLES.iter().enumerate().filter(|(pair, _)| self.written >> pair & 1 == 1);
            let results = written.map(|(_, name)| ResultBinding { name: text("0"), variable: text(&format!("User::{name}")) }).collect();
            executables[writer].task = Task::ExecuteSql(Box::new(ExecuteSql { results, ..ExecuteSql::default() }));
        }
        if self.serial {
            executables[0].properties.0.push(property("MaxConcurrentExecutables", "1"));
        }
        Package { executables, ..Package::default() }
    }
}

impl Arrow {
    fn constraint(&self) -> PrecedenceConstraint<'static> {
        PrecedenceConstraint {
            from: Some(id(self.from)),
            to: Some(id(self.to)),
            value: self.value,
            eval_op: self.eval_op,
            logical_and: self.logical_and,
            expression: Some(text(EXPRESSIONS[self.expression])),
            ..PrecedenceConstraint::default()
        }
    }
}

fn executable(number: usize, node: &Node) -> Executable<'static> {
    let mut executable = Executable { kind: node.kind, name: text(&format!("T{number}")), ..Executable::default() };
    executable.parent = (number > 0).then(|| id(node.parent));
    if node.kind == ExecutableKind::EventHandler {
        executable.name = text(node.event);
    }
    if node.disabled {
        executable.properties.0.push(property("Disabled", "True"));
    }
    executable
}

fn id(number: usize) -> ExecutableId {
    ExecutableId(u32::try_from(number).expect("few executables"))
}

fn text(value: &str) -> Text<'static> {
    Text { value: value.to_owned().into(), ..Text::default() }
}

fn property(name: &'static str, value: &str) -> Property<'static> {
    Property { name: name.into(), value: text(value) }
}
