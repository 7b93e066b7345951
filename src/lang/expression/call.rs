//! Function calls.

use std::collections::BTreeSet;

use super::data_type::DataType;
use super::date_functions::DatePart;
use super::error::ErrorKind;
use super::evaluate::{Slot, State, depends_on, join, settle};
use super::function::Function;
use super::value::{Data, Value};
use super::{text_functions as text, typing};
use crate::span::Span;

/// Types and, as far as they are known, computes a call.
pub(super) fn call(function: Function, arguments: Vec<Slot>, span: Span, budget: &mut usize) -> Result<Slot, ErrorKind> {
    let types: Vec<Option<DataType>> = arguments.iter().map(|slot| slot.data_type).collect();
    let data_type = typing::call(function, &types)?;
    check_date_part(function, arguments.first())?;
    let state = match function {
        Function::GetDate | Function::GetUtcDate => depends_on(&format!("{}()", function.name())),
        Function::IsNull => is_null(arguments),
        Function::ReplaceNull => replace_null(arguments, data_type),
        _ => compute(function, arguments, data_type, span, budget),
    };
    let mut slot = Slot::from(state);
    slot.data_type = data_type;
    Ok(slot)
}

/// The part must be a string that no column decides, and be known to SSIS.
fn check_date_part(function: Function, part: Option<&Slot>) -> Result<(), ErrorKind> {
    if !matches!(function, Function::DateAdd | Function::DateDiff | Function::DatePart) {
        return Ok(());
    }
    match part {
        Some(slot) if slot.dynamic => Err(ErrorKind::DatePartNotStatic(function.name())),
        Some(Slot { state: State::Known(Data::Text(name)), .. }) => DatePart::from_name(name, function).map(|_| ()),
        _ => Ok(()),
    }
}

fn is_null(mut arguments: Vec<Slot>) -> State {
    match arguments.pop().map(|slot| slot.state) {
        Some(State::Known(data)) => State::Known(Data::Bool(data == Data::Null)),
        state => join(state),
    }
}

fn replace_null(arguments: Vec<Slot>, data_type: Option<DataType>) -> State {
    let mut arguments = arguments.into_iter();
    let (Some(first), Some(second)) = (arguments.next(), arguments.next()) else { return State::Unknown(BTreeSet::new()) };
    let same = second.data_type == data_type;
    match (first.state, second.state) {
        (State::Known(Data::Null), State::Known(data)) if !same && data != Data::Null => State::Unknown(BTreeSet::new()),
        (State::Known(Data::Null), second) => second,
        (State::Known(data), _) => State::Known(data),
        (first, second) => join([first, second]),
    }
}

fn compute(function: Function, arguments: Vec<Slot>, data_type: Option<DataType>, span: Span, budget: &mut usize) -> State {
    let failed = arguments.iter().any(|slot| matches!(slot.state, State::Failed(_)));
    if !failed && arguments.iter().any(|slot| matches!(slot.state, State::Known(Data::Null))) {
        return State::Known(if function == Function::TokenCount { Data::Integer(0) } else { Data::Null });
    }
    if arguments.iter().any(|slot| !matches!(slot.state, State::Known(_)) || slot.data_type.is_none()) {
        return join(arguments.into_iter().map(|slot| slot.state));
    }
    let known = arguments.into_iter().filter_map(|slot| match (slot.state, slot.data_type) {
        (State::Known(data), Some(data_type)) => Some(Value::new(data_type, data)),
        _ => None,
    });
    let values: Vec<Value> = known.collect();
    if !spend(budget, &values) {
        return State::Unknown(BTreeSet::new());
    }
    let computed = apply(function, values, data_type);
    if let Ok(Some(Data::Text(text))) = &computed {
        *budget = budget.saturating_sub(text.len());
    }
    settle(computed, span)
}

fn spend(budget: &mut usize, values: &[Value]) -> bool {
    let cost: usize = values.iter().filter_map(Value::as_str).map(str::len).sum();
    *budget = budget.saturating_sub(cost);
    *budget > 0
}

