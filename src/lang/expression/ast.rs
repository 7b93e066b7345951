//! An expression as a tree that is stored flat.
//!
//! The nodes stand in postfix order: the operands of a node come right before it, so a subtree is a slice. Everything that walks an expression
//! is a loop over that slice, and no depth of nesting and no length of chain can exhaust the stack.

use std::borrow::Cow;
use std::ops::Range;

use super::data_type::DataType;
use super::decimal::Decimal;
use super::function::Function;
use crate::span::Span;

/// A parsed expression. Two are equal when they mean the same, however they are spaced and bracketed.
#[derive(Clone, Debug)]
pub struct Ast<'a> {
    pub(super) text: &'a str,
    pub(super) nodes: Vec<Node<'a>>,
}

impl PartialEq for Ast<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.nodes.iter().map(|node| &node.kind).eq(other.nodes.iter().map(|node| &node.kind))
    }
}

/// One literal, reference, operator or call.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What it is.
    pub kind: NodeKind<'a>,
    /// Where it and its operands stand, in bytes of the expression's text; parentheses around it are not counted.
    pub span: Span,
    /// Index of the first node of the subtree that this node ends.
    pub(super) first: usize,
}

/// Kinds of [`Node`]. The operands are the nodes before it.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind<'a> {
    /// A string literal, escapes resolved.
    String(Cow<'a, str>),
    /// `TRUE` or `FALSE`
    Bool(bool),
    /// A whole number with its type: `DT_I4`, `DT_UI4`, `DT_I8` or `DT_UI8` by suffix.
    Integer {
        /// Without sign.
        value: u64,
        /// By suffix.
        data_type: DataType,
        /// Whether it was written as `0x…`.
        hexadecimal: bool,
    },
    /// A number with an exponent or a float suffix: `DT_R4` or `DT_R8`.
    Real {
        /// Without sign.
        value: f64,
        /// By suffix.
        data_type: DataType,
    },
    /// A number with a decimal point: `DT_NUMERIC`.
    Numeric(Decimal),
    /// A variable or parameter.
    Variable(Variable<'a>),
    /// A column of the data flow.
    Column(Column<'a>),
    /// One operand.
    Unary(UnaryOperator),
    /// Two operands.
    Binary(BinaryOperator),
    /// Condition, value if true, value if false.
    Conditional,
    /// The parameters of the type, then the operand.
    Cast {
        /// The type asked for.
        data_type: DataType,
        /// How many parameters come first.
        parameters: usize,
    },
    /// `NULL(type)`: the parameters of the type.
    Null {
        /// The type asked for.
        data_type: DataType,
        /// How many parameters there are.
        parameters: usize,
    },
    /// The arguments.
    Call {
        /// The function.
        function: Function,
        /// How many arguments there are.
        arguments: usize,
    },
    /// A variable, then the value that it gets.
    Assign,
}

/// A variable or parameter as it is written behind `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable<'a> {
    /// `User`, `System`, `$Project`, `$Package`, … if it is written.
    pub namespace: Option<&'a str>,
    /// The name without namespace; case-sensitive.
    pub name: &'a str,
    /// Namespace and name as written: `User::Folder`.
    pub qualified: &'a str,
}

impl<'a> Variable<'a> {
    pub(super) fn new(qualified: &'a str) -> Self {
        match qualified.split_once("::") {
            Some((namespace, name)) => Self { namespace: Some(namespace), name, qualified },
            None => Self { namespace: None, name: qualified, qualified },
        }
    }

    /// Whether it is `$Project::…` or `$Package::…`.
    #[must_use]
    pub fn is_parameter(&self) -> bool {
        self.namespace.is_some_and(|namespace| namespace.starts_with('$'))
    }
}

/// A column as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column<'a> {
    /// `Column`, `[Column]`, `[Component].[Column]`
    Named {
        /// The component, if it is written.
        component: Option<&'a str>,
        /// The column.
        name: &'a str,
    },
    /// `#12`: the digits.
    Lineage(&'a str),
    /// `#{refId}`: the refId, with `\}` resolved.
    RefId(Cow<'a, str>),
}

/// Operators with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-`
    Negate,
    /// `!`
    Not,
    /// `~`
    BitNot,
}

impl UnaryOperator {
    /// As written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Negate => "-",
            Self::Not => "!",
            Self::BitNot => "~",
        }
    }
}

