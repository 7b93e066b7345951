//! Any bytes as the log of a failed run: read, judged and written down. Its first line as a question for `explain`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::diagnose;

fuzz_target!(|log: &[u8]| {
    let diagnosis = diagnose::diagnose(log).expect("a slice can be read");
    let mut out = Vec::new();
    diagnose::write_human(&diagnosis, "input", true, &mut out).expect("a vector is written to");
    String::from_utf8(out).expect("text is written");
    let mut out = Vec::new();
    diagnose::write_json(&diagnosis, "input", &mut out).expect("a vector is written to");
    serde_json::from_slice::<serde_json::Value>(&out).expect("JSON is written");
    // Somebody has typed it.
    let question = String::from_utf8_lossy(&log[..log.len().min(200)]);
    let question = question.lines().next().unwrap_or_default();
    match diagnose::answer(question) {
        Some(answer) => diagnose::write_answer(&answer, &mut Vec::new()).expect("a vector is written to"),
        None => drop((diagnose::describe(question), diagnose::suggestions(question))),
    }
});
