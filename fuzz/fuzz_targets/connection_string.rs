//! Any text as a connection string of every dialect, as arguments and as a script that may hold secrets.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ssislint::lang::connection_string::{ConnectionString, Dialect, server_is_azure_sql_database, server_is_loopback};
use ssislint::lang::secret;
use ssislint_fuzz::assert_inside;

fuzz_target!(|text: &str| {
    for dialect in [Dialect::DataLink, Dialect::SqlClient, Dialect::AdoNet, Dialect::Odbc, Dialect::Plain] {
        read(&ConnectionString::parse(text, dialect));
    }
    assert_inside(text, secret::secrets_in_text(text));
    assert_inside(text, secret::secrets_in_arguments(text));
    assert_inside(text, secret::secrets_in_script(text));
    assert_inside(text, secret::suspects(text));
    let _ = (secret::mask(text), secret::is_secret_name(text), secret::is_placeholder(text));
});

fn read(string: &ConnectionString<'_>) {
    assert_inside(string.text(), string.pairs().iter().flat_map(|pair| [pair.key_range.clone(), pair.value_range.clone()]));
    assert_inside(string.text(), string.secrets());
    string.server().map(|server| (server_is_loopback(server), server_is_azure_sql_database(server)));
    let _ = (string.provider(), string.driver(), string.database(), string.user(), string.file(), string.authentication(), string.packet_size());
    let _ = (string.mars(), string.encrypt(), string.trust_server_certificate(), string.is_excel(), string.is_ace_or_jet(), string.is_sql_server());
    let _ = (string.encrypts_by_default(), string.logs_in_by_password(), string.provider_starts_with("MSOLEDBSQL"));
    if let Some(inner) = string.extended_properties() {
        assert_inside(inner.text(), inner.secrets());
    }
}
