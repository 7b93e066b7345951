//! The package password: from a file, the terminal or the environment, never from the command line, which every user of the machine can read.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use super::{CliError, CommonArgs};
use crate::secret::Secret;

const VARIABLE: &str = "SSISLINT_PASSWORD";
/// Nobody has a longer password; whoever names a device or a package by mistake gets an answer.
const LONGEST: u64 = 64 * 1024;

/// The password to open documents with; a file or a question wins over the environment variable, which may be empty.
pub(super) fn find(args: &CommonArgs) -> Result<Option<Secret>, CliError> {
    match &args.password_file {
        Some(path) => from_file(path).map(Some),
        None if args.ask_password => from_terminal().map(Some),
        None => from_environment(),
    }
}

/// Asks on the terminal itself, so that standard input and output may go elsewhere.
fn from_terminal() -> Result<Secret, CliError> {
    let typed = rpassword::prompt_password("Package password: ").map(Zeroizing::new);
    let typed = typed.map_err(|error| CliError::Usage(format!("there is no terminal to ask for the password on ({error}): use --password-file")))?;
    if typed.is_empty() { Err(CliError::Usage("no password was typed".to_owned())) } else { Ok(Secret::new(typed.to_string())) }
}

fn from_file(path: &Path) -> Result<Secret, CliError> {
    let fault = |what: &str| CliError::Usage(format!("the password file `{}` {what}", path.display()));
    let mut bytes = Zeroizing::new(Vec::new());
    let read = File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| fault(&format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > LONGEST {
        return Err(fault("is too long to hold a password"));
    }
    let line = first_line(&bytes);
    if line.is_empty() {
        return Err(fault("has no password on its first line"));
    }
    Secret::from_utf8(Zeroizing::new(line.to_vec())).map_err(|_| fault("is not UTF-8"))
}

/// Up to the line end. Windows tools put a byte order mark before UTF-8.
fn first_line(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn from_environment() -> Result<Option<Secret>, CliError> {
    match std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        Some(value) => match value.into_string() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(_) => Err(CliError::Usage(format!("the environment variable `{VARIABLE}` is not UTF-8"))),
        },
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_password() {
        for (content, line) in [
            (&b"secret"[..], &b"secret"[..]),
            (b"secret\n", b"secret"),
            (b"secret\r\nsecond", b"secret"),
            (b" with spaces \n", b" with spaces "),
            (b"\xEF\xBB\xBFsecret\n", b"secret"),
            (b"\n", b""),
            (b"", b""),
        ] {
            assert_eq!(first_line(content), line);
        }
    }
}
