//! The letters that most of the world's alphabets write words with, and what the census
//! has to know of each: one look-up instead of several.

use super::paths::is_own;
use super::symbols;
use crate::spec::model::Level;
use crate::view::alphabets;
use crate::view::props::{Class, ScriptKind};
use crate::view::reading::ReadingKind;
use crate::view::table;

/// Code points up to the end of Cyrillic.
const END: usize = 0x530;

/// By code point; see [`Letter`].
#[derive(Debug)]
pub(super) struct Letters(Box<[u32; END]>);

/// A letter that folds to one symbol and is nothing but itself, unless scripts mix; or what
/// some of them are together, their symbol aside.
#[derive(Clone, Copy, Default)]
pub(super) struct Letter(u32);

const LOOKS: u32 = 1 << 21;
const UPPER: u32 = 1 << 22;
const LOWER: u32 = 1 << 23;
const SCRIPT: u32 = 24;

impl Default for Letters {
    fn default() -> Self {
        Self(Box::new([0; END]))
    }
}

impl Letters {
    pub(super) fn new(level: Level) -> Self {
        let mut this = Self::default();
        for (code, entry) in this.0.iter_mut().enumerate() {
            *entry = char::from_u32(code as u32).and_then(|c| entry_of(c, level)).unwrap_or(0);
        }
        this
    }

    /// The letter of a code point.
    #[inline(always)]
    pub(super) fn get(&self, code: u32) -> Option<Letter> {
        let &entry = self.0.get(code as usize)?;
        (entry != 0).then_some(Letter(entry))
    }
}

impl Letter {
    #[inline(always)]
    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline(always)]
    pub(super) fn symbol(self) -> char {
        char::from_u32(self.0 & (LOOKS - 1)).unwrap_or_default()
    }

    /// It looks like letters of other scripts.
    #[inline(always)]
    pub(super) fn looks(self) -> bool {
        self.0 & LOOKS != 0
    }

    #[inline(always)]
    pub(super) fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    #[inline(always)]
    pub(super) fn is_lower(self) -> bool {
        self.0 & LOWER != 0
    }

    /// See [`script`].
    #[inline(always)]
    pub(super) fn script(self) -> u8 {
        (self.0 >> SCRIPT) as u8
    }
}

/// The bit of Latin letters among scripts.
pub(super) const LATIN: u8 = 1;

/// Those of Latin, Cyrillic and Greek.
pub(super) const ALPHABETS: u8 = 7;

/// One bit for each of the scripts that are told apart: Latin, Cyrillic, Greek, others.
pub(super) fn script(script: ScriptKind) -> u8 {
    match script {
        ScriptKind::Latin => LATIN,
        ScriptKind::Cyrillic => 2,
        ScriptKind::Greek => 4,
        _ => 8,
    }
}

fn entry_of(c: char, level: Level) -> Option<u32> {
    let props = table::props(c);
    if props.class() != Class::Letter || matches!(c, 'I' | 'l') || props.script().is_unspaced() {
        return None;
    }
    let mut symbol = None;
    let mut count = 0;
    symbols::each(c, |each| {
        symbol = Some(each);
        count += 1;
        true
    });
    let odd = level >= Level::Fold
        && !c.is_ascii()
        && table::readings(c).any(|reading| match reading.kind() {
            ReadingKind::LookAlike => is_own(c, reading),
            ReadingKind::Styled | ReadingKind::Variant => true,
            ReadingKind::Leet => level >= Level::Standard,
            ReadingKind::Turned | ReadingKind::Hidden => false,
        });
    if count != 1 || odd {
        return None;
    }
    // Some open the gate by themselves.
    if alphabets::is_odd(c) {
        return None;
    }
    let looks = level >= Level::Fold
        && table::readings(c).any(|reading| reading.kind() == ReadingKind::LookAlike);
    let flag = |on: bool, flag: u32| if on { flag } else { 0 };
    Some(
        symbol? as u32
            | flag(looks, LOOKS)
            | flag(props.is_upper(), UPPER)
            | flag(props.is_cased() && !props.is_upper(), LOWER)
            | u32::from(script(props.script())) << SCRIPT,
    )
}
