//! Password → key.

use pbkdf2::pbkdf2_hmac;
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use crate::secret::Secret;

/// Rounds that SSIS has always used for AES.
const ROUNDS: u32 = 1000;

/// The key of Triple DES: what CryptoAPI's `CryptDeriveKey` makes of one SHA-1 of the password. No salt and no rounds, although the file has a salt.
///
/// It looks like HMAC but is not: the two padded hashes are hashed apart and put one behind the other.
pub(super) fn triple_des(password: &Secret) -> Zeroizing<[u8; 24]> {
    let hash: Zeroizing<[u8; 20]> = Zeroizing::new(Sha1::digest(password.expose()).into());
    let padded = |filler: u8| Zeroizing::new(std::array::from_fn::<u8, 64, _>(|index| hash.get(index).copied().unwrap_or(0) ^ filler));
    let halves: [Zeroizing<[u8; 20]>; 2] = [0x36, 0x5C].map(|filler| Zeroizing::new(Sha1::digest(*padded(filler)).into()));
    let mut key = Zeroizing::new([0; 24]);
    key.iter_mut().zip(halves.iter().flat_map(|half| half.iter())).for_each(|(byte, from)| *byte = *from);
    key
}

/// The key of AES-256.
pub(super) fn aes(password: &Secret, salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2_hmac::<Sha1>(password.expose().as_bytes(), salt, ROUNDS, &mut *key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn triple_des_keys_of_known_passwords() {
        // The first two open public files: the example of rtumaykin/ssis-build, and a test package of shirashiki/ssis.
        for (password, key) in [
            ("ssis123", "60a8b283d275564731c89b3c92fcb672852543296ba29f7d"),
            ("banana", "975011ae163499a9b4c789fec4d6f1bae29d03b81c79ba11"),
            ("päss w0rd", "5cf5873887e34016933312cc9f31025a15955f4bd3291a14"),
        ] {
            assert_eq!(hex(&*triple_des(&secret(password))), key, "{password}");
        }
    }

    #[test]
    fn aes_keys_of_known_passwords() {
        // The first opens the public project LiaArtem/Project-SSIS.
        let salt = [0x2f, 0x37, 0x28, 0x7c, 0xb9, 0x7c, 0x9a, 0x11];
        assert_eq!(hex(&*aes(&secret("12345678"), &salt)), "336d816641ba813f1831087bd6ec9ec7cb2147424732a074faabc7180c991d5b");
        let salt = [1, 2, 3, 4, 5, 6, 7, 8];
        assert_eq!(hex(&*aes(&secret("päss w0rd"), &salt)), "a0215e63b118a72735eafd7f3b087b1da87d37c24609fdf1ec6e5ccd05de87b2");
    }
}
