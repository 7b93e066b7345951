//! The list as Markdown, with a box to tick for each item.

use std::io::{self, Write};

use super::render_human::{OBJECTS, VALUES, bounded, by_actions, places};
use super::{Action, Checklist, Item};
use crate::report::markdown_text as escaped;

/// Writes the list.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_markdown(list: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Before the packages can run\n\n- Targets: {}\n- Packages: {}", escaped(&list.targets.join(", ")), list.packages)?;
    for error in &list.errors {
        writeln!(out, "- Could not be read: {}: {}", escaped(&error.file), escaped(&error.message))?;
    }
    for group in &list.groups {
        writeln!(out, "\n## {}", escaped(group.title))?;
        for (actions, items) in by_actions(&group.items) {
            writeln!(out)?;
            actions.iter().try_for_each(|action| write_action(action, list, out))?;
            writeln!(out)?;
            items.iter().try_for_each(|item| write_item(item, out))?;
        }
    }
    Ok(())
}

/// A hard line break between the texts for different targets.
fn write_action(action: &Action, list: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    if action.targets == list.targets {
        return writeln!(out, "{}", escaped(action.text));
    }
    writeln!(out, "**{}**: {}  ", escaped(&action.targets.join(", ")), escaped(action.text))
}

fn write_item(item: &Item, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "- [ ] {}", escaped(&item.what))?;
    for detail in &item.details {
        writeln!(out, "  - {}: {}", escaped(detail.name), escaped(&bounded(&detail.values, detail.count, VALUES)))?;
    }
    if item.object_count > 0 {
        writeln!(out, "  - for {}", escaped(&bounded(&places(&item.objects), item.object_count, OBJECTS)))?;
    }
    Ok(())
}
