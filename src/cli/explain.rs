//! `ssislint explain`: the page of a rule.

use std::io::Write;

use super::{CLEAN, CliError, ExplainArgs, output};
use crate::rules;
use crate::rules::select::similar;

pub(super) fn run(args: &ExplainArgs) -> Result<u8, CliError> {
    let Some(rule) = rules::find(&args.rule) else {
        let suggestion = similar(&args.rule).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        return Err(CliError::Usage(format!("`{}` is no rule{suggestion} (`ssislint rules` lists them)", args.rule)));
    };
    let mut out = output::open(None)?;
    out.write_all(rule.page.trim_start().as_bytes())?;
    out.flush()?;
    Ok(CLEAN)
}
