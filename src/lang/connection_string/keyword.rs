//! Keywords that mean the same.

use std::borrow::Cow;

/// Synonyms, the canonical one first, all in the form of [`folded`].
const SYNONYMS: [&[&str]; 12] = [
    &["datasource", "server", "address", "addr", "networkaddress", "sqlservername", "smtpserver", "servername", "serverhost", "ftpserver", "host"],
    &["initialcatalog", "database"],
    &["userid", "uid", "user", "username", "serveruser"],
    &["password", "pwd"],
    &["integratedsecurity", "trustedconnection", "usewindowsauthentication", "usentauth", "winauth"],
    &["encrypt", "useencryptionfordata"],
    &["multipleactiveresultsets", "marsconnection"],
    &["attachdbfilename", "initialfilename"],
    &["connecttimeout", "connectiontimeout", "timeout"],
    &["applicationname", "app"],
    &["connectretrycount", "connectionretrycount"],
    &["packetsize", "packet"],
];

/// The name that all synonyms of a keyword share: small letters, no blanks, no underscores.
pub(super) fn canonical(key: &str) -> Cow<'static, str> {
    let folded = folded(key);
    let group = SYNONYMS.iter().find(|group| group.contains(&folded.as_str()));
    group.and_then(|group| group.first()).map_or(Cow::Owned(folded), |name| Cow::Borrowed(*name))
}

/// Providers differ in `Trusted_Connection` and `MARS Connection`, `TrustServerCertificate` and `Trust Server Certificate`.
fn folded(key: &str) -> String {
    key.chars().filter(|character| !character.is_whitespace() && *character != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn synonyms() {
        for (one, other) in
            [("Server", "data source"), ("UID", "User ID"), ("Trusted_Connection", "Integrated Security"), ("Mars_Connection", "MultipleActiveResultSets")]
        {
            assert_eq!(canonical(one), canonical(other));
        }
        assert_ne!(canonical("Provider"), canonical("Driver"));
    }
}
