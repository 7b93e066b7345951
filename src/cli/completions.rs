//! `ssislint completions`: what a shell needs to complete our commands.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{CLEAN, Cli, CliError, CompletionsArgs, output};

pub(super) fn run(args: &CompletionsArgs) -> Result<u8, CliError> {
    let mut out = output::open(None)?;
    out.write_all(&script(args.shell))?;
    out.flush()?;
    Ok(CLEAN)
}

/// In memory, because `generate` panics where it cannot write.
fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "ssislint", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_hears_of_commands_and_options() {
        for shell in Shell::value_variants() {
            let script = String::from_utf8(script(*shell)).expect("text");
            assert!(["explain", "fail-on"].iter().all(|word| script.contains(word)), "{shell}");
        }
    }
}
