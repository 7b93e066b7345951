//! `script-hard-path`: a path inside of a script.

use crate::finding::Confidence;
use crate::finding::Severity::Info;
use crate::lang::script::{self, Kind, Language};
use crate::lang::windows_path::{self, PathKind};
use crate::model::{ExecutableId, Package, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0313",
    name: "script-hard-path",
    category: Category::Path,
    severity: Severities::new(Info),
    set: RuleSet::Pedantic,
    summary: "a script has a path as a literal",
    page: include_str!("../../../rules/script-hard-path.md"),
    check: Check::Executable(check),
};

fn check(_: &Scope<'_, '_>, package: &Package<'_>, id: ExecutableId, sink: &mut Sink<'_>) {
    for (object, script) in package.executable(id).scripts().filter(|_| package.is_enabled(id)) {
        for item in script.items.iter().filter(|item| item.is_code()) {
            let Some((path, span)) = first_path(&item.source) else { continue };
            let message = format!("the path `{path}` is written into the script: no parameter or configuration can change it");
            let report = Report::new(object, span, message).property("ScriptCode").confidence(Confidence::Medium).discriminator(&*item.name);
            sink.report(report.help("pass it in by a variable or parameter"));
        }
    }
}

/// The first literal that is a drive or share path; profiles of users have a rule of their own.
fn first_path(source: &Text<'_>) -> Option<(String, Span)> {
    let language = Language::of(source.as_str());
    let literals = script::pieces(source.as_str()).filter(|(kind, _)| *kind == Kind::Literal);
    literals.filter_map(|(_, range)| Some((unquoted(source.value.get(range.clone())?, language)?, range))).find_map(|(path, range)| {
        let part = Span::new(u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?);
        (is_path(&path) && !windows_path::is_user_profile(&path)).then(|| (path, source.span_of(part)))
    })
}

/// What a literal holds. Ordinary ones of C# double their backslashes.
fn unquoted(literal: &str, language: Language) -> Option<String> {
    let plain = literal.trim_start_matches('@');
    let inside = plain.strip_prefix('"')?.strip_suffix('"')?;
    let doubles = language == Language::CSharp && plain.len() == literal.len();
    Some(if doubles { inside.replace(r"\\", r"\") } else { inside.to_owned() })
}

fn is_path(text: &str) -> bool {
    let long = text.len() > 3 && !text.contains(['\n', '\r', '{']);
    match windows_path::classify(text) {
        PathKind::Drive { .. } => long,
        PathKind::Unc { host, share, .. } => long && !host.is_empty() && !share.is_empty() && text.starts_with('\\'),
        _ => false,
    }
}
