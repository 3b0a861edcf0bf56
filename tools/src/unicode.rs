//! The sources: Unicode data as the ICU4X crates carry it.

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizer;
use icu_properties::props::{
    Alphabetic, BinaryProperty, CanonicalCombiningClass, Cased, DefaultIgnorableCodePoint,
    EmojiModifier, EmojiPresentation, ExtendedPictographic, GeneralCategory, RegionalIndicator,
    Script, Uppercase, VariationSelector, WhiteSpace,
};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData};

/// Every scalar value.
pub(crate) fn scalars() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

fn has<P: BinaryProperty>(c: char) -> bool {
    CodePointSetData::new::<P>().contains(c)
}

pub(crate) fn general_category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

/// The `Script` property.
pub(crate) fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// The `Script_Extensions` property.
pub(crate) fn script_extensions(c: char) -> Vec<Script> {
    ScriptWithExtensions::new().get_script_extensions_val(c).iter().collect()
}

pub(crate) fn is_white_space(c: char) -> bool {
    has::<WhiteSpace>(c)
}

/// The dots below letters of the scripts of India.
pub(crate) fn is_nukta(c: char) -> bool {
    let class = CodePointMapData::<CanonicalCombiningClass>::new().get(c);
    class == CanonicalCombiningClass::Nukta
}

pub(crate) fn is_alphabetic(c: char) -> bool {
    has::<Alphabetic>(c)
}

pub(crate) fn is_default_ignorable(c: char) -> bool {
    has::<DefaultIgnorableCodePoint>(c)
}

pub(crate) fn is_variation_selector(c: char) -> bool {
    has::<VariationSelector>(c)
}

pub(crate) fn is_uppercase(c: char) -> bool {
    has::<Uppercase>(c)
}

pub(crate) fn is_cased(c: char) -> bool {
    has::<Cased>(c)
}

/// Shown as an emoji unless asked otherwise, or a part of one.
pub(crate) fn is_emoji_by_default(c: char) -> bool {
    has::<EmojiPresentation>(c) || has::<RegionalIndicator>(c) || has::<EmojiModifier>(c)
}

pub(crate) fn is_pictographic(c: char) -> bool {
    has::<ExtendedPictographic>(c)
}

/// Full case folding.
pub(crate) fn case_fold(text: &str) -> String {
    CaseMapper::new().fold_string(text).into_owned()
}

pub(crate) fn simple_lower(c: char) -> char {
    CaseMapper::new().simple_lowercase(c)
}

pub(crate) fn simple_upper(c: char) -> char {
    CaseMapper::new().simple_uppercase(c)
}

/// Simple lower, upper and title case.
#[cfg(test)]
pub(crate) fn simple_cases(c: char) -> [char; 3] {
    let mapper = CaseMapper::new();
    [mapper.simple_lowercase(c), mapper.simple_uppercase(c), mapper.simple_titlecase(c)]
}

/// Canonical or compatibility decomposition.
pub(crate) fn decompose(text: &str, compat: bool) -> String {
    let normalizer =
        if compat { DecomposingNormalizer::new_nfkd() } else { DecomposingNormalizer::new_nfd() };
    normalizer.normalize(text).into_owned()
}
