//! The kinds of edges that the levels add: `docs/evasion.md`, "Edges".

use super::align::{self, Edge, How, Repeats, Text};
use super::boundary::continues_word;
use super::chars;
use super::gate;
use super::needle::{self, Needle};
use super::pattern::Symbol;
use super::units::Unit;
use icu_casemap::CaseMapper;
use std::ops::Range;
use tamis::internals;
use tamis::spec::model::Level;

/// The fewest letters of a word that may lack one; one less for a vowel, or for two in
/// the wrong order.
const LONG: usize = 5;
/// The same of scripts that write few vowels, for either.
const ABJAD: usize = 6;
/// So many equal signs side by side are a row.
const ROW: usize = 4;
/// The fewest letters of a word that may be written as it sounds.
const SOUNDS: usize = 4;

/// What may come behind `edges` beside what matches as it stands.
pub fn steps(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    symbol: usize,
    unit: usize,
) -> Vec<Vec<Edge>> {
    let mut chains = Vec::new();
    let mut from = vec![unit];
    if may_follow_a_gap(needle, text, edges, symbol) {
        from.extend(gaps(text, unit));
    }
    for at in from {
        let gap = unit..at;
        for edge in letters(needle, text, edges, symbol, at) {
            // A letter that stands there as it is needs no relaxing.
            let plain = edge.how == How::Itself && edge.repeats.is_none();
            if !gap.is_empty() || !plain {
                chains.push(vec![Edge { gap: gap.clone(), ..edge }]);
            }
        }
        for mut pair in swaps(needle, text, symbol, at) {
            pair[0].gap = gap.clone();
            chains.push(pair);
        }
    }
    chains.extend(deletion(needle, text, symbol, unit).map(|edge| vec![edge]));
    chains
}

/// True when a gap may stand before the letter at `symbol`: the edge before
/// consumed a letter of the same word.
fn may_follow_a_gap(needle: &Needle, text: &Text<'_>, edges: &[Edge], symbol: usize) -> bool {
    let before = edges.iter().rev().find(|edge| !edge.is_missing());
    text.level >= Level::Standard
        && align::is_letter_at(needle, symbol)
        && before.is_some_and(|edge| {
            align::is_letter_at(needle, edge.symbols.start)
                && needle.word(edge.symbols.start) == needle.word(symbol)
        })
}

/// True for what may stand in a gap.
pub fn is_separator(text: &Text<'_>, at: usize) -> bool {
    let unit = &text.units[at];
    let sign =
        !continues_word(unit) && !chars::is_mark(unit.source) && !chars::is_apostrophe(unit.source);
    sign || digit_inside(text, at)
}

/// True for a digit, or one of two, directly between syllables of Hangul.
fn digit_inside(text: &Text<'_>, at: usize) -> bool {
    let unit = |at: usize| text.units.get(at);
    let digit = |at: usize| unit(at).is_some_and(|u| chars::is_digit(u.source));
    let hangul = |at: usize| unit(at).is_some_and(|u| chars::is_hangul(u.symbol));
    let parts = |from: usize, to: usize| from > 0 && hangul(from - 1) && hangul(to + 1);
    digit(at)
        && (parts(at, at)
            || digit(at + 1) && parts(at, at + 1)
            || at > 0 && digit(at - 1) && parts(at - 1, at))
}

/// The ends of the gaps that begin at `start`.
fn gaps(text: &Text<'_>, start: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let splits = |unit: &Unit| start > 0 && text.units[start - 1].symbol == unit.symbol;
    let opens = text.units.get(start).is_some_and(|unit| unit.opens && !splits(unit));
    let units = text.units.iter().enumerate().skip(start);
    for (at, unit) in units.take_while(|&(at, _)| opens && is_separator(text, at)) {
        if text.sentences.blank_line_in(text.units[start].start..unit.end) {
            break;
        }
        let splits = text.units.get(at + 1).is_some_and(|next| next.symbol == unit.symbol);
        if unit.closes && !splits {
            ends.push(at + 1);
        }
    }
    ends
}

