//! The value of a property when the package runs, as far as the files say: what is written, what configurations put in its place in their order, and
//! what an expression makes of it in the end (rules.md 4.4). What the files cannot say stays unknown, piece by piece, with what it depends on.

mod change;
mod environment;
mod settings;
mod written;

pub use change::Changer;
pub use settings::Changeable;
pub use written::Written;

use super::overrides::{self, Configured, Override};
use super::references::Names;
use crate::lang::expression::{Ast, Part, first_piece};
use crate::lang::secret;
use crate::model::{ConnectionManager, Executable, ExecutableId, Package, Project, Text, Variable};
use crate::span::Span;
use environment::Reader;

/// A property of an object, as the file writes it.
#[derive(Clone, Debug)]
pub struct Setting<'m> {
    /// Documented name of the property.
    pub property: &'m str,
    /// The executable from which an expression on it looks up names.
    pub from: ExecutableId,
    /// The path by which package configurations name the object, as `\Package.Connections[DW]`.
    pub path: String,
    /// What is written.
    pub design: Option<&'m Text<'m>>,
    /// The expression on it.
    pub expression: Option<&'m Text<'m>>,
}

impl<'m> Setting<'m> {
    /// A property of a connection manager, by its documented name.
    #[must_use]
    pub fn of_connection(manager: &'m ConnectionManager<'m>, property: &'m str) -> Self {
        let design = if property == "ConnectionString" { manager.connection_string() } else { manager.settings.get(property) };
        let path = format!("\\Package.Connections[{}]", manager.name.value);
        Self { property, from: ExecutableId::PACKAGE, path, design, expression: written(manager.expression(property)) }
    }

    /// A property of an executable, with what is written there.
    #[must_use]
    pub fn of_executable(id: ExecutableId, executable: &'m Executable<'m>, property: &'m str, design: Option<&'m Text<'m>>) -> Self {
        Self { property, from: id, path: format!("\\{}", executable.path), design, expression: written(executable.expression(property)) }
    }

    /// The value of a variable.
    #[must_use]
    pub fn of_variable(variable: &'m Variable<'m>) -> Self {
        let expression = written(variable.expression.as_ref()).filter(|_| variable.evaluate_as_expression);
        Self { property: "Value", from: variable.scope, path: overrides::variable_path(variable), design: variable.value.as_ref(), expression }
    }
}

/// An empty expression is none: the designer leaves it behind.
fn written<'m, 'a>(expression: Option<&'m Text<'a>>) -> Option<&'m Text<'a>> {
    expression.filter(|text| !text.is_blank())
}

/// Where the value of a property comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the written one.
    Design,
    /// A configuration that is at hand puts it there.
    Configuration(String),
    /// The expression on it, as written.
    Expression(String),
}

/// What a value depends on besides the package itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A parameter, as expressions name it; known when its default was taken.
    Parameter {
        /// `$Project::Server`.
        name: String,
        /// Whether the default was taken: neither required nor sensitive.
        known: bool,
    },
    /// A package configuration; known when the file that holds the value is at hand.
    Configuration {
        /// Its name.
        name: String,
        /// Whether its value was taken.
        known: bool,
    },
    /// A variable that something writes to while the package runs.
    Written(String),
    /// A system variable, a clock, or a name that the files at hand do not explain.
    Run(String),
}

/// The value of a property when the package runs.
#[derive(Clone, Debug)]
pub struct Effective<'m> {
    /// The property, by its documented name.
    pub property: &'m str,
    /// The pieces of the value, in order. None at all is the empty string.
    pub parts: Vec<Part>,
    /// Where it comes from.
    pub origin: Origin,
    /// Where that stands: the value, or the expression that gives it.
    pub span: Span,
    /// What the whole value depends on.
    pub inputs: Vec<Input>,
    /// What its first piece depends on: a path is on a drive or a share by its beginning.
    pub head: Vec<Input>,
}

/// Stands in [`Effective::text`] for a piece that is not known. Not a character of any path, server name or keyword.
pub const UNKNOWN: char = '\u{FFFC}';

