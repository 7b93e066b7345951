use super::super::{ErrorKind, Function};
use super::{all_shown, fails, shown, unknown, value};

#[test]
fn string_functions() {
    all_shown(&[
        ("CODEPOINT(\"Mountain Bike\")", "77 DT_UI2"),
        ("CODEPOINT(\"\")", "NULL DT_UI2"),
        ("FINDSTRING(\"New York, NY, NY\", \"NY\", 1)", "11 DT_I4"),
        ("FINDSTRING(\"New York, NY, NY\", \"NY\", 3)", "0 DT_I4"),
        ("FINDSTRING(\"Mountain,500Red,42\",\"42\",1)", "17 DT_I4"),
        ("FINDSTRING(\"Anderson\",\"n\",2)", "8 DT_I4"),
        ("FINDSTRING(\"é😀x\",\"x\",1)", "4 DT_I4"),
        ("HEX(400)", "\"190\" DT_WSTR"),
        ("HEX((DT_I2)750)", "\"2EE\" DT_WSTR"),
        ("HEX(-1)", "\"FFFFFFFF\" DT_WSTR"),
        ("LEFT(\"Mountain Bike\", 8)", "\"Mountain\" DT_WSTR"),
        ("LEFT(\"ab\", 8)", "\"ab\" DT_WSTR"),
        ("LEFT(\"ab\", 0)", "\"\" DT_WSTR"),
        ("RIGHT(\"Mountain Bike\", 4)", "\"Bike\" DT_WSTR"),
        ("RIGHT(\"ab\", 9)", "\"ab\" DT_WSTR"),
        ("LEN(\"Ball Bearing\")", "12 DT_I4"),
        ("LEN(\" é \")", "3 DT_I4"),
        ("LOWER(\"COLOR Ä\")", "\"color ä\" DT_WSTR"),
        ("UPPER(\"flower ß\")", "\"FLOWER ß\" DT_WSTR"),
        ("LTRIM(\"  a \")", "\"a \" DT_WSTR"),
        ("RTRIM(\"  a \")", "\"  a\" DT_WSTR"),
        ("TRIM(\"   New York   \")", "\"New York\" DT_WSTR"),
        ("TRIM(\"\\t a\")", "\"\\t a\" DT_WSTR"),
        ("REPLACE(\"Mountain Bike\", \"Mountain\",\"All Terrain\")", "\"All Terrain Bike\" DT_WSTR"),
        ("REPLACE(\"a-b\", \"-\", \"\")", "\"ab\" DT_WSTR"),
        ("REPLICATE(\"Mountain Bike\", 3)", "\"Mountain BikeMountain BikeMountain Bike\" DT_WSTR"),
        ("REPLICATE(\"a\", 0)", "\"\" DT_WSTR"),
        ("REVERSE(\"Mountain Bike\")", "\"ekiB niatnuoM\" DT_WSTR"),
        ("SUBSTRING(\"elephant\",4,2)", "\"ph\" DT_WSTR"),
        ("SUBSTRING(\"elephant\",4,50)", "\"phant\" DT_WSTR"),
        ("SUBSTRING(\"Redmond\",4,0)", "\"\" DT_WSTR"),
        ("SUBSTRING(\"ab\",9,1)", "\"\" DT_WSTR"),
        ("SUBSTRING(\"äöü\",2,1)", "\"ö\" DT_WSTR"),
        ("TOKEN(\"a little white dog\",\" \",1)", "\"a\" DT_WSTR"),
        ("TOKEN(\"a:little|white dog\",\"| ,.:\",4)", "\"dog\" DT_WSTR"),
        ("TOKEN(\"        a little white dog\", \" \", 1)", "\"a\" DT_WSTR"),
        ("TOKEN(\"a little white dog\",\"|\",1)", "\"a little white dog\" DT_WSTR"),
        ("TOKEN(@Folder, \"\\\\\", TOKENCOUNT(@Folder, \"\\\\\"))", "\"data\" DT_WSTR"),
        ("TOKENCOUNT(\"01/12/2011\", \"/\")", "3 DT_I4"),
        ("TOKENCOUNT(\"a:little|white dog\",\"| ,.:\")", "4 DT_I4"),
        ("TOKENCOUNT(NULL(DT_WSTR,5),\"|\")", "0 DT_I4"),
    ]);
    assert!(unknown("TOKEN(\"a little white dog\",\" \",99)").is_empty(), "documented both as NULL and as an empty string");
}

