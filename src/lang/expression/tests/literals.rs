use super::super::{Ast, Column, NodeKind};
use super::{all_shown, shown};

#[test]
fn whole_numbers_take_their_type_from_the_suffix() {
    all_shown(&[
        ("457", "457 DT_I4"),
        ("785u", "785 DT_UI4"),
        ("986L", "986 DT_I8"),
        ("7945ul", "7945 DT_UI8"),
        ("7945LU", "7945 DT_UI8"),
        ("0xFF0A", "65290 DT_I4"),
        ("0X000010000U", "65536 DT_UI4"),
        ("-2147483648", "-2147483648 DT_I4"),
        ("2147483648L", "2147483648 DT_I8"),
        ("18446744073709551615UL", "18446744073709551615 DT_UI8"),
    ]);
}

#[test]
fn other_numbers_are_exact_unless_they_have_an_exponent_or_a_suffix() {
    all_shown(&[
        (".9", "0.9 DT_NUMERIC"),
        ("5.8", "5.8 DT_NUMERIC"),
        ("6.", "6 DT_NUMERIC"),
        ("8.0", "8.0 DT_NUMERIC"),
        ("4E8l", "400000000 DT_R8"),
        ("4E8", "400000000 DT_R8"),
        ("125e-2f", "1.25 DT_R4"),
        ("6.5E3f", "6500 DT_R4"),
        (".89E-2l", "0.0089 DT_R8"),
        ("1.E-1", "0.1 DT_R8"),
        ("1.05E+7F", "10500000 DT_R4"),
        ("2.5L", "2.5 DT_R8"),
        ("3F", "3 DT_R4"),
    ]);
}

#[test]
fn booleans_and_names_are_written_in_any_letter_case() {
    all_shown(&[("True", "true DT_BOOL"), ("fALSE", "false DT_BOOL"), ("upper(\"a\")", "\"A\" DT_WSTR"), ("null(dt_i4)", "NULL DT_I4")]);
}

#[test]
fn strings_know_the_documented_escapes() {
    assert_eq!(shown(r#""a\"b\\c""#), r#""a\"b\\c" DT_WSTR"#);
    assert_eq!(super::value(r#""\a\b\f\n\r\t\v""#).as_str(), Some("\u{7}\u{8}\u{c}\n\r\t\u{b}"));
    assert_eq!(super::value(r#""\x00e9\x20AC""#).as_str(), Some("é€"));
    assert_eq!(super::value(r#""\xD83D\xDE00""#).as_str(), Some("😀"));
    assert_eq!(super::value(r#""\xD83D\x0041 \xDE00""#).as_str(), Some("\u{fffd}A \u{fffd}"));
    assert_eq!(super::value("\"two\nlines // no comment 'q'\"").as_str(), Some("two\nlines // no comment 'q'"));
}

fn only(text: &str) -> NodeKind<'_> {
    let ast = Ast::parse(text).expect(text);
    assert_eq!(ast.nodes().len(), 1, "{text}");
    ast.nodes()[0].kind.clone()
}

#[test]
fn variables_are_written_with_and_without_brackets() {
    for (text, namespace, name) in [
        ("@Counter", None, "Counter"),
        ("@[My Name]", None, "My Name"),
        ("@[User::A b]", Some("User"), "A b"),
        ("@User::A", Some("User"), "A"),
        ("@[$Project::Server]", Some("$Project"), "Server"),
        ("@[$Package::P]", Some("$Package"), "P"),
        ("@_é$#@1", None, "_é$#@1"),
    ] {
        let NodeKind::Variable(variable) = only(text) else { panic!("{text} is a variable") };
        assert_eq!((variable.namespace, variable.name), (namespace, name), "{text}");
    }
}

#[test]
fn columns_are_written_by_name_by_number_and_by_ref_id() {
    let named = |component, name| Column::Named { component, name };
    for (text, column) in [
        ("Column", named(None, "Column")),
        ("[True]", named(None, "True")),
        ("[A (b)]", named(None, "A (b)")),
        ("Source.Column", named(Some("Source"), "Column")),
        ("[My Source].Age", named(Some("My Source"), "Age")),
        ("MySource.[#Age]", named(Some("MySource"), "#Age")),
        ("#12", Column::Lineage("12")),
        ("#{Package\\DFT\\S.Outputs[O].Columns[C]}", Column::RefId("Package\\DFT\\S.Outputs[O].Columns[C]".into())),
        ("#{Package\\D.Columns[{a\\}b]}", Column::RefId("Package\\D.Columns[{a}b]".into())),
    ] {
        assert_eq!(only(text), NodeKind::Column(column), "{text}");
    }
}

#[test]
fn functions_may_stand_in_brackets_and_away_from_their_parenthesis() {
    assert_eq!(shown("[UPPER](\"a\")"), "\"A\" DT_WSTR");
    assert_eq!(shown("SUBSTRING (\"elephant\",4,2)"), "\"ph\" DT_WSTR");
}
