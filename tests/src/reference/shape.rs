//! What must hold of a finished alignment, and what it costs: `docs/evasion.md`,
//! "Masks", "Separators", "Leet conditions", "Strong edges".

use super::align::{self, Edge, How, Text};
use super::boundary::continues_word;
use super::chars;
use super::cost::{self, Event, Kind, KindSet};
use super::find;
use super::needle::{Needle, Variant, is_letter};
use super::pattern::Symbol;
use super::relax;
use icu_properties::props::Script;
use std::ops::Range;
use tamis::internals;
use tamis::spec::model::Level;

/// The longest gap that is not uniform, in units.
const IRREGULAR_GAP: usize = 8;
/// The longest gap of different signs that others mirror, in units.
const MIRRORED_GAP: usize = 3;
/// Words of so many letters at most have a slip and nothing else.
const SLIP_ALONE: usize = 5;

/// How a word of the pattern is spread out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// No gaps.
    Closed,
    /// The same gap between all letters.
    SpelledOut,
    /// The same character between some letters.
    Tight,
    /// Other gaps.
    Irregular,
}

/// The first symbol that `edges` have not consumed.
pub fn next_symbol(edges: &[Edge]) -> usize {
    edges.iter().map(|edge| edge.symbols.end).max().unwrap_or(0)
}

/// What `edges` undid and what that costs, if it is something that people do.
pub fn judge(needle: &Needle, text: &Text<'_>, edges: &[Edge]) -> Option<(KindSet, u32)> {
    let words: Vec<Spread> = (0..needle.words.len())
        .map(|word| spread(needle, text, edges, word))
        .collect::<Option<_>>()?;
    let fits = (0..words.len()).all(|word| {
        masks_hold(needle, text, edges, word)
            && repeats_hold(needle, text, edges, word, words[word])
            && digits_hold(needle, text, edges, word)
            && stands_alone(needle, text, edges, word, words[word])
            && end_holds(needle, text, edges, word)
    });
    if !fits || !leet_holds(text, edges) || !deletion_holds(edges) {
        return None;
    }
    let events = events(needle, text, edges, Some(&words));
    let kinds: KindSet = events.iter().map(|event| event.kind).collect();
    let strong = [Kind::Deletion, Kind::Swap, Kind::Phonetic, Kind::Irregular, Kind::Reversed];
    if strong.iter().filter(|kind| kinds.contains(kind)).count() > 1 {
        return None;
    }
    // A slip in a short word is believed only when it is the one disguise.
    let slips = [Kind::Deletion, Kind::Swap];
    let beside = [Kind::Forms, Kind::Marks, Kind::Invisible, Kind::Hidden, Kind::Decoded];
    if needle.longest <= SLIP_ALONE
        && slips.iter().any(|slip| kinds.contains(slip))
        && !kinds.iter().all(|kind| slips.contains(kind) || beside.contains(kind))
    {
        return None;
    }
    // Nor is a sound believed beside letters that are not there.
    if needle.longest <= SLIP_ALONE
        && kinds.contains(&Kind::Phonetic)
        && (kinds.contains(&Kind::Masks) || words.contains(&Spread::Tight))
    {
        return None;
    }
    Some((kinds, cost::total(&events, |unit| in_token(text, unit))))
}

/// False when no way to go on from `edges` can be accepted.
pub fn may_lead_on(needle: &Needle, text: &Text<'_>, edges: &[Edge]) -> bool {
    let once = |is: fn(&Edge) -> bool| edges.iter().filter(|edge| is(edge)).count() <= 1;
    let events = events(needle, text, edges, None);
    let cost = cost::total(&events, |unit| in_token(text, unit));
    once(|edge| edge.how == How::Deleted)
        && once(|edge| edge.how == How::Swapped { first: true })
        && cost <= cost::highest(text.level, needle.longest)
        && (0..needle.words.len()).all(|word| {
            let places = places(needle, text, edges, word);
            places.iter().all(Range::is_empty)
                || spread_of(needle, text, &places, word, false).is_some()
        })
}

