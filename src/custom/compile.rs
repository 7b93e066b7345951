//! From the text of a condition to a term: parsed by the crate `cel`, checked against the fields of what the rule looks at.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SelectExpr, SourceInfo, operators};

use super::term::Term;
use super::types::Type;
use super::{Mistake, calls};
use crate::rules::select::closest;

/// The names that an expression can use, and their types.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<(String, Type)>);

impl Names {
    pub(super) const fn new(names: Vec<(String, Type)>) -> Self {
        Self(names)
    }
}

/// Characters that a condition may have.
const LONGEST: usize = 10_000;

/// Reads and checks an expression.
pub(super) fn compile(text: &str, names: &Names) -> Result<(Term, Type), Mistake> {
    if text.trim().is_empty() {
        return Err(Mistake::new(0, "the expression is empty"));
    }
    if text.len() > LONGEST {
        return Err(Mistake::new(0, format!("the expression is longer than {LONGEST} characters")));
    }
    let parser = cel::Env::default().with_optional_support(false).parser();
    let (tree, source) = parser.parse_with_source_info(text).map_err(|errors| syntax(text, &errors))?;
    Compiler { text, source: &source, names: names.0.clone() }.term(&tree)
}

/// The first error of the parser, without the list of all tokens that could stand there.
fn syntax(text: &str, errors: &cel::ParseErrors) -> Mistake {
    let Some(error) = errors.errors.first() else { return Mistake::new(0, "this is no CEL expression") };
    let (line, column) = (usize::try_from(error.pos.0).unwrap_or(1), usize::try_from(error.pos.1).unwrap_or(1));
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(|line| line.chars().count()).sum();
    let said = error.msg.strip_prefix("Syntax error: ").unwrap_or(&error.msg);
    let said = said.split(" expecting ").next().unwrap_or(said).replace('\n', " ");
    Mistake::new(before + column.saturating_sub(1), format!("this is no CEL expression: {said}{}", meant(text, &said)))
}

/// What people write who know SQL or C#.
fn meant(text: &str, said: &str) -> &'static str {
    let has_word = |word: &str| text.split(|letter: char| !letter.is_alphanumeric()).any(|part| part.eq_ignore_ascii_case(word));
    let is_single = |(at, _): (usize, &str)| !text[at + 1..].starts_with('=') && !text[..at].ends_with(['=', '!', '<', '>']);
    if said.contains("reserved identifier: package") {
        "; the package around an object is called `pkg`"
    } else if text.match_indices('=').any(is_single) {
        "; equality is written `==`"
    } else if text.contains("<>") {
        "; inequality is written `!=`"
    } else if ["and", "or", "not"].into_iter().any(has_word) {
        "; and, or and not are written `&&`, `||` and `!`"
    } else {
        ""
    }
}

/// Walks the tree of an expression.
pub(super) struct Compiler<'c> {
    text: &'c str,
    source: &'c SourceInfo,
    names: Vec<(String, Type)>,
}

