use proptest::prelude::*;

use super::super::{Ast, NoEnvironment, are_complementary, check, evaluate, fold_string, references};

fn leaf() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u16>().prop_map(|number| number.to_string()),
        (any::<u32>(), prop_oneof![Just("U"), Just("l"), Just("uL"), Just(".5"), Just("."), Just("e3"), Just("E-2f")])
            .prop_map(|(number, suffix)| format!("{number}{suffix}")),
        any::<u16>().prop_map(|number| format!("0x{number:x}")),
        "[a-zé_][a-z0-9]{0,4}",
        "\\[[ -Z^-~é]{1,6}\\]".prop_filter("a name is more than blanks", |name| !name[1..name.len() - 1].trim().is_empty()),
        Just("[My Source].[Col]".to_owned()),
        "#[0-9]{1,4}",
        "#\\{[a-zA-Z\\\\\\[\\]{.]{1,8}[a-z]\\}",
        "@\\[(User|\\$Project)::[A-Za-z ]{1,5}x\\]",
        "@[A-Z][a-z]{0,4}",
        "\"([^\"\\\\]|\\\\[nrtabfv\"\\\\]|\\\\x[0-9a-f]{4}){0,6}\"",
        Just("true".to_owned()),
        Just("NULL(DT_NUMERIC, 5 , 2)".to_owned()),
        Just("GETDATE ( )".to_owned()),
    ]
}

const BINARY: [&str; 16] = ["*", "/", "%", "+", "-", "<", ">", "<=", ">=", "==", "!=", "&", "^", "|", "&&", "||"];

fn expression() -> impl Strategy<Value = String> {
    leaf().prop_recursive(6, 64, 3, |inner| {
        prop_oneof![
            (inner.clone(), proptest::sample::select(BINARY.to_vec()), inner.clone()).prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(condition, yes, no)| format!("{condition}?{yes}:{no}")),
            (proptest::sample::select(vec!["-", "!", "~", "(DT_I4)", "(DT_STR,10,1252)", "(DT_DBTIMESTAMP2 , 7)"]), inner.clone())
                .prop_map(|(operator, operand)| format!("{operator}{operand}")),
            inner.clone().prop_map(|inner| format!("(\n{inner}\t)")),
            inner.clone().prop_map(|inner| format!("[LEN]({inner})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("substring( {a},{b} ,{c})")),
        ]
    })
}

/// Everything that can be done with an expression; nothing may panic.
fn exercise(text: &str) {
    for ast in [Ast::parse(text), Ast::parse_assignment(text)] {
        match ast {
            Ok(ast) => {
                let _ = (check(&ast, &NoEnvironment), evaluate(&ast, &NoEnvironment), fold_string(&ast, &NoEnvironment));
                for variable in references(&ast).variables {
                    assert!(text.is_char_boundary(variable.span.start as usize) && text.is_char_boundary(variable.span.end as usize));
                }
                assert_eq!(Ast::parse_assignment(&ast.to_string()).as_ref(), Ok(&ast), "{text}");
            }
            Err(error) => {
                assert!(text.get(error.span.start as usize..error.span.end as usize).is_some(), "{text}: {error:?}");
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(!are_complementary(text, text));
}

proptest! {
    #[test]
    fn printing_and_parsing_again_gives_an_equal_tree(text in expression()) {
        let ast = Ast::parse(&text).expect(&text);
        let printed = ast.to_string();
        prop_assert_eq!(Ast::parse(&printed).expect(&printed), ast);
        exercise(&text);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        exercise(&text);
    }

    #[test]
    fn no_salad_of_tokens_panics(
        tokens in prop::collection::vec(prop_oneof![
            leaf(),
            proptest::sample::select(BINARY.to_vec()).prop_map(str::to_owned),
            proptest::sample::select(vec!["(", ")", ",", "?", ":", "=", ":=", "!", "-", "(DT_WSTR,", "(DT_I4)", "NULL(", "LEN(", "DATEADD(\"d\",", "\"", "@", "[", "#{", "\\", "1e", "0x"])
                .prop_map(str::to_owned),
        ], 0..24),
        separator in prop_oneof![Just(""), Just(" ")],
    ) {
        exercise(&tokens.join(separator));
    }
}
