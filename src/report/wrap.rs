//! Lines of a width.

use super::escape::line;

/// Breaks a text between words after a head, further lines indented, steering characters made visible. A word wider than the line is left whole, so that
/// it can be copied.
pub(crate) fn wrap(head: &str, text: &str, width: usize, indentation: usize) -> String {
    let mut wrapped = head.to_owned();
    let mut column = head.chars().count();
    let mut fresh = head.is_empty() || head.ends_with(' ');
    for word in line(text).split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !fresh && column + 1 + length > width {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indentation));
            column = indentation;
        } else if !fresh {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
        fresh = false;
    }
    wrapped
}
