//! From the needles of a ruleset to the census.

use super::super::passages::Reach;
use super::super::{key, relaxed};
use super::anywhere::Anywhere;
use super::beginnings::Beginnings;
use super::cjk::Cjk;
use super::letters::Letters;
use super::masks::Vectors;
use super::paths::Paths;
use super::twins::Twins;
use super::words::{Bitmap, Key, SymbolHash, Words};
use super::{Announced, Census, Entry};
use crate::program::Run;
use crate::ruleset::tables::{Needle, Step, Tables, Use};
use crate::spec::model::{Boundary, Level};
use crate::view::props::ScriptKind;
use crate::view::table;

impl Census {
    pub(in crate::scan) fn new(tables: &Tables) -> Self {
        Self::without_twins(tables).with(Self::twins(tables))
    }

    #[must_use]
    pub(in crate::scan) fn with(self, twins: Twins) -> Self {
        Self { twins, ..self }
    }

    /// The part of a census that takes a third of the time: another thread can make it.
    pub(in crate::scan) fn twins(tables: &Tables) -> Twins {
        let list = &tables.needles.list;
        let needles = (0..list.len() as u32).filter(|&n| {
            let needle = &list[n as usize];
            needle.relaxed && is_sought(tables, n) && !begins_anywhere(tables, needle)
        });
        Twins::new(tables, needles)
    }

    pub(in crate::scan) fn without_twins(tables: &Tables) -> Self {
        let list = &tables.needles.list;
        let all = 0..list.len() as u32;
        let needles: Vec<u32> = all.clone().filter(|&n| is_sought(tables, n)).collect();
        let exceptions: Vec<u32> = all.filter(|&n| spares(tables, n)).collect();
        let spares = !exceptions.is_empty();
        let spares_anywhere = exceptions.iter().any(|&n| !key::is_by_word(tables, n));
        let relaxed: Vec<u32> =
            needles.iter().copied().filter(|&n| list[n as usize].relaxed).collect();
        let level = relaxed.iter().map(|&n| list[n as usize].level).max().unwrap_or_default();
        if level >= Level::Strong {
            return Self { blind: true, spares, spares_anywhere, ..Self::default() };
        }
        let vectors = Vectors::of_this_processor();
        let reach = Reach::new(tables);
        let mut this = Self { vectors, level, reach, spares, spares_anywhere, ..Self::default() };
        let (by_word, by_key): (Vec<u32>, Vec<u32>) =
            needles.iter().partition(|&&n| key::is_by_word(tables, n));
        // Whether an exception is in the text is asked before anything is spared.
        let only_spares = |n: &&u32| !is_sought(tables, **n) && key::is_by_word(tables, **n);
        let words: Vec<u32> =
            by_word.iter().chain(exceptions.iter().filter(only_spares)).copied().collect();
        this.add_words(tables, &words);
        let (inside, at_words): (Vec<u32>, Vec<u32>) =
            relaxed.iter().partition(|&&n| begins_anywhere(tables, &list[n as usize]));
        this.open = by_key.iter().any(|&n| !begins_anywhere(tables, &list[n as usize]));
        this.letters = Letters::new(level);
        this.at_words = Paths::new(tables, &at_words, level, false);
        this.inside = Paths::new(tables, &inside, level, false);
        this.inside_ascii = this.inside.begins_with_ascii();
        this.lone_dashes = this.may_begin(b'-', b' ');
        let (anywhere, prefixes): (Vec<u32>, Vec<u32>) =
            by_key.iter().partition(|&&n| begins_anywhere(tables, &list[n as usize]));
        this.prefixes = Paths::new(tables, &prefixes, Level::Exact, true);
        this.beginnings = Beginnings::new(tables, &prefixes);
        this.asks_letters = this.inside_ascii || !this.prefixes.is_empty();
        match Anywhere::new(tables, &anywhere) {
            Some(anywhere) => this.anywhere = anywhere,
            None => this.blind = true,
        }
        this.cjk = Cjk::new(&this.at_words, &this.inside, &this.anywhere);
        this
    }