/// The gaps between the letters of a word, the empty ones included.
///
/// There is a place between each two letters that stand beside each other in the
/// pattern word, missing letters and apostrophes aside.
pub fn places(needle: &Needle, text: &Text<'_>, edges: &[Edge], word: usize) -> Vec<Range<usize>> {
    let there: Vec<&Edge> = edges.iter().filter(|edge| !edge.is_missing()).collect();
    let letter = |edge: &Edge| {
        needle.words[word].contains(&edge.symbols.start)
            && align::is_letter_at(needle, edge.symbols.start)
    };
    // A vowel sign, and what is inside a syllable, belongs to the letter before it.
    let attached = |edge: &Edge| {
        let units = || edge.units.clone();
        edge.gap.is_empty()
            && text.units[units()].first().is_some_and(|u| !u.opens || chars::is_mark(u.source))
    };
    let pairs =
        there.windows(2).filter(|pair| letter(pair[0]) && letter(pair[1]) && !attached(pair[1]));
    pairs.map(|pair| pair[1].gap.clone()).collect()
}

/// How the word is spread out; `None` when nobody writes like that.
pub fn spread(needle: &Needle, text: &Text<'_>, edges: &[Edge], word: usize) -> Option<Spread> {
    let places = places(needle, text, edges, word);
    // Between repeats there are places too.
    let repeats = letters(needle, edges, word).filter_map(|edge| edge.repeats.as_ref());
    let more = repeats.filter(|repeats| !repeats.gap.is_empty()).count();
    spread_of(needle, text, &places, word, more == 0)
}

/// `complete` when the word has no places beyond these.
fn spread_of(
    needle: &Needle,
    text: &Text<'_>,
    places: &[Range<usize>],
    word: usize,
    complete: bool,
) -> Option<Spread> {
    let gaps: Vec<Vec<char>> = places
        .iter()
        .filter(|place| !place.is_empty())
        .map(|place| relax::symbols(text, place.clone()))
        .collect();
    let Some(first) = gaps.first() else { return Some(Spread::Closed) };
    let length = needle.length(word);
    let equal = gaps.iter().all(|gap| gap == first);
    let mirror: Vec<char> = first.iter().rev().map(|&c| internals::mirrored(c)).collect();
    let paired = gaps.iter().all(|gap| gap == first || *gap == mirror);
    // One gap spells nothing out.
    let everywhere = gaps.len() == places.len() && (gaps.len() >= 2 || !complete);
    if equal && everywhere && length >= 3 {
        return Some(Spread::SpelledOut);
    }
    let run = first.iter().all(|c| *c == first[0]) || first.iter().all(|c| chars::is_digit(*c));
    // It faces itself, or the gap that mirrors the first may still come.
    let faced = (!equal || !complete || *first == mirror) && first.len() <= MIRRORED_GAP;
    if paired && (run || faced) && !first.iter().any(|&c| chars::is_space(c)) && length >= 4 {
        return Some(Spread::Tight);
    }
    if equal && length >= 2 && is_dense(needle, word) && parts_dense(text, places) {
        return Some(Spread::Tight);
    }
    let short = gaps.iter().all(|gap| gap.len() <= IRREGULAR_GAP);
    (text.level >= Level::Strong && length >= 4 && short).then_some(Spread::Irregular)
}

/// True when two letters of the script make a word.
fn is_dense(needle: &Needle, word: usize) -> bool {
    let dense = |c| matches!(chars::script(c), Script::Han | Script::Hiragana | Script::Katakana);
    needle.symbols[needle.words[word].clone()]
        .iter()
        .filter(|s| is_letter(s))
        .all(|symbol| matches!(symbol, Symbol::Unit(unit) if dense(unit.symbol)))
}

/// True when the first gap is one sign, or two equal ones, that hide letters elsewhere.
fn parts_dense(text: &Text<'_>, places: &[Range<usize>]) -> bool {
    let Some(gap) = places.iter().find(|place| !place.is_empty()) else { return false };
    let first = text.units[gap.start].symbol;
    gap.len() <= 2
        && relax::symbols(text, gap.clone()).iter().all(|&c| c == first)
        && !matches!(first, '!' | '?')
        && relax::hides(text, gap.start)
}

/// The letters of a word and how each was consumed.
fn letters<'e>(
    needle: &'e Needle,
    edges: &'e [Edge],
    word: usize,
) -> impl Iterator<Item = &'e Edge> {
    edges.iter().filter(move |edge| {
        needle.words[word].contains(&edge.symbols.start)
            && align::is_letter_at(needle, edge.symbols.start)
    })
}

