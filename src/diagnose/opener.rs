//! Where a message begins in running text, and what its head says.
//!
//! Heads differ with the tool that writes, the language of Windows and what a page has made of them; codes and the order of the parts stay.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::code;
use super::record::{Level, Record};

const CODE: &str = r"0x[0-9A-Fa-f]{1,8}\b|-[0-9]{9,10}\b";

/// Beginnings anywhere in a line.
static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| {
    let level = capitalised();
    let parts = [
        // dtexec and job history: `Error: 2019-10-03 06:10:22.41`, then `Code: 0xC0202009 Source: …`
        format!(r"(?:{level}) ?:\s+\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d"),
        r"\b\p{L}{3,12} ?:\s*(?:0x[0-9A-Fa-f]{1,8}|-[0-9]{9,10})\s*(?:,|\p{L}[\p{L} ]{2,20} ?:|$)".to_owned(),
        // The designer: `Error: 0xC0202009 at Load, Source [1]: …`, and the wizard: `Error 0xc0202009: Load: …`
        format!(r"(?:{level}) ?:?\s+(?:{CODE})(?:\s+\p{{L}}{{1,4}}\s| ?:)"),
        r"\bError (?:at|loading) ".to_owned(),
        // Azure: `3/11/2019 6:20:13 AM +00:00 : Load:Error: …`
        r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d(?: [AP]M)?(?: [+-]\d\d:\d\d)? ?: ".to_owned(),
        r"\bLog:\s+Name: ".to_owned(),
        // XML log provider
        "<record>".to_owned(),
        // Ends of messages, and what the host says around them
        r#"\bEnd (?:Error|Warning|Info|Log|Progress)\b|\bFin de(?: l['’])? ?(?:error|erreur|advertencia)|\bDTExec: |\bTask failed: |\bSSIS package ["“”]"#
            .to_owned(),
    ];
    pattern(&parts.join("|"))
});

/// Beginnings at the start of a line.
static AT_START: LazyLock<Regex> = LazyLock::new(|| {
    let level = capitalised();
    let parts = [
        // Progress tab: `[Source [1]] Error: …`, its first bracket easily lost in copying
        format!(r"^[^\]\n]{{0,160}}\]{{1,2}} ?(?:{level}) ?:\s"),
        // Catalog: `Load:Error: …`
        format!(r"^\W{{0,8}}[^:\n]{{1,160}}(?::[^:\n]{{1,80}})?:(?:{level}) ?:\s"),
        // Text log provider
        r"^(?:On[A-Z][A-Za-z]+|PackageStart|PackageEnd|Diagnostic[A-Za-z]*|User:\w+),".to_owned(),
    ];
    pattern(&parts.join("|"))
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: the pattern of messages is wrong")
}

/// Level words as they stand at the head of a message: the first letter large, where there are such.
fn capitalised() -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    Level::words().split('|').map(capital).collect::<Vec<_>>().join("|")
}

/// Places in a line where messages begin, in order.
pub(super) fn openings(line: &str) -> Vec<usize> {
    let at_start = AT_START.find(line).map(|found| (0, found.end()));
    let mut places: Vec<usize> = at_start.map(|(start, _)| start).into_iter().collect();
    let from = at_start.map_or(0, |(_, end)| end);
    places.extend(ANYWHERE.find_iter(line).filter(|found| found.start() >= from && !is_inner(line, found)).map(|found| found.start()));
    places
}

/// What has the form of a head and stands inside a message: `Hresult: 0x80040E4D Description: …`, and `Error loading …` behind the head of its message.
fn is_inner(line: &str, head: &Match<'_>) -> bool {
    let is = |words: &str| head.as_str().get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words));
    is("hresult") || (is("error loading ") && line.get(..head.start()).is_some_and(|before| before.trim_end().ends_with(':')))
}

/// Whether a text is no more than `Error: 2019-10-03 06:10:22.41`: its message follows on the next line.
pub(super) fn is_stamp(text: &str) -> bool {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*\p{L}+ ?:\s+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.,\d]*\s*$"));
    STAMP.is_match(text)
}

