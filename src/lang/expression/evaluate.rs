//! Computes what can be known of an expression: its type, its value, or what its value depends on.
//!
//! A stack machine over the postfix nodes. Errors of types stop it, since SSIS refuses the expression whatever its values are. Failures of values
//! (a division by zero) travel with the value instead, because the branch that is not taken does not fail.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ast::{Ast, BinaryOperator, Node, NodeKind, UnaryOperator, Variable};
use super::call;
use super::cast::{Parameters, cast};
use super::data_type::DataType;
use super::environment::{Environment, Lookup};
use super::error::{ErrorKind, ExprError};
use super::value::{Data, Value};
use super::{operators, typing};
use crate::span::Span;

/// What is known of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Evaluated {
    /// It always has this value.
    Known(Value),
    /// Its value is not known before it is computed.
    Unknown {
        /// Its type, if that is known.
        data_type: Option<DataType>,
        /// The variables, parameters and columns as written, and functions such as `GETDATE()`, that it depends on: sorted, each once. Empty when the value
        /// depends on the locale or on rules that are not documented.
        depends_on: Vec<String>,
    },
}

impl Evaluated {
    /// The type, if it is known.
    #[must_use]
    pub const fn data_type(&self) -> Option<DataType> {
        match self {
            Self::Known(value) => Some(value.data_type),
            Self::Unknown { data_type, .. } => *data_type,
        }
    }

    /// The value, if it is known.
    #[must_use]
    pub const fn value(&self) -> Option<&Value> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// The text, if it is known, a string and not NULL.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.value()?.as_str()
    }
}

/// Computes an expression as far as the environment allows.
///
/// # Errors
/// When SSIS would refuse it for the types of its operands or a variable that is missing, and when its computation is certain to fail.
pub fn evaluate(ast: &Ast<'_>, environment: &dyn Environment) -> Result<Evaluated, ExprError> {
    Machine::run(ast, ast.subtree(ast.root()), environment, &mut budget())?.finish()
}

/// The type of an expression, if it is known.
///
/// # Errors
/// When SSIS would refuse it for the types of its operands or a variable that is missing. A computation that fails is no error here.
pub fn check(ast: &Ast<'_>, environment: &dyn Environment) -> Result<Option<DataType>, ExprError> {
    Machine::run(ast, ast.subtree(ast.root()), environment, &mut budget()).map(|slot| slot.data_type)
}

/// The same as [`evaluate`], of a part of the expression; what it costs is taken from `budget`.
pub(super) fn evaluate_part(ast: &Ast<'_>, part: Range<usize>, environment: &dyn Environment, budget: &mut usize) -> Result<Evaluated, ExprError> {
    Machine::run(ast, part, environment, budget)?.finish()
}

/// Bytes of text that variables may bring and functions may read and write in one evaluation, so that a hostile expression neither computes for ever nor
/// fills the memory. What goes beyond is not known.
pub(super) const fn budget() -> usize {
    1 << 24
}

/// What is known of one operand.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) data_type: Option<DataType>,
    pub(super) state: State,
    /// Whether it depends on a column.
    pub(super) dynamic: bool,
    /// Whether it is `NULL(DT_STR, …)` itself.
    null_str: bool,
}

#[derive(Debug)]
pub(super) enum State {
    Known(Data),
    Unknown(BTreeSet<String>),
    /// The computation fails.
    Failed(ExprError),
}

impl Slot {
    const fn new(data_type: Option<DataType>, state: State) -> Self {
        Self { data_type, state, dynamic: false, null_str: false }
    }

    const fn known(data_type: DataType, data: Data) -> Self {
        Self::new(Some(data_type), State::Known(data))
    }

    fn finish(self) -> Result<Evaluated, ExprError> {
        match (self.state, self.data_type) {
            (State::Failed(error), _) => Err(error),
            (State::Known(data), Some(data_type)) => Ok(Evaluated::Known(Value::new(data_type, data))),
            (State::Known(_), data_type) => Ok(Evaluated::Unknown { data_type, depends_on: Vec::new() }),
            (State::Unknown(depends_on), data_type) => Ok(Evaluated::Unknown { data_type, depends_on: depends_on.into_iter().collect() }),
        }
    }

