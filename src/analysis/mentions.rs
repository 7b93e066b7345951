//! What mentions a variable or parameter by its name, however that is written.

use foldhash::HashMap;

use crate::model::{Component, ConnectionManager, Executable, Package, Project, Script, Task};

/// Which names are mentioned in texts: whose words all stand in them. Too much is better than too little.
#[derive(Debug)]
pub struct Mentions<'n> {
    /// The words of the names, and which of them were found.
    words: HashMap<&'n str, bool>,
    /// By the first byte, as bits, the lengths of the words: nearly every other word is known by them.
    lengths: [u64; 256],
}

impl Default for Mentions<'_> {
    fn default() -> Self {
        Self { words: HashMap::default(), lengths: [0; 256] }
    }
}

impl<'n> Mentions<'n> {
    /// Looks for the words of names.
    #[must_use]
    pub fn of_names(names: impl Iterator<Item = &'n str>) -> Self {
        let mut mentions = Self::default();
        for word in names.flat_map(words) {
            mentions.lengths[first(word)] |= length_bit(word.len());
            mentions.words.insert(word, false);
        }
        mentions
    }

    /// Looks for the names of variables and parameters in the packages and connection managers of a project. Those at the addresses that
    /// `is_resolved` knows are mentioned for sure, and not looked for.
    pub fn of_project(project: &'n Project<'_>, is_resolved: impl Fn(*const ()) -> bool) -> Self {
        let variables = project.packages().flat_map(|(_, package)| package.variables());
        let parameters = project.packages().flat_map(|(_, package)| &package.parameters).chain(project.parameters().map(|(_, parameter)| parameter));
        let variables = variables.filter(|variable| !is_resolved(std::ptr::from_ref(*variable).cast())).map(|variable| &variable.name);
        let parameters = parameters.filter(|parameter| !is_resolved(std::ptr::from_ref(*parameter).cast())).map(|parameter| &parameter.name);
        let mut mentions = Self::of_names(variables.chain(parameters).map(|name| name.as_str()));
        if mentions.words.is_empty() {
            return mentions;
        }
        let mut texts = Vec::new();
        project.packages().for_each(|(_, package)| self::of_package(package, &mut texts));
        project.connections().for_each(|(_, manager)| of_connection(manager, &mut texts));
        texts.into_iter().for_each(|text| mentions.read(text));
        mentions
    }

    /// Reads a text.
    pub fn read(&mut self, text: &str) {
        if self.words.is_empty() {
            return;
        }
        if !text.is_ascii() {
            return words(text).for_each(|word| self.found(word));
        }
        let mut start = 0;
        // Most texts of a package hold no name, and there are megabytes of them.
        for word in text.as_bytes().split(|byte| !IN_WORD[usize::from(*byte)]) {
            let end = start + word.len();
            if word.first().is_some_and(|first| self.lengths[usize::from(*first)] & length_bit(word.len()) != 0) {
                self.found(text.get(start..end).unwrap_or_default());
            }
            start = end + 1;
        }
    }

    fn found(&mut self, word: &str) {
        if let Some(found) = self.words.get_mut(word) {
            *found = true;
        }
    }

    /// Whether all words of a name were found; those that were not looked for count as found.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        words(name).all(|word| self.words.get(word).copied().unwrap_or(true))
    }
}

fn first(word: &str) -> usize {
    usize::from(word.as_bytes().first().copied().unwrap_or_default())
}

/// One bit for each length, the last one for all that are longer.
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// The ASCII characters of words.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// The words of a text: letters, digits and underscores.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

fn of_package<'p>(package: &'p Package<'_>, texts: &mut Vec<&'p str>) {
    package.connections.iter().for_each(|manager| of_connection(manager, texts));
    texts.extend(package.configurations.iter().map(|configuration| configuration.target.as_str()));
    for executable in &package.executables {
        of_executable(executable, texts);
    }
}

fn of_connection<'p>(manager: &'p ConnectionManager<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(manager.expressions.iter().map(|entry| entry.expression.as_str()));
}

fn of_executable<'p>(executable: &'p Executable<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(executable.expressions.iter().map(|entry| entry.expression.as_str()));
    texts.extend(executable.settings.iter().map(|setting| setting.value.as_str()));
    texts.extend(executable.constraints.iter().filter_map(|constraint| constraint.expression.as_ref()).map(|text| text.as_str()));
    texts.extend(executable.variables.iter().filter_map(|variable| variable.expression.as_ref()).map(|text| text.as_str()));
    match &executable.task {
        Task::ForLoop(each) => texts.extend([&each.init, &each.eval, &each.assign].into_iter().flatten().map(|text| text.as_str())),
        Task::ForEachLoop(each) => {
            texts.extend(each.mappings.iter().map(|mapping| mapping.variable.as_str()));
            let enumerator = each.enumerator.iter();
            texts.extend(enumerator.clone().flat_map(|enumerator| enumerator.settings.iter()).map(|setting| setting.value.as_str()));
            texts.extend(enumerator.flat_map(|enumerator| &enumerator.expressions).map(|entry| entry.expression.as_str()));
        }
        Task::DataFlow(flow) => flow.components.iter().for_each(|component| of_component(component, texts)),
        _ => {}
    }
    executable.scripts().for_each(|(_, script)| of_script(script, texts));
}

fn of_component<'p>(component: &'p Component<'_>, texts: &mut Vec<&'p str>) {
    let ports = || component.inputs.iter().chain(&component.outputs);
    let columns = ports().flat_map(|port| &port.columns).map(|column| &column.properties);
    let all = std::iter::once(&component.properties).chain(ports().map(|port| &port.properties)).chain(columns);
    texts.extend(all.flat_map(|properties| properties.iter()).map(|property| property.value.as_str()));
}

fn of_script<'p>(script: &'p Script<'_>, texts: &mut Vec<&'p str>) {
    texts.extend(script.read_only_variables.iter().chain(&script.read_write_variables).map(|list| list.as_str()));
    texts.extend(script.items.iter().map(|item| item.source.as_str()));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mentions, words};

    proptest! {
        #[test]
        fn a_name_is_mentioned_when_all_its_words_are(names in proptest::collection::vec("[aé_ ]{1,4}", 0..6), text in "[aé_ .]{0,30}") {
            let mut mentions = Mentions::of_names(names.iter().map(String::as_str));
            mentions.read(&text);
            for name in &names {
                prop_assert_eq!(mentions.has(name), words(name).all(|word| words(&text).any(|other| other == word)), "{}", name);
            }
        }
    }

    #[test]
    fn what_was_not_looked_for_counts_as_mentioned() {
        assert!(Mentions::default().has("Folder"));
    }
}
