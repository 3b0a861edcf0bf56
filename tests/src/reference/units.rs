//! A text as the units a pattern is compared with, at one evasion level.
//!
//! A unit is a base character with its free marks. Decisions made here:
//!
//! - `exact` reads NFD and, unless the pattern is case-sensitive, full case
//!   folding (`ß` = `ss`, `ς` = `σ`). A compatibility form (`ﬁ`, full width) is itself.
//! - Where case counts nothing of case folding is read: `ß` is not `ss`, nor `ς` `σ`,
//!   and `İ` is no `I`.
//! - `fold` reads NFKD and case folding; ignorable characters are not there.
//! - Marks of scripts where a mark makes another letter join their base where
//!   Unicode has the composed letter (`が`), and are units of their own elsewhere;
//!   but a voicing mark of kana on anything else is a mark like others.
//! - Hangul is read as its letters, a final consonant as the same consonant in
//!   front, so that `ㅎㅏㄴ` and `하ㄴ` read as `한`. A syllable is one character,
//!   written as one or in jamo. The folded text that regexes see has syllables again,
//!   and letters that stand alone as keyboards give them (`ㅋㅋ`).
//! - Marks are put in canonical order first, so NFC and NFD are the same text; the
//!   order of several marks of one base says nothing.
//! - A variation selector and a skin tone belong to the character before them.
//! - A zero-width joiner between two emoji is a unit of its own at every level:
//!   a joined sequence is another emoji than its parts.

use super::chars;
use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizer;
use icu_normalizer::properties::{CanonicalCombiningClassMap, CanonicalComposition};
use tamis::spec::model::Level;

/// Joins emoji.
const JOINER: char = '\u{200D}';

/// A base character with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent properties")]
pub struct Unit {
    /// What is compared.
    pub symbol: char,
    /// The same as folded text has it: a final jamo is one.
    pub written: char,
    /// Its free marks and skin tone, in canonical order.
    pub marks: Vec<char>,
    /// The character of the original text it comes from.
    pub source: char,
    /// The first byte.
    pub start: usize,
    /// One past the last byte of the base and its marks.
    pub content_end: usize,
    /// `content_end`, or one past a variation selector behind it.
    pub end: usize,
    /// A compatibility form was read.
    pub form: bool,
    /// The first unit of its character.
    pub opens: bool,
    /// The last unit of its character.
    pub closes: bool,
    /// A joiner between two emoji.
    pub joiner: bool,
}

impl Unit {
    /// True for an `ı` of a pattern that is looked for as a capital.
    pub fn is_dotless(&self) -> bool {
        self.source == 'ı' && self.symbol == 'i'
    }
}

impl Unit {
    /// An ignorable character, which only `exact` sees.
    pub fn is_ignorable(&self) -> bool {
        !self.joiner && chars::is_ignorable(self.symbol)
    }
}

/// A piece of the text after decomposition, before marks are attached.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "four independent properties")]
struct Piece {
    symbol: char,
    written: char,
    source: char,
    start: usize,
    end: usize,
    form: bool,
    opens: bool,
    closes: bool,
    joiner: bool,
}

/// The units of `text`.
pub fn units(text: &str, level: Level, case_sensitive: bool) -> Vec<Unit> {
    let mut pieces = pieces(text, level, case_sensitive);
    order_marks(&mut pieces);
    let mut units: Vec<Unit> = Vec::new();
    for piece in pieces {
        // A mark without a base says nothing.
        let stray = chars::is_free_mark(piece.symbol)
            || chars::is_voicing(piece.symbol)
            || chars::is_variation_selector(piece.symbol) && level != Level::Exact;
        // Marks and variation selectors belong to their base across ignorable
        // characters, at every level.
        let mark = chars::is_mark(piece.symbol) || chars::is_variation_selector(piece.symbol);
        let base = units.iter_mut().rev().find(|unit| !mark || !unit.is_ignorable());
        let attached = match base {
            Some(last) => attach(last, piece),
            None => stray,
        };
        if !attached {
            // A vowel or final jamo goes on with the syllable before it.
            let before = units.iter_mut().rev().find(|unit| !unit.is_ignorable());
            let before = before.filter(|b| chars::is_hangul(b.symbol));
            let continues = before.filter(|_| continues_syllable(piece.source));
            let opens = piece.opens && continues.is_none();
            if let Some(before) = continues {
                before.closes = false;
            }
            units.push(Unit {
                symbol: piece.symbol,
                written: piece.written,
                marks: Vec::new(),
                source: piece.source,
                start: piece.start,
                content_end: piece.end,
                end: piece.end,
                form: piece.form,
                opens,
                closes: piece.closes,
                joiner: piece.joiner,
            });
        }
    }
    units
}

