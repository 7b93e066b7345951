//! Parameters that want a value where the project is deployed.

use foldhash::HashSet;

use super::builder::{Drafts, Source};
use super::{Topic, advice};
use crate::analysis::references::Resolution;
use crate::masks::Masks;
use crate::model::{DocumentKind, Parameter};

/// The required ones first, then the sensitive ones, then those that something reads, with their defaults.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    let used = used(source);
    let passed = passed(source);
    for (index, document) in source.project.documents.iter().enumerate() {
        let (scope, parameters): (&str, &[Parameter<'_>]) = match &document.kind {
            DocumentKind::Parameters(parameters) => ("$Project", parameters),
            DocumentKind::Package(package) if document.requested => ("$Package", &package.parameters),
            _ => continue,
        };
        for parameter in parameters.iter().filter(|parameter| used.contains(&std::ptr::from_ref(*parameter).cast()) || parameter.required) {
            let (rank, what) = described(scope, parameter, source.masks);
            let advice = if parameter.required { advice::required_parameter } else { advice::parameter };
            let item = list.item(Topic::Parameters, rank, &what, advice).object(&document.file, &parameter.path);
            item.details("passed by", passed.iter().filter(|(child, name, _)| *child == index && *name == parameter.name.as_str()).map(|entry| &entry.2));
        }
    }
}

fn described(scope: &str, parameter: &Parameter<'_>, masks: &Masks<'_>) -> (u8, String) {
    let data_type = Some(parameter.type_name()).filter(|name| *name != "Unknown").map(|name| format!(" ({name})"));
    let name = format!("{scope}::{}{}", parameter.name.value, data_type.unwrap_or_default());
    let default = parameter.value.as_ref().map_or("", |value| value.value.trim());
    let is_secret = parameter.sensitive || masks.hides(parameter.name.as_str());
    match (parameter.required, is_secret) {
        (true, true) => (0, format!("{name}, required and secret")),
        (true, false) => (0, format!("{name}, required")),
        (false, true) => (1, format!("{name}, secret")),
        (false, false) if default.is_empty() => (2, format!("{name}, empty by default")),
        (false, false) => (3, format!("{name}, by default {}", shortened(default))),
    }
}

/// A default that fills pages tells no more than its beginning.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 120;
    let beginning: String = value.chars().take(LONGEST).collect();
    if beginning.len() < value.len() { format!("{beginning}…") } else { beginning }
}

/// The parameters that something which can run reads, by their address in the model.
fn used(source: &Source<'_, '_>) -> HashSet<*const ()> {
    let packages = source.packages().map(|(index, _, _)| index);
    let connections = source.connections().map(|(index, _)| index);
    let indices: HashSet<usize> = packages.chain(connections).collect();
    let references = indices.into_iter().filter_map(|index| source.facts.references(index)).flat_map(|references| &references.entries);
    let parameters = references.filter(|entry| entry.enabled).filter_map(|entry| match entry.resolution {
        Resolution::Parameter(parameter) => Some(std::ptr::from_ref(parameter).cast()),
        _ => None,
    });
    parameters.collect()
}

/// The parameters that Execute Package Tasks pass: child, name, task.
fn passed<'p>(source: &Source<'p, '_>) -> Vec<(usize, &'p str, &'p str)> {
    let mut passed = Vec::new();
    for call in source.facts.calls().all() {
        let Some((child, package)) = call.child.zip(source.document(call.document).package()) else { continue };
        let task = &*package.executable(call.task).path;
        passed.extend(call.settings.assignments.iter().map(|assignment| (child, assignment.parameter.as_str(), task)));
    }
    passed
}
