//! Signals: numbers measured on the raw text.
//!
//! Over several fields counts add, ratios use the sums and maxima stay. A
//! denominator of nought gives 0.

use super::chars;
use super::units;
use super::words;
use icu_properties::props::Script;
use std::collections::BTreeSet;
use tamis::spec::model::Level;
use unicode_segmentation::UnicodeSegmentation;

/// The value of the signal `name` over `fields`; `None` when there is no such signal.
pub fn signal(name: &str, fields: &[&str]) -> Option<f64> {
    let sum = |count: fn(&str) -> usize| fields.iter().map(|f| count(f)).sum::<usize>() as f64;
    let most = |count: fn(&str) -> usize| fields.iter().map(|f| count(f)).max().unwrap_or(0) as f64;
    let ratio = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
    let non_space = || sum(|t| count(t, |c| !chars::is_space(c) && !chars::is_ignorable(c)));
    Some(match name {
        "length" => sum(|t| t.chars().count()),
        "words" => sum(|t| words::words(t).len()),
        "letters" => sum(|t| count(t, chars::is_letter)),
        "lines" => sum(lines),
        "emoji" => sum(emoji),
        "links" => sum(links),
        "mentions" => sum(|t| tags(t, '@')),
        "hashtags" => sum(|t| tags(t, '#')),
        "invisible" => sum(invisible),
        "caps_ratio" => {
            let upper = sum(|t| count(t, chars::is_upper));
            ratio(upper, upper + sum(|t| count(t, chars::is_lower)))
        }
        "digit_ratio" => ratio(sum(|t| count(t, chars::is_digit)), non_space()),
        "symbol_ratio" => ratio(
            sum(|t| {
                count(t, |c| chars::is_punctuation(c) || chars::is_symbol(c) || chars::is_emoji(c))
            }),
            non_space(),
        ),
        "unique_ratio" => unique_ratio(fields),
        "longest_run" => most(longest_run),
        "zalgo" => most(zalgo),
        "mixed_script" => sum(mixed_script),
        _ => return None,
    })
}

fn count(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|&c| is(c)).count()
}

/// Lines of an empty text are none; a last line break begins no further line.
fn lines(text: &str) -> usize {
    let breaks = super::sentence::Sentences::new(text).line_breaks();
    let open = text.chars().next_back().is_some_and(|c| !chars::is_line_break(c));
    breaks + usize::from(open)
}

/// Characters as readers see them that are emoji, or a tone of skin without one.
fn emoji(text: &str) -> usize {
    let is_emoji = |cluster: &&str| {
        cluster.chars().next().is_some_and(chars::is_emoji)
            || cluster.chars().any(chars::is_emoji_modifier)
    };
    text.graphemes(true).filter(is_emoji).count()
}

/// Runs of characters without white space in which an address begins.
fn links(text: &str) -> usize {
    text.split(chars::is_space).filter(|chunk| link_start(chunk).is_some()).count()
}

/// Where an address begins: at `://` behind an ASCII letter or digit, or at `www.` that no word
/// stands before; with something behind.
fn link_start(chunk: &str) -> Option<usize> {
    let before = |at: usize| chunk[..at].chars().next_back();
    chunk.char_indices().map(|(at, _)| at).find(|&at| {
        let rest = &chunk[at..];
        let scheme = rest.starts_with("://") && rest.len() > 3;
        let www =
            rest.get(..4).is_some_and(|www| www.eq_ignore_ascii_case("www.")) && rest.len() > 4;
        scheme && before(at).is_some_and(|c| c.is_ascii_alphanumeric())
            || www && !before(at).is_some_and(in_word)
    })
}

fn in_word(c: char) -> bool {
    chars::is_word(c) || chars::is_mark(c) && !chars::is_free_mark(c)
}

/// `@name` and `#tag`, neither in a word nor in an address; a tag has a letter among its first
/// 64 characters.
fn tags(text: &str, sign: char) -> usize {
    let in_name = |c: char| in_word(c) || c == '_';
    let begins = |chunk: &str, at: usize, c: char| {
        let mut name = chunk[at + c.len_utf8()..].chars().take_while(|&c| in_name(c)).take(64);
        chars::is_tag_sign(c)
            && units::units(&c.to_string(), Level::Fold, false)[0].symbol == sign
            && !chunk[..at].chars().next_back().is_some_and(in_name)
            && if sign == '@' { name.next().is_some() } else { name.any(chars::is_letter) }
    };
    let in_chunk = |chunk: &str| {
        let end = link_start(chunk).unwrap_or(chunk.len());
        chunk[..end].char_indices().filter(|&(at, c)| begins(chunk, at, c)).count()
    };
    text.split(chars::is_space).map(in_chunk).sum()
}

/// Words differ by their letters and marks; case, forms and apostrophes make no
/// difference.
fn unique_ratio(fields: &[&str]) -> f64 {
    let letters = |word: &str| -> Vec<(char, Vec<char>)> {
        let units = units::units(word, Level::Fold, false);
        let units = units.into_iter().filter(|u| !chars::is_apostrophe(u.source));
        let mut letters: Vec<_> = units.map(|u| (u.symbol, u.marks)).collect();
        for (_, marks) in &mut letters {
            marks.sort_unstable();
        }
        letters
    };
    let words =
        |f: &&str| -> Vec<_> { words::words(f).into_iter().map(|w| letters(&f[w])).collect() };
    let all: Vec<Vec<_>> = fields.iter().map(words).collect();
    let distinct: usize = all.iter().map(|words| words.iter().collect::<BTreeSet<_>>().len()).sum();
    let all: usize = all.iter().map(Vec::len).sum();
    if all == 0 { 0.0 } else { distinct as f64 / all as f64 }
}

fn longest_run(text: &str) -> usize {
    let mut best = 0;
    let mut run = 0;
    let mut last = None;
    for c in text.chars() {
        run = if last == Some(c) { run + 1 } else { 1 };
        last = Some(c);
        best = best.max(run);
    }
    best
}

fn zalgo(text: &str) -> usize {
    let mut best = 0;
    let mut run = 0;
    for c in text.chars().filter(|&c| !chars::is_ignorable(c)) {
        run = if chars::is_mark(c) { run + 1 } else { 0 };
        best = best.max(run);
    }
    best
}

/// Words with letters of more than one script, vowel signs included.
fn mixed_script(text: &str) -> usize {
    let is_letter = |c: char| chars::is_letter(c) || chars::is_mark(c) && !chars::is_free_mark(c);
    let scripts = |word: &str| {
        let mut seen: Vec<Script> = units::units(word, Level::Fold, false)
            .iter()
            .filter(|unit| is_letter(unit.source))
            .flat_map(|unit| {
                // A vowel sign of another script is a mark, and of that script still.
                let marks = unit.marks.iter().copied().filter(|&mark| is_letter(mark));
                marks.chain([unit.symbol]).map(chars::script).collect::<Vec<_>>()
            })
            .filter(|&s| s != Script::Common && s != Script::Inherited)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    words::words(text).into_iter().filter(|w| scripts(&text[w.clone()]) > 1).count()
}

/// Invisible characters, without the joiners and variation selectors of emoji
/// and signs.
fn invisible(text: &str) -> usize {
    let mut before = None;
    let mut found = 0;
    for c in text.chars() {
        if chars::is_ignorable(c) {
            let emoji = before.is_some_and(chars::is_emoji);
            let form = chars::is_variation_selector(c) && before.is_some_and(chars::has_forms);
            let part = c == '\u{200D}' && emoji || form;
            found += usize::from(!part);
        } else if !chars::is_mark(c) {
            before = Some(c);
        }
    }
    found
}
