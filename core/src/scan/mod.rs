//! Views → hits: everything that is found in the texts of one document.
//!
//! [`words`], [`automaton`], [`regex`] and the walks of [`relaxed`] only propose;
//! alignment alone says whether a literal matches. [`recognizers`] read the original text
//! and decide for themselves. Hits are then given to the rules that asked for
//! them, and exceptions take out what they cover.

mod automaton;
mod census;
mod contexts;
mod except;
mod key;
mod matcher;
mod passages;
mod places;
mod quotes;
mod recognizers;
mod regex;
mod relaxed;
mod required;
mod sleepers;
mod starts;
pub(crate) mod triggers;
mod words;
mod work;

pub(crate) use regex::{RegexError, check as check_regex};
pub use relaxed::latinize;
pub(crate) use relaxed::{costs, shown};
pub(crate) use sleepers::rouse;

use crate::ids::{FieldId, RuleId};
use crate::probe::{Probe, Stage};
use crate::ruleset::tables::{ExceptRow, ExceptScope, Spares, Step, Tables, Use};
use crate::span::Span;
use crate::spec::model::Level;
use crate::verdict::{Kinds, Match, Suppressor};
use crate::view::{LazyView, View};
use census::Announcement;
use census::Census;
pub(crate) use census::Sight;
use contexts::Neighbour;
use except::Occurrence;
pub(crate) use matcher::{Matcher, Part};
use passages::Passages;
use regex::Caches;
use relaxed::{Seen, Whole};
use std::cell::{Cell, OnceCell};
use std::ops::Range;
use work::Work;

/// A verified place, in units of one view.
#[derive(Clone, Copy, Debug)]
struct Hit {
    raw: Span,
    words: Span,
    cost: u8,
    kinds: Kinds,
    vetoed: bool,
    /// For a guess that may be vetoed: of which languages the text around it is.
    guessed: Option<relaxed::Tongues>,
}

/// Steps of undoing that any text may take, however short: ordinary lines take far fewer with
/// lists of thousands, and more would be more time for a short hostile message.
const UNDO_BASE: u64 = 6_000;
/// For each character so many times as many at `strong`, where any letter may be left out.
const UNDO_STRONG: u64 = 4;

/// What scanning one document found, and the buffers it needs.
#[derive(Debug, Default)]
pub(crate) struct ScanBufs {
    /// All matches, by rule, field, start, end and pattern once [`finish`] ran; until [`rouse`]
    /// ran, some sleep and are of no rule yet ([`sleepers`]).
    pub(crate) matches: Vec<Match>,
    occurrences: Vec<Occurrence>,
    /// Occurrences of contexts.
    neighbours: Vec<Neighbour>,
    caches: Caches,
    recognized: recognizers::Bufs,
    align: relaxed::AlignBufs,
    walk: relaxed::WalkBufs,
    passages: Passages,
    /// Undoing stopped because a text asked for more work than is allowed.
    pub(crate) saturated: bool,
}

impl ScanBufs {
    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.matches.capacity() * size_of::<Match>()
            + self.occurrences.capacity() * size_of::<Occurrence>()
            + self.neighbours.capacity() * size_of::<Neighbour>()
            + self.caches.memory_usage()
            + self.recognized.memory_usage()
            + self.align.memory_usage()
            + self.walk.memory_usage()
            + self.passages.memory_usage()
    }

    /// Forgets the last document.
    pub(crate) fn clear(&mut self) {
        self.matches.clear();
        self.occurrences.clear();
        self.neighbours.clear();
        self.saturated = false;
    }
}

/// One field of a document and the buffers for its views.
pub(crate) struct FieldViews<'v> {
    pub(crate) text: &'v str,
    pub(crate) plain: &'v mut LazyView,
    /// For the text with tag characters read.
    pub(crate) tags: &'v mut View,
    /// For the text with wrappers undone.
    pub(crate) decoded: &'v mut View,
    /// What the census saw.
    pub(crate) sight: &'v mut Sight,
}

