//! Rules of the category `control-flow`.

pub(super) mod for_loop_expression;
pub(super) mod foreach_mapping;
pub(super) mod precedence_cycle;
pub(super) mod sql_parameter_count;
pub(super) mod unreachable_executable;
