//! Where the columns of a data flow come from, and which inputs they reach.
//!
//! Outputs form a forest. An output that is synchronous with an input passes on the rows of the output that feeds this input, columns and all; an
//! asynchronous one begins anew. So a column is there wherever the output that made it is an ancestor, which the numbers of one walk through the
//! forest answer at once: the whole is linear in the size of the data flow.

use std::collections::{HashMap, HashSet};

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

/// The lineage of one data flow.
#[derive(Debug, Default)]
pub struct Lineage<'s, 'a> {
    outlets: Vec<Outlet<'s, 'a>>,
    /// By the id of an input, the output that feeds it.
    feeders: HashMap<&'s str, usize>,
    /// By outlet, the one whose rows it passes on.
    parents: Vec<Option<usize>>,
    /// By outlet, when the walk came to it and when it left it; none in a cycle, which no walk reaches.
    visits: Vec<Option<(u32, u32)>>,
    /// By lineage id. More than one output column of an id is a damaged file.
    origins: HashMap<&'s str, Vec<Origin<'s, 'a>>>,
    /// Ids of outputs that a path leads away from.
    connected: HashSet<&'s str>,
    /// Lineage ids that some input reads.
    read: HashSet<&'s str>,
    broken_paths: Vec<&'s DataPath<'a>>,
    is_sound: bool,
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
        let mut lineage = Self { outlets: outlets(flow), is_sound: true, ..Self::default() };
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
        lineage.add_parents(&inputs);
        lineage.visits = visits(&lineage.parents);
        lineage
    }

    fn connect(&mut self, path: &'s DataPath<'a>, outlet: usize) {
        self.feeders.insert(&path.end, outlet);
        self.connected.insert(&path.start);
    }

    fn add_origins(&mut self) {
        for (number, outlet) in self.outlets.iter().enumerate() {
            for column in &outlet.port.columns {
                // Absent where it is the column itself, in files that tools wrote.
                let lineage = if column.lineage.is_empty() { &column.id } else { &column.lineage };
                let origin = Origin { component: outlet.component, port: outlet.port, column, outlet: number };
                self.origins.entry(lineage).or_default().push(origin);
            }
        }
    }

    fn add_parents(&mut self, inputs: &HashSet<&str>) {
        for outlet in &self.outlets {
            let input = outlet.port.synchronous_input();
            self.is_sound &= input.is_none_or(|input| inputs.contains(input));
            self.parents.push(input.and_then(|input| self.feeders.get(input)).copied());
        }
        self.is_sound &= self.broken_paths.is_empty();
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

    /// The asynchronous output at which the rows that come to the input of that id began.
    #[must_use]
    pub fn root(&self, input: &str) -> Option<Outlet<'s, 'a>> {
        let feeder = *self.feeders.get(input)?;
        self.visits[feeder]?;
        std::iter::successors(Some(feeder), |number| self.parents[*number]).last().map(|number| self.outlets[number])
    }

    /// Whether a path leads away from the output of that id.
    #[must_use]
    pub fn is_connected(&self, output: &str) -> bool {
        self.connected.contains(output)
    }

    /// Whether any input reads the column of that lineage id.
    #[must_use]
    pub fn is_read(&self, lineage: &str) -> bool {
        self.read.contains(lineage)
    }

    /// The output column of that lineage id; the first, should there be several.
    #[must_use]
    pub fn origin(&self, lineage: &str) -> Option<Origin<'s, 'a>> {
        self.origins.get(lineage)?.first().copied()
    }

    /// Whether the column of that lineage id is among what comes to the input of that id; none when nothing can be said: the input is not fed, or paths
    /// run in a circle.
    #[must_use]
    pub fn reaches(&self, lineage: &str, input: &str) -> Option<bool> {
        let (entered, left) = self.visits[*self.feeders.get(input)?]?;
        let encloses = |origin: &Origin<'_, '_>| self.visits[origin.outlet].is_some_and(|(first, last)| first <= entered && left <= last);
        Some(self.origins.get(lineage).is_some_and(|origins| origins.iter().any(encloses)))
    }
}

fn outlets<'s, 'a>(flow: &'s DataFlow<'a>) -> Vec<Outlet<'s, 'a>> {
    flow.components.iter().flat_map(|component| component.outputs.iter().map(move |port| Outlet { component, port })).collect()
}

/// When a walk through the forest comes to each node and when it leaves it.
fn visits(parents: &[Option<usize>]) -> Vec<Option<(u32, u32)>> {
    let mut children = vec![Vec::new(); parents.len()];
    for (number, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(number);
        }
    }
    let mut visits = vec![None; parents.len()];
    let mut clock = 0;
    for root in (0..parents.len()).filter(|number| parents[*number].is_none()) {
        let mut open = vec![(root, 0)];
        visits[root] = Some((clock, clock));
        while let Some((node, next)) = open.last_mut() {
            clock += 1;
            match children[*node].get(*next) {
                Some(child) => {
                    *next += 1;
                    visits[*child] = Some((clock, clock));
                    open.push((*child, 0));
                }
                None => {
                    visits[*node] = visits[*node].map(|(entered, _)| (entered, clock));
                    open.pop();
                }
            }
        }
        clock += 1;
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
