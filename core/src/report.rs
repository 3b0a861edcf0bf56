//! A verdict with the names and texts it stands for: what JSON and people see.

use crate::ids::{ActionId, FieldId};
use crate::input::Input;
use crate::ruleset::Ruleset;
use crate::verdict::{Fired, Match, VerdictRef};
use serde::Serialize;
use std::borrow::Cow;

/// What positions in a report count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Bytes of UTF-8, as Rust counts.
    Bytes,
    /// Code points, as Python counts.
    #[default]
    Codepoints,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

impl Offsets {
    /// The length of `text` in these units.
    pub(crate) fn length(self, text: &str) -> u32 {
        let length = match self {
            Offsets::Bytes => text.len(),
            Offsets::Codepoints => text.chars().count(),
            Offsets::Utf16 => text.encode_utf16().count(),
        };
        length as u32
    }
}

/// A verdict as data; its `Serialize` is the JSON of a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report<'a> {
    /// The most severe action of all labels and floors.
    pub action: &'a str,
    /// What `start` and `end` count.
    pub offsets: Offsets,
    /// Each label with a score other than 0 or an action, in policy order.
    pub labels: Vec<LabelReport<'a>>,
    /// The enforced rules that fired, in policy order.
    pub rules: Vec<RuleReport<'a>>,
    /// What rules in shadow mode would have done.
    pub shadow: ShadowReport<'a>,
    /// Rules that could not be decided for want of facts.
    pub undecided: Vec<UndecidedReport<'a>>,
    /// True when the policy's `exempt` held.
    pub exempt: bool,
    /// True when the text hit a limit of relaxed matching.
    pub saturated: bool,
    /// Facts whose value was of another type than declared, null or NaN.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invalid_facts: Vec<&'a str>,
    /// What decided.
    pub ruleset: RulesetReport<'a>,
}

/// A label's score and the action it leads to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelReport<'a> {
    /// The label.
    pub label: &'a str,
    /// The sum of its rules' points.
    pub score: f64,
    /// What the label's `calibration` makes of the score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// The action its thresholds give the score.
    pub action: &'a str,
}

/// A fired rule and what it found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleReport<'a> {
    /// The rule.
    pub rule: &'a str,
    /// The label it adds to.
    pub label: Option<&'a str>,
    /// What it added, repeats included.
    pub points: f64,
    /// For the author of the text, `{match}` and `{rule}` filled in.
    pub message: Option<Cow<'a, str>>,
    /// The surviving matches, by field, start, end, pattern.
    pub matches: Vec<MatchReport<'a>>,
}

/// A match of a fired rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchReport<'a> {
    /// The group.
    pub group: &'a str,
    /// The pattern as written.
    pub pattern: &'a str,
    /// The field it was found in.
    pub field: &'a str,
    /// Where it starts, in the units of [`Report::offsets`].
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// The original text there.
    pub text: &'a str,
    /// What was undone to find it; in the JSON of every match, also when that is nothing.
    pub evasion: EvasionReport,
}

/// What was undone to find a match.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvasionReport {
    /// How much, with one decimal place; 0 when only case differs.
    pub cost: f64,
    /// What.
    pub kinds: Vec<&'static str>,
}

/// What rules in shadow mode would have done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShadowReport<'a> {
    /// The action if they were enforced too.
    pub action: &'a str,
    /// Those that fired.
    pub rules: Vec<RuleReport<'a>>,
}

/// A rule that could not be decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndecidedReport<'a> {
    /// The rule.
    pub rule: &'a str,
    /// The facts that it asks for and the document lacks.
    pub missing: Vec<&'a str>,
}

/// What decided: enough to repeat the verdict later.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RulesetReport<'a> {
    /// The policy's name.
    pub policy: &'a str,
    /// The version its author gave it.
    pub version: Option<&'a str>,
    /// See [`Ruleset::fingerprint`].
    pub fingerprint: &'a str,
    /// The version of Tamis.
    pub engine: &'a str,
    /// The version of Unicode.
    pub unicode: &'a str,
}

impl Ruleset {
    /// A verdict of this ruleset with names, texts and positions, for `input`,
    /// the document it was made for.
    ///
    /// # Panics
    /// When the verdict is of another ruleset or another document.
    pub fn report<'a>(
        &'a self,
        verdict: impl Into<VerdictRef<'a>>,
        input: &'a Input<'_>,
        offsets: Offsets,
    ) -> Report<'a> {
        let verdict = verdict.into();
        let places = Places::new(self, verdict, input, offsets);
        let writer = Writer { ruleset: self, verdict, places };
        Report {
            action: self.action_name(verdict.action()),
            offsets,
            labels: writer.labels(),
            rules: writer.rules(verdict.fired()),
            shadow: ShadowReport {
                action: self.action_name(verdict.shadow_action()),
                rules: writer.rules(verdict.shadow()),
            },
            undecided: writer.undecided(),
            exempt: verdict.exempt(),
            saturated: verdict.saturated(),
            invalid_facts: verdict.invalid_facts().iter().map(|&f| self.fact_name(f)).collect(),
            ruleset: RulesetReport {
                policy: self.policy_name(),
                version: self.policy_version(),
                fingerprint: self.fingerprint(),
                engine: Self::engine_version(),
                unicode: Self::unicode_version(),
            },
        }
    }

    /// The text of `input` that went to `field`; empty when it has none.
    pub fn field_text<'a>(&self, input: &'a Input<'_>, field: FieldId) -> &'a str {
        let fields = input.fields().iter().rev();
        fields
            .into_iter()
            .find(|f| crate::engine::field_id(self.inner(), f.name.as_deref()) == Some(field))
            .map_or("", |f| &f.text)
    }
}

