use std::cell::Cell;
use std::ops::Deref;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::evaluate::{Evaluation, STEPS};
use super::*;

fn definition(on: ObjectKind, when: &str) -> Definition {
    let text = |text: &str| text.to_owned();
    Definition { name: text("my-rule"), on, when: text(when), severity: Severity::Warning, message: text("m"), help: text("h"), targets: None }
}

/// What is said of a condition on connections.
fn mistake(when: &str) -> (usize, String) {
    let wrong = Rule::new(&definition(ObjectKind::Connection, when)).expect_err(when);
    assert_eq!(wrong.key, "when");
    (wrong.offset, wrong.message)
}

fn connection() -> Value {
    json!({"object": "Package.ConnectionManagers[Ä]", "name": "Ä", "id": "{1}", "type": "OLEDB", "creation_name": "OLEDB", "connection_string": null,
        "retain_same_connection": {"value": true, "explicit": false}, "delay_validation": false, "expressions": {"ServerName": "@[User::S]"}, "description": "äöü"})
}

fn package() -> Value {
    json!({"name": "P", "executables": [{"name": "A", "disabled": false}, {"name": "B", "disabled": true}], "connection_managers": [], "format_version": 8,
        "connections": ["x"], "variables": [{"name": "User::V", "value": null}]})
}

fn holds(when: &str) -> bool {
    let rule = Rule::new(&definition(ObjectKind::Connection, when)).unwrap_or_else(|wrong| panic!("{when}: {}", wrong.message));
    let (this, package, project, left) = (connection(), package(), Value::Null, Cell::new(STEPS));
    let names: [&dyn Deref<Target = Value>; 3] = [&&this, &&package, &&project];
    Evaluation::new(&names, &left).holds(&rule.when)
}

#[test]
fn conditions_hold() {
    for when in [
        "this.name == 'Ä' && this.type != 'FILE'",
        "this.retain_same_connection.value && !this.retain_same_connection.explicit",
        "size(this.description) == 3 && this.description.size() < 4",
        "this.name.matches('^[Ää]$') && this.description.contains('ö') && this.description.startsWith('ä') && this.description.endsWith('ü')",
        "this.type in ['OLEDB', 'ODBC'] && !(this.type in ['FILE']) && !(this.type in [])",
        "'ServerName' in this.expressions && has(this.expressions.ServerName) && !has(this.expressions.ConnectionString)",
        "this.expressions['ServerName'].contains('User') && this.expressions.Other == null && size(this.expressions) == 1",
        "this.expressions.exists(property, property.startsWith('Server'))",
        "pkg.executables.exists(e, e.disabled) && !pkg.executables.all(e, e.disabled) && pkg.executables.exists_one(e, e.disabled)",
        "pkg.executables.filter(e, !e.disabled).map(e, e.name)[0] == 'A' && pkg.executables.map(e, e.name + '!') .exists(n, n == 'B!')",
        "pkg.executables.exists(e, pkg.executables.exists(f, e.name < f.name))",
        "pkg.format_version >= 8 && 1 + 2 * 3 - 4 == 3 && 7 / 2 == 3 && 7 % 4 == 3 && -1 < 0",
        "(true ? this.name : 'x') == 'Ä'",
        "project == null && this.connection_string == null && !has(this.connection_string)",
        "this.name.map(x, true) == null || true",
    ] {
        if when.contains("name.map") {
            assert!(mistake(when).1.contains("only lists and maps"), "{when}");
        } else {
            assert!(holds(when), "{when}");
        }
    }
}

#[test]
fn what_is_made_of_null_is_unknown_as_in_sql() {
    for when in [
        "this.connection_string.contains('x')",
        "!this.connection_string.contains('x')",
        "project.name == 'x'",
        "project.name != 'x'",
        "!(project.packages.exists(p, p == 'x'))",
        "this.connection_string + 'x' != ''",
        "pkg.executables[7].name == 'A'",
        "1 / (pkg.format_version - 8) == 0",
        "9223372036854775807 + pkg.format_version > 0",
        "pkg.variables.exists(v, v.value == 'x')",
    ] {
        assert!(!holds(when), "{when}");
    }
    assert!(holds("this.connection_string.contains('x') || true") && holds("!(this.connection_string.contains('x') && false)"));
    assert!(holds("pkg.variables.exists(v, v.value.contains('x') || v.name == 'User::V')"));
}

