//! Any text as an SSIS expression: parsed, typed, computed, folded and compared.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::lang::expression::{
    Ast, Column, DataType, Environment, Lookup, NoEnvironment, Value, are_complementary, check, evaluate, first_piece, fold_string, references,
};

/// Knows something of everything; the name decides what.
struct Known;

impl Environment for Known {
    fn variable(&self, name: &str) -> Lookup {
        let of = |data_type: u16, text: &str| DataType::of_variable(data_type).and_then(|data_type| Value::of_variable(data_type, text)).map(Lookup::Value);
        let sure = match name.len() % 12 {
            0 => of(8, "C:\\Daten\\\u{130}\u{1F600}.xlsx"),
            1 => of(3, "-2147483648"),
            2 => of(20, "-9223372036854775808"),
            3 => of(11, "-1"),
            4 => of(5, "1e308"),
            5 => of(7, "2024-02-29 23:59:59"),
            6 => of(14, "79228162514264337593543950335"),
            7 => of(21, "18446744073709551615"),
            8 => DataType::of_variable(8).map(Lookup::Type),
            9 => DataType::of_variable(7).map(Lookup::Type),
            10 => Some(Lookup::Missing),
            _ => Some(Lookup::Ambiguous),
        };
        sure.unwrap_or(Lookup::Unknown)
    }

    fn column(&self, column: &Column<'_>) -> Option<DataType> {
        DataType::all().nth(format!("{column:?}").len() % 40)
    }
}

fuzz_target!(|text: &str| {
    for ast in [Ast::parse(text), Ast::parse_assignment(text)].into_iter().flatten() {
        let _ = (references(&ast), first_piece(&ast));
        for environment in [&Known as &dyn Environment, &NoEnvironment] {
            drop(check(&ast, environment));
            drop(evaluate(&ast, environment));
            drop(fold_string(&ast, environment));
        }
    }
    if let Some((left, right)) = text.split_once('\n') {
        assert_eq!(are_complementary(left, right), are_complementary(right, left));
    }
});