/// Operators with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BinaryOperator {
    Multiply,
    Divide,
    Modulo,
    Add,
    Subtract,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    Equal,
    NotEqual,
    BitAnd,
    BitXor,
    BitOr,
    And,
    Or,
}

impl BinaryOperator {
    /// As written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Less => "<",
            Self::Greater => ">",
            Self::LessOrEqual => "<=",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::BitAnd => "&",
            Self::BitXor => "^",
            Self::BitOr => "|",
            Self::And => "&&",
            Self::Or => "||",
        }
    }

    /// How tightly it binds; all are left-associative.
    pub(super) const fn precedence(self) -> u8 {
        match self {
            Self::Multiply | Self::Divide | Self::Modulo => 12,
            Self::Add | Self::Subtract => 11,
            Self::Less | Self::Greater | Self::LessOrEqual | Self::GreaterOrEqual => 10,
            Self::Equal | Self::NotEqual => 9,
            Self::BitAnd => 8,
            Self::BitXor => 7,
            Self::BitOr => 6,
            Self::And => 5,
            Self::Or => 4,
        }
    }

    /// Whether it compares.
    #[must_use]
    pub const fn is_comparison(self) -> bool {
        matches!(self.precedence(), 9 | 10)
    }
}

/// Precedence of a prefix operator or cast.
pub(super) const PREFIX: u8 = 13;
/// Precedence of `? :`, which is right-associative.
pub(super) const CONDITIONAL: u8 = 3;
/// Precedence of `=`, which is right-associative.
pub(super) const ASSIGN: u8 = 2;

impl NodeKind<'_> {
    /// How many operands the node has.
    pub(super) const fn arity(&self) -> usize {
        match self {
            Self::Unary(_) => 1,
            Self::Binary(_) | Self::Assign => 2,
            Self::Conditional => 3,
            Self::Cast { parameters, .. } => *parameters + 1,
            Self::Null { parameters, .. } => *parameters,
            Self::Call { arguments, .. } => *arguments,
            _ => 0,
        }
    }
}

impl<'a> Ast<'a> {
    /// The text that was parsed.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The nodes in postfix order; the last is the root.
    #[must_use]
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// Index of the root.
    pub(super) const fn root(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// The slice of nodes that belong to the node at `index`, itself last.
    pub(super) fn subtree(&self, index: usize) -> Range<usize> {
        self.nodes.get(index).map_or(0..0, |node| node.first..index + 1)
    }

    /// Indices of the operands of the node at `index`, first to last.
    pub(super) fn operands(&self, index: usize) -> Vec<usize> {
        let arity = self.nodes.get(index).map_or(0, |node| node.kind.arity());
        let mut operands = Vec::with_capacity(arity);
        let mut end = index;
        for _ in 0..arity {
            let Some(last) = end.checked_sub(1) else { break };
            operands.push(last);
            end = self.nodes[last].first;
        }
        operands.reverse();
        operands
    }

    /// The text of the node at `index`.
    pub(super) fn source(&self, index: usize) -> &'a str {
        let span = self.nodes.get(index).map_or_else(Span::default, |node| node.span);
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

impl std::fmt::Display for Column<'_> {
    /// As the expression language writes it, names always in brackets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named { component: Some(component), name } => write!(f, "[{component}].[{name}]"),
            Self::Named { component: None, name } => write!(f, "[{name}]"),
            Self::Lineage(id) => write!(f, "#{id}"),
            Self::RefId(id) => write!(f, "#{{{}}}", id.replace('}', "\\}")),
        }
    }
}
