//! What tasks and loops do, from the data below `DTS:ObjectData`.

use std::borrow::Cow;

use super::{DTS, NONE, SQL_TASK, XENC, data_flow, names, object, script, task_tables};
use crate::model::{
    ConnectionReference, Enumerator, Executable, ExecutableKind, ExecutePackage, ExecuteSql, ForEachLoop, ForLoop, LoopMapping, ParameterAssignment,
    ParameterBinding, PathValue, Properties, Property, ReferenceKind, ResultBinding, StatementSource, Task, Text,
};
use crate::xml::Element;

/// Reads the task of an executable whose own properties have been read.
pub(super) fn read_into<'a>(element: Element<'_, 'a>, executable: &mut Executable<'a>) {
    let data = element.child(DTS, "ObjectData").and_then(|data| data.children().next());
    executable.task = match (executable.kind, data) {
        (ExecutableKind::ForLoop, _) => Task::ForLoop(Box::new(for_loop(element))),
        (ExecutableKind::ForEachLoop, _) => Task::ForEachLoop(Box::new(for_each_loop(element))),
        (ExecutableKind::DataFlow, Some(pipeline)) => Task::DataFlow(Box::new(data_flow::read(pipeline, &executable.path))),
        (ExecutableKind::ExecuteSql, Some(data)) => Task::ExecuteSql(Box::new(execute_sql(data))),
        (ExecutableKind::ExecutePackage, Some(data)) => Task::ExecutePackage(Box::new(execute_package(data))),
        (ExecutableKind::Script, Some(data)) => Task::Script(Box::new(script::read_task(data))),
        (ExecutableKind::Expression, Some(data)) => Task::Expression(data.attribute(NONE, "Expression").map(object::attribute_text).unwrap_or_default()),
        _ => Task::None,
    };
    if let Some(data) = data.filter(|_| executable.kind != ExecutableKind::DataFlow) {
        executable.settings = settings(data, executable.kind == ExecutableKind::Script);
    }
    executable.connections = connections(executable);
    executable.paths = paths(executable);
}

fn attribute<'a>(element: Element<'_, 'a>, name: &str) -> Option<Text<'a>> {
    element.attribute(SQL_TASK, name).or_else(|| element.attribute(NONE, name)).map(object::attribute_text)
}

/// Attributes and element texts of a task's data, sensitive ones left out; of a script project only its attributes, the files are in the script.
fn settings<'a>(data: Element<'_, 'a>, own_only: bool) -> Properties<'a> {
    let mut settings = Properties(attributes(data).collect());
    let below = data.descendants().filter(|_| !own_only).filter(|element| !element.is(XENC, "EncryptedData") && element.namespace() != XENC);
    for element in below.filter(|element| !object::is_sensitive(*element)) {
        settings.0.extend(attributes(element).map(|property| Property { name: Property::NESTED, ..property }));
        if element.children().next().is_none() {
            let is_own = element.parent().is_some_and(|parent| parent.span() == data.span());
            let name = if is_own { Cow::Borrowed(element.local_name()) } else { Property::NESTED };
            settings.0.push(Property { name, value: object::element_text(element) });
        }
    }
    settings
}

fn attributes<'a>(element: Element<'_, 'a>) -> impl Iterator<Item = Property<'a>> {
    element.attributes().map(|attribute| Property { name: Cow::Borrowed(attribute.local_name()), value: object::attribute_text(attribute) })
}

fn execute_sql<'a>(data: Element<'_, 'a>) -> ExecuteSql<'a> {
    let text = |name| attribute(data, name);
    let source = match text("SqlStmtSourceType").unwrap_or_default().as_str() {
        "FileConnection" => StatementSource::FileConnection,
        "Variable" => StatementSource::Variable,
        _ => StatementSource::DirectInput,
    };
    let bindings = |name: &'static str| data.children().filter(move |child| child.local_name() == name);
    let field = |element: Element<'_, 'a>, name| attribute(element, name).unwrap_or_default();
    ExecuteSql {
        statement: text("SqlStatementSource").unwrap_or_default(),
        source,
        result_type: text("ResultType").or_else(|| text("ResultSetType")).map(|text| text.value).unwrap_or_default(),
        is_stored_procedure: text("IsStoredProc").is_some_and(|text| crate::model::flag(text.as_str()) == Some(true)),
        parameters: bindings("ParameterBinding")
            .map(|binding| ParameterBinding {
                name: field(binding, "ParameterName"),
                variable: field(binding, "DtsVariableName"),
                direction: field(binding, "ParameterDirection").value,
                data_type: field(binding, "DataType").value,
            })
            .collect(),
        results: bindings("ResultBinding")
            .map(|binding| ResultBinding { name: field(binding, "ResultName"), variable: field(binding, "DtsVariableName") })
            .collect(),
    }
}

