use super::super::{Ast, ErrorKind, NoEnvironment, evaluate};
use super::{compute, fails};

/// Code and the text that the error points at.
fn refused(text: &str) -> (u32, &str) {
    let error = fails(text);
    (error.code().unwrap_or_default(), &text[error.span.start as usize..error.span.end as usize])
}

#[test]
fn what_does_not_parse_says_where() {
    for (text, code, at) in [
        ("", 0xC004_709A, ""),
        (" \n", 0xC004_709A, ""),
        ("'a'", 0xC004_70D6, "'"),
        ("@Number = 1", 0xC004_70D7, "="),
        ("«string»", 0xC004_70E6, "«"),
        ("1 $ 2", 0xC004_7096, "$"),
        ("\"abc", 0xC004_70A7, "\"abc"),
        ("\"C:\\data\"", 0xC004_70B8, "\"C:\\d"),
        ("\"\\x12\"", 0xC004_70B7, "\"\\x"),
        ("@[User::A", 0xC004_70A7, "@[User::A"),
        ("@ A", 0xC004_70A7, "@"),
        ("@[]", 0xC004_70A7, "@[]"),
        ("# 1", 0xC004_70A7, "#"),
        ("#{a", 0xC004_70A7, "#{a"),
        ("1 2", 0xC004_7099, "2"),
        ("a b", 0xC004_7099, "b"),
        ("1 +", 0xC004_7099, ""),
        ("* 1", 0xC004_7099, "*"),
        ("1 <> 2", 0xC004_7099, ">"),
        ("(1", 0xC004_70A7, ""),
        ("1)", 0xC004_7099, ")"),
        ("()", 0xC004_7099, ")"),
        ("LEN(\"a\"", 0xC004_70A7, ""),
        ("LEN(\"a\",)", 0xC004_7099, ")"),
        ("1, 2", 0xC004_7099, ","),
        ("a ? b", 0xC004_70A7, ""),
        ("(a ? b)", 0xC004_70A7, ")"),
        ("a : b", 0xC004_7099, ":"),
        ("LEN(a ? b, c)", 0xC004_70A7, ","),
        ("FOO(1)", 0xC004_708A, "FOO"),
        ("[S].LEN(1)", 0xC004_7099, "("),
        ("LEN()", 0xC004_70FA, "LEN()"),
        ("LEFT(\"a\")", 0xC004_70F9, "LEFT(\"a\")"),
        ("LEFT(\"a\",1,2)", 0xC004_70FB, "LEFT(\"a\",1,2)"),
        ("(DT_FOO)1", 0xC004_70BE, "DT_FOO"),
        ("NULL(INT)", 0xC004_70BE, "INT"),
        ("NULL()", 0xC004_70BE, ")"),
        ("(DT_WSTR)1", 0xC004_7099, "(DT_WSTR)"),
        ("(DT_WSTR 5)1", 0xC004_7099, "5"),
        ("(DT_I4", 0xC004_70A7, ""),
        ("2147483648", 0xC004_707C, "2147483648"),
        ("99999999999999999999L", 0xC004_707C, "99999999999999999999L"),
        ("1e999", 0xC004_707C, "1e999"),
    ] {
        assert_eq!(refused(text), (code, at), "{text}");
    }
}

