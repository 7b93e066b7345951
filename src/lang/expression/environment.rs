//! What an expression sees of the package around it.

use super::ast::Column;
use super::data_type::DataType;
use super::value::Value;

/// What an environment knows of a variable or parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    /// It has this value and nothing can change it before the expression is computed.
    Value(Value),
    /// It exists and is of this type; its value is not known.
    Type(DataType),
    /// It may exist.
    Unknown,
    /// It does not exist.
    Missing,
    /// It exists in more than one namespace and the expression does not say in which.
    Ambiguous,
}

/// The variables, parameters and columns that an expression sees.
pub trait Environment {
    /// Looks up a variable or parameter by its name as written: `User::Folder`, `Folder`, `$Project::Server`.
    fn variable(&self, name: &str) -> Lookup;

    /// The type of a column of the data flow, if it is known.
    fn column(&self, column: &Column<'_>) -> Option<DataType> {
        let _ = column;
        None
    }
}

/// Knows nothing: every variable may exist.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEnvironment;

impl Environment for NoEnvironment {
    fn variable(&self, _name: &str) -> Lookup {
        Lookup::Unknown
    }
}
