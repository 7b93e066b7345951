//! The data types of the data flow engine, which are those of expressions.

use std::fmt;

/// An SSIS data type, without its length, precision or scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataType {
    /// `DT_BOOL`
    Bool,
    /// `DT_BYTES`
    Bytes,
    /// `DT_CY`
    Cy,
    /// `DT_DATE`
    Date,
    /// `DT_DBDATE`
    DbDate,
    /// `DT_DBTIME`
    DbTime,
    /// `DT_DBTIME2`
    DbTime2,
    /// `DT_DBTIMESTAMP`
    DbTimestamp,
    /// `DT_DBTIMESTAMP2`
    DbTimestamp2,
    /// `DT_DBTIMESTAMPOFFSET`
    DbTimestampOffset,
    /// `DT_DECIMAL`
    Decimal,
    /// `DT_FILETIME`
    FileTime,
    /// `DT_GUID`
    Guid,
    /// `DT_I1`
    I1,
    /// `DT_I2`
    I2,
    /// `DT_I4`
    I4,
    /// `DT_I8`
    I8,
    /// `DT_IMAGE`
    Image,
    /// `DT_NTEXT`
    NText,
    /// `DT_NUMERIC`
    Numeric,
    /// `DT_R4`
    R4,
    /// `DT_R8`
    R8,
    /// `DT_STR`
    Str,
    /// `DT_TEXT`
    Text,
    /// `DT_UI1`
    Ui1,
    /// `DT_UI2`
    Ui2,
    /// `DT_UI4`
    Ui4,
    /// `DT_UI8`
    Ui8,
    /// `DT_WSTR`
    Wstr,
}

/// What a parameter of a type, as in `(DT_NUMERIC, 18, 2)`, means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeParameter {
    /// Characters or bytes.
    Length,
    /// A Windows code page.
    CodePage,
    /// Digits in all.
    Precision,
    /// Digits after the decimal point.
    Scale,
    /// Digits of fractional seconds.
    FractionalSeconds,
}

const NAMES: [(&str, DataType); 29] = [
    ("DT_BOOL", DataType::Bool),
    ("DT_BYTES", DataType::Bytes),
    ("DT_CY", DataType::Cy),
    ("DT_DATE", DataType::Date),
    ("DT_DBDATE", DataType::DbDate),
    ("DT_DBTIME", DataType::DbTime),
    ("DT_DBTIME2", DataType::DbTime2),
    ("DT_DBTIMESTAMP", DataType::DbTimestamp),
    ("DT_DBTIMESTAMP2", DataType::DbTimestamp2),
    ("DT_DBTIMESTAMPOFFSET", DataType::DbTimestampOffset),
    ("DT_DECIMAL", DataType::Decimal),
    ("DT_FILETIME", DataType::FileTime),
    ("DT_GUID", DataType::Guid),
    ("DT_I1", DataType::I1),
    ("DT_I2", DataType::I2),
    ("DT_I4", DataType::I4),
    ("DT_I8", DataType::I8),
    ("DT_IMAGE", DataType::Image),
    ("DT_NTEXT", DataType::NText),
    ("DT_NUMERIC", DataType::Numeric),
    ("DT_R4", DataType::R4),
    ("DT_R8", DataType::R8),
    ("DT_STR", DataType::Str),
    ("DT_TEXT", DataType::Text),
    ("DT_UI1", DataType::Ui1),
    ("DT_UI2", DataType::Ui2),
    ("DT_UI4", DataType::Ui4),
    ("DT_UI8", DataType::Ui8),
    ("DT_WSTR", DataType::Wstr),
];

