//! Who reads and who writes which variable and parameter, and every expression of a package.
//!
//! A name is looked up as the runtime does: from the executable that uses it upwards, case-sensitively, the nearest scope first. What the files at hand
//! cannot decide (a project parameter without its project, a system variable that is not documented) is [`Resolution::Unknown`], never missing.

mod components;
mod control_flow;
mod environment;
mod names;
mod settings;
mod system;

pub use environment::ScopeEnvironment;
pub use names::Names;

use std::borrow::Cow;
use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use crate::lang::expression::{Ast, ExprError, references};
use crate::model::{Document, DocumentKind, ExecutableId, Parameter, Project, Text, Variable};
use crate::span::Span;

/// What a name comes to.
#[derive(Clone, Debug)]
pub enum Resolution<'s, 'a> {
    /// A variable of the package.
    Variable(&'s Variable<'a>),
    /// A parameter of the package or the project.
    Parameter(&'s Parameter<'a>),
    /// A system variable.
    System,
    /// Nothing of exactly that name, but this differs in letter case only.
    CaseDiffers(String),
    /// Written without a namespace, and visible in more than one.
    Ambiguous,
    /// Nothing of that name is visible.
    Missing,
    /// The files at hand do not tell.
    Unknown,
}

/// What is done with a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its value is used.
    Read,
    /// It gets a value.
    Write,
    /// It may be either, as in the list of read-write variables of a script.
    ReadWrite,
}

impl Access {
    /// Whether its value is used.
    #[must_use]
    pub const fn reads(self) -> bool {
        !matches!(self, Self::Write)
    }

    /// Whether it gets a value.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Read)
    }

    /// The word used by `inspect`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::ReadWrite => "read-write",
        }
    }
}

/// In what kind of place a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An expression.
    Expression(ExpressionKind),
    /// A parameter or result of an Execute SQL Task.
    Binding,
    /// A variable mapping of a Foreach Loop.
    LoopMapping,
    /// The list of variables of a script.
    ScriptList,
    /// A value for a parameter of a child package.
    Assignment,
    /// A setting of a task, an enumerator or a component.
    Setting,
    /// The target of a package configuration.
    Configuration,
}

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpressionKind {
    /// Sets a property.
    Property,
    /// Gives the value of a variable.
    Variable,
    /// Decides on a precedence constraint.
    Constraint,
    /// Decides on another iteration of a For Loop.
    LoopCondition,
    /// Assigns: `InitExpression`, `AssignExpression`.
    LoopAssignment,
    /// An Expression Task.
    Task,
    /// A column of a Derived Column.
    Column,
    /// A condition of a Conditional Split.
    Split,
}

impl ExpressionKind {
    /// Parses a text as an expression of this kind.
    ///
    /// # Errors
    ///
    /// When SSIS would refuse it, whatever its variables are.
    pub fn parse(self, text: &str) -> Result<Ast<'_>, ExprError> {
        match self {
            Self::LoopAssignment | Self::Task => Ast::parse_assignment(text),
            _ => Ast::parse(text),
        }
    }
}

/// An expression that is evaluated when its owner runs.
#[derive(Clone, Debug)]
pub struct ExpressionUse<'s, 'a> {
    /// The expression.
    pub text: &'s Text<'a>,
    /// What it is for.
    pub kind: ExpressionKind,
    /// The executable from which its names are looked up.
    pub from: ExecutableId,
    /// Object path of the owner.
    pub object: &'s str,
    /// The property that it stands in or sets.
    pub property: &'s str,
    /// Whether the owner can run.
    pub enabled: bool,
}

impl ExpressionUse<'_, '_> {
    /// The place in the document of a part of the expression.
    #[must_use]
    pub fn span_of(&self, part: Span) -> Span {
        self.text.span_of(part)
    }
}

/// One mention of a variable or parameter.
#[derive(Clone, Debug)]
pub struct Reference<'s, 'a> {
    /// The name as written.
    pub name: Cow<'s, str>,
    /// What it comes to.
    pub resolution: Resolution<'s, 'a>,
    /// What is done with it.
    pub access: Access,
    /// In what kind of place it stands.
    pub place: Place,
    /// The executable from which it is looked up.
    pub from: ExecutableId,
    /// Object path of what mentions it.
    pub object: &'s str,
    /// The property that holds the name.
    pub property: &'s str,
    /// Where it stands.
    pub span: Span,
    /// Whether what mentions it can run.
    pub enabled: bool,
}

impl Reference<'_, '_> {
    /// Whether it is written with a namespace.
    #[must_use]
    pub fn is_qualified(&self) -> bool {
        self.name.contains("::")
    }

    /// Whether it asks for a parameter.
    #[must_use]
    pub fn is_parameter(&self) -> bool {
        self.name.starts_with('$')
    }
}

