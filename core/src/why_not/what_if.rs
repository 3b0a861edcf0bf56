//! What the rule would have found had it been written otherwise: it is compiled again,
//! alone with the rules it refers to, with one setting changed.

use super::{Asker, Cause, Find, MATCHES, Reason, words};
use crate::compile::{self, Purpose};
use crate::engine::Closer;
use crate::eval::Truth;
use crate::ids::{GroupId, PatternId, RuleId};
use crate::ruleset::Ruleset;
use crate::ruleset::tables::Use;
use crate::scan::costs;
use crate::scan::shown;
use crate::span::{SourceSpan, Spanned};
use crate::spec::model::{Boundary, Level, Mode, Pattern, PatternOptions, Policy, Rule, RuleTests};
use crate::verdict::{Kinds, Match};
use crate::view::View;

/// A setting that is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    AllFields,
    Level(Level),
    /// The highest level, and short patterns as patient as long ones.
    Lenient,
    AnyCase,
    NoBoundary,
    Inflected(&'static str),
}

/// The ruleset of the asked rule alone, enforced and for every language.
pub(super) fn enabled(asker: Asker<'_>) -> Option<Ruleset> {
    let mut spec = excerpt(asker)?;
    let id = &asker.ruleset.rules()[asker.rule.index()].id;
    let rule = spec.rules.iter_mut().find(|rule| is_called(rule, id))?;
    rule.mode = Some(Spanned::new(Mode::Enforce, rule.span));
    rule.lang = Some(Vec::new());
    let policy = &asker.ruleset.inner().origin.as_ref()?.policy;
    compile::compile(&policy.with_spec(spec), Purpose::Trying { lenient: false }).ok()
}

/// Reasons for what other settings would have found in the groups that are `wanted`.
pub(super) fn explore(
    asker: Asker<'_>,
    seen: &Closer,
    wanted: &[GroupId],
    reasons: &mut Vec<Reason>,
) {
    let explorer = Explorer { asker, seen };
    let Some(spec) = excerpt(asker) else { return explorer.nothing(wanted, reasons) };
    let mut open: Vec<GroupId> = wanted.to_vec();
    for change in explorer.changes(&spec) {
        if open.is_empty() {
            break;
        }
        explorer.try_change(&spec, change, &mut open, reasons);
    }
    open.retain(|&group| !seen.matches.iter().any(|m| m.group == group));
    explorer.nothing(&open, reasons);
}

struct Explorer<'e> {
    asker: Asker<'e>,
    seen: &'e Closer,
}

