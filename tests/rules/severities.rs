//! Cases in which a rule speaks more softly than its page's front matter.

use ssislint::finding::{Confidence, Severity};
use ssislint::rules;

use crate::support::{all_rules, lint_fixture, targets_of, test_data};

/// Severity and confidence of the rule's findings on one of its fixtures, on all targets of the rule.
fn of(rule: &str, case: &str) -> Vec<(Severity, Confidence)> {
    let targets = targets_of(rules::find(rule).expect("a rule"));
    let findings = lint_fixture(&test_data("rules").join(rule).join(case), &all_rules(&targets)).findings;
    findings.iter().filter(|finding| finding.rule == rule).map(|finding| (finding.severity, finding.confidence)).collect()
}

#[test]
fn a_secret_that_an_expression_replaces_is_a_warning() {
    assert_eq!(of("user-key-ciphertext", "fires-overridden-by-expression.dtsx"), [(Severity::Warning, Confidence::High)]);
    assert_eq!(of("user-key-ciphertext", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_secret_that_nobody_misses_or_a_configuration_may_give_is_a_warning() {
    for case in ["fires-empty-2022.dtsx", "fires-child-of-project", "fires-configuration-elsewhere-2022.dtsx"] {
        assert_eq!(of("user-key-ciphertext", case), [(Severity::Warning, Confidence::High)], "{case}");
    }
}

#[test]
fn a_path_that_a_parameter_may_replace_is_advice_of_low_confidence() {
    assert_eq!(of("absolute-local-path", "fires-parameter-may-replace.dtsx"), [(Severity::Info, Confidence::Low)]);
    assert_eq!(of("absolute-local-path", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_constant_expression_is_as_good_as_a_literal() {
    assert_eq!(of("absolute-local-path", "fires-constant-expression-2008.dtsx"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("loopback-server", "fires-constant-variable-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn the_beginning_of_a_path_tells_its_drive() {
    assert_eq!(of("absolute-local-path", "fires-known-beginning.dtsx"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("user-profile-path", "fires-known-beginning.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_global_temp_table_may_survive() {
    assert_eq!(of("temp-table-lost", "fires-global-table.dtsx"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("temp-table-lost", "fires-2008.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn an_input_of_a_transformation_may_just_be_left_out() {
    assert_eq!(of("input-not-connected", "fires-transformation-2008.dtsx"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("input-not-connected", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_sorted_output_without_keys_is_only_ignored() {
    assert_eq!(of("sort-metadata", "fires-no-keys-2022.dtsx"), [(Severity::Warning, Confidence::High)]);
    assert_eq!(of("sort-metadata", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn redirected_rows_with_a_commit_size_of_zero_do_not_validate() {
    assert_eq!(of("fast-load-one-batch", "fires-zero-2022.dtsx"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("fast-load-one-batch", "fires-2022.dtsx"), [(Severity::Info, Confidence::Medium)]);
}

#[test]
fn a_pipe_is_no_share() {
    assert_eq!(of("unc-path", "../loopback-server/fires-named-pipe.dtsx"), []);
}

#[test]
fn a_password_that_nothing_asks_for_is_advice() {
    assert_eq!(of("package-password-needed", "fires-not-needed-2022.dtsx"), [(Severity::Info, Confidence::High)]);
    assert_eq!(of("package-password-needed", "fires-2022.dtsx"), [(Severity::Warning, Confidence::High)]);
}

#[test]
fn large_packets_fail_where_encryption_is_sure() {
    for (case, severity) in [
        ("fires-2022.dtsx", Severity::Warning),
        ("fires-encrypted-2022.dtsx", Severity::Error),
        ("fires-optional-encryption.dtsx", Severity::Warning),
        ("fires-net-spelling.dtsx", Severity::Warning),
    ] {
        assert_eq!(of("packet-size-over-tls", case), [(severity, Confidence::High)], "{case}");
    }
}

#[test]
fn a_person_in_front_of_analysis_services_may_have_no_second_factor() {
    assert_eq!(of("interactive-auth", "fires-analysis-services.dtsx"), [(Severity::Warning, Confidence::Medium)]);
}

#[test]
fn a_class_of_no_known_product_may_be_microsofts() {
    assert_eq!(of("third-party-component", "fires-custom-task-2022.dtsx"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("third-party-component", "fires-component-2008.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn what_no_page_says_in_as_many_words_is_a_warning() {
    assert_eq!(of("proxy-unsupported", "fires-task.dtsx"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("proxy-unsupported", "fires-source-with-parameters.dtsx"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("fabric-limits", "fires-child-of-project"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("fabric-limits", "fires-child-from-file.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn sql_server_2005_compiled_scripts_when_they_ran() {
    assert_eq!(of("script-binary-missing", "fires-2005.dtsx"), [(Severity::Warning, Confidence::High)]);
    assert_eq!(of("script-binary-missing", "fires-2008.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_call_that_only_an_error_or_a_user_brings_about_is_less() {
    assert_eq!(of("ui-in-script", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("ui-in-script", "fires-error-handler-2022.dtsx"), [(Severity::Warning, Confidence::High)]);
    assert_eq!(of("ui-in-script", "fires-error-handler-visual-basic-2008.dtsx"), [(Severity::Warning, Confidence::High)]);
    for case in ["branch-2022", "branch-without-block-2008", "branch-visual-basic-2008", "branch-visual-basic-2022"] {
        assert_eq!(of("ui-in-script", &format!("fires-{case}.dtsx")), [(Severity::Warning, Confidence::High)], "{case}");
    }
    assert_eq!(of("ui-in-script", "fires-guarded-2022.dtsx"), [(Severity::Info, Confidence::High)]);
}

#[test]
fn what_another_database_may_understand_is_a_warning() {
    assert_eq!(of("sql-parameter-count", "fires-named-2022.dtsx"), [(Severity::Warning, Confidence::Medium)]);
    assert_eq!(of("sql-parameter-count", "fires-2022.dtsx"), [(Severity::Error, Confidence::High)]);
}

#[test]
fn a_part_that_is_missing_stops_no_build() {
    assert_eq!(of("project-file-missing", "fires-part"), [(Severity::Warning, Confidence::Medium)]);
}

#[test]
fn a_project_of_which_most_is_missing_is_only_a_part() {
    assert_eq!(of("project-file-missing", "fires-project"), [(Severity::Error, Confidence::High)]);
    assert_eq!(of("project-file-missing", "fires-mostly-missing"), [(Severity::Warning, Confidence::Medium)]);
}
