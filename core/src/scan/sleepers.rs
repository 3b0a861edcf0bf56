//! Hits that are worth nothing unless something rarer is found: of a rule that needs several
//! groups (`near(threat, person)`) those of all but the rarest sleep, as one for all rules,
//! until a match of the rule rouses them. Most texts say `you`, and nearly none to a threat.

use super::{Finds, Hit, Matcher, Scan, ScanBufs, Spared};
use crate::ids::{FieldId, GroupId, PatternId, RuleId};
use crate::lexicon;
use crate::program::Run;
use crate::ruleset::tables::{Step, Tables, Use};
use crate::verdict::Match;
use rustc_hash::{FxHashMap, FxHashSet};

/// Which uses of needles sleep.
#[derive(Debug, Default)]
pub(super) struct Sleepers {
    /// By needle of which a use sleeps.
    splits: FxHashMap<u32, Split>,
    uses: Vec<Use>,
}

/// The uses of a needle.
#[derive(Clone, Copy, Debug)]
struct Split {
    awake: Run,
    asleep: Run,
}

/// Stands for a rule in matches that sleep, which have the number of a needle for a pattern: the
/// scan asks of matches only where they stand, and is done with both by [`rouse`].
const NO_RULE: RuleId = RuleId(u32::MAX);

impl Sleepers {
    /// `needs` tells which groups must each have a match, or the rule's condition is false.
    pub(super) fn new<'n>(tables: &Tables, needs: impl Fn(RuleId) -> &'n [GroupId]) -> Self {
        // Groups of rules that a rule refers to are theirs.
        let mut own: Vec<Vec<GroupId>> = vec![Vec::new(); tables.rules.len()];
        for row in &tables.patterns {
            let groups = &mut own[row.rule.index()];
            if needs(row.rule).contains(&row.group) && !groups.contains(&row.group) {
                groups.push(row.group);
            }
        }
        own.retain(|groups| groups.len() > 1);
        if own.is_empty() {
            return Self::default();
        }
        let common = commonness(tables);
        let mut this = Self::default();
        let mut sleeps: FxHashSet<GroupId> = FxHashSet::default();
        for groups in own {
            let weight = |group: &GroupId| common.get(group).copied().unwrap_or_default();
            let rarest =
                groups.iter().min_by(|a, b| weight(a).total_cmp(&weight(b)).then(a.cmp(b)));
            sleeps.extend(groups.iter().filter(|&group| Some(group) != rarest));
        }
        let asleep = |each: &Use| match each {
            Use::Pattern(pattern) => sleeps.contains(&tables.patterns[pattern.index()].group),
            Use::Except(_) => false,
        };
        for (needle, row) in tables.needles.list.iter().enumerate() {
            let uses = row.uses.of(&tables.needles.uses);
            if uses.iter().any(asleep) {
                let mut part = |sleeping: bool| {
                    let start = this.uses.len() as u32;
                    this.uses.extend(uses.iter().filter(|each| asleep(each) == sleeping));
                    Run { start, len: this.uses.len() as u32 - start }
                };
                let split = Split { awake: part(false), asleep: part(true) };
                this.splits.insert(needle as u32, split);
            }
        }
        this
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.splits.capacity() * (size_of::<(u32, Split)>() + 1)
            + self.uses.capacity() * size_of::<Use>()
    }
}

/// How common what a group looks for is in ordinary text, roughly: the sum over its words of
/// what the lexicon knows of their frequency; words beside each other are as rare as the rarest.
fn commonness(tables: &Tables) -> FxHashMap<GroupId, f64> {
    let mut common: FxHashMap<GroupId, f64> = FxHashMap::default();
    for needle in &tables.needles.list {
        let steps = tables.needles.steps(needle);
        let words = steps.split(|step| matches!(step, Step::Gap));
        let of_words = words.map(|word| {
            let symbols = word.iter().filter_map(|step| match step {
                Step::Symbol { symbol, .. } => Some(*symbol),
                _ => None,
            });
            let letters = symbols.clone().count() as f64;
            let known = lexicon::lookup(symbols).map_or(0, |entry| entry.frequency);
            // What it knows no frequency of is as rare as it is long.
            3f64.powi(i32::from(known)) / (1.0 + letters)
        });
        let weight = of_words.fold(f64::INFINITY, f64::min).min(f64::MAX);
        for each in needle.uses.of(&tables.needles.uses) {
            if let Use::Pattern(pattern) = each {
                *common.entry(tables.patterns[pattern.index()].group).or_default() += weight;
            }
        }
    }
    common
}