/// Every way to consume the letter at `symbol` right at `at`, repeats included.
fn letters(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    symbol: usize,
    at: usize,
) -> Vec<Edge> {
    let Symbol::Unit(wanted) = &needle.symbols[symbol] else { return Vec::new() };
    let mut found = readings(needle, text, symbol, at);
    if !needle::is_letter(&needle.symbols[symbol]) {
        return found;
    }
    found.extend(align::itself(text, wanted, symbol, at));
    if text.level >= Level::Strong {
        found.extend(sounds(needle, text, symbol, at));
        found.extend(turned(text, wanted, symbol, at));
    }
    if text.level >= Level::Standard {
        found.extend(glyphs(text, wanted, symbol, at));
        let repeated: Vec<Edge> =
            found.iter().flat_map(|edge| repeats(needle, text, wanted, edge)).collect();
        found.extend(repeated);
        let before = edges.iter().rev().find(|edge| !edge.is_missing());
        let stretched = before.is_some_and(|edge| edge.repeats.is_some());
        let strong = |c: char| !chars::is_emoji(c) && !internals::joining_masks().contains(c);
        let inside =
            needle.symbols[symbol + 1..].iter().find(|s| !matches!(s, Symbol::Apostrophe { .. }));
        let fits = |edge: &Edge| {
            !stretched
                || inside.is_some_and(needle::is_letter)
                    && strong(text.units[edge.units.start].symbol)
        };
        found.extend(mask(text, symbol, at).filter(fits));
    }
    found
}

/// What the table says the code point at `at` may be read as.
fn readings(needle: &Needle, text: &Text<'_>, symbol: usize, at: usize) -> Vec<Edge> {
    let Some(whole) = code_point(text, at) else { return Vec::new() };
    let source = text.units[at].source;
    if in_picture(text, at) {
        return Vec::new();
    }
    let marks: Vec<char> =
        text.units[whole.clone()].iter().flat_map(|unit| unit.marks.clone()).collect();
    let mut found = Vec::new();
    for reading in internals::readings(source) {
        let how = match reading.kind {
            "styled" => How::Styled,
            "variant" => How::Variant,
            "lookalike" => How::LookAlike,
            "leet" => How::Leet,
            "turned" => How::Turned,
            _ => continue,
        };
        let level = level(reading.kind);
        let symbols = symbol..symbol + reading.letters.len();
        let styled_sign = how == How::Styled && symbols.len() == 1;
        let wanted = match needle.letters_of_word(symbols.clone()) {
            Some(wanted) => wanted,
            None if styled_sign => &needle.symbols[symbols.clone()],
            None => continue,
        };
        let wanted: Vec<&Unit> = wanted.iter().filter_map(unit_of).collect();
        let same = wanted.len() == reading.letters.len()
            && wanted
                .iter()
                .zip(&reading.letters)
                .all(|(w, &letter)| is_letter_of(text, w.symbol, letter, source));
        let wanted_marks: Vec<char> = wanted.iter().flat_map(|unit| unit.marks.clone()).collect();
        let Some(extra) = align::extra_marks(&wanted_marks, &marks) else { continue };
        let open = how != How::LookAlike
            || wanted.first().is_some_and(|w| gate::opens(text, at, w.symbol));
        let to_ascii = reading.letters.iter().all(char::is_ascii_alphabetic);
        let mistaken = !(source.is_ascii_alphabetic() && to_ascii)
            || text.level >= Level::Standard && gate::mistakes(text, at);
        if level <= text.level && same && open && mistaken && !in_row(text, at) {
            found.push(Edge { marks: extra, ..Edge::new(symbols, whole.clone(), how) });
        }
    }
    found
}

/// True for a cell of Braille with one that is no letter among the eight on either side
/// that stand next to each other.
fn in_picture(text: &Text<'_>, at: usize) -> bool {
    let source = |at: usize| text.units.get(at).map(|unit| unit.source);
    let cell = |at: usize| source(at).is_some_and(|c| matches!(c, '\u{2800}'..='\u{28FF}'));
    let dots = |at: usize| {
        source(at).is_some_and(|c| c != '\u{2800}' && internals::readings(c).is_empty())
    };
    let before = (1..=8).map_while(|n| at.checked_sub(n)).take_while(|&at| cell(at));
    let behind = (at + 1..=at + 8).take_while(|&at| cell(at));
    cell(at) && before.chain(behind).any(dots)
}

