//! Words that are written in the letters of other scripts, as a reader of Latin letters
//! takes them: the second step behind folding.

use super::edges;
use super::seen::Seen;
use crate::view::View;
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;
use crate::view::unit::Unit;

/// The folded form of `token` with letters that only look Latin read as such, where the
/// engine would: beside Latin letters, in an impossible mix of scripts, or among Latin words
/// where the token is no word of its own. `document` is the text that the token stands in.
///
/// [`fold`](crate::fold) needs no context and keeps the letters of every script. This is the
/// second step, with the gate that patterns are matched with: ordinary Russian stays
/// Russian. Digits and signs for letters, masks and gaps are left alone.
///
/// ```
/// let text = "I һаtе mondays";
/// assert_eq!(tamis::latinize("һаtе", text), "hate");
/// // Wholly Cyrillic, but no word of Russian, among English words.
/// assert_eq!(tamis::latinize("һорѕ", "һорѕ in beer"), "hops");
/// assert_eq!(tamis::latinize("сору", "белый сору день"), "сору");
/// assert_eq!(tamis::latinize(text, text), "i hate mondays");
/// ```
pub fn latinize(token: &str, document: &str) -> String {
    let whole = View::of(document);
    let view = View::of(token);
    let seen = Seen::within(&view, &whole);
    let units = seen.units();
    let mut out = String::new();
    // What is kept is written in whole syllables.
    let mut kept = 0;
    let mut at = 0;
    while at < units.len() {
        let len = edges::code_point(units, at);
        if let Some(letters) = latin(&seen, &units[at], at) {
            out.push_str(view.written_of(kept, at));
            out.extend(letters);
            kept = at + len;
        }
        at += len;
    }
    out.push_str(view.written_of(kept, units.len()));
    out
}

/// What a reader takes the code point at `at` for, if the engine reads it so.
fn latin(seen: &Seen<'_>, unit: &Unit, at: usize) -> Option<&'static [char]> {
    if unit.symbol.is_ascii() {
        return None;
    }
    let reads = |kind| match kind {
        ReadingKind::Styled | ReadingKind::Variant => true,
        ReadingKind::LookAlike => seen.opens_gate(at, Target::Latin),
        ReadingKind::Turned | ReadingKind::Hidden | ReadingKind::Leet => false,
    };
    let mut latin = table::readings(unit.origin).filter(|r| r.target() == Target::Latin);
    Some(latin.find(|reading| reads(reading.kind()))?.symbols())
}

#[cfg(test)]
mod tests {
    use super::latinize;
    use crate::lexicon::{self, Languages};
    use crate::view::fold;

    /// Every word of Russian that the lexicon has, whatever stands around it.
    #[test]
    fn no_word_of_russian_turns_into_english() {
        let russian =
            lexicon::words().filter(|(_, entry)| entry.languages.intersects(Languages::RUSSIAN));
        let around = ["вот и", "among english words", "уоu һаvе ѕееn"];
        let mut words = 0;
        for (word, _) in russian.filter(|(word, _)| !word.is_ascii()) {
            let first = word.chars().take(1).flat_map(char::to_uppercase);
            let written = match words % 4 {
                0 => first.chain(word.chars().skip(1)).collect(),
                1 => word.to_uppercase(),
                _ => word.clone(),
            };
            let text = format!("{} {written}", around[words % 3]);
            assert_eq!(latinize(&written, &text), fold(&word), "{text}");
            words += 1;
        }
        assert!(words > 10_000, "only {words}");
    }

    #[test]
    fn a_text_of_look_alikes_is_read_as_one() {
        let text = "уоu һаvе а big роКе in ту hаnd";
        let read: Vec<String> = text.split(' ').map(|word| latinize(word, text)).collect();
        assert_eq!(read.join(" "), "you have a big poke in ty hand");
    }
}
