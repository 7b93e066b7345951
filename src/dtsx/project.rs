//! `.dtproj` files and the manifest of an archive. Both hold the same `SSIS:Project` element; old and package-model projects list packages instead.

use super::{NONE, SSIS, object, parameters, protection};
use crate::model::{DeploymentModel, ProjectFile, ProjectPackage, ProjectSetting, ProtectedValue, ProtectionLevel, Text};
use crate::xml::{Element, Tree};

/// Whether a `Project` root is one of Integration Services: other project files share the name.
pub(super) fn is_integration_services(root: Element<'_, '_>) -> bool {
    const MARKS: [&str; 4] = ["DeploymentModel", "DeploymentModelSpecificContent", "DTSPackages", "DTSPackage"];
    root.children().any(|child| MARKS.contains(&child.local_name()))
}

/// Reads the `@Project.manifest` of an archive.
pub(super) fn read_manifest<'a>(tree: &Tree<'a>, values: &mut Vec<ProtectedValue<'a>>) -> ProjectFile<'a> {
    let mut file = ProjectFile { is_manifest: true, ..ProjectFile::default() };
    read_ssis_project(tree.root(), &mut file, values);
    file
}

/// Reads a `.dtproj`.
pub(super) fn read_dtproj<'a>(tree: &Tree<'a>, values: &mut Vec<ProtectedValue<'a>>) -> ProjectFile<'a> {
    let root = tree.root();
    let mut file = ProjectFile { deployment_model: deployment_model(root), ..ProjectFile::default() };
    for child in root.children() {
        match child.local_name() {
            "DeploymentModelSpecificContent" => read_content(child, &mut file, values),
            "DTSPackages" => file.packages.extend(listed_packages(child)),
            "ControlFlowParts" => file.parts.extend(child.descendants().filter(|element| element.local_name() == "FullPath").map(object::element_text)),
            "Configurations" => child.children().for_each(|configuration| read_configuration(configuration, &mut file)),
            _ => {}
        }
    }
    file
}

/// Projects before 2012 do not say, and know only the package model.
fn deployment_model(root: Element<'_, '_>) -> DeploymentModel {
    match root.child(NONE, "DeploymentModel") {
        Some(model) if model.text().trim().eq_ignore_ascii_case("Project") => DeploymentModel::Project,
        _ => DeploymentModel::Package,
    }
}

fn read_content<'a>(content: Element<'_, 'a>, file: &mut ProjectFile<'a>, values: &mut Vec<ProtectedValue<'a>>) {
    for child in content.children_named(NONE, "Manifest").flat_map(Element::children) {
        if child.is(SSIS, "Project") {
            read_ssis_project(child, file, values);
        } else if child.local_name() == "DTSPackages" {
            file.packages.extend(listed_packages(child));
        }
    }
}

fn listed_packages<'a>(list: Element<'_, 'a>) -> impl Iterator<Item = ProjectPackage<'a>> {
    list.children().filter(|child| child.local_name().eq_ignore_ascii_case("DtsPackage")).map(|package| {
        let name = package.child(NONE, "FullPath").or_else(|| package.child(NONE, "Name"));
        ProjectPackage { name: name.map(object::element_text).unwrap_or_default(), entry_point: true, ..ProjectPackage::default() }
    })
}

fn read_ssis_project<'a>(project: Element<'_, 'a>, file: &mut ProjectFile<'a>, values: &mut Vec<ProtectedValue<'a>>) {
    if let Some(level) = project.attribute(SSIS, "ProtectionLevel") {
        file.protection_level = ProtectionLevel::parse(&level.value());
        file.protection_level_span = level.span();
    }
    if let Some(protection) = protection::whole_element(project) {
        values.push(ProtectedValue { object: "Project".into(), property: "".into(), protection, blank: false, span: project.tag_span() });
    } else {
        protection::collect(project, "Project", values);
        read_members(project, file);
    }
    file.encryption = protection::scope(project, values);
}

fn read_members<'a>(project: Element<'_, 'a>, file: &mut ProjectFile<'a>) {
    file.name = parameters::setting(project, "Name").unwrap_or_default();
    file.target_server_versions.extend(parameters::setting(project, "TargetServerVersion").filter(|text| !text.is_blank()));
    for member in project.children() {
        match member.local_name() {
            "Packages" => file.packages.extend(member.children_named(SSIS, "Package").map(read_package)),
            "ConnectionManagers" => file.connection_managers.extend(member.children_named(SSIS, "ConnectionManager").filter_map(name)),
            "DeploymentInfo" => read_deployment_info(member, file),
            _ => {}
        }
    }
}

fn name<'a>(element: Element<'_, 'a>) -> Option<Text<'a>> {
    element.attribute(SSIS, "Name").map(object::attribute_text)
}

fn read_package<'a>(element: Element<'_, 'a>) -> ProjectPackage<'a> {
    let entry_point = element.attribute(SSIS, "EntryPoint").is_none_or(|mark| mark.value().trim() == "1");
    ProjectPackage { name: name(element).unwrap_or_default(), entry_point, ..ProjectPackage::default() }
}

/// Repeats every connection property and package parameter, and keeps a copy of each package's level and id.
fn read_deployment_info<'a>(info: Element<'_, 'a>, file: &mut ProjectFile<'a>) {
    for element in info.descendants() {
        if element.is(SSIS, "Parameter") {
            file.settings.extend(read_setting(element));
        } else if element.is(SSIS, "PackageMetaData") {
            copy_metadata(element, file);
        }
    }
}

fn copy_metadata<'a>(metadata: Element<'_, 'a>, file: &mut ProjectFile<'a>) {
    let Some(name) = name(metadata) else { return };
    if let Some(package) = file.packages.iter_mut().find(|package| package.name.value == name.value) {
        package.protection_level = parameters::setting(metadata, "ProtectionLevel").and_then(|text| ProtectionLevel::parse(text.as_str()));
        package.id = parameters::setting(metadata, "ID").filter(|text| !text.is_blank());
    }
}

fn read_setting<'a>(parameter: Element<'_, 'a>) -> Option<ProjectSetting<'a>> {
    let sensitive = parameters::setting(parameter, "Sensitive").is_some_and(|text| crate::model::flag(text.as_str()) == Some(true));
    let value = parameters::setting(parameter, "Value").filter(|text| !sensitive && !text.is_blank());
    Some(ProjectSetting { name: name(parameter)?, sensitive, value })
}

/// A build configuration: its target version, and the values it gives to parameters.
fn read_configuration<'a>(configuration: Element<'_, 'a>, file: &mut ProjectFile<'a>) {
    let Some(options) = configuration.child(NONE, "Options") else { return };
    file.target_server_versions.extend(options.child(NONE, "TargetServerVersion").map(object::element_text).filter(|text| !text.is_blank()));
    for setting in options.children_named(NONE, "ParameterConfigurationValues").flat_map(Element::children) {
        let text = |name| setting.child(NONE, name).map(object::element_text);
        if let Some(name) = text("Name") {
            file.settings.push(ProjectSetting { name, sensitive: false, value: text("Value").filter(|value| !value.is_blank()) });
        }
    }
}