/// Finds everything in one field. `wanted` tells which rules look at all.
pub(crate) fn scan_field(
    tables: &Tables,
    matcher: &Matcher,
    views: FieldViews<'_>,
    field: FieldId,
    wanted: &dyn Fn(RuleId) -> bool,
    bufs: &mut ScanBufs,
    probe: &mut Probe,
) {
    let FieldViews { text, plain, tags, decoded, sight } = views;
    let scan = Scan { tables, matcher, field, wanted };
    let (first, first_neighbour) = (bufs.matches.len(), bufs.neighbours.len());
    let whole = sight.needs_view() && !scan.in_passages(text, sight, bufs, probe);
    if whole {
        let view = plain.of(text);
        probe.lap(Stage::View);
        let places = Places::of(&matcher.census, sight);
        scan.literals(Look::whole(view, Level::Exact), Some(places), bufs, probe);
    }
    scan.words(sight, bufs);
    probe.lap(Stage::Propose);
    let literals = bufs.matches.len();
    scan.regexes(plain, text, bufs, probe);
    scan.recognizers(plain, text, bufs, probe);
    let more = bufs.matches.len() > literals && matcher.census.may_spare(sight);
    // Exceptions may spare what was found.
    if !whole && more && !scan.around_matches(text, literals, bufs, probe) {
        let places = Places::of(&matcher.census, sight);
        scan.literals(Look::whole(plain.of(text), Level::Exact), Some(places), bufs, probe);
    }
    if (sight.saw.all || sight.saw.tags) && tags.fill_tags(text) {
        probe.lap(Stage::View);
        scan.literals(Look::whole(tags, Level::Fold), None, bufs, probe);
    }
    let found = bufs.matches.len() > first || bufs.neighbours.len() > first_neighbour;
    let wrapped = sight.saw.all || sight.saw.decoded || found && sight.saw.wrapped;
    if !wrapped || !sight.has_wrappers(text) {
        return;
    }
    if scan.in_unwrapped_passages(text, sight, (first, first_neighbour), bufs, probe) {
        return;
    }
    decoded.fill_unwrapped(text, sight.text_unwrapped(), 0..text.len(), 0);
    // Words are numbered as the decoded text has them.
    for found in &mut bufs.matches[first..] {
        found.words = decoded.words_covering(found.raw);
    }
    for found in &mut bufs.neighbours[first_neighbour..] {
        found.words = decoded.words_covering(found.raw);
    }
    probe.lap(Stage::View);
    let inside = sight.inside().filter(|_| !decoded.is_reordered());
    let places = inside.map(|inside| Places::of(&matcher.census, inside));
    scan.literals(Look::whole(decoded, Level::Standard), places, bufs, probe);
}

/// Where hits go.
struct Finds<'b> {
    matches: &'b mut Vec<Match>,
    occurrences: &'b mut Vec<Occurrence>,
    neighbours: &'b mut Vec<Neighbour>,
}

/// A view to look at, whole or a passage of a text.
#[derive(Clone, Copy)]
struct Look<'v> {
    view: &'v View,
    /// All of the text, if the view is a passage.
    whole: Option<&'v Whole<'v>>,
    /// Only needles of this level and higher ones are looked for.
    lowest: Level,
    /// Undoing may take so many steps at once.
    steps: u64,
}

impl<'v> Look<'v> {
    fn whole(view: &'v View, lowest: Level) -> Self {
        Self { view, whole: None, lowest, steps: UNDO_BASE }
    }
}

/// Where something may be found in a view, by first bytes.
#[derive(Clone, Copy)]
struct Places<'s> {
    hits: &'s [Announcement],
    spared: &'s [Announcement],
    starts: &'s [u32],
    /// Every word may be something.
    words: bool,
    /// What needs no boundary may be anywhere.
    anywhere: bool,
    /// Nothing is ruled out.
    all: bool,
}

impl<'s> Places<'s> {
    fn of(census: &Census, sight: &'s Sight) -> Self {
        let Sight { hits, spared, starts, saw, .. } = sight;
        let words = census.asks_words(sight);
        Self { hits, spared, starts, words, anywhere: saw.anywhere, all: saw.all }
    }

    /// None but what patterns and exceptions may be found at as they are.
    const AS_THEY_ARE: Self =
        Self { hits: &[], spared: &[], starts: &[], words: true, anywhere: true, all: false };

    /// Those in bytes `part`; they stand in the order of the text.
    fn within(self, part: &Range<usize>) -> Self {
        fn slice<'s, T>(all: &'s [T], part: &Range<usize>, at: impl Fn(&T) -> u32) -> &'s [T] {
            let before = |end: usize| all.partition_point(|each| (at(each) as usize) < end);
            &all[before(part.start)..before(part.end)]
        }
        Self {
            hits: slice(self.hits, part, |hit| hit.start),
            spared: slice(self.spared, part, |hit| hit.start),
            starts: slice(self.starts, part, |&at| at),
            ..self
        }
    }
}

/// What scanning a field needs to know.
struct Scan<'s> {
    tables: &'s Tables,
    matcher: &'s Matcher,
    field: FieldId,
    wanted: &'s dyn Fn(RuleId) -> bool,
}

