//! Rules of the category `performance`.

pub(in crate::rules) mod asynchronous_outputs;
pub(in crate::rules) mod blocking_chain;
pub(in crate::rules) mod buffer_settings;
pub(in crate::rules) mod fast_load_no_constraints;
pub(in crate::rules) mod fast_load_no_lock;
pub(in crate::rules) mod fast_load_one_batch;
pub(in crate::rules) mod lookup_cache_case;
pub(in crate::rules) mod lookup_no_match_fails;
pub(in crate::rules) mod lookup_whole_table;
pub(in crate::rules) mod ole_db_command_per_row;
pub(in crate::rules) mod optimised_mode_off;
pub(in crate::rules) mod row_by_row_destination;
pub(in crate::rules) mod scd_wizard;
pub(in crate::rules) mod select_star;
pub(in crate::rules) mod several_data_flows;
pub(in crate::rules) mod sort_in_pipeline;
pub(in crate::rules) mod table_mode_source;
pub(in crate::rules) mod unused_columns;
pub(in crate::rules) mod wide_string_default;

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
