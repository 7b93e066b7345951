//! `retain-with-dynamic-string`: a connection that is to change in a loop, and is kept from the first iteration on.

use crate::analysis::references::Place;
use crate::analysis::session::{ChangingInput, changing_inputs, is_retained};
use crate::finding::Confidence;
use crate::finding::Severity::Warning;
use crate::model::{ConnectionManager, ExecutableId, Package};
use crate::rules::{Category, Check, Mention, Report, Rule, RuleSet, Scope, Severities, Sink};

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0211",
    name: "retain-with-dynamic-string",
    category: Category::Connection,
    severity: Severities::new(Warning),
    set: RuleSet::Default,
    summary: "a connection that changes in a loop is kept from the first iteration on",
    page: include_str!("../../../rules/retain-with-dynamic-string.md"),
    check: Check::Connection(check),
};

fn check(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    // What keeping means for files, which have no session, is not documented.
    if manager.expressions.is_empty() || manager.is_file() || !is_retained(scope.project, scope.document.package(), manager) {
        return;
    }
    let Some(package) = scope.document.package() else { return };
    let inputs = changing_inputs(scope.facts, scope.index, manager);
    let users: Vec<_> = scope.facts.connections().users(manager).filter(|user| user.enabled).filter_map(|user| user.user.executable()).collect();
    let is_used_in = |id: ExecutableId| users.iter().any(|user| package.ancestors(*user).any(|ancestor| ancestor == id));
    let found = inputs.iter().find_map(|input| Some((input, loop_of(package, input).filter(|id| is_used_in(*id))?)));
    if let Some((input, id)) = found {
        sink.report(report(package, manager, input, id));
    }
}

/// The loop whose iterations each give the variable a value.
fn loop_of(package: &Package<'_>, input: &ChangingInput<'_, '_, '_>) -> Option<ExecutableId> {
    let is_init = input.write.property == "InitExpression";
    let by_loop = matches!(input.write.place, Place::LoopMapping | Place::Expression(_)) && package.executable(input.write.from).kind.is_loop() && !is_init;
    let skipped = usize::from(!by_loop && package.executable(input.write.from).kind.is_loop());
    package.ancestors(input.write.from).skip(skipped).find(|id| package.executable(*id).kind.is_loop())
}

fn report(package: &Package<'_>, manager: &ConnectionManager<'_>, input: &ChangingInput<'_, '_, '_>, id: ExecutableId) -> Report {
    let (variable, each) = (input.variable.qualified_name(), package.executable(id));
    let span = manager.expression(input.property).map_or(manager.span, |expression| expression.span);
    let message = format!(
        "`{variable}` says where to connect to and changes in the loop `{}`, but RetainSameConnection is on: every iteration goes where the first one went",
        each.name.as_str()
    );
    Report::new(&*manager.path, span, message)
        .property(input.property)
        .confidence(Confidence::Medium)
        .help("set RetainSameConnection to False, so that each user opens the connection anew")
        .mention(Mention::new(input.write.object, input.write.span, format!("gives `{variable}` its value")))
        .discriminator(variable)
}
