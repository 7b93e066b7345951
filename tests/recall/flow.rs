//! Writes data flows. They are put down as new files write them, where every reference is a path; old files number what it names.

use std::collections::BTreeMap;

use super::classes::DATA_FLOW;
use super::plant::{Form, Plant, Property, Task, escape};

/// Classes of components, as new files call them, and their ids of SQL Server 2008 and 2012.
const CLASSES: &[(&str, &str, &str)] = &[
    ("Microsoft.OLEDBSource", "{BCEFE59B-6819-47F7-A125-63753B33ABB7}", "{165A526D-D5DE-47FF-96A6-F8274C19826B}"),
    ("Microsoft.OLEDBDestination", "{5A0B62E8-D91D-49F5-94A5-7BE58DE508F0}", "{4ADA7EAA-136C-4215-8098-D7A7C27FC0D1}"),
    ("Microsoft.ExcelSource", "{A4B1E1C8-17F3-46C8-AAD0-34F0C6FE42DE}", "{8C084929-27D1-479F-9641-ABB7CDADF1AC}"),
    ("Microsoft.ExcelDestination", "{1F5D5712-2FBA-4CB9-A95A-86C1F336E1DA}", "{1F5D5712-2FBA-4CB9-A95A-86C1F336E1DA}"),
    ("Microsoft.FlatFileSource", "{5ACD952A-F16A-41D8-A681-713640837664}", "{D23FD76B-F51D-420F-BBCB-19CBF6AC1AB4}"),
    ("Microsoft.MergeJoin", "{A18A4D58-7C7A-4448-8B98-AE2CEFE81B4C}", "{14D43A4F-D7BD-489D-829E-6DE35750CFE4}"),
    ("Microsoft.Lookup", "{27648839-180F-45E6-838D-AFF53DF682D2}", "{671046B0-AA63-4C9F-90E4-C06E0B710CE3}"),
    ("Microsoft.RowCount", "{DE50D3C7-41AF-4804-9247-CF1DEB147971}", "{E2697D8C-70DA-42B2-8208-A19CE3A9FE41}"),
    ("Microsoft.Multicast", "{1ACA4459-ACE0-496F-814A-8611F9C27E23}", "{EC139FBC-694E-490B-8EA7-35690FB0F445}"),
    ("Microsoft.Aggregate", "{5B201335-B360-485C-BB93-75C34E09B3D3}", "{9ABE8DF3-0052-42DB-8B18-2089E1D1D1B7}"),
    ("Microsoft.RawDestination", "{04762BB6-892F-4EE6-AD46-9CEB0A7EC7A2}", "{485E7329-8754-42B4-AA5B-29C5DA09CAD5}"),
    ("Microsoft.Extractor", "{86151302-DCDB-49FB-92FE-772EC02712B6}", "{A9823821-0085-4483-952F-36277F63FFC5}"),
    ("Microsoft.SQLServerDestination", "{5244B484-7C76-4026-9A01-00928EA81550}", "{F452EAF3-5EF0-43F1-8067-09DDF0BC6316}"),
    ("Microsoft.FuzzyLookup", "{5056651F-F227-4978-94DF-53CDF9E8CCB6}", "{E4A5F949-EC93-45AB-8B36-B52936257EC2}"),
    ("Microsoft.ManagedComponentHost", "{2E42D45B-F83C-400F-8D77-61DDE6A7DF29}", "{33D831DE-5DCF-48F0-B431-4D327B9E785D}"),
];

/// Attributes whose value is the path of something in a data flow.
const REFERENCES: [&str; 7] = ["refId", "lineageId", "externalMetadataColumnId", "synchronousInputId", "startId", "endId", "id"];

/// A connection manager: its name and its id.
pub(crate) type Manager<'m> = (&'m str, &'m str);

/// A column: its name, its type as attributes, further attributes.
pub(crate) type Column<'c> = (&'c str, &'c str, &'c str);

/// What a component is, but for its inputs and outputs.
pub(crate) struct Component<'c> {
    pub(crate) name: &'c str,
    pub(crate) class: &'c str,
    pub(crate) manager: Option<Manager<'c>>,
    pub(crate) properties: &'c [Property<'c>],
}

/// The inside of a data flow task; `@` in it stands for the path of the task.
pub(crate) struct Flow {
    name: String,
    components: String,
    paths: Vec<(String, String)>,
}