    /// The value, if it is known and so is its type.
    fn value(self) -> Option<Value> {
        match (self.state, self.data_type) {
            (State::Known(data), Some(data_type)) => Some(Value::new(data_type, data)),
            _ => None,
        }
    }

    const fn is_null(&self) -> bool {
        matches!(self.state, State::Known(Data::Null))
    }

    /// A Boolean that is known; the inner `None` is NULL.
    const fn boolean(&self) -> Option<Option<bool>> {
        match self.state {
            State::Known(Data::Bool(value)) => Some(Some(value)),
            State::Known(Data::Null) => Some(None),
            _ => None,
        }
    }
}

/// Joins what several operands that are not all known depend on; the first failure wins.
pub(super) fn join(states: impl IntoIterator<Item = State>) -> State {
    let mut all = BTreeSet::new();
    for state in states {
        match state {
            State::Failed(error) => return State::Failed(error),
            State::Known(_) => {}
            State::Unknown(mut names) => {
                if names.len() > all.len() {
                    std::mem::swap(&mut names, &mut all);
                }
                all.extend(names);
            }
        }
    }
    State::Unknown(all)
}

/// A computed value, a value that cannot be known, or a failure.
pub(super) fn settle(computed: Result<Option<Data>, ErrorKind>, span: Span) -> State {
    match computed {
        Ok(Some(data)) => State::Known(data),
        Ok(None) => State::Unknown(BTreeSet::new()),
        Err(kind) => State::Failed(ExprError::new(kind, span)),
    }
}

struct Machine<'e> {
    environment: &'e dyn Environment,
    stack: Vec<Slot>,
    budget: &'e mut usize,
}

impl<'e> Machine<'e> {
    fn run(ast: &Ast<'_>, part: Range<usize>, environment: &'e dyn Environment, budget: &'e mut usize) -> Result<Slot, ExprError> {
        let mut machine = Self { environment, stack: Vec::new(), budget };
        let nodes = ast.nodes.get(part).unwrap_or_default();
        for (at, node) in nodes.iter().enumerate() {
            let negated = matches!(nodes.get(at + 1), Some(Node { kind: NodeKind::Unary(UnaryOperator::Negate), .. }));
            let slot = machine.node(node, negated).map_err(|kind| ExprError::new(kind, node.span))?;
            machine.stack.push(slot);
        }
        machine.stack.pop().ok_or_else(|| ExprError::new(ErrorKind::Empty, Span::default()))
    }

    fn node(&mut self, node: &Node<'_>, negated: bool) -> Result<Slot, ErrorKind> {
        let mut operands = self.take(node.kind.arity());
        let dynamic = operands.iter().any(|slot| slot.dynamic);
        let mut slot = match &node.kind {
            NodeKind::Unary(operator) => unary(*operator, operands.remove(0), node.span)?,
            NodeKind::Binary(operator) => binary(*operator, operands, node.span)?,
            NodeKind::Conditional => conditional(operands)?,
            NodeKind::Cast { data_type, .. } => {
                let operand = operands.pop().unwrap_or_else(|| State::Unknown(BTreeSet::new()).into());
                cast_slot(operand, *data_type, parameters(*data_type, &operands)?, node.span)
            }
            NodeKind::Null { data_type, .. } => {
                parameters(*data_type, &operands)?;
                Slot { null_str: *data_type == DataType::Str, ..Slot::known(*data_type, Data::Null) }
            }
            NodeKind::Call { function, .. } => call::call(*function, operands, node.span, self.budget)?,
            NodeKind::Assign => operands.pop().unwrap_or_else(|| State::Unknown(BTreeSet::new()).into()),
            leaf => self.leaf(leaf, negated)?,
        };
        slot.dynamic |= dynamic;
        Ok(slot)
    }

