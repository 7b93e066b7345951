//! Writes objects into a clean package, in whichever generation it is written.

use crate::random::Random;

/// How a file writes the properties of its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `DTS:Property` elements: SQL Server 2005 and 2008.
    Element,
    /// Attributes: SQL Server 2012 and later.
    Attribute,
}

/// A property of an object, by its documented name.
pub(crate) type Property<'p> = (&'p str, &'p str);

/// A task that was planted: what constraints call it.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    id: String,
    path: String,
}

/// A package into which a fault is planted. Tasks come into new sequence containers, none or several deep; connection managers into the package.
pub(crate) struct Plant<'r> {
    pub(crate) form: Form,
    pub(crate) random: &'r mut Random,
    text: String,
    containers: Vec<String>,
    in_container: Vec<(&'static str, String)>,
    in_package: Vec<(&'static str, String)>,
    ids: u32,
}

pub(crate) const SQL_SERVER: &str =
    "Data Source=sql01.corp.example.com;Initial Catalog=Sales;Provider=MSOLEDBSQL.1;Integrated Security=SSPI;Auto Translate=False;";
const DEEPEST: usize = 4;

impl<'r> Plant<'r> {
    pub(crate) fn new(text: &str, form: Form, random: &'r mut Random) -> Self {
        let containers = (0..random.below(DEEPEST)).map(|level| format!("Step {level}")).collect();
        Self { form, random, text: text.to_owned(), containers, in_container: Vec::new(), in_package: Vec::new(), ids: 0 }
    }

    /// Puts tasks directly into the package.
    pub(crate) fn at_top(&mut self) {
        self.containers.clear();
    }

    /// One of several ways to say the same.
    pub(crate) fn one_of(&mut self, ways: &[&'static str]) -> &'static str {
        self.random.pick(ways).expect("there is a way")
    }

    /// A boolean property in one of the spellings of the generation.
    pub(crate) fn boolean(&mut self, value: bool) -> &'static str {
        match (self.form, value) {
            (Form::Element, true) => self.one_of(&["-1", "1", "True"]),
            (Form::Element, false) => self.one_of(&["0", "False"]),
            (Form::Attribute, true) => self.one_of(&["True", "true", "-1", "1"]),
            (Form::Attribute, false) => self.one_of(&["False", "false", "0"]),
        }
    }

    pub(crate) fn guid(&mut self) -> String {
        self.ids += 1;
        format!("{{{:08X}-7E57-4C1D-9A5B-0FA17ED{:05X}}}", self.random.below(1 << 31), self.ids)
    }

    /// A connection manager of the package; gives its id.
    pub(crate) fn connection(&mut self, name: &str, kind: &str, string: &str) -> String {
        self.connection_with(name, kind, &[("ConnectionString", string)], "")
    }

    pub(crate) fn connection_with(&mut self, name: &str, kind: &str, inner: &[Property<'_>], inside: &str) -> String {
        let id = self.guid();
        let inner = self.object("ConnectionManager", inner, inside);
        let path = format!("Package.ConnectionManagers[{name}]");
        let data = format!("<DTS:ObjectData>{inner}</DTS:ObjectData>");
        let object = self.named("ConnectionManager", &path, &id, name, &[("CreationName", kind)], &data);
        self.in_package.push(("ConnectionManagers", object));
        id
    }

    /// An OLE DB connection to a server that is as it should be.
    pub(crate) fn database(&mut self) -> String {
        self.connection("Planted Database", "OLEDB", SQL_SERVER)
    }

    /// A variable of the package or of the innermost container.
    pub(crate) fn variable(&mut self, name: &str, data_type: &str, value: &str, properties: &[Property<'_>]) {
        let id = self.guid();
        let value = format!("<DTS:VariableValue DTS:DataType=\"{data_type}\">{}</DTS:VariableValue>", escape(value));
        let properties = [&[("Namespace", "User")], properties].concat();
        let path = format!("{}.Variables[User::{name}]", self.path());
        let object = self.named("Variable", &path, &id, name, &properties, &value);
        let outer = self.random.below(2) == 0;
        if outer { &mut self.in_package } else { &mut self.in_container }.push(("Variables", object));
    }

    /// A package configuration.
    pub(crate) fn configuration(&mut self, kind: &str, string: &str, target: &str) {
        let id = self.guid();
        let properties = [("ConfigurationType", kind), ("ConfigurationString", string), ("ConfigurationVariable", target)];
        let object = self.named("Configuration", "", &id, "Planted", &properties, "");
        self.in_package.push(("Configurations", object));
        let on = self.boolean(true);
        self.set("EnableConfig", on);
    }

    /// An Execute SQL Task: the connection's id, the statement, further attributes as written, what is inside.
    pub(crate) fn sql_task(&mut self, name: &str, connection: &str, statement: &str, attributes: &str, inside: &str) -> Task {
        let data = format!(
            "<SQLTask:SqlTaskData SQLTask:Connection=\"{connection}\" SQLTask:SqlStatementSource=\"{}\" {attributes} \
             xmlns:SQLTask=\"www.microsoft.com/sqlserver/dts/tasks/sqltask\">{inside}</SQLTask:SqlTaskData>",
            escape(statement)
        );
        self.task(name, SQL, &[], "", &data)
    }

    /// A task that uses a connection, so that something can be said of it.
    pub(crate) fn using(&mut self, connection: &str) -> Task {
        self.sql_task("Planted Use", connection, "EXEC dbo.Refresh", "", "")
    }

    /// Any task: its class in both generations, its properties, what is inside before its data, its data.
    pub(crate) fn task(&mut self, name: &str, class: Class, properties: &[Property<'_>], inside: &str, data: &str) -> Task {
        let id = self.guid();
        let path = format!("{}\\{name}", self.path());
        let creation = match self.form {
            Form::Element => class.0,
            Form::Attribute => class.1,
        };
        let properties = [&[("CreationName", creation)], properties].concat();
        let data = if data.is_empty() { String::new() } else { format!("<DTS:ObjectData>{data}</DTS:ObjectData>") };
        let object = self.named("Executable", &path, &id, name, &properties, &format!("{inside}{data}"));
        let object = object.replacen("<DTS:Executable", &format!("<DTS:Executable DTS:ExecutableType=\"{creation}\""), 1);
        self.in_container.push(("Executables", object));
        Task { id, path }
    }

    /// A precedence constraint between two planted tasks.
    pub(crate) fn constraint(&mut self, from: &Task, to: &Task, properties: &[Property<'_>]) {
        let id = self.guid();
        let name = format!("Planted {}", self.ids);
        let path = format!("{}.PrecedenceConstraints[{name}]", self.path());
        let object = match self.form {
            Form::Element => {
                let ends = format!("<DTS:Executable IDREF=\"{}\" DTS:IsFrom=\"-1\"/><DTS:Executable IDREF=\"{}\" DTS:IsFrom=\"0\"/>", from.id, to.id);
                self.named("PrecedenceConstraint", &path, &id, &name, properties, &ends)
            }
            Form::Attribute => {
                let properties = [&[("From", &*from.path), ("To", &*to.path)], properties].concat();
                self.named("PrecedenceConstraint", &path, &id, &name, &properties, "")
            }
        };
        self.in_container.push(("PrecedenceConstraints", object));
    }

    /// Gives a task the id of another one.
    pub(crate) fn same_id(&mut self, one: &Task, other: &Task) {
        self.in_container.iter_mut().for_each(|(_, object)| *object = object.replace(&other.id, &one.id));
    }

    /// An expression on a property, to be put inside of an object.
    pub(crate) fn property_expression(property: &str, expression: &str) -> String {
        format!("<DTS:PropertyExpression DTS:Name=\"{property}\">{}</DTS:PropertyExpression>", escape(expression))
    }

    /// Sets a property of the package.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let value = escape(value);
        match self.form {
            Form::Element => {
                let open = format!("<DTS:Property DTS:Name=\"{name}\">");
                match self.text.find(&open) {
                    Some(start) => {
                        let start = start + open.len();
                        let end = start + self.text[start..].find('<').expect("a property ends");
                        self.text.replace_range(start..end, &value);
                    }
                    None => self.in_package.push(("", format!("{open}{value}</DTS:Property>"))),
                }
            }
            Form::Attribute => {
                let tag_end = self.text.find("<DTS:Property").expect("a package has a format version");
                let open = format!("DTS:{name}=\"");
                match self.text[..tag_end].find(&open) {
                    Some(start) => {
                        let start = start + open.len();
                        let end = start + self.text[start..].find('"').expect("an attribute ends");
                        self.text.replace_range(start..end, &value);
                    }
                    None => self.replace("<DTS:Executable", &format!("<DTS:Executable {open}{value}\"")),
                }
            }
        }
    }

    /// Changes the first place of a text that the clean package holds.
    pub(crate) fn replace(&mut self, old: &str, new: &str) {
        assert!(self.text.contains(old), "the clean package holds no {old}");
        self.text = self.text.replacen(old, new, 1);
    }

    /// Changes the first place of a text behind another one.
    pub(crate) fn replace_after(&mut self, mark: &str, old: &str, new: &str) {
        let start = self.text.find(mark).unwrap_or_else(|| panic!("the clean package holds no {mark}"));
        let at = start + self.text[start..].find(old).unwrap_or_else(|| panic!("there is no {old} behind {mark}"));
        self.text.replace_range(at..at + old.len(), new);
    }

    /// Whether the clean package holds a text.
    pub(crate) fn holds(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// Takes out what starts and ends so.
    pub(crate) fn remove(&mut self, open: &str, close: &str) {
        let start = self.text.find(open).unwrap_or_else(|| panic!("the clean package holds no {open}"));
        let end = start + self.text[start..].find(close).expect("it ends") + close.len();
        self.text.replace_range(start..end, "");
    }

    fn path(&self) -> String {
        std::iter::once("Package").chain(self.containers.iter().map(String::as_str)).collect::<Vec<_>>().join("\\")
    }

    fn named(&self, tag: &str, path: &str, id: &str, name: &str, properties: &[Property<'_>], inside: &str) -> String {
        let all = [&[("DTSID", id), ("ObjectName", name)], properties].concat();
        let object = self.object(tag, &all, inside);
        match self.form {
            Form::Attribute if !path.is_empty() => object.replacen(&format!("<DTS:{tag}"), &format!("<DTS:{tag} DTS:refId=\"{}\"", escape(path)), 1),
            _ => object,
        }
    }

    /// An object with its properties, unnamed.
    pub(crate) fn object(&self, tag: &str, properties: &[Property<'_>], inside: &str) -> String {
        let write = |(name, value): &Property<'_>| match self.form {
            Form::Element => format!("<DTS:Property DTS:Name=\"{name}\">{}</DTS:Property>", escape(value)),
            Form::Attribute => format!(" DTS:{name}=\"{}\"", escape(value)),
        };
        let written: String = properties.iter().map(write).collect();
        match self.form {
            Form::Element => format!("<DTS:{tag}>{written}{inside}</DTS:{tag}>"),
            Form::Attribute => format!("<DTS:{tag}{written}>{inside}</DTS:{tag}>"),
        }
    }

    /// The package with all that was planted.
    pub(crate) fn finish(mut self) -> String {
        let mut inner = std::mem::take(&mut self.in_container);
        while let Some(name) = self.containers.pop().filter(|_| !inner.is_empty()) {
            let inside = self.collections(inner);
            let path = self.path();
            let id = self.guid();
            let properties = [("CreationName", "STOCK:SEQUENCE")];
            let object = self.named("Executable", &format!("{path}\\{name}"), &id, &name, &properties, &inside);
            inner = vec![("Executables", object.replacen("<DTS:Executable", "<DTS:Executable DTS:ExecutableType=\"STOCK:SEQUENCE\"", 1))];
        }
        inner.append(&mut self.in_package);
        if self.form == Form::Element {
            let all: String = inner.into_iter().map(|(_, object)| object).collect();
            return insert(&self.text, self.text.rfind("</DTS:Executable>").expect("a package ends"), &all);
        }
        inner.into_iter().fold(self.text, |text, (collection, object)| insert_into(&text, collection, &object))
    }

    fn collections(&self, objects: Vec<(&'static str, String)>) -> String {
        if self.form == Form::Element {
            return objects.into_iter().map(|(_, object)| object).collect();
        }
        let of = |collection: &str| objects.iter().filter(|(own, _)| *own == collection).map(|(_, object)| object.as_str()).collect::<String>();
        let order = ["Variables", "Executables", "PrecedenceConstraints"];
        order.into_iter().map(|name| (name, of(name))).filter(|(_, all)| !all.is_empty()).map(|(name, all)| format!("<DTS:{name}>{all}</DTS:{name}>")).collect()
    }
}

/// Class of a task as old and as new files call it.
pub(crate) type Class = (&'static str, &'static str);

pub(crate) const SQL: Class = (
    "Microsoft.SqlServer.Dts.Tasks.ExecuteSQLTask.ExecuteSQLTask, Microsoft.SqlServer.SQLTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.ExecuteSQLTask",
);
pub(crate) const PROCESS: Class = (
    "Microsoft.SqlServer.Dts.Tasks.ExecuteProcess.ExecuteProcess, Microsoft.SqlServer.ExecProcTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.ExecuteProcess",
);
pub(crate) const FILE_SYSTEM: Class = (
    "Microsoft.SqlServer.Dts.Tasks.FileSystemTask.FileSystemTask, Microsoft.SqlServer.FileSystemTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.FileSystemTask",
);
pub(crate) const SEND_MAIL: Class = (
    "Microsoft.SqlServer.Dts.Tasks.SendMailTask.SendMailTask, Microsoft.SqlServer.SendMailTask, Version=10.0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91",
    "Microsoft.SendMailTask",
);
pub(crate) const DATA_FLOW: Class = ("SSIS.Pipeline.2", "Microsoft.Pipeline");
pub(crate) const SEQUENCE: Class = ("STOCK:SEQUENCE", "STOCK:SEQUENCE");
pub(crate) const FOR_LOOP: Class = ("STOCK:FORLOOP", "STOCK:FORLOOP");

/// A data source in a data flow: class id and class, and the name under which it calls its connection.
pub(crate) type SourceClass = (&'static str, &'static str);

pub(crate) const EXCEL_SOURCE: SourceClass = ("{A4B1E1C8-17F3-46C8-AAD0-34F0C6FE42DE}", "Microsoft.ExcelSource");

impl Plant<'_> {
    /// A data flow that reads a table of a connection and does nothing with it.
    pub(crate) fn reading_flow(&mut self, name: &str, class: SourceClass, manager: (&str, &str), table: &str) -> Task {
        let path = format!("{}\\{name}", self.path());
        let property = |name: &str, data_type: &str, value: &str| match self.form {
            Form::Element => format!("<property id=\"9{}\" name=\"{name}\" dataType=\"{data_type}\">{value}</property>", name.len()),
            Form::Attribute => format!("<property dataType=\"{data_type}\" name=\"{name}\">{value}</property>"),
        };
        let properties = [property("OpenRowset", "System.String", table), property("AccessMode", "System.Int32", "0")].concat();
        let data = match self.form {
            Form::Element => format!(
                "<pipeline id=\"0\"><components><component id=\"1\" name=\"Read\" componentClassID=\"{}\" version=\"1\"><properties>{properties}</properties>\
                 <connections><connection id=\"2\" name=\"OleDbConnection\" connectionManagerID=\"{}\"/></connections>\
                 <outputs><output id=\"3\" name=\"Output\"><outputColumns><outputColumn id=\"4\" name=\"Id\" lineageId=\"4\" dataType=\"i4\" externalMetadataColumnId=\"5\"/></outputColumns>\
                 <externalMetadataColumns isUsed=\"True\"><externalMetadataColumn id=\"5\" name=\"Id\" dataType=\"i4\"/></externalMetadataColumns></output></outputs>\
                 </component></components></pipeline>",
                class.0, manager.1
            ),
            Form::Attribute => format!(
                "<pipeline version=\"1\"><components><component refId=\"{path}\\Read\" name=\"Read\" componentClassID=\"{}\" version=\"1\"><properties>{properties}</properties>\
                 <connections><connection refId=\"{path}\\Read.Connections[OleDbConnection]\" name=\"OleDbConnection\" connectionManagerID=\"{1}\" connectionManagerRefId=\"{1}\"/></connections>\
                 <outputs><output refId=\"{path}\\Read.Outputs[Output]\" name=\"Output\"><outputColumns><outputColumn refId=\"{path}\\Read.Outputs[Output].Columns[Id]\" name=\"Id\" dataType=\"i4\" \
                 lineageId=\"{path}\\Read.Outputs[Output].Columns[Id]\" externalMetadataColumnId=\"{path}\\Read.Outputs[Output].ExternalColumns[Id]\"/></outputColumns>\
                 <externalMetadataColumns isUsed=\"True\"><externalMetadataColumn refId=\"{path}\\Read.Outputs[Output].ExternalColumns[Id]\" name=\"Id\" dataType=\"i4\"/></externalMetadataColumns></output></outputs>\
                 </component></components></pipeline>",
                class.1,
                if manager.0.is_empty() { String::new() } else { format!("Package.ConnectionManagers[{}]", manager.0) }
            ),
        };
        self.task(name, DATA_FLOW, &[], "", &data)
    }
}

/// Puts an object into a collection of the package, which comes before those of its containers.
fn insert_into(text: &str, collection: &str, object: &str) -> String {
    let (open, empty) = (format!("<DTS:{collection}>"), format!("<DTS:{collection} />"));
    let whole = format!("{open}{object}</DTS:{collection}>");
    let executables = text.find("<DTS:Executables>").expect("a clean package does something");
    if collection == "PrecedenceConstraints" {
        let end = text.rfind("</DTS:Executables>").expect("the collection ends");
        return match text[end..].find(&open) {
            Some(start) => insert(text, end + start + open.len(), object),
            None => insert(text, end + "</DTS:Executables>".len(), &whole),
        };
    }
    match (text[..executables + 1].find(&empty), text[..=executables + "<DTS:Executables>".len()].find(&open)) {
        (Some(start), _) => format!("{}{whole}{}", &text[..start], &text[start + empty.len()..]),
        (None, Some(start)) => insert(text, start + open.len(), object),
        (None, None) => insert(text, executables, &whole),
    }
}

fn insert(text: &str, at: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at..])
}

pub(crate) fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
