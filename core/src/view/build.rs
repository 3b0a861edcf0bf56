//! From a text to its units, in one pass over the code points and one over the units.

use super::View;
use super::chars;
use super::decode::{Decoder, Shown};
use super::piece::Piece;
use super::props::{Class, Props, ScriptKind};
use super::table;
use super::unit::{Flags, Unit};
use std::ops::Range;
use unicode_normalization::char::canonical_combining_class;

/// A vowel mark is moved in front of so many others at most: more than any language
/// writes, as in the stream-safe format of UAX #15.
const MOST_MARKS: usize = 30;

/// Replaces the contents of `view` by the folded form of what `pieces` spell, whose words have
/// numbers from `first_word` on.
#[inline]
pub(super) fn fill(view: &mut View, pieces: impl Iterator<Item = Piece>, first_word: u32) {
    let mut builder = Builder::new(view);
    builder.first_word = first_word;
    pieces.for_each(|piece| builder.read(piece));
    builder.finish();
}

/// The same with the folded form of bytes `part` of `text`, whose words have numbers from
/// `first_word` on.
pub(super) fn fill_part(view: &mut View, text: &str, part: Range<usize>, first_word: u32) {
    let mut builder = Builder::new(view);
    builder.first_word = first_word;
    builder.text(text, part);
    builder.finish();
}

/// The same with what `decoder` made of the text.
pub(super) fn fill_decoded(
    view: &mut View,
    text: &str,
    decoder: &Decoder,
    part: Range<usize>,
    first_word: u32,
) {
    let mut builder = Builder::new(view);
    builder.first_word = first_word;
    for part in decoder.parts(part) {
        match part {
            Shown::Plain(part) => builder.text(text, part),
            Shown::Line(pieces) => {
                let shown = pieces.iter().filter(|piece| !piece.dropped);
                shown.for_each(|&piece| builder.read(piece));
            }
        }
    }
    builder.finish();
}

/// A printable character of ASCII.
#[inline]
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~')
}

/// What the code points since the last unit say about the next one.
#[derive(Default)]
struct Pending {
    invisible: bool,
    joiner: bool,
    /// The flags of pieces that make no unit.
    flags: Flags,
}

impl Pending {
    #[inline]
    fn is_nothing(&self) -> bool {
        !self.invisible && !self.joiner && self.flags.0 == 0
    }
}

struct Builder<'v> {
    view: &'v mut View,
    pending: Pending,
    /// The last unit is a regional indicator that waits for its second half.
    half_flag: bool,
    /// There are letters of Hangul.
    hangul: bool,
    /// The number of the first word.
    first_word: u32,
}

impl<'v> Builder<'v> {
    fn new(view: &'v mut View) -> Self {
        view.clear();
        Self { view, pending: Pending::default(), half_flag: false, hangul: false, first_word: 0 }
    }

    /// What is known only when all units are there.
    fn finish(self) {
        let Self { view, hangul, first_word, .. } = self;
        if hangul {
            view.written.fill(&view.units);
        }
        number_words(view, first_word);
        find_breaks(view);
    }

    /// Bytes `part` of `text`: what is plain in them is read by the run.
    fn text(&mut self, text: &str, part: Range<usize>) {
        let text = &text[..part.end];
        let mut at = part.start;
        while let Some(c) = text[at..].chars().next() {
            if is_plain(c) && self.pending.is_nothing() {
                let plain = |byte: &u8| is_plain(char::from(*byte));
                let len = text.as_bytes()[at..].iter().take_while(|byte| plain(byte)).count();
                self.plain_run(&text[at..at + len], at as u32);
                at += len;
            } else {
                let end = at + c.len_utf8();
                self.read(Piece::new(c, at as u32, end as u32, Flags::default()));
                at = end;
            }
        }
    }

    #[inline]
    fn read(&mut self, piece: Piece) {
        if is_plain(piece.symbol) && self.pending.is_nothing() {
            return self.plain(piece);
        }
        let props = table::props(piece.symbol);
        match props.class() {
            Class::Ignorable => self.invisible(piece),
            Class::Mark => self.mark(piece),
            // No language writes vowel signs of other scripts on these letters.
            Class::VowelMark if self.follows_alphabet() => self.mark(piece),
            _ if chars::is_voicing(piece.symbol) => self.voicing(piece),
            class => self.symbols(piece, props, class),
        }
    }

