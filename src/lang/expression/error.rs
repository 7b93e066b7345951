//! What is wrong with an expression, in the words of SSIS.

use thiserror::Error;

use super::data_type::DataType;
use super::function::Function;
use crate::span::Span;

/// An expression that SSIS would refuse or that would fail when it is computed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct ExprError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where, in bytes of the expression's text.
    pub span: Span,
}

impl ExprError {
    pub(super) const fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The code that SSIS reports, as `0xC0047096`; none where it is not known.
    #[must_use]
    pub const fn code(&self) -> Option<u32> {
        self.kind.code()
    }
}

/// Kinds of [`ExprError`]. No message shows a string literal or a value: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ErrorKind {
    /// Nothing but space.
    #[error("there is no expression to compute")]
    Empty,
    /// Above 4 GiB.
    #[error("the expression is too long to be read")]
    TooLong,
    /// A character that begins no token.
    #[error("the character `{}` was not recognized", .0.escape_debug())]
    InvalidCharacter(char),
    /// `'`
    #[error("the single quotation mark was not expected: strings are written in double quotation marks")]
    SingleQuote,
    /// `=` where nothing can be assigned.
    #[error("the equal sign (=) was not expected; a double equal sign (==) may be required")]
    SingleEqual,
    /// The left side of `=` is no variable.
    #[error("only a variable can stand to the left of an assignment")]
    AssignmentTarget,
    /// `«…»`
    #[error("a placeholder stands where an actual parameter or operand is needed")]
    Placeholder,
    /// No closing `"`.
    #[error("the string literal has no closing quotation mark")]
    UnterminatedString,
    /// No closing `]` or `}`.
    #[error("the name has no closing `{0}`")]
    UnterminatedName(char),
    /// `@`, `[]` or `#` without a name.
    #[error("`{0}` is not followed by a name")]
    MissingName(char),
    /// `\q`
    #[error("the string literal contains the illegal escape sequence `\\{}`; a backslash is written as a double backslash", .0.escape_debug())]
    IllegalEscape(char),
    /// `\x12`
    #[error("the string literal contains an illegal hexadecimal escape sequence; the form is \\xhhhh with four hexadecimal digits")]
    IllegalHexEscape,
    /// A number that its type cannot hold.
    #[error("the literal is too large to fit into type {0}")]
    LiteralOverflow(DataType),
    /// Something stands where an operator or the end is needed.
    #[error("{0} was not expected here: an operator is missing before it")]
    MissingOperator(&'static str),
    /// Something stands where an operand is needed.
    #[error("{0} was not expected here: an operand is missing before it")]
    MissingOperand(&'static str),
    /// `)` `,` or `:` that belongs to nothing.
    #[error("`{0}` belongs to nothing that was opened before it")]
    Unmatched(char),
    /// The end came too early.
    #[error("`{0}` is missing")]
    Missing(char),
    /// A type that does not exist.
    #[error("the data type is not supported in an expression")]
    UnsupportedType,
    /// A type has too few or too many parameters.
    #[error("the data type {data_type} takes {expected} parameters, not {found}")]
    TypeParameterCount {
        /// The type.
        data_type: DataType,
        /// How many it takes at most.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A parameter of a type is not a whole number.
    #[error("parameter {number} of data type {data_type} is not an integer")]
    TypeParameterNotInteger {
        /// The type.
        data_type: DataType,
        /// 1-based.
        number: usize,
    },
    /// A parameter of a type comes from a column.
    #[error("parameter {number} of data type {data_type} is not static: it cannot depend on input columns")]
    TypeParameterNotStatic {
        /// The type.
        data_type: DataType,
        /// 1-based.
        number: usize,
    },
    /// A negative length.
    #[error("the length of data type {0} is negative")]
    NegativeLength(DataType),
    /// Precision out of range.
    #[error("the precision of data type {0} is out of range: it must be 1 to 38")]
    Precision(DataType),
    /// Scale out of range.
    #[error("the scale of data type {0} is out of range: it must not be negative and not exceed the precision")]
    Scale(DataType),
    /// A function that does not exist.
    #[error("the function {0} was not recognized")]
    InvalidFunction(String),
    /// Too few or too many arguments.
    #[error("the function {function} requires {expected} parameters, not {found}")]
    ArgumentCount {
        /// Its name.
        function: &'static str,
        /// How many it takes.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// An argument of a type that the function does not take.
    #[error("the function {function} does not support the data type {data_type} for parameter number {number}; an explicit cast is needed")]
    ArgumentType {
        /// Its name.
        function: &'static str,
        /// The type found.
        data_type: DataType,
        /// 1-based.
        number: usize,
    },
    /// A date part that does not exist.
    #[error("the date part is not valid for function {0}")]
    DatePart(&'static str),
    /// A date part that comes from a column or is no string.
    #[error("the date part of function {0} must be a static string")]
    DatePartNotStatic(&'static str),
    /// A variable that is not there.
    #[error("the variable {0} was not found; it might not exist in the correct scope")]
    VariableNotFound(String),
    /// A variable in two namespaces.
    #[error("there is more than one variable with the name {0}: write it as @[Namespace::Name]")]
    AmbiguousVariable(String),
    /// Operands of types that do not go together.
    #[error("the data types {left} and {right} are incompatible for binary operator {operator}; an explicit cast is needed")]
    IncompatibleTypes {
        /// As written.
        operator: &'static str,
        /// Type of the left operand.
        left: DataType,
        /// Type of the right operand.
        right: DataType,
    },
    /// An operand of a type that the operator does not take.
    #[error("the data type {data_type} cannot be used with binary operator {operator}; an explicit cast is needed")]
    UnsupportedBinary {
        /// As written.
        operator: &'static str,
        /// The type.
        data_type: DataType,
    },
    /// An operand of a type that the operator does not take.
    #[error("the data type {data_type} cannot be used with unary operator {operator}; an explicit cast is needed")]
    UnsupportedUnary {
        /// As written.
        operator: &'static str,
        /// The type.
        data_type: DataType,
    },
    /// `&`, `|` or `^` on a signed and an unsigned integer.
    #[error("the operands of the bitwise operator {0} must both be signed or both be unsigned")]
    SignMismatch(&'static str),
    /// `NULL(DT_STR, …)` as operand of a binary operator.
    #[error("an operand of type DT_STR that is neither a column nor a cast cannot be used with the operator {0}: use DT_WSTR")]
    BinaryStr(&'static str),
    /// `NULL(DT_STR, …)` as a branch of `? :`.
    #[error("an operand of type DT_STR that is neither a column nor a cast cannot be used with the conditional operator: use DT_WSTR")]
    ConditionalStr,
    /// The condition of `? :` is not Boolean.
    #[error("the condition of the conditional operator has the data type {0}; it must be DT_BOOL")]
    ConditionType(DataType),
    /// The branches of `? :` do not go together.
    #[error("the data types {left} and {right} are incompatible for the conditional operator; an explicit cast is needed")]
    ConditionalTypes {
        /// Type of the first branch.
        left: DataType,
        /// Type of the second branch.
        right: DataType,
    },
    /// Division by zero.
    #[error("a divide-by-zero error occurs: the right operand is zero")]
    DivideByZero,
    /// A result that its type cannot hold.
    #[error("the result of the operator {operator} overflows the data type {data_type}")]
    Overflow {
        /// As written.
        operator: &'static str,
        /// Type of the result.
        data_type: DataType,
    },
    /// A negation that its type cannot hold.
    #[error("the result of the negation overflows the data type {0}")]
    NegationOverflow(DataType),
    /// A result that its type cannot hold.
    #[error("the result of function {function} overflows the data type {data_type}")]
    FunctionOverflow {
        /// Its name.
        function: &'static str,
        /// Type of the result.
        data_type: DataType,
    },
    /// A value that the target type cannot hold.
    #[error("an overflow occurs while converting from data type {from} to data type {to}")]
    ConversionOverflow {
        /// Type of the value.
        from: DataType,
        /// Type asked for.
        to: DataType,
    },
    /// A value that means nothing in the target type.
    #[error("the value cannot be converted from data type {from} to data type {to}")]
    Conversion {
        /// Type of the value.
        from: DataType,
        /// Type asked for.
        to: DataType,
    },
    /// A start position below 1.
    #[error("the start index of function {0} must be greater than 0: it is one-based")]
    StartIndex(&'static str),
    /// A negative length of `SUBSTRING`.
    #[error("the length of function {0} cannot be negative")]
    SubstringLength(&'static str),
    /// A negative length of `LEFT` or `RIGHT`.
    #[error("the length of function {0} cannot be negative")]
    SideLength(&'static str),
    /// A negative repeat count.
    #[error("the repeat count of function {0} cannot be negative")]
    RepeatCount(&'static str),
    /// An occurrence below 1.
    #[error("the occurrence count of function {0} must be greater than zero")]
    Occurrence(&'static str),
    /// `SQRT`, `LN`, `LOG` or `POWER` of a number they are not defined for.
    #[error("the function {0} is not defined for this value")]
    Domain(Function),
    /// Any other failure of a function.
    #[error("the function {0} fails on these values")]
    Function(&'static str),
}

impl ErrorKind {
    /// See [`ExprError::code`]. Source: Integration Services Error and Message Reference.
    #[must_use]
    pub const fn code(&self) -> Option<u32> {
        Some(match self {
            Self::Empty => 0xC004_709A,
            Self::InvalidCharacter(_) => 0xC004_7096,
            Self::SingleQuote => 0xC004_70D6,
            Self::SingleEqual => 0xC004_70D7,
            Self::Placeholder => 0xC004_70E6,
            Self::UnterminatedString | Self::UnterminatedName(_) | Self::MissingName(_) | Self::Missing(_) => 0xC004_70A7,
            Self::IllegalEscape(_) => 0xC004_70B8,
            Self::IllegalHexEscape => 0xC004_70B7,
            Self::LiteralOverflow(_) => 0xC004_707C,
            Self::UnsupportedType => 0xC004_70BE,
            Self::TypeParameterNotInteger { .. } => 0xC004_7094,
            Self::TypeParameterNotStatic { .. } => 0xC004_7093,
            Self::NegativeLength(_) => 0xC004_70F1,
            Self::Precision(_) => 0xC004_70AB,
            Self::Scale(_) => 0xC004_70AC,
            Self::InvalidFunction(_) => 0xC004_708A,
            Self::ArgumentCount { expected: 1, .. } => 0xC004_70FA,
            Self::ArgumentCount { found: 1, .. } => 0xC004_70F9,
            Self::ArgumentCount { .. } => 0xC004_70FB,
            Self::ArgumentType { .. } => 0xC004_7089,
            Self::DatePart(_) => 0xC004_708F,
            Self::DatePartNotStatic(_) => 0xC004_70F0,
            Self::VariableNotFound(_) => 0xC004_70A6,
            Self::AmbiguousVariable(_) => 0xC004_70DD,
            Self::IncompatibleTypes { .. } => 0xC004_7080,
            Self::UnsupportedBinary { .. } => 0xC004_7081,
            Self::UnsupportedUnary { .. } => 0xC004_7086,
            Self::SignMismatch(_) => 0xC004_7082,
            Self::ConditionalStr => 0xC004_70ED,
            Self::BinaryStr(_) => 0xC004_70EC,
            Self::ConditionType(_) => 0xC004_709E,
            Self::ConditionalTypes { .. } => 0xC004_709F,
            Self::DivideByZero => 0xC004_707B,
            Self::Overflow { .. } => 0xC004_707E,
            Self::NegationOverflow(_) => 0xC004_70E5,
            Self::FunctionOverflow { .. } => 0xC004_707F,
            Self::ConversionOverflow { .. } => 0xC004_70C0,
            Self::Conversion { .. } => 0xC004_70C4,
            Self::StartIndex(_) => 0xC004_708C,
            Self::SubstringLength(_) => 0xC004_708B,
            Self::SideLength(_) => 0xC004_70E7,
            Self::RepeatCount(_) => 0xC004_70E8,
            Self::Occurrence(_) => 0xC004_70EE,
            Self::Domain(Function::Sqrt) => 0xC004_70DF,
            Self::Domain(Function::Ln) => 0xC004_70E0,
            Self::Domain(Function::Log) => 0xC004_70E1,
            Self::Domain(Function::Power) => 0xC004_70E2,
            Self::Domain(_) | Self::Function(_) => 0xC004_70C5,
            Self::MissingOperator(_) | Self::MissingOperand(_) | Self::Unmatched(_) | Self::TypeParameterCount { .. } => 0xC004_7099,
            Self::TooLong | Self::AssignmentTarget => return None,
        })
    }
}
