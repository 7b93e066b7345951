//! Test vectors.
//!
//! The strings of variants called "real" come from public files with a published password, as data to check against: the example project of
//! rtumaykin/ssis-build (Triple DES) and LiaArtem/Project-SSIS (AES). The others were made for this project.

use super::*;
use crate::xml::Malformed;

const PASSWORD: &str = "päss w0rd";
const PLAIN: &str = r#"<DTS:Executable xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:refId="Package" DTS:ExecutableType="Microsoft.Package" DTS:ObjectName="Enc" DTS:ProtectionLevel="3"><DTS:Property DTS:Name="PackageFormatVersion">8</DTS:Property></DTS:Executable>"#;
const TRIPLE_DES: &str = "EBESExQVFhdKUAnjvzdS9g4PCN5Ye0ipmoxzirZpoD/NXArlQZaVUSijEVHxxJg+VM+JcFjWv0r2kGPgS/t9uLbOvwr9mh0FRObwjb9ui5R+xc4j8Z3DU/DsEPlIMhUnBB1DKhtYfeNBzheFaDgwBKDxXZuGfyDKbxohgJMcwvs3r3u7SCtwSApwrrGBoXti9UtF7YJfF6DSuDR0cTfm/eoZcWQMioQSqeGiRHjC4T5s3Xzaer029n2mDDjRKpi/bSqopo1RyPeIyMZd368ZidKQrBOm45AzhMFYnQwsMgAfVNwwyhu8qIiJqEAR2oTnkMaOaKMIArmPKuH0piW2bw==";
const AES: &str = "EBESExQVFhcYGRobHB0eH+yAceVSnjwOplWq9aAgMzUlLKedPidYPl9l/AaVtpfbObX02wLDnlqHgETPtVqOxOprHu5P6C9wMgXc4xJwzqm2hATcd9Bv/BeWXq8AImCbXvYESY5ATtFwZaK09+zDN66DsjrKINwWDWvO5AswrB9GKh5fOUMWw0ZzbrnF2V08agQQc27NJt4HExb6I25o1vM+OwaGKSG1wftqs/kePRF0ejOpHYA7A+R8bEJAPSu8MxucBSwRhsm6gKrqwk/LAbaryUERxIsvXQQfboIMU9mYPuwU3Cm9Tlez4ihX/a9gZJmohC37q5N1x1UYnG+oKoFzSWCUx5wVqwBWJVtOvXw=";

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// Ciphertext as a package holds it.
fn package_form(algorithm: &str, salt: &str, iv: &str, value: &str) -> String {
    format!(
        "<EncryptedData Type=\"http://www.w3.org/2001/04/xmlenc#Element\" Salt=\"{salt}\" IV=\"{iv}\" xmlns=\"http://www.w3.org/2001/04/xmlenc#\">\
         <EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#{algorithm}\" /><CipherData><CipherValue>\n  {value}\n</CipherValue></CipherData></EncryptedData>"
    )
}

fn whole(algorithm: &str) -> String {
    match algorithm {
        "tripledes-cbc" => package_form(algorithm, "AQIDBAUGBw==", "EBESExQVFhc=", TRIPLE_DES),
        _ => package_form(algorithm, "AQIDBAUGBwg=", "EBESExQVFhcYGRobHB0eHw==", AES),
    }
}

fn tree(text: &str) -> Result<Tree<'_>, Malformed> {
    Tree::parse(text, &[], &Limits::default())
}

/// Opens the first ciphertext of a document and gives its plaintext.
fn first_plaintext(text: &str, password: &str) -> Result<String, DecryptError> {
    let tree = tree(text).expect("the test's document is well-formed");
    let first = element::find(&tree).next().expect("the test's document holds ciphertext");
    open_element(first, &secret(password)).map(|plain| plain.expose().to_owned())
}

fn open_text(text: &str, password: &str) -> Result<Option<Decrypted>, DecryptError> {
    open(&tree(text).expect("the test's document is well-formed"), &secret(password))
}

#[test]
fn whole_packages_open_with_either_cipher() {
    for (algorithm, cipher) in [("tripledes-cbc", Cipher::TripleDes), ("aes256-cbc", Cipher::Aes256)] {
        let opened = open_text(&format!("<?xml version=\"1.0\"?>\n{}\n", whole(algorithm)), PASSWORD);
        let opened = opened.expect("the password is right").expect("the package is encrypted as a whole");
        assert_eq!(opened.text().expose(), format!("<?xml version=\"1.0\"?>\n{PLAIN}\n"));
        assert_eq!(opened.cipher(), cipher);
    }
}

