//! What a model sees of a text: hashes of its n-grams.
//!
//! The folded text becomes one stream of characters: digits are `0`, a run of white
//! space is one space, and a space stands before and behind it. Features are the
//! runs of two to five characters of the stream, the words (runs of letters and
//! digits) and the pairs of neighbouring words; each occurrence counts. A feature is
//! known by 32 bits of a hash. All of this is part of the file format: another
//! hash or another stream is another version.

use crate::view::props::Class;
use crate::view::table;

/// The longest run of characters.
const LONGEST: usize = 5;
/// What the hashes of the kinds of features start from.
const CHARS: u64 = 0x9e37_79b9_7f4a_7c15;
const WORD: u64 = 0xd1b5_4a32_d192_ed03;
const PAIR: u64 = 0x8cb9_2ba7_2f3d_8dd7;

/// Gives the hash of every feature of a folded text, in order.
pub(super) fn features(folded: &str, mut give: impl FnMut(u32)) {
    let mut stream = Stream::default();
    for c in folded.chars() {
        let class = table::props(c).class();
        match class {
            Class::Space | Class::LineBreak => stream.space(&mut give),
            Class::Digit if c.is_ascii_digit() => stream.push('0', true, &mut give),
            Class::Letter | Class::VowelMark | Class::Digit => stream.push(c, true, &mut give),
            _ => stream.push(c, false, &mut give),
        }
    }
    if stream.started {
        stream.space(&mut give);
    }
}

/// The end of the stream so far.
#[derive(Default)]
struct Stream {
    /// The last characters, the newest first.
    last: [u32; LONGEST],
    /// How many of them there are.
    held: usize,
    /// The hash of the word that goes on.
    word: Option<u64>,
    /// The hash of the word before it.
    before: Option<u64>,
    /// Something that is no space was met.
    started: bool,
}

impl Stream {
    fn space(&mut self, give: &mut impl FnMut(u32)) {
        if self.started && self.last[0] != u32::from(' ') {
            self.end_word(give);
            self.character(' ', give);
        }
    }

    fn push(&mut self, c: char, in_word: bool, give: &mut impl FnMut(u32)) {
        if !self.started {
            self.started = true;
            self.character(' ', give);
        }
        if in_word {
            self.word = Some(step(self.word.unwrap_or(WORD), u32::from(c)));
        } else {
            self.end_word(give);
        }
        self.character(c, give);
    }

    fn end_word(&mut self, give: &mut impl FnMut(u32)) {
        let Some(word) = self.word.take() else { return };
        give(finish(word));
        if let Some(before) = self.before {
            give(finish(join(before, word)));
        }
        self.before = Some(word);
    }

    /// Adds a character; the runs that end with it are features.
    fn character(&mut self, c: char, give: &mut impl FnMut(u32)) {
        self.last.copy_within(..LONGEST - 1, 1);
        self.last[0] = u32::from(c);
        self.held = (self.held + 1).min(LONGEST);
        let mut hash = step(CHARS, self.last[0]);
        for &earlier in &self.last[1..self.held] {
            hash = step(hash, earlier);
            give(finish(hash));
        }
    }
}

fn step(hash: u64, value: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn join(first: u64, second: u64) -> u64 {
    (PAIR ^ first.rotate_left(23)).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ second
}

/// The upper half of a mix in which every bit of the hash takes part.
fn finish(hash: u64) -> u32 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn of(folded: &str) -> Vec<u32> {
        let mut all = Vec::new();
        features(folded, |hash| all.push(hash));
        all
    }

    #[test]
    fn runs_words_and_pairs_are_counted() {
        // ` go 00 ` has 6 + 5 + 4 + 3 runs, two words and a pair of them.
        assert_eq!(of("go 17").len(), 18 + 3);
        assert!(of("").is_empty());
        assert!(of(" \n\t ").is_empty());
        assert_eq!(of("!").len(), 3, "` !`, `! ` and ` ! `");
    }

    #[test]
    fn digits_and_white_space_are_all_the_same() {
        assert_eq!(of("call 0800 now"), of(" call\n\n9142  now "));
        assert_ne!(of("call 0800 now"), of("call 080 now"));
        assert_ne!(of("ab c"), of("a bc"));
    }

    #[test]
    fn features_are_told_apart() {
        let text = "the quick brown fox jumps over the lazy dog and the quick cat";
        let distinct: BTreeSet<u32> = of(text).into_iter().collect();
        let mut written = BTreeSet::new();
        let stream: Vec<char> = format!(" {text} ").chars().collect();
        for length in 2..=LONGEST {
            written.extend(stream.windows(length).map(|run| run.iter().collect::<String>()));
        }
        let words: Vec<&str> = text.split(' ').collect();
        let pairs: BTreeSet<String> = words.windows(2).map(|pair| pair.join("+")).collect();
        let words: BTreeSet<&str> = words.into_iter().collect();
        assert_eq!(distinct.len(), written.len() + words.len() + pairs.len());
    }

    /// The hash is part of the format: trained models depend on it.
    #[test]
    fn hashes_stay() {
        let all = of("ab");
        assert_eq!(
            format!("{all:08x?}"),
            "[1917f0ed, 8e4ed15f, 3857eb7a, 5906634a, 19062f02, 03e6de51, bd2f70f6]"
        );
    }
}
