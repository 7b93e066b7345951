//! Sources whose rows come to nothing: the engine takes them out of the run (0x8004706F), and what they would read stays closed.

use std::ptr::from_ref;

use foldhash::HashSet;

use super::lineage::Lineage;
use crate::model::{Component, DataFlow};

/// Transformations that hand rows on and do nothing else; their inputs have no side effects in any file that the designer wrote.
const PASSING: [&str; 10] =
    ["Multicast", "ConditionalSplit", "DerivedColumn", "DataConvert", "Sort", "Aggregate", "CharacterMap", "CopyMap", "PctSampling", "RowSampling"];

/// The sources of a data flow that are not read.
#[derive(Debug)]
pub(super) struct UnreadSources {
    /// By address.
    sources: HashSet<usize>,
}

impl UnreadSources {
    /// Finds them; none where paths are broken, or where the engine keeps what nobody uses.
    pub(super) fn new(flow: &DataFlow<'_>, lineage: &Lineage<'_, '_>) -> Self {
        if !lineage.is_sound() || !flow.properties.flag("runInOptimizedMode", true) {
            return Self { sources: HashSet::default() };
        }
        let read = read(flow, lineage);
        let sources = flow.components.iter().filter(|component| component.inputs.is_empty()).map(address);
        Self { sources: sources.filter(|source| !read.contains(source)).collect() }
    }

    pub(super) fn contains(&self, component: &Component<'_>) -> bool {
        self.sources.contains(&address(component))
    }
}

/// What does something with rows, and all that rows come to it through.
fn read(flow: &DataFlow<'_>, lineage: &Lineage<'_, '_>) -> HashSet<usize> {
    let mut open: Vec<&Component<'_>> = flow.components.iter().filter(|component| !component.inputs.is_empty() && !passes_only(component)).collect();
    let mut read: HashSet<usize> = open.iter().map(|component| address(component)).collect();
    while let Some(component) = open.pop() {
        let feeders = component.inputs.iter().filter_map(|input| lineage.feeder(&input.id)).map(|outlet| outlet.component);
        open.extend(feeders.filter(|feeder| read.insert(address(feeder))));
    }
    read
}

fn passes_only(component: &Component<'_>) -> bool {
    PASSING.iter().any(|class| component.is(class))
}

fn address(component: &Component<'_>) -> usize {
    from_ref(component).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DataPath, Port};

    fn component(class: &'static str, inputs: &[&'static str], outputs: &[&'static str]) -> Component<'static> {
        let ports = |ids: &[&'static str]| ids.iter().map(|id| Port { id: (*id).into(), ..Port::default() }).collect();
        Component { class: class.into(), inputs: ports(inputs), outputs: ports(outputs), ..Component::default() }
    }

    /// Which of the two sources is not read.
    fn unread(last: &'static str) -> [bool; 2] {
        let components = vec![
            component("Microsoft.FlatFileSource", &[], &["a"]),
            component("Microsoft.FlatFileSource", &[], &["b"]),
            component("Microsoft.Multicast", &["ai"], &["ao"]),
            component(last, &["c"], &[]),
        ];
        let path = |start: &'static str, end: &'static str| DataPath { start: start.into(), end: end.into(), ..DataPath::default() };
        let flow = DataFlow { components, paths: vec![path("a", "ai"), path("ao", "c")], ..DataFlow::default() };
        let unread = UnreadSources::new(&flow, &Lineage::new(&flow));
        [0, 1].map(|source| unread.contains(&flow.components[source]))
    }

    #[test]
    fn a_source_is_read_when_its_rows_come_to_something() {
        assert_eq!(unread("Microsoft.OLEDBDestination"), [false, true]);
        assert_eq!(unread("Microsoft.RowCount"), [false, true]);
        assert_eq!(unread("Microsoft.DerivedColumn"), [true, true]);
    }
}
