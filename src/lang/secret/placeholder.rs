//! Values that stand where a secret should be.

use std::sync::LazyLock;

use regex::Regex;

use crate::lang::pattern::pattern;

/// Values that only stand for one, as a whole. `(?s)` is not set: a placeholder has one line.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r"[*xX.•#_\-?]*",                               // ***, xxx, ?
        r"@{1,2}[A-Za-z_]\w*|@\[.*",                    // a parameter, an SSIS variable
        r":[A-Za-z_]\w*",                               // an Oracle bind variable
        r"\$\(.*\)|\$\{.*\}|\$env:\w+|%\w+%",           // sqlcmd, shell, PowerShell, cmd
        r"\{\{?(?:\w|[. :$-])*\}?\}|#\{.*\}#?|__\w+__", // {0}, {{name}}, #{Octopus}, __TOKEN__
        r"<.*>|\[.*\]",                                 // <your password>
        r"null|none|nothing|n/?a|empty|blank|dummy|tbd|todo|true|false",
        r"change[ _-]?(me|it|this).*|replace[ _-]?(me|this|with).*|fill[ _-]?(me|in).*|insert[ _-].*",
        r"redacted|removed|hidden|masked|placeholder|secret|your.*(pass|pwd|secret|token|key|here).*|my[ _-]?(password|pwd|secret|token|key)|(enter|the|some)[ _-]?(your[ _-]?)?(password|pwd).*",
        r"(pass(word|wd)?|pwd|token|api[ _-]?key|account[ _-]?key)([ _-]?(here|goes[ _-]here|value|placeholder))?",
    ];
    pattern(&format!("(?i)^(?:{})$", forms.join("|")))
});

/// Whether a value stands for a secret and is none: empty, `***`, `xxx`, `changeme`, `<…>`, `@name`, `?`, `$(X)`, `%X%`, `{0}`.
///
/// White space and one pair of quotes around it do not count.
#[must_use]
pub fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'', '\\']).trim();
    PLACEHOLDER.is_match(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in [
            "",
            "  ",
            "***",
            "********",
            "xxx",
            "XXXX",
            "changeme",
            "Change_Me!",
            "<password>",
            "@placeholder",
            "?",
            "$(X)",
            "{0}",
            "%PWD%",
            "\"\"",
            "''",
            "${pwd}",
            "@[User::P]",
            "{{ password }}",
            "#{Db.Password}",
            "__PWD__",
            "yourStrongPassword",
            "your_password_here",
            "password",
            "null",
            ":pwd",
            "$env:PWD",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn literals() {
        for value in ["entry@2008", "P@ssw0rd", "ssis123", "@bc!23", "x", "{a;b}c", "yours4ever", "$ecret1", "Xx1xX"] {
            assert_eq!(is_placeholder(value), value == "x", "{value}");
        }
    }
}