fn masks_hold(needle: &Needle, text: &Text<'_>, edges: &[Edge], word: usize) -> bool {
    let length = needle.length(word);
    let is_mask = |edge: &Edge| edge.how == How::Mask;
    let letters: Vec<&Edge> = letters(needle, edges, word).collect();
    let masks: Vec<&Edge> = letters.iter().copied().filter(|edge| is_mask(edge)).collect();
    let count = |is: &dyn Fn(&Edge) -> bool| -> usize {
        letters.iter().filter(|edge| is(edge)).map(|edge| edge.symbols.len()).sum()
    };
    // Two letters that are letters tell the word; `5*x` is not `six`.
    let shown = count(&|edge| is_shown(text, edge));
    let sign = |edge: &Edge| text.units[edge.units.start].symbol;
    let star = |edge: &&Edge| sign(edge) == '*';
    let (first, last) = (letters.first(), letters.last());
    masks.is_empty()
        || length >= 3
            && !first.is_some_and(|edge| is_mask(edge))
            && shown >= 2
            && (masks.len() <= shown || !last.is_some_and(|edge| is_mask(edge)))
            && (length > 3 || masks.len() == 1 && masks.iter().all(star))
            && gaps_hide_nothing(needle, text, edges, word, &masks)
            && masks_are_signs(text, edges, &letters)
}

/// A word with masks has gaps only where it is spelled out, and what masks stands in none.
fn gaps_hide_nothing(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    word: usize,
    masks: &[&Edge],
) -> bool {
    let sign = |at: usize| text.units[at].symbol;
    let masks: Vec<char> = masks.iter().map(|edge| sign(edge.units.start)).collect();
    let gaps: Vec<Range<usize>> =
        places(needle, text, edges, word).into_iter().filter(|place| !place.is_empty()).collect();
    gaps.is_empty()
        || spread(needle, text, edges, word) == Some(Spread::SpelledOut)
            && gaps.into_iter().flatten().all(|at| !masks.contains(&sign(at)))
}

/// A sign behind a mask, or in a row, masks only if it is one that is used like that;
/// and nothing goes on behind such a sign, as it does beside `A*S` in `M*A*S*H`.
fn masks_are_signs(text: &Text<'_>, edges: &[Edge], letters: &[&Edge]) -> bool {
    let is_mask = |edge: &Edge| edge.how == How::Mask;
    let sign = |edge: &Edge| text.units[edge.units.start].symbol;
    let runs = |c: char| internals::run_masks().contains(c);
    let there: Vec<&Edge> = edges.iter().filter(|edge| !edge.is_missing()).collect();
    let directly = |pair: &[&Edge]| pair[0].units.end == pair[1].units.start;
    // An apostrophe between hides nothing.
    let consumed: Vec<&Edge> =
        there.iter().copied().filter(|edge| edge.how != How::Apostrophe).collect();
    let pairs = consumed.windows(2).all(|pair| {
        !is_mask(pair[0])
            || !is_mask(pair[1])
            || runs(sign(pair[1]))
            || chars::is_emoji(sign(pair[1])) && sign(pair[0]) == sign(pair[1]) && directly(pair)
            || relax::is_far_symbol(sign(pair[1]))
            || relax::odd_one_out(text, pair[1].units.start)
    });
    // Of equal signs side by side all hide letters, or none does.
    let is_letter = |edge: &Edge| letters.iter().any(|letter| letter.symbols == edge.symbols);
    let alike = |pair: &[&Edge]| {
        let differ = is_mask(pair[0]) != is_mask(pair[1]);
        differ
            && (is_mask(pair[1]) || is_letter(pair[1]))
            && pair[0].units.end == pair[1].units.start
            && text.units[pair[0].units.end - 1].symbol == sign(pair[1])
    };
    let pairs = pairs && !there.windows(2).any(alike);
    let masks: Vec<&Edge> = letters.iter().copied().filter(|edge| is_mask(edge)).collect();
    let rows = masks.iter().all(|edge| relax::may_hide(text, edge.units.start));
    let goes_on = |beside: Option<usize>, behind: Option<usize>| {
        let unit = |at: Option<usize>| at.and_then(|at| text.units.get(at));
        let hides = |at: usize| {
            let c = text.units.get(at).map_or(' ', |unit| unit.symbol);
            relax::hides(text, at) && !chars::is_emoji(c) && !internals::joining_masks().contains(c)
        };
        beside.is_some_and(hides) && unit(behind).is_some_and(continues_word)
    };
    let start = letters.iter().map(|edge| edge.units.start).min().unwrap_or(0);
    let end = letters.iter().map(|edge| edge.units.end).max().unwrap_or(0);
    pairs
        && rows
        && !goes_on(start.checked_sub(1), start.checked_sub(2))
        && !goes_on(Some(end), Some(end + 1))
}

