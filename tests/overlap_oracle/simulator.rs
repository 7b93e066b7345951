//! Runs a flow in every possible way.
//!
//! What it takes for true of SSIS: an executable starts as soon as its constraints hold, all of an AND join, one of an OR join, and at most once per run
//! of its container; a constraint holds when its source has ended as asked for, so after a source that never runs it never does. A container ends when
//! nothing inside runs or can start, and with either outcome: MaximumErrorCount, ForceExecutionResult and enumerators make it independent of its
//! children's. An expression over what nothing writes to has one value per run of a container. Any other is looked at when its source ends, with a value of
//! that moment; the constraints of a join each at a moment of their own, since when they are looked at is not documented. A disabled executable succeeds in the moment it starts. A loop runs its children from none to two times. A handler runs while its source
//! works, or between its start and its work, or between its work and its end, and keeps it from going on. Tasks take any time.

use std::collections::HashSet;

use ssislint::model::{EvalOp, ExecutableKind, Outcome};

use super::flow::{Arrow, EXPRESSIONS, Flow, Raised};

/// Where an expression may have another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freedom {
    /// In each run of each container.
    PerContainer,
    /// In each run of the package.
    PerPackage,
}

/// Pairs of tasks that overlap in some schedule.
#[derive(Clone, Debug)]
pub(crate) struct Pairs(HashSet<(usize, usize)>);

impl Pairs {
    pub(crate) fn contains(&self, left: usize, right: usize) -> bool {
        self.0.contains(&(left.min(right), left.max(right)))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    Idle,
    /// Started, before its work.
    Before,
    Working,
    /// After its work, before its end.
    After,
    Succeeded,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    stages: Vec<Stage>,
    /// Which expression of each pair is true, as bits, per container.
    truths: Vec<u8>,
    /// The arrows, as bits, whose source has ended and whose expression over what is written to was true then.
    found: u32,
    /// Iterations of each loop that have begun.
    iterations: Vec<u8>,
    /// What raised the event of the running handler.
    source: usize,
}

/// Every pair of tasks that works at the same time in some schedule.
pub(crate) fn overlapping(flow: &Flow, freedom: Freedom) -> Pairs {
    Simulator { flow, freedom, handler: flow.handler(), seen: HashSet::new(), queue: Vec::new(), pairs: HashSet::new() }.run()
}

struct Simulator<'f> {
    flow: &'f Flow,
    freedom: Freedom,
    handler: Option<usize>,
    seen: HashSet<State>,
    queue: Vec<State>,
    pairs: HashSet<(usize, usize)>,
}

