//! What must come to pass before code gets to a place in a script: an error that it handles, or a branch that it takes.

use super::ui_in_script::last_word;
use crate::lang::script::Language;

/// The conditions in a script, all found in one pass over its code, which is in lower case.
#[derive(Default)]
pub(super) struct Conditions {
    /// From where on code is, or is no longer, where an error is handled.
    handlers: Vec<(usize, bool)>,
    /// From where on it is, or is no longer, in a branch.
    branches: Vec<(usize, bool)>,
}

impl Conditions {
    pub(super) fn of(code: &str, language: Language) -> Self {
        match language {
            Language::VisualBasic => Self { handlers: visual_basic_handlers(code), branches: visual_basic_branches(code) },
            _ => in_braces(code),
        }
    }

    /// What must come to pass before code gets there, if anything.
    pub(super) fn at(&self, place: usize) -> Option<&'static str> {
        let holds = |changes: &[(usize, bool)]| {
            let behind = changes.partition_point(|(from, _)| *from <= place);
            behind.checked_sub(1).is_some_and(|last| changes[last].1)
        };
        if holds(&self.handlers) { Some("where it handles an error") } else { holds(&self.branches).then_some("where it gets there") }
    }
}

fn visual_basic_handlers(code: &str) -> Vec<(usize, bool)> {
    let ends = |word: &'static str, begins| code.match_indices(word).map(move |(start, word)| (start + word.len(), begins));
    let mut changes: Vec<_> = ends("catch", true).chain(ends("end try", false)).collect();
    changes.sort_unstable();
    changes
}

/// Counts what is open since the method began, line by line; a line may be an `If … Then` of its own, which is a branch from `Then` on.
fn visual_basic_branches(code: &str) -> Vec<(usize, bool)> {
    let (mut changes, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for written in code.split('\n') {
        let line = written.trim();
        changes.push((start + 1, depth > 0));
        if let Some(then) = written.find(" then").filter(|_| line.starts_with("if ")) {
            changes.push((start + then + " then".len(), true));
        }
        depth = match line {
            "end if" | "end select" => depth.saturating_sub(1),
            _ if line.starts_with("end sub") || line.starts_with("end function") => 0,
            _ if line.starts_with("select case") || (line.starts_with("if ") && line.ends_with("then")) => depth + 1,
            _ => depth,
        };
        start += written.len() + 1;
    }
    changes
}

/// The blocks of C#, by the words that open them.
fn in_braces(code: &str) -> Conditions {
    let mut found = Conditions { handlers: Vec::new(), branches: vec![(0, is_guarded(code))] };
    let (mut blocks, mut catches, mut choices) = (Vec::new(), 0_usize, 0_usize);
    let (mut open, mut last) = (Vec::new(), None);
    for (place, mark) in code.match_indices(['{', '}', ';', '(', ')']) {
        match mark {
            "(" => open.push(place),
            ")" => last = open.pop(),
            "{" => {
                let word = opening_word(&code[..place], last);
                let (catch, choice) = (word == "catch", ["if", "else", "switch"].contains(&word));
                catches += usize::from(catch);
                choices += usize::from(choice);
                blocks.push((catch, choice));
            }
            "}" => {
                let (catch, choice) = blocks.pop().unwrap_or_default();
                catches -= usize::from(catch);
                choices -= usize::from(choice);
            }
            _ => {}
        }
        if !["(", ")"].contains(&mark) {
            let behind = place + mark.len();
            found.handlers.push((behind, catches > 0));
            found.branches.push((behind, choices > 0 || is_guarded(&code[behind..])));
        }
    }
    found
}

/// Whether the statement that begins here is the one of an `if` without a block.
fn is_guarded(code: &str) -> bool {
    let statement = code.trim_start();
    ["if", "else"].iter().any(|word| statement.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')))
}

/// The word before a block: `catch` of `catch (…)`, `if` of `if (…)`. `parenthesis` is what the last closing one belongs to.
fn opening_word(before: &str, parenthesis: Option<usize>) -> &str {
    let head = before.trim_end();
    if !head.ends_with(')') {
        return last_word(head);
    }
    parenthesis.map_or("", |at| last_word(&head[..at]))
}
