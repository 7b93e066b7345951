//! What the rules on sessions say about switching `RetainSameConnection` on.

use crate::analysis::session::objection;
use crate::model::ConnectionManager;
use crate::rules::Scope;

/// Whether that is harmless for a connection manager of that document, and why not when not.
pub(in crate::rules) fn advice(scope: &Scope<'_, '_>, document: usize, manager: &ConnectionManager<'_>) -> String {
    match objection(scope.facts, document, manager) {
        None => "switching it on is safe here: its users run one after the other and leave nothing behind that others would trip over".to_owned(),
        Some(reason) => format!("switch it on not without care: {reason}"),
    }
}