impl Flow {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), components: String::new(), paths: Vec::new() }
    }

    /// A component whose inputs and outputs are written in full.
    pub(crate) fn component(&mut self, component: &Component<'_>, inputs: &str, outputs: &str) {
        let Component { name, class, .. } = component;
        let property = |(name, value): &Property<'_>| {
            let number = !value.is_empty() && value.chars().all(|letter| letter.is_ascii_digit());
            let data_type = if number { "System.Int32" } else { "System.String" };
            format!("<property dataType=\"{data_type}\" name=\"{name}\">{}</property>", escape(value))
        };
        let properties: String = component.properties.iter().map(property).collect();
        let connection = component.manager.map(|manager| connection(name, role(component), manager)).unwrap_or_default();
        self.components.push_str(&format!(
            "<component refId=\"@\\{name}\" name=\"{name}\" componentClassID=\"{class}\" version=\"1\"><properties>{properties}</properties>{connection}\
             <inputs>{inputs}</inputs><outputs>{outputs}</outputs></component>"
        ));
    }

    /// A component that gives columns; the attributes are those of its output.
    pub(crate) fn source(&mut self, component: &Component<'_>, attributes: &str, columns: &[Column<'_>]) {
        let output = output(component.name, "Output", attributes, columns, true);
        self.component(component, "", &output);
    }

    /// A component that takes columns of another one, each into a column outside.
    pub(crate) fn destination(&mut self, component: &Component<'_>, from: &str, columns: &[Column<'_>]) {
        let name = component.name;
        let own = |(column, data_type, _): &Column<'_>| {
            let outside = format!("externalMetadataColumnId=\"@\\{name}.Inputs[Input].ExternalColumns[{column}]\"");
            taken(name, "Input", from, &(*column, *data_type, &outside))
        };
        let inside: String = columns.iter().map(own).collect();
        let outside = externals(&format!("@\\{name}.Inputs[Input]"), columns);
        let input = format!("<input refId=\"@\\{name}.Inputs[Input]\" name=\"Input\"><inputColumns>{inside}</inputColumns>{outside}</input>");
        self.component(component, &input, "");
        self.join(from, name);
    }

    /// Leads the rows of `Output` of one component to `Input` of another.
    pub(crate) fn join(&mut self, from: &str, to: &str) {
        self.path(&format!("{from}.Outputs[Output]"), &format!("{to}.Inputs[Input]"));
    }

    pub(crate) fn path(&mut self, output: &str, input: &str) {
        self.paths.push((output.to_owned(), input.to_owned()));
    }

    fn xml(&self) -> String {
        let path = |(index, (from, to)): (usize, &(String, String))| {
            format!("<path refId=\"@.Paths[Path {index}]\" startId=\"@\\{from}\" endId=\"@\\{to}\" name=\"Path {index}\"/>")
        };
        let paths: String = self.paths.iter().enumerate().map(path).collect();
        format!("<pipeline version=\"1\"><components>{}</components><paths>{paths}</paths></pipeline>", self.components)
    }
}

