//! What is known of a string that is put together from pieces.

use super::ast::{Ast, BinaryOperator, NodeKind};
use super::data_type::DataType;
use super::environment::Environment;
use super::error::ExprError;
use super::evaluate::{Evaluated, budget, evaluate, evaluate_part};

/// A piece of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is known. Two of them are never neighbours and none is empty.
    Literal(String),
    /// Text that is not known: a variable or parameter as `User::Folder`, anything else as it is written.
    Unknown(String),
}

/// Splits a string expression into the pieces that are known and those that are not: `"C:\\x\\" + @[User::F]` begins with `C:\x\`. No part at all is
/// the empty string; an expression that is no string, or NULL, is one unknown part.
///
/// # Errors
/// As [`evaluate`].
pub fn fold_string(ast: &Ast<'_>, environment: &dyn Environment) -> Result<Vec<Part>, ExprError> {
    let whole = evaluate(ast, environment)?;
    let mut parts = Vec::new();
    if whole.value().is_some() || whole.data_type().is_some_and(|data_type| !data_type.is_string()) {
        push(&mut parts, whole, || ast.source(ast.root()).to_owned());
        return Ok(parts);
    }
    let mut budget = budget();
    let mut pending = vec![ast.root()];
    while let Some(index) = pending.pop() {
        match expand(ast, index, environment, &mut budget) {
            Some(pieces) => pending.extend(pieces.into_iter().rev()),
            None => leaf(ast, index, environment, &mut budget, &mut parts)?,
        }
    }
    Ok(parts)
}

/// The first of the pieces that an expression puts together, as it is written; the whole when it puts nothing together.
#[must_use]
pub fn first_piece<'a>(ast: &Ast<'a>) -> &'a str {
    let mut first = ast.root();
    while matches!(ast.nodes.get(first).map(|node| &node.kind), Some(NodeKind::Binary(BinaryOperator::Add))) {
        let Some(left) = ast.operands(first).first().copied() else { break };
        first = left;
    }
    ast.source(first)
}

/// The nodes that a node puts together, or the branch that it takes.
fn expand(ast: &Ast<'_>, index: usize, environment: &dyn Environment, budget: &mut usize) -> Option<Vec<usize>> {
    let node = ast.nodes.get(index)?;
    let operands = ast.operands(index);
    match (&node.kind, operands.as_slice()) {
        (NodeKind::Binary(BinaryOperator::Add), _) => Some(operands),
        (NodeKind::Conditional, &[condition, yes, no]) => {
            let taken = evaluate_part(ast, ast.subtree(condition), environment, budget).ok()?.value()?.as_bool()?;
            Some(vec![if taken { yes } else { no }])
        }
        (NodeKind::Assign, &[_, value]) => Some(vec![value]),
        _ => None,
    }
}

fn leaf(ast: &Ast<'_>, index: usize, environment: &dyn Environment, budget: &mut usize, parts: &mut Vec<Part>) -> Result<(), ExprError> {
    let value = evaluate_part(ast, ast.subtree(index), environment, budget)?;
    push(parts, value, || match ast.nodes.get(index).map(|node| &node.kind) {
        Some(NodeKind::Variable(variable)) => variable.qualified.to_owned(),
        _ => ast.source(index).to_owned(),
    });
    Ok(())
}

fn push(parts: &mut Vec<Part>, value: Evaluated, name: impl FnOnce() -> String) {
    match (value.as_str(), value.data_type(), parts.last_mut()) {
        (Some(""), ..) => {}
        (Some(text), Some(DataType::Str | DataType::Wstr), Some(Part::Literal(last))) => last.push_str(text),
        (Some(text), Some(DataType::Str | DataType::Wstr), _) => parts.push(Part::Literal(text.to_owned())),
        _ => parts.push(Part::Unknown(name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::expression::{Lookup, NoEnvironment, Value};

    struct Folder;

    impl Environment for Folder {
        fn variable(&self, name: &str) -> Lookup {
            if name == "User::Folder" { Lookup::Value(Value::string("C:\\data")) } else { Lookup::Type(DataType::Wstr) }
        }
    }

    fn fold(text: &str) -> Vec<Part> {
        fold_string(&Ast::parse(text).expect("parses"), &Folder).expect("folds")
    }

    fn literal(text: &str) -> Part {
        Part::Literal(text.to_owned())
    }

    fn unknown(text: &str) -> Part {
        Part::Unknown(text.to_owned())
    }

    #[test]
    fn a_known_prefix_is_kept_before_an_unknown_rest() {
        assert_eq!(fold(r#""C:\\x\\" + @[User::F]"#), [literal("C:\\x\\"), unknown("User::F")]);
        assert_eq!(fold(r#"@[User::Folder] + "\\" + @File + (".t" + "xt")"#), [literal("C:\\data\\"), unknown("File"), literal(".txt")]);
        assert_eq!(fold(r#""a_" + (DT_WSTR, 30)GETDATE() + ".txt""#), [literal("a_"), unknown("(DT_WSTR, 30)GETDATE()"), literal(".txt")]);
    }

    #[test]
    fn what_is_known_as_a_whole_is_one_part() {
        assert_eq!(fold(r#""a" + UPPER("b") + (1 > 2 ? "c" : "")"#), [literal("aB")]);
        assert_eq!(fold(r#""""#), []);
        assert_eq!(fold("1 + 2"), [unknown("1 + 2")]);
        assert_eq!(fold("NULL(DT_WSTR, 5)"), [unknown("NULL(DT_WSTR, 5)")]);
    }

    #[test]
    fn a_condition_that_is_known_takes_its_branch() {
        assert_eq!(fold(r#"TRUE ? "x" + @F : "y""#), [literal("x"), unknown("F")]);
        assert_eq!(fold(r#"@F == "" ? "x" : "y""#), [unknown(r#"@F == "" ? "x" : "y""#)]);
    }

    #[test]
    fn the_first_piece_is_the_leftmost() {
        let first = |text: &'static str| first_piece(&Ast::parse(text).expect("parses"));
        assert_eq!(first(r#"@[User::Folder] + "\\" + @File"#), "@[User::Folder]");
        assert_eq!(first(r#"UPPER(@A + @B)"#), "UPPER(@A + @B)");
    }

    #[test]
    fn columns_may_be_numbers_so_only_strings_are_literals() {
        let ast = Ast::parse("a + 1 + b").expect("parses");
        let parts = fold_string(&ast, &NoEnvironment).expect("folds");
        assert_eq!(parts, [unknown("a"), unknown("1"), unknown("b")]);
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_pieces_is_folded() {
        let text = vec!["\"x\" + @[User::F]"; 50_000].join(" + ");
        assert_eq!(fold(&text).len(), 100_000);
    }
}
