use super::super::{Ast, DataType, NoEnvironment, check};
use super::{all_shown, shown, unknown};

/// The tree, every operation in brackets.
fn tree(text: &str) -> String {
    let ast = Ast::parse_assignment(text).expect(text);
    let mut stack: Vec<String> = Vec::new();
    for node in ast.nodes() {
        let operands = stack.split_off(stack.len() - node.kind.arity());
        let own = match &node.kind {
            super::super::NodeKind::Unary(operator) => format!("({}{})", operator.symbol(), operands[0]),
            super::super::NodeKind::Binary(operator) => format!("({} {} {})", operands[0], operator.symbol(), operands[1]),
            super::super::NodeKind::Conditional => format!("({} ? {} : {})", operands[0], operands[1], operands[2]),
            super::super::NodeKind::Cast { data_type, .. } => format!("({data_type} {})", operands.join(" ")),
            super::super::NodeKind::Call { function, .. } => format!("{}({})", function.name(), operands.join(",")),
            super::super::NodeKind::Assign => format!("({} = {})", operands[0], operands[1]),
            _ => ast.text()[node.span.start as usize..node.span.end as usize].to_owned(),
        };
        stack.push(own);
    }
    stack.concat()
}

#[test]
fn operators_bind_as_documented() {
    for (text, expected) in [
        ("a || b && c | d ^ e & f == g < h + i * -j", "(a || (b && (c | (d ^ (e & (f == (g < (h + (i * (-j))))))))))"),
        ("-a * b", "((-a) * b)"),
        ("!a && b", "((!a) && b)"),
        ("(DT_I4)a + b", "((DT_I4 a) + b)"),
        ("-(DT_I4)!~a", "(-(DT_I4 (!(~a))))"),
        ("(DT_WSTR,1+1)a.b", "(DT_WSTR (1 + 1) a.b)"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b % c * d", "(((a / b) % c) * d)"),
        ("a - (b - c)", "(a - (b - c))"),
        ("a == b != c", "((a == b) != c)"),
        ("a < b >= c", "((a < b) >= c)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ? b ? c : d : e", "(a ? (b ? c : d) : e)"),
        ("a || b ? c + d : e", "((a || b) ? (c + d) : e)"),
        ("(a ? b : c) + d", "((a ? b : c) + d)"),
        ("LEN(a + b) ? f : DATEPART(\"dd\", g ? h : i)", "(LEN((a + b)) ? f : DATEPART(\"dd\",(g ? h : i)))"),
        ("@a = @b = c ? d : e", "(@a = (@b = (c ? d : e)))"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn arithmetic_widens_its_operands() {
    all_shown(&[
        ("25 / 5", "5 DT_I4"),
        ("7 / 2", "3 DT_I4"),
        ("42 % 13", "3 DT_I4"),
        ("1 + 1L", "2 DT_I8"),
        ("1 + 1U", "2 DT_I8"),
        ("5 - 6.09", "-1.09 DT_NUMERIC"),
        ("1.5 * 2.5", "3.75 DT_NUMERIC"),
        ("1 / 4E0", "0.25 DT_R8"),
        ("1.5 + 1e0", "2.5 DT_R8"),
        ("-1.5", "-1.5 DT_NUMERIC"),
        ("~0", "-1 DT_I4"),
        ("~0U", "4294967295 DT_UI4"),
        ("3 & 5", "1 DT_I4"),
        ("3 | 5", "7 DT_I4"),
        ("3 ^ 5", "6 DT_I4"),
        ("@Five * 2", "10 DT_I4"),
    ]);
}

#[test]
fn comparisons_are_exact() {
    all_shown(&[
        ("1 == 1.0", "true DT_BOOL"),
        ("1 != 1e0", "false DT_BOOL"),
        ("\"a\" == \"A\"", "false DT_BOOL"),
        ("\"a\" == \"a \"", "false DT_BOOL"),
        ("2 > 1 && 1 <= 1 && 1 < 2 && 2 >= 2", "true DT_BOOL"),
        ("(DT_DBDATE)\"2024-01-01\" < (DT_DBTIMESTAMP)\"2024-01-01 00:00:01\"", "true DT_BOOL"),
        ("TRUE != FALSE", "true DT_BOOL"),
    ]);
    assert!(unknown("\"a\" < \"B\"").is_empty(), "the order of strings depends on the locale");
    assert!(unknown("\"é\" == \"e\"").is_empty());
}

#[test]
fn null_spreads_but_not_through_decisive_logic() {
    all_shown(&[
        ("NULL(DT_I4) + 1", "NULL DT_I4"),
        ("NULL(DT_I4) == NULL(DT_I4)", "NULL DT_BOOL"),
        ("NULL(DT_BOOL) && FALSE", "false DT_BOOL"),
        ("NULL(DT_BOOL) && TRUE", "NULL DT_BOOL"),
        ("NULL(DT_BOOL) || TRUE", "true DT_BOOL"),
        ("NULL(DT_BOOL) || FALSE", "NULL DT_BOOL"),
        ("!NULL(DT_BOOL)", "NULL DT_BOOL"),
        ("NULL(DT_BOOL) ? 1 : 2", "NULL DT_I4"),
        ("TRUE ? 1 : NULL(DT_I4)", "1 DT_I4"),
        ("@Number + NULL(DT_I4)", "NULL DT_I4"),
    ]);
}

#[test]
fn what_is_known_is_known_and_the_rest_says_why_not() {
    assert_eq!(unknown("@Text + \"x\" + @Text + (DT_WSTR,30)GETDATE()"), ["GETDATE()", "Text"]);
    assert_eq!(unknown("@[User::Number] > 0 && Column == [S].[C]"), ["User::Number", "[Column]", "[S].[C]"].map(str::to_owned).to_vec());
    assert_eq!(shown("@Flag && FALSE"), "false DT_BOOL");
    assert_eq!(shown("@Flag || @Yes"), "true DT_BOOL");
    assert_eq!(shown("@Yes ? \"a\" : @Text"), "\"a\" DT_WSTR");
    assert_eq!(shown("TRUE ? 1 : 1/0"), "1 DT_I4", "the branch not taken does not fail");
    assert_eq!(unknown("@Flag ? 1 : 1/0"), ["Flag"]);
    assert_eq!(shown("TRUE ? 1 : 2L"), "1 DT_I8");
    assert!(unknown("TRUE ? 1 : 2.5").is_empty());
}

#[test]
fn types_are_known_where_the_operands_leave_no_doubt() {
    for (text, expected) in [
        ("Column", None),
        ("Column + 1", None),
        ("Column + \"a\"", Some(DataType::Wstr)),
        ("Column > 1", Some(DataType::Bool)),
        ("!Column", Some(DataType::Bool)),
        ("(DT_STR,10,1252)Column", Some(DataType::Str)),
        ("ISNULL(Column) ? 1 : 2L", Some(DataType::I8)),
        ("1 / 0", Some(DataType::I4)),
        ("LEN(Column) + 1U", Some(DataType::I8)),
        ("(DT_CY)1 * 2.5", Some(DataType::Numeric)),
        ("-(DT_UI1)1", Some(DataType::I2)),
        ("DATEADD(\"d\", 1, Column)", Some(DataType::DbTimestamp)),
        ("REPLACENULL((DT_I4)Column, 0)", Some(DataType::I4)),
        ("NULL(DT_STR,10,1252)", Some(DataType::Str)),
    ] {
        assert_eq!(check(&Ast::parse(text).expect(text), &NoEnvironment), Ok(expected), "{text}");
    }
}
