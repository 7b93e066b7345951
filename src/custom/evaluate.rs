//! The value of a term for one object.
//!
//! As in SQL, what is made of a null is unknown, but for the questions whether it is one. `&&` and `||` know their way around that, and a condition that is unknown does not hold. The interpreter of the crate `cel` is not used: it knows no limit on what a
//! condition costs, compiles a pattern on each call, and clones each element that it looks at.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::ops::Deref;

use serde_json::Value as Json;

use super::term::{Comparison, Each, Operation, Search, Term};
use super::value::{Value, of_json};

/// Steps that a rule may take in one document: about a second.
pub(super) const STEPS: u64 = 50_000_000;
/// Characters of a text that are searched in one step.
const TEXT_PER_STEP: usize = 64;

/// What a condition looks at.
pub(super) struct Evaluation<'v> {
    /// What the outer names stand for, by their depth.
    outer: &'v [&'v dyn Deref<Target = Json>],
    inner: Vec<Value<'v>>,
    left: &'v Cell<u64>,
}

impl<'v> Evaluation<'v> {
    /// `left` is the number of steps that may still be taken.
    pub(super) const fn new(outer: &'v [&'v dyn Deref<Target = Json>], left: &'v Cell<u64>) -> Self {
        Self { outer, inner: Vec::new(), left }
    }

    /// Whether the condition holds; not when there are no steps left.
    pub(super) fn holds(&mut self, condition: &'v Term) -> bool {
        let holds = self.bool(condition).unwrap_or(false);
        holds && self.left.get() > 0
    }

    /// A value as text; empty when it is null or unknown.
    pub(super) fn text(&mut self, term: &'v Term) -> String {
        match self.value(term) {
            Some(Value::Text(text)) => text.into_owned(),
            Some(Value::Int(number)) => number.to_string(),
            Some(Value::Bool(value)) => value.to_string(),
            _ => String::new(),
        }
    }

    /// Takes steps; false when there are none left.
    fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().saturating_sub(steps as u64);
        self.left.set(left);
        left > 0
    }

    /// None when it is unknown.
    fn value(&mut self, term: &'v Term) -> Option<Value<'v>> {
        if !self.spend(1) {
            return None;
        }
        Some(match term {
            Term::Null => Value::Null,
            Term::Bool(value) => Value::Bool(*value),
            Term::Int(value) => Value::Int(*value),
            Term::Text(text) => Value::Text(Cow::Borrowed(text)),
            Term::List(terms) => Value::List(terms.iter().map(|term| self.value(term)).collect::<Option<_>>()?),
            Term::Name(depth) => self.name(*depth)?,
            Term::Field(owner, name) => self.field(owner, name)?,
            Term::Entry(owner, index) => self.entry(owner, index)?,
            Term::Present(field) => Value::Bool(self.value(field).is_some_and(|value| !matches!(value, Value::Null))),
            Term::Not(operand) => Value::Bool(!self.bool(operand)?),
            Term::Negative(operand) => Value::Int(self.int(operand)?.checked_neg()?),
            Term::And(sides) => Value::Bool(self.either(sides, false)?),
            Term::Or(sides) => Value::Bool(self.either(sides, true)?),
            Term::Choice(terms) => {
                let [condition, yes, no] = &**terms;
                return if self.bool(condition)? { self.value(yes) } else { self.value(no) };
            }
            Term::Compare(comparison, sides) => Value::Bool(self.compare(*comparison, sides)?),
            Term::Calculate(operation, sides) => self.calculate(*operation, sides)?,
            Term::In(sides) => Value::Bool(self.contained(sides)?),
            Term::Search(search, sides) => Value::Bool(self.search(*search, sides)?),
            Term::Matches(text, pattern) => Value::Bool(pattern.is_match(&self.searched(text)?)),
            Term::Size(operand) => Value::Int(self.size(operand)?),
            Term::Each(each, terms) => self.each(*each, terms)?,
        })
    }

    fn name(&self, depth: usize) -> Option<Value<'v>> {
        match self.outer.get(depth) {
            Some(outer) => Some(of_json(outer)),
            None => self.inner.get(depth - self.outer.len()).cloned(),
        }
    }

    /// A field of an object, which always has it, or an entry of a map: null when it is not there.
    fn field(&mut self, owner: &'v Term, name: &str) -> Option<Value<'v>> {
        match self.value(owner)? {
            Value::Json(Json::Object(fields)) => Some(fields.get(name).map_or(Value::Null, of_json)),
            _ => None,
        }
    }

    fn entry(&mut self, owner: &'v Term, index: &'v Term) -> Option<Value<'v>> {
        let owner = self.value(owner)?;
        match (owner, self.value(index)?) {
            (Value::Json(Json::Object(fields)), Value::Text(name)) => Some(fields.get(&*name).map_or(Value::Null, of_json)),
            (Value::Json(Json::Array(list)), Value::Int(index)) => Some(place(index).and_then(|index| list.get(index)).map_or(Value::Null, of_json)),
            (Value::List(list), Value::Int(index)) => Some(place(index).and_then(|index| list.get(index)).cloned().unwrap_or(Value::Null)),
            _ => None,
        }
    }

    fn bool(&mut self, term: &'v Term) -> Option<bool> {
        match self.value(term)? {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn int(&mut self, term: &'v Term) -> Option<i64> {
        match self.value(term)? {
            Value::Int(value) => Some(value),
            _ => None,
        }
    }

    fn text_of(&mut self, term: &'v Term) -> Option<Cow<'v, str>> {
        match self.value(term)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text that is going to be read from one end to the other.
    fn searched(&mut self, term: &'v Term) -> Option<Cow<'v, str>> {
        let text = self.text_of(term)?;
        self.spend(text.len() / TEXT_PER_STEP).then_some(text)
    }

    /// `&&` and `||`: `decides` is the value that decides whatever the other side is, unknown included.
    fn either(&mut self, sides: &'v [Term; 2], decides: bool) -> Option<bool> {
        let left = self.bool(&sides[0]);
        if left == Some(decides) {
            return left;
        }
        let right = self.bool(&sides[1]);
        if right == Some(decides) { right } else { left.and(right) }
    }

    fn compare(&mut self, comparison: Comparison, sides: &'v [Term; 2]) -> Option<bool> {
        let (left, right) = (self.value(&sides[0])?, self.value(&sides[1])?);
        if matches!(comparison, Comparison::Equal | Comparison::Unequal) {
            return Some(left.equals(&right) == matches!(comparison, Comparison::Equal));
        }
        let order = match (&left, &right) {
            (Value::Int(left), Value::Int(right)) => left.cmp(right),
            (Value::Text(left), Value::Text(right)) => left.cmp(right),
            _ => return None,
        };
        Some(match comparison {
            Comparison::Less => order == Ordering::Less,
            Comparison::LessOrEqual => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            _ => order != Ordering::Less,
        })
    }

    fn calculate(&mut self, operation: Operation, sides: &'v [Term; 2]) -> Option<Value<'v>> {
        let (left, right) = (self.value(&sides[0])?, self.value(&sides[1])?);
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => Some(Value::Int(match operation {
                Operation::Add => left.checked_add(right)?,
                Operation::Subtract => left.checked_sub(right)?,
                Operation::Multiply => left.checked_mul(right)?,
                Operation::Divide => left.checked_div(right)?,
                Operation::Remainder => left.checked_rem(right)?,
            })),
            (Value::Text(left), Value::Text(right)) => {
                self.spend((left.len() + right.len()) / TEXT_PER_STEP).then(|| Value::Text(Cow::Owned(format!("{left}{right}"))))
            }
            _ => None,
        }
    }

    fn search(&mut self, search: Search, sides: &'v [Term; 2]) -> Option<bool> {
        let text = self.searched(&sides[0])?;
        let wanted = self.text_of(&sides[1])?;
        Some(match search {
            Search::Contains => text.contains(&*wanted),
            Search::StartsWith => text.starts_with(&*wanted),
            Search::EndsWith => text.ends_with(&*wanted),
        })
    }

    fn contained(&mut self, sides: &'v [Term; 2]) -> Option<bool> {
        let (element, owner) = (self.value(&sides[0])?, self.value(&sides[1])?);
        match (owner, element) {
            (Value::Json(Json::Object(fields)), Value::Text(name)) => Some(fields.contains_key(&*name)),
            (Value::Null, _) => None,
            (owner, element) => {
                let elements = owner.elements()?;
                self.spend(elements.len()).then(|| elements.iter().any(|candidate| candidate.equals(&element)))
            }
        }
    }

    fn size(&mut self, term: &'v Term) -> Option<i64> {
        let size = match self.value(term)? {
            Value::Text(text) => self.spend(text.len() / TEXT_PER_STEP).then(|| text.chars().count())?,
            Value::Json(Json::Array(list)) => list.len(),
            Value::Json(Json::Object(fields)) => fields.len(),
            Value::List(list) => list.len(),
            _ => return None,
        };
        i64::try_from(size).ok()
    }

    fn each(&mut self, each: Each, terms: &'v [Term; 2]) -> Option<Value<'v>> {
        let [range, inside] = terms;
        let elements = self.value(range)?.elements()?;
        match each {
            Each::Map => elements.into_iter().map(|element| self.inside(element, inside)).collect::<Option<_>>().map(Value::List),
            Each::Filter => {
                let mut kept = Vec::new();
                for element in elements {
                    if self.asked(element.clone(), inside)? {
                        kept.push(element);
                    }
                }
                Some(Value::List(kept.into()))
            }
            Each::ExistsOne => {
                let answers = elements.into_iter().map(|element| self.asked(element, inside)).collect::<Option<Vec<_>>>()?;
                Some(Value::Bool(answers.into_iter().filter(|answer| *answer).count() == 1))
            }
            Each::All | Each::Exists => self.quantify(elements, inside, matches!(each, Each::Exists)).map(Value::Bool),
        }
    }

    /// `all` and `exists`: `decides` is the answer that one element is enough for.
    fn quantify(&mut self, elements: Vec<Value<'v>>, inside: &'v Term, decides: bool) -> Option<bool> {
        let mut known = true;
        for element in elements {
            match self.asked(element, inside) {
                Some(answer) if answer == decides => return Some(decides),
                Some(_) => {}
                None if self.left.get() == 0 => return None,
                None => known = false,
            }
        }
        known.then_some(!decides)
    }

    fn inside(&mut self, element: Value<'v>, inside: &'v Term) -> Option<Value<'v>> {
        self.inner.push(element);
        let value = self.value(inside);
        self.inner.pop();
        value
    }

    fn asked(&mut self, element: Value<'v>, inside: &'v Term) -> Option<bool> {
        match self.inside(element, inside)? {
            Value::Bool(answer) => Some(answer),
            _ => None,
        }
    }
}

fn place(index: i64) -> Option<usize> {
    usize::try_from(index).ok()
}
