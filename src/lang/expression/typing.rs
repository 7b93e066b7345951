//! Which types go together and what comes out.
//!
//! An error is given only where SSIS is known to refuse; where the documentation contradicts itself or is silent, the type is unknown (`None`).

use super::ast::{BinaryOperator, UnaryOperator};
use super::data_type::DataType;
use super::error::ErrorKind;
use super::function::Function;

type Type = Option<DataType>;

/// Type of a binary operation on operands of these types.
pub(super) fn binary(operator: BinaryOperator, left: Type, right: Type) -> Result<Type, ErrorKind> {
    use BinaryOperator as B;
    match operator {
        B::And | B::Or => each(left, right, |data_type| logical(operator, data_type)).map(|()| Some(DataType::Bool)),
        _ if operator.is_comparison() => match (left, right) {
            (Some(left), Some(right)) if !comparable(left, right) => Err(incompatible(operator, left, right)),
            _ => Ok(Some(DataType::Bool)),
        },
        B::Add => add(left, right),
        B::BitAnd | B::BitOr | B::BitXor => bitwise(operator, left, right),
        _ => arithmetic(operator, left, right),
    }
}

fn logical(operator: BinaryOperator, data_type: DataType) -> Result<(), ErrorKind> {
    if data_type == DataType::Bool { Ok(()) } else { Err(unsupported(operator, data_type)) }
}

/// The documentation shows a string compared with a date; SSIS refuses it with 0xC0047080 all the same. Numbers are dates counted from 1899-12-30, so
/// they may go together.
fn comparable(left: DataType, right: DataType) -> bool {
    if left.is_numeric() && right.is_numeric() {
        return common_number(left, right).is_some();
    }
    let crosses = |a: fn(DataType) -> bool, b: fn(DataType) -> bool| (a(left) && b(right)) || (b(left) && a(right));
    let boolean = |data_type| data_type == DataType::Bool;
    !(crosses(boolean, DataType::is_numeric)
        || crosses(boolean, DataType::is_string)
        || crosses(boolean, DataType::is_date)
        || crosses(DataType::is_numeric, DataType::is_string)
        || crosses(DataType::is_string, DataType::is_date)
        || crosses(DataType::is_string, DataType::is_time)
        || crosses(DataType::is_date, DataType::is_time))
}

fn add(left: Type, right: Type) -> Result<Type, ErrorKind> {
    match (left, right) {
        (Some(left), Some(right)) if left.is_string() && right.is_string() => Ok(Some(DataType::Wstr)),
        (Some(left), Some(right)) if left.is_numeric() && right.is_numeric() => arithmetic(BinaryOperator::Add, Some(left), Some(right)),
        // Bytes and large objects have rules of their own, and so may dates and numbers.
        (Some(left), Some(right)) if left.is_string() != right.is_string() && !left.is_blob() && !right.is_blob() => {
            Err(incompatible(BinaryOperator::Add, left, right))
        }
        (Some(left), Some(right)) if left == DataType::Bool || right == DataType::Bool => Err(incompatible(BinaryOperator::Add, left, right)),
        (Some(known), None) | (None, Some(known)) if known.is_string() => Ok(Some(DataType::Wstr)),
        _ => Ok(None),
    }
}

fn arithmetic(operator: BinaryOperator, left: Type, right: Type) -> Result<Type, ErrorKind> {
    if let (Some(left), Some(right)) = (left, right)
        && left.is_string() != right.is_string()
        && (left.is_numeric() || right.is_numeric())
    {
        return Err(incompatible(operator, left, right));
    }
    let modulo = operator == BinaryOperator::Modulo;
    each(left, right, |data_type| {
        let refused = data_type.is_string() || data_type == DataType::Bool || (modulo && data_type.is_numeric() && !data_type.is_integer());
        if refused { Err(unsupported(operator, data_type)) } else { Ok(()) }
    })?;
    match (left, right) {
        (Some(left), Some(right)) if left.is_numeric() && right.is_numeric() => {
            common_number(left, right).map(Some).ok_or_else(|| incompatible(operator, left, right))
        }
        _ => Ok(None),
    }
}

