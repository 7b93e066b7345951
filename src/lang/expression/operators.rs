//! What operators compute. `Ok(None)` is a value that cannot be known here.

use std::cmp::Ordering;

use super::ast::{BinaryOperator, UnaryOperator};
use super::cast::round_real;
use super::data_type::DataType;
use super::error::ErrorKind;
use super::value::{Data, Value};

/// Computes a binary operation of the type `result`; `&&` and `||` are not computed here.
pub(super) fn binary(operator: BinaryOperator, left: Value, right: Value, result: Option<DataType>) -> Result<Option<Data>, ErrorKind> {
    if left.is_null() || right.is_null() {
        return Ok(Some(Data::Null));
    }
    if operator.is_comparison() {
        return Ok(compare(operator, &left, &right).map(Data::Bool));
    }
    match (left.data, right.data) {
        (Data::Text(mut left), Data::Text(right)) if operator == BinaryOperator::Add && result == Some(DataType::Wstr) => {
            left.push_str(&right);
            Ok(Some(Data::Text(left)))
        }
        (Data::Integer(left), Data::Integer(right)) => result.map_or(Ok(None), |data_type| integers(operator, left, right, data_type)),
        (left, right) => result.map_or(Ok(None), |data_type| numbers(operator, &left, &right, data_type)),
    }
}

fn integers(operator: BinaryOperator, left: i128, right: i128, data_type: DataType) -> Result<Option<Data>, ErrorKind> {
    use BinaryOperator as B;
    let value = match operator {
        B::Add => left.checked_add(right),
        B::Subtract => left.checked_sub(right),
        B::Multiply => left.checked_mul(right),
        B::Divide | B::Modulo if right == 0 => return Err(ErrorKind::DivideByZero),
        B::Divide => left.checked_div(right),
        B::Modulo => left.checked_rem(right),
        B::BitAnd => Some(left & right),
        B::BitOr => Some(left | right),
        B::BitXor => Some(left ^ right),
        _ => return Ok(None),
    };
    let overflow = ErrorKind::Overflow { operator: operator.symbol(), data_type };
    value.filter(|&value| data_type.holds(value)).map(|value| Some(Data::Integer(value))).ok_or(overflow)
}

/// Numbers of which one at least is no integer.
fn numbers(operator: BinaryOperator, left: &Data, right: &Data, data_type: DataType) -> Result<Option<Data>, ErrorKind> {
    if matches!(data_type, DataType::R4 | DataType::R8) {
        return reals(operator, left, right, data_type);
    }
    let (Some(left), Some(right)) = (left.to_decimal(), right.to_decimal()) else { return Ok(None) };
    let value = match operator {
        BinaryOperator::Add => left.add(right),
        BinaryOperator::Subtract => left.add(right.negate()),
        BinaryOperator::Multiply => left.multiply(right),
        BinaryOperator::Divide if right.is_zero() => return Err(ErrorKind::DivideByZero),
        // The scale of a quotient is not documented.
        _ => None,
    };
    Ok(value.map(Data::Decimal))
}

fn reals(operator: BinaryOperator, left: &Data, right: &Data, data_type: DataType) -> Result<Option<Data>, ErrorKind> {
    let (Some(left), Some(right)) = (left.to_f64(), right.to_f64()) else { return Ok(None) };
    let value = match operator {
        BinaryOperator::Add => left + right,
        BinaryOperator::Subtract => left - right,
        BinaryOperator::Multiply => left * right,
        BinaryOperator::Divide if right == 0.0 => return Err(ErrorKind::DivideByZero),
        BinaryOperator::Divide => left / right,
        _ => return Ok(None),
    };
    let value = round_real(value, data_type);
    if value.is_finite() { Ok(Some(Data::Real(value))) } else { Err(ErrorKind::Overflow { operator: operator.symbol(), data_type }) }
}

fn compare(operator: BinaryOperator, left: &Value, right: &Value) -> Option<bool> {
    use BinaryOperator as B;
    if let (Data::Text(left), Data::Text(right)) = (&left.data, &right.data) {
        return compare_text(operator, left, right);
    }
    let order = order(left, right)?;
    Some(match operator {
        B::Less => order.is_lt(),
        B::Greater => order.is_gt(),
        B::LessOrEqual => order.is_le(),
        B::GreaterOrEqual => order.is_ge(),
        B::Equal => order.is_eq(),
        _ => order.is_ne(),
    })
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    let offset = |value: &Value| value.data_type == DataType::DbTimestampOffset;
    match (&left.data, &right.data) {
        (Data::Bool(left), Data::Bool(right)) => Some(left.cmp(right)),
        (Data::Integer(left), Data::Integer(right)) => Some(left.cmp(right)),
        (Data::Moment(a), Data::Moment(b)) => (left.data_type.is_time() == right.data_type.is_time() && !offset(left) && !offset(right)).then(|| a.cmp(b)),
        (a, b) => match (a.to_decimal(), b.to_decimal()) {
            (Some(a), Some(b)) => Some(a.compare(b)),
            _ => a.to_f64()?.partial_cmp(&b.to_f64()?),
        },
    }
}

/// Equality is exact. Which of two different strings is greater, and whether two ways to write an accented letter are equal, depends on the locale.
fn compare_text(operator: BinaryOperator, left: &str, right: &str) -> Option<bool> {
    use BinaryOperator as B;
    if left == right {
        return Some(matches!(operator, B::Equal | B::LessOrEqual | B::GreaterOrEqual));
    }
    match operator {
        B::Equal if left.is_ascii() && right.is_ascii() => Some(false),
        B::NotEqual if left.is_ascii() && right.is_ascii() => Some(true),
        _ => None,
    }
}

/// The truth table of `&&` and `||`; `None` is NULL. For `||` every value is turned round.
pub(super) fn logical(operator: BinaryOperator, left: Option<bool>, right: Option<bool>) -> Option<bool> {
    let decisive = operator == BinaryOperator::Or;
    if left == Some(decisive) || right == Some(decisive) {
        return Some(decisive);
    }
    left.and(right)
}

/// Computes a unary operation of the type `result`.
pub(super) fn unary(operator: UnaryOperator, operand: Data, result: Option<DataType>) -> Result<Option<Data>, ErrorKind> {
    let Some(data_type) = result else { return Ok(None) };
    Ok(Some(match (operator, operand) {
        (_, Data::Null) => Data::Null,
        (UnaryOperator::Not, Data::Bool(value)) => Data::Bool(!value),
        (UnaryOperator::Negate, Data::Integer(value)) if data_type.holds(-value) => Data::Integer(-value),
        (UnaryOperator::Negate, Data::Integer(_)) => return Err(ErrorKind::NegationOverflow(data_type)),
        (UnaryOperator::Negate, Data::Real(value)) => Data::Real(-value),
        (UnaryOperator::Negate, Data::Decimal(value)) => Data::Decimal(value.negate()),
        (UnaryOperator::BitNot, Data::Integer(value)) if data_type.is_signed() => Data::Integer(!value),
        (UnaryOperator::BitNot, Data::Integer(value)) => Data::Integer(data_type.integer_bits().map_or(value, |bits| (1i128 << bits) - 1 - value)),
        _ => return Ok(None),
    }))
}