/// What a component calls its connection depends on what it is.
fn role(component: &Component<'_>) -> &'static str {
    match component.class {
        "Microsoft.FlatFileSource" => "FlatFileConnection",
        "Microsoft.Lookup" if component.properties.contains(&("ConnectionType", "1")) => "CacheConnection",
        _ => "OleDbConnection",
    }
}

fn connection(component: &str, role: &str, (name, id): Manager<'_>) -> String {
    format!("<connections><connection refId=\"@\\{component}.Connections[{role}]\" name=\"{role}\" connectionManagerID=\"{name}|{id}\"/></connections>")
}

/// An input that takes columns of another component.
pub(crate) fn input(component: &str, name: &str, from: &str, columns: &[Column<'_>]) -> String {
    let columns: String = columns.iter().map(|column| taken(component, name, from, column)).collect();
    format!("<input refId=\"@\\{component}.Inputs[{name}]\" name=\"{name}\"><inputColumns>{columns}</inputColumns></input>")
}

/// An output; that of a source has columns outside.
pub(crate) fn output(component: &str, name: &str, attributes: &str, columns: &[Column<'_>], outside: bool) -> String {
    let path = format!("@\\{component}.Outputs[{name}]");
    let column = |(column, data_type, attributes): &Column<'_>| {
        let place = format!("{path}.Columns[{column}]");
        let external = if outside { format!("externalMetadataColumnId=\"{path}.ExternalColumns[{column}]\"") } else { String::new() };
        format!("<outputColumn refId=\"{place}\" name=\"{column}\" lineageId=\"{place}\" {data_type} {attributes} {external}/>")
    };
    let inside: String = columns.iter().map(column).collect();
    let outside = if outside { externals(&path, columns) } else { String::new() };
    format!("<output refId=\"{path}\" name=\"{name}\" {attributes}><outputColumns>{inside}</outputColumns>{outside}</output>")
}

fn externals(path: &str, columns: &[Column<'_>]) -> String {
    let column = |(name, data_type, _): &Column<'_>| format!("<externalMetadataColumn refId=\"{path}.ExternalColumns[{name}]\" name=\"{name}\" {data_type}/>");
    format!("<externalMetadataColumns isUsed=\"True\">{}</externalMetadataColumns>", columns.iter().map(column).collect::<String>())
}

/// The columns of an input with a property more.
pub(crate) fn with_column_property(input: &str, name: &str, value: &str) -> String {
    let property = format!("><properties><property dataType=\"System.String\" name=\"{name}\">{value}</property></properties></inputColumn>");
    input.replace("/></inputColumns>", &format!("{property}</inputColumns>"))
}

fn taken(component: &str, input: &str, from: &str, (column, data_type, attributes): &Column<'_>) -> String {
    let cached = data_type.replace("dataType", "cachedDataType").replace("length", "cachedLength").replace("codePage", "cachedCodepage");
    let place = format!("@\\{component}.Inputs[{input}].Columns[{column}]");
    format!("<inputColumn refId=\"{place}\" lineageId=\"@\\{from}.Outputs[Output].Columns[{column}]\" cachedName=\"{column}\" {cached} {attributes}/>")
}

impl Plant<'_> {
    /// Puts a data flow into the innermost container.
    pub(crate) fn flow(&mut self, flow: &Flow) -> Task {
        self.flow_with(flow, &[])
    }

    pub(crate) fn flow_with(&mut self, flow: &Flow, properties: &[Property<'_>]) -> Task {
        let data = self.flow_data(flow);
        self.task(&flow.name, DATA_FLOW, properties, "", &data)
    }

    /// The data of a data flow task, in the form of the package.
    pub(crate) fn flow_data(&mut self, flow: &Flow) -> String {
        let path = escape(&format!("{}\\{}", self.path(), flow.name));
        let by_id = self.one_of(&[true, false]);
        let segments: Vec<String> = flow.xml().split('"').map(str::to_owned).collect();
        let mut numbers = BTreeMap::new();
        let mut out = String::new();
        for pair in segments.chunks(2) {
            let attribute = pair[0].trim_end_matches('=').rsplit(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default().to_owned();
            out.push_str(&pair[0]);
            let Some(value) = pair.get(1) else { continue };
            match (self.form, &*attribute) {
                (_, "connectionManagerID") => out = out.trim_end_matches("connectionManagerID=").to_owned() + &manager(self.form, value),
                (form, "componentClassID") => out.push_str(&format!("\"{}\"", class(form, value, by_id))),
                (Form::Element, name) if REFERENCES.contains(&name) => {
                    let next = numbers.len() + 1;
                    let number = numbers.entry(value.clone()).or_insert(next);
                    out = out.strip_suffix("refId=").map(|out| format!("{out}id=")).unwrap_or(out) + &format!("\"{number}\"");
                }
                _ => out.push_str(&format!("\"{}\"", value.replace('@', &path))),
            }
        }
        out
    }

    /// A data flow that reads a table of a connection and does nothing with it.
    pub(crate) fn reading_flow(&mut self, name: &str, class: &str, manager: Option<Manager<'_>>, table: &str) -> Task {
        let flow = reading(name, class, manager, table);
        self.flow(&flow)
    }
}

/// A data flow that reads a table.
pub(crate) fn reading(name: &str, class: &str, manager: Option<Manager<'_>>, table: &str) -> Flow {
    let mut flow = Flow::new(name);
    let properties = [("OpenRowset", table), ("AccessMode", "0")];
    flow.source(&Component { name: "Read", class, manager, properties: &properties }, "", &[("Id", "dataType=\"i4\"", "")]);
    flow
}

fn manager(form: Form, value: &str) -> String {
    let (name, id) = value.split_once('|').expect("a name and an id");
    match form {
        Form::Element => format!("connectionManagerID=\"{id}\""),
        Form::Attribute if name.is_empty() => format!("connectionManagerID=\"{id}\" connectionManagerRefId=\"\""),
        Form::Attribute => format!("connectionManagerID=\"Package.ConnectionManagers[{name}]\" connectionManagerRefId=\"Package.ConnectionManagers[{name}]\""),
    }
}

fn class(form: Form, name: &str, by_id: bool) -> String {
    let ids = CLASSES.iter().find(|(known, ..)| *known == name);
    match (form, ids) {
        (Form::Element, Some((_, id, _))) => (*id).to_owned(),
        (Form::Attribute, Some((_, _, id))) if by_id => (*id).to_owned(),
        _ => name.to_owned(),
    }
}
