use super::super::{Ast, DataType, ErrorKind, NoEnvironment, check};
use super::{all_shown, fails, unknown};

#[test]
fn every_type_can_be_cast_to_with_its_parameters() {
    for data_type in DataType::all() {
        let (parameters, required) = data_type.parameters();
        for count in 0..=parameters.len() + 1 {
            let text = format!("({data_type}{})Column", ", 5".repeat(count));
            match Ast::parse(&text) {
                Ok(ast) => {
                    assert!((required..=parameters.len()).contains(&count), "{text}");
                    assert_eq!(check(&ast, &NoEnvironment), Ok(Some(data_type)), "{text}");
                }
                Err(error) => {
                    assert!(!(required..=parameters.len()).contains(&count), "{text}");
                    assert_eq!(error.kind, ErrorKind::TypeParameterCount { data_type, expected: parameters.len(), found: count });
                }
            }
        }
    }
}

#[test]
fn casts_compute_what_no_locale_decides() {
    all_shown(&[
        ("(DT_STR,1,1252)5", "\"5\" DT_STR"),
        ("(DT_WSTR,3)\"Cat\"", "\"Cat\" DT_WSTR"),
        ("(DT_WSTR,2)\"Cat\"", "\"Ca\" DT_WSTR"),
        ("(DT_STR,9,1252)\"é\"", "\"é\" DT_STR"),
        ("(DT_WSTR,5)TRUE", "\"True\" DT_WSTR"),
        ("(DT_WSTR,@Five)\"abcdefg\"", "\"abcde\" DT_WSTR"),
        ("(DT_DECIMAl,2)500", "500.00 DT_DECIMAL"),
        ("(DT_NUMERIC,7,3)4000", "4000.000 DT_NUMERIC"),
        ("(DT_CY)12", "12.0000 DT_CY"),
        ("(DT_BOOL)\"True\"", "true DT_BOOL"),
        ("(DT_BOOL)0", "false DT_BOOL"),
        ("(DT_I4)TRUE", "-1 DT_I4"),
        ("(DT_I8)\" 12 \"", "12 DT_I8"),
        ("(DT_I4)3.00", "3 DT_I4"),
        ("(DT_R8)\"12\"", "12 DT_R8"),
        ("(DT_R4)0.5", "0.5 DT_R4"),
        ("(DT_DBDATE)\"1999-10-11\"", "1999-10-11 00:00:00 DT_DBDATE"),
        ("(DT_WSTR,20)(DT_DBDATE)\"1999-10-11\"", "\"1999-10-11\" DT_WSTR"),
        ("(DT_WSTR,20)(DT_DBTIME)\"16:34:52.12345\"", "\"16:34:52\" DT_WSTR"),
        ("(DT_WSTR,30)(DT_DBTIMESTAMP)\"1999-10-11 16:34:52\"", "\"1999-10-11 16:34:52\" DT_WSTR"),
        ("(DT_DBTIMESTAMP2, 4) \"1999-10-11 16:34:52.1234\"", "1999-10-11 16:34:52 DT_DBTIMESTAMP2"),
        ("(DT_DBDATE)(DT_DBTIMESTAMP)\"1999-10-11 16:34:52\"", "1999-10-11 00:00:00 DT_DBDATE"),
        ("(DT_WSTR,4)NULL(DT_I4)", "NULL DT_WSTR"),
    ]);
}

#[test]
fn casts_leave_open_what_a_locale_or_unwritten_rule_decides() {
    for text in [
        "(DT_I4) 3.57",
        "(DT_WSTR,10)0.5",
        "(DT_WSTR,10)1E0",
        "(DT_R8)\"1,5\"",
        "(DT_DBTIMESTAMP)\"8/1/2003\"",
        "(DT_I2)70000",
        "(DT_NUMERIC,3,0)4000",
        "(DT_STR,10,1252)\"Ω\"",
        "(DT_WSTR,1)12",
        "(DT_WSTR,30)(DT_DATE)\"2003-08-01\"",
        "(DT_DBTIMESTAMPOFFSET, 7) \"1999-10-11 16:34:52.1234567 + 5:35\"",
        "(DT_GUID)\"x\"",
        "(DT_IMAGE)\"x\"",
    ] {
        assert!(unknown(text).is_empty(), "{text}");
    }
}

#[test]
fn parameters_of_types_are_checked() {
    let numeric = DataType::Numeric;
    for (text, kind, code) in [
        ("(DT_NUMERIC,39,2)1", ErrorKind::Precision(numeric), 0xC004_70AB),
        ("(DT_NUMERIC,5,6)1", ErrorKind::Scale(numeric), 0xC004_70AC),
        ("(DT_NUMERIC,5,-1)1", ErrorKind::Scale(numeric), 0xC004_70AC),
        ("(DT_DBTIME2,8)\"1:00\"", ErrorKind::Scale(DataType::DbTime2), 0xC004_70AC),
        ("(DT_WSTR,-1)1", ErrorKind::NegativeLength(DataType::Wstr), 0xC004_70F1),
        ("(DT_WSTR,\"a\")1", ErrorKind::TypeParameterNotInteger { data_type: DataType::Wstr, number: 1 }, 0xC004_7094),
        ("(DT_STR,5,Column)1", ErrorKind::TypeParameterNotStatic { data_type: DataType::Str, number: 2 }, 0xC004_7093),
        ("(DT_I4)\"abc\"", ErrorKind::Conversion { from: DataType::Wstr, to: DataType::I4 }, 0xC004_70C4),
        ("(DT_DBDATE)\"\"", ErrorKind::Conversion { from: DataType::Wstr, to: DataType::DbDate }, 0xC004_70C4),
    ] {
        let error = fails(text);
        assert_eq!((error.code(), error.kind), (Some(code), kind), "{text}");
    }
}