#[test]
fn real_values_in_packages_open() {
    let password = package_form(
        "tripledes-cbc",
        "OUoGJeiDkA==",
        "QcjNO0Dmmro=",
        "QcjNO0DmmroaXlt0IS/GdNdaC4RaYRPDjJ/+jRH/+zfq+wJwj8QFpaHRrMeGeRKgPHI04qGbVfUXn5D7LrLJfch4+hbIZCnxpO0LmNFaJHUss3iqkluCSFxnYgqFrYHsCekro1Dtz/xn1DSStYOZribk0sdHtieillbcuM8M99g=",
    );
    let plain = r#"<DTS:Password xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:Name="Password" Sensitive="1">db-01</DTS:Password>"#;
    assert_eq!(first_plaintext(&format!("<a>{password}</a>"), "ssis123"), Ok(plain.to_owned()));
    let parameter = package_form(
        "tripledes-cbc",
        "BD5TixIRQw==",
        "DSdxwa1Z9bg=",
        "DSdxwa1Z9bjVazXDoP2jNMPbRDJrHD8OBFleaf0qjnQEx/RI8iVfEWlY374ai8Zy6Bvo8DioLNhMAl6I7qA+MW0ssDjQ8kMBvBNhPeqMrmWts9IpAqkSNPY2T1v/7EGyNYbO9i3Hn5TFI7QLnGjyBgPIWfJR8hqSCBwsqaTyWNY=",
    );
    let plain = r#"<DTS:Property xmlns:DTS="www.microsoft.com/SqlServer/Dts" DTS:Name="ParameterValue" DTS:DataType="3">2</DTS:Property>"#;
    assert_eq!(first_plaintext(&format!("<a>{parameter}</a>"), "ssis123"), Ok(plain.to_owned()));
}

#[test]
fn real_values_in_project_files_open() {
    // Triple DES names no algorithm there.
    let connection = r#"<DTS:Property DTS:Name="ServerPassword" Sensitive="1" p:Salt="a5Q6/fVnKw==" p:IV="q/9W/LWhO9I=" xmlns:p="www.microsoft.com/SqlServer/SSIS" xmlns:DTS="www.microsoft.com/SqlServer/Dts">kU+1vA+7JpkTCMMi3FyW6QDnI5SiPpdeMn00Sf+cFCPjrp78b1qktgzEBmIbOj2lTFUCfuXQP9BYum8IYe20LrSjN9xdX2W4I9OXTWvUY3a0Kvyv67Se3knsixn2fAZxbxO90ENDtUJGDcWBS9M5DMvhW5oiUYKNvXEjcXHRbh4=</DTS:Property>"#;
    let plain = r#"<DTS:Property DTS:Name="ServerPassword" Sensitive="1" xmlns:DTS="www.microsoft.com/SqlServer/Dts">12345</DTS:Property>"#;
    assert_eq!(first_plaintext(connection, "ssis123"), Ok(plain.to_owned()));
    let parameter = r#"<S:Property S:Name="Value" S:Sensitive="1" S:Salt="epador5i2A==" S:IV="0PJQ+7Nwxuw=" xmlns:S="www.microsoft.com/SqlServer/SSIS">gGo7345pq07rm5e1VMMMYLU4x4OcHONBmq6QtTfsO3q1edVDeucZlwuyaXCdpPfazTs97AiqJ5yM0tc/7IK3xRHw6iIi5nT59IgtOhUF29GMcCL9MZHxtottfqkJ/0AcHq3brrgifVOaHPIfdyS9kxdPEiiYwiYK5dmYai6sBYs=</S:Property>"#;
    let plain = r#"<SSIS:Property SSIS:Name="Value" SSIS:Sensitive="1" xmlns:SSIS="www.microsoft.com/SqlServer/SSIS">master</SSIS:Property>"#;
    assert_eq!(first_plaintext(parameter, "ssis123"), Ok(plain.to_owned()));
}

const VERIFIER: &str = r#"<a><S:Property S:Name="PasswordVerifier" S:Sensitive="1" S:Salt="LzcofLl8mhE=" S:IV="J1YfYJ58TQIh5/QtuwccpA==" S:Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc" xmlns:S="www.microsoft.com/SqlServer/SSIS">FOBXUbqFxz6gYaOsaynQNxLJ8cvs42hrrjFrP1ky6Kdy2Y0LwMQz86pSoGZpHKbhZXfnyuLoAgU9AbFY9ncONFEHDWlXBYYCbmWvxFFjw97KbDYCMgNtQwvt9jNyNrmMlBAcEjrmZumk9MfYyp6dMTJtKqRWGv7dhaNIjNHUc6g81/hMS8oOcxK/NTofHQeI</S:Property></a>"#;

#[test]
fn a_real_password_verifier_tells_the_password() {
    let plain = r#"<SSIS:Property SSIS:Name="PasswordVerifier" SSIS:Sensitive="1" xmlns:SSIS="www.microsoft.com/SqlServer/SSIS">SSIS</SSIS:Property>"#;
    assert_eq!(first_plaintext(VERIFIER, "12345678"), Ok(plain.to_owned()));
    assert!(open_text(VERIFIER, "12345678").is_ok_and(|opened| opened.is_none()));
    assert_eq!(open_text(VERIFIER, "12345679").map(|_| ()), Err(DecryptError::WrongPassword));
}

#[test]
fn a_wrong_password_is_told_from_damage() {
    for algorithm in ["tripledes-cbc", "aes256-cbc"] {
        let text = whole(algorithm);
        for wrong in ["", "p", "päss w0rd ", "pass w0rd", "PÄSS W0RD"] {
            assert_eq!(open_text(&text, wrong).map(|_| ()), Err(DecryptError::WrongPassword), "{algorithm} {wrong:?}");
        }
    }
}

