//! Facts that need a whole package or project, computed when a rule first asks for them.

use crate::model::Project;

/// Analyses of one project.
pub struct Facts<'s, 'a> {
    /// The project they are about.
    pub project: &'s Project<'a>,
}

impl<'s, 'a> Facts<'s, 'a> {
    /// Facts about a project; computes nothing yet.
    #[must_use]
    pub const fn new(project: &'s Project<'a>) -> Self {
        Self { project }
    }
}
