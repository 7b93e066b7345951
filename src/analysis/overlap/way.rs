//! One way in which a child of a container can start: what has ended, and with which outcome, and which expressions were true.

use super::condition::{Condition, Moment};
use crate::lang::expression::are_complementary;

/// Different conditions of one container that are compared with each other.
pub(super) const MAX_EXPRESSIONS: usize = 64;

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    fn new(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    pub(super) fn insert(&mut self, bit: usize) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    pub(super) fn contains(&self, bit: usize) -> bool {
        self.0.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    fn union(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one | other).collect())
    }

    fn intersection(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    fn includes(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, other)| other & !one == 0)
    }

    /// The smallest number in both.
    pub(super) fn common(&self, other: &Self) -> Option<usize> {
        let mut words = self.0.iter().zip(&other.0).enumerate();
        words.find_map(|(index, (word, other))| Some(word & other).filter(|both| *both != 0).map(|both| index * 64 + both.trailing_zeros() as usize))
    }
}

/// What is true when a child starts in this way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Children that have ended.
    pub(super) ended: Bits,
    /// Children that have succeeded.
    pub(super) succeeded: Bits,
    /// Children that have failed.
    pub(super) failed: Bits,
    /// Expressions that were true.
    pub(super) expressions: Bits,
}

impl Way {
    /// The way that needs nothing.
    pub(super) fn new(children: usize, expressions: usize) -> Self {
        Self { ended: Bits::new(children), succeeded: Bits::new(children), failed: Bits::new(children), expressions: Bits::new(expressions) }
    }

    /// What both need.
    pub(super) fn and(&self, other: &Self) -> Self {
        self.combine(other, Bits::union)
    }

    /// What they have in common.
    pub(super) fn or(&self, other: &Self) -> Self {
        self.combine(other, Bits::intersection)
    }

    fn combine(&self, other: &Self, combine: impl Fn(&Bits, &Bits) -> Bits) -> Self {
        Self {
            ended: combine(&self.ended, &other.ended),
            succeeded: combine(&self.succeeded, &other.succeeded),
            failed: combine(&self.failed, &other.failed),
            expressions: combine(&self.expressions, &other.expressions),
        }
    }

    /// Whether it needs all that the other needs.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let sets = [(&self.ended, &other.ended), (&self.succeeded, &other.succeeded), (&self.failed, &other.failed), (&self.expressions, &other.expressions)];
        sets.iter().all(|(own, other)| own.includes(other))
    }

    /// Whether its needs do not contradict each other.
    pub(super) fn is_possible(&self, opposites: &Opposites) -> bool {
        self.succeeded.common(&self.failed).is_none() && opposites.between(&self.expressions, &self.expressions).is_none()
    }
}

/// Which conditions of a container are each other's opposite.
#[derive(Debug)]
pub(super) struct Opposites(Vec<(usize, usize)>);

impl Opposites {
    /// Compares conditions that are looked at in the same moment.
    pub(super) fn new(conditions: &[Condition]) -> Self {
        if conditions.len() > MAX_EXPRESSIONS {
            return Self(Vec::new());
        }
        let pairs = (0..conditions.len()).flat_map(|one| (one + 1..conditions.len()).map(move |other| (one, other)));
        let opposite = |(one, other): &(usize, usize)| {
            let (one, other) = (&conditions[*one], &conditions[*other]);
            one.moment == other.moment && !matches!(one.moment, Moment::Own(_)) && are_complementary(&one.text, &other.text)
        };
        Self(pairs.filter(opposite).collect())
    }

    /// An expression of the first set, and its opposite in the second.
    pub(super) fn between(&self, one: &Bits, other: &Bits) -> Option<(usize, usize)> {
        let both_ways = self.0.iter().flat_map(|(left, right)| [(*left, *right), (*right, *left)]);
        both_ways.into_iter().find(|(left, right)| one.contains(*left) && other.contains(*right))
    }
}