#[test]
fn damage_is_told_from_a_wrong_password() {
    let value = |text: &str| text.find("<CipherValue>").expect("there is a value") + 16;
    for algorithm in ["tripledes-cbc", "aes256-cbc"] {
        let text = whole(algorithm);
        let start = value(&text);
        // Every base64 character of the value changed in turn: garbage in the middle may still be XML, but never a wrong password.
        for at in (start..start + 340).step_by(3) {
            let mut damaged = text.clone();
            let other = if &text[at..=at] == "A" { "B" } else { "A" };
            damaged.replace_range(at..=at, other);
            assert!(!matches!(open_text(&damaged, PASSWORD), Err(DecryptError::WrongPassword)), "{algorithm} at {at}");
        }
        let mut short = text.clone();
        short.replace_range(start..start + 4, "");
        assert!(matches!(open_text(&short, PASSWORD), Err(DecryptError::Damaged(_))), "{algorithm}");
    }
}

#[test]
fn what_no_password_can_open_is_damage() {
    let cases = [
        package_form("aes256-cbc", "AQIDBAUGBwg=", "EBESExQVFhcYGRobHB0eHw==", ""),
        package_form("aes256-cbc", "AQIDBAUGBwg=", "EBESExQVFhcYGRobHB0eHw==", "EBESExQVFhcYGRobHB0eHw=="),
        package_form("aes256-cbc", "AQIDBAUGBwg=", "EBESExQVFhcYGRobHB0eHw==", "not base64!"),
        package_form("aes256-cbc", "?", "EBESExQVFhcYGRobHB0eHw==", AES),
        package_form("rot13", "AQIDBAUGBwg=", "EBESExQVFhcYGRobHB0eHw==", AES),
        "<EncryptedData Salt='AQ==' xmlns='http://www.w3.org/2001/04/xmlenc#'/>".to_owned(),
        "<a xmlns:S='www.microsoft.com/SqlServer/SSIS' S:IV='AAA='>AAAA</a>".to_owned(),
    ];
    for case in cases {
        assert!(matches!(open_text(&case, PASSWORD), Err(DecryptError::Damaged(_))), "{case}");
    }
}

#[test]
fn ciphertext_of_another_element_is_refused() {
    let text = format!("<DTS:ConnectionManager xmlns:DTS='www.microsoft.com/SqlServer/Dts'>{}</DTS:ConnectionManager>", whole("aes256-cbc"));
    assert!(open_text(&text, PASSWORD).is_ok_and(|opened| opened.is_none()), "a value may be any element");
    let data = &AES[24..];
    let root = |name: &str| {
        format!(
            "<D:{name} xmlns:D='www.microsoft.com/SqlServer/Dts' xmlns:S='www.microsoft.com/SqlServer/SSIS' S:Salt='AQIDBAUGBwg=' S:IV='EBESExQVFhcYGRobHB0eHw=='>{data}</D:{name}>"
        )
    };
    // The same plaintext in project form has no byte order mark, so it was not written by SSIS.
    assert!(matches!(open_text(&root("ConnectionManager"), PASSWORD), Err(DecryptError::Damaged(_))));
}

#[test]
fn documents_without_ciphertext_have_nothing_to_open() {
    for text in ["<a/>", "<a IV='x'>AAAA</a>", "<EncryptedData xmlns='http://www.w3.org/2001/04/xmlenc#'/>", "<a Sensitive='1' Encrypted='1'>AQAAANCMnd8B</a>"]
    {
        assert!(open_text(text, PASSWORD).is_ok_and(|opened| opened.is_none()), "{text}");
    }
}

#[test]
fn places_in_the_decrypted_text_lead_back_to_the_file() {
    let before = "<?xml version=\"1.0\"?>\n";
    let text = format!("{before}{}\n<!--x-->", whole("aes256-cbc"));
    let opened = open_text(&text, PASSWORD).expect("the password is right").expect("the package is encrypted as a whole");
    let offset = |text: &str, needle: &str| u32::try_from(text.find(needle).expect("it is there")).expect("it is short");
    let inside = offset(opened.text().expose(), "PackageFormatVersion");
    let original = opened.original(Span::new(inside, inside + 4));
    assert_eq!(original.start, offset(&text, "<EncryptedData"));
    assert_eq!(original.end, offset(&text, "<EncryptionMethod"));
    let comment = offset(opened.text().expose(), "<!--x");
    assert_eq!(opened.original(Span::new(comment, comment + 8)), Span::new(offset(&text, "<!--x"), offset(&text, "<!--x") + 8));
    assert_eq!(opened.original(Span::new(0, 5)), Span::new(0, 5));
    assert!(!opened.was_hidden(Span::new(0, 5)) && opened.was_hidden(Span::new(inside, inside)));
}

#[test]
fn debugging_shows_no_plaintext() {
    let opened = open_text(&whole("aes256-cbc"), PASSWORD).expect("the password is right");
    assert!(!format!("{opened:?}").contains("PackageFormatVersion"));
}
