//! Where the columns of a data flow come from, and which inputs they reach.
//!
//! Outputs form a forest. An output that is synchronous with an input passes on the rows of the output that feeds this input, columns and all; an
//! asynchronous one begins anew. So a column is there wherever the output that made it is an ancestor, which the numbers of one walk through the
//! forest answer at once: the whole is linear in the size of the data flow.

use std::cell::OnceCell;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashSet};

use super::unread_sources::UnreadSources;
use crate::model::{Column, Component, DataFlow, DataPath, ExecutableId, Package, Port};

/// An output with its component.
#[derive(Clone, Copy, Debug)]
pub struct Outlet<'s, 'a> {
    /// The component.
    pub component: &'s Component<'a>,
    /// Its output.
    pub port: &'s Port<'a>,
}

/// An output column with its output and component: what a lineage id stands for.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'s, 'a> {
    /// The component.
    pub component: &'s Component<'a>,
    /// Its output.
    pub port: &'s Port<'a>,
    /// The column of the output.
    pub column: &'s Column<'a>,
    outlet: usize,
}

/// What the walk through the forest noted of an outlet.
#[derive(Clone, Copy, Debug)]
struct Visit {
    entered: u32,
    left: u32,
    /// The outlet from which the walk came.
    root: usize,
}

/// The lineage of one data flow.
#[derive(Debug, Default)]
pub struct Lineage<'s, 'a> {
    outlets: Vec<Outlet<'s, 'a>>,
    /// By the id of an input, the output that feeds it.
    feeders: HashMap<&'s str, usize>,
    /// By outlet; none in a cycle, which no walk reaches.
    visits: Vec<Option<Visit>>,
    /// By lineage id, the first output column of it.
    origins: HashMap<&'s str, Origin<'s, 'a>>,
    /// By lineage id, further output columns of it, which only a damaged file has.
    further_origins: HashMap<&'s str, Vec<Origin<'s, 'a>>>,
    /// Ids of outputs that a path leads away from.
    connected: HashSet<&'s str>,
    /// Lineage ids that some input reads.
    read: HashSet<&'s str>,
    broken_paths: Vec<&'s DataPath<'a>>,
    is_sound: bool,
    unread_sources: OnceCell<UnreadSources>,
}

/// The lineages of all data flows of a package that can run, in the order of their executables.
#[must_use]
pub fn of_package<'s, 'a>(package: &'s Package<'a>) -> Vec<(ExecutableId, Lineage<'s, 'a>)> {
    let flows = package.executables().filter_map(|(id, executable)| Some((id, executable.data_flow()?)));
    flows.filter(|(id, _)| package.is_enabled(*id)).map(|(id, flow)| (id, Lineage::new(flow))).collect()
}

impl<'s, 'a> Lineage<'s, 'a> {
    /// Follows the paths of a data flow.
    #[must_use]
    pub fn new(flow: &'s DataFlow<'a>) -> Self {
        let mut lineage = Self { outlets: outlets(flow), ..Self::default() };
        let numbers: HashMap<&str, usize> = lineage.outlets.iter().enumerate().map(|(number, outlet)| (&*outlet.port.id, number)).collect();
        let inputs: HashSet<&str> = flow.components.iter().flat_map(|component| &component.inputs).map(|input| &*input.id).collect();
        for path in &flow.paths {
            match numbers.get(&*path.start).filter(|_| inputs.contains(&*path.end)) {
                Some(number) => lineage.connect(path, *number),
                None => lineage.broken_paths.push(path),
            }
        }
        let columns = flow.components.iter().flat_map(|component| &component.inputs).flat_map(|input| &input.columns);
        lineage.read = columns.map(|column| &*column.lineage).collect();
        lineage.add_origins();
        lineage.visits = visits(&lineage.parents());
        let known = |outlet: &Outlet<'_, '_>| outlet.port.synchronous_input().is_none_or(|input| inputs.contains(input));
        lineage.is_sound = lineage.broken_paths.is_empty() && lineage.outlets.iter().all(known);
        lineage
    }

