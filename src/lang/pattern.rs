//! Constant patterns that compile quickly: a run over one file compiles each that it needs, and reads little with it.

use regex::Regex;

/// The characters of words, by the blocks that hold letters: each letter by itself would take a thousand ranges. Signs such as `§` and `€` are none. All
/// cases are in, and to look for the other case of each character would take longest of all.
const WORD: &str = r"(?-i:[0-9A-Za-z_\u{AA}\u{B5}\u{BA}\u{C0}-\u{1FFF}\u{2C00}-\u{2DFF}\u{3005}-\u{D7FF}\u{F900}-\u{FDFF}])";

/// Compiles a constant pattern. `\w`, which must not stand in brackets, stands for the characters of words, `\b` for a boundary between ASCII characters: others make the search slow in every
/// text that is not ASCII.
pub fn pattern(text: &str) -> Regex {
    let text = text.replace(r"\w", WORD).replace(r"\b", r"(?-u:\b)");
    Regex::new(&text).expect("internal error: a constant pattern is wrong")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn words_are_those_of_every_language() {
        let word = pattern(r"^(?:\w|\.)+$");
        assert!(["Größe_1.Пароль", "パスワード", "סיסמה", "e\u{301}"].iter().all(|text| word.is_match(text)));
        assert!(["a b", "a§", "a€", "a-b", "\u{1F600}"].iter().all(|text| !word.is_match(text)));
        assert!(pattern(r"\bgo\b").is_match("a go") && !pattern(r"\bgo\b").is_match("ago"));
    }
}
