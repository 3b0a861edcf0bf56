//! Addresses of cryptocurrencies, by their checksums.

use super::base58::{self, BITCOIN, RIPPLE};
use super::bech32::{self, Checksum};
use super::context::Words;
use super::keccak::keccak256;
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "crypto_wallet",
    what: "An address that cryptocurrency can be sent to, its checksum verified: Bitcoin, \
           Litecoin, Dogecoin, Dash, Zcash (transparent), Tron, Ripple, Monero, Bitcoin Cash, \
           Cardano, Cosmos and its relatives, and Ethereum and what uses its addresses (one in \
           mixed case must have the right capitals; one in a single case has no checksum). \
           Solana's addresses have no checksum and count only near words such as `solana`.",
    example: "{ entity: crypto_wallet }",
    regions: &[],
    valid: &[
        ("send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa now", &["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]),
        (
            "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=1",
            &["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
        ),
        (
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            &["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"],
        ),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            &["bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"],
        ),
        (
            "eth 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed!",
            &["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
        ),
        (
            "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
            &["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"],
        ),
        (
            "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
            &["qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"],
        ),
        ("xrp rrrrrrrrrrrrrrrrrrrrrhoLvTp", &["rrrrrrrrrrrrrrrrrrrrrhoLvTp"]),
        ("my solana: 11111111111111111111111111111112", &["11111111111111111111111111111112"]),
    ],
    invalid: &[
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
        "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeaeD",
        "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b",
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae",
    ],
    look_alike: &[
        "11111111111111111111111111111112",
        "commit 5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "tx 0x88df016429689c079f3b2f6ad39fa052532c56795b733da78a91ebe6a713944b",
        "Llanfairpwllgwyngyllgogerychwyrndrobwll",
        "x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    ],
};

/// Words near an address that has no checksum.
const SOLANA: Words =
    Words { whole: &["phantom", "sol", "solana", "solflare", "spl"], unspaced: &[] };
const WINDOW: usize = 40;

/// The shortest and longest address there is.
const SHORTEST: usize = 25;
const LONGEST: usize = 128;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + SHORTEST) {
        // From the end: most words are much shorter, and a few bytes tell that.
        if let Some(other) = window.iter().rposition(|b| !b.is_ascii_alphanumeric()) {
            at += other + 1;
            continue;
        }
        let rest = bytes[at + SHORTEST..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let (start, end) = (at, at + SHORTEST + rest);
        at = end;
        if end - start <= LONGEST && is_address(text, start, end) {
            add(start, end);
        }
    }
}

fn is_address(text: &str, start: usize, end: usize) -> bool {
    let word = &text.as_bytes()[start..end];
    let known = is_ethereum(word)
        || is_base58(word)
        || is_bech32(word)
        || is_monero(word)
        || is_solana(word) && is_announced(text, start, end);
    known && text::opens(text, start) && text::closes(text, end)
}

/// Twenty bytes in hexadecimal. When letters are of both cases, their
/// capitals follow the hash (EIP-55).
fn is_ethereum(word: &[u8]) -> bool {
    let [b'0', b'x' | b'X', digits @ ..] = word else { return false };
    if digits.len() != 40 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    if bech32::is_of_one_case(digits) {
        return true;
    }
    let hash = keccak256(&low(digits));
    digits.iter().enumerate().filter(|(_, b)| b.is_ascii_alphabetic()).all(|(at, b)| {
        let nibble = hash[at / 2] >> (4 - at % 2 * 4) & 15;
        b.is_ascii_uppercase() == (nibble >= 8)
    })
}

fn low(digits: &[u8]) -> [u8; 40] {
    let mut low = [0; 40];
    low.iter_mut().zip(digits).for_each(|(low, b)| *low = b.to_ascii_lowercase());
    low
}

/// Bitcoin and those who copied its addresses; the payload is always a hash of 20 bytes.
fn is_base58(word: &[u8]) -> bool {
    if word.len() > 36 {
        return false;
    }
    let (alphabet, version_len, versions): (_, _, &[u16]) = match word[0] {
        b'1' | b'3' => (&BITCOIN, 1, &[0x00, 0x05]),
        b'L' | b'M' => (&BITCOIN, 1, &[0x30, 0x32]),
        b'D' | b'9' | b'A' => (&BITCOIN, 1, &[0x1E, 0x16]),
        b'X' | b'7' => (&BITCOIN, 1, &[0x4C, 0x10]),
        b'T' => (&BITCOIN, 1, &[0x41]),
        b't' => (&BITCOIN, 2, &[0x1CB8, 0x1CBD]),
        b'r' => (&RIPPLE, 1, &[0x00]),
        _ => return false,
    };
    base58::check(word, alphabet, version_len)
        .is_some_and(|(version, len)| len == 20 && versions.contains(&version))
}

/// Prefixes of chains whose addresses are plain bech32.
const BECH32: [&[u8]; 12] = [
    b"addr",
    b"stake",
    b"cosmos",
    b"osmo",
    b"terra",
    b"inj",
    b"sei",
    b"celestia",
    b"thor",
    b"kava",
    b"juno",
    b"bnb",
];

fn is_bech32(word: &[u8]) -> bool {
    if !bech32::is_of_one_case(word) {
        return false;
    }
    if word.len() == 42 && matches!(word[0], b'q' | b'p' | b'Q' | b'P') {
        return bech32::is_bitcoin_cash(word);
    }
    let Some(one) = word.iter().take(9).position(|&b| b == b'1') else { return false };
    let (prefix, data) = (&word[..one], &word[one + 1..]);
    if prefix.eq_ignore_ascii_case(b"bc") || prefix.eq_ignore_ascii_case(b"ltc") {
        return bech32::is_segwit(prefix, data);
    }
    let known = || BECH32.iter().any(|known| prefix.eq_ignore_ascii_case(known));
    data.len() >= 38 && known() && bech32::check(prefix, data) == Some(Checksum::Bech32)
}

/// A network byte, two keys, perhaps a payment id, and four bytes of their hash.
fn is_monero(word: &[u8]) -> bool {
    if !matches!(word.len(), 95 | 106) || !matches!(word[0], b'4' | b'8') {
        return false;
    }
    let mut bytes = [0; 77];
    let mut len = 0;
    for block in word.chunks(11) {
        let size = if block.len() == 11 { 8 } else { 5 };
        if base58::monero_block(block, &mut bytes[len..len + size]).is_none() {
            return false;
        }
        len += size;
    }
    let (body, sum) = bytes[..len].split_at(len - 4);
    matches!((body[0], word.len()), (18 | 42, 95) | (19, 106)) && keccak256(body)[..4] == *sum
}

/// A key of 32 bytes in base58. Nothing else is known of it.
fn is_solana(word: &[u8]) -> bool {
    (32..=44).contains(&word.len()) && base58::decoded_len(word, &BITCOIN) == Some(32)
}

fn is_announced(text: &str, start: usize, end: usize) -> bool {
    SOLANA.before(text, start, WINDOW) || SOLANA.after(text, end, WINDOW)
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        super::super::context::check(&super::SOLANA);
    }

    /// Addresses made from bytes that count up, for the chains without a public example.
    #[test]
    fn every_chain_has_its_version() {
        use super::super::base58::tests::encode;
        let hash: Vec<u8> = (0..20).collect();
        for version in
            [&[0x30u8][..], &[0x32], &[0x1E], &[0x16], &[0x4C], &[0x10], &[0x41], &[0x1C, 0xB8]]
        {
            let address = encode(&[version, &hash].concat());
            assert!(super::is_base58(address.as_bytes()), "{address}");
            let mut wrong = address.into_bytes();
            let last = wrong.len() - 1;
            wrong[last] = if wrong[last] == b'z' { b'y' } else { b'z' };
            assert!(!super::is_base58(&wrong));
        }
        assert!(!super::is_base58(encode(&[&[0x33][..], &hash].concat()).as_bytes()), "no chain");
    }

    #[test]
    fn monero_addresses_are_hashed() {
        use super::super::base58::tests::encode_monero;
        let mut body: Vec<u8> = (0..65).collect();
        body[0] = 18;
        let address = encode_monero(&body);
        assert_eq!(address.len(), 95);
        assert!(super::is_monero(address.as_bytes()));
        let mut wrong = address.into_bytes();
        wrong[50] = if wrong[50] == b'2' { b'3' } else { b'2' };
        assert!(!super::is_monero(&wrong));
    }
}
