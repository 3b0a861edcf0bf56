//! Censors the original text where fired rules found something.

use crate::ids::ActionId;
use crate::input::Input;
use crate::ruleset::Ruleset;
use crate::verdict::{Match, VerdictRef};
use crate::view::table;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// How to censor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedactOptions {
    /// What to put in the place of a match.
    pub style: RedactStyle,
    /// Leave texts alone whose action is milder than this.
    pub at: Option<ActionId>,
}

/// What to put in the place of a match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedactStyle {
    /// `*` for each character; white space stays, invisible characters go.
    #[default]
    Stars,
    /// `***` whatever the length.
    Fixed,
    /// The first character, then `*` for each other.
    FirstLetter,
    /// A text of your own.
    Text(String),
}

impl Ruleset {
    /// The texts of `input` with the matches of fired, enforced rules censored,
    /// one for each of its fields in order.
    ///
    /// Only rules with points above 0 or an action count, and of those the groups
    /// their `redact:` names. Cuts fall between characters as people see them
    /// (grapheme clusters); the rest of the text is untouched, byte for byte.
    pub fn redact<'t, 'v>(
        &'v self,
        verdict: impl Into<VerdictRef<'v>>,
        input: &'t Input<'_>,
        options: &RedactOptions,
    ) -> Vec<Cow<'t, str>> {
        let verdict = verdict.into();
        let spared = options.at.is_some_and(|at| verdict.action() < at);
        let texts = input.fields().iter();
        texts
            .map(|field| {
                let text: &'t str = &field.text;
                let id = crate::engine::field_id(self.inner(), field.name.as_deref());
                let spans = match id {
                    // Of two texts for one field the later one was looked at.
                    Some(id) if !spared && std::ptr::eq(self.field_text(input, id), text) => {
                        let matches = self.censored(verdict).filter(|m| m.field == id);
                        whole_characters(text, matches)
                    }
                    _ => Vec::new(),
                };
                if spans.is_empty() {
                    return Cow::Borrowed(text);
                }
                Cow::Owned(replace(text, &spans, &options.style))
            })
            .collect()
    }

    /// The matches that are censored.
    fn censored<'v>(&'v self, verdict: VerdictRef<'v>) -> impl Iterator<Item = &'v Match> {
        let counts = |fired: &&crate::verdict::Fired| {
            fired.points.0 > 0 || self.rules()[fired.rule.index()].action.is_some()
        };
        verdict.fired().iter().filter(counts).flat_map(move |fired| {
            let groups = &self.inner().tables.logic[fired.rule.index()].redact;
            let named = |m: &&Match| groups.as_ref().is_none_or(|g| g.contains(&m.group));
            verdict.matches_of(fired.rule).filter(named)
        })
    }
}

/// The spans of the matches, widened to grapheme clusters and joined where they meet.
fn whole_characters<'m>(text: &str, matches: impl Iterator<Item = &'m Match>) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = matches.map(|m| widen(text, m.raw.range())).collect();
    spans.sort_unstable_by_key(|s| (s.start, s.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

fn widen(text: &str, span: Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        cursor.is_boundary(text, 0).unwrap_or(true)
    };
    let mut start = span.start;
    if !boundary(start) {
        let mut cursor = GraphemeCursor::new(start, text.len(), true);
        start = cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0);
    }
    let mut end = span.end;
    if !boundary(end) {
        let mut cursor = GraphemeCursor::new(end, text.len(), true);
        end = cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len());
    }
    start..end
}

fn replace(text: &str, spans: &[Range<usize>], style: &RedactStyle) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut copied = 0;
    for span in spans {
        redacted.push_str(&text[copied..span.start]);
        put(&mut redacted, &text[span.clone()], style);
        copied = span.end;
    }
    redacted.push_str(&text[copied..]);
    redacted
}

fn put(redacted: &mut String, found: &str, style: &RedactStyle) {
    let star = |redacted: &mut String, character: &str| {
        if character.chars().all(char::is_whitespace) {
            redacted.push_str(character);
        } else if !character.chars().all(|c| table::props(c).is_ignorable()) {
            redacted.push('*');
        }
    };
    match style {
        RedactStyle::Fixed => redacted.push_str("***"),
        RedactStyle::Text(text) => redacted.push_str(text),
        RedactStyle::Stars => found.graphemes(true).for_each(|c| star(redacted, c)),
        RedactStyle::FirstLetter => {
            let mut characters = found.graphemes(true);
            redacted.push_str(characters.next().unwrap_or_default());
            characters.for_each(|c| star(redacted, c));
        }
    }
}
