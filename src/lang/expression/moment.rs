//! Dates and times of the proleptic Gregorian calendar, years 1 to 9999.

use std::fmt;

/// 100-nanosecond ticks of a day.
pub(super) const DAY: i64 = 24 * HOUR;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const SECOND: i64 = 10_000_000;
pub(super) const MILLISECOND: i64 = 10_000;

/// A date with a time of day, without time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Days since 1970-01-01.
    days: i64,
    /// 100-nanosecond ticks since midnight.
    ticks: i64,
}

impl Moment {
    /// A date at midnight; none outside the calendar.
    #[must_use]
    pub fn date(year: i64, month: i64, day: i64) -> Option<Self> {
        let valid = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day);
        valid.then(|| Self { days: days_from_civil(year, month, day), ticks: 0 })
    }

    /// The same day at another time of day, given in 100-nanosecond ticks since midnight; none for a day or more.
    #[must_use]
    pub fn at(self, ticks: i64) -> Option<Self> {
        (0..DAY).contains(&ticks).then_some(Self { ticks, ..self })
    }

    /// Reads `yyyy-mm-dd`, optionally with a blank or `T` and `hh:mm[:ss[.fffffff]]`; none for any other form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), "00:00"));
        let parts: Vec<&str> = date.split('-').collect();
        let &[year, month, day] = parts.as_slice() else { return None };
        if year.len() != 4 {
            return None;
        }
        Self::date(number(year, 4)?, number(month, 2)?, number(day, 2)?)?.at(parse_time(time.trim())?)
    }

    /// Year, month and day.
    #[must_use]
    pub const fn civil(self) -> (i64, i64, i64) {
        civil_from_days(self.days)
    }

    /// Days since 1970-01-01.
    pub(super) const fn days(self) -> i64 {
        self.days
    }

    /// 100-nanosecond ticks since midnight.
    pub(super) const fn ticks(self) -> i64 {
        self.ticks
    }

    /// 0 is Sunday.
    pub(super) const fn weekday(self) -> i64 {
        (self.days + 4).rem_euclid(7)
    }

    /// 1 is January 1.
    pub(super) const fn day_of_year(self) -> i64 {
        self.days - days_from_civil(self.civil().0, 1, 1) + 1
    }

    pub(super) const fn midnight(self) -> Self {
        Self { ticks: 0, ..self }
    }

    /// Some months later, on the last day of the month if it is shorter.
    pub(super) fn add_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.civil();
        let index = (year * 12 + month - 1).checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        Self::date(year, month, day.min(days_of_month(year, month)))?.at(self.ticks)
    }

    /// Some 100-nanosecond ticks later.
    pub(super) fn add_ticks(self, ticks: i128) -> Option<Self> {
        let sum = i128::from(self.ticks) + ticks;
        let days = i64::try_from(sum.div_euclid(DAY.into())).ok()?.checked_add(self.days)?;
        let inside = days_from_civil(1, 1, 1) <= days && days <= days_from_civil(9999, 12, 31);
        let ticks = i64::try_from(sum.rem_euclid(DAY.into())).ok()?;
        inside.then_some(Self { days, ticks })
    }
}

impl fmt::Display for Moment {
    /// `yyyy-mm-dd hh:mm:ss`; fractions of a second are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        let time = self.ticks;
        write!(f, "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", time / HOUR, time / MINUTE % 60, time / SECOND % 60)
    }
}

/// Reads `hh:mm[:ss[.fffffff]]` into 100-nanosecond ticks since midnight.
pub(super) fn parse_time(text: &str) -> Option<i64> {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = time.split(':').map(|part| number(part, 2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
    let digits = u32::try_from(fraction.len()).ok().filter(|&digits| digits <= 7)?;
    let ticks = number(fraction, 7)? * 10i64.pow(7 - digits);
    valid.then_some(hour * HOUR + minute * MINUTE + second * SECOND + ticks)
}

/// A number of at least one and at most `digits` digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

const fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01, counted in years that begin in March, so that the leap day comes last.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let year_of_era = year.rem_euclid(400);
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + carry, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::parse(text).expect("a moment")
    }

    #[test]
    fn every_day_of_the_calendar_survives_the_way_there_and_back() {
        let (first, last) = (days_from_civil(1, 1, 1), days_from_civil(9999, 12, 31));
        for days in (first..=last).step_by(13) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(Moment::date(year, month, day).map(Moment::days), Some(days), "{year}-{month}-{day}");
        }
        assert_eq!(days_from_civil(1970, 1, 1), 0);
        assert_eq!(moment("2003-08-01").weekday(), 5, "a Friday");
        assert_eq!(moment("2024-12-31").day_of_year(), 366);
    }

    #[test]
    fn reads_the_iso_form_only() {
        assert_eq!(moment("2003-8-1 16:34:52.5").to_string(), "2003-08-01 16:34:52");
        assert_eq!(moment("2003-08-01T16:34").ticks() / MINUTE, 16 * 60 + 34);
        for text in ["", "8/1/2003", "2003-13-01", "2003-02-29", "2003-01-01 24:00", "03-01-01", "2003-01-01 1:2:3:4", "0000-01-01", "2003-01-01 é"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn adds_within_the_calendar() {
        assert_eq!(moment("2024-01-31").add_months(1), Some(moment("2024-02-29")));
        assert_eq!(moment("2024-01-01").add_ticks(-1).map(|moment| moment.to_string()).as_deref(), Some("2023-12-31 23:59:59"));
        assert_eq!(moment("9999-12-31").add_ticks(DAY.into()), None);
        assert_eq!(moment("9999-12-31").add_months(i64::MAX), None);
    }
}
