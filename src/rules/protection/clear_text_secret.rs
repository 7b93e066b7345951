//! `clear-text-secret`: a password that everybody who has the file can read.

use std::ops::Range;

use crate::finding::Confidence;
use crate::finding::Severity::Error;
use crate::lang::secret;
use crate::model::{
    ConfigurationFile, ConnectionManager, DocumentKind, Executable, Package, Parameter, ProjectFile, PropertyExpression, ProtectedValue, Protection, Script,
    Task, Text, Variable,
};
use crate::rules::options::SecretNames;
use crate::rules::{Category, Check, Report, Rule, RuleSet, STRING, Scope, Severities, Sink};
use crate::span::Span;

/// The rule.
pub(in crate::rules) const RULE: Rule = Rule {
    id: "SSIS0107",
    name: "clear-text-secret",
    category: Category::Protection,
    severity: Severities::new(Error),
    set: RuleSet::Default,
    summary: "a secret is stored in clear text, which no protection level covers",
    page: include_str!("../../../rules/clear-text-secret.md"),
    check: Check::Document(check),
};

fn check(scope: &Scope<'_, '_>, sink: &mut Sink<'_>) {
    // What a password has opened is in clear text to nobody without it. A project file keeps its configurations outside of the ciphertext.
    let encrypted = scope.document.protected_values().iter().any(ProtectedValue::is_document);
    if encrypted && !matches!(scope.document.kind, DocumentKind::Project(_)) {
        return;
    }
    for value in scope.document.protected_values().iter().filter(|value| value.protection == Protection::Plain) {
        let message = format!("`{}` is marked sensitive and stands there in clear text", value.property);
        sink.report(leak(&value.object, value.span, &value.property, message, Confidence::High));
    }
    let names = &scope.options.clear_text_secret;
    match &scope.document.kind {
        DocumentKind::Package(package) => check_package(package, names, sink),
        DocumentKind::ConnectionManager(manager) => check_connection(manager, sink),
        DocumentKind::Parameters(parameters) => parameters.iter().for_each(|parameter| check_parameter(parameter, names, sink)),
        DocumentKind::ConfigurationFile(file) => check_configuration_file(file, names, sink),
        DocumentKind::Project(file) => check_project(file, names, sink),
    }
}

fn leak(object: &str, span: Span, property: &str, message: String, confidence: Confidence) -> Report {
    Report::new(object, span, format!("{message}: everybody who can read the file or its history has it"))
        .property(property)
        .confidence(confidence)
        .help("take it out, change the secret, and supply it by a sensitive parameter, an environment or a vault")
}

fn check_package(package: &Package<'_>, names: &SecretNames, sink: &mut Sink<'_>) {
    package.connections.iter().for_each(|manager| check_connection(manager, sink));
    package.parameters.iter().for_each(|parameter| check_parameter(parameter, names, sink));
    package.variables().for_each(|variable| check_variable(variable, names, sink));
    package.executables.iter().for_each(|executable| check_executable(executable, sink));
}

fn check_connection(manager: &ConnectionManager<'_>, sink: &mut Sink<'_>) {
    for setting in manager.settings.iter() {
        check_text(&manager.path, &setting.name, &setting.value, secret::secrets_in_text(setting.value.as_str()), Confidence::High, sink);
    }
    check_expressions(&manager.path, &manager.expressions, sink);
}

fn check_text(object: &str, property: &str, text: &Text<'_>, found: Vec<Range<usize>>, confidence: Confidence, sink: &mut Sink<'_>) {
    if !found.is_empty() {
        sink.report(leak(object, text.span, property, format!("`{property}` holds a password or key in clear text"), confidence).discriminator(property));
    }
}

fn check_expressions(object: &str, expressions: &[PropertyExpression<'_>], sink: &mut Sink<'_>) {
    for entry in expressions {
        let found = secret::secrets_in_text(entry.expression.as_str());
        let property = format!("Expressions[{}]", entry.property);
        let literal = secret::is_secret_name(&entry.property) && is_literal(entry.expression.as_str());
        if literal || !found.is_empty() {
            let message = format!("the expression on `{}` holds a password or key in clear text", entry.property);
            sink.report(leak(object, entry.expression.span, &property, message, Confidence::High));
        }
    }
}

/// An expression that is nothing but a string.
fn is_literal(expression: &str) -> bool {
    let inner = expression.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.contains('"') && !secret::is_placeholder(inner))
}

