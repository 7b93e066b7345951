//! Connection managers, of packages and in `.conmgr` files.
//!
//! The same element name stands twice: the manager (`DTS:ConnectionManager` with a creation name) and, in its `DTS:ObjectData`, the connection's data.
//! Native types write the data like any object of their generation; managed types write plain attributes; the Oracle connector plain elements.

use std::borrow::Cow;

use super::{DTS, NONE, Unread, XENC, object, paths, protection};
use crate::model::{ConnectionManager, Properties, Property, ProtectedValue};
use crate::xml::{Element, Tree};

/// Connection managers of a package.
pub(super) fn read_package_connections<'a>(root: Element<'_, 'a>) -> Result<Vec<ConnectionManager<'a>>, Unread> {
    object::members(root, "ConnectionManagers", "ConnectionManager").map(|element| read_one(element, "Package")).collect()
}

/// Collects the sensitive places of a package's connection managers.
pub(super) fn collect_protected<'a>(root: Element<'_, 'a>, connections: &[ConnectionManager<'a>], values: &mut Vec<ProtectedValue<'a>>) {
    for (element, connection) in object::members(root, "ConnectionManagers", "ConnectionManager").zip(connections) {
        protection::collect(element, &connection.path, values);
    }
}

/// Reads a `.conmgr` document.
pub(super) fn read_project_connection<'a>(tree: &Tree<'a>, values: &mut Vec<ProtectedValue<'a>>) -> Result<ConnectionManager<'a>, Unread> {
    let root = tree.root();
    let mut connection = read_one(root, "Project")?;
    if let Some(protection) = protection::whole_element(root) {
        connection.encrypted = true;
        values.push(ProtectedValue { object: connection.path.to_string(), property: "".into(), protection, blank: false, span: root.tag_span() });
    } else {
        protection::collect(root, &connection.path, values);
    }
    Ok(connection)
}

fn read_one<'a>(element: Element<'_, 'a>, owner: &str) -> Result<ConnectionManager<'a>, Unread> {
    let name = object::property(element, "ObjectName").unwrap_or_default();
    let path = object::path(element, owner, "ConnectionManagers", &name.value);
    paths::check(&path, element.tag_span())?;
    Ok(ConnectionManager {
        path,
        name,
        id: object::value(element, "DTSID"),
        creation_name: object::property(element, "CreationName").unwrap_or_default(),
        properties: object::properties(element),
        settings: settings(element),
        columns: columns(element),
        expressions: object::expressions(element),
        span: element.tag_span(),
        encrypted: false,
    })
}

/// Everything in the manager's data: properties of native types, attributes of managed ones, texts of simple elements.
fn settings<'a>(manager: Element<'_, 'a>) -> Properties<'a> {
    let mut settings = Properties::default();
    for data in manager.children_named(DTS, "ObjectData").flat_map(Element::children) {
        add_object(data, &mut settings);
    }
    settings
}

/// The columns of a flat file.
fn columns<'a>(manager: Element<'_, 'a>) -> Vec<Properties<'a>> {
    let data = manager.children_named(DTS, "ObjectData").flat_map(Element::children);
    data.flat_map(|data| object::members(data, "FlatFileColumns", "FlatFileColumn")).map(object::properties).collect()
}

/// The data element, and below it the `DTS:FtpConnection` and `DTS:HttpConnection` of those types; columns are left out.
fn add_object<'a>(data: Element<'_, 'a>, settings: &mut Properties<'a>) {
    settings.0.extend(object::properties(data).0);
    settings.0.extend(plain_attributes(data));
    for child in data.children().filter(|child| is_setting(*child)) {
        if child.is(DTS, "FtpConnection") || child.is(DTS, "HttpConnection") {
            settings.0.extend(object::properties(child).0);
        } else if child.children().next().is_none() {
            settings.0.push(Property { name: Cow::Borrowed(child.local_name()), value: object::element_text(child) });
        }
    }
}

fn is_setting(child: Element<'_, '_>) -> bool {
    !child.is(DTS, "Property") && !child.is(XENC, "EncryptedData") && !object::is_sensitive(child)
}

fn plain_attributes<'a>(data: Element<'_, 'a>) -> impl Iterator<Item = Property<'a>> {
    data.attributes()
        .filter(|attribute| attribute.namespace() == NONE)
        .map(|attribute| Property { name: Cow::Borrowed(attribute.local_name()), value: object::attribute_text(attribute) })
}
