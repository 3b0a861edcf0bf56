//! Patterns that others make needless: written twice, found by a wider one, or spared.

use super::{Compile, Origin};
use crate::diag::{Code, Diagnostic};
use crate::ids::{ExceptId, PatternId};
use crate::limits::WILDCARD;
use crate::ruleset::tables::{ExceptScope, Needle, Needles, Spares, Step, Use};
use crate::span::SourceSpan;
use crate::spec::model::{Boundary, Level};
use crate::view::table;
use rustc_hash::{FxHashMap, FxHashSet};

/// Comparisons of wildcards with patterns, all groups together; a hostile policy has
/// more, and then the rest is not looked at.
const COMPARED: usize = 20_000_000;

/// Looks for all of them.
pub(super) fn overlaps(compile: &mut Compile<'_>) {
    let uses = Uses::of(compile);
    let mut found = Vec::new();
    for (at, own) in uses.by_pattern.iter().enumerate() {
        let pattern = PatternId::new(at);
        found.extend(uses.equal(compile, pattern, own));
    }
    let mut left = COMPARED;
    found.extend(uses.wider(compile, &mut left));
    found.extend(uses.spared(compile, &mut left));
    for diagnostic in found {
        compile.sink.push(diagnostic);
    }
}

/// Who uses which needles, recognizers, regexes and domains; all numbered in one row,
/// needles that differ in nothing that is compared under the number of the first.
struct Uses {
    /// The number of every needle.
    numbers: Vec<u32>,
    /// The patterns of every thing to look for.
    by_thing: Vec<Vec<PatternId>>,
    /// The things each pattern looks for, in order.
    by_pattern: Vec<Vec<u32>>,
    /// In how many groups an entry of a list is used.
    groups_of_entry: FxHashMap<SourceSpan, usize>,
}

impl Uses {
    fn of(compile: &Compile<'_>) -> Self {
        let tables = &compile.tables;
        let needles = &tables.needles;
        let things = needles
            .list
            .iter()
            .map(|needle| needle.uses.of(&needles.uses))
            .chain(tables.regexes.iter().map(|row| row.uses.as_slice()))
            .chain(tables.entities.iter().map(|row| row.uses.as_slice()))
            .chain(tables.domains.iter().map(|row| row.uses.as_slice()));
        let numbers = numbers(needles);
        let mut by_pattern = vec![Vec::new(); tables.patterns.len()];
        let mut by_thing: Vec<Vec<PatternId>> = Vec::new();
        for (at, uses) in things.enumerate() {
            by_thing.push(Vec::new());
            let number = numbers.get(at).copied().unwrap_or(at as u32);
            for used in uses {
                if let Use::Pattern(id) = used {
                    by_thing[number as usize].push(*id);
                    by_pattern[id.index()].push(number);
                }
            }
        }
        for patterns in &mut by_thing {
            patterns.sort_unstable();
            patterns.dedup();
        }
        for things in &mut by_pattern {
            things.sort_unstable();
            things.dedup();
        }
        let mut seen = FxHashSet::default();
        let mut groups_of_entry = FxHashMap::default();
        for (row, origin) in tables.patterns.iter().zip(&compile.origins) {
            if origin.list.is_some() && seen.insert((origin.span, row.group)) {
                *groups_of_entry.entry(origin.span).or_default() += 1;
            }
        }
        Self { numbers, by_thing, by_pattern, groups_of_entry }
    }

    /// A pattern that another one of its group looks for as well: the same word again,
    /// or a form that `inflect` adds.
    fn equal(&self, compile: &Compile<'_>, pattern: PatternId, own: &[u32]) -> Option<Diagnostic> {
        let origins = &compile.origins;
        let plain_of = |pattern: PatternId| {
            origins[pattern.index()].plain.map(|needle| self.numbers[needle as usize])
        };
        let plain = plain_of(pattern).or(own.first().copied())?;
        let rows = &compile.tables.patterns;
        let row = &rows[pattern.index()];
        let is_same = |other: PatternId| self.by_pattern[other.index()] == *own;
        let mut others = self.by_thing[plain as usize].iter().filter(|&&other| {
            let others = &rows[other.index()];
            // A form of a word is not needless because of a form of another word.
            let is_word = || plain_of(other) != Some(plain);
            other != pattern
                && others.group == row.group
                && row.fields & !others.fields == 0
                && (if is_same(other) { other < pattern } else { is_word() })
        });
        let other = others.next()?;
        let is_same = is_same(*other);
        let (at, first) = (origins[pattern.index()], origins[other.index()]);
        if !self.may_blame(at, first, is_same) {
            return None;
        }
        let wider = &rows[other.index()].text;
        Some(if is_same {
            let message = if *wider == row.text {
                format!("`{wider}` is written twice")
            } else {
                format!("`{}` is the same as `{wider}` once it is folded", row.text)
            };
            Diagnostic::new(Code::DuplicatePattern, at.span, message)
                .label("again here")
                .also(first.span, "first here")
                .hint("take one of the two out")
        } else {
            let message = format!("`inflect` makes `{}` of `{wider}` by itself", row.text);
            Diagnostic::new(Code::SwallowedPattern, at.span, message)
                .also(first.span, "of this one")
                .hint("take it out: the word is enough")
        })
    }