/// Where conditions of both have an answer, it is that of the interpreter of the crate `cel`.
#[test]
fn the_interpreter_of_the_crate_agrees() {
    let value = |json: Value| cel::to_value(json).expect("a value");
    for when in [
        "this.name == 'Ä'",
        "this.name < 'Z'",
        "size(this.description) == 3",
        "size(this.expressions) == 1",
        "this.type in ['OLEDB', 'ODBC']",
        "'ServerName' in this.expressions",
        "this.expressions.exists(property, property == 'Other')",
        "pkg.executables.exists(e, e.disabled)",
        "pkg.executables.all(e, e.disabled)",
        "pkg.executables.exists_one(e, e.disabled)",
        "pkg.executables.filter(e, e.disabled).map(e, e.name)[0] == 'A'",
        "pkg.executables.exists(e, pkg.executables.exists(f, e.name < f.name))",
        "-7 / 2 == -3 && -7 % 2 == -1",
        "7 - 2 * 3 == 1 || 1 == 2",
        "false ? true : this.description.endsWith('ü')",
        "this.connection_string == null && this.connection_string != 'x'",
        "this.connection_string.contains('x') || this.name == 'Ä'",
        "pkg.executables.exists(e, this.connection_string.contains('x') || e.name == 'A')",
        "pkg.executables.all(e, this.connection_string.contains('x') && e.name == 'A')",
        "has(this.expressions.ServerName) && !has(this.expressions.Other)",
    ] {
        let mut context = cel::Context::default();
        context.add_variable_from_value("this", value(connection()));
        context.add_variable_from_value("pkg", value(package()));
        let expected = cel::Program::compile(when).expect("CEL").execute(&context);
        assert_eq!(cel::Value::Bool(holds(when)), expected.unwrap_or(cel::Value::Bool(false)), "{when}");
    }
}

#[test]
fn mistakes_say_where() {
    for (when, offset, said) in [
        ("", 0, "the expression is empty"),
        ("this.nam == ''", 5, "did you mean `name`?"),
        ("'äö' == this.nam", 13, "did you mean `name`?"),
        ("this.retain_same_connection.valu", 28, "there are `value`, `explicit`"),
        ("name == 'x'", 0, "did you mean `this.name`?"),
        ("thiss.name == 'x'", 0, "did you mean `this`?"),
        ("package.name == 'x'", 0, "called `pkg`"),
        ("this.name", 0, "must be a Boolean, and this is a string"),
        ("this.name = 'x'", 10, "equality is written `==`"),
        ("this.name <> 'x'", 11, "inequality is written `!=`"),
        ("this.name == 'x' and true", 17, "`&&`"),
        ("this.name ==", 12, "this is no CEL expression"),
        ("this.name == 1", 10, "a string and a number"),
        ("this.name == null", 10, "never null"),
        ("this == this", 5, "cannot compare an object"),
        ("true < false", 5, "cannot compare"),
        ("this.name && true", 4, "each side of `&&` must be a Boolean"),
        ("!this.name", 5, "must be a Boolean"),
        ("this.name.lower() == 'x'", 15, "unknown function `lower`"),
        ("this.name.startWith('x')", 19, "did you mean `startsWith`?"),
        ("this.name.contains('x', 'y')", 18, "is written `text.contains(text)`"),
        ("this.name.contains(1)", 19, "must be a string"),
        ("this.name.matches('(')", 18, "no regular expression: unclosed group"),
        ("this.name.matches(this.type)", 22, "between quotes"),
        ("size(1) == 1", 4, "`size` takes"),
        ("pkg.executables.exists(e, e.nam == '')", 28, "did you mean `name`?"),
        ("pkg.executables.exists(e, e.name)", 27, "must be a Boolean"),
        ("pkg.executables.exists('e', true)", 23, "a name for the element"),
        ("pkg.executables.exists(true)", 22, "is written `list.exists(x, …)`"),
        ("this.name in this.name", 10, "looks into a list or a map"),
        ("this.name in [1]", 10, "never in a list"),
        ("[1, 'x'].exists(e, true)", 4, "of one type"),
        ("has(this.name)", 8, "never null"),
        ("has(this)", 4, "takes a field"),
        ("this.name.x == ''", 9, "a string has no fields"),
        ("1.5 > 1", 0, "whole numbers"),
        ("{'a': 1}.a == 1", 0, "cannot be made"),
        ("this.name + 1 == 'x'", 10, "two numbers or two strings"),
        ("true ? 1 : 'x'", 5, "of one type"),
        ("optional.of(1)", 11, "unknown function `of`"),
        ("this.?name == 'x'", 4, "unsupported syntax"),
    ] {
        let (at, message) = mistake(when);
        assert!(message.contains(said), "{when}: {message}");
        assert_eq!(at, offset, "{when}: {message}");
    }
}

