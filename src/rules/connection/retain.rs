//! What the rules on sessions say about switching `RetainSameConnection` on.

use crate::model::ConnectionManager;
use crate::rules::Scope;

/// Whether that is harmless, and why not when not.
pub(in crate::rules) fn advice(scope: &Scope<'_, '_>, manager: &ConnectionManager<'_>) -> String {
    match scope.facts.objection(manager) {
        None => "switching it on is safe here: its users run one after the other and leave nothing behind that others would trip over".to_owned(),
        Some(reason) => format!("switch it on not without care: {reason}"),
    }
}