/// The lowest level that reads a kind of reading.
pub fn level(kind: &str) -> Level {
    match kind {
        "leet" => Level::Standard,
        "turned" => Level::Strong,
        _ => Level::Fold,
    }
}

fn unit_of(symbol: &Symbol) -> Option<&Unit> {
    match symbol {
        Symbol::Unit(unit) => Some(unit),
        _ => None,
    }
}

/// The units of the code point that begins at `at`.
fn code_point(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let opens = text.units.get(at)?.opens;
    let length = text.units[at..].iter().position(|unit| unit.closes)?;
    opens.then_some(at..at + length + 1)
}

/// True when `letter`, read from `source`, is the symbol `wanted` of a pattern.
/// Where case counts, a reading has the case of its source, or any if that has none.
fn is_letter_of(text: &Text<'_>, wanted: char, letter: char, source: char) -> bool {
    if !text.case_sensitive {
        return wanted == letter;
    }
    let other_case = chars::is_upper(source) && chars::is_lower(wanted)
        || chars::is_lower(source) && chars::is_upper(wanted);
    !other_case && CaseMapper::new().simple_fold(wanted) == letter
}

/// The units at `at` whose symbols are `drawn`, whole characters.
fn spelled(text: &Text<'_>, at: usize, drawn: &str) -> Option<Range<usize>> {
    spelled_by(text, at, drawn, |c, there| c == there)
}

/// The same where `is` tells which symbols will do.
fn spelled_by(
    text: &Text<'_>,
    at: usize,
    drawn: &str,
    is: impl Fn(char, char) -> bool,
) -> Option<Range<usize>> {
    let range = at..at + drawn.chars().count();
    let units = text.units.get(range.clone())?;
    let lower = |c| if text.case_sensitive { CaseMapper::new().simple_fold(c) } else { c };
    let same = drawn.chars().zip(units).all(|(c, unit)| is(c, lower(unit.symbol)));
    let whole = units.first().is_some_and(|unit| unit.opens)
        && units.last().is_some_and(|unit| unit.closes);
    (same && whole).then_some(range)
}

/// Sequences of characters that draw the letter.
fn glyphs(text: &Text<'_>, wanted: &Unit, symbol: usize, at: usize) -> Vec<Edge> {
    let draws =
        |letter: char| wanted.marks.is_empty() && is_letter_of(text, wanted.symbol, letter, '#');
    let drawn = internals::glyphs().iter().filter(|&&(_, letter)| draws(letter));
    let units =
        drawn.filter(|_| !in_row(text, at)).filter(|(drawn, _)| self::draws(text, at, drawn));
    let end = |drawn: &str| at + drawn.chars().count();
    units.map(|(drawn, _)| Edge::new(symbol..symbol + 1, at..end(drawn), How::Glyph)).collect()
}

/// True for a sign in a row: four or more equal ones side by side; those that end
/// sentences are alike.
pub fn in_row(text: &Text<'_>, at: usize) -> bool {
    let Some(sign) = text.units.get(at).map(|unit| unit.symbol) else { return false };
    let ends = |c: char| matches!(c, '!' | '?' | '.');
    let same = |unit: &&Unit| unit.symbol == sign || ends(unit.symbol) && ends(sign);
    let (before, behind) = (&text.units[..at], &text.units[at..]);
    let row = before.iter().rev().take_while(same).count() + behind.iter().take_while(same).count();
    internals::punctuation().contains(sign) && row >= ROW
}

/// True when the units at `at` are `drawn`, without marks, and some of them is neither letter
/// nor digit, unless all of it are letters by design.
pub fn draws(text: &Text<'_>, at: usize, drawn: &str) -> bool {
    spelled_by(text, at, drawn, |c, there| internals::draws(drawn, c, there)).is_some_and(|range| {
        let units = &text.units[range];
        let word = |u: &Unit| chars::is_word(u.source);
        units.iter().all(|u| u.marks.is_empty()) && (drawn == "vv" || !units.iter().all(word))
    })
}