fn execute_package<'a>(data: Element<'_, 'a>) -> ExecutePackage<'a> {
    let text = |name| data.child(NONE, name).map(object::element_text).filter(|text| !text.is_blank());
    let flag = |name| text(name).is_some_and(|text| crate::model::flag(text.as_str()) == Some(true));
    let part = |assignment: Element<'_, 'a>, name| assignment.child(NONE, name).map(object::element_text).unwrap_or_default();
    ExecutePackage {
        use_project_reference: flag("UseProjectReference"),
        execute_out_of_process: flag("ExecuteOutOfProcess"),
        package_name: text("PackageName"),
        connection: text("Connection"),
        assignments: data
            .children_named(NONE, "ParameterAssignment")
            .map(|assignment| ParameterAssignment { parameter: part(assignment, "ParameterName"), source: part(assignment, "BindedVariableOrParameterName") })
            .collect(),
    }
}

fn for_loop<'a>(element: Element<'_, 'a>) -> ForLoop<'a> {
    let expression = |name| object::property(element, name).filter(|text| !text.is_blank());
    ForLoop { init: expression("InitExpression"), eval: expression("EvalExpression"), assign: expression("AssignExpression") }
}

fn for_each_loop<'a>(element: Element<'_, 'a>) -> ForEachLoop<'a> {
    let mappings = object::members(element, "ForEachVariableMappings", "ForEachVariableMapping")
        .map(|mapping| LoopMapping { variable: object::property(mapping, "VariableName").unwrap_or_default(), index: object::value(mapping, "ValueIndex") });
    ForEachLoop { enumerator: element.child(DTS, "ForEachEnumerator").map(enumerator), mappings: mappings.collect() }
}

fn enumerator<'a>(element: Element<'_, 'a>) -> Enumerator<'a> {
    let creation_name = object::value(element, "CreationName");
    let data = element.children_named(DTS, "ObjectData").flat_map(Element::descendants);
    let settings = Properties(data.flat_map(attributes).collect());
    Enumerator { kind: names::enumerator_kind(&creation_name), creation_name, settings, expressions: object::expressions(element), span: element.tag_span() }
}

/// References to connection managers, by the table of the task's kind.
fn connections<'a>(executable: &Executable<'a>) -> Vec<ConnectionReference<'a>> {
    let mut references: Vec<_> = task_tables::connection_settings(executable.kind)
        .iter()
        .filter(|row| row.applies(&executable.settings))
        .filter_map(|row| Some((row, executable.settings.get(row.setting)?)))
        .filter(|(_, text)| !text.is_blank())
        .filter(|(row, text)| !row.may_be_path || !task_tables::looks_like_path(text.as_str()))
        .map(|(row, text)| ConnectionReference { property: Cow::Borrowed(row.setting), target: text.clone(), kind: ReferenceKind::Any })
        .collect();
    if let Task::ForEachLoop(for_each) = &executable.task {
        let settings = for_each.enumerator.as_ref().map(|enumerator| &enumerator.settings);
        let document = settings.filter(|settings| settings.text("SourceType") == "FileConnection").and_then(|settings| settings.get("SourceDocument"));
        references.extend(document.map(|text| ConnectionReference {
            property: Cow::Borrowed("SourceDocument"),
            target: text.clone(),
            kind: ReferenceKind::Any,
        }));
    }
    references
}

/// Literal paths, by the table of the task's kind.
fn paths<'a>(executable: &Executable<'a>) -> Vec<PathValue<'a>> {
    let mut paths: Vec<_> = task_tables::path_settings(executable.kind)
        .iter()
        .filter(|row| row.applies(&executable.settings))
        .filter_map(|row| Some((row, executable.settings.get(row.setting)?)))
        .filter(|(row, text)| !text.is_blank() && (!row.may_be_connection || task_tables::looks_like_path(text.as_str())))
        .map(|(row, text)| PathValue { property: row.property, path: text.clone() })
        .collect();
    if executable.kind == ExecutableKind::Package {
        let checkpoint = executable.properties.get("CheckpointFileName").filter(|text| !text.is_blank());
        paths.extend(checkpoint.map(|text| PathValue { property: "CheckpointFileName", path: text.clone() }));
    }
    if let Task::ForEachLoop(for_each) = &executable.task {
        let folder = for_each.enumerator.as_ref().and_then(|enumerator| enumerator.settings.get("Folder")).filter(|text| !text.is_blank());
        paths.extend(folder.map(|text| PathValue { property: "Directory", path: text.clone() }));
    }
    paths
}
