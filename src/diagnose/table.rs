//! Rows saved from a grid: of a catalog view, `catalog.operation_messages` or `catalog.event_messages`, or of the log provider for SQL Server, `sysssislog`.

use std::io;

use super::record::{LONGEST, Level, Record, clipped};

/// Columns that only the views have.
const TELLING: [&str; 9] = [
    "operation_message_id",
    "event_message_id",
    "message_time",
    "message_type",
    "message_source_type",
    "message_source_name",
    "extended_info_id",
    "package_name",
    "message_code",
];

/// Columns that only the table of the log provider has.
const TELLING_OF_PROVIDER: [&str; 2] = ["datacode", "databytes"];

/// Order of the columns in a view saved without its header.
const OPERATION_MESSAGES: [&str; 7] =
    ["operation_message_id", "operation_id", "message_time", "message_type", "message_source_type", "message", "extended_info_id"];

/// A record over more lines than this has an unclosed quotation mark.
const MOST_LINES: usize = 200;

/// Where the columns are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    delimiter: u8,
    columns: Vec<String>,
}

impl Table {
    /// The table that the first line of a log announces; none when it is something else. The flag says that the line is a header.
    pub(super) fn of_first_line(line: &str) -> Option<(Self, bool)> {
        [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
            let fields = fields(line, delimiter)?;
            let names: Vec<String> = fields.iter().map(|field| field.trim_matches(['[', ']', '\u{feff}', ' ']).to_ascii_lowercase()).collect();
            let is_telling = |name: &String| TELLING.contains(&name.as_str()) || TELLING_OF_PROVIDER.contains(&name.as_str());
            // The log provider for text files does not quote, so its rows cannot be parted here.
            if names.iter().any(is_telling) && names.iter().any(|name| name == "message") && !line.starts_with('#') {
                return Some((Self { delimiter, columns: names }, true));
            }
            let bare = is_row(&fields).then(|| OPERATION_MESSAGES.map(str::to_owned).to_vec());
            bare.map(|columns| (Self { delimiter, columns }, false))
        })
    }

    /// Whether it is a view of the catalog.
    pub(super) fn is_view(&self) -> bool {
        !self.columns.iter().any(|column| TELLING_OF_PROVIDER.contains(&column.as_str()))
    }

    /// Hands on every row as a record.
    pub(super) fn read(&self, mut next: impl FnMut() -> io::Result<Option<String>>, take: &mut dyn FnMut(&Record)) -> io::Result<()> {
        let mut row = String::new();
        let mut lines_of_row = 0;
        while let Some(line) = next()? {
            if lines_of_row > 0 && self.begins(&line) {
                self.row(&row, take);
                (row, lines_of_row) = (String::new(), 0);
            }
            row.push_str(clipped(&line, LONGEST.saturating_sub(row.len())));
            row.push('\n');
            lines_of_row += 1;
            if lines_of_row > MOST_LINES || !self.is_open(&row) {
                self.row(&row, take);
                (row, lines_of_row) = (String::new(), 0);
            }
        }
        self.row(&row, take);
        Ok(())
    }

    /// Whether a line can only be the begin of a row: two numbers, however the row before ended.
    fn begins(&self, line: &str) -> bool {
        let mut fields = line.splitn(3, char::from(self.delimiter)).map(|field| field.trim_matches(['"', ' ']));
        let mut number = || fields.next().is_some_and(|field| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit()));
        number() && number()
    }

    /// Whether a quotation mark is open. Text between tabs is not quoted.
    fn is_open(&self, row: &str) -> bool {
        self.delimiter != b'\t' && row.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
    }

    fn row(&self, row: &str, take: &mut dyn FnMut(&Record)) {
        let Some(fields) = fields(row, self.delimiter).filter(|_| !row.trim().is_empty()) else { return };
        let field = |name: &str| {
            let at = self.columns.iter().position(|column| column == name)?;
            fields.get(at).map(|field| field.trim()).filter(|field| !field.is_empty() && *field != "NULL")
        };
        let is_whole = self.columns.iter().position(|column| column == "message").is_some_and(|at| at < fields.len());
        // A row that lost its columns is a text; one that has them all and no message says nothing.
        let Some(message) = field("message").or_else(|| fields.first().map(String::as_str).filter(|_| !is_whole)) else { return };
        let code = field("message_code").or_else(|| field("datacode")).map(|code| format!("{code} ")).unwrap_or_default();
        let (task, level) = head(message);
        let record = Record {
            level: level_of(field("event_name").or_else(|| field("event")), field("message_type")).or(level).unwrap_or_default(),
            source: field("message_source_name").or_else(|| field("source")).or(task).unwrap_or_default().to_owned(),
            package: field("package_name").unwrap_or_default().to_owned(),
            text: format!("{code}{message}"),
        };
        take(&record);
    }
}

