//! What the help of a finding says about switching `RetainSameConnection` on.

use ssislint::rules::Target;

use crate::support::{all_rules, lint_fixture, test_data};

/// The help of the rule's first finding on one of its fixtures.
fn help(rule: &str, case: &str) -> String {
    let found = lint_fixture(&test_data("rules").join(rule).join(case), &all_rules(&[Target::Agent])).findings;
    found.into_iter().find(|finding| finding.rule == rule).and_then(|finding| finding.help).unwrap_or_default()
}

#[test]
fn it_is_safe_when_users_come_in_order_and_leave_nothing() {
    for (rule, case) in [
        ("retain-same-connection-off", "fires-2008.dtsx"),
        ("retain-same-connection-off", "fires-2022.dtsx"),
        ("retain-same-connection-off", "fires-ado-net-2022.dtsx"),
        ("temp-table-lost", "fires-2022.dtsx"),
        ("split-manual-transaction", "fires-2022.dtsx"),
    ] {
        assert!(help(rule, case).contains("switching it on is safe here"), "{rule} {case}: {}", help(rule, case));
    }
}

#[test]
fn a_reason_is_given_when_it_is_not() {
    let reasons = [
        ("fires-not-ordered.dtsx", "`Load Orders` and `Load Prices` may use it at the same time"),
        ("fires-in-transaction.dtsx", "`Load Orders` takes part in a distributed transaction"),
        ("fires-caller-in-transaction", "`Load Orders` takes part in a distributed transaction"),
        ("fires-leaves-a-setting.dtsx", "`Load Orders` leaves `SET LANGUAGE` behind"),
        ("fires-leaves-a-transaction.dtsx", "`Load Orders` leaves a transaction open"),
        ("fires-table-made-twice.dtsx", "`#keys` would still be there"),
        ("fires-changing-server.dtsx", "`User::Server` says at that time"),
        ("fires-script-uses-it.dtsx", "a script or an expression names the connection"),
        ("fires-statement-unknown.dtsx", "what `Load Prices` sends is only known when it runs"),
        ("fires-two-packages", "several packages use it"),
    ];
    for (case, reason) in reasons {
        let help = help("retain-same-connection-off", case);
        assert!(help.contains("not without care") && help.contains(reason), "{case}: {help}");
    }
}
