//! Rules of the category `concurrency`.

pub(super) mod cache_not_filled;
pub(super) mod checkpoint_file;
pub(super) mod checkpoint_loop;
pub(super) mod checkpoint_no_restart_point;
pub(super) mod checkpoint_object_variable;
pub(super) mod checkpoint_transaction_conflict;
pub(super) mod child_package_parallel;
pub(super) mod concurrency_setting;
pub(super) mod dtc_target_support;
pub(super) mod dtc_validation_hang;
pub(super) mod odbc_in_transaction;
pub(super) mod parallel_file_clash;
pub(super) mod redirect_in_transaction;
pub(super) mod split_manual_transaction;
pub(super) mod transaction;
pub(super) mod transaction_cut;
pub(super) mod transfer_task_in_transaction;
pub(super) mod variable_write_race;

use crate::model::{Executable, ExecutableId, ExecutableKind, Package};

/// The event handler that an executable belongs to.
fn handler_of<'p, 'a>(package: &'p Package<'a>, id: ExecutableId) -> Option<&'p Executable<'a>> {
    package.ancestors(id).map(|ancestor| package.executable(ancestor)).find(|executable| executable.kind == ExecutableKind::EventHandler)
}