#[test]
fn what_types_forbid_is_refused() {
    for (text, code, at) in [
        ("\"a\" + 1", 0xC004_7080, "\"a\" + 1"),
        ("1 + (\"a\")", 0xC004_7080, "1 + (\"a\")"),
        ("\"a\" + GETDATE()", 0xC004_7080, "\"a\" + GETDATE()"),
        ("@[System::StartTime] + \"a\"", 0xC004_7080, "@[System::StartTime] + \"a\""),
        ("@Flag == 1", 0xC004_7080, "@Flag == 1"),
        ("@Number == \"1\"", 0xC004_7080, "@Number == \"1\""),
        ("\"2003-07-04\" == GETDATE()", 0xC004_7080, "\"2003-07-04\" == GETDATE()"),
        ("1UL + 1", 0xC004_7080, "1UL + 1"),
        ("(DT_DBTIME)\"1:00\" > GETDATE()", 0xC004_7080, "(DT_DBTIME)\"1:00\" > GETDATE()"),
        ("@Number && TRUE", 0xC004_7081, "@Number && TRUE"),
        ("Column || 1", 0xC004_7081, "Column || 1"),
        ("\"a\" - \"b\"", 0xC004_7081, "\"a\" - \"b\""),
        ("1.5 % 2", 0xC004_7081, "1.5 % 2"),
        ("1 & 1U", 0xC004_7082, "1 & 1U"),
        ("!1", 0xC004_7086, "!1"),
        ("-\"a\"", 0xC004_7086, "-\"a\""),
        ("~1.5", 0xC004_7086, "~1.5"),
        ("1 ? 2 : 3", 0xC004_709E, "1 ? 2 : 3"),
        ("@Flag ? 1 : \"a\"", 0xC004_709F, "@Flag ? 1 : \"a\""),
        ("@Flag ? NULL(DT_STR,5,1252) : \"a\"", 0xC004_70ED, "@Flag ? NULL(DT_STR,5,1252) : \"a\""),
        ("NULL(DT_STR,5,1252) + \"a\"", 0xC004_70EC, "NULL(DT_STR,5,1252) + \"a\""),
        ("LEN(5)", 0xC004_7089, "LEN(5)"),
        ("SUBSTRING(GETDATE(),1,4)", 0xC004_7089, "SUBSTRING(GETDATE(),1,4)"),
        ("ABS(\"1\")", 0xC004_7089, "ABS(\"1\")"),
        ("DATEPART(\"xx\", GETDATE())", 0xC004_708F, "DATEPART(\"xx\", GETDATE())"),
        ("DATEPART(Column, GETDATE())", 0xC004_70F0, "DATEPART(Column, GETDATE())"),
        ("@Nowhere + 1", 0xC004_70A6, "@Nowhere"),
        ("@Twice", 0xC004_70DD, "@Twice"),
    ] {
        assert_eq!(refused(text), (code, at), "{text}");
    }
    for allowed in
        ["(DT_STR,5,1252)@Number + \"a\"", "(DT_WSTR,5)NULL(DT_STR,5,1252) + \"a\"", "DATEDIFF(\"day\", 0, GETDATE())", "@Object + 1", "Column + \"a\""]
    {
        assert!(compute(allowed).is_ok(), "{allowed}");
    }
}