    fn take(&mut self, arity: usize) -> Vec<Slot> {
        self.stack.split_off(self.stack.len().saturating_sub(arity))
    }

    fn leaf(&mut self, leaf: &NodeKind<'_>, negated: bool) -> Result<Slot, ErrorKind> {
        Ok(match leaf {
            NodeKind::String(text) => Slot::known(DataType::Wstr, Data::Text(text.clone().into_owned())),
            NodeKind::Bool(value) => Slot::known(DataType::Bool, Data::Bool(*value)),
            NodeKind::Integer { value, data_type, hexadecimal } => integer((*value).into(), *data_type, *hexadecimal, negated)?,
            NodeKind::Real { value, data_type } => Slot::known(*data_type, Data::Real(super::cast::round_real(*value, *data_type))),
            NodeKind::Numeric(value) => Slot::known(DataType::Numeric, Data::Decimal(*value)),
            NodeKind::Variable(variable) => self.variable(*variable)?,
            NodeKind::Column(column) => {
                let data_type = self.environment.column(column);
                Slot { dynamic: true, ..Slot::new(data_type, depends_on(&column.to_string())) }
            }
            _ => State::Unknown(BTreeSet::new()).into(),
        })
    }

    fn variable(&mut self, variable: Variable<'_>) -> Result<Slot, ErrorKind> {
        let name = variable.qualified;
        if *self.budget == 0 {
            return Ok(Slot::new(None, depends_on(name)));
        }
        match self.environment.variable(name) {
            Lookup::Value(Value { data_type, data: Data::Integer(value) }) if !data_type.holds(value) => Ok(Slot::new(Some(data_type), depends_on(name))),
            Lookup::Value(value) => {
                *self.budget = self.budget.saturating_sub(value.as_str().map_or(0, str::len));
                let state = if *self.budget > 0 { State::Known(value.data) } else { depends_on(name) };
                Ok(Slot::new(Some(value.data_type), state))
            }
            Lookup::Type(data_type) => Ok(Slot::new(Some(data_type), depends_on(name))),
            Lookup::Unknown => Ok(Slot::new(None, depends_on(name))),
            Lookup::Missing => Err(ErrorKind::VariableNotFound(name.to_owned())),
            Lookup::Ambiguous => Err(ErrorKind::AmbiguousVariable(name.to_owned())),
        }
    }
}

impl From<State> for Slot {
    fn from(state: State) -> Self {
        Self::new(None, state)
    }
}

pub(super) fn depends_on(name: &str) -> State {
    State::Unknown(BTreeSet::from([name.to_owned()]))
}

/// A literal; the least number of a type is written as the negation of a literal that is one too large.
fn integer(value: i128, data_type: DataType, hexadecimal: bool, negated: bool) -> Result<Slot, ErrorKind> {
    if data_type.holds(value) || (negated && data_type.holds(-value)) {
        Ok(Slot::known(data_type, Data::Integer(value)))
    } else if hexadecimal {
        Ok(Slot::new(Some(data_type), State::Unknown(BTreeSet::new())))
    } else {
        Err(ErrorKind::LiteralOverflow(data_type))
    }
}

fn parameters(data_type: DataType, slots: &[Slot]) -> Result<Parameters, ErrorKind> {
    let mut values = Vec::with_capacity(slots.len());
    for (at, slot) in slots.iter().enumerate() {
        let number = at + 1;
        if slot.dynamic {
            return Err(ErrorKind::TypeParameterNotStatic { data_type, number });
        }
        if slot.data_type.is_some_and(|found| !found.is_numeric()) {
            return Err(ErrorKind::TypeParameterNotInteger { data_type, number });
        }
        values.push(if let State::Known(Data::Integer(value)) = slot.state { Some(value) } else { None });
    }
    Parameters::new(data_type, &values)
}