/// What ends sentences is no last letter of a word, neither as a mask nor as itself.
fn end_holds(needle: &Needle, text: &Text<'_>, edges: &[Edge], word: usize) -> bool {
    let silent = |edge: &Edge| matches!(edge.how, How::Deleted | How::Apostrophe);
    let there: Vec<&Edge> = edges.iter().filter(|edge| !silent(edge)).collect();
    // In `**he**` they are emphasis.
    let start = letters(needle, edges, word).map(|edge| edge.units.start).min();
    let before_word = start.and_then(|start| start.checked_sub(1)).map(|at| text.units[at].symbol);
    there.iter().enumerate().all(|(at, edge)| {
        let letter_of = |edge: &Edge| {
            needle.words[word].contains(&edge.symbols.start)
                && align::is_letter_at(needle, edge.symbols.start)
        };
        let last = letter_of(edge) && !there.get(at + 1).is_some_and(|next| letter_of(next));
        let fits = |(how, at): (How, usize)| match how {
            How::Mask => text.units.get(at).is_some_and(|u| {
                let ends = internals::end_masks().contains(u.symbol);
                (ends || relax::is_far_symbol(u.symbol)) && before_word != Some(u.symbol)
            }),
            How::Leet | How::LookAlike | How::Turned => !text
                .units
                .get(at)
                .is_some_and(|u| chars::is_terminator(u.source) || chars::is_terminator(u.symbol)),
            _ => true,
        };
        !last || hows(edge).all(fits)
    })
}

/// True when a letter of the text stands for the letter.
fn is_shown(text: &Text<'_>, edge: &Edge) -> bool {
    match edge.how {
        How::Styled | How::Variant | How::Swapped { .. } | How::Sounds => true,
        How::Itself | How::LookAlike | How::Turned => !is_sign(text, edge),
        _ => false,
    }
}

fn is_sign(text: &Text<'_>, edge: &Edge) -> bool {
    let c = text.units[edge.units.start].source;
    !chars::is_letter(c) && !chars::is_mark(c)
}

/// Repeats with gaps between them stand in a word spelled out with that gap.
fn repeats_hold(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    word: usize,
    spread: Spread,
) -> bool {
    let gap = places(needle, text, edges, word).into_iter().find(|place| !place.is_empty());
    let gap = gap.map(|place| relax::symbols(text, place));
    letters(needle, edges, word).filter_map(|edge| edge.repeats.as_ref()).all(|repeats| {
        repeats.gap.is_empty() || spread == Spread::SpelledOut && gap.as_ref() == Some(&repeats.gap)
    })
}

/// How the letter and its repeats were read, and where.
fn hows(edge: &Edge) -> impl Iterator<Item = (How, usize)> {
    let repeats = edge.repeats.iter().flat_map(|repeats| repeats.read.iter().cloned());
    std::iter::once((edge.how.clone(), edge.units.start)).chain(repeats)
}

/// How many digits were read as letters.
fn digits_read(text: &Text<'_>, edge: &Edge) -> usize {
    let digit = |&(ref how, at): &(How, usize)| {
        matches!(how, How::Leet | How::LookAlike | How::Turned)
            && chars::is_digit(text.units[at].source)
    };
    hows(edge).filter(digit).count()
}