    /// A printable character of ASCII: the case of nearly all text, in few steps.
    #[inline]
    fn plain(&mut self, piece: Piece) {
        self.half_flag = false;
        let view = &mut *self.view;
        let unit = plain_unit(piece, view.folded.len() as u32, view.marks.len() as u32);
        view.units.push(unit);
        view.folded.push(unit.symbol);
    }

    /// Many of them, the first at byte `start`.
    fn plain_run(&mut self, run: &str, start: u32) {
        self.half_flag = false;
        let View { units, folded, marks, .. } = &mut *self.view;
        let (behind, marks) = (folded.len(), marks.len() as u32);
        units.extend(run.bytes().zip(0u32..).map(|(byte, number)| {
            let at = start + number;
            let piece = Piece::new(char::from(byte), at, at + 1, Flags::default());
            plain_unit(piece, behind as u32 + number, marks)
        }));
        folded.push_str(run);
        folded[behind..].make_ascii_lowercase();
    }

    /// A variation selector belongs to the unit before; others only leave a trace.
    fn invisible(&mut self, piece: Piece) {
        let c = piece.symbol;
        self.pending.flags.set(piece.flags);
        self.pending.joiner |= c == chars::ZERO_WIDTH_JOINER;
        match self.view.units.last_mut() {
            Some(last) if chars::is_variation_selector(c) => {
                // That it was wrapped is told by the unit behind.
                take_in(last, Piece { flags: Flags::default(), ..piece });
                self.pending.invisible |= !has_forms(last.class);
            }
            _ => self.pending.invisible = true,
        }
    }

    /// A mark belongs to its base, across invisible characters; one without a
    /// base says nothing.
    fn mark(&mut self, mut piece: Piece) {
        let Some(last) = self.view.units.last_mut() else { return };
        let c = piece.symbol;
        piece.flags.set(std::mem::take(&mut self.pending.flags));
        if c == '\u{307}' && last.origin == 'I' && last.mark_count == 0 && !self.pending.invisible {
            // One letter however it is written, as `fold` reads it.
            last.origin = 'İ';
            take_in(last, piece);
            return;
        }
        let shared = last.raw_start;
        for symbol in table::fold(c).symbols().iter().copied() {
            self.push_mark(symbol);
        }
        // All units of one code point end where its marks end.
        for unit in self.view.units.iter_mut().rev().take_while(|u| u.raw_start == shared) {
            take_in(unit, piece);
        }
        if std::mem::take(&mut self.pending.invisible)
            && let Some(last) = self.view.units.last_mut()
        {
            last.flags.set(Flags::INVISIBLE_INSIDE);
        }
    }

    /// A voicing mark makes another letter of its kana, and is a mark to all else.
    fn voicing(&mut self, piece: Piece) {
        let folded = table::fold(piece.symbol);
        if !self.voice(folded.symbols()[0], piece, folded.compat()) {
            self.mark(piece);
        }
    }

    /// Gives the last unit a mark; beyond 255 they no longer tell anything apart.
    fn push_mark(&mut self, mark: char) {
        if let Some(last) = self.view.units.last_mut()
            && last.mark_count < u8::MAX
        {
            self.view.marks.push(mark);
            last.mark_count += 1;
        }
    }