/// Makes all dashes one and all quotation marks one, as exceptions read them.
pub fn unify(units: &mut [Unit]) {
    for unit in units {
        if chars::is_dash(unit.symbol) {
            unit.symbol = '-';
        } else if chars::is_quote(unit.symbol) {
            unit.symbol = '"';
        }
    }
}

/// The folded text that regexes of the view `fold` run on, each character with the
/// first unit it stands for.
pub fn folded(units: &[Unit]) -> Vec<(usize, char)> {
    let mut folded: Vec<(usize, char)> = Vec::new();
    for (at, unit) in units.iter().enumerate().filter(|(_, u)| !u.joiner) {
        let last = folded.last_mut().filter(|_| !unit.opens);
        match last.and_then(|(_, last)| Some((syllable(*last, unit.written)?, last))) {
            Some((syllable, last)) => *last = syllable,
            None => folded.push((at, unit.written)),
        }
    }
    for (_, c) in &mut folded {
        *c = alone(*c);
    }
    folded
}

/// True when folded text has another form of the unit than the original; a letter
/// of Hangul that stands alone is as it was written.
pub fn shows_other_form(unit: &Unit) -> bool {
    unit.form && alone(unit.written) != unit.source
}

/// A regex with its Hangul as folded text has it.
pub fn folded_regex(regex: &str) -> String {
    let mut folded: Vec<char> = Vec::new();
    for c in regex.chars() {
        match folded.last_mut().and_then(|last| Some((syllable(*last, c)?, last))) {
            Some((syllable, last)) => *last = syllable,
            None => folded.push(c),
        }
    }
    folded.into_iter().map(alone).collect()
}

/// The syllable that `before` and a vowel or final jamo make.
fn syllable(before: char, jamo: char) -> Option<char> {
    let joins = matches!(jamo, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}');
    joins.then(|| CanonicalComposition::new().compose(before, jamo)).flatten()
}

fn continues_syllable(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FB}')
}

/// The final jamo from U+11A8 on by the letters that stand alone.
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// A final jamo as the same letter in front of a syllable, where there is one.
fn in_front(c: char) -> char {
    let letter = match c {
        '\u{11A8}'..='\u{11C2}' => FINALS.chars().nth(c as usize - 0x11A8),
        '\u{11E2}' => Some('ㅱ'),
        '\u{11E6}' => Some('ㅸ'),
        '\u{11EB}' => Some('ㅿ'),
        '\u{11F0}' => Some('ㆁ'),
        '\u{11F4}' => Some('ㆄ'),
        '\u{11F9}' => Some('ㆆ'),
        _ => None,
    };
    letter.and_then(jamo_of).unwrap_or(c)
}

/// The jamo that a letter that stands alone is a form of.
fn jamo_of(letter: char) -> Option<char> {
    DecomposingNormalizer::new_nfkd().normalize(&letter.to_string()).chars().next()
}

/// A jamo outside of syllables as the letter that stands alone, if it is a modern one.
fn alone(c: char) -> char {
    let modern = matches!(c, '\u{1100}'..='\u{11FF}');
    let mut letters = ('\u{3131}'..='\u{3163}').filter(|_| modern);
    letters.find(|&letter| jamo_of(letter) == Some(in_front(c))).unwrap_or(c)
}

fn pieces(text: &str, level: Level, case_sensitive: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, mut c)) = rest.next() {
        let mut end = start + c.len_utf8();
        if c == 'I'
            && let Some((at, dot)) = rest.next_if(|&(_, next)| next == '\u{307}')
        {
            // İ is one letter however it is written.
            (c, end) = ('İ', at + dot.len_utf8());
        }
        let joiner = c == JOINER && joins(text, start);
        let seen = !chars::is_ignorable(c)
            || chars::is_variation_selector(c)
            || level == Level::Exact
            || joiner;
        if !seen {
            continue;
        }
        let (symbols, form) = read(c, level, case_sensitive);
        for (i, &written) in symbols.iter().enumerate() {
            let (opens, closes) = (i == 0, i + 1 == symbols.len());
            let symbol = in_front(written);
            let source = c;
            pieces.push(Piece { symbol, written, source, start, end, form, opens, closes, joiner });
        }
    }
    pieces
}