impl Explorer<'_> {
    /// The changes that are one, the likeliest first.
    fn changes(&self, spec: &Policy) -> Vec<Change> {
        let tables = &self.asker.ruleset.inner().tables;
        let rows = || tables.patterns.iter().filter(|row| row.rule == self.asker.rule);
        let all = u64::MAX >> (64 - tables.fields.len().clamp(1, 64));
        let mut changes = Vec::new();
        if rows().any(|row| row.fields & all != all) {
            changes.push(Change::AllFields);
        }
        let own = (0..tables.patterns.len())
            .map(PatternId::new)
            .filter(|p| tables.patterns[p.index()].rule == self.asker.rule)
            .filter_map(|pattern| self.level(pattern))
            .min();
        let higher = Level::ALL.into_iter().filter(|&level| own.is_some_and(|own| level > own));
        changes.extend(higher.map(Change::Level));
        let lang = spec.inflect.as_ref().map_or("en", |code| code.value);
        let stated = self.asker.input.language().and_then(|lang| lang.get(..2));
        let known = |code: &&str| crate::spec::model::INFLECTIONS.contains(code) && *code != "off";
        let code = stated.and_then(|stated| {
            crate::spec::model::INFLECTIONS.into_iter().find(|code| *code == stated)
        });
        changes.push(Change::Inflected(code.filter(known).unwrap_or(if known(&lang) {
            lang
        } else {
            "en"
        })));
        changes.extend([Change::Lenient, Change::AnyCase, Change::NoBoundary]);
        changes
    }

    /// Tries one change; what it explains is no longer open.
    fn try_change(
        &self,
        spec: &Policy,
        change: Change,
        open: &mut Vec<GroupId>,
        reasons: &mut Vec<Reason>,
    ) {
        let Some((asker, rule)) = self.changed(spec, change) else { return };
        let asker = Asker { ruleset: &asker, rule, ..self.asker };
        let seen = asker.ruleset.look_closer(asker.input, rule);
        let fires = seen.truth == Truth::True;
        let mut explained = Vec::new();
        for &group in open.iter() {
            let empty =
                !self.seen.matches.iter().any(|m| m.group == group && m.suppressed_by.is_none());
            if !empty && !fires {
                continue;
            }
            let name = self.asker.ruleset.group_name(group);
            let new: Vec<&Match> = seen
                .matches
                .iter()
                .filter(|m| m.suppressed_by.is_none() && asker.ruleset.group_name(m.group) == name)
                .filter(|m| self.is_new(asker.ruleset, m))
                .collect();
            if new.is_empty() {
                continue;
            }
            explained.push(group);
            reasons.push(self.reason(asker, change, name, &new, fires));
        }
        open.retain(|group| !explained.contains(group));
    }

    /// False for what lies in something that the group found anyhow.
    fn is_new(&self, changed: &Ruleset, found: &Match) -> bool {
        let group = changed.group_name(found.group);
        let covers = |m: &&Match| {
            let counts = m.suppressed_by.is_none() || m.raw == found.raw;
            counts
                && m.field == found.field
                && m.raw.start <= found.raw.start
                && found.raw.end <= m.raw.end
                && self.asker.ruleset.group_name(m.group) == group
        };
        !self.seen.matches.iter().any(|m| covers(&m))
    }

    fn reason(
        &self,
        asker: Asker<'_>,
        change: Change,
        group: &str,
        new: &[&Match],
        fires: bool,
    ) -> Reason {
        let finds: Vec<Find> = new.iter().map(|m| asker.find(m)).collect();
        let named: Vec<String> = finds.iter().take(MATCHES).map(ToString::to_string).collect();
        let what = words::joined(named);
        let who = words::group(group);
        let end = if fires { "; then the rule would fire" } else { "" };
        let (cause, sentence, level) = match change {
            Change::AllFields => {
                (Cause::Field, format!("{who} does not look where {what} is{end}."), None)
            }
            Change::Level(_) | Change::Lenient => {
                return self.level_reason(asker, change, &who, new[0], finds, end);
            }
            Change::AnyCase => (
                Cause::Case,
                format!(
                    "In other capitals {} would find {what}: `case: sensitive` is set{end}.",
                    lower(&who)
                ),
                None,
            ),
            Change::NoBoundary => {
                let around = self.word_around(new[0]);
                (
                    Cause::Boundary,
                    format!(
                        "{who} would find {what} with `boundary: any`, as a part of {}{end}.",
                        words::quoted(around)
                    ),
                    None,
                )
            }
            Change::Inflected(code) => (
                Cause::Inflection,
                format!("With `inflect: {code}` {} would find {what}{end}.", lower(&who)),
                None,
            ),
        };
        Reason { level, ..Reason::new(cause, sentence).about(finds) }
    }

    fn level_reason(
        &self,
        asker: Asker<'_>,
        change: Change,
        who: &str,
        first: &Match,
        finds: Vec<Find>,
        end: &str,
    ) -> Reason {
        let named: Vec<String> = finds.iter().take(MATCHES).map(ToString::to_string).collect();
        let what = words::joined(named);
        let own = self.own_level(asker.ruleset, first);
        let place = self.in_place(first);
        let why_dear = place.map_or_else(String::new, |place| {
            format!(", because in a {place} each undoing costs 1.0 more")
        });
        if let Some((own, short)) = own
            && first.kinds.is_subset(costs::kinds(own))
            && first.kinds != Kinds::NONE
        {
            let cost = f64::from(first.cost) / 10.0;
            let ceiling = f64::from(costs::ceiling(own, short)) / 10.0;
            let short = if short { " for a pattern of three letters or fewer" } else { "" };
            let other = match change {
                Change::Level(level) => format!("; `evasion: {}` would find it", level.name()),
                _ => String::new(),
            };
            let sentence = format!(
                "{who} does not take {what}: undoing that costs {cost:.1}, and `{}` allows {ceiling:.1}{short}{why_dear}{other}{end}.",
                own.name()
            );
            return Reason {
                level: level_name(change),
                ..Reason::new(Cause::Ceiling, sentence).about(finds)
            };
        }
        let level = level_name(change).unwrap_or("strong");
        let sentence = format!("With `evasion: {level}` {} would find {what}{end}.", lower(who));
        Reason { level: Some(level), ..Reason::new(Cause::Level, sentence).about(finds) }
    }

    /// The level at which the rule itself looks for a pattern that `changed` found,
    /// and whether it is a short one.
    fn own_level(&self, changed: &Ruleset, found: &Match) -> Option<(Level, bool)> {
        let tables = &self.asker.ruleset.inner().tables;
        let (text, group) = (changed.pattern_text(found.pattern), changed.group_name(found.group));
        let at = tables.patterns.iter().position(|row| {
            row.rule == self.asker.rule
                && row.text == text
                && self.asker.ruleset.group_name(row.group) == group
        })?;
        let pattern = PatternId::new(at);
        let needles = &tables.needles;
        let needle = needles
            .list
            .iter()
            .find(|needle| needle.uses.of(&needles.uses).contains(&Use::Pattern(pattern)))?;
        Some((needle.level, needle.short))
    }

    fn level(&self, pattern: PatternId) -> Option<Level> {
        let needles = &self.asker.ruleset.inner().tables.needles;
        let uses = |n: &&crate::ruleset::tables::Needle| {
            n.uses.of(&needles.uses).contains(&Use::Pattern(pattern))
        };
        needles.list.iter().find(uses).map(|needle| needle.level)
    }

    /// The link, name or address that a match lies in.
    fn in_place(&self, found: &Match) -> Option<&'static str> {
        let text = self.asker.ruleset.field_text(self.asker.input, found.field);
        let view = View::of(text);
        shown::chunks(&view).into_iter().find_map(|chunk| {
            let units = view.units.get(chunk.units.clone())?;
            let (first, last) = (units.first()?, units.last()?);
            let inside = first.raw_start <= found.raw.start && found.raw.start < last.raw_end;
            chunk.place.filter(|_| inside)
        })
    }

    /// The run of letters and digits around a match.
    fn word_around(&self, found: &Match) -> &str {
        let text = self.asker.ruleset.field_text(self.asker.input, found.field);
        let (before, behind) = (&text[..found.raw.start as usize], &text[found.raw.end as usize..]);
        let part = |c: &char| c.is_alphanumeric();
        let left: usize = before.chars().rev().take_while(part).map(char::len_utf8).sum();
        let right: usize = behind.chars().take_while(part).map(char::len_utf8).sum();
        &text[before.len() - left..found.raw.end as usize + right]
    }

    /// The asked rule with one setting changed.
    fn changed(&self, spec: &Policy, change: Change) -> Option<(Ruleset, RuleId)> {
        let id = &self.asker.ruleset.rules()[self.asker.rule.index()].id;
        let mut spec = spec.clone();
        apply(change, &mut spec, id)?;
        let policy = &self.asker.ruleset.inner().origin.as_ref()?.policy;
        let purpose = Purpose::Trying { lenient: change == Change::Lenient };
        let ruleset = compile::compile(&policy.with_spec(spec), purpose).ok()?;
        let rule = ruleset.rule_id(id)?;
        Some((ruleset, rule))
    }

    fn nothing(&self, open: &[GroupId], reasons: &mut Vec<Reason>) {
        for &group in open {
            let name = self.asker.ruleset.group_name(group);
            let known = self.asker.ruleset.inner().origin.is_some();
            let sentence = if self.seen.saturated {
                format!("{} found nothing.", words::group(name))
            } else if known {
                format!("{} found nothing like its patterns, at no level.", words::group(name))
            } else {
                format!(
                    "{} found nothing; what other levels would find is told with the policy's source only.",
                    words::group(name)
                )
            };
            reasons.push(Reason::new(Cause::NothingFound, sentence));
        }
    }
}