    #[expect(clippy::inline_always, reason = "plain text: no flags, no call, a tenth less work")]
    #[inline(always)]
    fn symbols(&mut self, mut piece: Piece, props: Props, class: Class) {
        let c = piece.symbol;
        let folded = table::fold(c);
        if self.pending.flags.has(WRAPPED) {
            piece.flags.set(Flags::BEHIND_WRAPPER);
        }
        let mut flags = piece.flags;
        if folded.compat() {
            flags.set(Flags::COMPAT);
        }
        if props.is_upper() {
            flags.set(Flags::UPPER);
        }
        if table::props(c).is_apostrophe() {
            flags.set(Flags::APOSTROPHE);
        }
        if chars::ends_sentence_alone(c) {
            flags.set(Flags::SENTENCE_END);
        }
        if chars::continues_syllable(c) && self.follows_hangul() {
            flags.set(Flags::IN_SYLLABLE);
        }
        if self.pending.joiner && class == Class::Emoji && self.follows_emoji() {
            flags.set(Flags::JOINED);
        }
        if self.completes_flag(c) {
            flags.set(Flags::JOINED);
        }
        if self.pending.invisible {
            flags.set(Flags::AFTER_INVISIBLE);
        }
        self.pending = Pending::default();
        if chars::is_emoji_modifier(c) && self.take_modifier(piece) {
            return;
        }
        let first = self.view.units.len();
        // A sign such as ™ stands for letters and is none; all of ½ is a digit.
        let several = folded.symbols().len() > 1;
        for (number, &symbol) in folded.symbols().iter().enumerate() {
            let symbol_props = table::props(symbol);
            let symbol_class = symbol_props.class();
            let inside = self.view.units.len() > first;
            // A mark of its own code point: what stood before is told by the letter.
            let own = Piece { flags: Flags::default(), ..piece };
            if chars::is_voicing(symbol) && inside && self.voice(symbol, own, false) {
                continue;
            }
            if symbol_class == Class::Mark || chars::is_voicing(symbol) {
                if inside {
                    self.push_mark(symbol);
                }
                continue;
            }
            // The beginning of a letter that is spelled out, as of `ำ`.
            if symbol_class == Class::VowelMark && !inside && self.follows_alphabet() {
                self.push_mark(symbol);
                if let Some(last) = self.view.units.last_mut() {
                    take_in(last, piece);
                }
                continue;
            }
            let mut flags = flags;
            if self.view.units.len() > first {
                flags.set(Flags::CONTINUES);
                flags.0 &= !(Flags::AFTER_INVISIBLE.0 | Flags::JOINED.0 | Flags::BEHIND_WRAPPER.0);
                // An initial in front of a vowel begins the next syllable, as in ㈝.
                let vowel = |c: &char| matches!(c, '\u{1161}'..='\u{1175}');
                let opens = folded.symbols().get(number + 1).is_some_and(vowel);
                if symbol_props.script() == ScriptKind::Hangul && !opens {
                    flags.set(Flags::IN_SYLLABLE);
                }
            }
            self.hangul |= symbol_props.script() == ScriptKind::Hangul;
            self.view.units.push(Unit {
                symbol,
                origin: c,
                raw_start: piece.start,
                raw_end: piece.end,
                word: 0,
                folded: self.view.folded.len() as u32,
                marks: self.view.marks.len() as u32,
                mark_count: 0,
                class: if several && props.is_word() != symbol_props.is_word() {
                    class
                } else {
                    symbol_class
                },
                script: symbol_props.script(),
                flags,
            });
            self.view.folded.push(symbol);
        }
        if class == Class::VowelMark {
            self.settle();
        }
    }

    /// Puts the last of several vowel marks where canonical order has it: `กุ่` is one
    /// word however it was typed. Places stay, what stands there is exchanged.
    fn settle(&mut self) {
        let View { units, folded, .. } = &mut *self.view;
        let late = |units: &[Unit], at: usize| {
            let [first, second] = [&units[at - 1], &units[at]].map(order);
            second > 0 && first > second
        };
        let mut at = units.len() - 1;
        let least = at.saturating_sub(MOST_MARKS);
        while at > least && late(units, at) {
            let (before, behind) = units.split_at_mut(at);
            let (one, other) = (&mut before[at - 1], &mut behind[0]);
            std::mem::swap(&mut one.symbol, &mut other.symbol);
            std::mem::swap(&mut one.origin, &mut other.origin);
            std::mem::swap(&mut one.script, &mut other.script);
            at -= 1;
        }
        folded.truncate(units[at].folded as usize);
        for unit in &mut units[at..] {
            unit.folded = folded.len() as u32;
            folded.push(unit.symbol);
        }
    }

