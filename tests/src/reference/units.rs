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
//!   Unicode has the composed letter (`が`), and are units of their own elsewhere.
//!   Conjoining jamo join to syllables.
//! - Marks are compared in canonical order, so NFC and NFD are the same text.
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
            units.push(Unit {
                symbol: piece.symbol,
                marks: Vec::new(),
                source: piece.source,
                start: piece.start,
                content_end: piece.end,
                end: piece.end,
                form: piece.form,
                opens: piece.opens,
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

/// The folded text: what regexes of the view `fold` run on.
pub fn folded(units: &[Unit]) -> String {
    units.iter().filter(|u| !u.joiner).map(|u| u.symbol).collect()
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
        for (i, &symbol) in symbols.iter().enumerate() {
            let (opens, closes) = (i == 0, i + 1 == symbols.len());
            pieces.push(Piece { symbol, source: c, start, end, form, opens, closes, joiner });
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
    let text = match (level, form, case_sensitive) {
        (Level::Exact, true, true) => original,
        (Level::Exact, true, false) => case.simple_fold(c).to_string(),
        (Level::Exact, false, true) => canonical,
        (Level::Exact, false, false) => nfd.normalize(&case.fold_string(&canonical)).into_owned(),
        (_, _, true) => compatible,
        // Folding case may open a new decomposition, once.
        (_, _, false) => nfkd
            .normalize(&case.fold_string(&nfkd.normalize(&case.fold_string(&compatible))))
            .into_owned(),
    };
    (text.chars().collect(), form && level != Level::Exact)
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
    if chars::is_free_mark(c) || tone {
        last.marks.push(c);
    } else if let Some(joined) = compose(last, c) {
        last.symbol = joined;
        last.form |= piece.form;
    } else {
        return false;
    }
    last.content_end = last.content_end.max(piece.end);
    last.end = last.end.max(piece.end);
    last.closes |= piece.closes;
    true
}

/// The letter that `last` and the mark or jamo `c` make together.
fn compose(last: &Unit, c: char) -> Option<char> {
    let jamo = matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}');
    if !last.marks.is_empty() || !(jamo || chars::is_mark(c)) {
        return None;
    }
    CanonicalComposition::new().compose(last.symbol, c)
}