/// Applies a function to values of which none is NULL.
fn apply(function: Function, mut values: Vec<Value>, data_type: Option<DataType>) -> Result<Option<Data>, ErrorKind> {
    use Data::{Integer, Moment, Text};
    use Function as F;
    let integer_type = values.first().map(|value| value.data_type);
    let mut data = values.drain(..).map(|value| value.data);
    match (function, data.next(), data.next(), data.next()) {
        (F::Hex, Some(Integer(value)), ..) => Ok(integer_type.and_then(|data_type| text::hex(value, data_type))),
        (F::Left, Some(Text(from)), Some(Integer(count)), _) => text::left(&from, count),
        (F::Right, Some(Text(from)), Some(Integer(count)), _) => text::right(&from, count),
        (F::Replicate, Some(Text(from)), Some(Integer(count)), _) => text::replicate(&from, count),
        (F::Substring, Some(Text(from)), Some(Integer(start)), Some(Integer(count))) => text::substring(&from, start, count),
        (F::FindString, Some(Text(within)), Some(Text(wanted)), Some(Integer(occurrence))) => text::find_string(&within, &wanted, occurrence),
        (F::Replace, Some(Text(within)), Some(Text(wanted)), Some(Text(replacement))) => text::replace(&within, &wanted, &replacement),
        (F::Token, Some(Text(from)), Some(Text(delimiters)), Some(Integer(occurrence))) => Ok(text::token(&from, &delimiters, occurrence)),
        (F::TokenCount, Some(Text(from)), Some(Text(delimiters)), _) => Ok(Some(text::token_count(&from, &delimiters))),
        (F::Day | F::Month | F::Year, Some(Moment(moment)), ..) => Ok(Some(Integer(single_part(function).of(moment).into()))),
        (F::DatePart, Some(Text(part)), Some(Moment(moment)), _) => Ok(Some(Integer(DatePart::from_name(&part, function)?.of(moment).into()))),
        (F::DateDiff, Some(Text(part)), Some(Moment(start)), Some(Moment(end))) => {
            i4(function, DatePart::from_name(&part, function)?.between(start, end)).map(Some)
        }
        (F::DateAdd, Some(Text(part)), Some(Integer(number)), Some(Moment(moment))) => {
            let sum = DatePart::from_name(&part, function)?.add(moment, number);
            sum.map(|moment| Some(Moment(moment))).ok_or(ErrorKind::FunctionOverflow { function: function.name(), data_type: DataType::DbTimestamp })
        }
        (_, Some(Text(from)), None, _) => Ok(text::one(function, from)),
        (_, Some(number), None, _) => one_number(function, &number, data_type),
        (F::Power, Some(base), Some(exponent), _) => power(&base, &exponent),
        (F::Round, Some(number), Some(Integer(length)), _) => Ok(round(&number, length)),
        _ => Ok(None),
    }
}

const fn single_part(function: Function) -> DatePart {
    match function {
        Function::Day => DatePart::Day,
        Function::Month => DatePart::Month,
        _ => DatePart::Year,
    }
}

fn i4(function: Function, value: i128) -> Result<Data, ErrorKind> {
    let overflow = ErrorKind::FunctionOverflow { function: function.name(), data_type: DataType::I4 };
    if DataType::I4.holds(value) { Ok(Data::Integer(value)) } else { Err(overflow) }
}

fn one_number(function: Function, number: &Data, data_type: Option<DataType>) -> Result<Option<Data>, ErrorKind> {
    use Function as F;
    match (function, number) {
        (F::Abs, Data::Integer(value)) => {
            let data_type = data_type.unwrap_or(DataType::I8);
            let overflow = ErrorKind::FunctionOverflow { function: function.name(), data_type };
            value.checked_abs().filter(|&value| data_type.holds(value)).map(|value| Some(Data::Integer(value))).ok_or(overflow)
        }
        (F::Abs, Data::Decimal(value)) => Ok(Some(Data::Decimal(if value.signum() < 0 { value.negate() } else { *value }))),
        (F::Abs, Data::Real(value)) => Ok(Some(Data::Real(value.abs()))),
        (F::Ceiling | F::Floor, Data::Integer(value)) => Ok(Some(Data::Integer(*value))),
        (F::Ceiling | F::Floor, Data::Decimal(value)) => Ok(value.integral(function == F::Ceiling).map(Data::Decimal)),
        (F::Ceiling, Data::Real(value)) => Ok(Some(Data::Real(value.ceil()))),
        (F::Floor, Data::Real(value)) => Ok(Some(Data::Real(value.floor()))),
        (F::Sign, number) => Ok(sign(number).map(Data::Integer)),
        (_, number) => real(function, number),
    }
}

fn sign(number: &Data) -> Option<i128> {
    match number {
        Data::Integer(value) => Some(value.signum()),
        Data::Decimal(value) => Some(value.signum()),
        Data::Real(value) => Some(if *value > 0.0 { 1 } else { -i128::from(*value < 0.0) }),
        _ => None,
    }
}

fn real(function: Function, number: &Data) -> Result<Option<Data>, ErrorKind> {
    let Some(number) = number.to_f64() else { return Ok(None) };
    let value = match function {
        Function::Exp => number.exp(),
        Function::Ln => number.ln(),
        Function::Log => number.log10(),
        Function::Sqrt => number.sqrt(),
        Function::Square => number * number,
        _ => return Ok(None),
    };
    finite(function, value)
}

fn power(base: &Data, exponent: &Data) -> Result<Option<Data>, ErrorKind> {
    let (Some(base), Some(exponent)) = (base.to_f64(), exponent.to_f64()) else { return Ok(None) };
    finite(Function::Power, base.powf(exponent))
}

/// The logarithm of zero and zero to a negative power are infinite, but not for being too large.
fn finite(function: Function, value: f64) -> Result<Option<Data>, ErrorKind> {
    if value.is_finite() {
        Ok(Some(Data::Real(value)))
    } else if value.is_nan() || matches!(function, Function::Ln | Function::Log | Function::Power) {
        Err(ErrorKind::Domain(function))
    } else {
        Err(ErrorKind::FunctionOverflow { function: function.name(), data_type: DataType::R8 })
    }
}

/// Rounds half away from zero and keeps the scale.
fn round(number: &Data, length: i128) -> Option<Data> {
    let length = u8::try_from(length).ok()?;
    match number {
        Data::Integer(value) => Some(Data::Integer(*value)),
        Data::Decimal(value) if length >= value.scale() => Some(Data::Decimal(*value)),
        Data::Decimal(value) => value.rescale(length)?.rescale(value.scale()).map(Data::Decimal),
        _ => None,
    }
}