    /// A pattern may be called needless only where it is so for everybody who uses it:
    /// an entry of a list only because of the same list, or where one group has it all.
    fn may_blame(&self, at: Origin, first: Origin, is_same: bool) -> bool {
        match (at.list, first.list) {
            (None, _) => true,
            (Some(list), Some(other)) if list == other => {
                at.span != first.span && (is_same || self.is_of_one_group(at))
            }
            _ => false,
        }
    }

    /// An entry of a list that one group has, itself or by lists that are made of it.
    fn is_of_one_group(&self, origin: Origin) -> bool {
        self.groups_of_entry.get(&origin.span) == Some(&1)
    }

    /// Patterns that a wildcard of their group finds too, with the same span.
    fn wider(&self, compile: &Compile<'_>, left: &mut usize) -> Vec<Diagnostic> {
        let tables = &compile.tables;
        let needles = &tables.needles;
        let mut stars: FxHashMap<_, Vec<(PatternId, &Needle)>> = FxHashMap::default();
        for (needle, patterns) in needles.list.iter().zip(&self.by_thing) {
            if needles.steps(needle).contains(&Step::Star) {
                for &pattern in patterns {
                    let group = tables.patterns[pattern.index()].group;
                    stars.entry(group).or_default().push((pattern, needle));
                }
            }
        }
        let mut found = Vec::new();
        for (at, own) in self.by_pattern.iter().enumerate() {
            let row = &tables.patterns[at];
            let Some(stars) = stars.get(&row.group) else { continue };
            let own: Vec<&Needle> =
                own.iter().filter_map(|&thing| needles.list.get(thing as usize)).collect();
            let origin = compile.origins[at];
            let other = stars.iter().find(|(other, star)| {
                *left = left.saturating_sub(1);
                let others = &tables.patterns[other.index()];
                *left > 0
                    && other.index() != at
                    && row.fields & !others.fields == 0
                    && self.may_blame(origin, compile.origins[other.index()], false)
                    && !own.is_empty()
                    // Run together or backwards it is found by itself only.
                    && own.iter().all(|needle| needle.kinds == 0 && swallows(needles, star, needle))
            });
            let Some((other, _)) = other else { continue };
            let wider = &tables.patterns[other.index()].text;
            let message = format!("`{wider}` finds everything that `{}` does", row.text);
            found.push(
                Diagnostic::new(Code::SwallowedPattern, origin.span, message)
                    .also(compile.origins[other.index()].span, "the wider one")
                    .hint("take the narrower one out, or write the wider one narrower"),
            );
        }
        found
    }

    /// Patterns of which every plain match lies in an exception.
    fn spared(&self, compile: &Compile<'_>, left: &mut usize) -> Vec<Diagnostic> {
        let tables = &compile.tables;
        let needles = &tables.needles;
        let mut by_scope: FxHashMap<_, Vec<(ExceptId, &Needle)>> = FxHashMap::default();
        for needle in &needles.list {
            for used in needle.uses.of(&needles.uses) {
                if let Use::Except(id) = used
                    && tables.excepts[id.index()].spares == Spares::Inside
                {
                    let scope = tables.excepts[id.index()].scope;
                    by_scope.entry(Scope::of(scope)).or_default().push((*id, needle));
                }
            }
        }
        if by_scope.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, own) in self.by_pattern.iter().enumerate() {
            let row = &tables.patterns[at];
            let file = tables.logic[row.rule.index()].scope;
            let scopes = [Scope::Rule(row.rule.index()), Scope::File(file)];
            let exceptions: Vec<_> =
                scopes.iter().filter_map(|scope| by_scope.get(scope)).flatten().collect();
            if exceptions.is_empty() {
                continue;
            }
            let mut plain = own
                .iter()
                .filter_map(|&thing| needles.list.get(thing as usize))
                .filter(|needle| needle.kinds == 0)
                .peekable();
            let mut by = None;
            let all = plain.peek().is_some()
                && plain.all(|needle| {
                    let covering = exceptions.iter().find(|(_, exception)| {
                        *left = left.saturating_sub(1);
                        *left > 0 && swallows(needles, exception, needle)
                    });
                    by = by.or(covering.map(|(id, _)| *id));
                    covering.is_some()
                });
            if let Some(by) = by.filter(|_| all) {
                let origin = compile.origins[at];
                if origin.list.is_some() && !self.is_of_one_group(origin) {
                    continue;
                }
                let message = format!(
                    "the exception `{}` spares `{}` wherever it is written plainly",
                    tables.excepts[by.index()].text,
                    row.text
                );
                found.push(Diagnostic::new(Code::SparedPattern, origin.span, message).hint(
                    "an exception names the innocent phrase around the word; or take the \
                         pattern out",
                ));
            }
        }
        found
    }
}