    /// か and the mark that makes it が are one letter however they are written.
    fn voice(&mut self, mark: char, mut piece: Piece, compat: bool) -> bool {
        let Some(last) = self.view.units.last_mut() else { return false };
        let Some(voiced) = chars::voiced(last.symbol, mark) else { return false };
        last.symbol = voiced;
        piece.flags.set(std::mem::take(&mut self.pending.flags));
        take_in(last, piece);
        if compat {
            last.flags.set(Flags::COMPAT);
        }
        if std::mem::take(&mut self.pending.invisible) {
            last.flags.set(Flags::INVISIBLE_INSIDE);
        }
        self.view.folded.pop();
        self.view.folded.push(voiced);
        true
    }

    /// A skin tone belongs to the emoji before it.
    fn take_modifier(&mut self, piece: Piece) -> bool {
        match self.view.units.last_mut() {
            Some(last) if last.class == Class::Emoji => {
                take_in(last, piece);
                self.push_mark(piece.symbol);
                true
            }
            _ => false,
        }
    }

    /// True for the second half of a flag: regional indicators are pairs, from the left.
    fn completes_flag(&mut self, c: char) -> bool {
        let half = chars::is_regional_indicator(c);
        let second = half && self.half_flag && !self.pending.invisible;
        self.half_flag = half && !second;
        second
    }

    fn follows_emoji(&self) -> bool {
        self.view.units.last().is_some_and(|u| u.class == Class::Emoji)
    }

    /// True behind a letter of Latin, Cyrillic or Greek.
    fn follows_alphabet(&self) -> bool {
        let alphabets = [ScriptKind::Latin, ScriptKind::Cyrillic, ScriptKind::Greek];
        self.view
            .units
            .last()
            .is_some_and(|u| u.class == Class::Letter && alphabets.contains(&u.script))
    }

    fn follows_hangul(&self) -> bool {
        self.view.units.last().is_some_and(|u| u.script == ScriptKind::Hangul)
    }
}

/// The unit of a printable character of ASCII behind so many bytes and marks.
#[inline]
fn plain_unit(piece: Piece, folded: u32, marks: u32) -> Unit {
    let c = piece.symbol;
    let props = table::props(c);
    let flag = |on: bool, flag: Flags| if on { flag } else { Flags::default() };
    let mut flags = piece.flags;
    flags.set(flag(props.is_upper(), Flags::UPPER));
    flags.set(flag(props.is_apostrophe(), Flags::APOSTROPHE));
    Unit {
        symbol: c.to_ascii_lowercase(),
        origin: c,
        raw_start: piece.start,
        raw_end: piece.end,
        word: 0,
        folded,
        marks,
        mark_count: 0,
        class: props.class(),
        script: props.script(),
        flags,
    }
}

/// Flags of what wrappers did.
const WRAPPED: Flags = Flags(Flags::DECODED.0 | Flags::BEHIND_WRAPPER.0);

/// Makes `piece` part of `unit`. Behind a turned run it may stand before it.
#[inline]
fn take_in(unit: &mut Unit, piece: Piece) {
    unit.raw_start = unit.raw_start.min(piece.start);
    unit.raw_end = unit.raw_end.max(piece.end);
    // What stood before the piece is inside the unit now.
    if piece.flags.has(WRAPPED) {
        unit.flags.set(Flags::DECODED);
    }
    unit.flags.set(Flags(piece.flags.0 & !Flags::BEHIND_WRAPPER.0));
}

/// True for what a variation selector may choose a form of: emoji, signs and the
/// digits of keycaps. Behind anything else it only hides something.
fn has_forms(class: Class) -> bool {
    matches!(class, Class::Emoji | Class::Punct | Class::Digit)
}

/// True when the apostrophe at `at` stands between two letters.
fn is_word_joining_apostrophe(units: &[Unit], at: usize) -> bool {
    units[at].has(Flags::APOSTROPHE)
        && units[at].mark_count == 0
        && at > 0
        && units[at - 1].is_letter()
        && units.get(at + 1).is_some_and(|next| next.class == Class::Letter)
}

