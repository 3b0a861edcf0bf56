//! The parts of a long text in which anything may be found, each looked at by itself.
//!
//! What the census saw are places. Around each of them as much is taken as a match there, or
//! an exception that covers it, can touch: every word of a text that is plain letters takes
//! as many letters of a pattern, so behind more plain letters than any pattern has no match
//! goes on. What is in between is never made into a view. Short texts are one passage.

use super::census::is_space;
use super::relaxed::Whole;
use super::{Look, Places, Scan, ScanBufs, Sight, UNDO_BASE, key};
use crate::limits::WILDCARD;
use crate::probe::{Probe, Stage};
use crate::ruleset::tables::{Needle, Spares, Step, Tables, Use};
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::Match;
use crate::view::View;
use crate::view::props::ScriptKind;
use crate::view::table;
use std::ops::Range;

/// Texts of fewer bytes are one passage.
pub(super) const LONG: usize = 512;
/// Letters beyond those of the longest pattern.
const MARGIN: usize = 12;
/// So many plain words end a passage.
const FENCE: usize = 2;

/// How far the text around a place may matter.
#[derive(Debug, Default)]
pub(super) struct Reach {
    before: Stretch,
    behind: Stretch,
}

/// So many plain letters, and so many plain words.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    letters: usize,
    words: usize,
}

impl Reach {
    pub(super) fn new(tables: &Tables) -> Self {
        let needles = &tables.needles;
        let letters = |needle: &Needle| {
            let takes = |step: &Step| match step {
                Step::Symbol { .. } => 1,
                Step::Star => WILDCARD,
                Step::Gap | Step::Apostrophe => 0,
            };
            needles.steps(needle).iter().map(takes).sum::<usize>()
        };
        let most = |before: bool| {
            let rows = needles.list.iter().filter(|row| !before || begins_before(tables, row));
            rows.map(letters).max().unwrap_or(0) + MARGIN
        };
        let reach = tables.excepts.iter().map(|row| match row.spares {
            Spares::After(reach) | Spares::Before(reach) => reach as usize,
            Spares::Inside | Spares::Quoted => 0,
        });
        let words = FENCE + reach.max().unwrap_or(0);
        Self {
            before: Stretch { letters: most(true), words },
            behind: Stretch { letters: most(false), words },
        }
    }
}

/// The passages of one text, and the buffers to look at them.
#[derive(Debug, Default)]
pub(super) struct Passages {
    places: Vec<u32>,
    list: Vec<Range<usize>>,
    view: View,
}

impl Passages {
    pub(super) fn memory_usage(&self) -> usize {
        self.places.capacity() * 4
            + self.list.capacity() * size_of::<Range<usize>>()
            + self.view.memory_usage()
    }

    /// Finds those around the places collected; false where nearly all of the text is in them.
    fn find(&mut self, text: &str, reach: &Reach) -> bool {
        self.places.sort_unstable();
        self.places.dedup();
        find(text, &self.places, reach, &mut self.list);
        let bytes = self.list.iter().map(|part| part.end - part.start).sum::<usize>();
        bytes < text.len() - text.len() / 4
    }
}

