//! In which language a text seems to be written, by the words that the lexicon knows.

use crate::lexicon::Languages;

/// So many words tell in which language a text is, and so many more than those of a rule's
/// languages that it is in another one.
const CLEARLY: u16 = 2;

/// Words of a text: how many there are, and how many of them each language knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tongues {
    all: u16,
    /// A word that several languages know speaks for each of them.
    known: [u16; Languages::ALL.len()],
}

impl Tongues {
    pub(super) fn add(&mut self, languages: Languages) {
        self.all = self.all.saturating_add(1);
        for (count, (language, _)) in self.known.iter_mut().zip(Languages::ALL) {
            *count = count.saturating_add(u16::from(languages.intersects(language)));
        }
    }

    /// Takes out what [`add`](Self::add) put in.
    pub(super) fn remove(&mut self, languages: Languages) {
        self.all = self.all.saturating_sub(1);
        for (count, (language, _)) in self.known.iter_mut().zip(Languages::ALL) {
            *count = count.saturating_sub(u16::from(languages.intersects(language)));
        }
    }

    /// The languages that know most of the words, or all of these but one, if they know half of
    /// them and two at least: what the text is written in. Names tell nothing.
    pub(super) fn spoken(&self) -> Option<Languages> {
        let known = self.known.into_iter().zip(Languages::ALL.map(|(language, _)| language));
        let known = known.filter(|&(_, language)| language != Languages::NAMES);
        let most = known.clone().map(|(count, _)| count).max().filter(|&most| most >= CLEARLY)?;
        let best = known.filter(|&(count, _)| count + 1 >= most);
        let spoken = best.fold(Languages::default(), |all, (_, language)| all.union(language));
        (u32::from(most) * 2 >= u32::from(self.all)).then_some(spoken)
    }

    fn most(&self) -> u16 {
        self.known.into_iter().max().unwrap_or(0)
    }

    /// True when most words are unknown to the language that knows most of them, and at least
    /// two are.
    pub(super) fn is_unknown(&self) -> bool {
        let unknown = self.all - self.most();
        unknown >= 2 && u32::from(unknown) * 2 > u32::from(self.all)
    }

    /// True when some language knows clearly more of the words than each of `codes` does. No
    /// codes are all languages, and of one that the lexicon lacks nothing can be said.
    pub(crate) fn is_none_of(&self, codes: &[String]) -> bool {
        let known = |code: &String| {
            let code = code.split('-').next().unwrap_or_default();
            let language = Languages::parse(code)?;
            let at = Languages::ALL.iter().position(|&(known, _)| known == language)?;
            Some(self.known[at])
        };
        let Some(own) = codes.iter().map(known).collect::<Option<Vec<_>>>() else { return false };
        own.into_iter().max().is_some_and(|own| self.most() >= own.saturating_add(CLEARLY))
    }
}