fn level_name(change: Change) -> Option<&'static str> {
    match change {
        Change::Level(level) => Some(level.name()),
        _ => None,
    }
}

/// `The rule` inside a sentence.
fn lower(who: &str) -> String {
    if who == "The rule" { "the rule".to_owned() } else { who.to_owned() }
}

fn is_called(rule: &Rule, id: &str) -> bool {
    rule.id.as_ref().is_some_and(|own| own.value == id)
}

/// The policy with the asked rule and those its condition refers to, no others, and no tests.
fn excerpt(asker: Asker<'_>) -> Option<Policy> {
    let policy = &asker.ruleset.inner().origin.as_ref()?.policy;
    let spec = policy.spec();
    let id = &asker.ruleset.rules()[asker.rule.index()].id;
    let mut kept = vec![spec.rules.iter().position(|rule| is_called(rule, id))?];
    let mut next = 0;
    while let Some(&at) = kept.get(next) {
        next += 1;
        let rule = &spec.rules[at];
        let Some(when) = &rule.when else { continue };
        let prefix = spec.prefix(rule.when_scope);
        when.root.each_name(&mut |name| {
            let name = format!("{prefix}{name}");
            if let Some(at) = spec.rules.iter().position(|rule| is_called(rule, &name))
                && !kept.contains(&at)
            {
                kept.push(at);
            }
        });
    }
    kept.sort_unstable();
    let rules =
        kept.into_iter().map(|at| Rule { tests: RuleTests::default(), ..spec.rules[at].clone() });
    let rules = rules.collect();
    // The rules are the bulk of a policy; what is left of it is copied whole.
    Some(Policy {
        rules,
        tests: Vec::new(),
        exempt: None,
        span: spec.span,
        format: spec.format.clone(),
        name: spec.name.clone(),
        version: None,
        description: None,
        extends: Vec::new(),
        overrides: Vec::new(),
        fields: spec.fields.clone(),
        facts: spec.facts.clone(),
        unread_facts: Vec::new(),
        unread: Vec::new(),
        models: spec.models.clone(),
        actions: spec.actions.clone(),
        evasion: spec.evasion.clone(),
        inflect: spec.inflect.clone(),
        lang: spec.lang.clone(),
        labels: spec.labels.clone(),
        lists: spec.lists.clone(),
        except: spec.except.clone(),
        limits: spec.limits.clone(),
        saturated: spec.saturated.clone(),
        scopes: spec.scopes.clone(),
    })
}