/// True when the joiner at `at` stands between two emoji.
fn joins(text: &str, at: usize) -> bool {
    let before = text[..at].chars().rev().find(|&c| !chars::is_variation_selector(c));
    let after = text[at..].chars().nth(1);
    let emoji =
        |c: Option<char>| c.is_some_and(|c| chars::is_emoji(c) || chars::is_emoji_modifier(c));
    emoji(before) && emoji(after)
}

/// What one character reads as, and whether that took a compatibility form.
fn read(c: char, level: Level, case_sensitive: bool) -> (Vec<char>, bool) {
    if c == 'İ' {
        // The capital of the Turkish i, and to others a capital I: no mark was added.
        return (vec![if case_sensitive { c } else { 'i' }], false);
    }
    let (nfd, nfkd) = (DecomposingNormalizer::new_nfd(), DecomposingNormalizer::new_nfkd());
    let original = c.to_string();
    let canonical = nfd.normalize(&original).into_owned();
    let compatible = nfkd.normalize(&original).into_owned();
    let form = canonical != compatible;
    let case = CaseMapper::new();
    let fold = |text: &str| -> String { text.chars().map(fold_one).collect() };
    let text = match (level, form, case_sensitive) {
        (Level::Exact, true, true) => original,
        (Level::Exact, true, false) => nfd.normalize(&case.simple_fold(c).to_string()).into_owned(),
        (Level::Exact, false, true) => canonical,
        (Level::Exact, false, false) => nfd.normalize(&fold(&canonical)).into_owned(),
        (_, _, true) => compatible,
        // Folding case may open a new decomposition, once.
        (_, _, false) => nfkd.normalize(&fold(&nfkd.normalize(&fold(&compatible)))).into_owned(),
    };
    // What case folding reads too is no form.
    let folded = nfd.normalize(&case.simple_fold(c).to_string()).into_owned();
    let by_case = !case_sensitive && folded == text;
    (text.chars().collect(), form && !by_case && level != Level::Exact)
}

/// Full case folding, but the iota below a Greek letter stays a mark.
fn fold_one(c: char) -> String {
    let mut own = [0; 4];
    let own = c.encode_utf8(&mut own);
    if c == '\u{345}' { own.to_owned() } else { CaseMapper::new().fold_string(own).into_owned() }
}

/// Sorts each run of marks into canonical order.
fn order_marks(pieces: &mut [Piece]) {
    let class = CanonicalCombiningClassMap::new();
    let mut from = 0;
    while from < pieces.len() {
        let run = pieces[from..].iter().take_while(|p| class.get_u8(p.symbol) != 0).count();
        pieces[from..from + run].sort_by_key(|p| class.get_u8(p.symbol));
        from += run.max(1);
    }
}

/// Adds `piece` to the unit before it if it belongs there.
fn attach(last: &mut Unit, piece: Piece) -> bool {
    let c = piece.symbol;
    if chars::is_variation_selector(c) {
        last.end = last.end.max(piece.end);
        return true;
    }
    let tone = chars::is_emoji_modifier(c) && chars::is_emoji(last.symbol);
    let foreign = chars::is_mark(c) && !chars::is_voicing(c) && is_alphabetic(last.symbol);
    if chars::is_free_mark(c) || tone || foreign {
        last.marks.push(c);
    } else if let Some(joined) = compose(last, c) {
        (last.symbol, last.written) = (joined, joined);
        last.form |= piece.form;
    } else if chars::is_voicing(c) {
        last.marks.push(c);
    } else {
        return false;
    }
    last.content_end = last.content_end.max(piece.end);
    last.end = last.end.max(piece.end);
    last.closes |= piece.closes;
    true
}

/// A letter of Latin, Cyrillic or Greek: marks of other scripts make no other letter of it.
fn is_alphabetic(c: char) -> bool {
    use icu_properties::props::Script;
    chars::is_letter(c)
        && matches!(chars::script(c), Script::Latin | Script::Cyrillic | Script::Greek)
}

/// The letter that `last` and the mark `c` make together.
fn compose(last: &Unit, c: char) -> Option<char> {
    // The free marks between, sorted to the front, do not keep them apart.
    if !chars::is_mark(c) {
        return None;
    }
    CanonicalComposition::new().compose(last.symbol, c)
}
