//! Exact decimal numbers: `DT_NUMERIC`, `DT_DECIMAL` and `DT_CY`.

use std::cmp::Ordering;
use std::fmt;

/// The most digits that a `DT_NUMERIC` holds.
pub(super) const MAX_DIGITS: u32 = 38;

/// A decimal number: `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

impl Decimal {
    /// A number of `mantissa / 10^scale`; none with more than 38 digits.
    #[must_use]
    pub fn new(mantissa: i128, scale: u8) -> Option<Self> {
        let fits = mantissa.unsigned_abs() < 10u128.pow(MAX_DIGITS) && u32::from(scale) <= MAX_DIGITS;
        fits.then_some(Self { mantissa, scale })
    }

    /// Reads `12.5`, `.5`, `6.`, `-7`; none for anything else and for more than 38 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let well_formed = (!whole.is_empty() || !fraction.is_empty()) && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return None;
        }
        let mut mantissa = 0i128;
        for digit in whole.bytes().chain(fraction.bytes()) {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
        }
        Self::new(if negative { -mantissa } else { mantissa }, u8::try_from(fraction.len()).ok()?)
    }

    /// Digits after the decimal point.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// -1, 0 or 1.
    pub(super) const fn signum(self) -> i128 {
        self.mantissa.signum()
    }

    /// How many digits it has, leading zeros not counted.
    pub(super) fn digits(self) -> u32 {
        self.mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1)
    }

    /// The nearest floating-point number.
    #[expect(clippy::cast_precision_loss, reason = "the nearest one is asked for")]
    pub(super) fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(self.scale.into())
    }

    /// The whole part, towards zero.
    pub(super) fn truncate(self) -> i128 {
        self.mantissa / self.unit()
    }

    /// With another scale, rounded half away from zero; none when it does not fit.
    pub(super) fn rescale(self, scale: u8) -> Option<Self> {
        if scale >= self.scale {
            let factor = power(scale - self.scale)?;
            return Self::new(self.mantissa.checked_mul(factor)?, scale);
        }
        let divisor = power(self.scale - scale)?;
        let (quotient, rest) = (self.mantissa / divisor, self.mantissa % divisor);
        let away = if rest.abs() >= divisor - rest.abs() { self.mantissa.signum() } else { 0 };
        Self::new(quotient + away, scale)
    }

    /// The greatest whole number not above, or with `up` the least not below; the scale stays.
    pub(super) fn integral(self, up: bool) -> Option<Self> {
        let unit = self.unit();
        let floor = self.mantissa.div_euclid(unit);
        let whole = if up && self.mantissa.rem_euclid(unit) != 0 { floor + 1 } else { floor };
        Self::new(whole.checked_mul(unit)?, self.scale)
    }

    pub(super) fn negate(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Self::new(left.checked_add(right)?, scale)
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        Self::new(self.mantissa.checked_mul(other.mantissa)?, self.scale.checked_add(other.scale)?)
    }

    /// Compares the numbers, whatever their scales.
    pub(super) fn compare(self, other: Self) -> Ordering {
        match self.aligned(other) {
            Some((left, right, _)) => left.cmp(&right),
            None => self.to_f64().total_cmp(&other.to_f64()),
        }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u8)> {
        let scale = self.scale.max(other.scale);
        let raise = |number: Self| number.mantissa.checked_mul(power(scale - number.scale)?);
        Some((raise(self)?, raise(other)?, scale))
    }

    fn unit(self) -> i128 {
        power(self.scale).unwrap_or(i128::MAX)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self { mantissa: value.into(), scale: 0 }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        write!(f, "{sign}{whole}")?;
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

fn power(exponent: u8) -> Option<i128> {
    10i128.checked_pow(exponent.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a decimal number")
    }

    #[test]
    fn reads_and_writes() {
        for (text, shown) in [("5.80", "5.80"), (".9", "0.9"), ("6.", "6"), ("-0.05", "-0.05"), ("0", "0")] {
            assert_eq!(decimal(text).to_string(), shown);
        }
        for text in ["", ".", "1e5", "1.2.3", "--1", "123456789012345678901234567890123456789"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (text, scale, rounded) in [("137.1575", 3, "137.158"), ("137.1574", 3, "137.157"), ("-2.5", 0, "-3"), ("2.4", 0, "2"), ("1", 2, "1.00")] {
            assert_eq!(decimal(text).rescale(scale).map(|number| number.to_string()).as_deref(), Some(rounded));
        }
    }

    #[test]
    fn finds_the_whole_numbers_around() {
        for (text, floor, ceiling) in [("123.74", "123.00", "124.00"), ("-124.27", "-125.00", "-124.00"), ("0.00", "0.00", "0.00")] {
            let number = decimal(text);
            assert_eq!(number.integral(false), Some(decimal(floor)));
            assert_eq!(number.integral(true), Some(decimal(ceiling)));
        }
    }

    #[test]
    fn computes_exactly_or_not_at_all() {
        assert_eq!(decimal("0.1").add(decimal("0.25")), Some(decimal("0.35")));
        assert_eq!(decimal("1.5").multiply(decimal("-2.5")), Some(decimal("-3.75")));
        assert_eq!(decimal("1.50").compare(decimal("1.5")), Ordering::Equal);
        let huge = decimal("99999999999999999999999999999999999999");
        assert_eq!(huge.add(decimal("1")), None);
        assert_eq!(huge.multiply(huge), None);
        assert_eq!(huge.compare(decimal("0.5")), Ordering::Greater);
    }
}
