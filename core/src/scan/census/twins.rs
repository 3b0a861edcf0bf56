//! Words with letters twice in a row that may be words of the list, stretched: `goood`.
//!
//! A word of plain letters between white space can be nothing but itself and what is left
//! when letters that are repeated count once; so these are looked up, and the text is
//! walked only where one of them is found.

use super::phrases;
use super::words::{Bitmap, Key, LONGEST, SymbolHash, Words};
use crate::program::Run;
use crate::ruleset::tables::{Needle, Step, Tables};

/// First words of needles by what they are with their runs collapsed.
#[derive(Debug, Default)]
pub(in crate::scan) struct Twins {
    words: Words,
    /// Those that are not of ASCII, by their hash.
    wide: Bitmap,
    /// By number of a word: a run of `heads`.
    runs: Vec<Run>,
    heads: Vec<Head>,
    /// The steps of phrases behind their first words.
    rests: Vec<Step>,
}

/// A needle's first word.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// `None` for one that is too long for a key.
    word: Option<Key>,
    rest: Run,
}

impl Twins {
    pub(super) fn new(tables: &Tables, needles: impl Iterator<Item = u32>) -> Self {
        let mut this = Self::default();
        let mut all: Vec<(Key, Head)> = Vec::new();
        let mut wide: Vec<SymbolHash> = Vec::new();
        let (mut word, mut collapsed) = (Vec::new(), Vec::new());
        for needle in needles {
            let rest = first_word(tables, &tables.needles.list[needle as usize], &mut word);
            collapsed.clone_from(&word);
            collapsed.dedup();
            wide.push(SymbolHash::of(collapsed.iter().copied()));
            collapsed.truncate(LONGEST);
            let Some(key) = Key::of(&collapsed) else { continue };
            let start = this.rests.len() as u32;
            this.rests.extend_from_slice(rest);
            let rest = Run { start, len: rest.len() as u32 };
            all.push((key, Head { word: Key::of(&word), rest }));
        }
        all.sort_unstable_by_key(|(key, _)| *key);
        let mut keys = Vec::new();
        for run in all.chunk_by(|a, b| a.0 == b.0) {
            keys.push(run[0].0);
            this.runs.push(Run { start: this.heads.len() as u32, len: run.len() as u32 });
            this.heads.extend(run.iter().map(|(_, head)| *head));
        }
        this.words = Words::new(keys, |_| true);
        this.wide = Bitmap::of_hashes(wide.len(), wide.into_iter());
        this
    }

    /// Whether a word may be of the list, stretched, that is `collapsed` without repeats.
    #[inline(always)]
    pub(super) fn may_have(&self, collapsed: Key) -> bool {
        self.words.seen().may_have(collapsed)
    }

    /// Whether the `len` letters at `at`, which are `collapsed` without repeats, may be a
    /// needle's first word with some of its letters repeated; `gate` is that of the text.
    #[inline]
    pub(super) fn may_be(
        &self,
        text: &str,
        at: usize,
        len: usize,
        collapsed: Key,
        gate: bool,
    ) -> bool {
        self.words.seen().may_have(collapsed) && self.is_one(text, at, len, collapsed, gate)
    }

    /// Whether letters that are not of ASCII may be a needle's first word, stretched.
    pub(super) fn may_be_wide(&self, symbols: &[char]) -> bool {
        let runs = symbols.chunk_by(|a, b| a == b);
        self.wide.may_have_hash(SymbolHash::of(runs.map(|run| run[0])))
    }

    fn is_one(&self, text: &str, at: usize, len: usize, collapsed: Key, gate: bool) -> bool {
        let Some(number) = self.words.look_up(collapsed) else { return false };
        let heads = self.runs[number as usize].of(&self.heads);
        heads.iter().any(|head| {
            let stretched = len > LONGEST
                || head.word.is_none_or(|word| word.is_stretched(&text.as_bytes()[at..at + len]));
            stretched && phrases::may_follow(text, at + len, head.rest.of(&self.rests), gate)
        })
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.words.memory_usage()
            + self.wide.memory_usage()
            + self.runs.capacity() * size_of::<Run>()
            + self.heads.capacity() * size_of::<Head>()
            + self.rests.capacity() * size_of::<Step>()
    }
}

/// Puts the first word of a needle without apostrophes into `word`; the steps behind it.
fn first_word<'t>(tables: &'t Tables, needle: &Needle, word: &mut Vec<char>) -> &'t [Step] {
    let steps = tables.needles.steps(needle);
    let end = steps.iter().position(|step| matches!(step, Step::Gap | Step::Star));
    let (first, rest) = steps.split_at(end.unwrap_or(steps.len()));
    word.clear();
    word.extend(first.iter().filter_map(|step| match step {
        Step::Symbol { symbol, .. } => Some(*symbol),
        _ => None,
    }));
    rest
}
