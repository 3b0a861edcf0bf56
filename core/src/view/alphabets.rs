//! The alphabets that are written in Cyrillic letters, as far as their letters tell them
//! apart: a word with letters that no language writes together is a disguise.

/// By letters that not all of these alphabets have: which do, one bit each.
pub(crate) const ALPHABETS: [(&str, u8); 14] = [
    ("ыэ", RUSSIAN | BELARUSIAN | TURKIC | CAUCASIAN),
    ("ё", RUSSIAN | BELARUSIAN | TURKIC | CAUCASIAN),
    ("щ", RUSSIAN | UKRAINIAN | BULGARIAN | TURKIC | CAUCASIAN),
    ("ъ", RUSSIAN | BULGARIAN | TURKIC | CAUCASIAN),
    ("ьюяй", !(SERBIAN | MACEDONIAN)),
    ("і", UKRAINIAN | BELARUSIAN | TURKIC),
    ("їєґ", UKRAINIAN),
    ("ў", BELARUSIAN | TURKIC),
    ("јљњџ", SERBIAN | MACEDONIAN),
    ("ђћ", SERBIAN),
    ("ѕ", MACEDONIAN),
    ("әөүұқңғһ", TURKIC),
    ("ӏ", CAUCASIAN),
    // Of alphabets that are given up.
    ("ԁԍԛԝѵ", 0),
];

const RUSSIAN: u8 = 1;
const UKRAINIAN: u8 = 1 << 1;
const BELARUSIAN: u8 = 1 << 2;
const BULGARIAN: u8 = 1 << 3;
const SERBIAN: u8 = 1 << 4;
const MACEDONIAN: u8 = 1 << 5;
const TURKIC: u8 = 1 << 6;
const CAUCASIAN: u8 = 1 << 7;

/// Letters that writers in other alphabets take for their looks: without one of these no word
/// is taken for a mixture, since languages borrow from one another.
pub(crate) const ODD: &str = "ѕһӏԁԍԛԝѵ";

/// True for one of them, in either case.
pub(crate) fn is_odd(c: char) -> bool {
    matches!(c, 'ѕ' | 'Ѕ' | 'һ' | 'Һ' | 'ӏ' | 'Ӏ' | 'ѵ' | 'Ѵ')
        || matches!(c, 'ԁ' | 'Ԁ' | 'ԍ' | 'Ԍ' | 'ԛ' | 'Ԛ' | 'ԝ' | 'Ԝ')
}

/// True when no language writes all of these letters in one word.
pub(crate) fn are_mixed(symbols: impl Iterator<Item = char> + Clone) -> bool {
    let of = |symbol: char| {
        let row = ALPHABETS.iter().find(|(letters, _)| letters.contains(symbol));
        row.map_or(u8::MAX, |&(_, alphabets)| alphabets)
    };
    symbols.clone().any(|symbol| ODD.contains(symbol))
        && symbols.fold(u8::MAX, |all, symbol| all & of(symbol)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_living_languages_are_of_one_alphabet() {
        let words = "ѕвезда џезва һәм бәһа дӏа кхӏо гӏала подъезд щётка їжак ґанок ўсё ејѕа";
        for word in words.split(' ') {
            assert!(!are_mixed(word.chars()), "{word}");
        }
    }

    #[test]
    fn letters_taken_for_their_looks_are_not() {
        for word in ["ѕһіт", "ԝоге", "рӏѕѕ", "ԁагп", "һоѕт"] {
            assert!(are_mixed(word.chars()), "{word}");
        }
        assert!(ODD.chars().all(is_odd));
        assert!(ODD.chars().flat_map(char::to_uppercase).all(is_odd));
    }
}
