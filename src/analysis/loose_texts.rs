//! Texts in which something may name a connection manager freely: script source, expressions, and every setting of a task that this program does not know.

use crate::lang::script::{self, Kind};
use crate::model::{Component, Executable, ExecutableKind, Package, Script, Task};

/// Texts that belong together.
pub(super) struct LooseTexts<'s> {
    pub(super) texts: Vec<&'s str>,
    is_script: bool,
}

/// Those of what can run, in document order.
pub(super) fn of_package<'s>(package: &'s Package<'_>) -> Vec<LooseTexts<'s>> {
    let mut loose = Vec::new();
    for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        match &executable.task {
            Task::Script(script) => loose.push(LooseTexts::of_script(script)),
            Task::DataFlow(flow) => flow.components.iter().for_each(|component| of_component(component, &mut loose)),
            _ if is_unknown(executable) => loose.push(LooseTexts::new(executable.settings.iter().map(|property| property.value.as_str()))),
            _ => {}
        }
        loose.push(LooseTexts::new(executable.expressions.iter().map(|expression| expression.expression.as_str())));
    }
    loose.retain(|loose| !loose.texts.is_empty());
    loose
}

fn of_component<'s>(component: &'s Component<'_>, loose: &mut Vec<LooseTexts<'s>>) {
    loose.extend(component.script.iter().map(LooseTexts::of_script));
    if !component.class.starts_with("Microsoft.") {
        loose.push(LooseTexts::new(component.properties.iter().map(|property| property.value.as_str())));
    }
}

const fn is_unknown(executable: &Executable<'_>) -> bool {
    matches!(executable.kind, ExecutableKind::Other | ExecutableKind::DataProfiling | ExecutableKind::Replacement)
}

impl<'s> LooseTexts<'s> {
    fn new(texts: impl Iterator<Item = &'s str>) -> Self {
        Self { texts: texts.collect(), is_script: false }
    }

    fn of_script(script: &'s Script<'_>) -> Self {
        Self { texts: script.items.iter().filter(|item| item.is_code()).map(|item| item.source.as_str()).collect(), is_script: true }
    }

    /// Whether a name in them may be one of a connection manager. Connection managers are often called like their servers, so a script must also come near
    /// the collection of connections, or hand on the object that has it.
    pub(super) fn may_name_connections(&self) -> bool {
        !self.is_script || self.texts.iter().any(|source| comes_near_connections(source))
    }
}

/// The templates of the designer name the collection in their comments.
fn comes_near_connections(source: &str) -> bool {
    let code = script::only(source, &[Kind::Code]).to_ascii_lowercase();
    ["connections", "dts,", "dts)"].iter().any(|sign| code.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::comes_near_connections;

    #[test]
    fn a_script_that_opens_servers_by_itself_names_no_connection() {
        let comment = "// ConnectionManager cm = Dts.Connections[\"SQL01\"];\n";
        assert!(!comes_near_connections(&format!("{comment}var server = new Server(\"SQL01\");")));
        assert!(comes_near_connections(&format!("{comment}var manager = Dts.Connections[name];")));
        assert!(comes_near_connections("Dim manager = dts.connections(\"SQL01\")"));
        assert!(comes_near_connections("Helper.Load(Dts, \"SQL01\");"));
    }
}