impl Compiler<'_> {
    /// The term of an expression, and its type.
    pub(super) fn term(&mut self, tree: &IdedExpr) -> Result<(Term, Type), Mistake> {
        match &tree.expr {
            Expr::Literal(literal) => self.literal(tree, literal),
            Expr::Ident(name) => self.name(tree, name),
            Expr::Select(select) => self.field(tree, select),
            Expr::List(list) => self.list(&list.elements),
            Expr::Call(call) => calls::call(self, tree, call),
            _ => Err(self.mistake(tree, "objects and maps cannot be made here")),
        }
    }

    /// A mistake at the place of an expression.
    pub(super) fn mistake(&self, tree: &IdedExpr, message: impl Into<String>) -> Mistake {
        let start = self.source.offset_for(tree.id).map_or(0, |(start, _)| start as usize);
        // The parser counts bytes.
        Mistake::new(self.text.get(..start).map_or(0, |before| before.chars().count()), message)
    }

    /// The term of an expression that must have a type; `what` says of what.
    pub(super) fn expect(&mut self, tree: &IdedExpr, wanted: &Type, what: &str) -> Result<Term, Mistake> {
        let (term, found) = self.term(tree)?;
        if found.some() == wanted {
            return Ok(term);
        }
        Err(self.mistake(tree, format!("{what} must be {wanted}, and this is {found}")))
    }

    /// A term in which one more name is known.
    pub(super) fn with_name<R>(&mut self, name: &str, kind: Type, then: impl FnOnce(&mut Self) -> Result<R, Mistake>) -> Result<R, Mistake> {
        self.names.push((name.to_owned(), kind));
        let result = then(self);
        self.names.pop();
        result
    }

    fn literal(&self, tree: &IdedExpr, literal: &LiteralValue) -> Result<(Term, Type), Mistake> {
        Ok(match literal {
            LiteralValue::Boolean(value) => (Term::Bool(*value.inner()), Type::Bool),
            LiteralValue::Int(value) => (Term::Int(*value.inner()), Type::Int),
            LiteralValue::String(value) => (Term::Text(value.inner().to_owned()), Type::Text),
            LiteralValue::Null => (Term::Null, Type::Null),
            LiteralValue::Bytes(_) | LiteralValue::Double(_) | LiteralValue::UInt(_) => {
                return Err(self.mistake(tree, "there are whole numbers, strings, `true`, `false` and `null` only"));
            }
        })
    }

    fn name(&self, tree: &IdedExpr, name: &str) -> Result<(Term, Type), Mistake> {
        if let Some(index) = self.names.iter().rposition(|(known, _)| known == name) {
            return Ok((Term::Name(index), self.names[index].1.clone()));
        }
        let known: Vec<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        let is_field = |(_, kind): &&(String, Type)| matches!(kind.some(), Type::Record(fields) if fields.iter().any(|(field, _)| field == name));
        let owner = self.names.iter().find(is_field).map(|(owner, _)| format!("{owner}.{name}"));
        let meant = owner.or_else(|| closest(name, known.iter().copied()).map(str::to_owned));
        Err(self.mistake(tree, format!("unknown name `{name}`, there are {}{}", quoted(&known), did_you_mean(meant.as_deref()))))
    }

    fn field(&mut self, tree: &IdedExpr, select: &SelectExpr) -> Result<(Term, Type), Mistake> {
        let (owner, kind) = self.term(&select.operand)?;
        let kind = match kind.some() {
            Type::Record(fields) => match fields.iter().find(|(name, _)| *name == select.field) {
                Some((_, kind)) => kind.clone(),
                None => return Err(self.unknown_field(tree, &select.field, fields)),
            },
            Type::Map(values) => (**values).clone().or_null(),
            other => return Err(self.mistake(tree, format!("{other} has no fields, so no `{}` either", select.field))),
        };
        Ok((Term::Field(Box::new(owner), select.field.clone()), kind))
    }

    fn unknown_field(&self, tree: &IdedExpr, field: &str, fields: &[(String, Type)]) -> Mistake {
        let known: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let Mistake { offset, message } =
            self.mistake(tree, format!("unknown field `{field}`, there are {}{}", quoted(&known), did_you_mean(closest(field, known.iter().copied()))));
        // The tree knows where the dot is.
        Mistake { offset: offset + 1, message }
    }

    fn list(&mut self, elements: &[IdedExpr]) -> Result<(Term, Type), Mistake> {
        let (mut terms, mut kind) = (Vec::new(), Type::Never);
        for element in elements {
            let (term, found) = self.term(element)?;
            kind = kind.join(&found).ok_or_else(|| self.mistake(element, format!("the elements of a list are of one type, and this is {found}")))?;
            terms.push(term);
        }
        Ok((Term::List(terms), Type::List(Box::new(kind))))
    }

    /// `has(a.b)`: whether a field is not null, or an entry is in a map.
    pub(super) fn has(&mut self, tree: &IdedExpr, call: &CallExpr) -> Result<(Term, Type), Mistake> {
        let [field] = call.args.as_slice() else { return Err(self.mistake(tree, "`has` takes one field, as in `has(this.name)`")) };
        let is_field = match &field.expr {
            Expr::Select(_) => true,
            Expr::Call(call) => call.func_name == operators::INDEX,
            _ => false,
        };
        if !is_field {
            return Err(self.mistake(field, "`has` takes a field, as in `has(this.name)`"));
        }
        let (term, kind) = self.term(field)?;
        if !kind.may_be_null() {
            return Err(self.mistake(field, "this is never null, so `has` says nothing"));
        }
        Ok((Term::Present(Box::new(term)), Type::Bool))
    }
}

/// `a`, `b` and `c`.
pub(super) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What may have been meant.
pub(super) fn did_you_mean(meant: Option<&str>) -> String {
    meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default()
}