fn bitwise(operator: BinaryOperator, left: Type, right: Type) -> Result<Type, ErrorKind> {
    each(left, right, |data_type| if data_type.is_integer() { Ok(()) } else { Err(unsupported(operator, data_type)) })?;
    match (left, right) {
        (Some(left), Some(right)) if left.is_signed() != right.is_signed() => Err(ErrorKind::SignMismatch(operator.symbol())),
        (Some(left), Some(right)) => Ok(common_number(left, right)),
        _ => Ok(None),
    }
}

/// The type both numbers are converted to; none for `DT_UI8` with a signed integer, which needs a cast.
fn common_number(left: DataType, right: DataType) -> Option<DataType> {
    use DataType as T;
    if let (Some(left_bits), Some(right_bits)) = (left.integer_bits(), right.integer_bits()) {
        return match (left.is_signed(), right.is_signed()) {
            (true, false) => widen(left_bits, right_bits),
            (false, true) => widen(right_bits, left_bits),
            _ => Some(if left_bits >= right_bits { left } else { right }),
        };
    }
    let any = |data_type| left == data_type || right == data_type;
    Some(match () {
        () if any(T::R8) => T::R8,
        () if any(T::R4) => {
            if left == right {
                T::R4
            } else {
                T::R8
            }
        }
        () if left == T::Cy && right == T::Cy => T::Cy,
        () => T::Numeric,
    })
}

/// A signed integer larger than both.
fn widen(signed: u32, unsigned: u32) -> Option<DataType> {
    (unsigned < 64).then(|| DataType::signed(signed.max(unsigned * 2)))
}

/// Type of a unary operation.
pub(super) fn unary(operator: UnaryOperator, operand: Type) -> Result<Type, ErrorKind> {
    let Some(data_type) = operand else {
        return Ok((operator == UnaryOperator::Not).then_some(DataType::Bool));
    };
    let takes = match operator {
        UnaryOperator::Not => data_type == DataType::Bool,
        UnaryOperator::BitNot => data_type.is_integer(),
        UnaryOperator::Negate => data_type.is_numeric(),
    };
    if !takes {
        return Err(ErrorKind::UnsupportedUnary { operator: operator.symbol(), data_type });
    }
    match data_type.integer_bits() {
        Some(bits) if operator == UnaryOperator::Negate && !data_type.is_signed() => Ok(widen(bits, bits)),
        _ => Ok(Some(data_type)),
    }
}

/// Type of `condition ? left : right`.
pub(super) fn conditional(condition: Type, left: Type, right: Type) -> Result<Type, ErrorKind> {
    if let Some(data_type) = condition.filter(|&data_type| data_type != DataType::Bool) {
        return Err(ErrorKind::ConditionType(data_type));
    }
    let (Some(left), Some(right)) = (left, right) else { return Ok(None) };
    if left.is_string() && right.is_string() {
        return Ok(Some(DataType::Wstr));
    }
    if left == right {
        return Ok(Some(left));
    }
    let mismatch = || ErrorKind::ConditionalTypes { left, right };
    if left.is_numeric() && right.is_numeric() {
        return common_number(left, right).map(Some).ok_or_else(mismatch);
    }
    let plain = |data_type: DataType| data_type.is_numeric() || data_type == DataType::Bool;
    let refused = (plain(left) && (plain(right) || right.is_string() || right.is_date())) || (plain(right) && (left.is_string() || left.is_date()));
    if refused { Err(mismatch()) } else { Ok(None) }
}

/// What a parameter of a function takes.
#[derive(Clone, Copy)]
enum Takes {
    Anything,
    Text,
    /// A whole number; other numbers may be converted.
    Count,
    Integer,
    Number,
    /// Numbers too: `DATEDIFF("day", 0, GETDATE())` works.
    Date,
}

