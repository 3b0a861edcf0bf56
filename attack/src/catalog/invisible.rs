//! Characters that show nothing, between the letters.

use super::ops::{around, behind};
use super::{ANY, Common};
use crate::kind::Kind;
use crate::transform::{Stage, Transform};

const INVISIBLE: Common =
    Common { kinds: &[Kind::Invisible], stage: Stage::Invisible, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    INVISIBLE.with("invisible-space", "zero-width space", behind, "\u{200b}"),
    INVISIBLE.with("invisible-non-joiner", "zero-width non-joiner", behind, "\u{200c}"),
    INVISIBLE.with("invisible-joiner", "zero-width joiner", behind, "\u{200d}"),
    INVISIBLE.with("invisible-word-joiner", "word joiner", behind, "\u{2060}"),
    INVISIBLE.with("invisible-bom", "byte order mark", behind, "\u{feff}"),
    INVISIBLE.with("invisible-hyphen", "soft hyphen", behind, "\u{ad}"),
    INVISIBLE.with("invisible-grapheme-joiner", "combining grapheme joiner", behind, "\u{34f}"),
    INVISIBLE.with("invisible-mongolian", "Mongolian separators", behind, "\u{180e}\u{180b}\u{180c}\u{180d}"),
    INVISIBLE.with("invisible-selector", "variation selectors", behind, "\
        \u{fe00}\u{fe01}\u{fe02}\u{fe08}\u{fe0d}\u{fe0e}\u{fe0f}"),
    INVISIBLE.with("invisible-selector-more", "variation selectors of the other plane", behind, "\
        \u{e0100}\u{e0111}\u{e0150}\u{e01aa}\u{e01ef}"),
    INVISIBLE.with("invisible-tags", "tag characters", behind, "\u{e0001}\u{e0020}\u{e0061}\u{e0078}\u{e007f}"),
    INVISIBLE.with("invisible-filler", "Hangul fillers", behind, "\u{115f}\u{1160}\u{3164}\u{ffa0}"),
    INVISIBLE.with("invisible-bidi-mark", "direction marks", behind, "\u{200e}\u{200f}\u{61c}"),
    INVISIBLE.with("invisible-isolate", "direction isolates", around, "\u{2068}\n\u{2069}"),
    INVISIBLE.with("invisible-embedding", "direction embeddings", around, "\u{202a}\n\u{202c}"),
    INVISIBLE.with("invisible-operator", "invisible operators", behind, "\u{2061}\u{2062}\u{2063}\u{2064}"),
    INVISIBLE.with("invisible-deprecated", "deprecated controls", behind, "\
        \u{206a}\u{206b}\u{206c}\u{206d}\u{206e}\u{206f}"),
    INVISIBLE.with("invisible-rare", "invisible characters of rare scripts", behind, "\
        \u{17b4}\u{17b5}\u{1bca0}\u{1bca3}\u{1d173}\u{1d17a}"),
    INVISIBLE.with("invisible-control", "control characters", behind, "\u{1}\u{8}\u{e}\u{1f}\u{7f}\u{80}\u{9d}"),
    INVISIBLE.with("invisible-mixed", "invisible characters of all sorts", behind, "\
        \u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{fe0e}\u{e0100}\u{200e}\u{2063}\u{3164}"),
];
