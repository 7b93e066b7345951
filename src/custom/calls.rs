//! Operators and functions of conditions: which there are, and what they take.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use regex::RegexBuilder;

use super::Mistake;
use super::compile::{Compiler, did_you_mean, quoted};
use super::term::{Comparison, Each, Operation, Search, Term};
use super::types::Type;
use crate::rules::select::closest;

/// The functions there are.
const FUNCTIONS: [&str; 11] = ["size", "contains", "startsWith", "endsWith", "matches", "has", "exists", "exists_one", "all", "filter", "map"];

/// Bytes that a compiled pattern may take.
const PATTERN_SIZE: usize = 1 << 20;

type Compiled = Result<(Term, Type), Mistake>;

/// The term of an operator or a function.
pub(super) fn call(compiler: &mut Compiler<'_>, tree: &IdedExpr, call: &CallExpr) -> Compiled {
    match (call.func_name.as_str(), call.target.as_deref(), call.args.as_slice()) {
        (operators::LOGICAL_AND, None, [left, right]) => Ok((Term::And(both(compiler, left, right, &Type::Bool, "&&")?), Type::Bool)),
        (operators::LOGICAL_OR, None, [left, right]) => Ok((Term::Or(both(compiler, left, right, &Type::Bool, "||")?), Type::Bool)),
        (operators::LOGICAL_NOT, None, [operand]) => Ok((Term::Not(Box::new(compiler.expect(operand, &Type::Bool, "what `!` negates")?)), Type::Bool)),
        (operators::NEGATE, None, [operand]) => Ok((Term::Negative(Box::new(compiler.expect(operand, &Type::Int, "what `-` negates")?)), Type::Int)),
        (operators::CONDITIONAL, None, [condition, yes, no]) => choice(compiler, tree, [condition, yes, no]),
        (operators::INDEX, None, [owner, index]) => entry(compiler, tree, owner, index),
        (operators::IN, None, [element, owner]) => contained(compiler, tree, element, owner),
        ("has", None, _) => compiler.has(tree, call),
        ("size", None, [operand]) | ("size", Some(operand), []) => size(compiler, tree, operand),
        ("matches", Some(text), [pattern]) => matches(compiler, text, pattern),
        (name, None, [left, right]) if comparison(name).is_some() => compare(compiler, tree, name, left, right),
        (name, None, [left, right]) if operation(name).is_some() => calculate(compiler, tree, name, left, right),
        (name, Some(target), args) => method(compiler, tree, name, target, args),
        (name, None, _) => Err(unknown(compiler, tree, name)),
    }
}

fn method(compiler: &mut Compiler<'_>, tree: &IdedExpr, name: &str, target: &IdedExpr, args: &[IdedExpr]) -> Compiled {
    let search = Search::NAMES.iter().find(|(known, _)| *known == name);
    let each = Each::NAMES.iter().find(|(known, _)| *known == name);
    match (search, each, args) {
        (Some((_, search)), _, [wanted]) => Ok((Term::Search(*search, both(compiler, target, wanted, &Type::Text, name)?), Type::Bool)),
        (_, Some((_, each)), [variable, inside]) => for_each(compiler, *each, target, variable, inside),
        _ => Err(unknown(compiler, tree, name)),
    }
}

/// A function that is not there, or takes something else.
fn unknown(compiler: &Compiler<'_>, tree: &IdedExpr, name: &str) -> Mistake {
    let usage = match name {
        "size" => "`size(x)` or `x.size()`",
        "contains" | "startsWith" | "endsWith" => "`text.NAME(text)`",
        "matches" => "`text.matches('regular expression')`",
        "exists" | "exists_one" | "all" | "filter" | "map" => "`list.NAME(x, …)`, with `x` for the element",
        _ => {
            let meant = closest(name, FUNCTIONS.into_iter());
            return compiler.mistake(tree, format!("unknown function `{name}`, there are {}{}", quoted(&FUNCTIONS), did_you_mean(meant)));
        }
    };
    compiler.mistake(tree, format!("`{name}` is written {}", usage.replace("NAME", name)))
}

