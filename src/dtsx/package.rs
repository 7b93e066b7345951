//! Packages and package parts.

use std::borrow::Cow;

use super::{DTS, NONE, Unread, XENC, configuration, connection, executable, names, object, parameters, protection};
use crate::model::{EncryptionScope, Executable, ExecutableKind, Generation, LogProvider, Package, ProtectedValue, Protection, ProtectionLevel};
use crate::xml::{Element, Tree};

/// Reads a package document.
pub(super) fn read<'a>(tree: &Tree<'a>) -> Result<Package<'a>, Unread> {
    let root = tree.root();
    match whole_encryption(root) {
        Some(protection) => Ok(read_encrypted(root, protection)),
        None => read_plain(tree),
    }
}

/// `EncryptAllWithPassword` replaces the root; `EncryptAllWithUserKey` keeps its start tag, marks it `Encrypted` and replaces its children.
fn whole_encryption(root: Element<'_, '_>) -> Option<Protection> {
    if root.is(XENC, "EncryptedData") {
        return protection::whole_element(root);
    }
    let marked = root.attribute(NONE, "Encrypted").is_some_and(|mark| crate::model::flag(&mark.value()) == Some(true));
    if marked { Some(Protection::UserKey) } else { protection::whole_element(root) }
}

fn read_encrypted<'a>(root: Element<'_, 'a>, protection: Protection) -> Package<'a> {
    let implied = match protection {
        Protection::UserKey => ProtectionLevel::EncryptAllWithUserKey,
        _ => ProtectionLevel::EncryptAllWithPassword,
    };
    let level = object::property(root, "ProtectionLevel");
    Package {
        generation: if root.attribute(DTS, "refId").is_some() { Generation::Attribute } else { generation(root) },
        protection_level: level.as_ref().and_then(|text| ProtectionLevel::parse(text.as_str())).unwrap_or(implied),
        protection_level_text: level,
        encryption: EncryptionScope::Whole(protection),
        executables: vec![Executable {
            path: Cow::Borrowed("Package"),
            name: object::property(root, "ObjectName").unwrap_or_default(),
            id: object::value(root, "DTSID"),
            kind: ExecutableKind::Package,
            properties: object::properties(root),
            span: root.tag_span(),
            ..Executable::default()
        }],
        protected_values: vec![ProtectedValue { object: "Package".into(), property: "".into(), protection, blank: false, span: root.tag_span() }],
        ..Package::default()
    }
}

fn read_plain<'a>(tree: &Tree<'a>) -> Result<Package<'a>, Unread> {
    let root = tree.root();
    let mut protected_values = Vec::new();
    let search = protection::is_worth_searching(tree);
    let executables = executable::read_tree(root, search.then_some(&mut protected_values))?;
    let connections = connection::read_package_connections(root)?;
    let parameters = parameters::read_package_parameters(root);
    if search {
        connection::collect_protected(root, &connections, &mut protected_values);
        for (element, parameter) in object::members(root, "PackageParameters", "PackageParameter").zip(&parameters) {
            parameters::collect_protected(element, parameter, &mut protected_values);
        }
        protected_values.sort_by_key(|value| value.span);
    }
    let level = object::property(root, "ProtectionLevel");
    Ok(Package {
        format_version: object::number(root, "PackageFormatVersion").and_then(|number| number.try_into().ok()),
        generation: generation(root),
        is_part: executables[0].creation_name.eq_ignore_ascii_case("Microsoft.DTSPackagePart"),
        protection_level: level.as_ref().and_then(|text| ProtectionLevel::parse(text.as_str())).unwrap_or_default(),
        protection_level_text: level,
        encryption: protection::scope(root, &protected_values),
        executables,
        connections,
        configurations: configuration::read_all(root),
        parameters,
        log_providers: object::members(root, "LogProviders", "LogProvider").map(read_log_provider).collect(),
        protected_values,
        ..Package::default()
    })
}

/// Old files have `ExecutableType` as the root's only attribute; new ones name the root by `refId`.
fn generation(root: Element<'_, '_>) -> Generation {
    let attributes = root.attributes().filter(|attribute| attribute.namespace() == DTS).count();
    if attributes > 1 || root.attribute(DTS, "refId").is_some() { Generation::Attribute } else { Generation::Element }
}

fn read_log_provider<'a>(element: Element<'_, 'a>) -> LogProvider<'a> {
    let name = object::property(element, "ObjectName").unwrap_or_default();
    let creation_name = object::value(element, "CreationName");
    // Some files keep the string in the provider's data, as an inner object of old style.
    let inner = || element.child(DTS, "ObjectData").and_then(|data| data.children().find_map(|inner| object::property(inner, "ConfigString")));
    LogProvider {
        path: format!("Package.LogProviders[{}]", object::escape_name(&name.value)),
        name,
        id: object::value(element, "DTSID"),
        kind: names::log_provider_kind(&creation_name),
        creation_name,
        config_string: object::property(element, "ConfigString").or_else(inner).filter(|text| !text.is_blank()),
        expressions: object::expressions(element),
        description: object::property(element, "Description").filter(|text| !text.is_blank()),
        span: element.tag_span(),
    }
}
