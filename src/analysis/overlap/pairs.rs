//! Which two of many meet.

use super::{Overlap, Relation};
use crate::finding::Confidence;
use crate::model::{ExecutableId, Package};

/// Of so many things each is compared with each; of more, only the first ones.
pub const MAX_COMPARED: usize = 64;

/// Two things, by their numbers, that may happen at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Meeting {
    /// The first.
    pub left: usize,
    /// The second.
    pub right: usize,
    /// Where their branches part.
    pub place: Place,
}

/// Where the branches of two things part.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In one data flow.
    DataFlow,
    /// In a container, below these two of its children.
    Container {
        /// The container.
        container: ExecutableId,
        /// Its child that holds the first.
        left: ExecutableId,
        /// Its child that holds the second.
        right: ExecutableId,
        /// How sure that is.
        confidence: Confidence,
    },
}

impl Place {
    /// What keeps the two from being in order, in words.
    #[must_use]
    pub fn describe(&self, package: &Package<'_>) -> String {
        let name = |id: ExecutableId| package.executable(id).name.as_str();
        match *self {
            Self::DataFlow => "runs at the same time in the same data flow".to_owned(),
            Self::Container { container: ExecutableId::PACKAGE, left, right, .. } => {
                format!("no precedence constraint orders `{}` and `{}` in the package", name(left), name(right))
            }
            Self::Container { container, left, right, .. } => {
                format!("no precedence constraint orders `{}` and `{}` in `{}`", name(left), name(right), name(container))
            }
        }
    }
}

impl Overlap<'_, '_> {
    /// Where two executables may run at the same time; one with itself is a data flow whose components meet.
    #[must_use]
    pub fn place(&self, left: ExecutableId, right: ExecutableId) -> Option<Place> {
        if left == right {
            return Some(Place::DataFlow);
        }
        match self.relation(left, right) {
            Relation::MayOverlap { container, left, right, confidence } => Some(Place::Container { container, left, right, confidence }),
            Relation::Never(_) => None,
        }
    }

    /// The first two things of those that these executables run which may happen at the same time and are wanted.
    #[must_use]
    pub fn first_meeting(&self, executables: &[ExecutableId], wanted: impl Fn(usize, usize) -> bool) -> Option<Meeting> {
        let compared = &executables[..executables.len().min(MAX_COMPARED)];
        let pairs = (1..compared.len()).flat_map(|right| (0..right).map(move |left| (left, right)));
        pairs.filter(|(left, right)| wanted(*left, *right)).find_map(|(left, right)| {
            let place = self.place(compared[left], compared[right])?;
            Some(Meeting { left, right, place })
        })
    }
}