    /// The components that have outputs, once for each.
    pub fn components(&self) -> impl Iterator<Item = &'s Component<'a>> {
        self.outlets.iter().map(|outlet| outlet.component)
    }

    fn connect(&mut self, path: &'s DataPath<'a>, outlet: usize) {
        self.feeders.insert(&path.end, outlet);
        self.connected.insert(&path.start);
    }

    fn add_origins(&mut self) {
        self.origins.reserve(self.outlets.iter().map(|outlet| outlet.port.columns.len()).sum());
        for (number, outlet) in self.outlets.iter().enumerate() {
            for column in &outlet.port.columns {
                // Absent where it is the column itself, in files that tools wrote.
                let lineage = if column.lineage.is_empty() { &column.id } else { &column.lineage };
                let origin = Origin { component: outlet.component, port: outlet.port, column, outlet: number };
                match self.origins.entry(lineage) {
                    Entry::Vacant(place) => _ = place.insert(origin),
                    Entry::Occupied(_) => self.further_origins.entry(lineage).or_default().push(origin),
                }
            }
        }
    }

    /// By outlet, the one whose rows it passes on.
    fn parents(&self) -> Vec<Option<usize>> {
        let parent = |outlet: &Outlet<'_, '_>| self.feeders.get(outlet.port.synchronous_input()?).copied();
        self.outlets.iter().map(parent).collect()
    }

    /// Whether every path and every synchronous output names ends that exist. If not, what is missing is not worth saying for every column.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.is_sound
    }

    /// Paths that name an output or input that does not exist.
    #[must_use]
    pub fn broken_paths(&self) -> &[&'s DataPath<'a>] {
        &self.broken_paths
    }

    /// The output that a path leads from to the input of that id.
    #[must_use]
    pub fn feeder(&self, input: &str) -> Option<Outlet<'s, 'a>> {
        self.feeders.get(input).map(|number| self.outlets[*number])
    }

    /// The asynchronous output at which the rows that come to the input of that id began; none when an input upstream is not fed.
    #[must_use]
    pub fn root(&self, input: &str) -> Option<Outlet<'s, 'a>> {
        let feeder = *self.feeders.get(input)?;
        self.visits[feeder].map(|visit| self.outlets[visit.root]).filter(|root| root.port.synchronous_input().is_none())
    }

    /// Whether a path leads away from the output of that id.
    #[must_use]
    pub fn is_connected(&self, output: &str) -> bool {
        self.connected.contains(output)
    }

    /// Whether a component of the data flow is a source that the engine takes out of the run, since its rows come to nothing.
    #[must_use]
    pub fn is_unread(&self, flow: &DataFlow<'_>, component: &Component<'_>) -> bool {
        self.unread_sources.get_or_init(|| UnreadSources::new(flow, self)).contains(component)
    }

    /// Whether any input reads the column of that lineage id.
    #[must_use]
    pub fn is_read(&self, lineage: &str) -> bool {
        self.read.contains(lineage)
    }

    /// The output column of that lineage id; the first, should there be several.
    #[must_use]
    pub fn origin(&self, lineage: &str) -> Option<Origin<'s, 'a>> {
        self.origins.get(lineage).copied()
    }

    /// Whether the column of that lineage id is among what comes to the input of that id; none when nothing can be said: the input, or one upstream of
    /// it, is not fed, or paths run in a circle.
    #[must_use]
    pub fn reaches(&self, lineage: &str, input: &str) -> Option<bool> {
        let here = self.visits[*self.feeders.get(input)?]?;
        let encloses = |origin: &Origin<'_, '_>| self.visits[origin.outlet].is_some_and(|visit| visit.entered <= here.entered && here.left <= visit.left);
        let further = self.further_origins.get(lineage).into_iter().flatten();
        if self.origins.get(lineage).into_iter().chain(further).any(encloses) {
            return Some(true);
        }
        self.root(input).map(|_| false)
    }
}

