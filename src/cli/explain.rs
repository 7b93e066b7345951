//! `ssislint explain`: the page of a rule, or what a runtime message means.

use std::io::Write;
use std::sync::Arc;

use super::{CLEAN, CliError, ExplainArgs, configurations, output};
use crate::rules::select::similar;
use crate::{custom, diagnose, rules};

pub(super) fn run(args: &ExplainArgs) -> Result<u8, CliError> {
    let mut out = output::open(None)?;
    if let Some(rule) = rules::find(&args.query) {
        out.write_all(rule.page.trim_start().as_bytes())?;
    } else if let Some(rule) = custom(&args.query)? {
        out.write_all(rule.described().page.as_bytes())?;
    } else if let Some(answer) = diagnose::answer(&args.query) {
        diagnose::write_answer(&answer, &mut out)?;
    } else {
        return Err(unknown(&args.query));
    }
    out.flush()?;
    Ok(CLEAN)
}

/// The rule of that name or id in the configuration that holds here.
fn custom(query: &str) -> Result<Option<Arc<custom::Rule>>, CliError> {
    let is_meant = |rule: &Arc<custom::Rule>| [rule.described().name, rule.described().id].iter().any(|name| name.eq_ignore_ascii_case(query));
    Ok(configurations::own_rules(None)?.into_iter().find(is_meant))
}

fn unknown(query: &str) -> CliError {
    let names = similar(query).map(str::to_owned).into_iter().chain(diagnose::suggestions(query));
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let suggestion = if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) };
    let query = diagnose::describe(query);
    CliError::Usage(format!("{query} is no rule, and no code or message of the error index{suggestion} (`ssislint rules` lists the rules)"))
}
