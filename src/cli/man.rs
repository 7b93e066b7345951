//! `ssislint man`: the manual page, for packagers.

use std::io::{self, Write};

use clap::CommandFactory;

use super::{CLEAN, Cli, CliError, output};

pub(super) fn run() -> Result<u8, CliError> {
    let mut out = output::open(None)?;
    write(&mut out)?;
    out.flush()?;
    Ok(CLEAN)
}

fn write(out: &mut dyn Write) -> io::Result<()> {
    clap_mangen::Man::new(Cli::command()).render(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_options_commands_and_exit_codes() {
        let mut page = Vec::new();
        write(&mut page).expect("memory takes it");
        let page = String::from_utf8(page).expect("text");
        assert!(page.contains(".TH ssislint 1"), "{page}");
        assert!([".SH OPTIONS", ".SH SUBCOMMANDS", "Exit codes"].iter().all(|part| page.contains(part)), "{page}");
    }
}
