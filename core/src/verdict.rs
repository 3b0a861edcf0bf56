//! What the engine decided about one document: ids and spans, no names.
//!
//! A verdict is cheap to make and to send between threads. [`crate::Report`]
//! joins it with the ruleset's names and the text for people and for JSON.

use crate::decimal::Milli;
use crate::ids::{ActionId, ExceptId, FactId, FieldId, GroupId, LabelId, PatternId, RuleId};
use crate::span::Span;
use smallvec::SmallVec;

/// A pattern found at a place of the original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The rule that looks for it.
    pub rule: RuleId,
    /// The group of that rule.
    pub group: GroupId,
    /// The pattern.
    pub pattern: PatternId,
    /// The text it was found in.
    pub field: FieldId,
    /// Bytes of the original text.
    pub raw: Span,
    /// The words it touches, numbered through the field in reading order.
    pub words: Span,
    /// What undoing the evasion cost, in tenths.
    pub cost: u8,
    /// What was undone.
    pub kinds: Kinds,
    /// What took the match out of every condition, count and score.
    pub suppressed_by: Option<Suppressor>,
}

/// What removed a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suppressor {
    /// An exception that covers it or whose context holds.
    Exception(ExceptId),
    /// What was undone is an innocent word as it stands.
    Veto,
}

/// A set of kinds of evasion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Kinds(pub u64);

impl Kinds {
    /// Nothing was undone but case.
    pub const NONE: Kinds = Kinds(0);
    /// Compatibility forms: full width, styled alphabets, ligatures, circled letters.
    pub const FORMS: Kinds = Kinds(1);
    /// Marks the pattern does not have.
    pub const MARKS: Kinds = Kinds(1 << 1);
    /// Invisible characters inside the match.
    pub const INVISIBLE: Kinds = Kinds(1 << 2);

    /// Text written in invisible tag characters.
    pub const HIDDEN: Kinds = Kinds(1 << 3);
    /// Characters of another script, or symbols, that look like the letter.
    pub const LOOKALIKE: Kinds = Kinds(1 << 4);
    /// Digits and symbols, one or several, that stand for a letter.
    pub const LEET: Kinds = Kinds(1 << 5);
    /// Letters hidden behind a symbol.
    pub const MASKS: Kinds = Kinds(1 << 6);
    /// Letters more often than in the pattern.
    pub const REPEATS: Kinds = Kinds(1 << 7);
    /// One and the same gap between letters.
    pub const SEPARATORS: Kinds = Kinds(1 << 8);
    /// A phrase without its spaces.
    pub const JOINED: Kinds = Kinds(1 << 9);
    /// Entities, escapes, markup and turned direction.
    pub const DECODED: Kinds = Kinds(1 << 10);
    /// A letter left out.
    pub const DELETION: Kinds = Kinds(1 << 11);
    /// Two neighbouring letters swapped.
    pub const SWAP: Kinds = Kinds(1 << 12);
    /// Letters written as they sound.
    pub const PHONETIC: Kinds = Kinds(1 << 13);
    /// Gaps between letters that are not all the same.
    pub const IRREGULAR: Kinds = Kinds(1 << 14);
    /// The pattern backwards.
    pub const REVERSED: Kinds = Kinds(1 << 15);
    /// Letters upside down.
    pub const TURNED: Kinds = Kinds(1 << 16);

