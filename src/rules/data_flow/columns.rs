//! What rules on the columns of data flows share.

use foldhash::HashMap;

use crate::analysis::lineage::{Lineage, Origin};
use crate::analysis::overrides::configured;
use crate::model::{Column, Component, ExecutableId, Package, Port};
use crate::rules::Scope;

/// The name of an input column: 2005 and 2008 files leave it to the column that it carries.
pub(in crate::rules) fn name_of<'c>(lineage: &'c Lineage<'_, '_>, column: &'c Column<'_>) -> &'c str {
    if !column.name.is_empty() {
        return &column.name;
    }
    lineage.origin(&column.lineage).map_or(&*column.lineage, |origin| &origin.column.name)
}

/// The column that says the type of an input column: itself, or in 2005 and 2008 files the column that it carries.
pub(in crate::rules) fn typed<'c>(lineage: &'c Lineage<'_, '_>, column: &'c Column<'c>) -> &'c Column<'c> {
    if !column.data_type.is_empty() {
        return column;
    }
    lineage.origin(&column.lineage).map_or(column, |origin| origin.column)
}

/// The columns of an input with the external columns that they are mapped to.
pub(in crate::rules) fn mapped<'c, 'a>(port: &'c Port<'a>) -> Vec<(&'c Column<'a>, &'c Column<'a>)> {
    let external: HashMap<&str, &Column<'a>> = port.external_columns.iter().map(|column| (&*column.id, column)).collect();
    port.columns.iter().filter_map(|column| Some((column, *external.get(&*column.external)?))).collect()
}

/// Names of the string columns of flat files and sheets that come to a destination as they were read, by what they are mapped to.
pub(in crate::rules) fn file_text<'s>(
    lineage: &Lineage<'s, '_>,
    component: &Component<'_>,
    wanted: impl Fn(&Origin<'s, '_>, &Column<'_>) -> bool,
) -> Vec<&'s str> {
    let is_source = |component: &Component<'_>| component.is("FlatFileSource") || component.is("ExcelSource");
    if !lineage.components().any(is_source) {
        return Vec::new();
    }
    let pairs = component.inputs.iter().flat_map(mapped);
    let origins = pairs.filter_map(|(column, external)| Some((lineage.origin(&column.lineage)?, external)));
    let texts = origins.filter(|(origin, _)| matches!(&*origin.column.data_type, "str" | "wstr"));
    let from_files = texts.filter(|(origin, _)| is_source(origin.component));
    from_files.filter(|(origin, external)| wanted(origin, external)).map(|(origin, _)| &*origin.column.name).collect()
}

/// What its ports and columns do with rows that fail, and with values that are too long.
pub(in crate::rules) fn dispositions<'c>(component: &'c Component<'_>) -> impl Iterator<Item = &'c str> {
    component.inputs.iter().chain(&component.outputs).flat_map(|port| {
        let of_columns = port.columns.iter().flat_map(|column| [&*column.error_disposition, &*column.truncation_disposition]);
        [&*port.error_disposition, &*port.truncation_disposition].into_iter().chain(of_columns)
    })
}

/// Whether it is one of these components.
pub(in crate::rules) fn is_any(component: &Component<'_>, classes: &[&str]) -> bool {
    classes.iter().any(|class| component.is(class))
}

/// Whether an expression or a configuration sets a property of the component. Both know it as one of the data flow task.
pub(in crate::rules) fn is_replaced(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, property: &str) -> bool {
    let task = package.executable(executable);
    let name = format!("[{}].[{property}]", component.name.value);
    task.expression(&name).is_some() || configured(scope.project, package, &format!("\\{}", task.path), &name).is_some()
}