#[test]
fn messages_are_templates() {
    let with = |message: &str| Rule::new(&Definition { message: message.to_owned(), ..definition(ObjectKind::Connection, "true") });
    for (message, offset, said) in [
        ("ä {this.nme}", 8, "unknown field `nme`"),
        ("{this.expressions}", 1, "`size(…)` says how many"),
        ("{this}", 1, "take one of its fields"),
        ("{", 0, "`{` has no counterpart"),
        ("a } b", 2, "written `}}`"),
        ("{}", 1, "the expression is empty"),
        (" ", 0, "the message is empty"),
    ] {
        let wrong = with(message).expect_err(message);
        assert!(wrong.message.contains(said) && (wrong.key, wrong.offset) == ("message", offset), "{message}: {wrong:?}");
    }
    let rule = with("{{{this.name}}} {size(this.expressions)} {this.delay_validation} [{this.connection_string}] ä").expect("a message");
    let (this, left) = (connection(), Cell::new(STEPS));
    let names: [&dyn Deref<Target = Value>; 3] = [&&this, &&Value::Null, &&Value::Null];
    assert_eq!(rule.message.fill(&mut Evaluation::new(&names, &left)), "{Ä} 1 false [] ä");
}

#[test]
fn names_are_kebab_case_and_not_taken() {
    for (name, said) in [
        ("Foo Bar", "did you mean `foo-bar`?"),
        ("", "kebab-case"),
        ("a--b", "did you mean `a-b`?"),
        ("unc-path", "built-in"),
        ("ssis0302", "built-in"),
        ("custom", "selects rules"),
        ("path", "selects rules"),
    ] {
        let wrong = Rule::new(&Definition { name: name.to_owned(), ..definition(ObjectKind::Package, "true") }).expect_err(name);
        assert!(wrong.key == "name" && wrong.message.contains(said), "{name}: {}", wrong.message);
    }
    assert!(Rule::new(&definition(ObjectKind::Project, "pkg == null")).expect_err("no package").message.contains("unknown name `pkg`"));
}

/// The type of every field is known, for every kind of object.
#[test]
fn every_kind_has_fields() {
    for (on, when) in [
        (ObjectKind::Package, "this.protection_level.value == 'x' && pkg.name == this.name && size(this.log_providers) == 0 && this.encrypted == 'none'"),
        (ObjectKind::Connection, "has(pkg) || this.type == 'x'"),
        (ObjectKind::Executable, "this.delay_validation && this.disabled && this.description == ''"),
        (ObjectKind::Component, "size(this.connections) == 0 && this.class == 'x'"),
        (ObjectKind::Variable, "this.evaluate_as_expression && this.value == null && this.scope == 'Package'"),
        (ObjectKind::Parameter, "this.sensitive && this.required && this.description == ''"),
        (ObjectKind::Configuration, "this.type == 'registry' && this.target == 'x' && this.string == ''"),
        (ObjectKind::Constraint, "this.logical_and && this.from == null && this.eval_op == 'x'"),
        (ObjectKind::EventHandler, "this.event == 'OnError' && this.description == ''"),
        (ObjectKind::LogProvider, "this.type == 'x'"),
        (ObjectKind::Project, "this.deployment_model == 'package' && 'Load.dtsx' in this.packages && this.settings.exists(s, s.sensitive)"),
    ] {
        let result = Rule::new(&definition(on, when)).map_err(|wrong| wrong.message);
        match on {
            ObjectKind::Connection => assert!(result.expect_err(when).contains("takes a field")),
            _ => assert!(result.is_ok(), "{when}: {}", result.err().unwrap_or_default()),
        }
        assert!(!format!("{:?}", Type::of_schema(&on.schema())).contains("Null,"), "{on:?}");
    }
}

#[test]
fn targets_limit_where_it_speaks() {
    let rule = Rule::new(&Definition { targets: Some(vec![Target::Fabric]), ..definition(ObjectKind::Package, "true") }).expect("valid");
    assert_eq!((rule.severity.get(Target::Fabric), rule.severity.get(Target::Agent)), (Some(Severity::Warning), None));
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "[a-z.{}()\\[\\]'\"`\\\\?:=!&|<>+*/%0-9 äß\n-]{0,40}") {
        let _ = Rule::new(&definition(ObjectKind::Package, &text));
        let _ = Rule::new(&Definition { message: text, ..definition(ObjectKind::Package, "true") });
    }
}