impl Simulator<'_> {
    fn run(mut self) -> Pairs {
        let size = self.flow.nodes.len();
        let idle = State { stages: vec![Stage::Idle; size], truths: vec![0; size], found: 0, iterations: vec![0; size], source: 0 };
        for state in self.started(idle, 0) {
            self.visit(state);
        }
        while let Some(state) = self.queue.pop() {
            for next in self.steps(&state) {
                self.visit(next);
            }
        }
        Pairs(self.pairs)
    }

    fn visit(&mut self, state: State) {
        if !self.seen.insert(state.clone()) {
            return;
        }
        let working: Vec<usize> = self.flow.leaves().into_iter().filter(|leaf| state.stages[*leaf] == Stage::Working).collect();
        for (index, left) in working.iter().enumerate() {
            self.pairs.extend(working[index + 1..].iter().map(|right| (*left, *right)));
        }
        self.queue.push(state);
    }

    /// Everything that can happen next: constraints that hold start their targets first, one by one when the package runs one at a time.
    fn steps(&self, state: &State) -> Vec<State> {
        let startable: Vec<usize> = (1..self.flow.nodes.len()).filter(|node| self.can_start(state, *node)).collect();
        let mut steps: Vec<State> = Vec::new();
        if let Some(first) = startable.first().filter(|_| !self.flow.serial) {
            return self.started(state.clone(), *first);
        }
        startable.iter().for_each(|node| steps.extend(self.started(state.clone(), *node)));
        for node in (0..self.flow.nodes.len()).filter(|node| Some(*node) != self.handler) {
            steps.extend(self.moved_on(state, node));
        }
        steps.extend(self.handler.into_iter().flat_map(|handler| self.handled(state, handler)));
        steps
    }

    fn can_start(&self, state: &State, node: usize) -> bool {
        let member = &self.flow.nodes[node];
        let fits = member.kind != ExecutableKind::EventHandler && state.stages[node] == Stage::Idle && state.stages[member.parent] == Stage::Working;
        let free = !self.flow.serial || member.kind.is_container() || member.disabled || self.flow.leaves().iter().all(|leaf| !is_running(state.stages[*leaf]));
        fits && free && self.is_satisfied(state, node)
    }

    fn is_satisfied(&self, state: &State, node: usize) -> bool {
        let incoming: Vec<(usize, &Arrow)> = self.flow.arrows.iter().enumerate().filter(|(_, arrow)| arrow.to == node).collect();
        let holds = |(number, arrow): &(usize, &Arrow)| self.holds(state, *number, arrow);
        match incoming.iter().all(|(_, arrow)| arrow.logical_and) {
            true => incoming.iter().all(holds),
            false => incoming.iter().any(holds),
        }
    }

    fn holds(&self, state: &State, number: usize, arrow: &Arrow) -> bool {
        let outcome = match state.stages[arrow.from] {
            Stage::Succeeded => arrow.value != Outcome::Failure,
            Stage::Failed => arrow.value != Outcome::Success,
            _ => return false,
        };
        let expression = match self.flow.is_changing(arrow) {
            true => state.found >> number & 1 == 1,
            false => state.truths[self.flow.nodes[arrow.from].parent] >> (arrow.expression / 2) & 1 == u8::from(arrow.expression.is_multiple_of(2)),
        };
        match arrow.eval_op {
            EvalOp::Expression => expression,
            EvalOp::Constraint => outcome,
            EvalOp::ExpressionAndConstraint => outcome && expression,
            EvalOp::ExpressionOrConstraint => outcome || expression,
        }
    }

    /// The states after a start, one for each choice of the expressions' values.
    fn started(&self, mut state: State, node: usize) -> Vec<State> {
        let member = &self.flow.nodes[node];
        if member.disabled {
            state.stages[node] = Stage::Succeeded;
            return self.with_found(state, node);
        }
        state.stages[node] = if self.stops_at(node, Raised::Before) { Stage::Before } else { Stage::Working };
        self.with_truths(state, node)
    }

    fn with_truths(&self, mut state: State, node: usize) -> Vec<State> {
        let used = self.used_expressions(node);
        if self.freedom == Freedom::PerPackage && node != 0 {
            state.truths[node] = state.truths[0];
            return vec![state];
        }
        let values = (0..1_u8 << (EXPRESSIONS.len() / 2)).filter(|values| values & !used == 0);
        values
            .map(|values| {
                let mut state = state.clone();
                state.truths[node] = values;
                state
            })
            .collect()
    }

    /// The states after an end, one for each choice of what the expressions behind it find.
    fn with_found(&self, state: State, node: usize) -> Vec<State> {
        let changing = || self.flow.arrows.iter().enumerate().filter(|(_, arrow)| arrow.from == node && self.flow.is_changing(arrow));
        let is_only = |arrow: &Arrow| self.flow.arrows.iter().filter(|other| other.to == arrow.to).count() == 1;
        let mut states = vec![state];
        for pair in 0..EXPRESSIONS.len() / 2 {
            let of_pair: Vec<_> = changing().filter(|(_, arrow)| arrow.expression / 2 == pair && is_only(arrow)).collect();
            let bits =
                |even: bool| of_pair.iter().filter(|(_, arrow)| arrow.expression.is_multiple_of(2) == even).fold(0, |bits, (number, _)| bits | 1 << number);
            states = branched(states, &[bits(true), bits(false)]);
        }
        for (number, _) in changing().filter(|(_, arrow)| !is_only(arrow)) {
            states = branched(states, &[0, 1 << number]);
        }
        states
    }

    /// The pairs of expressions that decide something.
    fn used_expressions(&self, container: usize) -> u8 {
        let all = self.freedom == Freedom::PerPackage;
        let arrows =
            self.flow.arrows.iter().filter(|arrow| {
                arrow.eval_op != EvalOp::Constraint && !self.flow.is_changing(arrow) && (all || self.flow.nodes[arrow.from].parent == container)
            });
        arrows.fold(0, |used, arrow| used | 1 << (arrow.expression / 2))
    }

    /// Whether the handler may run at this stage of that node.
    fn stops_at(&self, node: usize, raised: Raised) -> bool {
        self.handler.is_some_and(|handler| {
            let heard = self.flow.is_inside(node, self.flow.nodes[handler].parent) && !self.flow.is_inside(node, handler);
            heard && self.flow.raised(handler) == raised
        })
    }

    /// The node's own next stage, unless the handler keeps it.
    fn moved_on(&self, state: &State, node: usize) -> Vec<State> {
        let kept = self.handler.is_some_and(|handler| state.stages[handler] == Stage::Working && state.source == node);
        let done = || !self.flow.nodes[node].kind.is_container() || self.is_quiet(state, node);
        match state.stages[node] {
            Stage::Before if !kept => vec![with(state, node, Stage::Working)],
            Stage::Working if !kept && done() => self.after_work(state, node),
            Stage::After if !kept => self.ended(state, node),
            _ => Vec::new(),
        }
    }

    /// Whether nothing inside runs. What can start has started before.
    fn is_quiet(&self, state: &State, container: usize) -> bool {
        let startable = self.flow.serial && self.flow.children(container).any(|child| state.stages[child] == Stage::Idle && self.is_satisfied(state, child));
        !startable && self.flow.children(container).all(|child| !is_running(state.stages[child]))
    }

    fn after_work(&self, state: &State, node: usize) -> Vec<State> {
        let mut next = if self.stops_at(node, Raised::After) { vec![with(state, node, Stage::After)] } else { self.ended(state, node) };
        if self.flow.nodes[node].kind.is_loop() && state.iterations[node] < 1 {
            let mut again = self.cleared(state, node);
            again.stages[node] = Stage::Working;
            again.iterations[node] = state.iterations[node] + 1;
            next.extend(self.with_truths(again, node));
        }
        next
    }

    fn ended(&self, state: &State, node: usize) -> Vec<State> {
        let ends = |stage| {
            let mut state = self.cleared(state, node);
            state.stages[node] = stage;
            state.truths[node] = 0;
            state.iterations[node] = 0;
            state
        };
        let matters = self.flow.arrows.iter().any(|arrow| arrow.from == node && arrow.value != Outcome::Completion && arrow.eval_op != EvalOp::Expression);
        if node == 0 {
            return Vec::new();
        }
        let stages: &[Stage] = if matters { &[Stage::Succeeded, Stage::Failed] } else { &[Stage::Succeeded] };
        stages.iter().flat_map(|stage| self.with_found(ends(*stage), node)).collect()
    }

    /// With everything inside as before its first start.
    fn cleared(&self, state: &State, container: usize) -> State {
        let mut state = state.clone();
        for node in (1..self.flow.nodes.len()).filter(|node| *node != container && self.flow.is_inside(*node, container)) {
            state.stages[node] = Stage::Idle;
            state.truths[node] = 0;
            state.iterations[node] = 0;
        }
        let inside = |arrow: &Arrow| arrow.from != container && self.flow.is_inside(arrow.from, container);
        let arrows = self.flow.arrows.iter().enumerate().filter(|(_, arrow)| inside(arrow));
        state.found &= !arrows.fold(0, |bits, (number, _)| bits | 1 << number);
        state
    }

    /// Starts and ends of the handler.
    fn handled(&self, state: &State, handler: usize) -> Vec<State> {
        if state.stages[handler] == Stage::Working {
            let mut over = self.cleared(state, handler);
            over.stages[handler] = Stage::Idle;
            over.truths[handler] = 0;
            over.source = 0;
            return if self.is_quiet(state, handler) { vec![over] } else { Vec::new() };
        }
        let owner = self.flow.nodes[handler].parent;
        let sources: Vec<usize> = match self.flow.raised(handler) {
            Raised::Meanwhile => (state.stages[owner] == Stage::Working).then_some(owner).into_iter().collect(),
            Raised::Before => (0..handler).filter(|node| state.stages[*node] == Stage::Before).collect(),
            Raised::After => (0..handler).filter(|node| state.stages[*node] == Stage::After).collect(),
        };
        let start = |source| {
            let mut state = with(state, handler, Stage::Working);
            state.source = source;
            self.with_truths(state, handler)
        };
        sources.into_iter().flat_map(start).collect()
    }
}

/// Each state once with each of the sets of arrows.
fn branched(states: Vec<State>, choices: &[u32]) -> Vec<State> {
    let choices: Vec<u32> = if choices.iter().all(|bits| *bits == 0) { vec![0] } else { choices.to_vec() };
    states.iter().flat_map(|state| choices.iter().map(|bits| State { found: state.found | bits, ..state.clone() })).collect()
}

const fn is_running(stage: Stage) -> bool {
    matches!(stage, Stage::Before | Stage::Working | Stage::After)
}

fn with(state: &State, node: usize, stage: Stage) -> State {
    let mut state = state.clone();
    state.stages[node] = stage;
    state
}