/// A word of three letters has at most one digit in place of a letter, and not as its
/// last, a shorter one nothing of the kind. A word with gaps has no more digits than
/// letters.
fn digits_hold(needle: &Needle, text: &Text<'_>, edges: &[Edge], word: usize) -> bool {
    let letters: Vec<&Edge> = letters(needle, edges, word).collect();
    let digits: usize = letters.iter().map(|edge| digits_read(text, edge)).sum();
    let shown = letters.iter().filter(|edge| is_shown(text, edge)).count();
    let gaps = places(needle, text, edges, word).iter().any(|place| !place.is_empty());
    let fits = match needle.length(word) {
        0..=2 => !letters
            .iter()
            .flat_map(|edge| hows(edge))
            .any(|(how, _)| matches!(how, How::Leet | How::Glyph)),
        3 => digits <= 1 && letters.last().is_none_or(|edge| digits_read(text, edge) == 0),
        _ => true,
    };
    fits && (!gaps || digits <= shown)
}

/// Beside a missing letter stands neither a gap, nor a repeat, nor a mask.
fn deletion_holds(edges: &[Edge]) -> bool {
    edges.iter().enumerate().filter(|(_, edge)| edge.how == How::Deleted).all(|(at, _)| {
        let before = at.checked_sub(1).map(|at| &edges[at]);
        let behind = edges.get(at + 1);
        before.is_none_or(|edge| edge.repeats.is_none() && edge.how != How::Mask)
            && behind.is_none_or(|edge| {
                edge.gap.is_empty() && edge.repeats.is_none() && edge.how != How::Mask
            })
    })
}

/// A word of three letters that is spelled out is not part of a longer one.
fn stands_alone(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    word: usize,
    spread: Spread,
) -> bool {
    if spread != Spread::SpelledOut || needle.length(word) > 3 {
        return true;
    }
    let (units, gap) = spelled_out(needle, text, edges, word);
    let first = needle.words[word].start == 0;
    let last = needle.words[word].end == needle.symbols.len();
    let before = first && letter_before(text, units.start, &gap).is_some();
    let behind = last && letter_behind(text, units.end, &gap).is_some();
    !before && !behind
}

/// The units of a word that is spelled out, and its gap.
pub fn spelled_out(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    word: usize,
) -> (Range<usize>, Vec<char>) {
    let gap = places(needle, text, edges, word).into_iter().find(|place| !place.is_empty());
    let gap = relax::symbols(text, gap.unwrap_or_default());
    let start = letters(needle, edges, word).map(|edge| edge.units.start).min().unwrap_or(0);
    let end = letters(needle, edges, word).map(|edge| edge.units.end).max().unwrap_or(0);
    (start..end, gap)
}

/// The single letter that stands before `start`, with `gap` between.
pub fn letter_before(text: &Text<'_>, start: usize, gap: &[char]) -> Option<usize> {
    let at = start.checked_sub(gap.len() + 1)?;
    let same = relax::symbols(text, at + 1..start) == gap;
    (same && is_single_letter(text, at)).then_some(at)
}

/// The single letter that stands behind `end`, with `gap` between.
pub fn letter_behind(text: &Text<'_>, end: usize, gap: &[char]) -> Option<usize> {
    let at = end + gap.len();
    let same = at < text.units.len() && relax::symbols(text, end..at) == gap;
    (same && is_single_letter(text, at)).then_some(at)
}

fn is_single_letter(text: &Text<'_>, at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| text.units.get(at)).is_some_and(continues_word);
    // An apostrophe between letters joins them.
    let quote = |at: Option<usize>| {
        at.and_then(|at| text.units.get(at)).is_some_and(|unit| chars::is_apostrophe(unit.source))
    };
    let letter = |at: Option<usize>| {
        word(at) && at.is_some_and(|at| !chars::is_digit(text.units[at].source))
    };
    let joined = quote(at.checked_sub(1)) && letter(at.checked_sub(2))
        || quote(Some(at + 1)) && letter(Some(at + 2));
    chars::is_letter(text.units[at].source)
        && !word(at.checked_sub(1))
        && !word(Some(at + 1))
        && !joined
}

/// Digits and symbols alone make no word, unless they draw three letters at least.
fn leet_holds(text: &Text<'_>, edges: &[Edge]) -> bool {
    let read = |edge: &Edge| match edge.how {
        How::Leet | How::Glyph => true,
        How::LookAlike => is_sign(text, edge),
        _ => false,
    };
    let drawn: usize = edges
        .iter()
        .filter(|edge| read(edge) || matches!(edge.how, How::Mask | How::Turned))
        .map(|edge| edge.symbols.len())
        .sum();
    !edges.iter().any(read)
        || edges.iter().any(|edge| is_shown(text, edge))
        || drawn >= 3 && edges.iter().all(|edge| digits_read(text, edge) == 0)
}

