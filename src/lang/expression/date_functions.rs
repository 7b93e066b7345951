//! Date functions.

use super::error::ErrorKind;
use super::function::Function;
use super::moment::{DAY, HOUR, MILLISECOND, MINUTE, Moment, SECOND};

/// A part of a date that `DATEADD`, `DATEDIFF` and `DATEPART` work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DatePart {
    Year,
    Quarter,
    Month,
    DayOfYear,
    Day,
    Week,
    Weekday,
    Hour,
    Minute,
    Second,
    Millisecond,
}

impl DatePart {
    /// The part of a name or abbreviation, in any letter case.
    pub(super) fn from_name(name: &str, function: Function) -> Result<Self, ErrorKind> {
        Ok(match name.to_ascii_lowercase().as_str() {
            "year" | "yy" | "yyyy" => Self::Year,
            "quarter" | "qq" | "q" => Self::Quarter,
            "month" | "mm" | "m" => Self::Month,
            "dayofyear" | "dy" | "y" => Self::DayOfYear,
            "day" | "dd" | "d" => Self::Day,
            "week" | "wk" | "ww" => Self::Week,
            "weekday" | "dw" | "w" => Self::Weekday,
            "hour" | "hh" => Self::Hour,
            "minute" | "mi" | "n" => Self::Minute,
            "second" | "ss" | "s" => Self::Second,
            "millisecond" | "ms" => Self::Millisecond,
            _ => return Err(ErrorKind::DatePart(function.name())),
        })
    }

    /// The value of the part. Weeks begin on Sunday, as in Transact-SQL with its defaults.
    pub(super) const fn of(self, moment: Moment) -> i64 {
        let (year, month, day) = moment.civil();
        let ticks = moment.ticks();
        match self {
            Self::Year => year,
            Self::Quarter => (month + 2) / 3,
            Self::Month => month,
            Self::DayOfYear => moment.day_of_year(),
            Self::Day => day,
            Self::Week => (moment.day_of_year() + 12 - moment.weekday()) / 7,
            Self::Weekday => moment.weekday() + 1,
            Self::Hour => ticks / HOUR,
            Self::Minute => ticks / MINUTE % 60,
            Self::Second => ticks / SECOND % 60,
            Self::Millisecond => ticks / MILLISECOND % 1000,
        }
    }

    /// How many boundaries of the part lie between two moments.
    pub(super) fn between(self, start: Moment, end: Moment) -> i128 {
        i128::from(self.ordinal(end)) - i128::from(self.ordinal(start))
    }

    /// Number of the part counted from the beginning of time.
    const fn ordinal(self, moment: Moment) -> i64 {
        let (year, month, _) = moment.civil();
        match self {
            Self::Year => year,
            Self::Quarter => year * 4 + (month - 1) / 3,
            Self::Month => year * 12 + month,
            Self::Week => (moment.days() + 4).div_euclid(7),
            Self::Day | Self::DayOfYear | Self::Weekday => moment.days(),
            Self::Hour => moment.days() * 24 + moment.ticks() / HOUR,
            Self::Minute => moment.days() * 1440 + moment.ticks() / MINUTE,
            Self::Second => moment.days() * 86_400 + moment.ticks() / SECOND,
            Self::Millisecond => moment.days() * 86_400_000 + moment.ticks() / MILLISECOND,
        }
    }

    /// A moment some parts later; none outside the calendar.
    pub(super) fn add(self, moment: Moment, number: i128) -> Option<Moment> {
        let months = |each: i128| i64::try_from(number.checked_mul(each)?).ok();
        let ticks = |each: i64| number.checked_mul(each.into());
        match self {
            Self::Year => moment.add_months(months(12)?),
            Self::Quarter => moment.add_months(months(3)?),
            Self::Month => moment.add_months(months(1)?),
            Self::Week => moment.add_ticks(ticks(7 * DAY)?),
            Self::Day | Self::DayOfYear | Self::Weekday => moment.add_ticks(ticks(DAY)?),
            Self::Hour => moment.add_ticks(ticks(HOUR)?),
            Self::Minute => moment.add_ticks(ticks(MINUTE)?),
            Self::Second => moment.add_ticks(ticks(SECOND)?),
            Self::Millisecond => moment.add_ticks(ticks(MILLISECOND)?),
        }
    }
}
