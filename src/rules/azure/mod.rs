//! Rules of the category `azure`.

pub(super) mod azure_blob_legacy;
pub(super) mod azure_enterprise_edition;
pub(super) mod azure_host_not_routable;
pub(super) mod azure_java_formats;
pub(super) mod disk_space_hungry;
mod fabric_host;
pub(super) mod fabric_limits;
pub(super) mod fabric_sql_authentication;
pub(super) mod fabric_warehouse_destination;
pub(super) mod feature_pack_on_premises;
mod host;
pub(super) mod local_service_dependency;
pub(super) mod provider_not_on_azure;
mod proxy;
pub(super) mod proxy_unsupported;
pub(super) mod proxy_variable_write;
pub(super) mod sql_server_destination;
pub(super) mod third_party_component;
