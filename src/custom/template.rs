//! Messages with `{…}` for what differs from object to object.

use super::compile::{Names, compile};
use super::evaluate::Evaluation;
use super::term::Term;
use super::{Mistake, types::Type};

/// Characters of a value that a message shows.
const SHOWN: usize = 200;

/// A message, in pieces.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value(Term),
}

impl Template {
    /// Reads a template: `{expression}`, and `{{` and `}}` for braces.
    pub(super) fn new(text: &str, names: &Names) -> Result<Self, Mistake> {
        if text.trim().is_empty() {
            return Err(Mistake::new(0, "the message is empty"));
        }
        let (mut pieces, mut plain, mut at) = (Vec::new(), String::new(), 0);
        while let Some(found) = text[at..].find(['{', '}']).map(|found| at + found) {
            plain.push_str(&text[at..found]);
            let brace = &text[found..=found];
            if text[found + 1..].starts_with(brace) {
                plain.push_str(brace);
                at = found + 2;
                continue;
            }
            let end = text[found..].find('}').map(|end| found + end).filter(|_| brace == "{");
            let Some(end) = end else {
                return Err(Mistake::new(text[..found].chars().count(), format!("`{brace}` has no counterpart; a brace itself is written `{brace}{brace}`")));
            };
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Value(placeholder(&text[found + 1..end], names).map_err(|mistake| mistake.after(&text[..=found]))?));
            at = end + 1;
        }
        plain.push_str(&text[at..]);
        pieces.push(Piece::Text(plain));
        Ok(Self(pieces))
    }

    /// The message for an object.
    pub(super) fn fill<'v>(&'v self, evaluation: &mut Evaluation<'v>) -> String {
        let mut message = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => message.push_str(text),
                Piece::Value(term) => message.push_str(&shortened(evaluation.text(term))),
            }
        }
        message
    }
}

fn placeholder(text: &str, names: &Names) -> Result<Term, Mistake> {
    let (term, kind) = compile(text, names)?;
    if kind.is_scalar() {
        return Ok(term);
    }
    let instead = if matches!(kind.some(), Type::List(_) | Type::Map(_)) { "; `size(…)` says how many there are" } else { "; take one of its fields" };
    Err(Mistake::new(0, format!("`{text}` is {kind}, which cannot be shown in a message{instead}")))
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