/// By needle, the first that is the same but for what is not compared.
fn numbers(needles: &Needles) -> Vec<u32> {
    let mut first: FxHashMap<_, u32> = FxHashMap::default();
    let number = |(at, needle): (usize, &Needle)| {
        let steps: Vec<_> = needles
            .steps(needle)
            .iter()
            .map(|step| match *step {
                Step::Symbol { symbol, origin, case, marks, .. } => {
                    let case = needle.case_sensitive.then_some(case);
                    let origin = origin.filter(|_| needle.level == Level::Exact);
                    Some((symbol, origin, case, needles.marks(marks)))
                }
                Step::Gap => Some((' ', None, None, &[][..])),
                Step::Star => Some(('*', Some('*'), None, &[][..])),
                Step::Apostrophe => None,
            })
            .collect();
        let key = (
            steps,
            needle.boundary,
            needle.level,
            (needle.case_sensitive, needle.same_signs, needle.veto),
            (needle.kinds, needle.cost),
        );
        *first.entry(key).or_insert(at as u32)
    };
    needles.list.iter().enumerate().map(number).collect()
}

/// A key for [`ExceptScope`], which is no key itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    Rule(usize),
    File(u32),
}

impl Scope {
    fn of(scope: ExceptScope) -> Self {
        match scope {
            ExceptScope::Rule(rule) => Self::Rule(rule.index()),
            ExceptScope::File(file) => Self::File(file),
        }
    }
}

/// True when every text that `narrow` finds as it stands, `wide` finds at the same
/// place, and no less is undone for it. Exceptions are compared with folded texts.
fn swallows(needles: &Needles, wide: &Needle, narrow: &Needle) -> bool {
    let reaches = wide.same_signs || wide.level >= narrow.level || narrow.level <= Level::Fold;
    let free = |needle: &Needle| needle.boundary == Boundary::Any;
    reaches
        && (wide.same_signs || !wide.veto || narrow.veto)
        && (!wide.case_sensitive || narrow.case_sensitive)
        && (free(wide) || !free(narrow))
        && covers(needles, needles.steps(wide), needles.steps(narrow))
}

/// True when each text of the steps `narrow` is one of the steps `wide`.
fn covers(needles: &Needles, wide: &[Step], narrow: &[Step]) -> bool {
    let Some((first, rest)) = wide.split_first() else { return narrow.is_empty() };
    match first {
        Step::Star => {
            // It takes letters, or one other wildcard and nothing else: two such together
            // may be longer than one.
            if narrow.first() == Some(&Step::Star) {
                return covers(needles, rest, &narrow[1..]);
            }
            let letters = narrow.iter().take(WILDCARD).take_while(|step| is_letter(step)).count();
            (0..=letters).any(|taken| covers(needles, rest, &narrow[taken..]))
        }
        _ => match narrow.split_first() {
            Some((other, others)) => equal(needles, first, other) && covers(needles, rest, others),
            None => false,
        },
    }
}

fn is_letter(step: &Step) -> bool {
    matches!(step, Step::Symbol { symbol, .. } if table::props(*symbol).is_letter_like())
}

fn equal(needles: &Needles, a: &Step, b: &Step) -> bool {
    match (a, b) {
        (Step::Symbol { symbol, marks, .. }, Step::Symbol { symbol: other, marks: theirs, .. }) => {
            symbol == other && needles.marks(*marks) == needles.marks(*theirs)
        }
        _ => a == b,
    }
}