#[test]
fn what_is_certain_to_fail_is_said() {
    for (text, code, at) in [
        ("1 + 1 / 0", 0xC004_707B, "1 / 0"),
        ("1 % 0", 0xC004_707B, "1 % 0"),
        ("1.5 / 0.0", 0xC004_707B, "1.5 / 0.0"),
        ("1E0 / 0", 0xC004_707B, "1E0 / 0"),
        ("2147483647 + 1", 0xC004_707E, "2147483647 + 1"),
        ("1024 * 1024 * 4096", 0xC004_707E, "1024 * 1024 * 4096"),
        ("-(-2147483648)", 0xC004_70E5, "-(-2147483648)"),
        ("ABS(-2147483648)", 0xC004_707F, "ABS(-2147483648)"),
        ("SUBSTRING(\"a\",0,1)", 0xC004_708C, "SUBSTRING(\"a\",0,1)"),
        ("SUBSTRING(\"a\",1,-1)", 0xC004_708B, "SUBSTRING(\"a\",1,-1)"),
        ("LEFT(\"a\",-1)", 0xC004_70E7, "LEFT(\"a\",-1)"),
        ("RIGHT(\"a\",-1)", 0xC004_70E7, "RIGHT(\"a\",-1)"),
        ("REPLICATE(\"a\",-1)", 0xC004_70E8, "REPLICATE(\"a\",-1)"),
        ("FINDSTRING(\"a\",\"a\",0)", 0xC004_70EE, "FINDSTRING(\"a\",\"a\",0)"),
        ("SQRT(-1)", 0xC004_70DF, "SQRT(-1)"),
        ("LN(0)", 0xC004_70E0, "LN(0)"),
        ("LOG(-1)", 0xC004_70E1, "LOG(-1)"),
        ("POWER(0,-1)", 0xC004_70E2, "POWER(0,-1)"),
        ("EXP(1000)", 0xC004_707F, "EXP(1000)"),
        ("REPLACE(\"a\",\"\",\"b\")", 0xC004_70C5, "REPLACE(\"a\",\"\",\"b\")"),
        ("DATEADD(\"yy\", 9000, (DT_DBDATE)\"2024-01-01\")", 0xC004_707F, "DATEADD(\"yy\", 9000, (DT_DBDATE)\"2024-01-01\")"),
        ("TRUE ? 1/0 : 1", 0xC004_707B, "1/0"),
        ("@Text + (DT_WSTR,5)(1/0)", 0xC004_707B, "1/0"),
    ] {
        assert_eq!(refused(text), (code, at), "{text}");
    }
}

#[test]
fn assignments_are_for_statements_only() {
    assert!(Ast::parse_assignment("@[User::A] = @A + 1").is_ok());
    assert!(Ast::parse_assignment("@[User::A] := 1").is_ok());
    for text in ["Column = 1", "1 = 1", "@A + @B = 1", "!@A = 1"] {
        assert_eq!(Ast::parse_assignment(text).map_err(|error| error.kind), Err(ErrorKind::AssignmentTarget), "{text}");
    }
}

#[test]
fn messages_show_no_string_of_the_expression() {
    for text in ["\"secret\" + 1", "(DT_I4)\"secret\"", "\"secret\\q\"", "\"secret", "DATEPART(\"secret\", GETDATE())", "LEN(1) + \"secret\""] {
        assert!(!fails(text).to_string().contains("secret"), "{text}");
    }
}

#[test]
fn depth_and_length_have_no_limit() {
    let environment = NoEnvironment;
    let deep = 200_000;
    for text in [
        format!("{}1{}", "(".repeat(deep), ")".repeat(deep)),
        format!("{}TRUE", "!".repeat(deep)),
        format!("{}\"a\"{}", "TRIM(".repeat(deep / 10), ")".repeat(deep / 10)),
        format!("{}1", "a ? 1 : ".repeat(deep / 2)),
        format!("1{}", " + a".repeat(deep)),
        format!("\"a\"{}", " + \"b\"".repeat(deep)),
        format!("{}1", "(DT_I4)".repeat(deep / 10)),
    ] {
        let ast = Ast::parse(&text).expect("parses");
        evaluate(&ast, &environment).expect("evaluates");
        assert_eq!(Ast::parse(&ast.to_string()).expect("parses again"), ast);
    }
    assert_eq!(Ast::parse(&"(".repeat(deep)).map_err(|error| error.kind), Err(ErrorKind::MissingOperand("the end")));
}

#[test]
fn a_hostile_expression_is_given_up_in_time() {
    let text = vec!["REPLICATE(\"0123456789\",100000)"; 20_000].join("+");
    let ast = Ast::parse(&text).expect("parses");
    assert!(evaluate(&ast, &NoEnvironment).expect("evaluates").value().is_none());
    assert!(super::super::fold_string(&ast, &NoEnvironment).expect("folds").len() < 30_000);
    let nested = format!("{}\"a\"{}", "REPLACE(".repeat(5000), ",\"a\",\"aaaaaaaa\")".repeat(5000));
    assert!(evaluate(&Ast::parse(&nested).expect("parses"), &NoEnvironment).expect("evaluates").value().is_none());
}
