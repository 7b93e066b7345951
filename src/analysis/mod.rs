//! Facts that need a whole package or project, computed when a rule first asks for them.

pub mod connections;

use std::cell::OnceCell;

use crate::model::Project;
use connections::Connections;

/// Analyses of one project.
pub struct Facts<'s, 'a> {
    project: &'s Project<'a>,
    connections: OnceCell<Connections<'s, 'a>>,
}

impl<'s, 'a> Facts<'s, 'a> {
    /// Facts about a project; computes nothing yet.
    #[must_use]
    pub const fn new(project: &'s Project<'a>) -> Self {
        Self { project, connections: OnceCell::new() }
    }

    /// Who uses which connection manager.
    pub fn connections(&self) -> &Connections<'s, 'a> {
        self.connections.get_or_init(|| Connections::new(self.project))
    }
}