impl Scan<'_> {
    /// Looks for literals in the passages of a long text; false where all of it is to be
    /// looked at.
    pub(super) fn in_passages(
        &self,
        text: &str,
        sight: &mut Sight,
        bufs: &mut ScanBufs,
        probe: &mut Probe,
    ) -> bool {
        let mut passages = std::mem::take(&mut bufs.passages);
        passages.places.clear();
        let known = text.len() >= LONG && sight.places(&mut passages.places).is_some();
        let found = known && passages.find(text, &self.matcher.census.reach);
        if found {
            sight.sort();
            let places = Places::of(&self.matcher.census, sight);
            self.look_at(text, &mut passages, places, bufs, probe);
        }
        bufs.passages = passages;
        found
    }

    /// Looks for exceptions around the matches from number `first` on, in a long text; false
    /// where all of it is to be looked at.
    pub(super) fn around_matches(
        &self,
        text: &str,
        first: usize,
        bufs: &mut ScanBufs,
        probe: &mut Probe,
    ) -> bool {
        if text.len() < LONG {
            return false;
        }
        let mut passages = std::mem::take(&mut bufs.passages);
        passages.places.clear();
        let ends = |found: &Match| [found.raw.start, found.raw.end.saturating_sub(1)];
        passages.places.extend(bufs.matches[first..].iter().flat_map(ends));
        let found = passages.find(text, &self.matcher.census.reach);
        if found {
            self.look_at(text, &mut passages, Places::AS_THEY_ARE, bufs, probe);
        }
        bufs.passages = passages;
        found
    }

    /// Looks for literals in passages of `text`.
    fn look_at(
        &self,
        text: &str,
        passages: &mut Passages,
        places: Places<'_>,
        bufs: &mut ScanBufs,
        probe: &mut Probe,
    ) {
        let fill = |view: &mut View| view.fill(text);
        let whole = Whole::new(&fill);
        let Passages { list, view, .. } = passages;
        let mut progress = Progress::default();
        for part in list.iter() {
            let skipped = self.count_words(text, progress.end..part.start, view);
            view.fill_passage(text, part.clone(), progress.word + skipped);
            probe.lap(Stage::View);
            let look = progress.look(self, view, &whole, Level::Exact, part);
            let steps = self.literals(look, Some(places.within(part)), bufs, probe);
            progress.pass(view, part, steps);
        }
    }

    /// [`in_passages`](Self::in_passages) with the wrappers undone: words are numbered as that text
    /// has them. `first` are the first match and neighbour of this field.
    pub(super) fn in_unwrapped_passages(
        &self,
        text: &str,
        sight: &mut Sight,
        first: (usize, usize),
        bufs: &mut ScanBufs,
        probe: &mut Probe,
    ) -> bool {
        if text.len() < LONG || sight.is_open() {
            return false;
        }
        let Some((unwrapped, inside)) = sight.unwrapped(&self.matcher.census) else { return false };
        let mut passages = std::mem::take(&mut bufs.passages);
        passages.places.clear();
        let spans = bufs.matches[first.0..].iter().map(|found| found.raw);
        let spans = spans.chain(bufs.neighbours[first.1..].iter().map(|found| found.raw));
        passages.places.extend(spans.flat_map(|raw| [raw.start, raw.end.saturating_sub(1)]));
        // Where nothing was looked for only exceptions may be found, around matches.
        let known = inside.is_none_or(|inside| inside.places(&mut passages.places).is_some());
        let found = known && passages.find(text, &self.matcher.census.reach);
        if found {
            let fill = |view: &mut View| view.fill_unwrapped(text, unwrapped, 0..text.len(), 0);
            let whole = Whole::new(&fill);
            let places = inside.map(|inside| Places::of(&self.matcher.census, inside));
            let (matches, neighbours) = (bufs.matches.len(), bufs.neighbours.len());
            bufs.matches[first.0..].sort_by_key(|found| found.raw.start);
            bufs.neighbours[first.1..].sort_by_key(|found| found.raw.start);
            let Passages { list, view, .. } = &mut passages;
            let mut progress = Progress::default();
            for part in list.iter() {
                let skipped =
                    unwrapped.count_words(progress.end..part.start, view, |view, part| {
                        self.count_words(text, part, view)
                    });
                view.fill_unwrapped(text, unwrapped, part.clone(), progress.word + skipped);
                probe.lap(Stage::View);
                for found in beginning_in(&mut bufs.matches[first.0..matches], part, |m| m.raw) {
                    found.words = view.words_covering(found.raw);
                }
                for found in
                    beginning_in(&mut bufs.neighbours[first.1..neighbours], part, |n| n.raw)
                {
                    found.words = view.words_covering(found.raw);
                }
                let look = progress.look(self, view, &whole, Level::Standard, part);
                let steps =
                    self.literals(look, places.map(|places| places.within(part)), bufs, probe);
                progress.pass(view, part, steps);
            }
        }
        bufs.passages = passages;
        found
    }

    /// How many words bytes `part` of `text` have, which begins and ends between words. `view` is
    /// used for what is not plain, and holds nothing of use then.
    fn count_words(&self, text: &str, part: Range<usize>, view: &mut View) -> u32 {
        self.matcher.census.count_words(text, part, |chunk| {
            view.fill_passage(text, chunk, 0);
            view.words
        })
    }
}

/// Those of `found`, in the order of the text, that begin in bytes `part`.
fn beginning_in<'f, T>(
    found: &'f mut [T],
    part: &Range<usize>,
    raw: impl Fn(&T) -> Span,
) -> &'f mut [T] {
    let before = |end: usize| found.partition_point(|each| (raw(each).start as usize) < end);
    let (start, end) = (before(part.start), before(part.end));
    &mut found[start..end]
}

