//! Output of an activity, or anything else in JSON: the strings in it are texts like others.

use serde_json::Value;

/// Longer documents are read as running text.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// Shorter values say nothing without their key.
const SHORT: usize = 12;

/// How deep a string may hold JSON that holds a string that holds JSON.
const DEPTH: usize = 4;

/// The texts of a document, one for each value, short ones behind their keys; none when it is not JSON.
pub(super) fn texts(document: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut values = serde_json::Deserializer::from_str(document.trim_start_matches('\u{feff}')).into_iter::<Value>();
    let first = values.next()?.ok()?;
    if !first.is_object() && !first.is_array() {
        return None;
    }
    collect("", first, DEPTH, &mut texts);
    // Further documents, as one per line, up to the first that is cut off.
    values.map_while(Result::ok).for_each(|value| collect("", value, DEPTH, &mut texts));
    Some(texts)
}

fn collect(key: &str, value: Value, depth: usize, texts: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.into_iter().for_each(|(key, value)| collect(&key, value, depth, texts)),
        Value::Array(values) => values.into_iter().for_each(|value| collect(key, value, depth, texts)),
        Value::String(text) => string(key, text, depth, texts),
        Value::Number(number) => texts.push(format!("{key}: {number}")),
        Value::Bool(_) | Value::Null => {}
    }
}

/// Text that stands alone keeps its own head; a short value is told by its key.
fn string(key: &str, text: String, depth: usize, texts: &mut Vec<String>) {
    let inner = depth.checked_sub(1).filter(|_| text.trim_start().starts_with(['{', '[']));
    match inner.and_then(|depth| serde_json::from_str::<Value>(&text).ok().map(|value| (depth, value))) {
        Some((depth, value)) => collect(key, value, depth, texts),
        None if text.len() < SHORT => texts.push(format!("{key}: {text}")),
        None => texts.push(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_come_out_with_their_line_breaks() {
        let text = texts(r#"{"errorCode": "2906", "output": {"OperationErrorMessages": "1/2/2024 x\n1/2/2024 y\n", "n": 41, "b": true}}"#).expect("JSON");
        assert_eq!(text, ["errorCode: 2906", "1/2/2024 x\n1/2/2024 y\n", "n: 41"]);
    }

    #[test]
    fn json_in_strings_is_opened() {
        let text = texts(r#"{"message": "{\"OperationErrorMessages\": \"a very long text indeed\"}"}"#).expect("JSON");
        assert_eq!(text, ["a very long text indeed"]);
    }

    #[test]
    fn other_texts_are_no_json() {
        for text in ["", "Error", "12", "\"x\"", "{\"a\": ", "[SSIS.Pipeline] Error: x"] {
            assert_eq!(texts(text), None, "{text}");
        }
    }
}
