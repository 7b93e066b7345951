//! Connection managers that scripts look up by name: `Dts.Connections["Sales"]`.

use foldhash::HashSet;

use crate::model::{Package, Task};

/// What the Script Tasks of a package look up.
#[derive(Debug, Default)]
pub struct ScriptConnections<'s> {
    names: HashSet<&'s str>,
    /// Whether one of the names is put together at run time.
    computed: bool,
}

impl<'s> ScriptConnections<'s> {
    /// Reads the scripts that can run.
    #[must_use]
    pub fn of_package(package: &'s Package<'_>) -> Self {
        let mut found = Self::default();
        for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
            if let Task::Script(script) = &executable.task {
                script.items.iter().filter(|item| item.is_code()).for_each(|item| found.read(item.source.as_str()));
            }
        }
        found
    }

    fn read(&mut self, source: &'s str) {
        for call in ["Connections[", "Connections("] {
            for rest in source.split(call).skip(1) {
                let literal = rest.trim_start().trim_start_matches('@').strip_prefix('"').and_then(|rest| rest.split('"').next());
                self.names.extend(literal);
                self.computed |= literal.is_none();
            }
        }
    }

    /// Whether a script may look up the connection manager of that name.
    #[must_use]
    pub fn may_name(&self, name: &str) -> bool {
        self.computed || self.names.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::ScriptConnections;

    #[test]
    fn literal_and_computed_names() {
        let mut found = ScriptConnections::default();
        found.read("var a = Dts.Connections[\"Sales\"]; Dim b = Dts.Connections( \"Stock\"); var c = ComponentMetaData.Connections[@\"C\\D\"];");
        assert!(["Sales", "Stock", "C\\D"].iter().all(|name| found.may_name(name)) && !found.may_name("Other"));
        found.read("Dts.Connections[name]");
        assert!(found.may_name("Other"));
    }
}
