//! Tokens → facts, in one pass with a short reach.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::token::{Kind, Token, tokens};
use super::{Batch, FarName, Name, TempAction, TempTable, session};

/// How many tokens back an `IF` still guards a `DROP`, and how far ahead the arguments of a procedure are looked at.
const REACH: usize = 64;

/// Keywords that an object's name follows.
const BEFORE_OBJECTS: [&str; 13] = ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "MERGE", "USING", "DELETE", "INSERT", "EXISTS", "APPLY", "EXEC", "EXECUTE"];

/// The facts of a text.
pub(super) fn read(text: &str) -> Batch<'_> {
    let (tokens, complete) = tokens(text);
    let mut reader = Reader { text, tokens: &tokens, ..Reader::default() };
    reader.batch.incomplete = !complete;
    for at in 0..tokens.len() {
        reader.step(at);
    }
    reader.batch
}

/// The statement that the reader is in, as far as it matters.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Verb {
    #[default]
    Other,
    Select,
    Insert,
    Exec,
    Declare,
    Drop,
}

#[derive(Default)]
struct Reader<'t, 'a> {
    text: &'a str,
    tokens: &'t [Token<'a>],
    batch: Batch<'a>,
    verb: Verb,
    /// Inside the definition of a procedure or its like, which ends with the batch.
    in_module: bool,
    in_try: bool,
    /// Open parentheses.
    depth: usize,
    /// Index of the last `IF`.
    condition: Option<usize>,
    /// Variables declared or already listed as parameters, in small letters.
    known: BTreeSet<String>,
}

