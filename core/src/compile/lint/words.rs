//! Patterns that catch more words than their author thinks of, shown with such words.

use super::Compile;
use crate::compile::steps::{Parsed, Part};
use crate::diag::{Code, Diagnostic};
use crate::ids::PatternId;
use crate::lexicon;
use crate::limits::WILDCARD;
use crate::ruleset::tables::{Needle, Step, Use};
use crate::span::SourceSpan;
use crate::spec::model::Boundary;
use crate::view::props::Class;
use crate::view::table;
use rustc_hash::FxHashSet;

/// Letters that a wildcard, or a pattern without boundaries, should have at least.
const LETTERS: usize = 3;
/// Innocent words that are shown.
const SHOWN: usize = 5;
/// Patterns for which words are looked up; who has more knows by then.
const LOOKED_UP: usize = 200;

impl Compile<'_> {
    /// What is to be said about the words of a pattern, but for examples.
    pub(in crate::compile) fn lint_words(
        &mut self,
        parsed: &Parsed,
        span: SourceSpan,
        boundary: Boundary,
    ) {
        if let Some(code) = problem(parsed, boundary)
            && !(self.is_thorough && code != Code::LoneCharacter)
        {
            self.sink.push(warning(code, span, &[]));
        }
    }
}

/// What is wrong with the width of a pattern.
fn problem(parsed: &Parsed, boundary: Boundary) -> Option<Code> {
    let is_letter = |class: Class| matches!(class, Class::Letter | Class::VowelMark);
    let letters = parsed.symbols().filter(|&c| is_letter(table::props(c).class())).count();
    let symbols = parsed.symbols().count();
    let unspaced = parsed.symbols().any(|c| table::props(c).script().is_unspaced());
    if parsed.has_star() && letters < LETTERS {
        return Some(Code::ShortWildcard);
    }
    if parsed.has_inner_star() {
        return Some(Code::InnerWildcard);
    }
    if unspaced {
        let lone = matches!(parsed.steps.as_slice(), [Part::Symbol { .. }]);
        return (lone && boundary == Boundary::Word).then_some(Code::LoneCharacter);
    }
    // A sign or emoji is part of no word.
    let short = boundary == Boundary::Any && symbols == letters && letters <= LETTERS;
    short.then_some(Code::ShortPattern)
}

fn warning(code: Code, span: SourceSpan, examples: &[String]) -> Diagnostic {
    let (message, hint) = match code {
        Code::ShortWildcard => (
            "a wildcard with fewer than three fixed letters matches many innocent words",
            "write more of the word, or list the forms you mean",
        ),
        Code::InnerWildcard => (
            "a `*` inside a word matches up to 20 letters there",
            "for a masked word write the word itself; for other forms list them",
        ),
        Code::LoneCharacter => (
            "a lone character of a script without spaces is found inside other words",
            "write the whole word, or add exceptions for the words that contain it",
        ),
        _ => (
            "so short a pattern without boundaries is found inside many innocent words",
            "take `boundary: any` out, write more of the word, or add exceptions",
        ),
    };
    let diagnostic = Diagnostic::new(code, span, message).hint(hint);
    if examples.is_empty() {
        return diagnostic;
    }
    diagnostic.label(format!("also {}", examples.join(", ")))
}