impl Effective<'_> {
    /// The value, when all of it is known.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The value with [`UNKNOWN`] for each piece that is not known.
    #[must_use]
    pub fn text(&self) -> String {
        let unknown = UNKNOWN.to_string();
        self.parts.iter().map(|part| if let Part::Literal(text) = part { text } else { &unknown }.as_str()).collect()
    }

    /// Whether the value begins with something that is known.
    #[must_use]
    pub fn begins_known(&self) -> bool {
        !matches!(self.parts.first(), Some(Part::Unknown(_)))
    }

    /// What may give it another value without a change of the package.
    #[must_use]
    pub fn replaced(&self) -> Option<Override> {
        replaced(&self.inputs)
    }

    /// What may give its first piece another value without a change of the package.
    #[must_use]
    pub fn head_replaced(&self) -> Option<Override> {
        replaced(&self.head)
    }

    /// How the value comes about, for messages: `expression … → value`; none when it is simply written. Secrets are masked.
    #[must_use]
    pub fn chain(&self) -> Option<String> {
        let shown = self.text().replace(UNKNOWN, "…");
        match &self.origin {
            Origin::Design => None,
            Origin::Configuration(name) => Some(format!("configuration `{name}` → {}", quoted(&shown))),
            Origin::Expression(text) => Some(format!("expression {} → {}", quoted(text), quoted(&shown))),
        }
    }
}

/// A text between backticks, its secrets masked, cut where it is too long for a message.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 120;
    let masked = secret::mask(text);
    match masked.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &masked[..end]),
        None => format!("`{masked}`"),
    }
}

fn replaced(inputs: &[Input]) -> Option<Override> {
    inputs.iter().find_map(|input| match input {
        Input::Parameter { name, known: true } => Some(Override::Parameter(name.clone())),
        Input::Configuration { name, known: true } => Some(Override::Configuration(name.clone())),
        Input::Configuration { name, known: false } => Some(Override::Possibly(name.clone())),
        _ => None,
    })
}

/// Computes the values of one document.
#[derive(Clone, Copy)]
pub struct Values<'f, 's, 'a> {
    pub(super) project: &'s Project<'a>,
    /// None for the connection managers of a project, which see its parameters only.
    pub(super) package: Option<&'s Package<'a>>,
    pub(super) names: &'f Names<'s, 'a>,
    pub(super) written: Option<&'f Written<'s>>,
    /// Whether a value of that name must not get into a message.
    pub(super) is_secret: &'s dyn Fn(&str) -> bool,
}

impl Values<'_, '_, '_> {
    /// The value of a property; none when nothing says it.
    #[must_use]
    pub fn of<'m>(&self, setting: &Setting<'m>) -> Option<Effective<'m>> {
        match setting.expression {
            Some(expression) => self.expression(setting, expression),
            None => self.written(setting),
        }
    }

    /// The value of an expression that is looked at from that executable, when all of it is known.
    #[must_use]
    pub fn text(&self, expression: &str, from: ExecutableId) -> Option<String> {
        match Reader::new(self).parts(expression, from)?.as_slice() {
            [] => Some(String::new()),
            [Part::Literal(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether something in the package writes to the variable while it runs, so that its value holds at the beginning only.
    #[must_use]
    pub fn is_written(&self, variable: &Variable<'_>) -> bool {
        self.written.is_some_and(|written| written.contains(variable))
    }

    fn written<'m>(&self, setting: &Setting<'m>) -> Option<Effective<'m>> {
        let configured = self.package.map_or(Configured::No, |package| overrides::configuration(self.project, package, &setting.path, setting.property));
        let (text, origin, input) = match configured {
            Configured::No => (setting.design?.as_str(), Origin::Design, None),
            Configured::Value { name, text } => {
                (text, Origin::Configuration(name.to_owned()), Some(Input::Configuration { name: name.to_owned(), known: true }))
            }
            // Without its source the configuration is skipped with a warning, and the written value stays.
            Configured::Unknown { name } | Configured::Possibly { name } => {
                (setting.design?.as_str(), Origin::Design, Some(Input::Configuration { name: name.to_owned(), known: false }))
            }
        };
        let span = setting.design.map(|design| design.span).unwrap_or_default();
        let parts = if text.is_empty() { Vec::new() } else { vec![Part::Literal(text.to_owned())] };
        let inputs: Vec<Input> = input.into_iter().collect();
        Some(Effective { property: setting.property, parts, origin, span, head: inputs.clone(), inputs })
    }

    fn expression<'m>(&self, setting: &Setting<'m>, expression: &'m Text<'m>) -> Option<Effective<'m>> {
        let reader = Reader::new(self);
        let parts = reader.parts(expression.as_str(), setting.from)?;
        Some(Effective {
            property: setting.property,
            parts,
            origin: Origin::Expression(expression.value.to_string()),
            span: expression.span,
            inputs: reader.into_inputs(),
            head: self.head(expression.as_str(), setting.from),
        })
    }

    /// What the first piece of an expression depends on.
    fn head(&self, expression: &str, from: ExecutableId) -> Vec<Input> {
        let Ok(ast) = Ast::parse(expression) else { return Vec::new() };
        let reader = Reader::new(self);
        // For what it looks up on the way.
        let _ = reader.parts(first_piece(&ast), from);
        reader.into_inputs()
    }
}

#[cfg(test)]
mod tests;
