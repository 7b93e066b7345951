//! What an expression sees from an executable, for the check of its types.

use super::{Names, Resolution};
use crate::lang::expression::{DataType, Environment, Lookup};
use crate::model::ExecutableId;

/// The variables and parameters that an executable sees, with their types and without their values: those may change before the expression is computed.
pub struct ScopeEnvironment<'n, 's, 'a> {
    names: &'n Names<'s, 'a>,
    from: ExecutableId,
}

impl<'n, 's, 'a> ScopeEnvironment<'n, 's, 'a> {
    /// What an executable sees.
    #[must_use]
    pub const fn new(names: &'n Names<'s, 'a>, from: ExecutableId) -> Self {
        Self { names, from }
    }
}

impl Environment for ScopeEnvironment<'_, '_, '_> {
    fn variable(&self, name: &str) -> Lookup {
        let data_type = match self.names.resolve(name, self.from) {
            Resolution::Variable(variable) => variable.data_type,
            Resolution::Parameter(parameter) => parameter.data_type,
            _ => None,
        };
        // That a name is missing is said by rules of its own.
        data_type.and_then(of_vartype).map_or(Lookup::Unknown, Lookup::Type)
    }
}

/// The type in expressions of a VARTYPE number; none for those that expressions do not take, and for dates, whose conversions are not documented.
const fn of_vartype(number: u16) -> Option<DataType> {
    Some(match number {
        2 => DataType::I2,
        3 => DataType::I4,
        4 => DataType::R4,
        5 => DataType::R8,
        8 => DataType::Wstr,
        11 => DataType::Bool,
        16 => DataType::I1,
        17 => DataType::Ui1,
        19 => DataType::Ui4,
        20 => DataType::I8,
        21 => DataType::Ui8,
        _ => return None,
    })
}
