use super::*;
use crate::model::{EvalOp, Executable, ExecuteSql, Outcome, PrecedenceConstraint, Property, ResultBinding, Task, Text, Variable};

/// A package of executables given as (parent, kind); the package itself is 0.
fn package(members: &[(u32, ExecutableKind)]) -> Package<'static> {
    let mut executables = vec![Executable { kind: ExecutableKind::Package, ..Executable::default() }];
    for (index, (parent, kind)) in members.iter().enumerate() {
        let id = ExecutableId(u32::try_from(index + 1).expect("few"));
        executables.push(Executable { kind: *kind, parent: Some(ExecutableId(*parent)), name: text(&format!("T{}", id.0)), ..Executable::default() });
        let owner = &mut executables[*parent as usize];
        if *kind == ExecutableKind::EventHandler { owner.event_handlers.push(id) } else { owner.children.push(id) }
    }
    Package { executables, ..Package::default() }
}

fn text(value: &str) -> Text<'static> {
    Text { value: value.to_owned().into(), ..Text::default() }
}

fn tasks(count: usize) -> Package<'static> {
    package(&vec![(0, ExecutableKind::ExecuteSql); count])
}

fn arrow(from: u32, to: u32) -> PrecedenceConstraint<'static> {
    PrecedenceConstraint { from: Some(ExecutableId(from)), to: Some(ExecutableId(to)), logical_and: true, ..PrecedenceConstraint::default() }
}

fn with(mut package: Package<'static>, constraints: Vec<PrecedenceConstraint<'static>>) -> Package<'static> {
    package.executables[0].constraints = constraints;
    package
}

fn relation(package: &Package<'_>, left: u32, right: u32) -> Relation {
    let forward = Overlap::new(package).relation(ExecutableId(left), ExecutableId(right));
    let backward = Overlap::new(package).relation(ExecutableId(right), ExecutableId(left));
    assert_eq!(matches!(forward, Relation::Never(_)), matches!(backward, Relation::Never(_)), "the relation is symmetric");
    forward
}

fn overlaps(package: &Package<'_>, left: u32, right: u32) -> bool {
    matches!(relation(package, left, right), Relation::MayOverlap { .. })
}

#[test]
fn what_no_constraint_orders_may_overlap() {
    let chain = with(tasks(3), vec![arrow(1, 2)]);
    assert!(overlaps(&chain, 1, 3));
    assert!(!overlaps(&chain, 1, 2));
    let through = with(tasks(3), vec![arrow(1, 2), arrow(2, 3)]);
    assert_eq!(relation(&through, 3, 1), Relation::Never(Reason::Ordered { first: ExecutableId(1), then: ExecutableId(3) }));
}

#[test]
fn an_or_join_waits_for_one_and_an_and_join_for_all() {
    let and = with(tasks(3), vec![arrow(1, 3), arrow(2, 3)]);
    assert!(!overlaps(&and, 1, 3) && !overlaps(&and, 2, 3));
    let or = |from| PrecedenceConstraint { logical_and: false, ..arrow(from, 3) };
    let either = with(tasks(3), vec![or(1), or(2)]);
    assert!(overlaps(&either, 1, 3) && overlaps(&either, 2, 3));
}

#[test]
fn success_and_failure_branches_exclude_each_other_also_further_down() {
    let failure = |from, to| PrecedenceConstraint { value: Outcome::Failure, ..arrow(from, to) };
    let branches = with(tasks(5), vec![arrow(1, 2), failure(1, 3), arrow(2, 4), arrow(3, 5)]);
    assert!(!overlaps(&branches, 2, 3) && !overlaps(&branches, 4, 5));
    let completion = |from, to| PrecedenceConstraint { value: Outcome::Completion, ..arrow(from, to) };
    assert!(overlaps(&with(tasks(3), vec![arrow(1, 2), completion(1, 3)]), 2, 3));
}

#[test]
fn opposite_expressions_exclude_each_other() {
    let when = |to, expression: &str, eval_op| PrecedenceConstraint { expression: Some(text(expression)), eval_op, ..arrow(1, to) };
    let branches = |one, other| with(tasks(3), vec![when(2, one, EvalOp::ExpressionAndConstraint), when(3, other, EvalOp::Expression)]);
    assert!(!overlaps(&branches("@[User::X] > 0", "@[User::X] <= 0"), 2, 3));
    assert!(overlaps(&branches("@[User::X] > 0", "@[User::X] > 1"), 2, 3));
    let either = with(tasks(3), vec![when(2, "@X == 1", EvalOp::ExpressionOrConstraint), when(3, "@X != 1", EvalOp::Expression)]);
    assert!(overlaps(&either, 2, 3), "an expression that is not needed excludes nothing");
    let unused = with(tasks(3), vec![when(2, "@X == 1", EvalOp::Constraint), when(3, "@X != 1", EvalOp::Constraint)]);
    assert!(overlaps(&unused, 2, 3));
}

