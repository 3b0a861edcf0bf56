//! Bech32 and its relatives: addresses in lower-case letters with a checksum
//! over a prefix (BIP 173, BIP 350, Bitcoin Cash).

/// The value of each letter; 32 for what is none.
static VALUES: [u8; 128] = {
    let letters = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mut values = [32; 128];
    let mut value = 0;
    while value < letters.len() {
        values[letters[value] as usize] = value as u8;
        values[letters[value].to_ascii_uppercase() as usize] = value as u8;
        value += 1;
    }
    values
};

/// Which checksum an address has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checksum {
    Bech32,
    Bech32m,
}

fn value(c: u8) -> Option<u8> {
    VALUES.get(usize::from(c)).copied().filter(|&value| value < 32)
}

/// True when all letters are of one case.
pub(super) fn is_of_one_case(text: &[u8]) -> bool {
    !(text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase))
}

fn step(sum: u32, value: u8) -> u32 {
    const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let mut sum = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
    for (bit, generator) in GENERATORS.into_iter().enumerate() {
        if top >> bit & 1 != 0 {
            sum ^= generator;
        }
    }
    sum
}

/// The checksum that `data` has behind `prefix` and a `1`, if either fits.
pub(super) fn check(prefix: &[u8], data: &[u8]) -> Option<Checksum> {
    let low = |&c: &u8| c.to_ascii_lowercase();
    let mut sum = prefix.iter().map(low).fold(1, |sum, c| step(sum, c >> 5));
    sum = step(sum, 0);
    sum = prefix.iter().map(low).fold(sum, |sum, c| step(sum, c & 31));
    for &c in data {
        sum = step(sum, value(c)?);
    }
    match sum {
        1 => Some(Checksum::Bech32),
        0x2bc8_30a3 => Some(Checksum::Bech32m),
        _ => None,
    }
}

/// The witness version of a Bitcoin-like address is its first letter; version
/// 0 has the first checksum, later ones the second.
pub(super) fn is_segwit(prefix: &[u8], data: &[u8]) -> bool {
    let Some(version) = data.first().copied().and_then(value) else { return false };
    match check(prefix, data) {
        // A program of 20 or 32 bytes.
        Some(Checksum::Bech32) => version == 0 && matches!(data.len(), 39 | 59),
        Some(Checksum::Bech32m) => (1..=16).contains(&version) && (11..=72).contains(&data.len()),
        None => false,
    }
}

/// An address of Bitcoin Cash without its prefix.
pub(super) fn is_bitcoin_cash(data: &[u8]) -> bool {
    const GENERATORS: [u64; 5] =
        [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470];
    let step = |sum: u64, value: u8| {
        let top = sum >> 35;
        let mut sum = (sum & 0x07_ffff_ffff) << 5 ^ u64::from(value);
        for (bit, generator) in GENERATORS.into_iter().enumerate() {
            if top >> bit & 1 != 0 {
                sum ^= generator;
            }
        }
        sum
    };
    let mut sum = b"bitcoincash".iter().fold(1, |sum, &c| step(sum, c & 31));
    sum = step(sum, 0);
    for &c in data {
        let Some(value) = value(c) else { return false };
        sum = step(sum, value);
    }
    sum == 1
}