fn fields(row: &str, delimiter: u8) -> Option<Vec<String>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).quoting(delimiter != b'\t').from_reader(row.as_bytes());
    let record = reader.into_records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

/// Whether fields are a row of the operation messages: two ids, a time, two small numbers.
fn is_row(fields: &[String]) -> bool {
    let number = |at: usize| fields.get(at).is_some_and(|field| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit()));
    let time = fields.get(2).is_some_and(|field| field.len() > 15 && field.contains(':') && field.starts_with(|c: char| c.is_ascii_digit()));
    fields.len() >= 6 && number(0) && number(1) && time && number(3) && number(4)
}

/// `Load:Error: text`: the task and the level in a message.
fn head(message: &str) -> (Option<&str>, Option<Level>) {
    let split = message.split_once(": ").and_then(|(head, _)| head.rsplit_once(':'));
    split.map_or((None, None), |(task, word)| (Some(task), Level::of_word(word)))
}

/// The level by the event, or by the number of the message type: 120 an error, 130 a failed task, 110 a warning.
fn level_of(event: Option<&str>, message_type: Option<&str>) -> Option<Level> {
    match (event, message_type) {
        (Some("OnError" | "OnTaskFailed"), _) | (_, Some("120" | "130")) => Some(Level::Error),
        (Some("OnWarning"), _) | (_, Some("110")) => Some(Level::Warning),
        (Some(_), _) => Some(Level::Info),
        (None, Some(kind)) if kind.parse::<u32>().is_ok() => Some(Level::Info),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        let mut lines = text.lines();
        let (table, is_header) = Table::of_first_line(text.lines().next().expect("a line")).expect("a table");
        lines.by_ref().take(usize::from(is_header)).for_each(drop);
        let mut records = Vec::new();
        table.read(|| Ok(lines.next().map(str::to_owned)), &mut |record| records.push(record.clone())).expect("memory can be read");
        records
    }

    #[test]
    fn rows_of_the_views() {
        let records = records(
            "event_message_id,operation_id,message_time,message_type,message,package_name,event_name,message_source_name,message_code\n\
             1,7,2024-01-02 03:04:05,120,\"Load:Error: He said \"\"no\"\",\nand left\",Sales.dtsx,OnError,Load,-1071636471\n\
             2,7,2024-01-02 03:04:05,70,Load:Finished,Sales.dtsx,OnInformation,Load,NULL\n",
        );
        assert_eq!(records.len(), 2);
        assert_eq!((records[0].level, records[0].source.as_str(), records[0].package.as_str()), (Level::Error, "Load", "Sales.dtsx"));
        assert_eq!(records[0].text, "-1071636471 Load:Error: He said \"no\",\nand left");
        assert_eq!(records[1].level, Level::Info);
    }

    #[test]
    fn rows_without_a_header_and_with_tabs() {
        let records = records("10\t7\t2024-01-02 03:04:05.123\t120\t40\tLoad:Error: Failed \"x\t0\n11\t7\t2024-01-02 03:04:06\t120\t40\tb\t0\n");
        assert_eq!(records.iter().map(|record| record.source.as_str()).collect::<Vec<_>>(), ["Load", ""]);
        assert_eq!(records[0].level, Level::Error);
    }

    #[test]
    fn rows_of_the_log_provider() {
        let header = "id,event,computer,operator,source,sourceid,executionid,starttime,endtime,datacode,databytes,message";
        let records = records(&format!(
            "{header}\n1,OnError,PC,me,Load,{{1}},{{2}},1,2,-1071611876,0x,\"Failed, \"\"x\"\"\"\n2,OnPostExecute,PC,me,Load,{{1}},{{2}},1,2,0,0x,\n"
        ));
        assert_eq!((records[0].level, records[0].source.as_str(), records[0].text.as_str()), (Level::Error, "Load", "-1071611876 Failed, \"x\""));
        assert_eq!(records.len(), 1, "a row without a message says nothing");
        let is_view = |line: &str| Table::of_first_line(line).map(|(table, _)| table.is_view());
        assert_eq!(is_view(header), Some(false));
        assert_eq!(is_view("message_time,message"), Some(true));
        assert_eq!(is_view(&format!("#Fields: {header}")), None);
    }

    #[test]
    fn an_unclosed_quotation_does_not_swallow_the_rest() {
        let header = "operation_message_id,operation_id,message_type,message\n";
        let records = records(&format!("{header}1,7,120,\"Load:Error: a\n2,7,120,\"Load:Error: b\"\n"));
        assert_eq!(records.len(), 2);
    }

    #[test]
    fn other_texts_are_no_tables() {
        for line in ["", "a,b,c", "Executed as user: X, message", "message", "OnError,PC,me,Load,{1},{2},1,2,-1,0x,x"] {
            assert_eq!(Table::of_first_line(line), None, "{line}");
        }
    }
}
