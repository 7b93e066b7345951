//! One message of a log.

use super::fold::fold;

/// The longest text of a record that is looked at; what is longer is a dump.
pub(super) const LONGEST: usize = 16 * 1024;

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// How bad it says it is.
    pub(super) level: Level,
    /// Who says it: task, component, package, as the log has it.
    pub(super) source: String,
    /// Package, where the log has a place for it.
    pub(super) package: String,
    /// The message with all around it.
    pub(super) text: String,
}

/// How bad a message says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    /// The log does not say.
    #[default]
    Unknown,
    /// Progress and information.
    Info,
    /// The run goes on.
    Warning,
    /// An error.
    Error,
}

/// Words for levels in the languages that SQL Server speaks.
const ERROR: [&str; 18] = [
    "error",
    "fehler",
    "erreur",
    "errore",
    "erro",
    "fout",
    "fel",
    "feil",
    "fejl",
    "virhe",
    "ошибка",
    "hata",
    "błąd",
    "chyba",
    "hiba",
    "错误",
    "エラー",
    "오류",
];
const WARNING: [&str; 14] = [
    "warning",
    "warnung",
    "avertissement",
    "advertencia",
    "avviso",
    "aviso",
    "waarschuwing",
    "varning",
    "предупреждение",
    "uyarı",
    "ostrzeżenie",
    "警告",
    "경고",
    "warn",
];
const INFO: [&str; 12] =
    ["information", "info", "informationen", "informations", "información", "informazioni", "informações", "progress", "информация", "信息", "情報", "정보"];

impl Level {
    /// The level that a word names.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let is = |words: &[&str]| words.contains(&word.as_str());
        match () {
            () if is(&ERROR) => Some(Self::Error),
            () if is(&WARNING) => Some(Self::Warning),
            () if is(&INFO) => Some(Self::Info),
            () => None,
        }
    }

    /// The level of a message of SSIS with this code at its head: the first digit is the severity.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        match code.strip_prefix("0x")?.as_bytes() {
            [b'C', _, _, _, _, _, _, _] => Some(Self::Error),
            [b'8', _, _, _, _, _, _, _] => Some(Self::Warning),
            [b'4', _, _, _, _, _, _, _] => Some(Self::Info),
            _ => None,
        }
    }

    /// All words, for patterns.
    pub(super) fn words() -> String {
        [&ERROR[..], &WARNING[..], &INFO[..]].concat().join("|")
    }
}

impl Record {
    /// The text made comparable.
    pub(super) fn folded(&self) -> String {
        fold(&self.text)
    }
}

/// The text up to a length, cut at a character.
pub(super) fn clipped(text: &str, length: usize) -> &str {
    let mut end = text.len().min(length);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