/// Every expression and every mention of a variable or parameter in one document.
#[derive(Debug)]
pub struct References<'s, 'a> {
    /// What can be named there.
    pub names: Names<'s, 'a>,
    /// The expressions.
    pub expressions: Vec<ExpressionUse<'s, 'a>>,
    /// The mentions, in the order of executables.
    pub entries: Vec<Reference<'s, 'a>>,
    by_target: HashMap<*const (), Vec<usize>>,
    read: OnceCell<HashSet<String>>,
}

impl<'s, 'a> References<'s, 'a> {
    /// Collects what a document mentions; of documents that are neither package nor connection manager, nothing.
    #[must_use]
    pub fn new(project: &'s Project<'a>, document: &'s Document<'a>, is_used: impl Fn(&crate::model::ConnectionManager<'a>) -> bool) -> Self {
        let mut found =
            Self { names: Names::new(project, document), expressions: Vec::new(), entries: Vec::new(), by_target: HashMap::default(), read: OnceCell::new() };
        match &document.kind {
            DocumentKind::Package(package) => control_flow::collect(project, package, &is_used, &mut found),
            DocumentKind::ConnectionManager(manager) => control_flow::add_connection(manager, is_used(manager), &mut found),
            _ => {}
        }
        found.index();
        found
    }

    /// The mentions of a variable of this document.
    pub fn of_variable(&self, variable: &Variable<'_>) -> impl Iterator<Item = &Reference<'s, 'a>> {
        self.mentions_of(std::ptr::from_ref(variable).cast())
    }

    /// The mentions of a parameter of this document or its project.
    pub fn of_parameter(&self, parameter: &Parameter<'_>) -> impl Iterator<Item = &Reference<'s, 'a>> {
        self.mentions_of(std::ptr::from_ref(parameter).cast())
    }

    /// The addresses of the variables and parameters that are mentioned.
    pub(super) fn targets(&self) -> impl Iterator<Item = *const ()> {
        self.by_target.keys().copied()
    }

    fn mentions_of(&self, target: *const ()) -> impl Iterator<Item = &Reference<'s, 'a>> {
        self.by_target.get(&target).into_iter().flatten().map(|index| &self.entries[*index])
    }

    /// Remembers what mentions what, by the address of the target in the model.
    fn index(&mut self) {
        for (index, entry) in self.entries.iter().enumerate() {
            let target = match entry.resolution {
                Resolution::Variable(variable) => std::ptr::from_ref(variable).cast(),
                Resolution::Parameter(parameter) => std::ptr::from_ref(parameter).cast(),
                _ => continue,
            };
            self.by_target.entry(target).or_default().push(index);
        }
    }

    /// Whether something that can run reads the variable of that object path: only then its expression is evaluated.
    #[must_use]
    pub fn is_read(&self, path: &str) -> bool {
        let read = self.read.get_or_init(|| {
            let read = self.entries.iter().filter(|entry| entry.enabled && entry.access.reads());
            read.filter_map(|entry| if let Resolution::Variable(variable) = entry.resolution { Some(variable.path.clone()) } else { None }).collect()
        });
        read.contains(path)
    }

    /// Takes an expression, and what it mentions as far as it parses.
    fn add_expression(&mut self, expression: ExpressionUse<'s, 'a>) {
        if let Ok(ast) = expression.kind.parse(&expression.text.value) {
            for found in references(&ast).variables {
                self.entries.push(Reference {
                    resolution: self.names.resolve(found.variable.qualified, expression.from),
                    name: Cow::Borrowed(found.variable.qualified),
                    access: if found.written { Access::Write } else { Access::Read },
                    place: Place::Expression(expression.kind),
                    from: expression.from,
                    object: expression.object,
                    property: expression.property,
                    span: expression.span_of(found.span),
                    enabled: expression.enabled,
                });
            }
        }
        self.expressions.push(expression);
    }

    /// Takes a name that stands in a setting; an empty one says that nothing was chosen.
    fn add_name(&mut self, text: &'s Text<'a>, access: Access, place: Place, owner: &Owner<'s>) {
        self.add_part(text.value.trim(), text.span, access, place, owner);
    }

    /// Takes one of several names that stand in one setting.
    fn add_part(&mut self, name: &'s str, span: Span, access: Access, place: Place, owner: &Owner<'s>) {
        if !name.is_empty() {
            let resolution = self.names.resolve(name, owner.from);
            self.add_resolved(Cow::Borrowed(name), resolution, span, access, place, owner);
        }
    }

    fn add_resolved(&mut self, name: Cow<'s, str>, resolution: Resolution<'s, 'a>, span: Span, access: Access, place: Place, owner: &Owner<'s>) {
        let Owner { from, object, property, enabled } = *owner;
        self.entries.push(Reference { name, resolution, access, place, from, object, property, span, enabled });
    }
}

/// What mentions a name.
#[derive(Clone, Copy)]
struct Owner<'s> {
    from: ExecutableId,
    object: &'s str,
    property: &'s str,
    enabled: bool,
}

impl<'s> Owner<'s> {
    /// The same, for another property.
    const fn at(&self, property: &'s str) -> Self {
        Self { property, ..*self }
    }
}

#[cfg(test)]
mod tests;
