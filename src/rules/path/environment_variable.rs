//! `environment-variable`: a variable of an environment that the machine must have.

use crate::finding::Severity::Warning;
use crate::lang::script::{self, Kind};
use crate::lang::windows_path::{self, PathKind};
use crate::model::{ConfigurationKind, DocumentKind, Package, Text};
use crate::rules::{Category, Check, Report, Rule, RuleSet, Scope, Severities, Sink, Target};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0312",
    name: "environment-variable",
    category: Category::Path,
    severity: Severities::none().on(Target::AzureSsis, Warning),
    set: RuleSet::Default,
    summary: "something needs a variable of the environment",
    page: include_str!("../../../rules/environment-variable.md"),
    check: Check::Document(check),
};

/// Variables that every Windows machine has, in upper case.
const USUAL: [&str; 19] = [
    "TEMP",
    "TMP",
    "WINDIR",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "PROGRAMDATA",
    "ALLUSERSPROFILE",
    "PUBLIC",
    "COMPUTERNAME",
    "USERNAME",
    "USERDOMAIN",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PATH",
    "NUMBER_OF_PROCESSORS",
    "OS",
];

const HELP: &str = "use a parameter with a value per environment, or set the variable by a custom setup of the integration runtime";

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    for path in scope.facts.opened_paths(scope.index).filter(|path| path.replaced.is_none()) {
        if let PathKind::Environment { name } = windows_path::classify(&path.path) {
            report_unusual(&path.object, path.span, &path.property, name, sink);
        }
    }
    if let DocumentKind::Package(package) = &scope.document.kind {
        report_configurations(package, sink);
        report_scripts(package, sink);
    }
}

fn report_unusual(object: &str, span: Span, property: &str, name: &str, sink: &mut Sink<'_>) {
    if !USUAL.contains(&name.to_ascii_uppercase().as_str()) {
        let message = format!("`{name}` is a variable of the environment: Azure-SSIS has it only where a custom setup sets it");
        sink.report(Report::new(object, span, message).property(property).discriminator(name).help(HELP));
    }
}

/// Registry configurations have a rule of their own.
fn report_configurations(package: &Package<'_>, sink: &mut Sink<'_>) {
    for configuration in package.configurations.iter().filter(|_| package.configurations_enabled()) {
        let (what, named) = match configuration.kind {
            Some(ConfigurationKind::EnvironmentVariable) => ("its value", true),
            Some(ConfigurationKind::IndirectXmlFile) => ("the path of its file", true),
            Some(ConfigurationKind::IndirectParentVariable) => ("the name of its variable", true),
            Some(ConfigurationKind::IndirectSqlServer) => ("its connection and table", true),
            _ => ("", false),
        };
        if named {
            let message = format!(
                "the configuration takes {what} from a variable of the environment: where no custom setup sets it, the package runs with its design values (0x80019003)"
            );
            sink.report(Report::new(&*configuration.path, configuration.string.span, message).property("ConfigurationString").help(HELP));
        }
    }
}

fn report_scripts(package: &Package<'_>, sink: &mut Sink<'_>) {
    for (_, executable) in package.executables().filter(|(id, _)| package.is_enabled(*id)) {
        for (object, script) in executable.scripts() {
            let sources = script.items.iter().filter(|item| item.is_code()).map(|item| &item.source);
            for source in sources.filter(|source| source.value.contains("GetEnvironmentVariable")) {
                names_asked_for(source).iter().for_each(|name| report_unusual(object, source.span, "ScriptCode", name, sink));
            }
        }
    }
}

/// Literal arguments of `GetEnvironmentVariable`.
fn names_asked_for(source: &Text<'_>) -> Vec<String> {
    let code = script::only(source.as_str(), &[Kind::Code, Kind::Literal]);
    let behind = code.split("GetEnvironmentVariable").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('(')?.trim_start().strip_prefix('"'));
    behind.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()).collect()
}
