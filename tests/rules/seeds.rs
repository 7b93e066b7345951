//! Symptoms that Microsoft's articles on failed runs describe: what a package shows is found by a rule, and what it does not show is explained.

use std::process::Command;

use serde_json::Value;
use ssislint::diagnose::{self, index};
use ssislint::rules::{self, Target};

use crate::support::{all_rules, assert_none, lint_fixture, test_data};

/// A symptom, where it shows, a rule that finds its cause, and a case of that rule.
type Visible = (&'static str, Target, &'static str, &'static str);

/// "SSIS package does not run when called from a job step."
#[rustfmt::skip]
const JOB_STEP: &[Visible] = &[
    ("runs by hand and fails in the job, whose account is another", Target::Agent, "user-key-ciphertext", "fires-2022.dtsx"),
    ("runs by hand and fails in the job, whose account is another", Target::Agent, "encrypt-all-user-key", "fires-2022.dtsx"),
    ("runs by hand and fails in the job, whose account is another", Target::Agent, "user-profile-path", "fires-2022.dtsx"),
    ("secrets cannot be decrypted", Target::Agent, "user-key-ciphertext", "fires-2008.dtsx"),
    ("settings in the registry of another user", Target::Agent, "registry-configuration", "fires-2022.dtsx"),
    ("the FTP server refuses the login", Target::Agent, "user-key-ciphertext", "fires-ftp-2022.dtsx"),
    ("the FTP server refuses the login", Target::Agent, "stripped-credential-no-source", "fires-ftp-2022.dtsx"),
    ("an Execute SQL Task gets no connection", Target::Agent, "user-key-ciphertext", "fires-default-level.dtsx"),
    ("an Execute SQL Task gets no connection", Target::Agent, "stripped-credential-no-source", "fires-2022.dtsx"),
    ("ServerStorage as the way out", Target::Agent, "server-storage-in-file", "fires-2022.dtsx"),
    ("a password level as the way out: the job decrypts", Target::Agent, "package-password-needed", "fires-2022.dtsx"),
    ("configurations as the way out: without them nothing is left", Target::Agent, "stripped-credential-no-source", "fires-no-element-2022.dtsx"),
    ("configurations as the way out: the file has to be protected", Target::Agent, "clear-text-secret", "fires-configuration"),
    ("a template with another level as the way out", Target::Ssisdb, "protection-level-mismatch", "fires-project"),
    ("a template with another level as the way out", Target::Agent, "user-key-level", "fires-2022.dtsx"),
    ("the job history tells no reason", Target::Agent, "no-logging", "fires-2022.dtsx"),
    ("the job history tells no reason", Target::Agent, "log-provider-not-selected", "fires-2022.dtsx"),
];

/// "Troubleshoot package execution in the SSIS integration runtime."
#[rustfmt::skip]
const INTEGRATION_RUNTIME: &[Visible] = &[
    ("a network-related or instance-specific error", Target::AzureSsis, "loopback-server", "fires-2022.dtsx"),
    ("a network-related or instance-specific error", Target::AzureSsis, "azure-host-not-routable", "fires-2022.dtsx"),
    ("no managed connection manager is created", Target::AzureSsis, "provider-not-on-azure", "fires-npgsql.dtsx"),
    ("the connection is not found", Target::AzureSsis, "unresolved-connection", "fires-2022.dtsx"),
    ("the connection is not found", Target::AzureSsis, "placeholder-task", "fires-2022.dtsx"),
    ("the connection is not found", Target::AzureSsis, "third-party-component", "fires-component-2022.dtsx"),
    ("exit code -1073741819", Target::AzureSsis, "excel-parallel", "fires-2022.dtsx"),
    ("exit code -1073741819", Target::AzureSsis, "excel-child-in-process", "fires-two-children"),
    ("not enough space on the disk", Target::AzureSsis, "disk-space-hungry", "fires-sort-2022.dtsx"),
    ("the file name was not valid: a host without its domain", Target::AzureSsis, "file-name-invalid", "fires-azure-short-host.dtsx"),
    ("a file on an absolute path cannot be opened", Target::AzureSsis, "absolute-local-path", "fires-2022.dtsx"),
    ("a file on an absolute path cannot be opened", Target::AzureSsis, "user-profile-path", "fires-2022.dtsx"),
    ("Analysis Services asks for a second factor", Target::AzureSsis, "interactive-auth", "fires-analysis-services.dtsx"),
    ("ANONYMOUS LOGON with a managed identity", Target::AzureSsis, "managed-identity-conflict", "fires-2022.dtsx"),
    ("an OData source gets no connection", Target::AzureSsis, "odata-tls", "fires-2022.dtsx"),
    ("2906: the provider is not registered on the proxy's machine", Target::AzureSsis, "provider-32bit-only", "fires-2022.dtsx"),
    ("2906: the provider is not registered on the proxy's machine", Target::AzureSsis, "provider-not-on-azure", "fires-2022.dtsx"),
    ("metadata requires a connection, which asks for a proxy", Target::AzureSsis, "proxy-unsupported", "fires-source-with-parameters.dtsx"),
    ("the network or the service gives way for a moment", Target::AzureSsis, "no-connect-retry", "fires-2022.dtsx"),
    ("the package is run again after a failure", Target::AzureSsis, "not-rerunnable", "fires-2022.dtsx"),
    ("the catalog fills up with messages", Target::AzureSsis, "verbose-events", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "ole-db-command-per-row", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "row-by-row-destination", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "sort-in-pipeline", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "blocking-chain", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "lookup-whole-table", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "buffer-settings", "fires-2022.dtsx"),
    ("the package is slow", Target::AzureSsis, "unused-columns", "fires-2022.dtsx"),
];

/// "SSIS package fails with error 0x80004005."
const SESSIONS: &[Visible] = &[
    ("the connection breaks: a new session for each task", Target::Agent, "retain-same-connection-off", "fires-2022.dtsx"),
    ("the connection breaks: packets that do not fit", Target::Agent, "packet-size-over-tls", "fires-2022.dtsx"),
    ("RetainSameConnection as the way out", Target::Agent, "temp-table-lost", "fires-2022.dtsx"),
];

#[test]
fn what_a_package_shows_is_found() {
    let missed = |(symptom, target, rule, case): &Visible| {
        let findings = lint_fixture(&test_data("rules").join(rule).join(case), &all_rules(&[*target])).findings;
        let found = findings.iter().any(|finding| finding.rule == *rule);
        (!found).then(|| format!("{symptom}: {rule} does not fire on {case} for {}", target.as_str()))
    };
    assert_none(&[JOB_STEP, INTEGRATION_RUNTIME, SESSIONS].into_iter().flatten().filter_map(missed).collect::<Vec<_>>());
}

/// Symptoms that no package shows, as one asks about them, with the rules that have to be named as hints at least.
#[rustfmt::skip]
const INVISIBLE: &[(&str, &[&str])] = &[
    ("0x80040E4D", &["integrated-security"]),
    ("Access to the path is denied", &["unc-path", "absolute-local-path"]),
    ("0xC001404B", &["log-provider-connection"]),
    ("-1073573489", &["user-key-ciphertext", "stripped-credential-no-source"]),
    ("-1073573396", &["user-key-ciphertext", "stripped-credential-no-source"]),
    ("Connection Timeout Expired", &["no-connect-retry", "not-rerunnable"]),
    ("The service has encountered an error processing your request. Try again.", &["no-connect-retry", "not-rerunnable"]),
    ("A network-related or instance-specific error", &["loopback-server", "azure-host-not-routable"]),
    ("There isn't enough space on the disk", &["disk-space-hungry"]),
    ("Code:300004. Description:Load file \"Load.dtsx\" failed", &["file-name-invalid", "package-password-needed", "ispac-inconsistent"]),
    ("The database 'SSISDB' has reached its size quota", &["verbose-events"]),
    ("The request limit for the database is 60 and has been reached", &["verbose-events"]),
    ("SSIS Operation failed with unexpected operation status", &["not-rerunnable", "no-connect-retry"]),
    ("There is no active worker", &[]),
    ("cannot access the Azure Blob container you provided for custom setup", &[]),
    ("Failed to load data proxy", &["proxy-unsupported"]),
    ("The Self-hosted Integration Runtime 'Office' is offline", &["proxy-unsupported"]),
    ("Failed to start Named pipe proxy", &["proxy-unsupported"]),
    ("SSIS Executor exit code: -1.", &[]),
    ("Could not load file or assembly 'Microsoft.WindowsAzure.Storage, Version=9.3.2.0'", &[]),
    ("Timeout when reading from staging", &["proxy-unsupported"]),
    ("2906", &[]),
    ("Multiple package executions are triggered unexpectedly", &["not-rerunnable"]),
    ("Package execution takes too long", &[]),
    ("Poor performance in package execution", &["ole-db-command-per-row", "row-by-row-destination", "sort-in-pipeline"]),
    ("Communication link failure", &["retain-same-connection-off", "packet-size-over-tls"]),
    ("An existing connection was forcibly closed by the remote host", &["retain-same-connection-off", "packet-size-over-tls"]),
    ("Protocol error in TDS stream", &["retain-same-connection-off", "packet-size-over-tls"]),
];

#[test]
fn what_a_package_does_not_show_is_explained() {
    let complaint = |(query, wanted): &(&str, &[&str])| {
        let Some(answer) = diagnose::answer(query) else { return Some(format!("{query}: no answer")) };
        let names: Vec<&str> = answer.rows.iter().map(|row| index::index().all_rules(row)).flat_map(|(rules, hints)| [rules, hints].concat()).collect();
        let missing: Vec<&&str> = wanted.iter().filter(|name| !names.contains(*name)).collect();
        let says_where = answer.rows.first().is_some_and(|row| row.check.is_some());
        (!missing.is_empty() || !says_where).then(|| format!("{query}: says where to look: {says_where}, does not name {missing:?}"))
    };
    assert_none(&INVISIBLE.iter().filter_map(complaint).collect::<Vec<_>>());
}

/// A proxy account lives in msdb: no package shows it.
#[test]
fn the_proxy_account_is_named_where_it_helps() {
    assert!(rules::find("user-key-ciphertext").is_some_and(|rule| rule.page.contains("proxy account")));
}

/// Whether to keep the session depends on who else uses it.
#[test]
fn keeping_one_session_is_advised_where_it_is_safe() {
    let help = |case: &str| {
        let findings = lint_fixture(&test_data("rules").join("temp-table-lost").join(case), &all_rules(&[Target::Agent])).findings;
        findings.into_iter().find(|finding| finding.rule == "temp-table-lost").and_then(|finding| finding.help).unwrap_or_default()
    };
    assert!(help("fires-2022.dtsx").contains("is safe here"));
    assert!(!help("fires-different-managers-2022.dtsx").contains("is safe here"));
}

/// What must be set up beside the packages, as one asks about it, with a group of the checklist that tells it.
const PREREQUISITES: &[(&str, Target, &str, &str)] = &[
    ("rights of the account of the job", Target::Agent, "demo", "accounts"),
    ("rights on shares and folders", Target::Agent, "demo", "files"),
    ("passwords that did not come along", Target::Agent, "demo", "passwords"),
    ("firewall and virtual network", Target::AzureSsis, "demo", "servers"),
    ("a proxy that a connection asks for", Target::AzureSsis, "rules/proxy-unsupported/fires-source-with-parameters.dtsx", "proxies"),
    ("queue, space and repetition in Azure", Target::AzureSsis, "demo", "target"),
];

#[test]
fn what_has_to_be_set_up_is_in_the_checklist() {
    let lacks = |(prerequisite, target, path, group): &(&str, Target, &str, &str)| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssislint"));
        let output = command.args(["checklist", "--format", "json", "--target", target.as_str()]).arg(test_data(path)).output().expect("the program runs");
        let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let has = list["groups"].as_array().expect("groups").iter().any(|entry| entry["name"] == *group);
        (!has).then(|| format!("{prerequisite}: no group {group}"))
    };
    assert_none(&PREREQUISITES.iter().filter_map(lacks).collect::<Vec<_>>());
}
