//! Any text as T-SQL.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::lang::tsql::{Batch, Query, names};
use ssislint_fuzz::assert_inside;

fuzz_target!(|text: &str| {
    let _ = (Query::read(text), names(text));
    let batch = Batch::read(text);
    let _ = (batch.needed_temp_tables(), batch.left_temp_tables(), batch.left_session_options(), batch.leaves_session_state());
    let named = [batch.databases(), batch.linked_servers(), batch.parameters()].into_iter().flatten().map(|name| &name.range);
    let unnamed = [batch.remote_sources(), batch.markers(), batch.separators(), batch.global_cursors()].into_iter().flatten();
    assert_inside(text, named.chain(unnamed).cloned());
    assert_inside(text, batch.temp_tables().iter().map(|table| table.range.clone()));
    assert_inside(text, batch.session_options().iter().map(|option| option.range.clone()));
    assert_inside(text, batch.far_names().iter().map(|name| name.range.clone()));
});