fn both(compiler: &mut Compiler<'_>, left: &IdedExpr, right: &IdedExpr, kind: &Type, name: &str) -> Result<Box<[Term; 2]>, Mistake> {
    let what = format!("each side of `{name}`");
    Ok(Box::new([compiler.expect(left, kind, &what)?, compiler.expect(right, kind, &what)?]))
}

fn choice(compiler: &mut Compiler<'_>, tree: &IdedExpr, [condition, yes, no]: [&IdedExpr; 3]) -> Compiled {
    let condition = compiler.expect(condition, &Type::Bool, "what stands before `?`")?;
    let ((yes, left), (no, right)) = (compiler.term(yes)?, compiler.term(no)?);
    let kind = left.join(&right).ok_or_else(|| compiler.mistake(tree, format!("both results of `?` are of one type, and these are {left} and {right}")))?;
    Ok((Term::Choice(Box::new([condition, yes, no])), kind))
}

fn entry(compiler: &mut Compiler<'_>, tree: &IdedExpr, owner: &IdedExpr, index: &IdedExpr) -> Compiled {
    let (owner, kind) = compiler.term(owner)?;
    let (wanted, what, result) = match kind.some() {
        Type::List(element) => (Type::Int, "the place in a list", &**element),
        Type::Map(value) => (Type::Text, "the name of an entry", &**value),
        other => return Err(compiler.mistake(tree, format!("`[…]` takes an element of a list or a map, and this is {other}"))),
    };
    let result = result.clone().or_null();
    Ok((Term::Entry(Box::new(owner), Box::new(compiler.expect(index, &wanted, what)?)), result))
}

fn contained(compiler: &mut Compiler<'_>, tree: &IdedExpr, element: &IdedExpr, owner: &IdedExpr) -> Compiled {
    let ((element, left), (owner, right)) = (compiler.term(element)?, compiler.term(owner)?);
    let elements = match right.some() {
        Type::List(elements) => (**elements).clone(),
        Type::Map(_) => Type::Text,
        other => return Err(compiler.mistake(tree, format!("`in` looks into a list or a map, and this is {other}"))),
    };
    let fits = left.is_scalar() && elements.some().join(left.some()).is_some();
    if !fits {
        return Err(compiler.mistake(tree, format!("{left} is never in a list of this type")));
    }
    Ok((Term::In(Box::new([element, owner])), Type::Bool))
}

fn size(compiler: &mut Compiler<'_>, tree: &IdedExpr, operand: &IdedExpr) -> Compiled {
    match compiler.term(operand)? {
        (term, kind) if matches!(kind.some(), Type::List(_) | Type::Map(_) | Type::Text) => Ok((Term::Size(Box::new(term)), Type::Int)),
        (_, kind) => Err(compiler.mistake(tree, format!("`size` takes a list, a map or a string, and this is {kind}"))),
    }
}

/// The pattern is a literal, so that it is checked and compiled once.
fn matches(compiler: &mut Compiler<'_>, text: &IdedExpr, pattern: &IdedExpr) -> Compiled {
    let text = compiler.expect(text, &Type::Text, "what `matches` looks at")?;
    let Expr::Literal(LiteralValue::String(written)) = &pattern.expr else {
        return Err(compiler.mistake(pattern, "the pattern of `matches` must be a string between quotes"));
    };
    let built = RegexBuilder::new(written.inner()).size_limit(PATTERN_SIZE).build().map_err(|error| {
        let said = error.to_string();
        let last = said.lines().next_back().unwrap_or_default().trim_start_matches("error: ").to_owned();
        compiler.mistake(pattern, format!("`{}` is no regular expression: {last}", written.inner().escape_debug()))
    })?;
    Ok((Term::Matches(Box::new(text), built), Type::Bool))
}

