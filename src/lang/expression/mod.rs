//! The SSIS expression language: parser, types, evaluator.
//!
//! Source of the facts: Microsoft's documentation of Integration Services expressions, and expressions that run in real packages.

mod ast;
mod call;
mod cast;
mod complementary;
mod data_type;
mod date_functions;
mod decimal;
mod environment;
mod error;
mod evaluate;
mod fold;
mod function;
mod lexer;
mod moment;
mod number;
mod operators;
mod parser;
mod print;
mod references;
mod text_functions;
mod typing;
mod value;

pub use ast::{Ast, BinaryOperator, Column, Node, NodeKind, UnaryOperator, Variable};
pub use complementary::are_complementary;
pub use data_type::{DataType, TypeParameter};
pub use decimal::Decimal;
pub use environment::{Environment, Lookup, NoEnvironment};
pub use error::{ErrorKind, ExprError};
pub use evaluate::{Evaluated, check, evaluate};
pub use fold::{Part, first_piece, fold_string};
pub use function::Function;
pub use moment::Moment;
pub use references::{ColumnReference, References, VariableReference, references};
pub use value::{Data, LONGEST_STRING_BEFORE_2012, Value};

#[cfg(test)]
mod tests;