impl<'a> Reader<'_, 'a> {
    fn step(&mut self, at: usize) {
        let Some(token) = self.tokens.get(at) else { return };
        match token.kind {
            Kind::Marker => self.batch.markers.push(token.range.clone()),
            Kind::Other => self.delimiter(token.text),
            Kind::Word if token.is("GO") && self.is_separator(at) => self.separator(at),
            Kind::Word | Kind::Quoted if !self.in_module => self.name(at, token),
            Kind::Word | Kind::Quoted | Kind::Literal => {}
        }
    }

    fn delimiter(&mut self, text: &str) {
        match text {
            "(" => self.depth += 1,
            ")" => self.depth = self.depth.saturating_sub(1),
            ";" => self.verb = Verb::Other,
            _ => {}
        }
    }

    /// A `GO` alone on its line, or with a number of repetitions.
    fn is_separator(&self, at: usize) -> bool {
        let between = |from: usize, to: usize| self.text.get(from..to).is_none_or(|gap| gap.contains('\n'));
        let Some(token) = self.tokens.get(at) else { return false };
        let begins = at.checked_sub(1).and_then(|before| self.tokens.get(before)).is_none_or(|before| between(before.range.end, token.range.start));
        let is_number = |token: &Token<'_>| token.kind == Kind::Other && token.text.bytes().all(|byte| byte.is_ascii_digit());
        let last = self.tokens.get(at + 1).filter(|next| is_number(next)).unwrap_or(token);
        let behind = self.tokens.iter().skip(at + 1).find(|next| next.range.start >= last.range.end);
        begins && behind.is_none_or(|next| between(last.range.end, next.range.start))
    }

    fn separator(&mut self, at: usize) {
        self.batch.separators.extend(self.tokens.get(at).map(|token| token.range.clone()));
        (self.verb, self.in_module, self.in_try, self.depth, self.condition) = (Verb::Other, false, false, 0, None);
    }

    fn name(&mut self, at: usize, token: &Token<'a>) {
        let name = token.name();
        if name.len() > 1 && name.starts_with('#') {
            self.temp_table(at, name);
        } else if token.kind == Kind::Word && name.starts_with('@') {
            self.variable(at, token);
        } else {
            self.far_name(at);
            self.procedure(at, &name);
            if token.kind == Kind::Word {
                self.keyword(at, &name.to_ascii_uppercase());
            }
        }
    }

    fn is(&self, at: Option<usize>, keyword: &str) -> bool {
        at.and_then(|at| self.tokens.get(at)).is_some_and(|token| token.is(keyword))
    }

    fn is_text(&self, at: Option<usize>, text: &str) -> bool {
        at.and_then(|at| self.tokens.get(at)).is_some_and(|token| token.text == text)
    }

    fn is_any(&self, at: Option<usize>, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(at, keyword))
    }

    fn keyword(&mut self, at: usize, keyword: &str) {
        let next = Some(at + 1);
        match keyword {
            "SELECT" => self.verb = Verb::Select,
            "INSERT" => self.verb = Verb::Insert,
            "DROP" => self.verb = Verb::Drop,
            "DECLARE" => self.verb = Verb::Declare,
            // Of a call, `OUTPUT` belongs to an argument.
            "OUTPUT" if self.verb == Verb::Exec => {}
            "UPDATE" | "DELETE" | "MERGE" | "OUTPUT" | "VALUES" | "TRUNCATE" | "PRINT" | "RETURN" | "WHILE" => self.verb = Verb::Other,
            "IF" => (self.verb, self.condition) = (if self.verb == Verb::Drop { Verb::Drop } else { Verb::Other }, Some(at)),
            "CREATE" | "ALTER" => self.definition(at),
            "EXEC" | "EXECUTE" => self.execute(at),
            "BEGIN" => self.begin(at),
            "END" if self.is(next, "TRY") => self.in_try = false,
            "COMMIT" if !self.is(next, "CONVERSATION") => self.transaction(|found| found.commits = found.commits.saturating_add(1)),
            "ROLLBACK" => self.transaction(|found| found.rollbacks = found.rollbacks.saturating_add(1)),
            "SET" => self.set(at),
            "USE" => self.use_database(at),
            "CURSOR" if self.verb == Verb::Declare => self.cursor(at),
            "OPENROWSET" | "OPENQUERY" | "OPENDATASOURCE" if self.is_text(next, "(") => self.remote(at),
            "AT" if self.is_text(at.checked_sub(1), ")") && !self.is(next, "TIME") => self.linked(at + 1),
            _ => {}
        }
    }

    fn definition(&mut self, at: usize) {
        let or_alter = self.is(Some(at + 1), "OR") && self.is(Some(at + 2), "ALTER");
        let what = Some(if or_alter { at + 3 } else { at + 1 });
        self.verb = Verb::Other;
        if self.is_any(what, &["PROC", "PROCEDURE", "FUNCTION", "VIEW", "TRIGGER"]) {
            (self.in_module, self.batch.defines_module) = (true, true);
        }
    }

    fn execute(&mut self, at: usize) {
        let argument = self.tokens.get(at + 1).is_some_and(|token| token.kind == Kind::Word && token.text.starts_with('@'));
        self.batch.insert_exec |= self.verb == Verb::Insert;
        // `EXEC @result = p` keeps the return code; `EXEC @p` runs what the variable names.
        self.batch.dynamic |= self.is_text(Some(at + 1), "(") || (argument && !self.is_text(Some(at + 2), "="));
        self.verb = Verb::Exec;
    }

    fn begin(&mut self, at: usize) {
        self.verb = Verb::Other;
        let next = Some(at + 1);
        if self.is(next, "TRY") {
            self.in_try = true;
        } else if self.is_any(next, &["TRAN", "TRANSACTION"]) || (self.is(next, "DISTRIBUTED") && self.is_any(Some(at + 2), &["TRAN", "TRANSACTION"])) {
            self.transaction(|found| found.begins = found.begins.saturating_add(1));
        }
    }

    fn transaction(&mut self, count: fn(&mut super::Transactions)) {
        self.verb = Verb::Other;
        count(&mut self.batch.transactions);
    }

    fn set(&mut self, at: usize) {
        self.verb = Verb::Other;
        let behind = self.tokens.get(at + 1..).unwrap_or_default();
        self.batch.session_options.extend(session::options(self.text, behind));
    }

    fn use_database(&mut self, at: usize) {
        let is_hint = at.checked_sub(1).is_some_and(|before| self.is_text(Some(before), "(") || self.is_text(Some(before), ","));
        if let Some(token) = self.tokens.get(at + 1).filter(|token| token.is_name() && !is_hint) {
            self.batch.databases.push(Name { name: token.name(), range: token.range.clone() });
        }
    }

    fn cursor(&mut self, at: usize) {
        let options = self.tokens.get(at + 1..).unwrap_or_default().iter().take(8).take_while(|token| !token.is("FOR"));
        self.batch.global_cursors.extend(options.filter(|token| token.is("GLOBAL")).map(|token| token.range.clone()));
    }

    /// `OPENROWSET(BULK ...)` reads a file, and no other server.
    fn remote(&mut self, at: usize) {
        if self.is(Some(at + 2), "BULK") {
            return;
        }
        self.batch.remote_sources.extend(self.tokens.get(at).map(|token| token.range.clone()));
        if self.is(Some(at), "OPENQUERY") {
            self.linked(at + 2);
        }
    }

    fn linked(&mut self, at: usize) {
        if let Some(token) = self.tokens.get(at).filter(|token| token.is_name()) {
            self.batch.linked_servers.push(Name { name: token.name(), range: token.range.clone() });
        }
    }

    /// System procedures that change the session.
    fn procedure(&mut self, at: usize, name: &str) {
        match name.to_ascii_lowercase().as_str() {
            "sp_executesql" => self.batch.dynamic = true,
            "sp_set_session_context" => self.batch.session_context = true,
            "sp_getapplock" => self.batch.session_lock |= self.names_session(at),
            _ => {}
        }
    }

    fn names_session(&self, at: usize) -> bool {
        let arguments = self.tokens.get(at + 1..).unwrap_or_default().iter().take(REACH).take_while(|token| token.text != ";");
        arguments
            .filter(|token| token.kind == Kind::Literal)
            .any(|token| token.text.trim_start_matches(['N', 'n']).trim_matches('\'').eq_ignore_ascii_case("session"))
    }

    fn variable(&mut self, at: usize, token: &Token<'a>) {
        let before = at.checked_sub(1);
        let declared = self.verb == Verb::Declare && (self.is(before, "DECLARE") || (self.depth == 0 && self.is_text(before, ",")));
        let argument = self.verb == Verb::Exec && self.is_text(Some(at + 1), "=") && !self.is_any(before, &["EXEC", "EXECUTE"]);
        if token.text.len() < 2 || token.text.starts_with("@@") || argument {
            return;
        }
        if self.known.insert(token.text.to_lowercase()) && !declared {
            self.batch.parameters.push(Name { name: Cow::Borrowed(token.text), range: token.range.clone() });
        }
    }

    /// A name of three or four parts that starts here and stands where an object does.
    fn far_name(&mut self, at: usize) {
        let before = at.checked_sub(1);
        if !self.is_text(Some(at + 1), ".") || !(self.is_any(before, &BEFORE_OBJECTS) || self.is_text(before, ",") && self.is(at.checked_sub(2), "FROM")) {
            return;
        }
        let (parts, end) = self.parts(at);
        let database = parts.len().checked_sub(3).and_then(|database| parts.get(database));
        if database.is_none_or(|database| database.eq_ignore_ascii_case("tempdb") || database.starts_with('#')) {
            return;
        }
        if parts.len() == 4 {
            self.linked(at);
        }
        let start = self.tokens.get(at).map_or(end, |token| token.range.start);
        self.batch.far_names.push(FarName { parts, range: start..end });
    }

    /// The parts of a name, four at most, and the byte behind them.
    fn parts(&self, at: usize) -> (Vec<Cow<'a, str>>, usize) {
        let mut parts: Vec<Cow<'a, str>> = Vec::with_capacity(4);
        let (mut at, mut end) = (at, 0);
        while parts.len() < 4 {
            match self.tokens.get(at) {
                Some(token) if token.is_name() => {
                    parts.push(token.name());
                    end = token.range.end;
                    at += 1;
                }
                _ => parts.push(Cow::Borrowed("")),
            }
            if !self.is_text(Some(at), ".") {
                break;
            }
            at += 1;
        }
        (parts, end)
    }

    fn temp_table(&mut self, at: usize, name: Cow<'a, str>) {
        let Some(token) = self.tokens.get(at) else { return };
        let start = self.chain_start(at);
        let before = start.checked_sub(1);
        if self.is_any(before, &["EXEC", "EXECUTE", "PROC", "PROCEDURE"]) || !self.is_certainly_table(at, before, &name) {
            return;
        }
        let action = self.action(at, before, &name);
        self.batch.temp_tables.push(TempTable { name, action, range: token.range.clone() });
    }

    /// `[# of orders]` is a column and `#2020-01-31#` a date of Access, unless they stand where a table does.
    fn is_certainly_table(&self, at: usize, before: Option<usize>, name: &str) -> bool {
        let quoted = self.tokens.get(at).is_some_and(|token| token.kind == Kind::Quoted);
        let odd = quoted || name.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        !odd || self.is_any(before, &BEFORE_OBJECTS)
            || self.is(before, "ON")
            || self.batch.temp_tables.iter().rev().take(REACH).any(|table| table.name.eq_ignore_ascii_case(name))
    }

    fn action(&self, at: usize, before: Option<usize>, name: &str) -> TempAction {
        let second = before.and_then(|before| before.checked_sub(1));
        let drops = self.verb == Verb::Drop && (self.is_any(before, &["TABLE", "EXISTS"]) || self.is_text(before, ","));
        if self.is_text(Some(at + 1), ".") {
            TempAction::Used
        } else if (self.is(before, "TABLE") && self.is(second, "CREATE")) || (self.is(before, "INTO") && self.verb == Verb::Select) {
            TempAction::Created
        } else if !drops {
            TempAction::Used
        } else if self.is(before, "EXISTS") || self.in_try || self.is_guarded(at, name) {
            TempAction::DroppedIfExists
        } else {
            TempAction::Dropped
        }
    }

    /// Whether the `IF` before asks for the table: `IF OBJECT_ID('tempdb..#t') IS NOT NULL`.
    fn is_guarded(&self, at: usize, name: &str) -> bool {
        let Some(condition) = self.condition.filter(|condition| at - condition <= REACH) else { return false };
        let name = name.to_lowercase();
        self.tokens.get(condition..at).unwrap_or_default().iter().any(|token| token.kind == Kind::Literal && token.text.to_lowercase().contains(&name))
    }

    /// Index of the first part of the name that ends here: of `tempdb` in `tempdb..#t`.
    fn chain_start(&self, at: usize) -> usize {
        let mut start = at;
        for _ in 0..3 {
            let Some(dot) = start.checked_sub(1).filter(|&dot| self.is_text(Some(dot), ".")) else { break };
            start = dot.checked_sub(1).filter(|&part| self.tokens.get(part).is_some_and(Token::is_name)).unwrap_or(dot);
        }
        start
    }
}
