//! What an expression sees of the package around it: values as the files say them, noting what they depend on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::{Input, Setting, Values};
use crate::analysis::overrides::{self, Configured};
use crate::analysis::references::Resolution;
use crate::lang::expression::{Ast, DataType, Environment, Evaluated, Lookup, Part, Value, evaluate, fold_string};
use crate::model::{ExecutableId, Parameter, Variable};

/// How many variables the computation of one value looks up, those behind other variables included.
const MAX_LOOKUPS: u32 = 64;

/// Reads expressions and remembers what their values depend on.
pub(super) struct Reader<'v, 'f, 's, 'a> {
    values: &'v Values<'f, 's, 'a>,
    lookups_left: Cell<u32>,
    inputs: RefCell<BTreeSet<Input>>,
}

/// What is seen from one executable.
pub(super) struct View<'r, 'v, 'f, 's, 'a> {
    reader: &'r Reader<'v, 'f, 's, 'a>,
    from: ExecutableId,
}

impl<'v, 'f, 's, 'a> Reader<'v, 'f, 's, 'a> {
    pub(super) const fn new(values: &'v Values<'f, 's, 'a>) -> Self {
        Self { values, lookups_left: Cell::new(MAX_LOOKUPS), inputs: RefCell::new(BTreeSet::new()) }
    }

    pub(super) fn into_inputs(self) -> Vec<Input> {
        self.inputs.into_inner().into_iter().collect()
    }

    fn depends_on(&self, input: Input) {
        self.inputs.borrow_mut().insert(input);
    }

    /// The pieces of an expression's value; none when SSIS would refuse it.
    pub(super) fn parts(&self, expression: &str, from: ExecutableId) -> Option<Vec<Part>> {
        let ast = Ast::parse(expression).ok()?;
        let view = View { reader: self, from };
        match evaluate(&ast, &view).ok()? {
            Evaluated::Known(value) => Some(match value.display() {
                Some(text) if text.is_empty() => Vec::new(),
                Some(text) => vec![Part::Literal(text)],
                None => vec![Part::Unknown(expression.to_owned())],
            }),
            Evaluated::Unknown { depends_on, .. } => {
                let clocks = depends_on.into_iter().filter(|name| name.ends_with("()"));
                clocks.for_each(|name| self.depends_on(Input::Run(name)));
                let pieces = fold_string(&ast, &view).ok()?;
                Some(joined(pieces.into_iter().flat_map(|piece| self.opened(piece, from))))
            }
        }
    }

    /// A variable whose value is not known as a whole may be known in part by its expression.
    fn opened(&self, piece: Part, from: ExecutableId) -> Vec<Part> {
        let Part::Unknown(name) = &piece else { return vec![piece] };
        let Resolution::Variable(variable) = self.values.names.resolve(name, from) else { return vec![piece] };
        match (Setting::of_variable(variable).expression, self.lookups_left.get().checked_sub(1)) {
            (Some(expression), Some(left)) => {
                self.lookups_left.set(left);
                self.parts(expression.as_str(), variable.scope).unwrap_or_else(|| vec![piece])
            }
            _ => vec![piece],
        }
    }

    fn variable(&self, variable: &Variable<'_>) -> Option<Lookup> {
        let data_type = DataType::of_variable(variable.data_type?)?;
        let value = match Setting::of_variable(variable).expression {
            Some(expression) => self.computed(expression.as_str(), variable).filter(|value| value.data_type == data_type),
            None => self.saved(variable).and_then(|text| Value::of_variable(data_type, &text)),
        };
        Some(value.map_or(Lookup::Type(data_type), Lookup::Value))
    }

    fn computed(&self, expression: &str, variable: &Variable<'_>) -> Option<Value> {
        let view = View { reader: self, from: variable.scope };
        evaluate(&Ast::parse(expression).ok()?, &view).ok()?.value().cloned()
    }

    /// What a variable holds from the beginning to the end of a run. A value that may be a secret is not taken, so that it cannot get into a message.
    fn saved(&self, variable: &Variable<'_>) -> Option<String> {
        if (self.values.is_secret)(variable.name.as_str()) {
            return None;
        }
        if self.values.written.is_none_or(|written| written.contains(variable)) {
            self.depends_on(Input::Written(variable.path.clone()));
            return None;
        }
        let package = self.values.package?;
        match overrides::configuration(self.values.project, package, &overrides::variable_path(variable), "Value") {
            Configured::No => variable.value.as_ref().map(|text| text.value.to_string()),
            Configured::Value { name, text } => {
                self.depends_on(Input::Configuration { name: name.to_owned(), known: true });
                Some(text.to_owned())
            }
            Configured::Unknown { name } | Configured::Possibly { name } => {
                self.depends_on(Input::Configuration { name: name.to_owned(), known: false });
                None
            }
        }
    }

    fn parameter(&self, name: &str, parameter: &Parameter<'_>) -> Option<Lookup> {
        let data_type = DataType::of_variable(parameter.data_type?)?;
        let is_secret = parameter.sensitive || (self.values.is_secret)(parameter.name.as_str());
        let default = parameter.value.as_ref().filter(|_| !parameter.required && !is_secret);
        let value = default.and_then(|text| Value::of_variable(data_type, text.as_str()));
        self.depends_on(Input::Parameter { name: name.to_owned(), known: value.is_some() });
        Some(value.map_or(Lookup::Type(data_type), Lookup::Value))
    }

    /// The name of the package is the one system variable that the file tells.
    fn other(&self, name: &str) -> Lookup {
        match self.values.package {
            Some(package) if matches!(name, "System::PackageName" | "PackageName") => Lookup::Value(Value::string(package.name().as_str())),
            _ => {
                self.depends_on(Input::Run(name.to_owned()));
                Lookup::Unknown
            }
        }
    }
}

impl Environment for View<'_, '_, '_, '_, '_> {
    fn variable(&self, name: &str) -> Lookup {
        let Some(left) = self.reader.lookups_left.get().checked_sub(1) else { return Lookup::Unknown };
        self.reader.lookups_left.set(left);
        match self.reader.values.names.resolve(name, self.from) {
            Resolution::Variable(variable) => self.reader.variable(variable).unwrap_or(Lookup::Unknown),
            Resolution::Parameter(parameter) => self.reader.parameter(name, parameter).unwrap_or(Lookup::Unknown),
            _ => self.reader.other(name),
        }
    }
}

/// Neighbouring known pieces made one.
fn joined(pieces: impl Iterator<Item = Part>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in pieces {
        match (piece, parts.last_mut()) {
            (Part::Literal(text), Some(Part::Literal(last))) => last.push_str(&text),
            (piece, _) => parts.push(piece),
        }
    }
    parts
}
