//! The rules that give each code point its class, script and flags.

use icu_properties::props::{GeneralCategory as Gc, Script};

use crate::folding;
use crate::unicode;
use crate::view::props::{Class, Props, ScriptKind};

pub(crate) const TATWEEL: char = '\u{640}';
const BRAILLE_BLANK: char = '\u{2800}';
const APOSTROPHES: &str = "'\u{2018}\u{2019}\u{2B9}\u{2BC}\u{FF07}";
const SENTENCE_ENDS: &str = ".!?…‼⁇⁈⁉。！？｡．؟۔।॥";
const JOINERS: &str = "\u{200C}\u{200D}";

/// What the table says of `c`.
pub(crate) fn props(c: char) -> Props {
    let gc = unicode::general_category(c);
    Props::new(class(c), script_kind(c))
        .with(Props::UPPER, unicode::is_uppercase(c) || gc == Gc::TitlecaseLetter)
        .with(Props::CASED, unicode::is_cased(c))
        .with(Props::APOSTROPHE, APOSTROPHES.contains(c))
        .with(Props::SENTENCE_END, SENTENCE_ENDS.contains(c))
        .with(Props::CLOSING, is_closing(c, gc))
        .with(Props::JOINER, JOINERS.contains(c) || unicode::is_variation_selector(c))
        .with(Props::FOLDS, folding::fold(c) != [c])
}

fn is_closing(c: char, gc: Gc) -> bool {
    matches!(gc, Gc::ClosePunctuation | Gc::FinalPunctuation) || "\"'\u{FF02}\u{FF07}".contains(c)
}

/// The class; the order of the questions matters, each is asked of what is left.
pub(crate) fn class(c: char) -> Class {
    let gc = unicode::general_category(c);
    match c {
        '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::LineBreak,
        TATWEEL => Class::Mark,
        BRAILLE_BLANK => Class::Space,
        _ if unicode::is_white_space(c) => Class::Space,
        _ if unicode::is_default_ignorable(c) => Class::Ignorable,
        _ if matches!(gc, Gc::Format | Gc::Control) => Class::Ignorable,
        // Two of them are modifier letters, and still separate words.
        _ if APOSTROPHES.contains(c) => Class::Punct,
        _ if is_emoji(c, gc) => Class::Emoji,
        _ => class_by_category(c, gc),
    }
}

fn class_by_category(c: char, gc: Gc) -> Class {
    match gc {
        Gc::UppercaseLetter
        | Gc::LowercaseLetter
        | Gc::TitlecaseLetter
        | Gc::ModifierLetter
        | Gc::OtherLetter
        | Gc::LetterNumber => Class::Letter,
        // Circled and squared letters: `ⓚ`, `🅺`.
        Gc::OtherSymbol if unicode::is_alphabetic(c) => Class::Letter,
        Gc::NonspacingMark | Gc::SpacingMark | Gc::EnclosingMark if is_droppable_mark(c, gc) => {
            Class::Mark
        }
        Gc::NonspacingMark | Gc::SpacingMark => Class::VowelMark,
        Gc::DecimalNumber | Gc::OtherNumber => Class::Digit,
        Gc::ConnectorPunctuation
        | Gc::DashPunctuation
        | Gc::OpenPunctuation
        | Gc::ClosePunctuation
        | Gc::InitialPunctuation
        | Gc::FinalPunctuation
        | Gc::OtherPunctuation
        | Gc::MathSymbol
        | Gc::CurrencySymbol
        | Gc::ModifierSymbol
        | Gc::OtherSymbol => Class::Punct,
        _ => Class::Other,
    }
}

/// Emoji as readers see them. A pictograph that is a letter (`ℹ`), stands for
/// one (`Ⓜ`, `™`) or is plain text everywhere (`©`) is none.
fn is_emoji(c: char, gc: Gc) -> bool {
    unicode::is_emoji_by_default(c)
        || unicode::is_pictographic(c)
            && gc != Gc::LowercaseLetter
            && !matches!(c, '©' | '®')
            && folding::fold(c) == [c]
}

/// Scripts whose readers do without the marks: alphabets with accents, and
/// the Semitic ones, whose points are optional.
const POINTED: [Script; 16] = [
    Script::Common,
    Script::Inherited,
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Coptic,
    Script::Glagolitic,
    Script::Armenian,
    Script::Georgian,
    Script::OldPermic,
    Script::Ethiopic,
    Script::Arabic,
    Script::Hebrew,
    Script::Syriac,
    Script::Samaritan,
    Script::Mand,
];

/// Kana voicing tells か from が, and makes NFC and NFD one: never dropped.
const KANA_VOICING: [char; 2] = ['\u{3099}', '\u{309A}'];
/// Middle Korean tone marks: accents, though of category Mc and script Hangul.
const HANGUL_TONES: [char; 2] = ['\u{302E}', '\u{302F}'];

fn is_droppable_mark(c: char, gc: Gc) -> bool {
    gc == Gc::EnclosingMark
        || HANGUL_TONES.contains(&c)
        // The dots that make letters of foreign sounds: often left out, or added.
        || unicode::is_nukta(c)
        || !KANA_VOICING.contains(&c) && POINTED.contains(&unicode::script(c))
}

/// The script by `Script`, refined by `Script_Extensions` where letters and
/// marks are shared by few: `ー` and the iteration marks belong to kana.
pub(crate) fn script_kind(c: char) -> ScriptKind {
    let own = kind_of(unicode::script(c));
    if own.is_specific() || !matches!(class(c), Class::Letter | Class::Mark | Class::VowelMark) {
        return own;
    }
    let users = unicode::script_extensions(c);
    match users.as_slice() {
        [only] => kind_of(*only),
        _ if users.contains(&Script::Katakana) => ScriptKind::Katakana,
        _ => own,
    }
}

fn kind_of(script: Script) -> ScriptKind {
    match script {
        Script::Common | Script::Unknown => ScriptKind::Common,
        Script::Inherited => ScriptKind::Inherited,
        Script::Latin => ScriptKind::Latin,
        Script::Cyrillic => ScriptKind::Cyrillic,
        Script::Greek => ScriptKind::Greek,
        Script::Armenian => ScriptKind::Armenian,
        Script::Georgian => ScriptKind::Georgian,
        Script::Hebrew => ScriptKind::Hebrew,
        Script::Arabic => ScriptKind::Arabic,
        Script::Devanagari => ScriptKind::Devanagari,
        Script::Bengali => ScriptKind::Bengali,
        Script::Gurmukhi => ScriptKind::Gurmukhi,
        Script::Gujarati => ScriptKind::Gujarati,
        Script::Tamil => ScriptKind::Tamil,
        Script::Telugu => ScriptKind::Telugu,
        Script::Kannada => ScriptKind::Kannada,
        Script::Malayalam => ScriptKind::Malayalam,
        Script::Sinhala => ScriptKind::Sinhala,
        Script::Thai => ScriptKind::Thai,
        Script::Lao => ScriptKind::Lao,
        Script::Khmer => ScriptKind::Khmer,
        Script::Myanmar => ScriptKind::Myanmar,
        Script::Tibetan => ScriptKind::Tibetan,
        Script::Hangul => ScriptKind::Hangul,
        Script::Han => ScriptKind::Han,
        Script::Hiragana => ScriptKind::Hiragana,
        Script::Katakana => ScriptKind::Katakana,
        Script::Bopomofo => ScriptKind::Bopomofo,
        Script::Ethiopic => ScriptKind::Ethiopic,
        Script::Cherokee => ScriptKind::Cherokee,
        _ => ScriptKind::Other,
    }
}