impl Scan<'_> {
    /// Finds literals and exceptions, at `places` if these are known; the steps that undoing
    /// took.
    fn literals(
        &self,
        look: Look<'_>,
        places: Option<Places<'_>>,
        bufs: &mut ScanBufs,
        probe: &mut Probe,
    ) -> u64 {
        let Scan { tables, matcher, .. } = *self;
        let Look { view, whole, lowest, steps } = look;
        let ScanBufs { matches, occurrences, neighbours, align, walk, saturated, .. } = bufs;
        let mut finds = Finds { matches, occurrences, neighbours };
        let seen = whole.map_or_else(|| Seen::new(view), |whole| Seen::passage(view, whole));
        walk.work = Work::new(steps, self.undo_rate());
        let aligning = Cell::new(walk.work);
        let mut propose = |needle: u32, at: usize| {
            let row = &tables.needles.list[needle as usize];
            if row.level < lowest && !row.same_signs {
                return;
            }
            probe.lap(Stage::Propose);
            let uses = row.uses.of(&tables.needles.uses);
            let found = relaxed::align(&tables.needles, row, &seen, at, &aligning, align);
            let Some(found) = found else {
                probe.lap_for(Stage::Verify, rules(tables, uses));
                return;
            };
            let hit = Hit {
                raw: view.raw(at, found.end),
                words: view.words(at, found.end),
                cost: found.cost,
                kinds: found.kinds,
                vetoed: row.veto && relaxed::vetoes(&seen, at, &found, row.level),
                guessed: relaxed::guessed(&seen, at, &found).filter(|_| row.veto),
            };
            self.give_needle(needle, hit, &mut finds);
            probe.lap_for(Stage::Verify, rules(tables, uses));
        };
        match places {
            Some(places) if !places.words => {
                for hit in places.hits.iter().chain(places.spared) {
                    propose(hit.needle, view.unit_at_raw(hit.start));
                }
            }
            _ => matcher.words.propose(view, &mut propose),
        }
        if places.is_none_or(|places| places.all || places.anywhere)
            || matcher.census.spares_anywhere()
        {
            matcher.automaton.propose(&tables.needles, view, &mut propose);
        }
        let known = places.filter(|places| !places.all).map(|places| places.starts);
        if !matcher.tries.is_empty() && known.is_none_or(|known| !known.is_empty()) {
            let mut disguised = |needle: u32, at: usize| {
                let row = &tables.needles.list[needle as usize];
                let steps = tables.needles.steps(row);
                let before =
                    steps.iter().take_while(|s| matches!(s, Step::Star | Step::Gap)).count();
                if before == 0 {
                    return propose(needle, at);
                }
                // The walk found what stands behind a leading wildcard.
                for start in starts::starts(&steps[..before], row.level, view, at) {
                    propose(needle, start);
                }
            };
            matcher.tries.propose(&seen, lowest, known, walk, &aligning, &mut disguised);
            *saturated |= walk.work.is_spent();
        }
        *saturated |= aligning.get().is_spent();
        probe.lap(Stage::Propose);
        walk.work.most().max(aligning.get().most())
    }

    /// The steps that undoing may take for each character.
    fn undo_rate(&self) -> u64 {
        let strong = if self.matcher.tries.are_strong() { UNDO_STRONG } else { 1 };
        u64::from(self.tables.limits.undoing) * strong
    }

    /// Words of the text that are needles as they are.
    fn words(&self, sight: &Sight, bufs: &mut ScanBufs) {
        let ScanBufs { matches, occurrences, neighbours, .. } = bufs;
        let mut finds = Finds { matches, occurrences, neighbours };
        for found in &sight.found {
            let hit = Hit {
                raw: Span::new(found.start, found.end),
                words: Span::new(found.word, found.word + 1),
                cost: 0,
                kinds: Kinds::NONE,
                vetoed: false,
                guessed: None,
            };
            self.give_needle(found.needle, hit, &mut finds);
        }
    }

    fn regexes(&self, view: &mut LazyView, text: &str, bufs: &mut ScanBufs, probe: &mut Probe) {
        let ScanBufs { matches, occurrences, neighbours, caches, .. } = bufs;
        let mut finds = Finds { matches, occurrences, neighbours };
        let mut give = |uses: &[Use], hit: Hit| self.give(uses, hit, &mut finds);
        self.matcher.regexes.find(self.tables, view, text, caches, &mut give, probe);
    }

    fn recognizers(&self, view: &mut LazyView, text: &str, bufs: &mut ScanBufs, probe: &mut Probe) {
        let Scan { tables, matcher, .. } = *self;
        let ScanBufs { matches, occurrences, neighbours, recognized, .. } = bufs;
        let mut finds = Finds { matches, occurrences, neighbours };
        let mut give = |uses: &[Use], hit: Hit| self.give(uses, hit, &mut finds);
        let asked = |uses: &[Use]| uses.iter().any(|each| self.is_asked(*each));
        recognizers::find_entities(tables, view, text, recognized, asked, &mut give, probe);
        matcher.domains.find(tables, view, text, recognized, &mut give, probe);
    }

    /// True when somebody wants to know of hits in this field.
    fn is_asked(&self, each: Use) -> bool {
        match each {
            Use::Except(_) => true,
            Use::Pattern(pattern) => {
                let row = &self.tables.patterns[pattern.index()];
                row.fields >> self.field.0 & 1 == 1 && (self.wanted)(row.rule)
            }
        }
    }

    /// Gives a hit to all who asked for it.
    fn give(&self, uses: &[Use], hit: Hit, finds: &mut Finds<'_>) {
        let Scan { tables, field, .. } = *self;
        for &each in uses {
            match each {
                Use::Pattern(_) if !self.is_asked(each) => {}
                Use::Pattern(pattern) => {
                    let row = &tables.patterns[pattern.index()];
                    let langs = &tables.logic[row.rule.index()].langs;
                    let foreign = |around: &relaxed::Tongues| around.is_none_of(langs);
                    let vetoed = hit.vetoed || hit.guessed.as_ref().is_some_and(foreign);
                    finds.matches.push(Match {
                        rule: row.rule,
                        group: row.group,
                        pattern,
                        field,
                        raw: hit.raw,
                        words: hit.words,
                        cost: hit.cost,
                        kinds: hit.kinds,
                        suppressed_by: vetoed.then_some(Suppressor::Veto),
                    });
                }
                Use::Except(except) => {
                    let &ExceptRow { scope, spares, .. } = &tables.excepts[except.index()];
                    let (raw, words) = (hit.raw, hit.words);
                    if spares == Spares::Inside {
                        finds.occurrences.push(Occurrence { field, scope, raw, except });
                    } else {
                        finds.neighbours.push(Neighbour { except, field, raw, words });
                    }
                }
            }
        }
    }
}