impl Scan<'_> {
    /// Gives a hit of a needle to all who asked for it, and keeps it once for those who sleep.
    pub(super) fn give_needle(&self, needle: u32, hit: Hit, finds: &mut Finds<'_>) {
        let Self { tables, matcher, field, .. } = *self;
        let sleepers = &matcher.sleepers;
        let split = if sleepers.splits.is_empty() { None } else { sleepers.splits.get(&needle) };
        match split {
            // What is vetoed is shown whatever becomes of its rule.
            Some(split) if !hit.vetoed && hit.guessed.is_none() => {
                self.give(split.awake.of(&sleepers.uses), hit, finds);
                finds.matches.push(sleeping(needle, field, hit));
            }
            _ => {
                let row = &tables.needles.list[needle as usize];
                self.give(row.uses.of(&tables.needles.uses), hit, finds);
            }
        }
    }
}

/// The match of a needle for rules that sleep.
fn sleeping(needle: u32, field: FieldId, hit: Hit) -> Match {
    let Hit { raw, words, cost, kinds, .. } = hit;
    Match {
        rule: NO_RULE,
        group: GroupId(u32::MAX),
        pattern: PatternId(needle),
        field,
        raw,
        words,
        cost,
        kinds,
        suppressed_by: None,
    }
}

/// Gives what sleeps to the rules of which anything else was found, to those whose matches an
/// exception may suppress, which are shown, or to `all`. `found` is false for every rule, and
/// is so again afterwards.
pub(crate) fn rouse(
    tables: &Tables,
    matcher: &Matcher,
    all: bool,
    spared: &Spared<'_>,
    wanted: &dyn Fn(RuleId) -> bool,
    bufs: &mut ScanBufs,
    found: &mut Vec<bool>,
) {
    let sleepers = &matcher.sleepers;
    if sleepers.splits.is_empty() || !bufs.matches.iter().any(|m| m.rule == NO_RULE) {
        return;
    }
    let asleep: Vec<Match> = bufs.matches.extract_if(.., |m| m.rule == NO_RULE).collect();
    if found.len() < tables.rules.len() {
        found.resize(tables.rules.len(), false);
    }
    let awake: Vec<RuleId> = bufs.matches.iter().map(|m| m.rule).collect();
    for rule in &awake {
        found[rule.index()] = true;
    }
    let may_spare = spared.any(bufs);
    let rouses = |rule: RuleId| found[rule.index()] || may_spare && spared.may_be(rule, bufs);
    let mut roused: Vec<(Use, FieldId, Hit)> = Vec::new();
    if all || may_spare || !awake.is_empty() {
        for Match { pattern, field, raw, words, cost, kinds, .. } in asleep {
            let Some(split) = sleepers.splits.get(&pattern.0) else { continue };
            let hit = Hit { raw, words, cost, kinds, vetoed: false, guessed: None };
            let uses = split.asleep.of(&sleepers.uses).iter().copied();
            roused.extend(
                uses.filter(|each| match each {
                    Use::Pattern(pattern) => all || rouses(tables.patterns[pattern.index()].rule),
                    Use::Except(_) => false,
                })
                .map(|each| (each, field, hit)),
            );
        }
    }
    let ScanBufs { matches, occurrences, neighbours, .. } = bufs;
    let mut finds = Finds { matches, occurrences, neighbours };
    for (each, field, hit) in roused {
        Scan { tables, matcher, field, wanted }.give(&[each], hit, &mut finds);
    }
    for rule in awake {
        found[rule.index()] = false;
    }
}