/// Everything that was undone, in the order of the text. Without `words` the
/// gaps are left out: they are known only at the end.
fn events(
    needle: &Needle,
    text: &Text<'_>,
    edges: &[Edge],
    words: Option<&[Spread]>,
) -> Vec<Event> {
    let mut events = Vec::new();
    let start = edges.iter().find(|e| !e.units.is_empty()).map_or(0, |e| e.units.start);
    match needle.variant {
        Variant::Plain => {}
        Variant::Joined => events.push(Event::new(Kind::Joined, start)),
        Variant::Reversed => events.push(Event::new(Kind::Reversed, start)),
    }
    let mut spelled_out = Vec::new();
    let (mut gaps, mut masks) = (vec![0; needle.words.len()], vec![0; needle.words.len()]);
    let mut before = None;
    for edge in edges {
        let word = needle.word(edge.symbols.start);
        if let (Some(words), Some(word)) = (words, word)
            && !edge.gap.is_empty()
        {
            match words[word] {
                Spread::SpelledOut if !spelled_out.contains(&word) => {
                    spelled_out.push(word);
                    events.push(Event::new(Kind::Separators, edge.gap.start));
                }
                Spread::SpelledOut | Spread::Closed => {}
                Spread::Tight => events.push(Event::tight(edge.gap.start)),
                Spread::Irregular => {
                    let gaps = &mut gaps[word];
                    events.push(Event::new(Kind::Irregular, edge.gap.start).after(*gaps));
                    *gaps += 1;
                }
            }
        }
        let at = edge.units.start.min(text.units.len().saturating_sub(1));
        for kind in kinds(text, edge, before) {
            let mut event = Event::new(kind, at);
            if kind == Kind::Masks {
                let masks = &mut masks[word.unwrap_or(0)];
                event = event.after(*masks);
                *masks += 1;
            }
            events.push(event);
        }
        if let Some(repeats) = &edge.repeats {
            events.push(Event::repeats(repeats.stretched, at));
        }
        if !edge.units.is_empty() {
            before = Some(edge.units.end);
        }
    }
    events
}

/// What one edge undid, repeats and gaps aside; `before` is where the consumed
/// units before it end.
fn kinds(text: &Text<'_>, edge: &Edge, before: Option<usize>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let mut add = |holds: bool, kind| {
        if holds {
            kinds.push(kind);
        }
    };
    let how = |how: How| hows(edge).any(|(each, _)| each == how);
    add(edge.forms || how(How::Styled), Kind::Forms);
    add(edge.marks || how(How::Variant), Kind::Marks);
    add(how(How::LookAlike), Kind::LookAlike);
    add(how(How::Leet) || how(How::Glyph), Kind::Leet);
    add(how(How::Turned), Kind::Turned);
    add(edge.how == How::Mask, Kind::Masks);
    add(edge.how == How::Deleted, Kind::Deletion);
    add(edge.how == How::Swapped { first: true }, Kind::Swap);
    add(edge.how == How::Sounds, Kind::Phonetic);
    if edge.units.is_empty() {
        return kinds;
    }
    let from = match before {
        Some(before) => find::content_end(text, 0..before),
        None => text.units[edge.units.start].start,
    };
    let reach = from..find::content_end(text, 0..edge.units.end);
    let chars: Vec<_> = text.view.chars(reach.clone()).collect();
    let after_markup = chars.iter().skip(usize::from(before.is_none())).any(|c| c.after_markup);
    if text.invisible.iter().any(|at| reach.contains(at)) {
        kinds.push(Kind::Invisible);
    }
    if chars.iter().any(|char| char.hidden) {
        kinds.push(Kind::Hidden);
    }
    if chars.iter().any(|char| char.wrapped) || after_markup {
        kinds.push(Kind::Decoded);
    }
    kinds
}

fn in_token(text: &Text<'_>, unit: usize) -> bool {
    text.tokens.iter().any(|token| token.contains(&unit))
}