/// True for a character that hides a letter: some of ASCII, emoji and most symbols
/// beyond; not the `&#` of a character reference, nor what is folded to several.
pub fn hides(text: &Text<'_>, at: usize) -> bool {
    let symbol = |at: usize| text.units.get(at).map(|unit| unit.symbol);
    let Some(c) = symbol(at) else { return false };
    if !text.units[at].opens || !text.units[at].closes {
        return false;
    }
    let reference = c == '&' && symbol(at + 1) == Some('#')
        || c == '#' && at > 0 && symbol(at - 1) == Some('&');
    if odd_one_out(text, at) {
        return true;
    }
    let hides = if c.is_ascii() {
        internals::masks().contains(c)
    } else {
        chars::is_emoji(c) || is_far_symbol(c) || dash_inside(text, at)
    };
    hides && !reference
}

/// True for a character that hides a letter where it stands: in no row of signs that mean
/// something of their own, and no pause.
pub fn may_hide(text: &Text<'_>, at: usize) -> bool {
    let in_rows = internals::row_masks().contains(text.units[at].symbol);
    let calls = !in_rows && in_row(text, at) && !between_singles(text, at);
    hides(text, at) && !calls && !pauses(text, at)
}

/// True for one of equal signs, sixteen on a side at most, between single letters.
fn between_singles(text: &Text<'_>, at: usize) -> bool {
    let same = |unit: &&Unit| unit.symbol == text.units[at].symbol;
    let (before, behind) = (&text.units[..at], &text.units[at + 1..]);
    let left = before.iter().rev().skip(before.iter().rev().take(16).take_while(same).count());
    let right = behind.iter().skip(behind.iter().take(16).take_while(same).count());
    let alone = |mut units: Box<dyn Iterator<Item = &Unit> + '_>| {
        units.next().is_some_and(gate::is_letter) && !units.next().is_some_and(continues_word)
    };
    alone(Box::new(left)) && alone(Box::new(right))
}

/// True for one of three or more dots or hyphens side by side that are a pause: between
/// equal letters, or of dots more than there are letters directly around them; seventeen
/// hide nothing in any case.
pub fn pauses(text: &Text<'_>, at: usize) -> bool {
    let sign = text.units[at].symbol;
    let same = |unit: &&Unit| unit.symbol == sign;
    let start = at - text.units[..at].iter().rev().take_while(same).count();
    let end = at + text.units[at..].iter().take_while(same).count();
    let letter = |unit: &&Unit| gate::is_letter(unit);
    let (left, right) = (&text.units[..start], &text.units[end..]);
    let ends = left.last().filter(letter).zip(right.first().filter(letter));
    let around =
        left.iter().rev().take_while(letter).count() + right.iter().take_while(letter).count();
    matches!(sign, '.' | '-')
        && end - start >= 3
        && (at - start > 15
            || end - at > 16
            || ends.is_some_and(|(left, right)| left.symbol == right.symbol)
            || sign == '.' && around < end - start && !between_singles(text, at))
}

/// True for a dash directly between letters.
fn dash_inside(text: &Text<'_>, at: usize) -> bool {
    let unit = |at: usize| text.units.get(at);
    let letter = |at: usize| unit(at).is_some_and(gate::is_letter);
    unit(at).is_some_and(|u| matches!(u.symbol, '–' | '—'))
        && at > 0
        && letter(at - 1)
        && letter(at + 1)
}

/// True for a letter of another script, or one of two, between letters of Latin, Cyrillic
/// or Greek.
pub fn odd_one_out(text: &Text<'_>, at: usize) -> bool {
    use icu_properties::props::Script;
    let alphabet = |c| matches!(chars::script(c), Script::Latin | Script::Cyrillic | Script::Greek);
    let shared =
        |c| matches!(chars::script(c), Script::Common | Script::Inherited | Script::Hangul);
    let unit = |at: usize| text.units.get(at).filter(|u| chars::is_letter(u.symbol));
    let among = |at: usize| unit(at).is_some_and(|u| alphabet(u.symbol));
    let other = |at: usize| unit(at).is_some_and(|u| !alphabet(u.symbol) && !shared(u.symbol));
    let ends = |from: usize, to: usize| from > 0 && among(from - 1) && among(to + 1);
    other(at)
        && (ends(at, at)
            || other(at + 1) && ends(at, at + 1)
            || at > 0 && other(at - 1) && ends(at - 1, at))
}