/// Changes the setting for every pattern of the rule called `id`.
fn apply(change: Change, spec: &mut Policy, id: &str) -> Option<()> {
    let Policy { rules, lists, .. } = spec;
    let rule = rules.iter_mut().find(|rule| is_called(rule, id))?;
    let span = rule.span;
    match change {
        Change::AllFields => rule.fields = None,
        Change::Level(level) => rule.evasion = Some(Spanned::new(level, span)),
        Change::Lenient => rule.evasion = Some(Spanned::new(Level::Strong, span)),
        Change::Inflected(code) => rule.inflect = Some(Spanned::new(code, span)),
        Change::AnyCase | Change::NoBoundary => {}
    }
    for group in &mut rule.groups {
        set(change, &mut group.options, span, true);
        for pattern in &mut group.patterns {
            set(change, &mut pattern.options, span, false);
        }
    }
    for list in lists {
        for pattern in list_entries(list) {
            set(change, &mut pattern.options, span, false);
        }
    }
    Some(())
}

fn list_entries(list: &mut crate::spec::model::List) -> &mut [Pattern] {
    use crate::spec::model::ListSource;
    match &mut list.source {
        ListSource::Inline(entries) | ListSource::File { entries, .. } => entries,
        ListSource::Edit { add, .. } => add,
    }
}

/// Changes the options of a group or a pattern: a pattern's own give way.
fn set(change: Change, options: &mut PatternOptions, span: SourceSpan, group: bool) {
    match change {
        Change::AllFields => options.fields = None,
        Change::Level(level) => raise(options, level),
        Change::Lenient => raise(options, Level::Strong),
        Change::AnyCase => options.case_sensitive = None,
        Change::NoBoundary => {
            options.boundary = group.then(|| Spanned::new(Boundary::Any, span));
        }
        Change::Inflected(_) => options.inflect = None,
    }
}

/// A level of its own that is lower gives way.
fn raise(options: &mut PatternOptions, level: Level) {
    if options.evasion.as_ref().is_some_and(|own| own.value < level) {
        options.evasion = None;
    }
}