struct Writer<'a> {
    ruleset: &'a Ruleset,
    verdict: VerdictRef<'a>,
    places: Places<'a>,
}

impl<'a> Writer<'a> {
    fn labels(&self) -> Vec<LabelReport<'a>> {
        let label = |score: &crate::verdict::LabelScore| {
            let info = &self.ruleset.labels()[score.label.index()];
            LabelReport {
                label: &info.name,
                score: score.score.to_f64(),
                probability: info.probability(score.score),
                action: self.ruleset.action_name(score.action),
            }
        };
        self.verdict.labels().iter().map(label).collect()
    }

    fn rules(&self, fired: &[Fired]) -> Vec<RuleReport<'a>> {
        fired.iter().map(|fired| self.rule(fired)).collect()
    }

    fn rule(&self, fired: &Fired) -> RuleReport<'a> {
        let info = &self.ruleset.rules()[fired.rule.index()];
        let matches: Vec<MatchReport<'a>> =
            self.verdict.matches_of(fired.rule).map(|m| self.found(m)).collect();
        let first = matches.first().map_or("", |m| m.text);
        RuleReport {
            rule: &info.id,
            label: info.label.map(|l| self.ruleset.labels()[l.index()].name.as_str()),
            points: fired.points.to_f64(),
            message: info.message.as_deref().map(|message| fill(message, first, &info.id)),
            matches,
        }
    }

    fn found(&self, found: &Match) -> MatchReport<'a> {
        let text = self.places.texts[found.field.index()];
        MatchReport {
            group: self.ruleset.group_name(found.group),
            pattern: self.ruleset.pattern_text(found.pattern),
            field: self.ruleset.field_name(found.field),
            start: self.places.of(found.field, found.raw.start),
            end: self.places.of(found.field, found.raw.end),
            text: &text[found.raw.range()],
            evasion: EvasionReport {
                cost: f64::from(found.cost) / 10.0,
                kinds: found.kinds.names().collect(),
            },
        }
    }

    fn undecided(&self) -> Vec<UndecidedReport<'a>> {
        let undecided = self.verdict.undecided().iter();
        undecided
            .map(|u| UndecidedReport {
                rule: &self.ruleset.rules()[u.rule.index()].id,
                missing: u.missing.iter().map(|&f| self.ruleset.fact_name(f)).collect(),
            })
            .collect()
    }
}

/// Fills in `{match}` and `{rule}`, in one pass so that neither can bring the other in.
fn fill<'a>(message: &'a str, found: &str, rule: &str) -> Cow<'a, str> {
    if !message.contains('{') {
        return Cow::Borrowed(message);
    }
    let mut filled = String::with_capacity(message.len() + found.len());
    let mut rest = message;
    while let Some(brace) = rest.find('{') {
        filled.push_str(&rest[..brace]);
        rest = &rest[brace..];
        let (put, length) = if rest.starts_with("{match}") {
            (found, "{match}".len())
        } else if rest.starts_with("{rule}") {
            (rule, "{rule}".len())
        } else {
            ("{", 1)
        };
        filled.push_str(put);
        rest = &rest[length..];
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// Byte offsets of a document in other units, by one sweep over each text that
/// has matches.
struct Places<'a> {
    texts: Vec<&'a str>,
    /// By field: byte offset and position, ascending; empty where they are equal.
    maps: Vec<Vec<(u32, u32)>>,
}

impl<'a> Places<'a> {
    fn new(
        ruleset: &Ruleset,
        verdict: VerdictRef<'_>,
        input: &'a Input<'_>,
        offsets: Offsets,
    ) -> Self {
        let fields = (0..ruleset.fields().len()).map(FieldId::new);
        let texts: Vec<&str> = fields.map(|field| ruleset.field_text(input, field)).collect();
        let mut maps = vec![Vec::new(); texts.len()];
        for found in verdict.matches() {
            if offsets != Offsets::Bytes && !texts[found.field.index()].is_ascii() {
                maps[found.field.index()].extend([(found.raw.start, 0), (found.raw.end, 0)]);
            }
        }
        for (map, text) in maps.iter_mut().zip(&texts) {
            map.sort_unstable();
            map.dedup();
            let (mut byte, mut position) = (0, 0);
            for (offset, place) in map {
                position += offsets.length(&text[byte as usize..*offset as usize]);
                (byte, *place) = (*offset, position);
            }
        }
        Self { texts, maps }
    }

    fn of(&self, field: FieldId, byte: u32) -> u32 {
        let map = &self.maps[field.index()];
        match map.binary_search_by_key(&byte, |&(offset, _)| offset) {
            Ok(at) => map[at].1,
            Err(_) => byte,
        }
    }
}

/// The action's name and how far the score is from the next one, for explanations.
pub(crate) fn next_threshold(
    ruleset: &Ruleset,
    label: crate::ids::LabelId,
    action: ActionId,
) -> Option<(&str, crate::decimal::Milli)> {
    let thresholds = ruleset.labels()[label.index()].thresholds.iter();
    thresholds
        .filter(|&&(at, _)| at > action)
        .min_by_key(|&&(at, _)| at)
        .map(|&(at, points)| (ruleset.action_name(at), points))
}
