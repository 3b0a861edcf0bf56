//! Base58 numbers with a checksum, as most cryptocurrencies write addresses.

use sha2::{Digest as _, Sha256};

/// The value of each letter; [`NONE`] for what is none.
pub(super) struct Alphabet([u8; 128]);

const NONE: u8 = 0xFF;

impl Alphabet {
    const fn new(letters: &[u8; 58]) -> Self {
        let mut values = [NONE; 128];
        let mut value = 0;
        while value < letters.len() {
            values[letters[value] as usize] = value as u8;
            value += 1;
        }
        Self(values)
    }

    fn value(&self, letter: u8) -> Option<u8> {
        self.0.get(usize::from(letter)).copied().filter(|&value| value != NONE)
    }
}

/// The alphabet of Bitcoin; Ripple has the same letters in another order.
pub(super) static BITCOIN: Alphabet =
    Alphabet::new(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
pub(super) static RIPPLE: Alphabet =
    Alphabet::new(b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz");

/// The most bytes of an address with its checksum.
const ROOM: usize = 40;

/// The bytes of `text`, at most [`ROOM`] of them, and how many there are.
fn decode(text: &[u8], alphabet: &Alphabet) -> Option<([u8; ROOM], usize)> {
    // Little endian while it grows.
    let mut bytes = [0u8; ROOM];
    let mut len = 0;
    for &c in text {
        let mut carry = u32::from(alphabet.value(c)?);
        for byte in &mut bytes[..len] {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        while carry > 0 {
            *bytes.get_mut(len)? = carry as u8;
            carry >>= 8;
            len += 1;
        }
    }
    len += text.iter().take_while(|&&c| alphabet.value(c) == Some(0)).count();
    bytes.get_mut(..len)?.reverse();
    Some((bytes, len))
}

/// The version and the payload's length of an address whose checksum is right.
/// `version_len` is how many bytes the version takes.
pub(super) fn check(text: &[u8], alphabet: &Alphabet, version_len: usize) -> Option<(u16, usize)> {
    let (bytes, len) = decode(text, alphabet)?;
    let body = len.checked_sub(4).filter(|&body| body > version_len)?;
    let sum = Sha256::digest(Sha256::digest(&bytes[..body]));
    let version = bytes[..version_len].iter().fold(0, |sum, &b| sum << 8 | u16::from(b));
    (sum[..4] == bytes[body..len]).then_some((version, body - version_len))
}

/// How many bytes `text` stands for.
pub(super) fn decoded_len(text: &[u8], alphabet: &Alphabet) -> Option<usize> {
    decode(text, alphabet).map(|(_, len)| len)
}

/// The bytes of one block of a Monero address: 11 letters are 8 bytes, 7 are 5.
pub(super) fn monero_block(text: &[u8], out: &mut [u8]) -> Option<()> {
    let mut value: u64 = 0;
    for &c in text {
        value = value.checked_mul(58)?.checked_add(u64::from(BITCOIN.value(c)?))?;
    }
    let bytes = value.to_be_bytes();
    let spare = bytes.len() - out.len();
    out.copy_from_slice(&bytes[spare..]);
    bytes[..spare].iter().all(|&b| b == 0).then_some(())
}

#[cfg(test)]
pub(super) mod tests {
    use sha2::{Digest as _, Sha256};

    const LETTERS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// An address of Bitcoin's kind for `body`, the slow way.
    pub(in super::super) fn encode(body: &[u8]) -> String {
        let sum = Sha256::digest(Sha256::digest(body));
        let mut bytes = [body, &sum[..4]].concat();
        let zeros = bytes.iter().take_while(|&&b| b == 0).count();
        let mut letters = Vec::new();
        while bytes.iter().any(|&b| b != 0) {
            let mut rest = 0u32;
            for byte in &mut bytes {
                rest = rest << 8 | u32::from(*byte);
                *byte = (rest / 58) as u8;
                rest %= 58;
            }
            letters.push(LETTERS[rest as usize]);
        }
        letters.extend(std::iter::repeat_n(b'1', zeros));
        letters.iter().rev().map(|&b| char::from(b)).collect()
    }

    /// An address of Monero's kind for `body`.
    pub(in super::super) fn encode_monero(body: &[u8]) -> String {
        let sum = super::super::keccak::keccak256(body);
        let bytes = [body, &sum[..4]].concat();
        let mut text = String::new();
        for block in bytes.chunks(8) {
            let mut value = block.iter().fold(0u64, |sum, &b| sum << 8 | u64::from(b));
            let mut letters = vec![b'1'; if block.len() == 8 { 11 } else { 7 }];
            for letter in letters.iter_mut().rev() {
                *letter = LETTERS[(value % 58) as usize];
                value /= 58;
            }
            text.extend(letters.into_iter().map(char::from));
        }
        text
    }

    #[test]
    fn short_and_long_texts_are_refused() {
        assert!(super::check(b"", &super::BITCOIN, 1).is_none());
        assert!(super::check(b"1", &super::BITCOIN, 1).is_none());
        assert!(super::check(&[b'z'; 300], &super::BITCOIN, 1).is_none());
        assert!(super::check(&[b'1'; 300], &super::BITCOIN, 1).is_none());
    }
}