/// The rules that use something, for the costs of each.
fn rules<'t>(tables: &'t Tables, uses: &'t [Use]) -> impl Iterator<Item = RuleId> + Clone + 't {
    uses.iter().filter_map(|each| match each {
        Use::Pattern(pattern) => Some(tables.patterns[pattern.index()].rule),
        Use::Except(_) => None,
    })
}

/// Tells of which rules an exception may have something to say about the matches.
pub(crate) struct Spared<'s> {
    tables: &'s Tables,
    matcher: &'s Matcher,
    texts: &'s [&'s str],
    /// Whether a text may quote anything; asked of few.
    quotes: OnceCell<bool>,
}

impl<'s> Spared<'s> {
    pub(crate) fn new(tables: &'s Tables, matcher: &'s Matcher, texts: &'s [&'s str]) -> Self {
        Self { tables, matcher, texts, quotes: OnceCell::new() }
    }

    fn quotes(&self) -> bool {
        let may_quote = || self.texts.iter().any(|text| quotes::may_quote(text));
        *self.quotes.get_or_init(|| self.matcher.contexts.quote() && may_quote())
    }

    /// Of any rule.
    fn any(&self, bufs: &ScanBufs) -> bool {
        !bufs.occurrences.is_empty() || !bufs.neighbours.is_empty() || self.quotes()
    }

    /// Of this rule.
    pub(crate) fn may_be(&self, rule: RuleId, bufs: &ScanBufs) -> bool {
        let ScanBufs { occurrences, neighbours, .. } = bufs;
        let file = ExceptScope::File(self.tables.logic[rule.index()].scope);
        let rules = ExceptScope::Rule(rule);
        occurrences.iter().any(|o| o.scope == rules || o.scope == file)
            || self.matcher.contexts.may_spare(self.tables, rule, neighbours, || self.quotes())
    }
}

/// Orders the matches, keeps the cheapest of those found twice at one place, and
/// takes out what exceptions cover. `texts` and `views` are those of the fields.
pub(crate) fn finish(
    tables: &Tables,
    matcher: &Matcher,
    texts: &[&str],
    views: &mut [LazyView],
    bufs: &mut ScanBufs,
) {
    if bufs.matches.is_empty() {
        return;
    }
    let place = |m: &Match| (m.rule, m.field, m.raw.start, m.raw.end, m.pattern);
    // What nothing else was found beside comes in order.
    if !bufs.matches.is_sorted_by(|a, b| place(a) < place(b)) {
        // Stable: of what is alike in several views the first one's counts.
        bufs.matches.sort_by_key(|m| (place(m), m.cost, m.kinds.rank()));
        bufs.matches.dedup_by_key(|m| place(m));
    }
    places::keep_best(&mut bufs.matches);
    except::suppress(tables, &mut bufs.matches, &mut bufs.occurrences);
    matcher.contexts.suppress(tables, texts, views, &mut bufs.neighbours, &mut bufs.matches);
}
