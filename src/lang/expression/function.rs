//! The functions of the expression language.

use std::fmt;

macro_rules! functions {
    ($($variant:ident $name:literal $arguments:literal),* $(,)?) => {
        /// A function; `NULL` is a form of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function {
            $(#[doc = $name] $variant),*
        }

        const ALL: &[(&str, Function, usize)] = &[$(($name, Function::$variant, $arguments)),*];
    };
}

functions! {
    Abs "ABS" 1,
    Ceiling "CEILING" 1,
    CodePoint "CODEPOINT" 1,
    DateAdd "DATEADD" 3,
    DateDiff "DATEDIFF" 3,
    DatePart "DATEPART" 2,
    Day "DAY" 1,
    Exp "EXP" 1,
    FindString "FINDSTRING" 3,
    Floor "FLOOR" 1,
    GetDate "GETDATE" 0,
    GetUtcDate "GETUTCDATE" 0,
    Hex "HEX" 1,
    IsNull "ISNULL" 1,
    Left "LEFT" 2,
    Len "LEN" 1,
    Ln "LN" 1,
    Log "LOG" 1,
    Lower "LOWER" 1,
    LTrim "LTRIM" 1,
    Month "MONTH" 1,
    Power "POWER" 2,
    Replace "REPLACE" 3,
    ReplaceNull "REPLACENULL" 2,
    Replicate "REPLICATE" 2,
    Reverse "REVERSE" 1,
    Right "RIGHT" 2,
    Round "ROUND" 2,
    RTrim "RTRIM" 1,
    Sign "SIGN" 1,
    Sqrt "SQRT" 1,
    Square "SQUARE" 1,
    Substring "SUBSTRING" 3,
    Token "TOKEN" 3,
    TokenCount "TOKENCOUNT" 2,
    Trim "TRIM" 1,
    Upper "UPPER" 1,
    Year "YEAR" 1,
}

impl Function {
    /// Every function, in order of name.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|&(_, function, _)| function)
    }

    /// The function of a name, in any letter case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|&(_, function, _)| function)
    }

    /// The name in capitals.
    #[must_use]
    pub fn name(self) -> &'static str {
        ALL.iter().find(|&&(_, function, _)| function == self).map_or("", |&(name, ..)| name)
    }

    /// How many arguments it takes.
    #[must_use]
    pub fn arguments(self) -> usize {
        ALL.iter().find(|&&(_, function, _)| function == self).map_or(0, |&(.., arguments)| arguments)
    }

    /// Whether it reads the clock, so that two calls may differ.
    #[must_use]
    pub const fn reads_clock(self) -> bool {
        matches!(self, Self::GetDate | Self::GetUtcDate)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