    /// Every kind with its name in verdicts.
    pub const NAMES: &'static [(Kinds, &'static str)] = &[
        (Self::FORMS, "forms"),
        (Self::MARKS, "marks"),
        (Self::INVISIBLE, "invisible"),
        (Self::HIDDEN, "hidden"),
        (Self::LOOKALIKE, "lookalike"),
        (Self::LEET, "leet"),
        (Self::MASKS, "masks"),
        (Self::REPEATS, "repeats"),
        (Self::SEPARATORS, "separators"),
        (Self::JOINED, "joined"),
        (Self::DECODED, "decoded"),
        (Self::DELETION, "deletion"),
        (Self::SWAP, "swap"),
        (Self::PHONETIC, "phonetic"),
        (Self::IRREGULAR, "irregular"),
        (Self::REVERSED, "reversed"),
        (Self::TURNED, "turned"),
    ];

    /// The names of the kinds in the set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().filter(move |(kind, _)| self.0 & kind.0 != 0).map(|&(_, name)| name)
    }

    /// The union.
    #[inline]
    #[must_use]
    pub const fn union(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// What makes one of two sets the better reading of a text: fewer kinds, then those that
    /// come first in the table.
    #[inline]
    pub(crate) const fn rank(self) -> (u32, u64) {
        (self.0.count_ones(), !self.0.reverse_bits())
    }

    /// True when every kind of this set is in `other`.
    #[inline]
    pub const fn is_subset(self, other: Kinds) -> bool {
        self.0 & !other.0 == 0
    }
}

/// The score of a label and the action its thresholds give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelScore {
    /// The label.
    pub label: LabelId,
    /// The exact sum of the points of its fired rules.
    pub score: Milli,
    /// The most severe action whose threshold the score reaches.
    pub action: ActionId,
}

/// A rule whose condition was true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The rule.
    pub rule: RuleId,
    /// What it added to its label, repeats included.
    pub points: Milli,
}

/// A rule whose condition was neither true nor false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// The rule.
    pub rule: RuleId,
    /// The facts its condition asks for that the document lacks, in policy order.
    pub missing: Vec<FactId>,
}

/// The decision about one document.
///
/// Owns everything it says and borrows nothing; for a text in which nothing was
/// found it holds no heap memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub(crate) action: ActionId,
    pub(crate) shadow_action: ActionId,
    pub(crate) exempt: bool,
    pub(crate) saturated: bool,
    /// Nothing where all its lists would be empty, which is so for nearly every text.
    findings: Option<Box<Findings>>,
}

/// The lists of a verdict, in one piece of memory where they are short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) labels: SmallVec<[LabelScore; 1]>,
    pub(crate) fired: SmallVec<[Fired; 1]>,
    pub(crate) shadow: Vec<Fired>,
    pub(crate) undecided: Vec<Undecided>,
    pub(crate) invalid_facts: Vec<FactId>,
    pub(crate) matches: SmallVec<[Match; 2]>,
}

impl Findings {
    fn is_empty(&self) -> bool {
        // Taken apart by name: a new list must not be forgotten here.
        let Self { labels, fired, shadow, undecided, invalid_facts, matches } = self;
        labels.is_empty()
            && fired.is_empty()
            && shadow.is_empty()
            && undecided.is_empty()
            && invalid_facts.is_empty()
            && matches.is_empty()
    }
}

impl Verdict {
    pub(crate) fn new(
        (action, shadow_action): (ActionId, ActionId),
        exempt: bool,
        saturated: bool,
        findings: Box<Findings>,
    ) -> Self {
        let findings = Some(findings).filter(|findings| !findings.is_empty());
        Self { action, shadow_action, exempt, saturated, findings }
    }

    pub(crate) fn into_findings(self) -> Findings {
        self.findings.map_or_else(Findings::default, |findings| *findings)
    }

    /// True for a verdict equal to the default one.
    #[inline]
    pub(crate) fn says_nothing(&self) -> bool {
        let Self { action, shadow_action, exempt, saturated, findings } = self;
        let none = ActionId(0);
        findings.is_none() && *action == none && *shadow_action == none && !exempt && !saturated
    }

    /// This verdict as a view, the form all readers take.
    #[inline]
    pub fn as_ref(&self) -> VerdictRef<'_> {
        let Self { action, shadow_action, exempt, saturated, .. } = *self;
        let said = VerdictRef { action, shadow_action, exempt, saturated, ..VerdictRef::NOTHING };
        match self.findings.as_deref() {
            None => said,
            Some(findings) => VerdictRef {
                labels: &findings.labels,
                fired: &findings.fired,
                shadow: &findings.shadow,
                undecided: &findings.undecided,
                invalid_facts: &findings.invalid_facts,
                matches: &findings.matches,
                ..said
            },
        }
    }

    /// The most severe action of all labels and floors.
    pub fn action(&self) -> ActionId {
        self.action
    }
}

