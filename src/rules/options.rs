//! Options of single rules, as a team sets them in `[rules.NAME]`. Each is ready for use once it has been read.

mod pattern;

pub use pattern::{HostGlob, List, NamePattern, PathGlob, Prefix};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lang::secret;
use crate::model::ProtectionLevel;

/// Options of the rules that have any.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Options {
    /// Options of `user-key-level`.
    #[serde(alias = "SSIS0106", skip_serializing_if = "is_default")]
    pub user_key_level: Levels,
    /// Options of `clear-text-secret`.
    #[serde(alias = "SSIS0107", skip_serializing_if = "is_default")]
    pub clear_text_secret: SecretNames,
    /// Options of `provider-32bit-only`.
    #[serde(rename = "provider-32bit-only", alias = "SSIS0202", skip_serializing_if = "is_default")]
    pub provider_32bit_only: Providers,
    /// Options of `loopback-server`.
    #[serde(alias = "SSIS0203", skip_serializing_if = "is_default")]
    pub loopback_server: Hosts,
    /// Options of `absolute-local-path`.
    #[serde(alias = "SSIS0301", skip_serializing_if = "is_default")]
    pub absolute_local_path: Paths,
    /// Options of `unc-path`.
    #[serde(alias = "SSIS0302", skip_serializing_if = "is_default")]
    pub unc_path: Paths,
    /// Options of `user-profile-path`.
    #[serde(alias = "SSIS0303", skip_serializing_if = "is_default")]
    pub user_profile_path: Paths,
    /// Options of `provider-not-on-azure`.
    #[serde(alias = "SSIS0701", skip_serializing_if = "is_default")]
    pub provider_not_on_azure: Providers,
    /// Options of `azure-host-not-routable`.
    #[serde(alias = "SSIS0702", skip_serializing_if = "is_default")]
    pub azure_host_not_routable: Hosts,
    /// Options of `third-party-component`.
    #[serde(alias = "SSIS0703", skip_serializing_if = "is_default")]
    pub third_party_component: Components,
    /// Options of `azure-java-formats`.
    #[serde(alias = "SSIS0708", skip_serializing_if = "is_default")]
    pub azure_java_formats: Java,
}

fn is_default<T: Default + PartialEq>(table: &T) -> bool {
    *table == T::default()
}

impl Options {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        is_default(self)
    }
}

/// Which protection levels a team allows.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Levels {
    /// Protection levels that packages may have, as the designer calls them. When given, every other one is reported.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub allowed_levels: List<ProtectionLevel>,
}

/// What a team calls its secrets.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SecretNames {
    /// Words or regular expressions: variables and parameters with such a name hold secrets too. In any case, anywhere in the name.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub secret_names: List<NamePattern>,
    /// Words or regular expressions: variables and parameters with such a name hold no secrets, whatever else they are called.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub not_secret_names: List<NamePattern>,
}

impl SecretNames {
    /// Whether the name says that its value is a secret.
    #[must_use]
    pub fn is_secret(&self, name: &str) -> bool {
        self.may_be_secret(name) && !self.not_secret_names.matches(name)
    }

    /// Whether a value of that name must not be shown. A name that the team takes out may still be one.
    #[must_use]
    pub fn may_be_secret(&self, name: &str) -> bool {
        secret::is_secret_name(name) || self.secret_names.matches(name)
    }
}

/// Which providers are there all the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Providers {
    /// Providers and drivers, or beginnings of their names, that the target has, by a custom set-up for instance: `OraOLEDB`.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub allowed_providers: List<Prefix>,
}

/// Which servers are reached all the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Hosts {
    /// Globs of servers, with or without their instance: `localhost`, `.\REPORTING`, `*.corp.example.com`.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub allowed_hosts: List<HostGlob>,
}

/// Which paths exist all the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Paths {
    /// Globs of paths, `\` and `/` alike and in any case: `D:\Data\**`, `\\files\import`. A folder stands for all that is in it.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub allowed_paths: List<PathGlob>,
}

/// Which components are installed all the same.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Components {
    /// Classes of tasks, connection managers and components, or their beginnings, that a set-up installs on the target: `Contoso.Ssis.`.
    #[serde(skip_serializing_if = "List::is_absent")]
    pub allowed_components: List<Prefix>,
}

