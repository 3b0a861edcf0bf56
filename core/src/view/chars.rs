//! Code points that matter one by one, where a property would be too wide.

/// Its capital is `I`, as that of `i` is.
pub(crate) const DOTLESS: char = 'ı';

/// Makes one emoji of two.
pub(crate) const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Chooses between forms of the character before it, and belongs to it.
#[inline]
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}')
}

/// A skin tone.
#[inline]
pub(crate) fn is_emoji_modifier(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Half of a flag.
#[inline]
pub(crate) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Ends a sentence without white space behind it, as East Asian text has none.
#[inline]
pub(crate) fn ends_sentence_alone(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// A conjoining jamo that is not the first of its syllable.
#[inline]
pub(crate) fn continues_syllable(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FB}')
}

/// What folding case takes from a letter; compared where case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(crate) struct Case(u8);

impl Case {
    /// True when a letter of this case may be read from `origin`, which looks like it: that
    /// has the same case, or none.
    pub(crate) fn may_be_of(self, origin: char) -> bool {
        // `İ` is read from nothing: it is no `i` where case counts.
        if self == case('İ') {
            return false;
        }
        let upper = match self.0 {
            own @ 2.. => super::table::props(SELF_CASED[usize::from(own) - 2]).is_upper(),
            own => own == 1,
        };
        let props = super::table::props(origin);
        !props.is_cased() || props.is_upper() == upper
    }
}

/// Letters that fold to what another letter of the same case folds to. Where case
/// counts they are themselves: `λόγος` is not `λόγοσ`, `Straße` not `Strasse`.
const SELF_CASED: [char; 13] = [
    'ß', 'ẞ', 'ς', 'İ', '\u{1C80}', '\u{1C81}', '\u{1C82}', '\u{1C83}', '\u{1C84}', '\u{1C85}',
    '\u{1C86}', '\u{1C87}', '\u{1C88}',
];

/// Letters that case folding makes plain, and so does their compatibility mapping:
/// where case counts they are forms.
#[inline]
pub(crate) fn is_form_by_case(c: char) -> bool {
    matches!(c, 'µ' | 'ſ' | 'ẛ' | 'ϐ' | 'ϑ' | 'ϕ' | 'ϖ' | 'ϰ' | 'ϱ' | 'ϴ' | 'ϵ')
}

/// The case of a letter written as `origin`.
pub(crate) fn case(origin: char) -> Case {
    match SELF_CASED.iter().position(|&c| c == origin) {
        Some(at) => Case(2 + at as u8),
        None => Case(u8::from(super::table::props(origin).is_upper())),
    }
}

/// Signs that exceptions take for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Dash,
    Quote,
}

/// The sign that `c` is a form of, if it is a dash or a quotation mark.
#[inline]
pub(crate) fn sign(c: char) -> Option<Sign> {
    match c {
        '-'
        | '\u{AD}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => Some(Sign::Dash),
        '"'
        | '«'
        | '»'
        | '\u{2018}'..='\u{201F}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{300C}'..='\u{300F}'
        | '\u{301D}'..='\u{301F}'
        | '\u{FF02}'
        | '\''
        | '\u{2B9}'
        | '\u{2BC}'
        | '\u{FF07}'
        | '`' => Some(Sign::Quote),
        _ => None,
    }
}

/// A voicing mark of kana, in either width. On what it makes no letter of it is a
/// mark like others.
#[inline]
pub(crate) fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}')
}

/// The kana that `base` becomes with a voicing mark, if `mark` is one and it has any.
#[inline]
pub(crate) fn voiced(base: char, mark: char) -> Option<char> {
    let half = match mark {
        '\u{3099}' => false,
        '\u{309A}' => true,
        _ => return None,
    };
    let katakana = matches!(base, 'ァ'..='ヾ');
    // The two blocks are laid out alike, 0x60 apart.
    let code = base as u32 - if katakana { 0x60 } else { 0 };
    let shift = match code {
        0x306F | 0x3072 | 0x3075 | 0x3078 | 0x307B => 1 + u32::from(half),
        _ if half => return None,
        0x304B..=0x3061 if code % 2 == 1 => 1,
        0x3064 | 0x3066 | 0x3068 | 0x309D => 1,
        0x3046 => 0x4E,
        0x308F..=0x3092 if katakana => 8,
        _ => return None,
    };
    char::from_u32(base as u32 + shift)
}

#[cfg(test)]
mod tests {
    use super::{SELF_CASED, case, is_form_by_case, voiced};
    use crate::view::table;
    use std::collections::BTreeMap;
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::compose;

    /// Fold and case tell every letter from every other, over all that Unicode has.
    #[test]
    fn case_tells_apart_what_folds_alike() {
        let letters = ('\0'..=char::MAX)
            .filter(|&c| table::props(c).is_letter() && table::props(c).is_cased())
            .filter(|&c| c == 'İ' || c.nfkd().eq([c]) && !table::fold(c).compat());
        for c in '\0'..=char::MAX {
            let form = !c.nfkd().eq(c.nfd()) && !table::fold(c).compat();
            assert_eq!(is_form_by_case(c), form && table::props(c).is_letter(), "{c}");
        }
        let mut seen = BTreeMap::new();
        for c in letters {
            let folded: String = table::fold(c).symbols().iter().collect();
            let spelled_out = folded.chars().nth(1).is_some();
            assert!(!spelled_out || SELF_CASED.contains(&c), "{c}");
            if let Some(other) = seen.insert((folded, case(c).0), c) {
                panic!("{c} {other}");
            }
        }
    }

    #[test]
    fn voicing_is_canonical_composition() {
        let mut seen = 0;
        for base in '\u{3041}'..='\u{30FF}' {
            for mark in ['\u{3099}', '\u{309A}'] {
                assert_eq!(voiced(base, mark), compose(base, mark), "{base} {mark}");
                seen += usize::from(voiced(base, mark).is_some());
            }
        }
        assert_eq!(seen, 58);
    }
}
