//! Output of an activity, or anything else in JSON: the strings in it are texts like others.

use std::fmt::Write as _;

use serde_json::Value;

/// Longer documents are read as running text.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// How deep a string may hold JSON that holds a string that holds JSON.
const DEPTH: usize = 4;

/// The texts of a document, one line or more for each value, keys before numbers and short words; none when it is not JSON.
pub(super) fn texts(document: &str) -> Option<String> {
    let mut texts = String::new();
    let mut values = serde_json::Deserializer::from_str(document.trim_start_matches('\u{feff}')).into_iter::<Value>();
    let first = values.next()?.ok()?;
    if !first.is_object() && !first.is_array() {
        return None;
    }
    collect("", &first, DEPTH, &mut texts);
    // Further documents, as one per line, up to the first that is cut off.
    values.map_while(Result::ok).for_each(|value| collect("", &value, DEPTH, &mut texts));
    Some(texts)
}

fn collect(key: &str, value: &Value, depth: usize, texts: &mut String) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(key, value, depth, texts);
            }
            texts.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| collect(key, value, depth, texts)),
        Value::String(text) => string(key, text, depth, texts),
        Value::Number(number) => {
            let _ = writeln!(texts, "{key}: {number}\n");
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// Text that stands alone keeps its own head; a short value is told by its key.
fn string(key: &str, text: &str, depth: usize, texts: &mut String) {
    let inner = depth.checked_sub(1).filter(|_| text.trim_start().starts_with(['{', '[']));
    match inner.and_then(|depth| serde_json::from_str::<Value>(text).ok().map(|value| (depth, value))) {
        Some((depth, value)) => collect(key, &value, depth, texts),
        None if text.len() < 12 => {
            let _ = writeln!(texts, "{key}: {text}\n");
        }
        None => {
            let _ = writeln!(texts, "{text}\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_out_with_their_line_breaks() {
        let text = texts(r#"{"errorCode": "2906", "output": {"OperationErrorMessages": "1/2/2024 x\n1/2/2024 y\n", "n": 41, "b": true}}"#).expect("JSON");
        assert_eq!(text, "errorCode: 2906\n\n1/2/2024 x\n1/2/2024 y\n\n\nn: 41\n\n\n\n");
    }

    #[test]
    fn json_in_strings_is_opened() {
        let text = texts(r#"{"message": "{\"OperationErrorMessages\": \"a very long text indeed\"}"}"#).expect("JSON");
        assert!(text.starts_with("a very long text indeed"), "{text}");
    }

    #[test]
    fn other_texts_are_no_json() {
        for text in ["", "Error", "12", "\"x\"", "{\"a\": ", "[SSIS.Pipeline] Error: x"] {
            assert_eq!(texts(text), None, "{text}");
        }
    }
}