/// True for a symbol beyond ASCII that is no emoji and has no other work to do.
pub fn is_far_symbol(c: char) -> bool {
    !c.is_ascii()
        && (chars::is_symbol(c) || chars::is_other_punctuation(c) || chars::is_no_character(c))
        && !chars::is_quote(c)
        && !chars::is_dash(c)
        && !chars::is_terminator(c)
        && !matches!(c, '…' | '¿' | '¡' | '،' | '؛' | '\u{2800}'..='\u{28FF}')
        && !matches!(c, '\u{3000}'..='\u{301F}' | '\u{FF00}'..='\u{FF0F}')
}

/// An ASCII letter upside down, in a word with a letter that is nothing but that.
fn turned(text: &Text<'_>, wanted: &Unit, symbol: usize, at: usize) -> Option<Edge> {
    let there = text.units.get(at)?;
    let lower = CaseMapper::new().simple_fold(there.symbol);
    let &(_, letter) = internals::turned().iter().find(|(from, _)| *from == lower)?;
    let turns = |c: char| {
        !c.is_ascii() && internals::readings(c).iter().any(|reading| reading.kind == "turned")
    };
    let word = gate::word(text, at);
    let fits = is_letter_of(text, wanted.symbol, letter, there.source)
        && text.units[word].iter().any(|unit| turns(unit.source));
    let marks = align::extra_marks(&wanted.marks, &there.marks)?;
    fits.then(|| Edge { marks, ..Edge::new(symbol..symbol + 1, at..at + 1, How::Turned) })
}

/// A character that hides the letter.
fn mask(text: &Text<'_>, symbol: usize, at: usize) -> impl Iterator<Item = Edge> {
    let unit = text.units.get(at).filter(|u| hides(text, at) && u.opens && u.closes);
    let edge = Edge::new(symbol..symbol + 1, at..at + 1, How::Mask);
    unit.into_iter().map(move |_| edge.clone())
}

/// `edge` with the letters behind it that stand for the same letter as the one it consumed.
fn repeats(needle: &Needle, text: &Text<'_>, wanted: &Unit, edge: &Edge) -> Vec<Edge> {
    if edge.units.len() != 1 || edge.symbols.len() != 1 || !text.units[edge.units.start].closes {
        return Vec::new();
    }
    let mut found = Vec::new();
    for base in [Some(letter(text, edge.units.start)), cluster(text, edge)].into_iter().flatten() {
        found.extend(repeats_of(needle, text, wanted, edge, &base));
    }
    found
}

/// The letter that `edge` ends with its last vowel sign.
fn cluster(text: &Text<'_>, edge: &Edge) -> Option<Range<usize>> {
    let sign = |unit: &Unit| chars::is_mark(unit.source) && !chars::is_free_mark(unit.source);
    let end = edge.units.end;
    let last = sign(&text.units[end - 1]) && !text.units.get(end).is_some_and(sign);
    let start = text.units[..end].iter().rposition(|unit| !sign(unit))?;
    (last && gate::is_letter(&text.units[start])).then_some(start..end)
}

/// `edge` with repeats of `base`, which ends with what it consumed.
fn repeats_of(
    needle: &Needle,
    text: &Text<'_>,
    wanted: &Unit,
    edge: &Edge,
    base: &Range<usize>,
) -> Vec<Edge> {
    let again = |at: usize| again(needle, text, wanted, edge, base, at);
    let mut found = Vec::new();
    let mut separators = vec![edge.units.end];
    separators.extend(gaps(text, edge.units.end));
    for first in separators {
        let gap = symbols(text, edge.units.end..first);
        let stretched = run(text, base, &gap, again) >= 3;
        let mut longer = edge.clone();
        let mut read = Vec::new();
        while let Some(next) = step_over(text, longer.units.end, &gap)
            && let Some(there) = again(next)
        {
            longer.forms |= there.forms;
            longer.marks |= there.marks;
            longer.units.end = there.units.end;
            read.push((there.how, there.units.start));
            longer.repeats = Some(Repeats { stretched, gap: gap.clone(), read: read.clone() });
            found.push(longer.clone());
        }
    }
    found
}

