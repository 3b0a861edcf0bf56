//! What made the engine look closely at a text, and at how much of it.

use super::{Matcher, Sight};

/// How many texts have a kind of window, and how many characters are in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trigger {
    /// Texts with at least one.
    pub texts: u64,
    /// Characters in all.
    pub characters: u64,
}

/// Counts by kind. A text may have several kinds; a chunk between white space has one, the first
/// that fits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triggers {
    counts: [Trigger; KINDS.len()],
    /// Texts and characters looked at.
    pub all: Trigger,
}

/// The kinds, with what each is.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("clear", "decided by one look: nothing can be there"),
    ("word", "words of the list as they are, nothing else"),
    ("symbol", "chunks with a symbol among letters"),
    ("digit", "chunks with a digit, no symbol"),
    ("repeat", "chunks with a repeated letter"),
    ("lone-letter", "letters that stand alone"),
    ("unusual", "chunks with characters that may be read as others"),
    ("letters", "other chunks that may begin a pattern"),
    ("phrase", "texts with the beginning of a phrase or with words beyond ASCII"),
    ("anywhere", "texts with a pattern that may stand inside words"),
    ("wrapper", "texts with encoded characters, markup or overrides"),
    ("tag", "texts with tag characters"),
    ("everything", "texts of which nothing can be ruled out"),
];

const CLEAR: usize = 0;
const WORD: usize = 1;
const SYMBOL: usize = 2;
const DIGIT: usize = 3;
const REPEAT: usize = 4;
const LONE: usize = 5;
const UNUSUAL: usize = 6;
const LETTERS: usize = 7;
const PHRASE: usize = 8;
const ANYWHERE: usize = 9;
const WRAPPER: usize = 10;
const TAG: usize = 11;
const EVERYTHING: usize = 12;

impl Triggers {
    /// The counts, in the order of `KINDS`, with the names of the kinds.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Trigger)> {
        KINDS.iter().zip(self.counts).map(|(kind, count)| (kind.0, count))
    }

    /// The counts of a kind; none for a name that is no kind.
    pub fn count(&self, kind: &str) -> Trigger {
        self.iter().find(|known| known.0 == kind).map(|known| known.1).unwrap_or_default()
    }

    /// Adds what the kinds have in one text.
    fn add(&mut self, found: [u64; KINDS.len()], characters: u64) {
        self.all.texts += 1;
        self.all.characters += characters;
        for (count, characters) in self.counts.iter_mut().zip(found) {
            count.texts += u64::from(characters > 0);
            count.characters += characters;
        }
    }
}

/// Looks at `text` and counts what the look opened.
pub(crate) fn count(matcher: &Matcher, text: &str, sight: &mut Sight, triggers: &mut Triggers) {
    matcher.look(text, false, sight);
    let characters = text.chars().count() as u64;
    let mut found = [0; KINDS.len()];
    for (kind, holds) in [
        (CLEAR, sight.is_clear()),
        (WORD, !sight.found.is_empty() && !sight.needs_view()),
        (PHRASE, (sight.saw.words || !sight.hits.is_empty()) && sight.starts.is_empty()),
        (ANYWHERE, sight.saw.anywhere),
        (WRAPPER, sight.saw.decoded),
        (TAG, sight.saw.tags),
        (EVERYTHING, sight.saw.all),
    ] {
        if holds {
            // An empty text counts as one with nothing in it.
            found[kind] = characters.max(1);
        }
    }
    let mut end = 0;
    for &start in &sight.starts {
        if (start as usize) < end {
            continue;
        }
        let chunk = chunk_around(text, start as usize);
        end = chunk.end;
        let chunk = &text[chunk];
        found[kind(chunk)] += chunk.chars().count() as u64;
    }
    triggers.add(found, characters);
}

/// The characters without white space around a place.
fn chunk_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let mut before = text[..at].char_indices().rev();
    let space = before.find(|(_, c)| c.is_whitespace());
    let start = space.map_or(0, |(at, space)| at + space.len_utf8());
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |len| at + len);
    start..end.max(at + 1).min(text.len())
}

fn kind(chunk: &str) -> usize {
    let letters = || chunk.chars().filter(|c| c.is_alphabetic());
    let repeats = chunk.as_bytes().windows(2).any(|w| w[0].eq_ignore_ascii_case(&w[1]));
    match chunk {
        _ if !chunk.is_ascii() => UNUSUAL,
        _ if chunk
            .trim_end_matches(['.', ',', '!', '?', ';', ':'])
            .contains(|c: char| c.is_ascii_punctuation()) =>
        {
            SYMBOL
        }
        _ if chunk.contains(|c: char| c.is_ascii_digit()) => DIGIT,
        _ if letters().count() == 1 => LONE,
        _ if repeats => REPEAT,
        _ => LETTERS,
    }
}
