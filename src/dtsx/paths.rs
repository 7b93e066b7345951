//! How long the path of an object may be. It is written out for every object inside of it and in every finding, so that long ones would cost as much as
//! depth times breadth.

use super::{Unread, UnreadKind};
use crate::model::{DocumentKind, Executable, Package, Parameter};
use crate::span::Span;

/// The longest object path, in bytes. Real ones have a fifth of it.
pub(super) const LONGEST: usize = 1024;

/// Refuses an object whose path is too long.
pub(super) fn check(path: &str, span: Span) -> Result<(), Unread> {
    if path.len() > LONGEST { Err(Unread { kind: UnreadKind::LongPath, span }) } else { Ok(()) }
}

/// Refuses a document with such an object. Executables and connection managers, whose paths others take up, have been looked at when they were read.
pub(super) fn check_all(document: &DocumentKind<'_>) -> Result<(), Unread> {
    match document {
        DocumentKind::Package(package) => check_package(package),
        DocumentKind::Parameters(parameters) => check_parameters(parameters),
        DocumentKind::ConnectionManager(_) | DocumentKind::Project(_) | DocumentKind::ConfigurationFile(_) => Ok(()),
    }
}

fn check_package(package: &Package<'_>) -> Result<(), Unread> {
    package.executables.iter().try_for_each(check_members)?;
    package.configurations.iter().try_for_each(|configuration| check(&configuration.path, configuration.span))?;
    package.log_providers.iter().try_for_each(|provider| check(&provider.path, provider.span))?;
    check_parameters(&package.parameters)
}

fn check_members(executable: &Executable<'_>) -> Result<(), Unread> {
    executable.variables.iter().try_for_each(|variable| check(&variable.path, variable.span))?;
    executable.constraints.iter().try_for_each(|constraint| check(&constraint.path, constraint.span))?;
    executable.data_flow().iter().flat_map(|flow| &flow.components).try_for_each(|component| check(&component.path, component.span))
}

fn check_parameters(parameters: &[Parameter<'_>]) -> Result<(), Unread> {
    parameters.iter().try_for_each(|parameter| check(&parameter.path, parameter.span))
}
