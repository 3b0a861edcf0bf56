//! Chunks with characters beyond ASCII, and long ones, character by character.

use super::super::relaxed::masks;
use super::letters::{self, LATIN, Letter};
use super::look::Look;
use super::masks::is_space;
use super::paths::is_own;
use super::{Sight, symbols};
use crate::spec::model::Level;
use crate::view::alphabets;
use crate::view::chars;
use crate::view::glyphs::glyphs;
use crate::view::props::{Class, Props, ScriptKind};
use crate::view::reading::ReadingKind;
use crate::view::table;

/// What the characters of a text told so far.
#[derive(Debug, Default)]
pub(super) struct Wide {
    /// Which scripts there are letters of: Latin, Cyrillic, Greek, others.
    scripts: u8,
    /// Some letters look like those of another script.
    look_alikes: bool,
    /// Some letters are of a script that hardly anybody writes but to decorate.
    rare: bool,
    /// The folded symbols of the word at hand.
    pub(super) symbols: Vec<char>,
    /// Where something may begin in the chunk at hand.
    pub(super) places: Vec<u32>,
}

impl Wide {
    pub(super) fn memory_usage(&self) -> usize {
        (self.symbols.capacity() + self.places.capacity()) * 4
    }

    /// Notes letters of scripts without spaces, and whether some look like those of others.
    pub(super) fn see_unspaced(&mut self, look_alikes: bool) {
        self.scripts |= letters::script(ScriptKind::Han);
        self.look_alikes |= look_alikes;
    }

    /// Takes over what was seen of scripts.
    pub(super) fn inherit(&mut self, other: &Self) {
        self.scripts |= other.scripts;
        self.look_alikes |= other.look_alikes;
        self.rare |= other.rare;
    }

    pub(super) fn clear(&mut self) {
        self.scripts = 0;
        self.look_alikes = false;
        self.rare = false;
    }

    /// True when letters of one script may be read as those of another: the gate of
    /// `docs/evasion.md`, asked of the whole text and not of each word.
    /// `latin` tells whether the text has letters of ASCII.
    pub(super) fn opens_gate(&self, latin: bool) -> bool {
        if !self.look_alikes {
            return self.rare;
        }
        let others = (self.scripts & !LATIN).count_ones();
        self.rare || others > 1 || others > 0 && (self.scripts & LATIN != 0 || latin)
    }
}

/// What the next character has to know of the last one.
#[derive(Clone, Copy, Default)]
struct Last {
    lower: bool,
    letter: bool,
    /// A letter of Latin, Cyrillic or Greek.
    alphabet: bool,
    /// The symbol of the last letter, vowel signs aside, if its script has no spaces.
    unspaced: Option<char>,
}

/// The word at hand.
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
#[derive(Default)]
pub(super) struct Word {
    pub(super) start: Option<usize>,
    /// A letter twice in a row, or one that may be misread.
    pub(super) twin: bool,
    pub(super) upper: bool,
    pub(super) lower: bool,
    pub(super) misread: bool,
    /// Some of it is more than letters that are nothing but themselves.
    pub(super) strange: bool,
}

/// The chunk at hand.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent of one another")]
struct Chunk {
    start: usize,
    /// The last character that may hide something.
    odd: Option<usize>,
    /// The last sign that hides nothing if only such follow.
    ending: Option<usize>,
    tag: bool,
    inner: bool,
    /// Something but signs that end sentences was seen.
    solid: bool,
    /// Letters of a script without spaces were seen, or signs that may fold to some.
    unspaced: bool,
}

