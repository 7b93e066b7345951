//! Tokens into a tree.
//!
//! Operator precedence with an explicit stack: opened brackets and operators that wait for their right operand stand on `pending`, so that
//! nothing recurses and any depth of nesting is read.

use super::ast::{ASSIGN, Ast, BinaryOperator, CONDITIONAL, Column, Node, NodeKind, PREFIX, UnaryOperator};
use super::data_type::DataType;
use super::error::{ErrorKind, ExprError};
use super::function::Function;
use super::lexer::{Lexer, Token, TokenKind};
use crate::span::Span;

impl<'a> Ast<'a> {
    /// Parses an expression that computes a value: of a variable, property, precedence constraint, `EvalExpression` of a loop or column.
    ///
    /// # Errors
    /// When SSIS would refuse it, whatever its variables and columns are; an assignment is one reason.
    pub fn parse(text: &'a str) -> Result<Self, ExprError> {
        Parser::new(text, false)?.run()
    }

    /// Parses an expression that may assign: of an Expression Task, or `InitExpression` and `AssignExpression` of a loop.
    ///
    /// # Errors
    /// When SSIS would refuse it, whatever its variables are.
    pub fn parse_assignment(text: &'a str) -> Result<Self, ExprError> {
        Parser::new(text, true)?.run()
    }
}

/// What waits for more.
#[derive(Debug)]
enum Pending {
    Unary(UnaryOperator, Span),
    Cast {
        data_type: DataType,
        parameters: usize,
        start: u32,
    },
    Binary(BinaryOperator),
    Assign,
    /// Between `?` and `:`.
    Question,
    /// Behind `:`.
    Colon,
    Paren(Span),
    Call {
        function: Function,
        arguments: usize,
        span: Span,
    },
    /// The parameters in `(DT_WSTR, 50)`; `null` when the word NULL stands before.
    Type {
        data_type: DataType,
        parameters: usize,
        null: bool,
        span: Span,
    },
}

impl Pending {
    /// How tightly it holds its right operand; brackets not at all.
    const fn precedence(&self) -> u8 {
        match self {
            Self::Unary(..) | Self::Cast { .. } => PREFIX,
            Self::Binary(operator) => operator.precedence(),
            Self::Colon => CONDITIONAL,
            Self::Assign => ASSIGN,
            _ => 0,
        }
    }
}

