//! What a code point is, straight from the Unicode properties.
//!
//! The engine has tables of its own; this file must never use them. Every
//! definition is one line of POLICY.md or of the fixed definitions below:
//!
//! - *letter*: general category L or Nl, or alphabetic without being a mark
//!   (circled letters), or a symbol with one letter for its compatibility form, but no
//!   apostrophe and nothing ignorable;
//! - *mark*: M; *digit*: Nd or No;
//! - *ignorable*: `Default_Ignorable_Code_Point`, Cf, and Cc other than the
//!   white-space controls;
//! - *gap character*: white space, punctuation or a symbol that is no emoji.

use icu_normalizer::DecomposingNormalizer;
use icu_properties::props::{
    Alphabetic, CanonicalCombiningClass, DefaultIgnorableCodePoint, EmojiModifier,
    EmojiPresentation, ExtendedPictographic, GeneralCategory, GeneralCategoryGroup, Lowercase,
    RegionalIndicator, Script, Uppercase, VariationSelector, WhiteSpace,
};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData};

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn in_group(c: char, group: GeneralCategoryGroup) -> bool {
    group.contains(category(c))
}

/// The script of `c`.
pub fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// White space: the `White_Space` property, and the Braille pattern without dots.
pub fn is_space(c: char) -> bool {
    CodePointSetData::new::<WhiteSpace>().contains(c) || c == '\u{2800}'
}

/// A character a reader does not see and the engine does not either.
pub fn is_ignorable(c: char) -> bool {
    !is_space(c)
        && (CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
            || matches!(category(c), GeneralCategory::Format | GeneralCategory::Control))
}

/// A variation selector: chooses how the character before it looks.
pub fn is_variation_selector(c: char) -> bool {
    CodePointSetData::new::<VariationSelector>().contains(c)
}

/// A character that a variation selector may choose the form of: an emoji, a sign
/// or a digit. Behind a letter or a space it only hides something.
pub fn has_forms(c: char) -> bool {
    is_emoji(c) || is_digit(c) || is_punctuation(c) || is_symbol(c)
}

/// The `#` of a hashtag and the `@` of a name, in any width.
pub fn is_tag_sign(c: char) -> bool {
    matches!(c, '#' | '@' | '＃' | '＠' | '﹟' | '﹫')
}

/// The `_` that goes on with a hashtag or name, in any form.
pub fn is_low_line(c: char) -> bool {
    matches!(c, '_' | '＿' | '﹍' | '﹎' | '﹏' | '︳' | '︴')
}

/// The apostrophes, which are one character to patterns.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' | '\u{02B9}')
}

/// Stretches Arabic letters and is none itself: readers take it for a mark.
const TATWEEL: char = '\u{640}';

/// A letter, or a sign that is one in another form: `ⓚ`, `㋐`.
pub fn is_letter(c: char) -> bool {
    let alphabetic =
        || CodePointSetData::new::<Alphabetic>().contains(c) && !is_mark(c) && !is_emoji(c);
    let form = || {
        let mut written = [0; 4];
        let form = DecomposingNormalizer::new_nfkd().normalize(c.encode_utf8(&mut written));
        let mut symbols = form.chars();
        let one = symbols.next().filter(|_| symbols.next().is_none());
        one.is_some_and(|letter| in_group(letter, GeneralCategoryGroup::Letter))
    };
    let letter = in_group(c, GeneralCategoryGroup::Letter)
        || alphabetic()
        || category(c) == GeneralCategory::OtherSymbol && form();
    letter && !is_apostrophe(c) && !is_ignorable(c) && c != TATWEEL
}

/// A combining mark of any kind.
pub fn is_mark(c: char) -> bool {
    (in_group(c, GeneralCategoryGroup::Mark) || c == TATWEEL) && !is_ignorable(c)
}

/// A digit or a number form such as `²`.
pub fn is_digit(c: char) -> bool {
    matches!(category(c), GeneralCategory::DecimalNumber | GeneralCategory::OtherNumber)
}

/// A letter or a digit: what must not stand beside a whole word.
pub fn is_word(c: char) -> bool {
    is_letter(c) || is_digit(c)
}

/// A mark that a text may add to a pattern's letter: the marks of Latin, Greek
/// and Cyrillic, Arabic harakat, Hebrew points, the dots (nukta) of the scripts of India. All others (vowel signs of
/// Indic scripts, Thai marks, the voicing marks of kana) make another letter.
pub fn is_free_mark(c: char) -> bool {
    let nonspacing =
        || matches!(category(c), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark);
    let nukta =
        CodePointMapData::<CanonicalCombiningClass>::new().get(c) == CanonicalCombiningClass::Nukta;
    nukta
        || (nonspacing() || c == TATWEEL)
            && !is_ignorable(c)
            && !matches!(c, '\u{3099}' | '\u{309A}')
            && matches!(
                script(c),
                Script::Inherited
                    | Script::Common
                    | Script::Latin
                    | Script::Greek
                    | Script::Cyrillic
                    | Script::Arabic
                    | Script::Hebrew
            )
}

