//! Keywords that mean the same.

use std::borrow::Cow;

/// The name that all synonyms of a keyword share: small letters, no blanks, no underscores.
pub(super) fn canonical(key: &str) -> Cow<'static, str> {
    let mut buffer = [0; LONGEST];
    if let Some(name) = folded_ascii(key, &mut buffer).and_then(shared_name) {
        return Cow::Borrowed(name);
    }
    let folded = folded(key);
    shared_name(&folded).map_or(Cow::Owned(folded), Cow::Borrowed)
}

/// Bytes of the longest keyword that is known.
const LONGEST: usize = 32;

/// The form of [`folded`], where that is short and ASCII.
fn folded_ascii<'b>(key: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'_') {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// The name for synonyms in the form of [`folded`].
fn shared_name(folded: &str) -> Option<&'static str> {
    Some(match folded {
        "datasource" | "server" | "address" | "addr" | "networkaddress" | "sqlservername" | "smtpserver" | "servername" | "serverhost" | "ftpserver"
        | "host" => "datasource",
        "initialcatalog" | "database" => "initialcatalog",
        "userid" | "uid" | "user" | "username" | "serveruser" => "userid",
        "password" | "pwd" => "password",
        "integratedsecurity" | "trustedconnection" | "usewindowsauthentication" | "usentauth" | "winauth" => "integratedsecurity",
        "encrypt" | "useencryptionfordata" => "encrypt",
        "multipleactiveresultsets" | "marsconnection" => "multipleactiveresultsets",
        "attachdbfilename" | "initialfilename" => "attachdbfilename",
        "connecttimeout" | "connectiontimeout" | "timeout" => "connecttimeout",
        "applicationname" | "app" => "applicationname",
        "connectretrycount" | "connectionretrycount" => "connectretrycount",
        "packetsize" | "packet" => "packetsize",
        // These have no synonyms, but stand in nearly every string.
        "provider" => "provider",
        "persistsecurityinfo" => "persistsecurityinfo",
        "autotranslate" => "autotranslate",
        "extendedproperties" => "extendedproperties",
        "driver" => "driver",
        "workstationid" => "workstationid",
        "trustservercertificate" => "trustservercertificate",
        _ => return None,
    })
}

/// Providers differ in `Trusted_Connection` and `MARS Connection`, `TrustServerCertificate` and `Trust Server Certificate`.
fn folded(key: &str) -> String {
    let kept = key.chars().filter(|character| !character.is_whitespace() && *character != '_');
    let mut folded = String::with_capacity(key.len());
    // Keywords are ASCII, for which there is a quicker way.
    if key.is_ascii() {
        folded.extend(kept.map(|character| character.to_ascii_lowercase()))
    } else {
        folded.extend(kept.flat_map(char::to_lowercase))
    }
    folded
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