/// A finished operand: its node, and its place with the parentheses around it.
#[derive(Clone, Copy, Debug)]
struct Operand {
    node: usize,
    start: u32,
    end: u32,
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token<'a>,
    text: &'a str,
    assignments: bool,
    nodes: Vec<Node<'a>>,
    operands: Vec<Operand>,
    pending: Vec<Pending>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, assignments: bool) -> Result<Self, ExprError> {
        if u32::try_from(text.len()).is_err() {
            return Err(ExprError::new(ErrorKind::TooLong, Span::default()));
        }
        let mut lexer = Lexer::new(text);
        let token = lexer.next()?;
        if matches!(token.kind, TokenKind::End) {
            return Err(ExprError::new(ErrorKind::Empty, token.span));
        }
        Ok(Self { lexer, token, text, assignments, nodes: Vec::new(), operands: Vec::new(), pending: Vec::new() })
    }

    fn run(mut self) -> Result<Ast<'a>, ExprError> {
        loop {
            while !self.operand()? {}
            while self.operator()? {
                if matches!(self.token.kind, TokenKind::End) && self.pending.is_empty() {
                    return Ok(Ast { text: self.text, nodes: self.nodes });
                }
            }
        }
    }

    /// Reads what stands where an operand is needed; true when the operand is complete, false after a prefix or an opened bracket.
    fn operand(&mut self) -> Result<bool, ExprError> {
        let token = self.advance()?;
        let span = token.span;
        let leaf = match token.kind {
            TokenKind::String(value) => NodeKind::String(value),
            TokenKind::Integer { value, data_type, hexadecimal } => NodeKind::Integer { value, data_type, hexadecimal },
            TokenKind::Real { value, data_type } => NodeKind::Real { value, data_type },
            TokenKind::Numeric(value) => NodeKind::Numeric(value),
            TokenKind::Variable(variable) => NodeKind::Variable(variable),
            TokenKind::Column(column) => NodeKind::Column(column),
            TokenKind::Name { component, name, bracketed } => return self.name(component, name, bracketed, span),
            TokenKind::Open => return self.open(span),
            TokenKind::Unary(operator) => return Ok(self.prefix(operator, span)),
            TokenKind::Binary(BinaryOperator::Subtract) => return Ok(self.prefix(UnaryOperator::Negate, span)),
            TokenKind::Close if self.closes_empty_call(span)? => return Ok(true),
            other => return Err(ExprError::new(ErrorKind::MissingOperand(other.describe()), span)),
        };
        self.leaf(leaf, span);
        Ok(true)
    }

    fn prefix(&mut self, operator: UnaryOperator, span: Span) -> bool {
        self.pending.push(Pending::Unary(operator, span));
        false
    }

    /// A literal keyword, a function call or a column.
    fn name(&mut self, component: Option<&'a str>, name: &'a str, bracketed: bool, span: Span) -> Result<bool, ExprError> {
        if component.is_none() && matches!(self.token.kind, TokenKind::Open) {
            self.advance()?;
            return self.call(name, span);
        }
        let leaf = match name {
            _ if bracketed => NodeKind::Column(Column::Named { component, name }),
            _ if name.eq_ignore_ascii_case("true") => NodeKind::Bool(true),
            _ if name.eq_ignore_ascii_case("false") => NodeKind::Bool(false),
            _ => NodeKind::Column(Column::Named { component, name }),
        };
        self.leaf(leaf, span);
        Ok(true)
    }

    /// Behind `name(`; true when nothing of it is left to read.
    fn call(&mut self, name: &'a str, span: Span) -> Result<bool, ExprError> {
        if name.eq_ignore_ascii_case("null") {
            return self.type_specification(true, span);
        }
        let Some(function) = Function::from_name(name) else {
            return Err(ExprError::new(ErrorKind::InvalidFunction(name.to_owned()), span));
        };
        self.pending.push(Pending::Call { function, arguments: 0, span });
        Ok(false)
    }

    /// `f()`, at the closing bracket.
    fn closes_empty_call(&mut self, close: Span) -> Result<bool, ExprError> {
        let Some(&Pending::Call { function, arguments: 0, span }) = self.pending.last() else { return Ok(false) };
        self.pending.pop();
        self.finish_call(function, 0, span, close)?;
        Ok(true)
    }

    /// Behind `(` where an operand is needed: a cast or plain parentheses.
    fn open(&mut self, span: Span) -> Result<bool, ExprError> {
        if matches!(&self.token.kind, TokenKind::Name { component: None, name, bracketed: false } if is_type_name(name)) {
            return self.type_specification(false, span);
        }
        self.pending.push(Pending::Paren(span));
        Ok(false)
    }

    /// At the name of a type: `DT_WSTR, 50)`. The parameters are read as operands. True when that completes an operand.
    fn type_specification(&mut self, null: bool, span: Span) -> Result<bool, ExprError> {
        let token = self.advance()?;
        let data_type = match token.kind {
            TokenKind::Name { component: None, name, .. } => DataType::from_name(name),
            _ => None,
        };
        let Some(data_type) = data_type else { return Err(ExprError::new(ErrorKind::UnsupportedType, token.span)) };
        let separator = self.advance()?;
        match separator.kind {
            TokenKind::Comma => self.pending.push(Pending::Type { data_type, parameters: 0, null, span }),
            TokenKind::Close => return self.finish_type(data_type, 0, null, span, separator.span),
            TokenKind::End => return Err(ExprError::new(ErrorKind::Missing(')'), separator.span)),
            other => return Err(ExprError::new(ErrorKind::MissingOperator(other.describe()), separator.span)),
        }
        Ok(false)
    }

    /// Reads what stands behind a complete operand; false when another operand is needed, true when an operator may follow.
    fn operator(&mut self) -> Result<bool, ExprError> {
        if matches!(self.token.kind, TokenKind::End) {
            self.reduce(1);
            return self.pending.last().map_or(Ok(true), |open| Err(ExprError::new(missing(open), self.token.span)));
        }
        let token = self.advance()?;
        match token.kind {
            TokenKind::Binary(operator) => {
                self.reduce(operator.precedence());
                self.pending.push(Pending::Binary(operator));
            }
            TokenKind::Question => {
                self.reduce(CONDITIONAL + 1);
                self.pending.push(Pending::Question);
            }
            TokenKind::Colon => self.colon(token.span)?,
            TokenKind::Comma => self.comma(token.span)?,
            TokenKind::Assign => self.assign(token.span)?,
            TokenKind::Close => return self.close(token.span),
            other => return Err(ExprError::new(ErrorKind::MissingOperator(other.describe()), token.span)),
        }
        Ok(false)
    }

    fn colon(&mut self, span: Span) -> Result<(), ExprError> {
        self.reduce(CONDITIONAL);
        let Some(top @ Pending::Question) = self.pending.last_mut() else {
            return Err(ExprError::new(ErrorKind::Unmatched(':'), span));
        };
        *top = Pending::Colon;
        Ok(())
    }

    fn comma(&mut self, comma: Span) -> Result<(), ExprError> {
        self.reduce(1);
        match self.pending.last_mut() {
            Some(Pending::Call { arguments: count, .. } | Pending::Type { parameters: count, .. }) => *count += 1,
            Some(Pending::Question) => return Err(ExprError::new(ErrorKind::Missing(':'), comma)),
            _ => return Err(ExprError::new(ErrorKind::Unmatched(','), comma)),
        }
        Ok(())
    }

    fn assign(&mut self, span: Span) -> Result<(), ExprError> {
        if !self.assignments {
            return Err(ExprError::new(ErrorKind::SingleEqual, span));
        }
        let bare = self.pending.last().is_none_or(|pending| pending.precedence() <= ASSIGN);
        if !bare || !matches!(self.nodes.last(), Some(Node { kind: NodeKind::Variable(_), .. })) {
            return Err(ExprError::new(ErrorKind::AssignmentTarget, span));
        }
        self.pending.push(Pending::Assign);
        Ok(())
    }

    fn close(&mut self, close: Span) -> Result<bool, ExprError> {
        self.reduce(1);
        match self.pending.pop() {
            Some(Pending::Paren(open)) => {
                if let Some(operand) = self.operands.last_mut() {
                    (operand.start, operand.end) = (open.start, close.end);
                }
                Ok(true)
            }
            Some(Pending::Call { function, arguments, span }) => self.finish_call(function, arguments + 1, span, close).map(|()| true),
            Some(Pending::Type { data_type, parameters, null, span }) => self.finish_type(data_type, parameters + 1, null, span, close),
            Some(Pending::Question) => Err(ExprError::new(ErrorKind::Missing(':'), close)),
            _ => Err(ExprError::new(ErrorKind::Unmatched(')'), close)),
        }
    }

    fn finish_call(&mut self, function: Function, arguments: usize, span: Span, close: Span) -> Result<(), ExprError> {
        if arguments != function.arguments() {
            let kind = ErrorKind::ArgumentCount { function: function.name(), expected: function.arguments(), found: arguments };
            return Err(ExprError::new(kind, Span::new(span.start, close.end)));
        }
        self.node(NodeKind::Call { function, arguments }, span.start, close.end);
        Ok(())
    }

    fn finish_type(&mut self, data_type: DataType, parameters: usize, null: bool, span: Span, close: Span) -> Result<bool, ExprError> {
        let (known, required) = data_type.parameters();
        if parameters < required || parameters > known.len() {
            let kind = ErrorKind::TypeParameterCount { data_type, expected: known.len(), found: parameters };
            return Err(ExprError::new(kind, Span::new(span.start, close.end)));
        }
        if null {
            self.node(NodeKind::Null { data_type, parameters }, span.start, close.end);
        } else {
            self.pending.push(Pending::Cast { data_type, parameters, start: span.start });
        }
        Ok(null)
    }

    /// Completes every waiting operator that binds at least as tightly.
    fn reduce(&mut self, precedence: u8) {
        while let Some(top) = self.pending.pop_if(|top| top.precedence() >= precedence) {
            let end = self.operands.last().map_or(0, |operand| operand.end);
            match top {
                Pending::Unary(operator, span) => self.node(NodeKind::Unary(operator), span.start, end),
                Pending::Cast { data_type, parameters, start } => self.node(NodeKind::Cast { data_type, parameters }, start, end),
                Pending::Binary(operator) => self.node_over(NodeKind::Binary(operator), end),
                Pending::Assign => self.node_over(NodeKind::Assign, end),
                _ => self.node_over(NodeKind::Conditional, end),
            }
        }
    }

    fn leaf(&mut self, kind: NodeKind<'a>, span: Span) {
        self.node(kind, span.start, span.end);
    }

    /// A node that starts where its first operand does.
    fn node_over(&mut self, kind: NodeKind<'a>, end: u32) {
        let first = self.operands.len().saturating_sub(kind.arity());
        let start = self.operands.get(first).map_or(0, |operand| operand.start);
        self.node(kind, start, end);
    }

    fn node(&mut self, kind: NodeKind<'a>, start: u32, end: u32) {
        let node = self.nodes.len();
        let taken = self.operands.len().saturating_sub(kind.arity());
        let first = self.operands.get(taken).map_or(node, |operand| self.nodes[operand.node].first);
        self.operands.truncate(taken);
        self.operands.push(Operand { node, start, end });
        self.nodes.push(Node { kind, span: Span::new(start, end), first });
    }

    fn advance(&mut self) -> Result<Token<'a>, ExprError> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }
}

/// What would close or complete it.
const fn missing(open: &Pending) -> ErrorKind {
    ErrorKind::Missing(if matches!(open, Pending::Question) { ':' } else { ')' })
}

/// Whether `(name` begins a cast, of a type that may not exist.
fn is_type_name(name: &str) -> bool {
    name.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("DT_"))
}
