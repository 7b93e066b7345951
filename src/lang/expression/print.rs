//! A tree back into text, with no more parentheses than it needs.

use std::fmt;

use super::ast::{ASSIGN, Ast, CONDITIONAL, NodeKind, PREFIX};
use super::data_type::DataType;

/// Binds tighter than any operator.
const ATOM: u8 = PREFIX + 1;

/// What is still to be written.
enum Piece {
    Text(&'static str),
    /// A node that needs parentheses when it binds less tightly.
    Node(usize, u8),
}

impl fmt::Display for Ast<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pieces = vec![Piece::Node(self.root(), 0)];
        while let Some(piece) = pieces.pop() {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Node(index, least) => {
                    let Some(node) = self.nodes.get(index) else { continue };
                    let bracket = precedence(&node.kind) < least;
                    if bracket {
                        f.write_str("(")?;
                        pieces.push(Piece::Text(")"));
                    }
                    let rest = pieces.len();
                    write_node(&node.kind, &self.operands(index), f, &mut pieces)?;
                    pieces[rest..].reverse();
                }
            }
        }
        Ok(())
    }
}

const fn precedence(kind: &NodeKind<'_>) -> u8 {
    match kind {
        NodeKind::Unary(_) | NodeKind::Cast { .. } => PREFIX,
        NodeKind::Binary(operator) => operator.precedence(),
        NodeKind::Conditional => CONDITIONAL,
        NodeKind::Assign => ASSIGN,
        _ => ATOM,
    }
}

/// Writes the beginning of a node and lists the rest in order.
fn write_node(kind: &NodeKind<'_>, operands: &[usize], f: &mut fmt::Formatter<'_>, rest: &mut Vec<Piece>) -> fmt::Result {
    use Piece::{Node, Text};
    match (kind, operands) {
        (NodeKind::Unary(operator), &[operand]) => {
            f.write_str(operator.symbol())?;
            rest.push(Node(operand, PREFIX));
        }
        (NodeKind::Binary(operator), &[left, right]) => {
            let binds = operator.precedence();
            rest.extend([Node(left, binds), Text(" "), Text(operator.symbol()), Text(" "), Node(right, binds + 1)]);
        }
        (NodeKind::Conditional, &[condition, yes, no]) => {
            rest.extend([Node(condition, CONDITIONAL + 1), Text(" ? "), Node(yes, 0), Text(" : "), Node(no, CONDITIONAL)]);
        }
        (NodeKind::Assign, &[target, value]) => rest.extend([Node(target, ATOM), Text(" = "), Node(value, ASSIGN)]),
        (NodeKind::Cast { data_type, .. }, [parameters @ .., operand]) => {
            write!(f, "({data_type}")?;
            rest.extend(parameters.iter().flat_map(|&parameter| [Text(","), Node(parameter, 0)]));
            rest.extend([Text(")"), Node(*operand, PREFIX)]);
        }
        (NodeKind::Null { data_type, .. }, parameters) => {
            write!(f, "NULL({data_type}")?;
            rest.extend(parameters.iter().flat_map(|&parameter| [Text(","), Node(parameter, 0)]));
            rest.push(Text(")"));
        }
        (NodeKind::Call { function, .. }, arguments) => {
            write!(f, "{}(", function.name())?;
            rest.extend(arguments.iter().enumerate().flat_map(|(at, &argument)| [Text(if at == 0 { "" } else { "," }), Node(argument, 0)]));
            rest.push(Text(")"));
        }
        _ => write_leaf(kind, f)?,
    }
    Ok(())
}

fn write_leaf(kind: &NodeKind<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        NodeKind::String(value) => write_string(value, f),
        NodeKind::Bool(value) => f.write_str(if *value { "TRUE" } else { "FALSE" }),
        NodeKind::Integer { value, data_type, hexadecimal } => {
            if *hexadecimal {
                write!(f, "0x{value:X}")?;
            } else {
                write!(f, "{value}")?;
            }
            f.write_str(integer_suffix(*data_type))
        }
        NodeKind::Real { value, data_type } => write!(f, "{value:e}{}", if *data_type == DataType::R4 { "F" } else { "" }),
        NodeKind::Numeric(value) => write!(f, "{value}{}", if value.scale() == 0 { "." } else { "" }),
        NodeKind::Variable(variable) => write!(f, "@[{}]", variable.qualified),
        NodeKind::Column(column) => write!(f, "{column}"),
        _ => Ok(()),
    }
}

const fn integer_suffix(data_type: DataType) -> &'static str {
    match data_type {
        DataType::Ui4 => "U",
        DataType::I8 => "L",
        DataType::Ui8 => "UL",
        _ => "",
    }
}

fn write_string(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for character in value.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            _ if character.is_control() => write!(f, "\\x{:04X}", u32::from(character))?,
            _ => write!(f, "{character}")?,
        }
    }
    f.write_str("\"")
}