/// A voicing mark of kana, in either width.
pub fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | '\u{FF9E}' | '\u{FF9F}')
}

/// A pictograph, an emoji by default or a regional indicator; not the signs that
/// are text unless a variation selector says otherwise (`©`, `™`, `‼`).
pub fn is_emoji(c: char) -> bool {
    if matches!(c, '©' | '®' | '™' | '‼' | '⁉' | 'Ⓜ' | 'ℹ') {
        return false;
    }
    CodePointSetData::new::<ExtendedPictographic>().contains(c)
        || CodePointSetData::new::<EmojiPresentation>().contains(c)
        || is_regional_indicator(c)
}

/// Half of a flag.
pub fn is_regional_indicator(c: char) -> bool {
    CodePointSetData::new::<RegionalIndicator>().contains(c)
}

/// A skin tone.
pub fn is_emoji_modifier(c: char) -> bool {
    CodePointSetData::new::<EmojiModifier>().contains(c)
}

/// Punctuation (P), and apostrophes that Unicode counts among letters.
pub fn is_punctuation(c: char) -> bool {
    in_group(c, GeneralCategoryGroup::Punctuation) || is_apostrophe(c)
}

/// Punctuation (Po, Pc) that is no bracket, dash, quotation mark or comma.
pub fn is_other_punctuation(c: char) -> bool {
    matches!(category(c), GeneralCategory::OtherPunctuation | GeneralCategory::ConnectorPunctuation)
        && !matches!(c, '،' | '、' | '，' | '､' | '﹐' | '﹑' | '︐' | '︑')
}

/// A symbol (S) that is neither emoji nor, as circled letters are, a letter.
pub fn is_symbol(c: char) -> bool {
    in_group(c, GeneralCategoryGroup::Symbol) && !is_emoji(c) && !is_letter(c) && !is_space(c)
}

/// For private use, or not assigned: a box is shown.
pub fn is_no_character(c: char) -> bool {
    matches!(category(c), GeneralCategory::PrivateUse | GeneralCategory::Unassigned)
}

/// A character that a space of a pattern may stand for.
pub fn is_gap(c: char) -> bool {
    (is_space(c) || is_punctuation(c) || is_symbol(c) || is_apostrophe(c))
        && !is_word(c)
        && !is_ignorable(c)
}

/// A letter of a script that is written without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    const UNSPACED: [Script; 8] = [
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Thai,
        Script::Lao,
        Script::Khmer,
        Script::Myanmar,
        Script::Tibetan,
    ];
    let scripts = ScriptWithExtensions::new();
    (is_word(c) || is_mark(c) && !is_free_mark(c))
        && UNSPACED.iter().any(|&script| scripts.has_script(c, script))
}

/// A letter of Hangul.
pub fn is_hangul(c: char) -> bool {
    script(c) == Script::Hangul && is_letter(c)
}

/// An upper-case or title-case letter.
pub fn is_upper(c: char) -> bool {
    CodePointSetData::new::<Uppercase>().contains(c)
        || category(c) == GeneralCategory::TitlecaseLetter
}

/// A lower-case letter.
pub fn is_lower(c: char) -> bool {
    CodePointSetData::new::<Lowercase>().contains(c)
}

/// LF, VT, FF, CR, NEL, LS or PS; CR LF counts once, which callers see to.
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A character that may end a sentence.
pub fn is_terminator(c: char) -> bool {
    needs_no_space(c)
        || matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '．' | '؟' | '۔' | '।' | '॥')
}

/// A terminator that ends a sentence whatever follows.
pub fn needs_no_space(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// A closing quotation mark or bracket.
pub fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'')
        || matches!(
            category(c),
            GeneralCategory::ClosePunctuation | GeneralCategory::FinalPunctuation
        )
}

/// A dash, for exceptions, where all dashes are one: hyphens, dashes and the
/// minus sign, in any width.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

/// A quotation mark, for exceptions, where all are one: also an apostrophe, which
/// is one where it must be there, and a backtick.
pub fn is_quote(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, '"' | '`' | '«' | '»' | '‹' | '›' | '「'..='』' | '〝'..='〟' | '＂')
        || ('\u{2018}'..='\u{201F}').contains(&c)
}