    fn add_words(&mut self, tables: &Tables, needles: &[u32]) {
        let mut keys: Vec<(Key, u32)> = Vec::with_capacity(needles.len());
        let mut others: Vec<(SymbolHash, Vec<char>, u32)> = Vec::new();
        let mut word = Vec::new();
        for &needle in needles {
            let row = &tables.needles.list[needle as usize];
            key::first_words(tables, row, &mut word, |word| {
                if let Some(key) = Key::of(word) {
                    keys.push((key, needle));
                } else {
                    self.longest_other = self.longest_other.max(word.len());
                    others.push((SymbolHash::of(word.iter().copied()), word.to_vec(), needle));
                }
            });
        }
        keys.sort_unstable();
        keys.dedup();
        let mut all = Vec::new();
        for run in keys.chunk_by(|a, b| a.0 == b.0) {
            all.push(run[0].0);
            let entry = self.entry(run.len());
            self.entries.push(entry);
            for &(key, needle) in run {
                let simple = is_simple(tables, needle);
                let rest = self.rest(tables, needle, |word| Key::of(word) == Some(key));
                let next = self.next_letter(rest);
                let (sought, spares) = (is_sought(tables, needle), spares(tables, needle));
                self.announced.push(Announced { needle, rest, next, simple, sought, spares });
            }
        }
        others.sort_unstable();
        for run in others.chunk_by(|a, b| a.0 == b.0) {
            let entry = self.entry(run.len());
            self.others.insert(run[0].0, entry);
            for (_, first, needle) in run {
                let rest = self.rest(tables, *needle, |word| word == first);
                let next = self.next_letter(rest);
                let (sought, spares) = (is_sought(tables, *needle), spares(tables, *needle));
                let needle = *needle;
                let simple = false;
                self.announced.push(Announced { needle, rest, next, simple, sought, spares });
            }
        }
        self.others_seen = Bitmap::of_hashes(self.others.len(), self.others.keys().copied());
        let shown = |number: usize| !all[number].is_one_letter() || !self.has_sign_behind(number);
        let shown: Vec<bool> = (0..all.len()).map(shown).collect();
        self.lone_letters = shown.contains(&false);
        self.words = Words::new(all, |number| shown[number]);
    }

    /// True when a sign follows the word of that number in all it announces: in `s&m`, and
    /// every `it's` has an `s`.
    fn has_sign_behind(&self, number: usize) -> bool {
        let Entry { first, count } = self.entries[number];
        self.announced[first as usize..(first + count) as usize].iter().all(|announced| {
            matches!(
                announced.rest.of(&self.rests).first(),
                Some(Step::Symbol { symbol, .. }) if !table::props(*symbol).is_word()
            )
        })
    }

    /// The entry of the next `count` needles that are announced.
    fn entry(&self, count: usize) -> Entry {
        Entry { first: self.announced.len() as u32, count: count as u32 }
    }

    /// See [`Announced::next`].
    fn next_letter(&self, rest: Run) -> Option<u8> {
        match rest.of(&self.rests) {
            &[Step::Gap, Step::Symbol { symbol, .. }, ..] if symbol.is_ascii_lowercase() => {
                Some(symbol as u8)
            }
            _ => None,
        }
    }

    /// Keeps the steps of `needle` behind its first word.
    fn rest(&mut self, tables: &Tables, needle: u32, is_first: impl Fn(&[char]) -> bool) -> Run {
        let steps = tables.needles.steps(&tables.needles.list[needle as usize]);
        let word = |steps: &[Step]| -> Vec<char> {
            let symbol = |step: &Step| match step {
                Step::Symbol { symbol, .. } => Some(*symbol),
                _ => None,
            };
            steps.iter().filter_map(symbol).collect()
        };
        let mut behind = 0;
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Symbol { symbol, .. } if table::props(*symbol).is_word() => {}
                // `don't` is announced by `don` and by `dont`.
                Step::Apostrophe if !is_first(&word(&steps[..at])) => {}
                _ => break,
            }
            behind = at + 1;
        }
        let start = self.rests.len() as u32;
        self.rests.extend_from_slice(&steps[behind..]);
        Run { start, len: (steps.len() - behind) as u32 }
    }
}

/// Whether a rule looks for the needle.
fn is_sought(tables: &Tables, needle: u32) -> bool {
    let uses = tables.needles.list[needle as usize].uses.of(&tables.needles.uses);
    uses.iter().any(|each| matches!(each, Use::Pattern(_)))
}

/// Whether the needle is an exception, or the pattern of one.
fn spares(tables: &Tables, needle: u32) -> bool {
    let uses = tables.needles.list[needle as usize].uses.of(&tables.needles.uses);
    uses.iter().any(|each| matches!(each, Use::Except(_)))
}

/// True when a match of the needle is its word and no more: unless something spares it,
/// what the census finds of it needs no further look.
fn is_simple(tables: &Tables, needle: u32) -> bool {
    let needle = &tables.needles.list[needle as usize];
    let plain_letter = |step: &Step| match *step {
        Step::Symbol { symbol, origin, joined, marks, .. } => {
            symbol.is_ascii_lowercase() && origin.is_none() && !joined && marks.len == 0
        }
        Step::Gap | Step::Star | Step::Apostrophe => false,
    };
    needle.boundary == Boundary::Word
        && !needle.case_sensitive
        && needle.kinds == 0
        && needle.cost == 0
        && tables.needles.steps(needle).iter().all(plain_letter)
        && needle.uses.of(&tables.needles.uses).iter().all(|each| matches!(each, Use::Pattern(_)))
}

/// True when a match of the needle may begin inside a word.
fn begins_anywhere(tables: &Tables, needle: &Needle) -> bool {
    relaxed::begins_anywhere(tables, needle)
        || match tables.needles.steps(needle).first() {
            // The letters of a sign such as `™` are none.
            Some(step @ Step::Symbol { symbol, .. }) => {
                table::props(*symbol).script() == ScriptKind::Hangul || !key::is_word_step(step)
            }
            _ => true,
        }
}