fn cast_slot(operand: Slot, to: DataType, parameters: Parameters, span: Span) -> Slot {
    let state = match (operand.state, operand.data_type) {
        (State::Known(data), Some(from)) => settle(cast(Value::new(from, data), to, parameters), span),
        (state, _) => join([state]),
    };
    Slot::new(Some(to), state)
}

fn unary(operator: UnaryOperator, operand: Slot, span: Span) -> Result<Slot, ErrorKind> {
    let data_type = typing::unary(operator, operand.data_type)?;
    let state = match operand.state {
        State::Known(data) => settle(operators::unary(operator, data, data_type), span),
        state => state,
    };
    Ok(Slot::new(data_type, state))
}

fn binary(operator: BinaryOperator, operands: Vec<Slot>, span: Span) -> Result<Slot, ErrorKind> {
    if operands.iter().any(|operand| operand.null_str) {
        return Err(ErrorKind::BinaryStr(operator.symbol()));
    }
    let Ok([left, right]) = <[Slot; 2]>::try_from(operands) else { return Ok(State::Unknown(BTreeSet::new()).into()) };
    let data_type = typing::binary(operator, left.data_type, right.data_type)?;
    let state = if matches!(operator, BinaryOperator::And | BinaryOperator::Or) {
        logical(operator, left, right)
    } else if let (State::Failed(_), _) | (_, State::Failed(_)) = (&left.state, &right.state) {
        join([left.state, right.state])
    } else if left.is_null() || right.is_null() {
        State::Known(Data::Null)
    } else if let (State::Known(_), State::Known(_)) = (&left.state, &right.state) {
        match (left.value(), right.value()) {
            (Some(left), Some(right)) => settle(operators::binary(operator, left, right, data_type), span),
            _ => State::Unknown(BTreeSet::new()),
        }
    } else {
        join([left.state, right.state])
    };
    Ok(Slot::new(data_type, state))
}

fn logical(operator: BinaryOperator, left: Slot, right: Slot) -> State {
    let decisive = Some(Some(operator == BinaryOperator::Or));
    let failed = |slot: &Slot| matches!(slot.state, State::Failed(_));
    match (left.boolean(), right.boolean()) {
        (Some(left), Some(right)) => State::Known(operators::logical(operator, left, right).map_or(Data::Null, Data::Bool)),
        // Whether the right side is computed at all then is not documented.
        (left, _) if left == decisive && failed(&right) => State::Unknown(BTreeSet::new()),
        (known, _) if known == decisive => left.state,
        (_, known) if known == decisive && !failed(&left) => right.state,
        _ => join([left.state, right.state]),
    }
}

fn conditional(operands: Vec<Slot>) -> Result<Slot, ErrorKind> {
    let Ok([condition, yes, no]) = <[Slot; 3]>::try_from(operands) else { return Ok(State::Unknown(BTreeSet::new()).into()) };
    let data_type = typing::conditional(condition.data_type, yes.data_type, no.data_type)?;
    if yes.null_str || no.null_str {
        return Err(ErrorKind::ConditionalStr);
    }
    let state = match condition.boolean() {
        Some(Some(true)) => branch(yes, data_type),
        Some(Some(false)) => branch(no, data_type),
        Some(None) => State::Known(Data::Null),
        None if matches!(condition.state, State::Failed(_)) => condition.state,
        // One branch may fail and the other be taken.
        None => join([condition.state, yes.state, no.state].into_iter().filter(|state| !matches!(state, State::Failed(_)))),
    };
    Ok(Slot::new(data_type, state))
}

/// The branch that is taken; a number is known only if it needs no conversion to the common type.
fn branch(taken: Slot, common: Option<DataType>) -> State {
    let converted = taken.data_type.is_some_and(DataType::is_string) || taken.data_type == common || taken.is_null();
    match taken.state {
        State::Known(Data::Integer(value)) if common.is_some_and(DataType::is_integer) => State::Known(Data::Integer(value)),
        State::Known(_) if !converted => State::Unknown(BTreeSet::new()),
        state => state,
    }
}
