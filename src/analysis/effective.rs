//! Effective values: what a property will hold when the package runs, as far as the file decides it.
//!
//! An expression over literals and variables that nothing writes has one value. One that reads the clock, a system variable, a parameter, or a
//! variable that a loop, a script, a result or a configuration sets, is unknown.

use std::collections::HashSet;

use crate::lang::expression::{Ast, DataType, Environment, Evaluated, Lookup, Value, evaluate, references};
use crate::model::{ConfigurationKind, ExecutableId, Package, Script, Task, Variable};

/// How deep expressions of variables may lead to each other; also what ends a circle.
const MAX_DEPTH: u32 = 16;

/// The variables of a package that something writes while or before it runs.
#[derive(Debug)]
pub struct Values<'s, 'a> {
    package: &'s Package<'a>,
    written: HashSet<*const Variable<'a>>,
    all_written: bool,
}

impl<'s, 'a> Values<'s, 'a> {
    /// Finds out what is written.
    #[must_use]
    pub fn new(package: &'s Package<'a>) -> Self {
        let mut values = Self { package, written: HashSet::new(), all_written: sets_anything(package) };
        for (id, name) in writers(package) {
            if let Some(variable) = values.find(id, name.trim()) {
                values.written.insert(std::ptr::from_ref(variable));
            }
        }
        for configuration in package.configurations.iter().filter(|_| package.configurations_enabled()) {
            let target = configuration.target.value.as_ref();
            let named = |variable: &&Variable<'_>| target.contains(&format!("Variables[{}]", variable.qualified_name()));
            values.written.extend(package.variables().filter(named).map(std::ptr::from_ref));
        }
        values
    }

    /// The variable of that name, with or without namespace, that is visible from an executable. Names are case-sensitive.
    #[must_use]
    pub fn find(&self, from: ExecutableId, name: &str) -> Option<&'s Variable<'a>> {
        let package = self.package;
        let visible = package.ancestors(from).flat_map(|id| &package.executable(id).variables);
        let mut named = visible.filter(|variable| match name.split_once("::") {
            Some((namespace, bare)) => variable.namespace == namespace && variable.name.value == bare,
            None => variable.name.value == name,
        });
        named.next()
    }

    /// The value of an expression on an object of that executable, when it is a string that the file alone decides.
    #[must_use]
    pub fn fold(&self, from: ExecutableId, expression: &str) -> Option<String> {
        let ast = Ast::parse(expression).ok()?;
        match evaluate(&ast, &Seen { values: self, from, depth: 0 }).ok()? {
            Evaluated::Known(value) => value.as_str().map(str::to_owned),
            Evaluated::Unknown { .. } => None,
        }
    }

    fn value(&self, variable: &Variable<'_>, depth: u32) -> Lookup {
        let Some(data_type) = variable.data_type.and_then(DataType::of_variable) else { return Lookup::Unknown };
        let known = match &variable.expression {
            _ if depth >= MAX_DEPTH || self.all_written || self.written.contains(&std::ptr::from_ref(variable).cast()) => None,
            Some(expression) if variable.evaluate_as_expression => self.computed(variable, expression.as_str(), depth),
            _ => Value::of_variable(data_type, variable.value.as_ref().map_or("", |text| text.as_str())),
        };
        known.map_or(Lookup::Type(data_type), Lookup::Value)
    }

    fn computed(&self, variable: &Variable<'_>, expression: &str, depth: u32) -> Option<Value> {
        let ast = Ast::parse(expression).ok()?;
        match evaluate(&ast, &Seen { values: self, from: variable.scope, depth: depth + 1 }).ok()? {
            Evaluated::Known(value) => Some(value),
            Evaluated::Unknown { .. } => None,
        }
    }
}

/// What an expression of one executable sees.
struct Seen<'v, 's, 'a> {
    values: &'v Values<'s, 'a>,
    from: ExecutableId,
    depth: u32,
}

impl Environment for Seen<'_, '_, '_> {
    fn variable(&self, name: &str) -> Lookup {
        self.values.find(self.from, name).map_or(Lookup::Unknown, |variable| self.values.value(variable, self.depth))
    }
}

/// Whether a configuration may set any variable: its entries are in a file, a table, or somewhere that the environment names.
fn sets_anything(package: &Package<'_>) -> bool {
    let opaque = |kind| {
        matches!(kind, ConfigurationKind::XmlFile | ConfigurationKind::IndirectXmlFile | ConfigurationKind::SqlServer | ConfigurationKind::IndirectSqlServer)
    };
    package.configurations_enabled() && package.configurations.iter().any(|configuration| configuration.kind.is_none_or(opaque))
}

