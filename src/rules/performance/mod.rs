//! Rules of the category `performance`.

pub(super) mod asynchronous_outputs;
pub(super) mod blocking_chain;
pub(super) mod buffer_settings;
pub(super) mod fast_load_no_constraints;
pub(super) mod fast_load_no_lock;
pub(super) mod fast_load_one_batch;
pub(super) mod lookup_cache_case;
pub(super) mod lookup_no_match_fails;
pub(super) mod lookup_whole_table;
pub(super) mod ole_db_command_per_row;
pub(super) mod optimised_mode_off;
pub(super) mod row_by_row_destination;
pub(super) mod scd_wizard;
pub(super) mod select_star;
pub(super) mod several_data_flows;
pub(super) mod sort_in_pipeline;
pub(super) mod table_mode_source;
pub(super) mod unused_columns;
pub(super) mod wide_string_default;

use crate::lang::tsql::Query;
use crate::model::{Component, ExecutableId, Package};
use crate::rules::Scope;
use crate::rules::data_flow::columns::is_replaced;

/// Whether it is an OLE DB destination in one of the fast-load modes.
fn is_fast_load(component: &Component<'_>) -> bool {
    component.is("OLEDBDestination") && matches!(component.access_mode(), Some(3 | 4))
}

/// Whether it is a fast load without that option, of those in `TABLOCK,CHECK_CONSTRAINTS,ROWS_PER_BATCH = 1000`.
fn lacks_option(scope: &Scope<'_, '_>, package: &Package<'_>, executable: ExecutableId, component: &Component<'_>, option: &str) -> bool {
    const OPTIONS: &str = "FastLoadOptions";
    let has_it = || component.properties.text(OPTIONS).split(',').any(|word| word.trim().eq_ignore_ascii_case(option));
    is_fast_load(component) && !has_it() && !is_replaced(scope, package, executable, component, OPTIONS)
}

/// Whether a Lookup with a full cache loads all columns and rows of its table.
fn reads_whole_table(component: &Component<'_>) -> bool {
    let properties = &component.properties;
    if !component.is("Lookup") || properties.number("CacheType") != Some(0) || properties.number("ConnectionType") == Some(1) {
        return false;
    }
    let query = Query::read(properties.text("SqlCommand"));
    query.selects_all && !query.is_filtered
}