/// 1 leads to 2 and to 4, when `@N == 0`; 2 leads to 3, when `@N != 0`.
fn counted(variable: Option<Variable<'static>>, writes: bool) -> Package<'static> {
    let when =
        |from, to, expression: &str| PrecedenceConstraint { expression: Some(text(expression)), eval_op: EvalOp::ExpressionAndConstraint, ..arrow(from, to) };
    let mut package = with(tasks(4), vec![when(1, 2, "@[User::N] == 0"), when(1, 4, "@[User::N] == 0"), when(2, 3, "@[User::N] != 0")]);
    package.executables[0].variables.extend(variable);
    if writes {
        let results = vec![ResultBinding { name: text("0"), variable: text("User::N") }];
        package.executables[2].task = Task::ExecuteSql(Box::new(ExecuteSql { results, ..ExecuteSql::default() }));
    }
    package
}

#[test]
fn what_is_written_to_may_be_another_when_it_is_read_again() {
    let number = || Some(Variable { namespace: "User".into(), name: text("N"), ..Variable::default() });
    assert!(!overlaps(&counted(number(), false), 3, 4), "nothing writes to it");
    assert!(overlaps(&counted(number(), true), 3, 4));
    assert!(overlaps(&counted(None, false), 3, 4), "what is not in the package is not known");
    let computed = number().map(|variable| Variable { evaluate_as_expression: true, ..variable });
    assert!(overlaps(&counted(computed, false), 3, 4));
}

#[test]
fn containers_are_compared_where_their_branches_part() {
    let nested = package(&[
        (0, ExecutableKind::Sequence),
        (1, ExecutableKind::ExecuteSql),
        (0, ExecutableKind::ForEachLoop),
        (3, ExecutableKind::ExecuteSql),
        (3, ExecutableKind::ExecuteSql),
    ]);
    assert_eq!(
        relation(&nested, 2, 4),
        Relation::MayOverlap { container: ExecutableId(0), left: ExecutableId(1), right: ExecutableId(3), confidence: Confidence::High }
    );
    assert!(overlaps(&nested, 4, 5));
    let ordered = with(nested, vec![arrow(1, 3)]);
    assert!(!overlaps(&ordered, 2, 4));
    assert_eq!(relation(&ordered, 1, 2), Relation::Never(Reason::Nested));
}

#[test]
fn disabled_executables_do_not_run_but_keep_the_order() {
    let mut chain = with(tasks(3), vec![arrow(1, 2), arrow(2, 3)]);
    chain.executables[2].properties.0.push(Property { name: "Disabled".into(), value: text("True") });
    assert_eq!(relation(&chain, 1, 2), Relation::Never(Reason::Disabled(ExecutableId(2))));
    assert!(!overlaps(&chain, 1, 3));
}

#[test]
fn a_package_may_run_one_at_a_time() {
    let mut serial = tasks(2);
    serial.executables[0].properties.0.push(Property { name: "MaxConcurrentExecutables".into(), value: text("1") });
    assert_eq!(relation(&serial, 1, 2), Relation::Never(Reason::Serial));
}

#[test]
fn circles_never_start() {
    let circle = with(tasks(3), vec![arrow(1, 2), arrow(2, 1)]);
    assert_eq!(relation(&circle, 1, 3), Relation::Never(Reason::NeverStarts(ExecutableId(1))));
}

#[test]
fn handlers_overlap_what_their_events_overlap() {
    let handled = |event: &str| {
        let mut package =
            package(&[(0, ExecutableKind::DataFlow), (1, ExecutableKind::EventHandler), (2, ExecutableKind::ExecuteSql), (0, ExecutableKind::ExecuteSql)]);
        package.executables[2].name = text(event);
        package
    };
    assert!(overlaps(&handled("OnError"), 1, 3), "raised while the task works");
    assert!(!overlaps(&handled("OnPostExecute"), 1, 3), "raised when it has ended");
    assert!(overlaps(&handled("OnPostExecute"), 3, 4), "beside what runs beside the task");
    assert!(!overlaps(&with(handled("OnError"), vec![arrow(1, 4)]), 3, 4));
}

#[test]
fn ten_thousand_executables_in_a_chain_are_no_trouble() {
    let count = 10_000;
    let chain = with(tasks(count), (1..u32::try_from(count).expect("fits")).map(|from| arrow(from, from + 1)).collect());
    assert!(!overlaps(&chain, 1, 10_000));
}

#[test]
fn what_is_repaired_on_failure_and_goes_on_either_way_is_in_order() {
    let or = |from, to| PrecedenceConstraint { logical_and: false, ..arrow(from, to) };
    let repaired = with(tasks(3), vec![PrecedenceConstraint { value: Outcome::Failure, ..arrow(1, 2) }, or(1, 3), or(2, 3)]);
    assert_eq!(relation(&repaired, 2, 3), Relation::Never(Reason::EitherWay));
}

#[test]
fn contradictory_constraints_never_let_anything_start() {
    let failure = PrecedenceConstraint { value: Outcome::Failure, ..arrow(1, 2) };
    let contradictory = with(tasks(4), vec![arrow(1, 2), failure, arrow(2, 3)]);
    assert_eq!(relation(&contradictory, 3, 4), Relation::Never(Reason::NeverStarts(ExecutableId(3))));
}

#[test]
fn a_disabled_executable_never_fails() {
    let failure = PrecedenceConstraint { value: Outcome::Failure, ..arrow(1, 2) };
    let mut flow = with(tasks(3), vec![failure]);
    flow.executables[1].properties.0.push(Property { name: "Disabled".into(), value: text("True") });
    assert_eq!(relation(&flow, 2, 3), Relation::Never(Reason::NeverStarts(ExecutableId(2))));
}

#[test]
fn ten_thousand_executables_behind_or_joins_are_no_trouble() {
    let count = 10_000;
    let or = |from: u32, to| PrecedenceConstraint { logical_and: false, eval_op: EvalOp::ExpressionOrConstraint, ..arrow(from, to) };
    let steps = (2..u32::try_from(count).expect("fits")).flat_map(|to| [or(to - 1, to + 1), or(to, to + 1)]);
    assert!(overlaps(&with(tasks(count), steps.collect()), 1, 2));
}