/// Names of variables that executables and components write, with the executable that sees them.
fn writers<'s>(package: &'s Package<'_>) -> Vec<(ExecutableId, &'s str)> {
    let mut names: Vec<(ExecutableId, &'s str)> = Vec::new();
    for (id, executable) in package.executables() {
        let mut add = |name: &'s str| names.push((id, name));
        match &executable.task {
            Task::ForEachLoop(for_each) => for_each.mappings.iter().for_each(|mapping| add(mapping.variable.as_str())),
            Task::ExecuteSql(task) => {
                task.results.iter().for_each(|result| add(result.variable.as_str()));
                let out = task.parameters.iter().filter(|parameter| parameter.direction != "Input");
                out.for_each(|parameter| add(parameter.variable.as_str()));
            }
            Task::Script(script) => script_writes(script).for_each(add),
            Task::DataFlow(flow) => {
                for component in &flow.components {
                    add(component.properties.text("VariableName"));
                    component.script.iter().flat_map(script_writes).for_each(&mut add);
                }
            }
            // The value of an assignment is of no interest here, but its target is.
            _ => {}
        }
        executable.settings.iter().filter(|setting| setting.name.ends_with("Variable")).for_each(|setting| names.push((id, setting.value.as_str())));
    }
    names.extend(assigned(package));
    names
}

fn script_writes<'s>(script: &'s Script<'_>) -> impl Iterator<Item = &'s str> {
    script.read_write_variables.iter().flat_map(|list| list.as_str().split(','))
}

/// Targets of assignments in Expression Tasks and For Loops. What does not parse assigns nothing.
fn assigned<'s>(package: &'s Package<'_>) -> Vec<(ExecutableId, &'s str)> {
    let mut names = Vec::new();
    for (id, executable) in package.executables() {
        let expressions: Vec<&'s str> = match &executable.task {
            Task::Expression(text) => vec![text.as_str()],
            Task::ForLoop(for_loop) => [&for_loop.init, &for_loop.assign].into_iter().flatten().map(|text| text.as_str()).collect(),
            _ => continue,
        };
        for expression in expressions {
            let Ok(ast) = Ast::parse_assignment(expression) else { continue };
            let written = references(&ast).variables.into_iter().filter(|variable| variable.written);
            names.extend(written.filter_map(|variable| {
                let text = expression.get(variable.span.start as usize..variable.span.end as usize)?;
                Some((id, text.trim_start_matches('@').trim_matches(['[', ']'])))
            }));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Executable, ForEachLoop, LoopMapping, Text};

    fn text(value: &str) -> Text<'static> {
        Text { value: value.to_owned().into(), ..Text::default() }
    }

    fn variable(name: &str, value: &str, expression: Option<&str>) -> Variable<'static> {
        Variable {
            namespace: "User".into(),
            name: text(name),
            data_type: Some(8),
            value: Some(text(value)),
            expression: expression.map(text),
            evaluate_as_expression: expression.is_some(),
            ..Variable::default()
        }
    }

    fn package(variables: Vec<Variable<'static>>) -> Package<'static> {
        Package { executables: vec![Executable { variables, ..Executable::default() }], ..Package::default() }
    }

    fn fold(package: &Package<'_>, expression: &str) -> Option<String> {
        Values::new(package).fold(ExecutableId::PACKAGE, expression)
    }

    #[test]
    fn values_that_nothing_writes_are_known() {
        let package = package(vec![variable("Dir", "C:\\data", None), variable("File", "", Some("@[User::Dir] + \"\\\\out.csv\""))]);
        assert_eq!(fold(&package, "@[User::File]").as_deref(), Some("C:\\data\\out.csv"));
        assert_eq!(fold(&package, "@Dir + \"x\"").as_deref(), Some("C:\\datax"));
        assert_eq!(fold(&package, "@[$Project::Dir] + \"x\""), None);
        assert_eq!(fold(&package, "@[System::PackageName]"), None);
        assert_eq!(fold(&package, "@[User::dir]"), None, "names are case-sensitive");
    }

    #[test]
    fn values_that_a_loop_writes_are_not() {
        let mut package = package(vec![variable("File", "C:\\a.csv", None)]);
        let mappings = vec![LoopMapping { variable: text("User::File"), ..LoopMapping::default() }];
        package.executables.push(Executable {
            parent: Some(ExecutableId::PACKAGE),
            task: Task::ForEachLoop(Box::new(ForEachLoop { enumerator: None, mappings })),
            ..Executable::default()
        });
        assert_eq!(fold(&package, "@[User::File]"), None);
    }

    #[test]
    fn variables_that_lead_to_each_other_have_no_value() {
        let package = package(vec![variable("A", "x", Some("@[User::B]")), variable("B", "y", Some("@[User::A]"))]);
        assert_eq!(fold(&package, "@[User::A]"), None);
    }
}