impl<'v> From<&'v Verdict> for VerdictRef<'v> {
    fn from(verdict: &'v Verdict) -> Self {
        verdict.as_ref()
    }
}

impl<'v> From<&VerdictRef<'v>> for VerdictRef<'v> {
    fn from(verdict: &VerdictRef<'v>) -> Self {
        *verdict
    }
}

/// A verdict where it lies: on its own or as a row of a [`crate::Batch`].
#[derive(Clone, Copy, Debug)]
pub struct VerdictRef<'v> {
    pub(crate) action: ActionId,
    pub(crate) shadow_action: ActionId,
    pub(crate) exempt: bool,
    pub(crate) saturated: bool,
    pub(crate) labels: &'v [LabelScore],
    pub(crate) fired: &'v [Fired],
    pub(crate) shadow: &'v [Fired],
    pub(crate) undecided: &'v [Undecided],
    pub(crate) invalid_facts: &'v [FactId],
    pub(crate) matches: &'v [Match],
}

impl<'v> VerdictRef<'v> {
    /// The verdict that says nothing.
    pub(crate) const NOTHING: VerdictRef<'static> = VerdictRef {
        action: ActionId(0),
        shadow_action: ActionId(0),
        exempt: false,
        saturated: false,
        labels: &[],
        fired: &[],
        shadow: &[],
        undecided: &[],
        invalid_facts: &[],
        matches: &[],
    };

    /// The most severe action of all labels and floors.
    pub fn action(self) -> ActionId {
        self.action
    }

    /// The action if rules in shadow mode were enforced as well.
    pub fn shadow_action(self) -> ActionId {
        self.shadow_action
    }

    /// True when `exempt` of the policy held; the action is then the first one.
    pub fn exempt(self) -> bool {
        self.exempt
    }

    /// True when the text hit a limit of relaxed matching.
    pub fn saturated(self) -> bool {
        self.saturated
    }

    /// Each label with a score other than 0 or an action, in policy order.
    pub fn labels(self) -> &'v [LabelScore] {
        self.labels
    }

    /// The score of `label`; 0 when no fired rule has it.
    pub fn score(self, label: LabelId) -> Milli {
        self.labels.iter().find(|l| l.label == label).map_or(Milli::ZERO, |l| l.score)
    }

    /// The enforced rules that fired, in policy order; helpers are not among them.
    pub fn fired(self) -> &'v [Fired] {
        self.fired
    }

    /// The rules in shadow mode that fired, in policy order.
    pub fn shadow(self) -> &'v [Fired] {
        self.shadow
    }

    /// The rules that could not be decided for want of facts, in policy order.
    pub fn undecided(self) -> &'v [Undecided] {
        self.undecided
    }

    /// Declared facts whose value was of another type, null or NaN.
    pub fn invalid_facts(self) -> &'v [FactId] {
        self.invalid_facts
    }

    /// Every match, suppressed ones included, by rule, field, start, end and pattern.
    pub fn matches(self) -> &'v [Match] {
        self.matches
    }

    /// The surviving matches of one rule.
    pub fn matches_of(self, rule: RuleId) -> impl Iterator<Item = &'v Match> {
        let from = self.matches.partition_point(|m| m.rule < rule);
        self.matches[from..]
            .iter()
            .take_while(move |m| m.rule == rule)
            .filter(|m| m.suppressed_by.is_none())
    }

    /// A copy that owns its parts.
    pub fn to_owned(self) -> Verdict {
        let findings = Findings {
            labels: SmallVec::from_slice(self.labels),
            fired: SmallVec::from_slice(self.fired),
            shadow: self.shadow.to_vec(),
            undecided: self.undecided.to_vec(),
            invalid_facts: self.invalid_facts.to_vec(),
            matches: SmallVec::from_slice(self.matches),
        };
        let actions = (self.action, self.shadow_action);
        Verdict::new(actions, self.exempt, self.saturated, Box::new(findings))
    }
}