/// Says it with words of the lexicon that the patterns find.
pub(super) fn with_examples(compile: &mut Compile<'_>) {
    let needles = &compile.tables.needles;
    let mut wide: Vec<Wide> = Vec::new();
    for needle in needles.list.iter().filter(|needle| needle.kinds == 0 && !needle.same_signs) {
        let steps = needles.steps(needle);
        let parsed = Parsed { steps: steps.iter().map(unstored).collect() };
        let Some(code) = problem(&parsed, needle.boundary) else { continue };
        let patterns = needle.uses.of(&needles.uses).iter().filter_map(|used| match used {
            Use::Pattern(id) => Some(*id),
            Use::Except(_) => None,
        });
        let patterns: Vec<PatternId> = patterns.collect();
        if code != Code::LoneCharacter && !patterns.is_empty() {
            wide.push(Wide { code, patterns, shape: Shape::of(needle, steps), found: Vec::new() });
        }
    }
    if wide.is_empty() {
        return;
    }
    for (word, entry) in lexicon::words() {
        let letters: Vec<char> = word.chars().collect();
        for wide in wide.iter_mut().take(LOOKED_UP).filter(|wide| wide.shape.finds(&letters)) {
            wide.found.push((entry.frequency, word.clone()));
        }
    }
    let mut said: FxHashSet<PatternId> = FxHashSet::default();
    for mut wide in wide {
        // The most frequent first; then the shortest, so that the order is settled.
        wide.found.sort_by(|a, b| {
            b.0.cmp(&a.0).then(a.1.len().cmp(&b.1.len())).then_with(|| a.1.cmp(&b.1))
        });
        let shown: Vec<String> =
            wide.found.iter().take(SHOWN).map(|(_, word)| format!("`{word}`")).collect();
        // Inflected forms are needles of their own.
        for pattern in wide.patterns.into_iter().filter(|&pattern| said.insert(pattern)) {
            let span = compile.origins[pattern.index()].span;
            compile.sink.push(warning(wide.code, span, &shown));
        }
    }
}

/// A pattern that is too wide, and the words it finds.
struct Wide {
    code: Code,
    patterns: Vec<PatternId>,
    shape: Shape,
    found: Vec<(u8, String)>,
}

/// A word of a pattern, as far as innocent words are concerned.
struct Shape {
    /// The letters; none for a wildcard. Empty for what is not looked up.
    parts: Vec<Option<char>>,
    anywhere: bool,
}

impl Shape {
    fn of(needle: &Needle, steps: &[Step]) -> Self {
        // Of a phrase, the word that has the wildcard.
        let starred = |word: &&[Step]| word.iter().any(|step| matches!(step, Step::Star));
        let mut words = steps.split(|step| matches!(step, Step::Gap));
        let is_phrase = words.clone().nth(1).is_some();
        let word = if is_phrase { words.find(starred).unwrap_or_default() } else { steps };
        let anywhere = needle.boundary == Boundary::Any && !is_phrase;
        let part = |step: &Step| match step {
            Step::Symbol { symbol, .. } => Some(Some(*symbol)),
            Step::Star => Some(None),
            Step::Gap | Step::Apostrophe => None,
        };
        Self { parts: word.iter().map(part).collect::<Option<_>>().unwrap_or_default(), anywhere }
    }

    /// True when the pattern is found in the word and is not all of it.
    fn finds(&self, word: &[char]) -> bool {
        let letters = self.parts.iter().filter(|part| part.is_some()).count();
        if self.parts.is_empty() || word.len() <= letters {
            return false;
        }
        let last = if self.anywhere { word.len() - letters } else { 0 };
        (0..=last).any(|start| fits(&self.parts, &word[start..], self.anywhere))
    }
}

/// Whether the parts match the start of `word`, or all of it.
fn fits(parts: &[Option<char>], word: &[char], prefix: bool) -> bool {
    match parts.split_first() {
        None => prefix || word.is_empty(),
        Some((Some(letter), rest)) => {
            word.first() == Some(letter) && fits(rest, &word[1..], prefix)
        }
        Some((None, rest)) => {
            (0..=word.len().min(WILDCARD)).any(|skipped| fits(rest, &word[skipped..], prefix))
        }
    }
}

/// The step as it was before it was stored; marks are of no importance here.
fn unstored(step: &Step) -> Part {
    match *step {
        Step::Gap => Part::Gap,
        Step::Star => Part::Star,
        Step::Apostrophe => Part::Apostrophe,
        Step::Symbol { symbol, origin, case, joined, .. } => {
            Part::Symbol { symbol, origin, case, joined, marks: Vec::new() }
        }
    }
}