/// Numbers the words, from `first` on, and marks hashtags and @names.
///
/// Without a branch on what is a word, which nobody can predict: those that are left are
/// taken by few units.
#[expect(clippy::needless_bitwise_bool, reason = "a branch is what is to be spared")]
fn number_words(view: &mut View, first: u32) {
    let units = &mut view.units;
    let mut next_word = first;
    let mut inside = false;
    let mut in_tag = false;
    // The unit before is of a script without spaces.
    let mut loose = false;
    for at in 0..units.len() {
        let unit = &mut units[at];
        let is_word = unit.is_word();
        let mut starts = is_word & !inside;
        if loose | !unit.origin.is_ascii() {
            starts |= is_word && inside && starts_word(units, at);
            loose = units[at].script.is_unspaced();
        }
        let unit = &mut units[at];
        next_word += u32::from(starts);
        unit.word = next_word - u32::from(is_word);
        unit.flags.0 |= if in_tag & is_word { Flags::IN_TAG.0 } else { 0 };
        let joins = unit.has(Flags::APOSTROPHE)
            && inside
            && !is_word
            && is_word_joining_apostrophe(units, at);
        if joins {
            units[at].flags.set(Flags::JOINS_WORD);
            units[at].word = next_word - 1;
        }
        inside = is_word | joins;
        if matches!(units[at].symbol, '#' | '@' | '_') && !is_word {
            in_tag = starts_tag(units, at) || in_tag && units[at].symbol == '_';
        } else {
            in_tag &= is_word;
        }
    }
    view.words = next_word;
}

/// True when a word unit behind a word unit (or a joining apostrophe) starts another word:
/// in unspaced scripts every letter is one.
fn starts_word(units: &[Unit], at: usize) -> bool {
    let (left, right) = (&units[at - 1], &units[at]);
    if right.class == Class::VowelMark {
        return false;
    }
    left.is_word() && (left.script.is_unspaced() || right.script.is_unspaced())
}

/// True when the unit at `at` is a `#` or `@` that no word precedes. A hashtag or
/// @name goes on over letters, digits and `_`, and may begin with any of them.
fn starts_tag(units: &[Unit], at: usize) -> bool {
    matches!(units[at].symbol, '#' | '@') && (at == 0 || !units[at - 1].is_word())
}

/// Finds the ends of sentences and the blank lines.
fn find_breaks(view: &mut View) {
    mark_sentence_ends(&mut view.units);
    let mut line_is_blank = false;
    for at in 0..view.units.len() {
        let unit = &view.units[at];
        if unit.class != Class::LineBreak && !unit.has(Flags::SENTENCE_END) {
            line_is_blank &= unit.class == Class::Space;
            continue;
        }
        let unit = *unit;
        if unit.class == Class::LineBreak {
            if unit.symbol == '\n' && at > 0 && view.units[at - 1].symbol == '\r' {
                view.units[at].flags.set(Flags::AFTER_CR);
                continue;
            }
            if line_is_blank {
                view.units[at].flags.set(Flags::BLANK_LINE);
            }
            line_is_blank = true;
            view.breaks.push(unit.raw_start);
            continue;
        }
        line_is_blank &= unit.class == Class::Space;
        if unit.has(Flags::SENTENCE_END) && view.breaks.last() != Some(&unit.raw_start) {
            view.breaks.push(unit.raw_start);
        }
    }
}

/// The canonical combining class of a vowel mark, 0 for everything else.
fn order(unit: &Unit) -> u8 {
    if unit.class == Class::VowelMark { canonical_combining_class(unit.symbol) } else { 0 }
}

/// Marks every terminator behind which only more of them and closing marks stand
/// before white space or the end of the text. Backwards, so that it is one pass; without
/// branches for letters and white space, which nobody can predict.
#[expect(clippy::needless_bitwise_bool, reason = "a branch is what is to be spared")]
fn mark_sentence_ends(units: &mut [Unit]) {
    let mut nothing_follows = true;
    for unit in units.iter_mut().rev() {
        let props = table::props(unit.origin);
        let is_letter = matches!(unit.class, Class::Letter | Class::Digit);
        let is_space = matches!(unit.class, Class::Space | Class::LineBreak);
        let ends = props.is_sentence_end() & !is_letter;
        let keeps = (ends | props.is_closing()) & !is_letter;
        unit.flags.0 |= if ends & nothing_follows { Flags::SENTENCE_END.0 } else { 0 };
        nothing_follows = keeps & nothing_follows | !keeps & is_space;
    }
}
