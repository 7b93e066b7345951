//! Words anywhere in a log that tell where it comes from and whether the run came to its end.

use std::sync::LazyLock;

use regex::RegexSet;

/// What was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    seen: u8,
}

const AZURE: u8 = 0;
const ON_PREMISES: u8 = 1;
const AGENT: u8 = 2;
const ENDED: u8 = 3;
const CATALOG: u8 = 4;
const SUCCEEDED: u8 = 5;

static WORDS: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSet::new([
        r#"integration runtime|operationerrormessages|staging task|ssisdboperation|azure-ssis|aisagent|masterresponse|effectiveintegration|[ap]m \+00:00 :"#,
        r"ole db record is available|package execute utility|execute package utility|ejecutado como usuario|executed as user|ssis package|dtexec",
        r"executed as user|ejecutado como usuario|ausgeführt als benutzer|exécuté en tant qu|eseguito come utente|executado como usuário|the step failed",
        r"dtser_|finished: |the package execution |the step (failed|succeeded)|elapsed: |execution status:|package execution failed",
        r"^(\d{1,2}/\d{1,2}/\d{4} [0-9: apm+]* : )?[^:]{1,160}:(error|fehler|erreur|errore|erro): ",
        r"dtser_success|the step succeeded|finished: success",
    ])
    .expect("internal error: the patterns of marks are wrong")
});

impl Marks {
    /// Looks at one folded message.
    pub(super) fn see(&mut self, folded: &str) {
        for mark in &WORDS.matches(folded) {
            self.seen |= 1 << mark;
        }
    }

    /// Says that the log is a view of the catalog.
    pub(super) fn set_catalog(&mut self) {
        self.seen |= 1 << CATALOG;
    }

    const fn has(self, mark: u8) -> bool {
        self.seen & (1 << mark) != 0
    }

    /// From Azure.
    pub(super) const fn azure(self) -> bool {
        self.has(AZURE)
    }

    /// From a server or a desk.
    pub(super) const fn on_premises(self) -> bool {
        self.has(ON_PREMISES) && !self.azure()
    }

    /// From a job.
    pub(super) const fn agent(self) -> bool {
        self.has(AGENT)
    }

    /// The log tells how the run ended.
    pub(super) const fn ended(self) -> bool {
        self.has(ENDED)
    }

    /// The log says that the run succeeded, which the designer also says of one that failed.
    pub(super) const fn succeeded(self) -> bool {
        self.has(SUCCEEDED)
    }

    /// Messages of the catalog on premises.
    pub(super) const fn catalog(self) -> bool {
        self.has(CATALOG) && !self.azure()
    }
}
