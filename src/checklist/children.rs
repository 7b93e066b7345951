//! Child packages that are not deployed with the project.

use super::builder::{Drafts, Source};
use super::inputs::Value;
use super::{Topic, advice, endpoints, inputs};
use crate::analysis::calls::Call;
use crate::analysis::connections::{Connections, User};
use crate::analysis::effective::Setting;

use crate::model::ConnectionManager;

/// One item per package that an Execute Package Task takes from a file or from a server.
pub(super) fn add(source: &Source<'_, '_>, list: &mut Drafts) {
    let asked_for = source.facts.calls().all().filter(|call| source.document(call.document).requested);
    for call in asked_for.filter(|call| !call.settings.use_project_reference) {
        let Some(package) = source.document(call.document).package() else { continue };
        let (Value { text, set_by }, is_file) = child(source, call);
        let advice = if is_file { advice::child_file } else { advice::child_on_server };
        list.item(Topic::Children, u8::from(!is_file), &text, advice)
            .object(&source.document(call.document).file, &package.executable(call.task).path)
            .details("set by", set_by);
    }
}

/// Where the child is, and whether that is a file.
fn child(source: &Source<'_, '_>, call: &Call<'_, '_>) -> (Value, bool) {
    let found = connection(source.facts.connections(), call);
    match found {
        Some((document, manager)) if manager.is("FILE") => {
            let path = source.facts.values(document).and_then(|values| inputs::value(&values, &Setting::of_connection(manager, "ConnectionString")));
            let path = path.unwrap_or_default();
            (Value { text: format!("package file {}", path.text), ..path }, true)
        }
        Some((document, manager)) => {
            let endpoint = endpoints::of_connection(source, document, manager);
            let server = endpoint.as_ref().and_then(|endpoint| endpoint.server.as_deref()).unwrap_or("…");
            (Value { text: format!("package {} in msdb of {server}", name(source, call)), set_by: Vec::new() }, false)
        }
        None => (Value { text: format!("package {} of a connection that is not at hand", name(source, call)), set_by: Vec::new() }, false),
    }
}

fn name(source: &Source<'_, '_>, call: &Call<'_, '_>) -> String {
    let package = source.document(call.document).package();
    let is_chosen = package.is_some_and(|package| package.executable(call.task).expression("PackageName").is_some());
    match &call.settings.package_name {
        _ if is_chosen => "chosen at run time".to_owned(),
        Some(name) => name.value.to_string(),
        None => "that the task does not name".to_owned(),
    }
}

fn connection<'s, 'a>(connections: &Connections<'s, 'a>, call: &Call<'_, '_>) -> Option<(usize, &'s ConnectionManager<'a>)> {
    let own = |user: &User<'_, '_>| matches!(user, User::Executable(id) if *id == call.task);
    let of_task = connections.of_executable(call.document, call.task).iter();
    of_task.filter(|reference| own(&reference.user) && reference.property == "Connection").find_map(|reference| connections.manager(reference.resolution))
}
