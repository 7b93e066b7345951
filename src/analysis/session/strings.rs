//! Connection strings that change while the package runs.

use crate::analysis::Facts;
use crate::analysis::excel::read_by;
use crate::analysis::references::{Place, Reference};
use crate::model::{ConnectionManager, Variable};

/// Properties that say who connects to what.
const TARGETS: [&str; 6] = ["ConnectionString", "ServerName", "InitialCatalog", "UserName", "Password", "ExcelFilePath"];

/// A variable that an expression on a connection manager reads, and one place that gives it another value while the package runs.
#[derive(Clone, Copy, Debug)]
pub struct ChangingInput<'f, 's, 'a> {
    /// The property with the expression.
    pub property: &'static str,
    /// The variable.
    pub variable: &'s Variable<'a>,
    /// What writes to it.
    pub write: &'f Reference<'s, 'a>,
}

/// The variables behind the target of a connection manager of that document which something that can run writes to, once for each place.
#[must_use]
pub fn changing_inputs<'f, 's, 'a>(facts: &'f Facts<'s, 'a>, document: usize, manager: &ConnectionManager<'_>) -> Vec<ChangingInput<'f, 's, 'a>> {
    let expressions = TARGETS.into_iter().filter_map(|property| Some((property, manager.expression(property)?)));
    let expressions: Vec<_> = expressions.filter(|(_, expression)| !expression.is_blank()).collect();
    let package = facts.project.documents.get(document).and_then(|document| document.package()).filter(|_| !expressions.is_empty());
    let Some((package, references)) = package.zip(facts.references(document)) else { return Vec::new() };
    let mut inputs = Vec::new();
    for (property, expression) in expressions {
        for variable in read_by(package, expression.as_str()) {
            let writes = references.of_variable(variable).filter(|entry| entry.enabled && entry.access.writes() && entry.place != Place::Configuration);
            inputs.extend(writes.map(|write| ChangingInput { property, variable, write }));
        }
    }
    inputs
}