#[test]
fn number_functions() {
    all_shown(&[
        ("ABS(-1.23)", "1.23 DT_NUMERIC"),
        ("ABS(-5)", "5 DT_I4"),
        ("ABS(-5E-1)", "0.5 DT_R8"),
        ("CEILING(123.74)", "124.00 DT_NUMERIC"),
        ("CEILING(-124.27)", "-124.00 DT_NUMERIC"),
        ("FLOOR(123.45)", "123.00 DT_NUMERIC"),
        ("FLOOR(-123.45)", "-124.00 DT_NUMERIC"),
        ("FLOOR(1.5E0)", "1 DT_R8"),
        ("CEILING(7)", "7 DT_I4"),
        ("EXP(0)", "1 DT_R8"),
        ("LOG(1000)", "3 DT_R8"),
        ("POWER(4,3)", "64 DT_R8"),
        ("ROUND(137.1574,3)", "137.1570 DT_NUMERIC"),
        ("ROUND(137.1575,3)", "137.1580 DT_NUMERIC"),
        ("ROUND(5,2)", "5 DT_I4"),
        ("SIGN(-123.45)", "-1 DT_I4"),
        ("SIGN(0)", "0 DT_I4"),
        ("SIGN(2E0)", "1 DT_I4"),
        ("SQRT(25)", "5 DT_R8"),
        ("SQUARE(12)", "144 DT_R8"),
    ]);
    let ln = value("LN(42)").data.to_f64().expect("a number");
    assert!((ln - 3.737_669_618_283_37).abs() < 1e-12);
}

