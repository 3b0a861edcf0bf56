//! Code points that matter one by one, where a property would be too wide.

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
        | '\u{FF07}'
        | '`' => Some(Sign::Quote),
        _ => None,
    }
}