const fn comparison(name: &str) -> Option<Comparison> {
    Some(match name.as_bytes() {
        b"_==_" => Comparison::Equal,
        b"_!=_" => Comparison::Unequal,
        b"_<_" => Comparison::Less,
        b"_<=_" => Comparison::LessOrEqual,
        b"_>_" => Comparison::Greater,
        b"_>=_" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn compare(compiler: &mut Compiler<'_>, tree: &IdedExpr, name: &str, left: &IdedExpr, right: &IdedExpr) -> Compiled {
    let Some(comparison) = comparison(name) else { return Err(unknown(compiler, tree, name)) };
    let sign = name.trim_matches('_');
    let ((left, one), (right, other)) = (compiler.term(left)?, compiler.term(right)?);
    let is_null = |kind: &Type| *kind == Type::Null;
    let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
    if equality && (is_null(&one) || is_null(&other)) {
        if !one.may_be_null() || !other.may_be_null() {
            return Err(compiler.mistake(tree, "this is never null"));
        }
    } else if one.some() != other.some() {
        return Err(compiler.mistake(tree, format!("`{sign}` compares values of one type, and these are {one} and {other}")));
    } else if !one.is_scalar() || (!equality && *one.some() == Type::Bool) {
        return Err(compiler.mistake(tree, format!("`{sign}` cannot compare {one} with another")));
    }
    Ok((Term::Compare(comparison, Box::new([left, right])), Type::Bool))
}

const fn operation(name: &str) -> Option<Operation> {
    Some(match name.as_bytes() {
        b"_+_" => Operation::Add,
        b"_-_" => Operation::Subtract,
        b"_*_" => Operation::Multiply,
        b"_/_" => Operation::Divide,
        b"_%_" => Operation::Remainder,
        _ => return None,
    })
}

fn calculate(compiler: &mut Compiler<'_>, tree: &IdedExpr, name: &str, left: &IdedExpr, right: &IdedExpr) -> Compiled {
    let Some(operation) = operation(name) else { return Err(unknown(compiler, tree, name)) };
    let sign = name.trim_matches('_');
    let ((left, one), (right, other)) = (compiler.term(left)?, compiler.term(right)?);
    let kind = match (operation, one.some(), other.some()) {
        (_, Type::Int, Type::Int) => Type::Int,
        (Operation::Add, Type::Text, Type::Text) => Type::Text,
        _ => {
            let takes = if sign == "+" { "two numbers or two strings" } else { "two numbers" };
            return Err(compiler.mistake(tree, format!("`{sign}` takes {takes}, and these are {one} and {other}")));
        }
    };
    Ok((Term::Calculate(operation, Box::new([left, right])), kind))
}

fn for_each(compiler: &mut Compiler<'_>, each: Each, range: &IdedExpr, variable: &IdedExpr, inside: &IdedExpr) -> Compiled {
    let (list, kind) = compiler.term(range)?;
    let element = match kind.some() {
        Type::List(element) => (**element).clone(),
        Type::Map(_) => Type::Text,
        other => return Err(compiler.mistake(range, format!("only lists and maps have elements to look at, and this is {other}"))),
    };
    let Expr::Ident(name) = &variable.expr else {
        return Err(compiler.mistake(variable, "the first argument is a name for the element"));
    };
    let (inside, found) = compiler.with_name(name, element.clone(), |compiler| match each {
        Each::Map => compiler.term(inside),
        _ => Ok((compiler.expect(inside, &Type::Bool, "what is asked of each element")?, Type::Bool)),
    })?;
    let result = match each {
        Each::Map => Type::List(Box::new(found)),
        Each::Filter => Type::List(Box::new(element)),
        Each::All | Each::Exists | Each::ExistsOne => Type::Bool,
    };
    Ok((Term::Each(each, Box::new([list, inside])), result))
}
