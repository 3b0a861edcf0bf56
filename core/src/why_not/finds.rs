//! What the groups of a rule found, and what removed it again.

use super::{Asker, Cause, Find, GroupFinds, Reason, Removed, words};
use crate::engine::Closer;
use crate::lexicon;
use crate::report::EvasionReport;
use crate::verdict::{Kinds, Match, Suppressor};

impl Asker<'_> {
    pub(super) fn groups(self, seen: &Closer) -> Vec<GroupFinds> {
        let groups = self.ruleset.inner().tables.logic[self.rule.index()].group_ids();
        let finds = |group| {
            let own = seen.matches.iter().filter(move |m| m.group == group);
            own.map(|m| self.find(m)).collect()
        };
        groups
            .map(|group| GroupFinds {
                group: self.ruleset.group_name(group).to_owned(),
                matches: finds(group),
            })
            .collect()
    }

    pub(super) fn find(self, found: &Match) -> Find {
        let text = self.ruleset.field_text(self.input, found.field);
        let at = |byte: u32| self.offsets.length(&text[..byte as usize]);
        Find {
            group: self.ruleset.group_name(found.group).to_owned(),
            pattern: self.ruleset.pattern_text(found.pattern).to_owned(),
            field: self.ruleset.field_name(found.field).to_owned(),
            start: at(found.raw.start),
            end: at(found.raw.end),
            text: text[found.raw.range()].to_owned(),
            evasion: EvasionReport {
                cost: f64::from(found.cost) / 10.0,
                kinds: found.kinds.names().collect(),
            },
            removed: found.suppressed_by.map(|by| self.what_removed(found, by)),
            in_field: self.ruleset.fields().len() > 1,
        }
    }

    fn what_removed(self, found: &Match, by: Suppressor) -> Removed {
        match by {
            Suppressor::Exception(except) => {
                let origin = self.ruleset.inner().origin.as_ref();
                let place = origin.and_then(|o| o.except_places.get(except.index()).copied());
                Removed::Exception {
                    exception: self.ruleset.exception_text(except).to_owned(),
                    place: place.and_then(|place| self.place(place)),
                }
            }
            Suppressor::Veto => Removed::Veto { because: self.veto(found) },
        }
    }

    /// Which of the grounds for a veto it was (`docs/evasion.md`, "Veto").
    fn veto(self, found: &Match) -> String {
        let text = &self.ruleset.field_text(self.input, found.field)[found.raw.range()];
        let folded = crate::view::fold(text);
        let parts: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let known = |part: &&str| part.chars().count() > 1 && lexicon::is_word(part.chars());
        let longer = parts.iter().any(|part| part.chars().count() > 1);
        let fragments = parts.iter().all(|part| part.chars().count() == 1 || known(part));
        if parts.iter().all(known) {
            let what = if parts.len() == 1 { "an ordinary word" } else { "ordinary words" };
            return format!("as it stands it is {what}");
        }
        if Kinds::IRREGULAR.is_subset(found.kinds) && longer && fragments {
            return "its parts are ordinary words".to_owned();
        }
        if Kinds::SEPARATORS.is_subset(found.kinds) {
            return "it is a part of an ordinary word that is spelled out".to_owned();
        }
        "the text around it is in no language that Tamis has words of, where it may be a word of its own"
            .to_owned()
    }

    /// A reason for each match that was removed.
    pub(super) fn removed(self, seen: &Closer, reasons: &mut Vec<Reason>) {
        for found in seen.matches.iter().filter(|m| m.suppressed_by.is_some()) {
            let find = self.find(found);
            let what = find.to_string();
            let group = words::group(&find.group);
            let (cause, sentence, place) = match &find.removed {
                Some(Removed::Exception { exception, place }) => (
                    Cause::Exception,
                    format!(
                        "{group} found {what}, removed by the exception `{exception}`{}.",
                        in_place(place.as_ref())
                    ),
                    place.clone(),
                ),
                Some(Removed::Veto { because }) => (
                    Cause::Veto,
                    format!(
                        "{group} found {what}, vetoed because {because} (`veto: off` on the pattern would count it)."
                    ),
                    None,
                ),
                None => continue,
            };
            reasons.push(Reason::new(cause, sentence).at(place).about(vec![find]));
        }
    }
}

pub(super) fn in_place(place: Option<&super::Place>) -> String {
    place.map_or_else(String::new, |place| format!(" ({place})"))
}