fn outlets<'s, 'a>(flow: &'s DataFlow<'a>) -> Vec<Outlet<'s, 'a>> {
    flow.components.iter().flat_map(|component| component.outputs.iter().map(move |port| Outlet { component, port })).collect()
}

/// Walks through the forest.
fn visits(parents: &[Option<usize>]) -> Vec<Option<Visit>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (number, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(number);
        }
    }
    let mut visits: Vec<Option<Visit>> = vec![None; parents.len()];
    let mut clock = 0;
    for root in (0..parents.len()).filter(|number| parents[*number].is_none()) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            clock += 1;
            match &mut visits[node] {
                // Here again, below all of its children.
                Some(visit) => visit.left = clock,
                unvisited => {
                    *unvisited = Some(Visit { entered: clock, left: clock, root });
                    open.push(node);
                    open.extend(&children[node]);
                }
            }
        }
    }
    visits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(id: &'static str) -> Column<'static> {
        Column { id: id.into(), lineage: id.into(), ..Column::default() }
    }

    fn port(id: &'static str, synchronous: &'static str, columns: &[&'static str]) -> Port<'static> {
        Port { id: id.into(), synchronous_input: synchronous.into(), columns: columns.iter().copied().map(column).collect(), ..Port::default() }
    }

    fn component(inputs: Vec<Port<'static>>, outputs: Vec<Port<'static>>) -> Component<'static> {
        Component { inputs, outputs, ..Component::default() }
    }

    fn path(start: &'static str, end: &'static str) -> DataPath<'static> {
        DataPath { start: start.into(), end: end.into(), ..DataPath::default() }
    }

    /// Source → derived column → sort → destination, and the error output of the derived column to another destination.
    fn flow() -> DataFlow<'static> {
        let components = vec![
            component(vec![], vec![port("s", "0", &["a"])]),
            component(vec![port("di", "", &[])], vec![port("d", "di", &["b"]), port("de", "di", &["code"])]),
            component(vec![port("si", "", &["b"])], vec![port("so", "0", &["c"])]),
            component(vec![port("x", "", &["c"])], vec![]),
            component(vec![port("y", "", &["code"])], vec![]),
        ];
        DataFlow { components, paths: vec![path("s", "di"), path("d", "si"), path("so", "x"), path("de", "y")], ..DataFlow::default() }
    }

    #[test]
    fn a_synchronous_output_passes_columns_on_and_an_asynchronous_one_does_not() {
        let flow = flow();
        let lineage = Lineage::new(&flow);
        let reaching = |input: &str| ["a", "b", "c", "code"].into_iter().filter(|column| lineage.reaches(column, input) == Some(true)).collect::<String>();
        assert_eq!([reaching("di"), reaching("si"), reaching("x"), reaching("y")], ["a", "ab", "c", "acode"]);
        assert_eq!(lineage.root("y").map(|outlet| &*outlet.port.id), Some("s"));
        assert!(lineage.is_sound() && lineage.is_connected("de") && lineage.is_read("b") && !lineage.is_read("a"));
    }

    #[test]
    fn what_would_come_through_an_input_that_is_not_fed_is_unknown() {
        let mut flow = flow();
        flow.paths.remove(0);
        let lineage = Lineage::new(&flow);
        assert_eq!([lineage.reaches("a", "si"), lineage.reaches("b", "si"), lineage.reaches("a", "x")], [None, Some(true), Some(false)]);
    }

    #[test]
    fn circles_and_loose_ends_say_nothing() {
        let mut flow = flow();
        flow.components.push(component(vec![port("li", "", &[])], vec![port("l", "li", &["z"])]));
        flow.paths.extend([path("l", "li"), path("l", "nowhere")]);
        let lineage = Lineage::new(&flow);
        assert_eq!(lineage.reaches("a", "li"), None);
        assert!(lineage.root("li").is_none() && !lineage.is_sound());
        assert_eq!(lineage.broken_paths().len(), 1);
        assert_eq!(lineage.reaches("a", "si"), Some(true));
    }
}