/// The character at `at` as a repeat of `base`, which `edge` consumed: equal to it, or a
/// letter that stands for the wanted one too.
fn again(
    needle: &Needle,
    text: &Text<'_>,
    wanted: &Unit,
    edge: &Edge,
    base: &Range<usize>,
    at: usize,
) -> Option<Edge> {
    if !text.units.get(at)?.opens {
        return None;
    }
    let mut there = letter(text, at);
    let signs = base.len() > letter(text, base.start).len();
    if signs {
        there.end = (at + base.len()).min(text.units.len());
    }
    if symbols(text, there.clone()) == symbols(text, base.clone()) {
        let units = &text.units[there.clone()];
        let itself = edge.how == How::Itself;
        return Some(Edge {
            forms: itself && units.iter().any(|unit| align::is_form(wanted, unit)),
            marks: units.iter().any(|unit| has_extra(&wanted.marks, &unit.marks)),
            ..Edge::new(edge.symbols.clone(), there, How::Itself)
        });
    }
    let symbol = edge.symbols.start;
    let mut ways: Vec<Edge> = align::itself(text, wanted, symbol, at).into_iter().collect();
    ways.extend(readings(needle, text, symbol, at));
    if text.level >= Level::Strong {
        ways.extend(turned(text, wanted, symbol, at));
    }
    let sounds = edge.how == How::Sounds;
    let length = needle.word(symbol).map_or(0, |word| needle.length(word));
    let last = needle.is_last_letter(symbol);
    ways.retain(|way| {
        let unit = &text.units[way.units.start];
        let read = matches!(way.how, How::Leet | How::LookAlike | How::Turned);
        let ends = chars::is_terminator(unit.source) || chars::is_terminator(unit.symbol);
        let digit = read && chars::is_digit(unit.source);
        !(way.how == How::Leet && length < 3
            || length == 3 && digit && last
            || read && ends && last)
    });
    ways.retain(|way| way.symbols.len() == 1 && base.len() == 1 && way.units == there && !sounds);
    ways.into_iter().next()
}

/// The units of the character that the unit at `at` is in.
fn letter(text: &Text<'_>, at: usize) -> Range<usize> {
    let before = text.units[..=at].iter().rposition(|unit| unit.opens).unwrap_or(at);
    let behind = text.units[at..].iter().position(|unit| unit.closes).unwrap_or(0);
    before..at + behind + 1
}

/// True when there are more marks of some kind than wanted; a wanted one may be missing.
fn has_extra(wanted: &[char], there: &[char]) -> bool {
    let count = |list: &[char], mark: char| list.iter().filter(|&&m| m == mark).count();
    there
        .iter()
        .any(|&mark| count(there, mark) > count(wanted, mark) && !chars::is_emoji_modifier(mark))
}

/// The symbols of the units `range`.
pub fn symbols(text: &Text<'_>, range: Range<usize>) -> Vec<char> {
    text.units[range].iter().map(|unit| unit.symbol).collect()
}

/// The unit behind `gap` at `at`, if that gap is there.
fn step_over(text: &Text<'_>, at: usize, gap: &[char]) -> Option<usize> {
    let end = at + gap.len();
    let there = end <= text.units.len() && symbols(text, at..end) == gap;
    let fits = gap.is_empty() || there && gaps(text, at).contains(&end);
    (there && fits).then_some(end)
}

/// How many letters stand in a row around `base` that are it `again`, each behind `gap`.
fn run(
    text: &Text<'_>,
    base: &Range<usize>,
    gap: &[char],
    again: impl Fn(usize) -> Option<Edge>,
) -> usize {
    let (mut first, mut end, mut count) = (base.start, base.end, 1);
    let before = |end: usize| {
        let start = end.checked_sub(base.len()).filter(|_| base.len() > 1);
        start.or_else(|| Some(letter(text, end.checked_sub(1)?).start))
    };
    while let Some(end) = first.checked_sub(gap.len())
        && let Some(start) = before(end)
        && step_over(text, end, gap) == Some(first)
        && again(start).is_some_and(|letter| letter.units.end == end)
    {
        first = start;
        count += 1;
    }
    while let Some(next) = step_over(text, end, gap)
        && let Some(there) = again(next)
    {
        end = there.units.end;
        count += 1;
    }
    count
}