impl Takes {
    const fn accepts(self, data_type: DataType) -> bool {
        match self {
            Self::Anything => true,
            Self::Text => data_type.is_string() || data_type.is_blob(),
            Self::Count | Self::Number => data_type.is_numeric(),
            Self::Integer => data_type.is_integer(),
            Self::Date => data_type.is_date() || data_type.is_time() || data_type.is_string() || data_type.is_numeric(),
        }
    }
}

/// Type of a function call on arguments of these types.
pub(super) fn call(function: Function, arguments: &[Type]) -> Result<Type, ErrorKind> {
    let takes = parameters(function);
    for (at, (takes, data_type)) in takes.iter().zip(arguments).enumerate() {
        if let Some(data_type) = data_type.filter(|&data_type| !takes.accepts(data_type)) {
            return Err(ErrorKind::ArgumentType { function: function.name(), data_type, number: at + 1 });
        }
    }
    Ok(result(function, arguments))
}

const fn parameters(function: Function) -> &'static [Takes] {
    use Function as F;
    use Takes::{Anything, Count, Date, Integer, Number, Text};
    match function {
        F::GetDate | F::GetUtcDate => &[],
        F::Abs | F::Ceiling | F::Exp | F::Floor | F::Ln | F::Log | F::Sign | F::Sqrt | F::Square => &[Number],
        F::Power => &[Number, Number],
        F::Round => &[Number, Count],
        F::CodePoint | F::Len | F::Lower | F::LTrim | F::Reverse | F::RTrim | F::Trim | F::Upper => &[Text],
        F::Left | F::Right | F::Replicate => &[Text, Count],
        F::Substring => &[Text, Count, Count],
        F::FindString | F::Token => &[Text, Text, Count],
        F::Replace => &[Text, Text, Text],
        F::TokenCount => &[Text, Text],
        F::Hex => &[Integer],
        F::Day | F::Month | F::Year => &[Date],
        F::DatePart => &[Text, Date],
        F::DateAdd => &[Text, Count, Date],
        F::DateDiff => &[Text, Date, Date],
        F::IsNull => &[Anything],
        F::ReplaceNull => &[Anything, Anything],
    }
}

fn result(function: Function, arguments: &[Type]) -> Type {
    use Function as F;
    match function {
        F::Abs | F::Ceiling | F::Floor | F::Round => arguments.first().copied().flatten(),
        F::ReplaceNull => arguments.first().copied().flatten().map(|data_type| if data_type == DataType::Str { DataType::Wstr } else { data_type }),
        F::Exp | F::Ln | F::Log | F::Power | F::Sqrt | F::Square => Some(DataType::R8),
        F::CodePoint => Some(DataType::Ui2),
        F::DateAdd | F::GetDate | F::GetUtcDate => Some(DataType::DbTimestamp),
        F::DateDiff | F::DatePart | F::Day | F::FindString | F::Len | F::Month | F::Sign | F::TokenCount | F::Year => Some(DataType::I4),
        F::IsNull => Some(DataType::Bool),
        F::Hex
        | F::Left
        | F::Lower
        | F::LTrim
        | F::Replace
        | F::Replicate
        | F::Reverse
        | F::Right
        | F::RTrim
        | F::Substring
        | F::Token
        | F::Trim
        | F::Upper => Some(DataType::Wstr),
    }
}

fn each(left: Type, right: Type, check: impl Fn(DataType) -> Result<(), ErrorKind>) -> Result<(), ErrorKind> {
    left.map_or(Ok(()), &check)?;
    right.map_or(Ok(()), &check)
}

const fn incompatible(operator: BinaryOperator, left: DataType, right: DataType) -> ErrorKind {
    ErrorKind::IncompatibleTypes { operator: operator.symbol(), left, right }
}

const fn unsupported(operator: BinaryOperator, data_type: DataType) -> ErrorKind {
    ErrorKind::UnsupportedBinary { operator: operator.symbol(), data_type }
}
