//! Deterministic changes to inputs, for tests without a fuzzer.

/// What evasion, markup and policies are made of.
const PIECES: [&str; 44] = [
    "k",
    "l",
    "e",
    "kill",
    "darn",
    "SPAM",
    "o",
    "s",
    "$",
    "1",
    "!",
    "?",
    "*",
    ".",
    "-",
    "_",
    " ",
    "  ",
    "\n",
    "|",
    "|<",
    "()",
    "#",
    "@",
    "&#107;",
    "&#",
    "&am",
    "<b>",
    "</",
    "%6b",
    "\\u006b",
    "\u{301}",
    "\u{335}",
    "\u{200B}",
    "\u{202E}",
    "\u{2066}",
    "\u{E006B}",
    "\u{FE0F}",
    "🅺",
    "🇰",
    "😀",
    "к",
    "하",
    "İ",
];

/// A small generator of numbers (`SplitMix64`): the same on every machine, for ever.
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// Numbers that depend on `seed` alone.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, or 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^= x >> 31;
        let bounded = (u128::from(x) * end as u128) >> 64;
        usize::try_from(bounded).unwrap_or_default()
    }
}

/// `input` with one to four changes; `other` is what parts may be taken from.
pub fn mutate(input: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut chars: Vec<char> = String::from_utf8_lossy(input).chars().collect();
    let other: Vec<char> = String::from_utf8_lossy(other).chars().collect();
    for _ in 0..=numbers.below(4) {
        change(&mut chars, &other, numbers);
    }
    let mut bytes = String::from_iter(chars).into_bytes();
    // Now and then something that is not UTF-8.
    if numbers.below(16) == 0 && !bytes.is_empty() {
        let at = numbers.below(bytes.len());
        bytes[at] ^= 1 << numbers.below(8);
    }
    bytes
}

fn change(chars: &mut Vec<char>, other: &[char], numbers: &mut Numbers) {
    let at = numbers.below(chars.len() + 1);
    let end = at + numbers.below((chars.len() - at).min(8) + 1);
    match numbers.below(7) {
        0 => drop(chars.drain(at..end)),
        1 => {
            let part = chars[at..end].repeat(1 + numbers.below(9));
            chars.splice(at..at, part);
        }
        2 => chars[at..end].reverse(),
        3 => {
            let from = numbers.below(other.len() + 1);
            let to = from + numbers.below((other.len() - from).min(12) + 1);
            chars.splice(at..end, other[from..to].iter().copied());
        }
        4 => {
            let any = char::from_u32(u32::try_from(numbers.below(0x2_0000)).unwrap_or_default());
            chars.splice(at..at, any);
        }
        _ => {
            let piece = PIECES[numbers.below(PIECES.len())];
            chars.splice(at..at, piece.chars());
        }
    }
}