impl DataType {
    /// Every type, in order of name.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|&(_, data_type)| data_type)
    }

    /// The type of a name such as `DT_WSTR`, in any letter case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, data_type)| data_type)
    }

    /// The name, as `DT_WSTR`.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|&&(_, data_type)| data_type == self).map_or("", |&(name, _)| name)
    }

    /// The type that a variable of a VARTYPE number has in an expression; none for objects and unknown numbers.
    #[must_use]
    pub const fn of_variable(vartype: u16) -> Option<Self> {
        Some(match vartype {
            2 => Self::I2,
            3 => Self::I4,
            4 => Self::R4,
            5 => Self::R8,
            6 => Self::Cy,
            7 => Self::Date,
            8 => Self::Wstr,
            11 => Self::Bool,
            14 => Self::Decimal,
            16 => Self::I1,
            17 => Self::Ui1,
            18 => Self::Ui2,
            19 => Self::Ui4,
            20 => Self::I8,
            21 => Self::Ui8,
            _ => return None,
        })
    }

    /// The parameters that a cast to the type takes, and how many of them must be there.
    #[must_use]
    pub const fn parameters(self) -> (&'static [TypeParameter], usize) {
        use TypeParameter as P;
        match self {
            Self::Str => (&[P::Length, P::CodePage], 2),
            Self::Wstr | Self::Bytes => (&[P::Length], 1),
            Self::Numeric => (&[P::Precision, P::Scale], 2),
            Self::Decimal => (&[P::Scale], 1),
            Self::Text => (&[P::CodePage], 1),
            Self::DbTime2 | Self::DbTimestamp2 | Self::DbTimestampOffset => (&[P::FractionalSeconds], 0),
            _ => (&[], 0),
        }
    }

    /// Whether it is `DT_STR` or `DT_WSTR`.
    #[must_use]
    pub const fn is_string(self) -> bool {
        matches!(self, Self::Str | Self::Wstr)
    }

    /// Whether it is `DT_TEXT`, `DT_NTEXT` or `DT_IMAGE`.
    #[must_use]
    pub const fn is_blob(self) -> bool {
        matches!(self, Self::Text | Self::NText | Self::Image)
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.integer_bits().is_some()
    }

    /// Whether it is a number of any kind; Booleans are none.
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        self.is_integer() || matches!(self, Self::R4 | Self::R8 | Self::Numeric | Self::Decimal | Self::Cy)
    }

    /// Whether it is a date, with or without a time.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::DbDate | Self::DbTimestamp | Self::DbTimestamp2 | Self::DbTimestampOffset | Self::FileTime)
    }

    /// Whether it is a time of day without a date.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::DbTime | Self::DbTime2)
    }

    /// Whether it is an integer type with a sign.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::I1 | Self::I2 | Self::I4 | Self::I8)
    }

    /// Width of an integer type.
    pub(super) const fn integer_bits(self) -> Option<u32> {
        Some(match self {
            Self::I1 | Self::Ui1 => 8,
            Self::I2 | Self::Ui2 => 16,
            Self::I4 | Self::Ui4 => 32,
            Self::I8 | Self::Ui8 => 64,
            _ => return None,
        })
    }

    /// The signed integer type of a width.
    pub(super) const fn signed(bits: u32) -> Self {
        match bits {
            8 => Self::I1,
            16 => Self::I2,
            32 => Self::I4,
            _ => Self::I8,
        }
    }

    /// Whether `value` fits into the integer type.
    pub(super) fn holds(self, value: i128) -> bool {
        let Some(bits) = self.integer_bits() else { return false };
        if self.is_signed() { -(1i128 << (bits - 1)) <= value && value < 1i128 << (bits - 1) } else { (0..1i128 << bits).contains(&value) }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_types() {
        for data_type in DataType::all() {
            assert_eq!(DataType::from_name(&data_type.name().to_lowercase()), Some(data_type));
        }
        assert_eq!(DataType::from_name("DT_INT"), None);
    }

    #[test]
    fn integer_types_hold_their_range_and_no_more() {
        assert!(DataType::I1.holds(-128) && !DataType::I1.holds(128) && !DataType::I1.holds(-129));
        assert!(DataType::Ui8.holds(u64::MAX.into()) && !DataType::Ui8.holds(-1));
        assert!(!DataType::Bool.holds(0));
    }
}
