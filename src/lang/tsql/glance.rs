//! What most texts have no trace of, told without reading them.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::pattern::pattern;

/// Every word and sign by which a text leaves or needs something in its session.
static SESSION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)#|\btran|\bcommit\b|\brollback\b|\bset\b|\buse\b|\bcursor\b|\bsp_"));

/// A function that goes elsewhere, `EXEC (…) AT`, or three dots with names between them. Blanks and comments may stand around a name.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    const GAP: &str = r"(?:\s|--.*|/\*(?s:.*)\*/)*";
    const NAME: &str = r#"(?:\[(?:[^\]]|\]\])*\]?|"(?:[^"]|"")*"?|(?:\w|[@#$])*)"#;
    let inner = format!(r"\.{GAP}{NAME}{GAP}");
    pattern(&format!(r"(?i)\bopen|\bat\b|{inner}{inner}\."))
});

/// Whether a text may use temporary tables, transactions, options, another database, a cursor, a lock or a value of its session. Where it says no,
/// a [`Batch`](super::Batch) has none.
#[must_use]
pub fn may_touch_session(text: &str) -> bool {
    SESSION.is_match(text)
}

/// Whether a text may read through a linked server or an ad hoc source. Where it says no, a [`Batch`](super::Batch) does not.
#[must_use]
pub fn may_go_elsewhere(text: &str) -> bool {
    ELSEWHERE.is_match(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lang::tsql::Batch;

    const WORDS: &str = r#"(SELECT|FROM|[a-d]|\.|\.\.|\[a,b\]|\[e\]\]f\]|"x y"|"g""h"|#t|INTO|BEGIN TRAN|COMMIT|ROLLBACK|SET NOCOUNT ON|SET DATEFORMAT dmy|USE db|EXEC|AT srv|sp_getapplock|'x'|--c
|/\*|\*/|,|\(|\)|OPENQUERY\(s, 'x'\)|OPENROWSET|DECLARE c CURSOR GLOBAL|é| |
)"#;

    proptest! {
        #[test]
        fn no_is_certain(words in proptest::collection::vec(WORDS, 0..12), spaced in any::<bool>()) {
            let text = words.join(if spaced { " " } else { "" });
            let batch = Batch::read(&text);
            if !may_touch_session(&text) {
                prop_assert!(batch.temp_tables().is_empty() && batch.session_options().is_empty() && !batch.leaves_session_state(), "{}", text);
                prop_assert_eq!(batch.transactions(), Default::default(), "{}", text);
            }
            if !may_go_elsewhere(&text) {
                prop_assert!(batch.linked_servers().is_empty() && batch.remote_sources().is_empty(), "{}", text);
            }
        }
    }

    #[test]
    fn plain_statements_are_known() {
        assert!(!may_touch_session("SELECT a.x, b.y, c.z FROM dbo.Customer a JOIN dbo.House b ON a.k = b.k"));
        assert!(!may_go_elsewhere("SELECT a.x, b.y, c.z FROM db.dbo.Customer a WHERE a.k = b.k AND c.z > 1.5"));
        assert!(may_go_elsewhere("SELECT * FROM [srv,1].db..t"));
    }
}