#[test]
fn date_functions() {
    all_shown(&[
        ("DATEADD(\"yyyy\", 2, (DT_DBTIMESTAMP)\"2003-08-06\")", "2005-08-06 00:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"Month\", 1, (DT_DBDATE)\"2024-01-31\")", "2024-02-29 00:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"qq\", -1, (DT_DBDATE)\"2024-01-15\")", "2023-10-15 00:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"ww\", 1, (DT_DBDATE)\"2024-12-30\")", "2025-01-06 00:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"w\", 1, (DT_DBDATE)\"2024-12-31\")", "2025-01-01 00:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"Hh\", 25, (DT_DBDATE)\"2024-12-31\")", "2025-01-01 01:00:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"n\", -1, (DT_DBDATE)\"2025-01-01\")", "2024-12-31 23:59:00 DT_DBTIMESTAMP"),
        ("DATEADD(\"Ms\", 1500, (DT_DBDATE)\"2025-01-01\")", "2025-01-01 00:00:01 DT_DBTIMESTAMP"),
        ("DATEDIFF(\"dd\", (DT_DBTIMESTAMP)\"2003-08-01\", (DT_DBTIMESTAMP)\"2003-08-08\")", "7 DT_I4"),
        ("DATEDIFF(\"yy\", (DT_DBDATE)\"2023-12-31\", (DT_DBDATE)\"2024-01-01\")", "1 DT_I4"),
        ("DATEDIFF(\"q\", (DT_DBDATE)\"2024-07-01\", (DT_DBDATE)\"2024-03-31\")", "-2 DT_I4"),
        ("DATEDIFF(\"mm\", (DT_DBDATE)\"2024-01-31\", (DT_DBDATE)\"2024-02-01\")", "1 DT_I4"),
        ("DATEDIFF(\"week\", (DT_DBDATE)\"2024-06-01\", (DT_DBDATE)\"2024-06-02\")", "1 DT_I4"),
        ("DATEDIFF(\"ss\", (DT_DBDATE)\"2024-06-01\", (DT_DBTIMESTAMP)\"2024-06-01 01:00:00\")", "3600 DT_I4"),
        ("DATEPART(\"month\", (DT_DBTIMESTAMP)\"2002-11-04\")", "11 DT_I4"),
        ("DATEPART(\"q\", (DT_DBDATE)\"2002-11-04\")", "4 DT_I4"),
        ("DATEPART(\"dy\", (DT_DBDATE)\"2024-12-31\")", "366 DT_I4"),
        ("DATEPART(\"wk\", (DT_DBDATE)\"2024-12-31\")", "53 DT_I4"),
        ("DATEPART(\"wk\", (DT_DBDATE)\"2024-01-06\")", "1 DT_I4"),
        ("DATEPART(\"wk\", (DT_DBDATE)\"2024-01-07\")", "2 DT_I4"),
        ("DATEPART(\"dw\", (DT_DBDATE)\"2024-01-07\")", "1 DT_I4"),
        ("DATEPART(\"mi\", (DT_DBTIMESTAMP)\"2024-01-07 10:42:05.250\")", "42 DT_I4"),
        ("DATEPART(\"ss\", (DT_DBTIMESTAMP)\"2024-01-07 10:42:05.250\")", "5 DT_I4"),
        ("DATEPART(\"ms\", (DT_DBTIMESTAMP)\"2024-01-07 10:42:05.250\")", "250 DT_I4"),
        ("DATEPART(\"hh\", (DT_DBTIMESTAMP)\"2024-01-07 10:42:05.250\")", "10 DT_I4"),
        ("DAY((DT_DBDATE)\"2002-11-04\") + MONTH((DT_DBDATE)\"2002-11-04\") * 100 + YEAR((DT_DBDATE)\"2002-11-04\") * 10000", "20021104 DT_I4"),
    ]);
    assert_eq!(unknown("DATEPART(\"year\",GETDATE())"), ["GETDATE()"]);
    assert_eq!(unknown("GETUTCDATE()"), ["GETUTCDATE()"]);
}

#[test]
fn null_functions() {
    all_shown(&[
        ("ISNULL(NULL(DT_I4))", "true DT_BOOL"),
        ("ISNULL(\"\")", "false DT_BOOL"),
        ("ISNULL(@Number + NULL(DT_I4))", "true DT_BOOL"),
        ("REPLACENULL(NULL(DT_WSTR,10), \"1900-01-01\")", "\"1900-01-01\" DT_WSTR"),
        ("REPLACENULL(5, 6)", "5 DT_I4"),
        ("NULL(DT_STR,10,1252)", "NULL DT_STR"),
        ("NULL(DT_DATE)", "NULL DT_DATE"),
        ("NULL(DT_NUMERIC,10,3)", "NULL DT_NUMERIC"),
        ("UPPER(NULL(DT_WSTR,5))", "NULL DT_WSTR"),
    ]);
    assert_eq!(unknown("ISNULL(Column)"), ["[Column]"]);
}

#[test]
fn every_function_is_found_by_its_name_and_wants_its_arguments() {
    assert_eq!(Function::all().count(), 38);
    for function in Function::all() {
        assert_eq!(Function::from_name(&function.name().to_lowercase()), Some(function));
        let arguments = vec!["x"; function.arguments() + 1].join(",");
        let kind = fails(&format!("{}({arguments})", function.name())).kind;
        assert_eq!(kind, ErrorKind::ArgumentCount { function: function.name(), expected: function.arguments(), found: function.arguments() + 1 });
    }
    assert_eq!(shown("LEN(LEFT(\"abc\", LEN(\"ab\")))"), "2 DT_I4");
}
