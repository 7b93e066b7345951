//! How bad a rule is on each target.

use crate::finding::Severity;
use crate::target::{Target, TargetSet};

/// Severity per target; none where a rule does not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Severities([Option<Severity>; Target::ALL.len()]);

impl Severities {
    /// The same severity on every target.
    #[must_use]
    pub const fn new(severity: Severity) -> Self {
        Self([Some(severity); Target::ALL.len()])
    }

    /// Silent everywhere: to be followed by [`Severities::on`].
    #[must_use]
    pub const fn none() -> Self {
        Self([None; Target::ALL.len()])
    }

    /// Another severity on one target.
    #[must_use]
    pub const fn on(mut self, target: Target, severity: Severity) -> Self {
        self.0[target as usize] = Some(severity);
        self
    }

    /// Silent on one target.
    #[must_use]
    pub const fn off(mut self, target: Target) -> Self {
        self.0[target as usize] = None;
        self
    }

    /// The same, but nowhere above `limit`.
    #[must_use]
    pub fn at_most(self, limit: Severity) -> Self {
        Self(self.0.map(|severity| severity.map(|severity| severity.min(limit))))
    }

    /// Severity on one target.
    #[must_use]
    pub const fn get(self, target: Target) -> Option<Severity> {
        self.0[target as usize]
    }

    /// The highest severity over the selected targets; none when the rule is silent on all of them.
    #[must_use]
    pub fn highest(self, targets: TargetSet) -> Option<Severity> {
        targets.iter().filter_map(|target| self.get(target)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_severity_of_the_selected_targets_counts() {
        let severities = Severities::none().on(Target::Agent, Severity::Info).on(Target::AzureSsis, Severity::Error);
        assert_eq!(severities.highest(TargetSet::default()), Some(Severity::Info));
        assert_eq!(severities.highest(TargetSet::of(&Target::ALL)), Some(Severity::Error));
        assert_eq!(severities.highest(TargetSet::of(&[Target::Fabric])), None);
    }
}
