//! Text made comparable.

/// Lower case, every run of blanks one blank, every kind of quotation mark the plain one: messages are copied from consoles, pages and
/// grids, which change all three.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '\'' | '`' | '´' | '\u{2018}'..='\u{201f}' | '«' | '»' => folded.push('"'),
            '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn what_copying_changes_is_made_one() {
        assert_eq!(fold("Component\u{a0} “X”\r\n\tFAILED ‘É’"), "component \"x\" failed \"é\"");
    }
}