impl Look<'_> {
    /// The characters of `start..end`, which may be several chunks: only white space
    /// of ASCII ended them.
    pub(super) fn chunk(&mut self, start: usize, end: usize, sight: &mut Sight) {
        let mut chunk = Chunk { start, ..Chunk::default() };
        let mut word = Word::default();
        let mut last = Last::default();
        sight.wide.symbols.clear();
        self.foreign = true;
        self.strange = true;
        sight.dirty = true;
        let mut next = start;
        while next < end {
            let at = next;
            if self.text.as_bytes()[at] < 0xE0 {
                let wide = &mut sight.wide;
                next = self.letters_from(at, end, &mut last, &mut word, &mut chunk, wide);
                if next > at {
                    continue;
                }
            }
            next = self.han_from(at, end, &mut last, &mut word, &mut chunk, sight);
            if next > at {
                continue;
            }
            let Some(c) = self.text[at..].chars().next() else { break };
            next = at + c.len_utf8();
            let props = table::props(c);
            match props.class() {
                Class::Ignorable => self.hidden(c, sight),
                // `İ` in two characters may be read as what `İ` is.
                Class::Mark if c == '\u{307}' => chunk.odd = Some(at),
                Class::Mark => {}
                _ if chars::is_voicing(c) || chars::continues_syllable(c) => {
                    sight.rule_nothing_out(at);
                }
                Class::Letter | Class::VowelMark | Class::Digit => {
                    chunk.inner |=
                        last.lower && props.is_upper() || last.letter && props.is_digit();
                    chunk.solid();
                    // A letter in the midst of those of another script may hide one, and a
                    // mark of another script is a mark like others.
                    if last.alphabet && masks::is_other_letter(props.class(), props.script()) {
                        chunk.odd = Some(at);
                    }
                    if last.alphabet && props.class() == Class::VowelMark {
                        sight.rule_nothing_out(at);
                    }
                    self.word_character(at, c, props, &mut word, &mut chunk, sight);
                    let unspaced = match props.class() {
                        Class::VowelMark => last.unspaced,
                        _ if props.script().is_unspaced() => Some(symbols::first(c)),
                        _ => None,
                    };
                    if props.class() == Class::Letter
                        && unspaced.is_some()
                        && unspaced == last.unspaced
                    {
                        // Twice in a row it may be meant once.
                        chunk.odd = Some(at);
                    }
                    last = Last {
                        lower: props.is_cased() && !props.is_upper(),
                        letter: props.is_letter_like(),
                        alphabet: props.is_letter() && masks::is_alphabet(props.script())
                            || shows_letter(c),
                        unspaced,
                    };
                }
                Class::Space | Class::LineBreak => {
                    self.end_word(at, &mut word, sight);
                    self.end_chunk(at, &chunk, sight);
                    chunk = Chunk { start: at + c.len_utf8(), ..Chunk::default() };
                    last = Last::default();
                }
                Class::Punct | Class::Emoji | Class::Other => {
                    let follows_letter = word.start.is_some() && last.letter;
                    self.end_word(at, &mut word, sight);
                    self.sign(at, c, props, follows_letter, &mut chunk, sight);
                    last = Last { alphabet: shows_letter(c), ..Last::default() };
                }
            }
        }
        self.end_word(end, &mut word, sight);
        self.end_chunk(end, &chunk, sight);
    }

    /// Takes in the letters of [`super::letters`] that stand side by side from `start` on;
    /// where they end. Most words of the world are one such run.
    #[inline(always)]
    fn letters_from(
        &self,
        start: usize,
        end: usize,
        last: &mut Last,
        word: &mut Word,
        chunk: &mut Chunk,
        wide: &mut Wide,
    ) -> usize {
        let bytes = &self.text.as_bytes()[..end];
        let mut at = start;
        let mut all = Letter::default();
        let mut letter = Letter::default();
        let mut lower = last.lower;
        let mut before = wide.symbols.last().copied().unwrap_or_default();
        while let Some(&first) = bytes.get(at) {
            // All of them are of one byte or two.
            let second = bytes.get(at + 1).copied().unwrap_or_default();
            let (code, len) = match first {
                ..0x80 => (u32::from(first), 1),
                0x80..0xE0 => (u32::from(first & 0x1F) << 6 | u32::from(second & 0x3F), 2),
                _ => break,
            };
            let Some(next) = self.census.letters.get(code) else { break };
            letter = next;
            all = all.union(letter);
            chunk.inner |= lower && letter.is_upper();
            lower = letter.is_lower();
            if self.gate && letter.looks() {
                chunk.odd = Some(at);
            }
            let symbol = letter.symbol();
            word.twin |= symbol == before;
            before = symbol;
            wide.symbols.push(symbol);
            at += len;
        }
        if at > start {
            word.start.get_or_insert(start);
            word.upper |= all.is_upper();
            word.lower |= all.is_lower();
            wide.scripts |= all.script();
            wide.look_alikes |= all.looks();
            let alphabet = letter.script() & letters::ALPHABETS != 0;
            *last = Last { lower, letter: true, alphabet, unspaced: None };
            // The last of them may be odd, but what ended before was inside.
            chunk.odd = chunk.odd.max(chunk.ending.take());
            chunk.solid = true;
        }
        at
    }

    /// Takes in the Chinese characters that stand side by side from `start` on and are nothing
    /// but themselves; where they end.
    #[inline(always)]
    fn han_from(
        &self,
        start: usize,
        end: usize,
        last: &mut Last,
        word: &mut Word,
        chunk: &mut Chunk,
        sight: &mut Sight,
    ) -> usize {
        let bytes = &self.text.as_bytes()[..end];
        let mut at = start;
        let mut odd = last.alphabet.then_some(start);
        let mut before = last.unspaced;
        while let Some(&[first @ 0xE4..=0xE9, second, third]) = bytes.get(at..at + 3) {
            let code = u32::from(first & 0xF) << 12
                | u32::from(second & 0x3F) << 6
                | u32::from(third & 0x3F);
            let Some(c) = char::from_u32(code).filter(|&c| symbols::is_plain_han(c)) else { break };
            // Twice in a row it may be meant once.
            odd = if before == Some(c) { Some(at) } else { odd };
            before = Some(c);
            at += 3;
        }
        if at > start {
            self.end_word(start, word, sight);
            chunk.solid();
            chunk.unspaced = true;
            chunk.odd = chunk.odd.max(odd);
            sight.wide.see_unspaced(false);
            *last = Last { letter: true, unspaced: before, ..Last::default() };
        }
        at
    }

    fn hidden(&mut self, c: char, sight: &mut Sight) {
        sight.saw.tags |= matches!(c, '\u{E0000}'..='\u{E007F}');
        self.wrapped |= matches!(c, '\u{202D}' | '\u{202E}' | '\u{1B}' | '\u{3}');
    }

    fn word_character(
        &mut self,
        at: usize,
        c: char,
        props: Props,
        word: &mut Word,
        chunk: &mut Chunk,
        sight: &mut Sight,
    ) {
        let script = props.script();
        if props.class() != Class::Digit {
            sight.wide.scripts |= letters::script(script);
        }
        if self.is_odd_letter(c, props, sight) {
            chunk.odd = Some(at);
        }
        chunk.unspaced |= script.is_unspaced() || table::fold_one(c).is_none();
        if script.is_unspaced() {
            // Nothing but the search for what may begin anywhere finds words here.
            self.end_word(at, word, sight);
            return;
        }
        word.start.get_or_insert(at);
        word.strange = true;
        let word_symbols = &mut sight.wide.symbols;
        let from = word_symbols.len();
        symbols::each(c, |symbol| {
            word.twin |= word_symbols.last() == Some(&symbol);
            word_symbols.push(symbol);
            true
        });
        if props.class() == Class::VowelMark {
            // A letter with its vowel signs, twice.
            let ends_twice = |len: usize| {
                let (before, last) = word_symbols.split_at(word_symbols.len().saturating_sub(len));
                before.ends_with(last)
            };
            word.twin |= ends_twice(2) || ends_twice(3);
        }
        word.twin |=
            word_symbols.len() > from + 1 && word_symbols[..from].ends_with(&word_symbols[from..]);
        word.upper |= props.is_upper();
        word.lower |= props.is_cased() && !props.is_upper();
        word.misread |= matches!(c, 'I' | 'l');
    }

    /// True for a letter or digit that may be read as another letter.
    fn is_odd_letter(&self, c: char, props: Props, sight: &mut Sight) -> bool {
        let level = self.census.level;
        if level < Level::Fold {
            return false;
        }
        if props.class() == Class::Digit {
            return true;
        }
        if c.is_ascii() && !self.gate {
            return false;
        }
        let mut odd = false;
        for reading in table::readings(c) {
            match reading.kind() {
                ReadingKind::Styled | ReadingKind::Variant => odd = true,
                ReadingKind::LookAlike if is_own(c, reading) && !c.is_ascii() => odd = true,
                ReadingKind::LookAlike => {
                    sight.wide.look_alikes = true;
                    odd |= self.gate;
                    sight.wide.rare |=
                        matches!(props.script(), ScriptKind::Cherokee | ScriptKind::Other)
                            || alphabets::is_odd(c);
                }
                ReadingKind::Leet => odd |= level >= Level::Standard,
                ReadingKind::Turned | ReadingKind::Hidden => {}
            }
        }
        odd
    }

    fn sign(
        &mut self,
        at: usize,
        c: char,
        props: Props,
        follows_letter: bool,
        chunk: &mut Chunk,
        sight: &mut Sight,
    ) {
        if !c.is_ascii() && !symbols::each(c, |symbol| !table::props(symbol).is_word()) {
            chunk.unspaced = true;
            // The letters of a sign such as `™` may be found.
            sight.saw.words = true;
            sight.saw.anywhere |= !self.census.prefixes.is_empty();
            sight.opens.push(at as u32);
        }
        chunk.tag |= matches!(symbols::first(c), '#' | '@');
        self.wrapped |= may_wrap(c);
        let next = self.text[at + c.len_utf8()..].chars().next();
        let joins = props.is_apostrophe()
            && follows_letter
            && next.is_some_and(|next| table::props(next).is_letter());
        if joins {
            return;
        }
        if ends_words(c) && !self.may_be_drawn(at, c) {
            chunk.ending = Some(at);
            return;
        }
        chunk.solid();
        chunk.odd = Some(at);
    }

    /// The last letter of a chunk may begin a word that is spelled out with spaces; of scripts
    /// with spaces it is asked of words alone.
    fn last_letter(&self, chunk: &Chunk, end: usize, sight: &mut Sight) {
        if self.census.level < Level::Standard || !chunk.unspaced {
            return;
        }
        if self.text.as_bytes()[end..].iter().all(|&byte| is_space(byte)) {
            // Nothing goes on behind the end of the text.
            return;
        }
        let hides = |c: char| {
            ends_words(c)
                || matches!(
                    table::props(c).class(),
                    Class::Ignorable | Class::Mark | Class::VowelMark
                )
        };
        let mut shown = self.text[chunk.start..end].char_indices().rev();
        if let Some((at, c)) = shown.find(|&(_, c)| !hides(c))
            && table::props(symbols::first(c)).script().is_unspaced()
        {
            self.start(chunk.start + at, sight);
        }
    }

    /// True for the last sign of a letter that may be drawn at the end of a word: `dea|?`.
    fn may_be_drawn(&self, at: usize, c: char) -> bool {
        matches!(symbols::first(c), ')' | '?')
            && self.text[..at]
                .chars()
                .next_back()
                .is_some_and(|before| glyphs(symbols::first(before)).next().is_some())
    }

    fn end_chunk(&self, end: usize, chunk: &Chunk, sight: &mut Sight) {
        self.last_letter(chunk, end, sight);
        if chunk.tag && chunk.inner {
            sight.rule_nothing_out(chunk.start);
            return;
        }
        // A chunk of nothing but signs that end sentences may begin something.
        let odd = if chunk.solid { chunk.odd } else { chunk.odd.max(chunk.ending) };
        let Some(odd) = odd else { return };
        if self.census.level < Level::Fold {
            return;
        }
        let mut word = false;
        for (offset, c) in self.text[chunk.start..end].char_indices() {
            let at = chunk.start + offset;
            if at > odd {
                break;
            }
            if symbols::is_plain_han(c) {
                if self.gate || self.census.cjk.may_begin_at(self.text, at) {
                    self.start(at, sight);
                }
                word = false;
                continue;
            }
            let props = table::props(c);
            if matches!(props.class(), Class::Ignorable | Class::Mark) {
                continue;
            }
            // What a sign folds to may be of a script without spaces.
            let unspaced = table::props(symbols::first(c)).script().is_unspaced();
            if word && !unspaced {
                self.start_inside(at, sight);
            } else {
                self.start(at, sight);
            }
            word = props.is_word() && !unspaced;
        }
    }
}

