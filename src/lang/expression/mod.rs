//! The SSIS expression language: parser, types, evaluator.
//!
//! Source of the facts: Microsoft's documentation of Integration Services expressions, and expressions that run in real packages.

mod ast;
mod data_type;
mod decimal;
mod error;
mod function;
mod lexer;
mod number;
mod parser;
mod print;

pub use ast::{Ast, BinaryOperator, Column, Node, NodeKind, UnaryOperator, Variable};
pub use data_type::{DataType, TypeParameter};
pub use decimal::Decimal;
pub use error::{ErrorKind, ExprError};
pub use function::Function;