/// Two neighbouring letters in the wrong order.
fn swaps(needle: &Needle, text: &Text<'_>, symbol: usize, at: usize) -> Vec<Vec<Edge>> {
    let Some([Symbol::Unit(one), Symbol::Unit(two)]) = needle.letters_of_word(symbol..symbol + 2)
    else {
        return Vec::new();
    };
    let least = if is_abjad(one.symbol) { ABJAD } else { LONG - 1 };
    let long = needle.word(symbol).is_some_and(|word| needle.length(word) >= least);
    if text.level < Level::Strong || !long || one.symbol == two.symbol {
        return Vec::new();
    }
    let Some(first) = align::itself(text, two, symbol + 1, at) else { return Vec::new() };
    let mut from = vec![at + 1];
    from.extend(gaps(text, at + 1));
    let second = from.into_iter().filter_map(|behind| {
        let edge = align::itself(text, one, symbol, behind)?;
        let how = How::Swapped { first: false };
        Some(Edge { gap: at + 1..behind, how, ..edge })
    });
    let first = Edge { how: How::Swapped { first: true }, ..first };
    second.map(|second| vec![first.clone(), second]).collect()
}

/// A letter of a script that writes few vowels.
fn is_abjad(c: char) -> bool {
    use icu_properties::props::Script;
    matches!(chars::script(c), Script::Arabic | Script::Hebrew)
}

/// The letter is missing.
fn deletion(needle: &Needle, text: &Text<'_>, symbol: usize, unit: usize) -> Option<Edge> {
    let vowel = unit_of(&needle.symbols[symbol])
        .is_some_and(|unit| "aeiouyаеиоуыэюяαεηιουω".contains(unit.symbol));
    let abjad = unit_of(&needle.symbols[symbol]).is_some_and(|unit| is_abjad(unit.symbol));
    let least = match (abjad, vowel) {
        (true, _) => ABJAD,
        (_, true) => LONG - 1,
        _ => LONG,
    };
    let long = needle.word(symbol).is_some_and(|word| needle.length(word) >= least);
    // Words of scripts that need no boundary are other ones with a letter less.
    let other = unit_of(&needle.symbols[symbol])
        .is_some_and(|unit| chars::is_unspaced(unit.symbol) || chars::is_hangul(unit.symbol));
    let may = text.level >= Level::Strong
        && align::is_letter_at(needle, symbol)
        && long
        && !other
        && !needle.is_first_letter(symbol)
        && !needle.is_last_letter(symbol);
    may.then(|| Edge::new(symbol..symbol + 1, unit..unit, How::Deleted))
}

/// Letters written as they sound.
fn sounds(needle: &Needle, text: &Text<'_>, symbol: usize, at: usize) -> Vec<Edge> {
    let long = needle.word(symbol).is_some_and(|word| needle.length(word) >= SOUNDS);
    let mut found = Vec::new();
    for (written, meant) in internals::phonetic().iter().filter(|_| long) {
        let range = symbol..symbol + meant.chars().count();
        let Some(wanted) = needle.letters_of_word(range.clone()) else { continue };
        let wanted: Vec<&Unit> = wanted.iter().filter_map(unit_of).collect();
        let Some(units) = spelled(text, at, written) else { continue };
        let source = text.units[at].source;
        let same = wanted.iter().zip(meant.chars()).all(|(unit, letter)| {
            unit.marks.is_empty() && is_letter_of(text, unit.symbol, letter, source)
        });
        if same {
            let there = &text.units[units.clone()];
            found.push(Edge {
                forms: there.iter().any(|unit| unit.form),
                marks: there.iter().any(|unit| has_extra(&[], &unit.marks)),
                ..Edge::new(range, units, How::Sounds)
            });
        }
    }
    found
}
