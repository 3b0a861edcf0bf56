//! The rules of the fold: what sequence of symbols a code point stands for.

use crate::unicode;

/// The full fold of one code point: compatibility decomposition and case
/// folding until nothing changes, without ignorables.
pub(crate) fn fold(c: char) -> Vec<char> {
    fixed_point(c, true)
}

/// The same with canonical decomposition only.
pub(crate) fn fold_exact(c: char) -> Vec<char> {
    fixed_point(c, false)
}

fn fixed_point(c: char, compat: bool) -> Vec<char> {
    let mut symbols = vec![c];
    loop {
        let next: Vec<char> = symbols.iter().flat_map(|&symbol| step(symbol, compat)).collect();
        if next == symbols {
            return symbols;
        }
        symbols = next;
    }
}

/// One round for one symbol. Symbols are mapped one by one, never as a string,
/// so that the fold of a text is the concatenation of its parts' folds.
fn step(symbol: char, compat: bool) -> Vec<char> {
    match symbol {
        // Its full folding, i with a dot above, would not meet a plain i.
        'İ' => return vec!['i'],
        // Folds to a letter iota by the standard, but as a mark it is used to deface words.
        '\u{345}' => return vec![symbol],
        _ => {}
    }
    let decomposed = unicode::decompose(&symbol.to_string(), compat);
    if decomposed.chars().nth(1).is_some() {
        return decomposed.chars().collect();
    }
    let folded = unicode::case_fold(&decomposed);
    // Case folding spells out ligatures too, which is more than case.
    if !compat && folded.chars().nth(1).is_some() && is_compat_form(symbol) {
        return vec![symbol];
    }
    folded.chars().filter(|&c| !is_dropped(c)).map(|c| initial_of_final(c).unwrap_or(c)).collect()
}

fn is_compat_form(c: char) -> bool {
    let text = c.to_string();
    unicode::decompose(&text, true) != unicode::decompose(&text, false)
}

/// Invisible, so no symbol at all. Tabs and line breaks are controls that show.
fn is_dropped(c: char) -> bool {
    use icu_properties::props::GeneralCategory as Gc;
    let control = matches!(unicode::general_category(c), Gc::Format | Gc::Control);
    unicode::is_default_ignorable(c) || control && !unicode::is_white_space(c)
}

/// Final jamo U+11A8–11C2 by the compatibility letter of the same name. Those
/// fold to an initial jamo where one exists, else to the final itself.
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// The same for the old finals.
const OLD_FINALS: [(char, char); 6] = [
    ('\u{11E2}', 'ㅱ'),
    ('\u{11E6}', 'ㅸ'),
    ('\u{11EB}', 'ㅿ'),
    ('\u{11F0}', 'ㆁ'),
    ('\u{11F4}', 'ㆄ'),
    ('\u{11F9}', 'ㆆ'),
];

/// The jamo that a final jamo is unified with.
fn initial_of_final(c: char) -> Option<char> {
    let letter = match c {
        '\u{11A8}'..='\u{11C2}' => FINALS.chars().nth(c as usize - 0x11A8)?,
        _ => OLD_FINALS.iter().find(|(jamo, _)| *jamo == c)?.1,
    };
    unicode::decompose(&letter.to_string(), true).chars().next()
}

/// What each final index of a syllable folds to; index 0, "none", is unused.
pub(crate) fn syllable_finals() -> Vec<char> {
    std::iter::once('\0')
        .chain(('\u{11A8}'..='\u{11C2}').map(|jamo| initial_of_final(jamo).unwrap_or(jamo)))
        .collect()
}
