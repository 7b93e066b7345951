//! Which names say that their value is a secret.

/// Words that mean a secret wherever they stand in a name.
const SECRETS: [&str; 5] = ["password", "passwd", "pwd", "passphrase", "secret"];

/// Word pairs that mean a secret: the second alone does not.
const PAIRS: [(&str, &str); 15] = [
    ("access", "key"),
    ("access", "signature"),
    ("account", "key"),
    ("api", "key"),
    ("client", "key"),
    ("consumer", "key"),
    ("encryption", "key"),
    ("function", "key"),
    ("master", "key"),
    ("pass", "word"),
    ("private", "key"),
    ("shared", "key"),
    ("sas", "key"),
    ("storage", "key"),
    ("subscription", "key"),
];

/// The same pairs, and a few more, in a word that has no visible seam: `apikey`.
const JOINED: [&str; 10] =
    ["apikey", "accesskey", "accountkey", "sharedaccesskey", "sharedaccesssignature", "clientsecret", "privatekey", "secretkey", "storagekey", "accesstoken"];

/// What makes `pass` a password and not a way or a round: `FtpPass`, but not `FirstPass`.
const OWNERS_OF_A_PASS: [&str; 14] = ["db", "database", "ftp", "sftp", "user", "usr", "sql", "ora", "oracle", "login", "smtp", "mail", "admin", "svc"];

/// A word behind the secret that makes the name speak *about* a secret: `PasswordPolicyDays`, `TokenCount`, `SecretName`, `PasswordFile`.
const ABOUT: [&str; 53] = [
    "age",
    "attempts",
    "cache",
    "change",
    "changed",
    "char",
    "chars",
    "column",
    "complexity",
    "count",
    "date",
    "days",
    "dir",
    "directory",
    "enabled",
    "encrypted",
    "endpoint",
    "expiration",
    "expires",
    "expiry",
    "field",
    "file",
    "filename",
    "flag",
    "folder",
    "format",
    "hint",
    "id",
    "index",
    "last",
    "length",
    "lifetime",
    "location",
    "max",
    "min",
    "name",
    "path",
    "policy",
    "position",
    "prompt",
    "question",
    "required",
    "reset",
    "rotation",
    "size",
    "source",
    "status",
    "table",
    "timeout",
    "type",
    "uri",
    "url",
    "version",
];

/// A word before the secret that makes it a yes-or-no, or no secret at all: `UsePassword`, `PublicKeyToken`.
const BEFORE: [&str; 14] = ["cancellation", "can", "check", "csharp", "has", "is", "needs", "no", "persist", "public", "require", "requires", "use", "uses"];

/// Whether the name of a variable, parameter, property or keyword says that its value is a secret.
///
/// `User::FtpPassword`, `DB_PWD`, `apiKey`, `Jet OLEDB:Database Password` and `dbpassword` do; `PasswordPolicyDays`, `TokenCount`, `Compass`,
/// `SASFile` and `PublicKeyToken` do not. A namespace before `::` does not count.
#[must_use]
pub fn is_secret_name(name: &str) -> bool {
    if !may_name_a_secret(name) {
        return false;
    }
    let name = name.rsplit("::").next().unwrap_or(name);
    let words = words(name);
    // What speaks about a secret stands behind it, and what denies it before it.
    let first = words.iter().rposition(|word| ABOUT.contains(&word.as_str())).unwrap_or(0);
    let last = words.iter().position(|word| BEFORE.contains(&word.as_str())).unwrap_or(words.len());
    (first..words.len().min(last + 1)).any(|at| names_a_secret(&words, at))
}

/// Most names are told by their letters alone: every word of the lists that makes a secret has one of these starts inside.
pub(super) fn may_name_a_secret(name: &str) -> bool {
    let starts_secret = |letters: &[u8]| {
        let letters = [letters[0], letters[1], letters[2]].map(|letter| letter.to_ascii_lowercase());
        matches!(&letters, b"key" | b"pas" | b"pwd" | b"sas" | b"sec" | b"sig" | b"tok")
    };
    !name.is_ascii() || name.as_bytes().windows(3).any(starts_secret)
}

/// Whether the word at that index names a secret, the words further away not looked at.
fn names_a_secret(words: &[String], at: usize) -> bool {
    let Some((word, before)) = words.get(..=at).and_then(<[String]>::split_last) else { return false };
    let previous = before.last().map_or("", String::as_str);
    let is_last = at + 1 == words.len();
    match word.as_str() {
        "token" | "sas" => is_last,
        "pass" => is_last && OWNERS_OF_A_PASS.contains(&previous),
        word => SECRETS.iter().any(|secret| word.ends_with(secret)) || JOINED.iter().any(|joined| word.ends_with(joined)) || PAIRS.contains(&(previous, word)),
    }
}

/// The words of a name in lower case, cut at case changes, digits and everything that is no letter. Digits are dropped.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut previous = ' ';
    let mut characters = name.chars().peekable();
    while let Some(character) = characters.next() {
        let next_is_small = characters.peek().is_some_and(|next| next.is_lowercase());
        let starts = !previous.is_alphabetic() || (character.is_uppercase() && (previous.is_lowercase() || next_is_small));
        if character.is_alphabetic() {
            if starts {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        previous = character;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets() {
        for name in [
            "Password",
            "PWD",
            "User::FtpPassword",
            "$Project::DB_PWD",
            "apiKey",
            "API_KEY",
            "apikey",
            "AccountKey",
            "Jet OLEDB:Database Password",
            "dbpassword",
            "OraPassword",
            "ClientSecret",
            "client_secret",
            "SharedAccessSignature",
            "Access Token",
            "StorageSAS",
            "SAS",
            "sasToken",
            "FtpPass",
            "password_sftp",
            "PwdOracle",
            "Password2",
            "SFTPPassword",
            "PassWord",
            "ServerPassword",
            "SecretAccessKey",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_sound_like_it() {
        for name in [
            "",
            "PasswordPolicyDays",
            "TokenCount",
            "Compass",
            "SASFile",
            "PublicKeyToken",
            "PrimaryKey",
            "BusinessKey",
            "FirstPass",
            "Bypass",
            "SecretName",
            "TokenPath",
            "PasswordFile",
            "UsePassword",
            "HasToken",
            "Sasha",
            "CancellationToken",
            "KeyVaultUrl",
            "Tokenizer",
            "SecretarysName",
            "Persist Security Info",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn no_word_of_the_lists_is_passed_over() {
        let pairs = PAIRS.map(|(first, second)| format!("{first}_{second}"));
        let names = SECRETS.iter().chain(&JOINED).chain(&["token", "sas", "ftp_pass"]).map(|name| (*name).to_owned()).chain(pairs);
        for name in names {
            assert!(is_secret_name(&name) && is_secret_name(&name.to_ascii_uppercase()), "{name}");
        }
    }

    #[test]
    fn odd_names() {
        assert!(is_secret_name("ПарольPassword"));
        assert!(!is_secret_name("::"));
        assert!(!is_secret_name("İ ß 9"));
    }
}
