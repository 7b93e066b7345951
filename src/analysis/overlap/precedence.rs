//! Who comes first.

use super::{Overlap, Reason, Relation};
use crate::model::ExecutableId;

impl Overlap<'_, '_> {
    /// Whether the first one has ended whenever the second one starts, at least when both run.
    #[must_use]
    pub fn precedes(&self, first: ExecutableId, second: ExecutableId) -> bool {
        matches!(self.relation(first, second), Relation::Never(Reason::Ordered { first: branch, .. }) if self.holds(branch, first))
    }

    /// Whether the first one may have run when the second one does: nothing keeps it from that, or a loop around both comes to it again.
    #[must_use]
    pub fn may_precede(&self, first: ExecutableId, second: ExecutableId) -> bool {
        match self.relation(first, second) {
            Relation::Never(Reason::Disabled(_) | Reason::NeverStarts(_)) => false,
            Relation::Never(Reason::Ordered { first: branch, .. }) => self.holds(branch, first) || self.common_loop(first, second).is_some(),
            Relation::Never(Reason::Exclusive { .. }) => self.common_loop(first, second).is_some(),
            Relation::MayOverlap { .. } | Relation::Never(Reason::Nested | Reason::Serial | Reason::EitherWay | Reason::Handlers) => true,
        }
    }

    /// The innermost loop around both.
    #[must_use]
    pub fn common_loop(&self, one: ExecutableId, other: ExecutableId) -> Option<ExecutableId> {
        let container = self.meeting(one, other).container;
        self.package.ancestors(container).find(|ancestor| self.package.executable(*ancestor).kind.is_loop())
    }

    fn holds(&self, branch: ExecutableId, inner: ExecutableId) -> bool {
        self.package.ancestors(inner).any(|ancestor| ancestor == branch)
    }
}
