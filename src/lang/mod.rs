//! The small languages inside a package.

pub mod expression;