/// How far the passages of a text were looked at.
#[derive(Default)]
struct Progress {
    /// Where the last one ends, and the number of the word behind it.
    end: usize,
    word: u32,
    /// Steps that undoing took.
    steps: u64,
}

impl Progress {
    /// The passage `part` as it is to be looked at: with the steps that what was passed left.
    fn look<'v>(
        &self,
        scan: &Scan<'_>,
        view: &'v View,
        whole: &'v Whole<'v>,
        lowest: Level,
        part: &Range<usize>,
    ) -> Look<'v> {
        let allowed = UNDO_BASE + scan.undo_rate() * part.start as u64;
        Look { view, whole: Some(whole), lowest, steps: allowed.saturating_sub(self.steps) }
    }

    fn pass(&mut self, view: &View, part: &Range<usize>, steps: u64) {
        self.end = part.end;
        self.word = view.words;
        self.steps += steps;
    }
}

/// Whether what matters for a match may stand before the place where it was seen: exceptions,
/// and patterns that are seen by their midst.
fn begins_before(tables: &Tables, needle: &Needle) -> bool {
    let is_except = |each: &Use| matches!(each, Use::Except(_));
    let begins = match tables.needles.steps(needle).first() {
        Some(Step::Symbol { symbol, .. }) => !key::is_variable(needle, *symbol),
        _ => false,
    };
    !begins || needle.uses.of(&tables.needles.uses).iter().any(is_except)
}

/// The passages around `places`, ascending bytes of `text`, into `passages`.
pub(super) fn find(text: &str, places: &[u32], reach: &Reach, passages: &mut Vec<Range<usize>>) {
    passages.clear();
    let mut places = places.iter().map(|&at| at as usize).peekable();
    while let Some(first) = places.next() {
        let floor = passages.last().map_or(0, |last| last.end);
        let start = begin(text, first, floor, reach.before);
        // Everything is read once: from one place to the next, or to the end.
        let mut chunk = chunk_end(text, first);
        let end = loop {
            while places.next_if(|&next| next <= chunk).is_some() {}
            match end(text, chunk, places.peek().copied(), reach.behind) {
                End::Passage(end) => break end,
                End::Place(end) => chunk = end,
            }
        };
        match passages.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => passages.push(start..end),
        }
    }
}

/// Where the passage begins that a place needs; not before `floor`.
fn begin(text: &str, at: usize, floor: usize, want: Stretch) -> usize {
    let mut start = chunk_start(text, at, floor);
    let mut passed = Passed::default();
    while start > floor {
        let mut before = text.as_bytes()[floor..start].iter();
        let end = before.rposition(|&byte| !is_space(byte)).map_or(floor, |at| floor + at + 1);
        start = chunk_start(text, end, floor);
        if start == end || passed.enough(&text[start..end], want) {
            break;
        }
    }
    start
}

/// What comes first behind a place.
enum End {
    /// The end of its passage.
    Passage(usize),
    /// Another place, in a chunk that ends there.
    Place(usize),
}

/// What comes first behind byte `end`, where the chunk of a place ends: the end of its passage,
/// or the `next` place.
fn end(text: &str, mut end: usize, next: Option<usize>, want: Stretch) -> End {
    let mut passed = Passed::default();
    loop {
        let mut behind = text.as_bytes()[end..].iter();
        let start = behind.position(|&byte| !is_space(byte)).map_or(text.len(), |len| end + len);
        end = chunk_end(text, start);
        if next.is_some_and(|next| next <= end) {
            return End::Place(end);
        }
        if start == text.len() || passed.enough(&text[start..end], want) {
            return End::Passage(end);
        }
    }
}

/// Where what has no white space around `at` begins, not before `floor`.
fn chunk_start(text: &str, at: usize, floor: usize) -> usize {
    let before = &text.as_bytes()[floor..at];
    before.iter().rposition(|&byte| is_space(byte)).map_or(floor, |space| floor + space + 1)
}

fn chunk_end(text: &str, at: usize) -> usize {
    let behind = &text.as_bytes()[at..];
    behind.iter().position(|&byte| is_space(byte)).map_or(text.len(), |len| at + len)
}

/// What was passed on the way from a place.
#[derive(Default)]
struct Passed<'t> {
    letters: usize,
    words: usize,
    /// Plain words since the last chunk that was none.
    fence: usize,
    /// The last ones: a word said again may be a stutter.
    last: [&'t str; 2],
}