/// True beyond ASCII for what stands for a letter of Latin, Cyrillic or Greek, as `ⓚ` does: it
/// takes vowel marks as one.
fn shows_letter(c: char) -> bool {
    let is_none = |symbol| {
        let props = table::props(symbol);
        !(props.is_letter() && masks::is_alphabet(props.script()))
    };
    !c.is_ascii() && !symbols::each(c, is_none)
}

/// True for signs that wrappers are made of.
pub(super) fn may_wrap(c: char) -> bool {
    matches!(
        c,
        '%' | '&'
            | '*'
            | '<'
            | '['
            | '\\'
            | '_'
            | '`'
            | '|'
            | '~'
            | '^'
            | '{'
            | '§'
            | '\u{1B}'
            | '\u{3}'
    )
}

/// True for signs that hide nothing at the end of a word, also in their full width.
pub(super) fn ends_words(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '?'
            | '!'
            | '"'
            | ')'
            | '”'
            | '…'
            | '。'
            | '．'
            | '，'
            | '；'
            | '：'
            | '？'
            | '！'
            | '＂'
            | '）'
    )
}

impl Chunk {
    /// Something follows that is no ending: what ended before was inside.
    fn solid(&mut self) {
        self.odd = self.odd.max(self.ending.take());
        self.solid = true;
    }
}