fn check_variable(variable: &Variable<'_>, names: &SecretNames, sink: &mut Sink<'_>) {
    let Some(value) = variable.value.as_ref().filter(|_| variable.data_type == Some(STRING)) else { return };
    check_named(&variable.path, (variable.name.as_str(), names), "Value", value, "variable", sink);
    if let Some(expression) = &variable.expression {
        let named = names.is_secret(variable.name.as_str()) && is_literal(expression.as_str());
        if named || !secret::secrets_in_text(expression.as_str()).is_empty() {
            let message = "the expression of the variable holds a password or key in clear text".to_owned();
            sink.report(leak(&variable.path, expression.span, "Expression", message, Confidence::High));
        }
    }
}

fn check_parameter(parameter: &Parameter<'_>, names: &SecretNames, sink: &mut Sink<'_>) {
    let value = parameter.value.as_ref().filter(|_| !parameter.sensitive && parameter.data_type == Some(STRING));
    if let Some(value) = value {
        check_named(&parameter.path, (parameter.name.as_str(), names), "Value", value, "parameter, which is not marked sensitive,", sink);
    }
}

/// A value that is a secret by the name of its owner, or that holds one.
fn check_named(object: &str, (name, names): (&str, &SecretNames), property: &str, value: &Text<'_>, what: &str, sink: &mut Sink<'_>) {
    let by_name = names.is_secret(name) && !secret::is_placeholder(value.as_str());
    if by_name {
        sink.report(leak(
            object,
            value.span,
            property,
            format!("by its name the {what} `{name}` is a secret, and it holds a value in clear text"),
            Confidence::High,
        ));
    } else if !secret::secrets_in_text(value.as_str()).is_empty() {
        sink.report(leak(object, value.span, property, format!("the {what} `{name}` holds a password or key in clear text"), Confidence::High));
    }
}

fn check_executable(executable: &Executable<'_>, sink: &mut Sink<'_>) {
    check_expressions(&executable.path, &executable.expressions, sink);
    if let Some(arguments) = executable.settings.get("Arguments") {
        let found = secret::secrets_in_arguments(arguments.as_str());
        check_text(&executable.path, "Arguments", arguments, found, Confidence::Medium, sink);
    }
    if let Task::Script(script) = &executable.task {
        check_script(&executable.path, script, sink);
    }
    for component in executable.data_flow().into_iter().flat_map(|flow| &flow.components) {
        if let Some(script) = &component.script {
            check_script(&component.path, script, sink);
        }
        for property in component.properties.iter().filter(|property| property.name.to_ascii_lowercase().contains("connectionstring")) {
            let found = secret::secrets_in_text(property.value.as_str());
            check_text(&component.path, &property.name, &property.value, found, Confidence::High, sink);
        }
    }
}

fn check_script(object: &str, script: &Script<'_>, sink: &mut Sink<'_>) {
    for item in script.items.iter().filter(|item| item.is_code()) {
        if !secret::secrets_in_script(item.source.as_str()).is_empty() {
            let message = format!("the script file `{}` holds a password or key as a literal", item.name);
            sink.report(leak(object, item.source.span, "ScriptCode", message, Confidence::Medium).discriminator(&*item.name));
        }
    }
}

fn check_configuration_file(file: &ConfigurationFile<'_>, names: &SecretNames, sink: &mut Sink<'_>) {
    for entry in &file.entries {
        let path = entry.path.as_str();
        let named = path.split(['.', '[', ']', ':', '\\']).filter(|name| !name.is_empty()).any(|name| names.is_secret(name));
        let literal = !secret::is_placeholder(entry.value.as_str());
        if (named && literal) || !secret::secrets_in_text(entry.value.as_str()).is_empty() {
            let message = "the value of this configuration is a password or holds one; configuration files are never encrypted".to_owned();
            sink.report(leak(path, entry.value.span, "ConfiguredValue", message, Confidence::High));
        }
    }
}

/// Values that build configurations give to parameters. What the project repeats of its connections and parameters is reported at its source.
fn check_project(file: &ProjectFile<'_>, names: &SecretNames, sink: &mut Sink<'_>) {
    for setting in file.settings.iter().filter(|setting| setting.name.value.contains("::") && !setting.sensitive) {
        let Some(value) = &setting.value else { continue };
        let name = setting.name.as_str().rsplit(':').next().unwrap_or_default();
        check_named(&format!("Project.Configurations[{}]", setting.name.value), (name, names), "Value", value, "parameter", sink);
    }
}