impl<'t> Passed<'t> {
    /// Takes in the next chunk; true when it ends the passage.
    fn enough(&mut self, chunk: &'t str, want: Stretch) -> bool {
        let Some(letters) = plain_letters(chunk) else {
            self.fence = 0;
            return false;
        };
        if self.last.contains(&chunk) {
            return false;
        }
        self.last = [self.last[1], chunk];
        self.letters += letters;
        self.words += 1;
        self.fence += 1;
        self.fence >= FENCE && self.letters >= want.letters && self.words >= want.words
    }
}

/// The letters of a word as people write it, of which at least two differ, each counted once
/// where it stands several times in a row; `None` for anything else.
fn plain_letters(chunk: &str) -> Option<usize> {
    let word = chunk.trim_matches(|c: char| c.is_ascii_punctuation());
    let mut letters = 0;
    if word.is_ascii() {
        let mut last = 0;
        for byte in word.bytes().map(|byte| byte | 0x20) {
            if !byte.is_ascii_lowercase() {
                return None;
            }
            letters += usize::from(byte != last);
            last = byte;
        }
    } else {
        let mut last = None;
        let mut script = None;
        for c in word.chars() {
            let props = table::props(c);
            let own = *script.get_or_insert(props.script());
            let odd = own == ScriptKind::Other || own.is_unspaced() || own != props.script();
            if odd || !props.is_letter() {
                return None;
            }
            letters += usize::from(last != Some(c));
            last = Some(c);
        }
    }
    (letters > 1).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::{Reach, Stretch, find, plain_letters};

    const REACH: Reach = Reach {
        before: Stretch { letters: 4, words: 2 },
        behind: Stretch { letters: 8, words: 2 },
    };

    fn parts<'t>(text: &'t str, marks: &str) -> Vec<&'t str> {
        let mut places: Vec<u32> = text.match_indices(marks).map(|(at, _)| at as u32).collect();
        places.sort_unstable();
        let mut passages = Vec::new();
        find(text, &places, &REACH, &mut passages);
        passages.into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn as_much_as_a_match_can_touch() {
        let text = "one two three four # five six seven, eight nine ten eleven twelve";
        assert_eq!(parts(text, "#"), ["three four # five six seven,"]);
        assert_eq!(parts(text, "one"), ["one two three four"]);
        assert_eq!(parts(text, "twelve"), ["ten eleven twelve"]);
        assert_eq!(parts(text, "-"), Vec::<&str>::new());
    }

    #[test]
    fn what_is_not_plain_ends_nothing() {
        let text =
            "one two three b.a.d go b a d b4d bad bad bad one a two b three c d four five six";
        let part = "two three b.a.d go b a d b4d bad bad bad one a two b three c d four five";
        assert_eq!(parts(text, "go"), [part]);
        let text = "so be it # ein zwo # drei vier fünf";
        assert_eq!(parts(text, "#"), ["be it # ein zwo # drei vier"]);
        let text = "и так # один — два три, четыре пять";
        assert_eq!(parts(text, "#"), ["и так # один — два три,"]);
    }

    /// A vertical tab is white space here, and none to `str::trim_ascii`.
    #[test]
    fn all_white_space_separates() {
        let text =
            "one two\x0B three \x0B\x0Bfour # five \x0B six\x0Bseven\x0B\x0C eight nine \x0B";
        assert_eq!(parts(text, "#"), ["three \x0B\x0Bfour # five \x0B six\x0Bseven"]);
        assert_eq!(parts(text, "nine"), ["seven\x0B\x0C eight nine \x0B"]);
    }

    /// Were each place to read its whole chunk, this test would never end.
    #[test]
    fn a_long_chunk_is_read_once() {
        let text = "a".repeat(1_000_000);
        let places: Vec<u32> = (0..500_000).map(|at| at * 2).collect();
        let mut passages = Vec::new();
        find(&text, &places, &REACH, &mut passages);
        assert_eq!(passages.as_slice(), std::slice::from_ref(&(0..1_000_000)));
        let text = "a b ".repeat(250_000);
        find(&text, &places, &REACH, &mut passages);
        assert_eq!(passages.as_slice(), std::slice::from_ref(&(0..1_000_000)));
    }

    #[test]
    fn plain_words() {
        assert_eq!(plain_letters("\"Hello,"), Some(4));
        assert_eq!(plain_letters("тест!"), Some(4));
        for odd in ["a", "aaa", "b4", "don't", "тecт", "漢字", "", "...", "a-b"] {
            assert_eq!(plain_letters(odd), None, "{odd}");
        }
    }
}
