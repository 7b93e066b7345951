//! What can be seen of a DPAPI blob without the key: how much text it holds.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// What every blob starts with: version 1 and the provider's GUID, in base64.
pub(super) const PREFIX: &str = "AQAAANCMnd8B";

/// SSIS writes blobs without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Length of one block of Triple DES.
const SHORTEST: usize = 8;

/// Whether the ciphertext is a single block of eight bytes: three characters at most, so in practice an empty text, which SSIS encrypts like any other.
pub(super) fn is_blank(text: &str) -> bool {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    BASE64.decode(packed).ok().and_then(|blob| ciphertext(&blob).map(<[u8]>::len)).is_some_and(|length| length <= SHORTEST)
}

/// The fields of a blob in their order: fixed ones by their length, the others with their length before them.
fn ciphertext(blob: &[u8]) -> Option<&[u8]> {
    let rest = blob.get(4 + 16 + 4 + 16 + 4..)?; // version, provider, version and GUID of the master key, flags
    let (_description, rest) = counted(rest)?;
    let (_salt, rest) = counted(rest.get(4 + 4..)?)?; // cipher and length of its key
    let (_key, rest) = counted(rest)?;
    let (_second_key, rest) = counted(rest.get(4 + 4..)?)?; // hash and its length
    counted(rest).map(|(ciphertext, _signature)| ciphertext)
}

/// The bytes that a length announces, and what follows them.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(ciphertext: usize) -> String {
        let mut bytes = vec![0; 44];
        let mut counted = |length: u32, fixed: usize| {
            bytes.extend(length.to_le_bytes());
            bytes.resize(bytes.len() + length as usize + fixed, 7);
        };
        [(8, 8), (16, 0), (0, 8), (16, 0), (ciphertext as u32, 0), (20, 0)].into_iter().for_each(|(length, fixed)| counted(length, fixed));
        BASE64.encode(bytes)
    }

    #[test]
    fn one_block_is_blank() {
        assert!(is_blank(&blob(8)));
        assert!(!is_blank(&blob(16)));
    }

    #[test]
    fn what_is_cut_off_is_not() {
        let whole = blob(8);
        assert!((0..whole.len() - 60).all(|length| !is_blank(&whole[..length])));
        assert!(!is_blank("no blob"));
    }
}
