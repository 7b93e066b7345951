//! The list for people, in a terminal.

use std::io::{self, Write};

use super::{Action, Checklist, Item, Place};
use crate::report::wrap;

const WIDTH: usize = 100;

/// Values that are shown of a side of an item.
pub(super) const VALUES: usize = 8;

/// Objects that are shown of an item.
pub(super) const OBJECTS: usize = 3;

/// Writes the list: the advice once for the items it is for, the items under it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_human(list: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    let packages = format!("{} package{}", list.packages, if list.packages == 1 { "" } else { "s" });
    writeln!(out, "Before {packages} can run on {}", list.targets.join(", "))?;
    for error in &list.errors {
        writeln!(out, "{}", wrap("could not be read:", &format!("{}: {}", error.file, error.message), WIDTH, 2))?;
    }
    for group in &list.groups {
        writeln!(out, "\n{}", group.title)?;
        for (actions, items) in by_actions(&group.items) {
            actions.iter().try_for_each(|action| writeln!(out, "{}", wrap(&head(action, list), action.text, WIDTH, 4)))?;
            items.iter().try_for_each(|item| write_item(item, out))?;
        }
    }
    if list.groups.is_empty() {
        writeln!(out, "\nNothing that the packages ask for.")?;
    }
    Ok(())
}

/// The items in their order, those with the same advice together.
pub(super) fn by_actions(items: &[Item]) -> Vec<(&[Action], Vec<&Item>)> {
    let mut blocks: Vec<(&[Action], Vec<&Item>)> = Vec::new();
    for item in items {
        match blocks.iter_mut().find(|(actions, _)| *actions == item.actions.as_slice()) {
            Some((_, items)) => items.push(item),
            None => blocks.push((&item.actions, vec![item])),
        }
    }
    blocks
}

/// The targets of an advice, unless it is for all.
fn head(action: &Action, list: &Checklist) -> String {
    if action.targets == list.targets { "  ".to_owned() } else { format!("  {}:", action.targets.join(", ")) }
}

fn write_item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", wrap("  [ ] ", &item.what, WIDTH, 8))?;
    for detail in &item.details {
        let head = format!("        {}:", detail.name);
        writeln!(out, "{}", wrap(&head, &bounded(&detail.values, detail.count, VALUES), WIDTH, 10))?;
    }
    if item.object_count > 0 {
        writeln!(out, "{}", wrap("        for ", &bounded(&places(&item.objects), item.object_count, OBJECTS), WIDTH, 10))?;
    }
    Ok(())
}

/// Each file once, with its objects.
pub(super) fn places(objects: &[Place]) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    let mut file = None;
    for place in objects {
        let own = (&place.file, &place.member);
        let name = place.member.as_ref().map_or_else(|| place.file.clone(), |member| format!("{} › {member}", place.file));
        places.push(match (file == Some(own), place.object.is_empty()) {
            (_, true) => name,
            (true, false) => place.object.clone(),
            (false, false) => format!("{name} · {}", place.object),
        });
        file = Some(own);
    }
    places
}

/// The first ones, and how many more there are.
pub(super) fn bounded(values: &[String], count: usize, most: usize) -> String {
    let shown = values.iter().take(most).map(String::as_str).collect::<Vec<_>>();
    let more = count - shown.len();
    let list = shown.join("; ");
    if more == 0 { list } else { format!("{list}; and {more} more") }
}
