//! Writes objects into a clean package, in whichever generation it is written.

use super::classes::{Class, SQL};
use super::edit::{insert, insert_into};
use super::project::Project;
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

/// What the innermost container is: a sequence, if nothing else is said.
#[derive(Clone, Debug, Default)]
struct Container {
    class: Option<&'static str>,
    properties: Vec<(&'static str, &'static str)>,
    before: String,
    after: String,
}

/// A package into which a fault is planted. Tasks come into new sequence containers, none or several deep; connection managers into the package.
pub(crate) struct Plant<'r> {
    pub(crate) form: Form,
    pub(super) random: &'r mut Random,
    pub(super) variant: usize,
    asked: usize,
    /// The other documents of its project.
    pub(crate) project: Project,
    pub(super) text: String,
    containers: Vec<String>,
    innermost: Container,
    in_container: Vec<(&'static str, String)>,
    pub(super) in_package: Vec<(&'static str, String)>,
    ids: u32,
}

const DEEPEST: usize = 4;

impl<'r> Plant<'r> {
    pub(crate) fn new(text: &str, form: Form, project: Project, variant: usize, random: &'r mut Random) -> Self {
        let containers = (0..random.below(DEEPEST)).map(|level| format!("Step {level}")).collect();
        Self {
            form,
            random,
            variant,
            asked: 0,
            project,
            text: text.to_owned(),
            containers,
            innermost: Container::default(),
            in_container: Vec::new(),
            in_package: Vec::new(),
            ids: 0,
        }
    }

    /// Puts tasks directly into the package.
    pub(crate) fn at_top(&mut self) {
        self.containers.clear();
    }

    /// Puts tasks into a container with these properties, however deep.
    pub(crate) fn contain(&mut self, properties: &[(&'static str, &'static str)]) {
        if self.containers.is_empty() {
            self.containers.push("Step".to_owned());
        }
        self.innermost.properties.extend_from_slice(properties);
    }

    /// Puts tasks into a Foreach loop: its enumerator with its data, and the variable that takes the first value.
    pub(crate) fn each(&mut self, enumerator: &str, data: &str, variable: &str) {
        self.contain(&[]);
        self.innermost.class = Some("STOCK:FOREACHLOOP");
        let data = format!("<DTS:ObjectData>{data}</DTS:ObjectData>");
        self.innermost.before = self.object("ForEachEnumerator", &[("CreationName", enumerator)], &data);
        let mapping = self.object("ForEachVariableMapping", &[("ValueIndex", "0"), ("VariableName", variable)], "");
        self.innermost.after = self.collected("ForEachVariableMappings", &mapping);
    }

    /// A Foreach loop over files.
    pub(crate) fn each_file(&mut self, mask: &str, variable: &str) {
        let properties = format!("<FEFEProperty Folder=\"in\"/><FEFEProperty FileSpec=\"{mask}\"/><FEFEProperty FileNameRetrievalType=\"0\"/>");
        let data = format!("<ForEachFileEnumeratorProperties>{properties}</ForEachFileEnumeratorProperties>");
        self.each("Microsoft.ForEachFileEnumerator", &data, variable);
    }

    /// One of several ways to say the same. Every way has its turn, and not always in the same package.
    pub(crate) fn one_of<T: Copy>(&mut self, ways: &[T]) -> T {
        const STRIDES: [usize; 4] = [1, 7, 11, 13];
        const BASES: usize = 4;
        let turn = self.variant * STRIDES[self.asked % STRIDES.len()] + self.variant / BASES;
        self.asked += 1;
        ways[turn % ways.len()]
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

    /// A parameter of the package, which new files have.
    pub(crate) fn parameter(&mut self, name: &str, properties: &[Property<'_>], value: &str) {
        let id = self.guid();
        let properties = [&[("DataType", "8")], properties].concat();
        let value = format!("<DTS:Property DTS:DataType=\"8\" DTS:Name=\"ParameterValue\">{}</DTS:Property>", escape(value));
        let object = self.named("PackageParameter", "", &id, name, &properties, &value);
        self.in_package.push(("PackageParameters", object));
    }

    /// A variable of the package or of the innermost container.
    pub(crate) fn variable(&mut self, name: &str, data_type: &str, value: &str, properties: &[Property<'_>]) {
        let path = self.path();
        let inner = self.variable_of(&path, name, data_type, value, properties);
        let outer = self.one_of(&[true, false]);
        if outer { &mut self.in_package } else { &mut self.in_container }.push(("Variables", inner));
    }

    /// A variable of the package, which its connection managers see, too.
    pub(crate) fn outer_variable(&mut self, name: &str, data_type: &str, value: &str) {
        let object = self.variable_of("Package", name, data_type, value, &[]);
        self.in_package.push(("Variables", object));
    }

    fn variable_of(&mut self, owner: &str, name: &str, data_type: &str, value: &str, properties: &[Property<'_>]) -> String {
        let id = self.guid();
        let value = format!("<DTS:VariableValue DTS:DataType=\"{data_type}\">{}</DTS:VariableValue>", escape(value));
        let properties = [&[("Namespace", "User")], properties].concat();
        self.named("Variable", &format!("{owner}.Variables[User::{name}]"), &id, name, &properties, &value)
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

    pub(super) fn path(&self) -> String {
        std::iter::once("Package").chain(self.containers.iter().map(String::as_str)).collect::<Vec<_>>().join("\\")
    }

    pub(super) fn named(&self, tag: &str, path: &str, id: &str, name: &str, properties: &[Property<'_>], inside: &str) -> String {
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

    /// Objects in the collection that new files put around them.
    pub(crate) fn collected(&self, collection: &str, objects: &str) -> String {
        match self.form {
            Form::Element => objects.to_owned(),
            Form::Attribute => format!("<DTS:{collection}>{objects}</DTS:{collection}>"),
        }
    }

    /// The package with all that was planted, and the rest of its project.
    pub(crate) fn finish(mut self) -> (String, Project) {
        let text = self.finished_text();
        (text, self.project)
    }

    fn finished_text(&mut self) -> String {
        if self.in_container.is_empty() && self.in_package.is_empty() {
            return std::mem::take(&mut self.text);
        }
        let mut inner = std::mem::take(&mut self.in_container);
        while let Some(name) = self.containers.pop().filter(|_| !inner.is_empty()) {
            let inside = self.collections(inner);
            inner = vec![("Executables", self.container(&name, &inside))];
        }
        inner.append(&mut self.in_package);
        if self.form == Form::Element {
            let all: String = inner.into_iter().map(|(_, object)| object).collect();
            return insert(&self.text, self.text.rfind("</DTS:Executable>").expect("a package ends"), &all);
        }
        inner.into_iter().fold(std::mem::take(&mut self.text), |text, (collection, object)| insert_into(&text, collection, &object))
    }

    /// The container of that name around what is inside; the innermost comes first.
    fn container(&mut self, name: &str, inside: &str) -> String {
        let own = std::mem::take(&mut self.innermost);
        let class = own.class.unwrap_or("STOCK:SEQUENCE");
        let properties = [&[("CreationName", class)], &*own.properties].concat();
        let (path, id) = (format!("{}\\{name}", self.path()), self.guid());
        let object = self.named("Executable", &path, &id, name, &properties, &[&*own.before, inside, &*own.after].concat());
        object.replacen("<DTS:Executable", &format!("<DTS:Executable DTS:ExecutableType=\"{class}\""), 1)
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

pub(crate) fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