/// Whether Java is there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Java {
    /// Whether a custom set-up installs a Java runtime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub java_installed: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn options(text: &str) -> Options {
        toml::from_str(text).expect("valid")
    }

    #[test]
    fn every_table_is_called_like_a_rule_and_by_its_id_too() {
        let schema = serde_json::to_value(schemars::schema_for!(Options)).expect("JSON");
        let tables = schema["properties"].as_object().expect("tables");
        for name in tables.keys() {
            let rule = rules::find(name).unwrap_or_else(|| panic!("{name} is no rule"));
            assert_eq!(options(&format!("[{}]\n", rule.id)), Options::default(), "{name}");
        }
    }

    #[test]
    fn paths_match_with_either_separator_in_any_case() {
        let options =
            options("[absolute-local-path]\nallowed-paths = ['D:\\Data\\**', 'e:/feeds [x]/*.csv']\n[SSIS0302]\nallowed-paths = ['\\\\files\\import\\']\n");
        for path in [r"d:\data\a.txt", "D:/Data/b/c.txt", r"E:\Feeds [x]\a.csv", " \"d:\\data\\b.txt\""] {
            assert!(options.absolute_local_path.allowed_paths.matches(path), "{path}");
        }
        for path in [r"D:\Database\a.txt", r"E:\Feeds [x]\b\a.csv", r"E:\Feeds x\a.csv", ""] {
            assert!(!options.absolute_local_path.allowed_paths.matches(path), "{path}");
        }
        let shares = &options.unc_path.allowed_paths;
        assert!(shares.matches(r"\\FILES\import\a\b.csv") && shares.matches(r"\\files\import") && !shares.matches(r"\\files\imports"));
        assert!(options.user_profile_path.allowed_paths.is_absent() && !options.user_profile_path.allowed_paths.matches(r"D:\Data\a.txt"));
    }

    #[test]
    fn servers_match_with_and_without_instance() {
        let hosts = options("[loopback-server]\nallowed-hosts = ['localhost', '.\\REPORTING', '*.corp.example.com']\n").loopback_server.allowed_hosts;
        for server in ["localhost", r"LOCALHOST\SQL2019", "tcp:localhost,1433", r".\Reporting", "sql01.corp.example.com,1433"] {
            assert!(hosts.matches(server), "{server}");
        }
        assert!(!hosts.matches(".") && !hosts.matches(r".\OTHER") && !hosts.matches("localhost.example.com"));
    }

    #[test]
    fn names_of_secrets_can_be_added_and_taken_out() {
        let names = options("[clear-text-secret]\nsecret-names = ['^kw_']\nnot-secret-names = ['policy$']\n").clear_text_secret;
        assert!(names.is_secret("KW_Mail") && names.is_secret("FtpPassword") && !names.is_secret("kw_policy") && !names.is_secret("Folder"));
        assert!(names.may_be_secret("kw_policy"), "what may be a secret is never shown");
    }

    #[test]
    fn names_match_by_their_beginning() {
        let options = options("[provider-32bit-only]\nallowed-providers = ['microsoft.jet.oledb']\n[azure-java-formats]\njava-installed = true\n");
        let allowed = &options.provider_32bit_only.allowed_providers;
        assert!(allowed.matches("Microsoft.Jet.OLEDB.4.0") && !allowed.matches("Microsoft.Jet") && !allowed.matches("Ärger"));
        assert_eq!(options.azure_java_formats.java_installed, Some(true));
    }

    #[test]
    fn what_matches_nothing_or_everything_is_refused_where_it_stands() {
        for (text, wrong) in [
            ("[clear-text-secret]\nsecret-names = ['ok', '(']\n", "`(` is no regular expression"),
            ("[clear-text-secret]\nnot-secret-names = ['a{99999}{99999}']\n", "is no regular expression"),
            ("[clear-text-secret]\nsecret-names = ['']\n", "is empty"),
            ("[unc-path]\nallowed-paths = [' ']\n", "is empty"),
            ("[user-key-level]\nallowed-levels = ['UserKey']\n", "unknown variant `UserKey`"),
            ("[loopback-server]\nallowed-paths = ['x']\n", "unknown field `allowed-paths`"),
        ] {
            let error = toml::from_str::<Options>(text).expect_err(text);
            assert!(error.message().contains(wrong), "{text}: {error}");
            assert!(error.span().is_some_and(|span| span.start > 0), "{text}");
        }
    }
}