struct Head {
    pattern: Regex,
    read: fn(&Captures<'_>) -> (Option<Level>, String),
}

fn group(found: &Captures<'_>, name: &str) -> String {
    found.name(name).map(|group| group.as_str().trim().to_owned()).unwrap_or_default()
}

fn level(found: &Captures<'_>) -> Option<Level> {
    let word = found.name("level").and_then(|word| Level::of_word(word.as_str()));
    let code = found.name("code").and_then(|code| code::canonical(code.as_str())).and_then(|code| Level::of_code(&code));
    word.or(code)
}

static HEADS: LazyLock<Vec<Head>> = LazyLock::new(|| {
    let words = capitalised();
    let plain = |found: &Captures<'_>| (level(found), group(found, "source"));
    let event = |found: &Captures<'_>| {
        let level = match &group(found, "event")[..] {
            "OnError" | "OnTaskFailed" => Some(Level::Error),
            "OnWarning" => Some(Level::Warning),
            _ => Some(Level::Info),
        };
        (level, group(found, "source"))
    };
    let descriptions =
        "Description|Descripción|Descripci.n|Beschreibung|Descrizione|Descrição|Omschrijving|Beskrivning|Описание|Açıklama|Opis|说明|説明|설명|描述";
    vec![
        // Stamp, code, source, description, in any language; the source may be missing, and so may its label.
        Head {
            pattern: pattern(&format!(
                r"^\s*(?:(?P<level>{words}) ?:\s+\d{{4}}-\d\d-\d\d [\d:.,]+\s+)?\p{{L}}+ ?:\s*(?P<code>{CODE})\s*(?:\p{{L}}+ ?:\s*(?P<source>[^\n]{{0,300}}?)\s*(?:{descriptions}) ?:|,|$|\p{{L}}+ ?:)"
            )),
            read: plain,
        },
        Head { pattern: pattern(&format!(r"^(?P<level>{words}) ?:?\s+(?P<code>{CODE})\s+\p{{L}}{{1,4}}\s+(?P<source>.{{1,300}}?): ")), read: plain },
        Head { pattern: pattern(&format!(r"^(?P<level>{words}) ?:?\s+(?P<code>{CODE}) ?: ?(?P<source>[^:\n]{{1,160}}): ")), read: plain },
        Head { pattern: pattern(r"^(?P<level>Error) (?:at|loading) (?P<source>[^:\n]{1,200}?) ?: "), read: plain },
        Head { pattern: pattern(&format!(r"^\W{{0,4}}(?P<source>[^\]\n]{{0,160}}\]?)\] ?(?P<level>{words}) ?:\s")), read: plain },
        Head {
            pattern: pattern(&format!(
                r"^(?:\d{{1,2}}/\d{{1,2}}/\d{{4}} \d{{1,2}}:\d\d:\d\d(?: [AP]M)?(?: [+-]\d\d:\d\d)? ?: )?\W{{0,8}}(?P<source>[^\n]{{1,240}}?):(?P<level>{words}) ?:\s"
            )),
            read: plain,
        },
        Head { pattern: pattern(r"^(?P<event>On[A-Z][A-Za-z]+),[^,]*,[^,]*,(?P<source>[^,]*),"), read: event },
        Head { pattern: pattern(r"(?s)^<record>\s*<event>(?P<event>\w+)</event>.*?(?:<source>(?P<source>[^<]*)</source>|$)"), read: event },
        Head { pattern: pattern(r"^Log:\s+Name: (?P<event>\w+).*?Source Name: (?P<source>.{0,200}?) Source GUID"), read: event },
    ]
});

/// A record of a text that begins where a message does.
pub(super) fn record(text: &str) -> Record {
    let found = HEADS.iter().find_map(|head| head.pattern.captures(text).map(|found| (head.read)(&found)));
    let (level, source) = found.unwrap_or_default();
    Record { level: level.unwrap_or_default(), source, text: text.trim().to_owned(), ..Record::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> (Level, String) {
        assert_eq!(openings(text).first(), Some(&0), "{text}");
        let record = record(text);
        (record.level, record.source)
    }

    #[test]
    fn heads_of_every_tool() {
        let long = "Error: 2020-01-02 03:04:05.06     Code: 0xC0202009     Source: Load Orders Connection manager \"Sales\"      Description: SSIS Error";
        for (text, level, source) in [
            (long, Level::Error, "Load Orders Connection manager \"Sales\""),
            ("Code: 0xC0202009 Source: [17] Description: x", Level::Error, "[17]"),
            ("Code: 0xC0016016 Source: Description: Failed", Level::Error, ""),
            ("Código: 0x80012014     Origen: Carga      Descripción: x", Level::Warning, "Carga"),
            ("Code: -1073602332, Subcomponent: (null), Description: x", Level::Error, ""),
            ("Error: 0xC0047022 at Load, SSIS.Pipeline: x", Level::Error, "Load, SSIS.Pipeline"),
            ("Fehler: 0xC0047022 bei Laden: x", Level::Error, "Laden"),
            ("Error: 0x1 at Clean up: x", Level::Error, "Clean up"),
            ("Information: 0x4004300A at Load: x", Level::Info, "Load"),
            ("Error 0xc02020a1: Data Flow Task 1: Data conversion failed.", Level::Error, "Data Flow Task 1"),
            ("Error at Load [Connection manager \"A\"]: x", Level::Error, "Load [Connection manager \"A\"]"),
            ("[Lookup Key[27]] Error: x", Level::Error, "Lookup Key[27]"),
            ("[OLE DB Source [1]] Warning: x", Level::Warning, "OLE DB Source [1]"),
            ("Destination] Error: x", Level::Error, "Destination"),
            ("Load: part 2:Error: x", Level::Error, "Load: part 2"),
            ("3/11/2019 6:20:13 AM +00:00 : SCR - Read:Error: x", Level::Error, "SCR - Read"),
            ("OnError,PC,CORP\\me,Load,{1},{2},1/2/2020,1/2/2020,-1073594105,0x,x", Level::Error, "Load"),
            ("<record><event>OnError</event><message>a &lt; b</message>\n<source>Load</source></record>", Level::Error, "Load"),
            ("<record><event>PackageStart</event><message>x", Level::Info, ""),
            ("Log: Name: OnError Computer: PC Source Name: Load Source GUID: {1} Message: x", Level::Error, "Load"),
        ] {
            assert_eq!(head(text), (level, source.to_owned()), "{text}");
        }
    }

    #[test]
    fn inner_codes_open_nothing() {
        for text in [
            "Source: \"Native Client\"  Hresult: 0x80040E4D  Description: \"Login failed\"",
            "An OLE DB error has occurred. Error code: 0x80004005.  An OLE DB record is available.",
            "failed with error code 0xC0202009.  There may be error messages",
            "Description: Error loading from XML. No further detailed error information can be specified",
            "XML node \"X\" with error 0x80070002 \"The system cannot find the file specified.\"",
        ] {
            assert!(openings(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn one_line_of_job_history_holds_many() {
        let text = "Executed as user: X.  Error: 2020-01-02 03:04:05.06     Code: 0xC0202009     Source: A      Description: x  End Error  DTExec: y";
        assert_eq!(openings(text).len(), 4, "{:?}", openings(text));
    }
}
