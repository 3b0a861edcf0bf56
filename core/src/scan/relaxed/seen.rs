//! What undoing needs to know of a text beside its units; found out once, when
//! first asked.

use super::disguised::{self, Disguised};
use super::gaps;
use super::tongues::Tongues;
use super::words;
use crate::lexicon::Languages;
use crate::view::View;
use crate::view::props::{Class, ScriptKind};
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;
use crate::view::unit::{Flags, Unit};
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// One view of a text while it is being looked at.
pub(crate) struct Seen<'v> {
    pub(crate) view: &'v View,
    /// Those of the view, where it is all of the text.
    facts: Facts,
    /// The word asked for last, and its scripts.
    word: Cell<(usize, usize, Scripts)>,
    /// The same, and whether letters of it are upside down.
    turned: Cell<(usize, usize, bool)>,
    places: OnceCell<Vec<(u32, u32)>>,
    /// The run of equal letters asked for last, and their length.
    run: Cell<(usize, usize, usize)>,
    /// All of the text, where the view is a passage of it.
    whole: Option<&'v Whole<'v>>,
}

/// What is asked of a whole text.
#[derive(Default)]
struct Facts {
    scripts: OnceCell<Scripts>,
    /// By [`Target`]: letters that stand for those of the script.
    disguised: [OnceCell<Disguised>; 4],
    /// The words of the text by language: all, and those with marks.
    tongues: [OnceCell<Tongues>; 2],
}

/// A whole text of which views show passages: made when somebody first asks for it, for few
/// ask what stands far from a match.
pub(crate) struct Whole<'t> {
    view: OnceCell<View>,
    fill: &'t dyn Fn(&mut View),
    facts: Facts,
}

impl<'t> Whole<'t> {
    pub(crate) fn new(fill: &'t dyn Fn(&mut View)) -> Self {
        Self { view: OnceCell::new(), fill, facts: Facts::default() }
    }

    fn view(&self) -> &View {
        self.view.get_or_init(|| {
            let mut view = View::default();
            (self.fill)(&mut view);
            view
        })
    }
}

/// How many letters of each script there are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scripts {
    latin: u32,
    cyrillic: u32,
    greek: u32,
    other: u32,
}

impl Scripts {
    pub(super) fn of_units(units: &[Unit]) -> Self {
        let mut scripts = Self::default();
        for unit in units {
            scripts.add(unit);
        }
        scripts
    }

    fn add(&mut self, unit: &Unit) {
        if !unit.is_letter() {
            return;
        }
        match unit.script {
            ScriptKind::Latin => self.latin += 1,
            ScriptKind::Cyrillic => self.cyrillic += 1,
            ScriptKind::Greek => self.greek += 1,
            _ => self.other += 1,
        }
    }

    pub(super) fn of(self, target: Target) -> u32 {
        match target {
            Target::Latin => self.latin,
            Target::Cyrillic => self.cyrillic,
            Target::Greek => self.greek,
            Target::Arabic => self.other,
        }
    }

    pub(super) fn all(self) -> u32 {
        self.latin + self.cyrillic + self.greek + self.other
    }

    /// True when more than half of the letters that are not of `part` are in none of its scripts.
    fn mostly_unlike(self, part: Self) -> bool {
        let counts = |s: Self| [s.latin, s.cyrillic, s.greek, s.other];
        let both = counts(self).into_iter().zip(counts(part));
        let beside = both.clone().filter(|&(_, own)| own > 0).map(|(all, own)| all - own);
        let beside = beside.sum::<u32>();
        beside * 2 < self.all() - part.all()
    }

    pub(super) fn is_mixed(self) -> bool {
        let present = [self.latin, self.cyrillic, self.greek, self.other];
        present.iter().filter(|&&n| n > 0).count() > 1
    }
}

impl<'v> Seen<'v> {
    pub(crate) fn new(view: &'v View) -> Self {
        Self {
            view,
            facts: Facts::default(),
            word: Cell::default(),
            turned: Cell::default(),
            places: OnceCell::new(),
            run: Cell::default(),
            whole: None,
        }
    }

    /// The same of a view that is a passage of `whole`, in the order of the text.
    pub(crate) fn passage(view: &'v View, whole: &'v Whole<'v>) -> Self {
        Self { whole: Some(whole), ..Self::new(view) }
    }

    /// The view of the whole text, and where in it the units `start..end` are.
    fn around(&self, start: usize, end: usize) -> (&'v View, usize, usize) {
        let Some(whole) = self.whole else { return (self.view, start, end) };
        let whole = whole.view();
        let Some(unit) = self.units().get(start) else { return (whole, 0, 0) };
        // Several units may be of one character.
        let first = |view: &View| view.unit_at_raw(unit.raw_start);
        let there = first(whole) + (start - first(self.view));
        (whole, there, there + (end - start))
    }

    /// The view of all of the text.
    fn whole(&self) -> &'v View {
        self.whole.map_or(self.view, |whole| whole.view())
    }

    fn facts(&self) -> &Facts {
        self.whole.map_or(&self.facts, |whole| &whole.facts)
    }

    fn scripts(&self) -> Scripts {
        *self.facts().scripts.get_or_init(|| Scripts::of_units(&self.whole().units))
    }

    /// Whether some unit outside `start..end` passes `test`, anywhere in the text.
    pub(super) fn any_outside(
        &self,
        start: usize,
        end: usize,
        test: impl Fn(&Unit) -> bool,
    ) -> bool {
        let (view, start, end) = self.around(start, end);
        view.units[..start].iter().any(&test) || view.units[end..].iter().any(&test)
    }

    /// The same for a part of a text: what stands around a word is asked of `whole`.
    pub(super) fn within(view: &'v View, whole: &View) -> Self {
        let seen = Self::new(view);
        seen.facts.scripts.get_or_init(|| Scripts::of_units(&whole.units));
        let latin = Disguised::of_units(&whole.units, Target::Latin);
        seen.facts.disguised[Target::Latin as usize].get_or_init(|| latin);
        seen
    }

    #[inline]
    pub(crate) fn units(&self) -> &'v [Unit] {
        &self.view.units
    }

    /// The run of equal letters around `letter`; asking along a long one costs little.
    pub(super) fn run(&self, letter: &Range<usize>) -> (usize, usize) {
        let (start, end, len) = self.run.get();
        let known = letter.len() == len
            && (start..end).contains(&letter.start)
            && (letter.start - start).is_multiple_of(len);
        if known {
            return (start, end);
        }
        let (start, end) = gaps::run(self.units(), letter);
        self.run.set((start, end, letter.len()));
        (start, end)
    }

    /// Whether a letter of another script at `at` may be read as one of `target`
    /// (DESIGN "latinize"): beside letters of that script, in an impossible mix of
    /// scripts, among words of that script, or what is written to look like them, where it
    /// is no word of its own, and when its own script is one that hardly anybody writes but
    /// to decorate.
    pub(crate) fn opens_gate(&self, at: usize, target: Target) -> bool {
        let unit = &self.units()[at];
        if !unit.is_letter() {
            return true;
        }
        let (start, end, word) = self.word(at);
        let rare = matches!(unit.script, ScriptKind::Cherokee | ScriptKind::Other);
        // Text without spaces has names of other scripts in its midst: there half of the
        // word has to be of the script.
        let among = if unit.script.is_unspaced() {
            word.of(target) * 2 >= word.all()
        } else {
            word.of(target) > 0 || word.is_mixed()
        };
        let letters = &self.units()[start..end];
        if rare || among || disguised::mixes_alphabets(letters) {
            return true;
        }
        let scripts = self.scripts();
        // The word need not be of the text, if that is another one.
        let like = scripts.of(target).saturating_sub(word.of(target));
        let outside = scripts.all().saturating_sub(word.all());
        let mostly = like > 0 && like * 2 >= outside || {
            let others = self.disguised(target).without(Disguised::of_word(letters, target));
            like + others.certain > 0 && (like + others.all()) * 2 >= outside
        };
        mostly && !disguised::is_ordinary(self.view, start..end)
    }

    /// The letters of the text that stand for those of `target`.
    fn disguised(&self, target: Target) -> Disguised {
        let known = &self.facts().disguised[target as usize];
        *known.get_or_init(|| Disguised::of_units(&self.whole().units, target))
    }

    /// Whether the word around the letter at `at` has one that is nothing but another upside
    /// down.
    pub(super) fn is_turned(&self, at: usize) -> bool {
        let (start, end, turned) = self.turned.get();
        if (start..end).contains(&at) {
            return turned;
        }
        let (start, end) = word_around(self.units(), at);
        let turns = |unit: &Unit| {
            let mut readings = table::readings(unit.origin);
            !unit.origin.is_ascii() && readings.any(|r| r.kind() == ReadingKind::Turned)
        };
        let turned = self.units()[start..end].iter().any(turns);
        self.turned.set((start, end, turned));
        turned
    }

    /// The word around the letter at `at`, and its scripts.
    fn word(&self, at: usize) -> (usize, usize, Scripts) {
        let known = self.word.get();
        if (known.0..known.1).contains(&at) {
            return known;
        }
        let (start, end) = word_around(self.units(), at);
        let word = (start, end, Scripts::of_units(&self.units()[start..end]));
        self.word.set(word);
        word
    }

    /// The words outside `start..end` that are written in Latin letters, by the languages that
    /// know them; those with marks, if `marked`.
    pub(super) fn tongues(&self, start: usize, end: usize, marked: bool) -> Tongues {
        let all = &self.facts().tongues[usize::from(marked)];
        let mut tongues = *all.get_or_init(|| {
            let view = self.whole();
            let mut all = Tongues::default();
            latin_words(view, 0..view.units.len(), marked, &mut |known| all.add(known));
            all
        });
        // Whole words, of which some may begin or end outside.
        let units = self.units();
        let before = units[..start].iter().rev().take_while(|u| u.is_word()).count();
        let from = if units.get(start).is_some_and(Unit::is_word) { start - before } else { start };
        latin_words(self.view, from..end, marked, &mut |known| tongues.remove(known));
        tongues
    }

    /// True when most letters outside `start..end` are of other scripts than those inside.
    pub(super) fn is_among_others(&self, start: usize, end: usize) -> bool {
        self.scripts().mostly_unlike(Scripts::of_units(&self.units()[start..end]))
    }

    /// True in links, names, mail addresses and ids, where symbols and digits are
    /// no disguise.
    pub(crate) fn is_place(&self, raw: u32) -> bool {
        let places = self.places.get_or_init(|| places(self.units()));
        let next = places.partition_point(|&(_, end)| end <= raw);
        places.get(next).is_some_and(|&(start, _)| start <= raw)
    }
}

/// The languages of the words that begin within `range` and are of Latin letters alone.
fn latin_words(view: &View, range: Range<usize>, marked: bool, take: &mut impl FnMut(Languages)) {
    let units = &view.units;
    let mut at = range.start;
    while at < range.end {
        if !units[at].is_word() {
            at += 1;
            continue;
        }
        let to = word_around(units, at).1;
        let latin = |u: &Unit| u.is_letter() && u.script == ScriptKind::Latin;
        let counts = !marked || units[at..to].iter().any(|u| u.mark_count > 0);
        if counts && to - at > 1 && units[at..to].iter().all(latin) {
            take(words::languages(view, at..to));
        }
        at = to;
    }
}

/// The run of word units around the one at `at`.
pub(crate) fn word_around(units: &[Unit], at: usize) -> (usize, usize) {
    let start = units[..at].iter().rposition(|u| !u.is_word()).map_or(0, |i| i + 1);
    let end = units[at..].iter().position(|u| !u.is_word()).map_or(units.len(), |len| at + len);
    (start, end)
}

/// True for white space of any kind.
pub(crate) fn is_space(unit: &Unit) -> bool {
    matches!(unit.class, Class::Space | Class::LineBreak)
}

/// The raw spans of links, names, mail addresses and ids, ascending.
fn places(units: &[Unit]) -> Vec<(u32, u32)> {
    let mut places = Vec::new();
    for chunk in units.split(is_space) {
        // Each unit by itself: what was turned around has others between in the original.
        if is_place(chunk) {
            places.extend(chunk.iter().map(|u| (u.raw_start, u.raw_end)));
        }
    }
    places.sort_unstable();
    places
}

fn is_place(chunk: &[Unit]) -> bool {
    is_link(chunk) || is_mention(chunk) || is_mail(chunk) || is_id(chunk)
}

fn starts(chunk: &[Unit], text: &str) -> bool {
    let mut symbols = chunk.iter().map(|u| u.symbol);
    text.chars().all(|c| symbols.next() == Some(c))
}

pub(super) fn is_link(chunk: &[Unit]) -> bool {
    let scheme = |at: usize| starts(&chunk[at..], "://");
    if starts(chunk, "www.") || (0..chunk.len()).any(|at| chunk[at].symbol == ':' && scheme(at)) {
        return true;
    }
    // A dot behind a word, then a few letters and a path.
    let ends = |slash: usize| {
        let letters = chunk[..slash].iter().rev().take_while(|u| u.is_letter()).count();
        let dot = slash.checked_sub(letters + 1).filter(|_| letters >= 2);
        let host = dot.filter(|&dot| chunk[dot].symbol == '.').and_then(|dot| dot.checked_sub(1));
        host.is_some_and(|host| chunk[host].is_word())
    };
    (0..chunk.len()).any(|at| chunk[at].symbol == '/' && ends(at))
}

pub(super) fn is_mention(chunk: &[Unit]) -> bool {
    let [sign, first, ..] = chunk else { return false };
    let in_name = |u: &Unit| u.is_word() || matches!(u.symbol, '_' | '.' | '-');
    sign.symbol == '@' && (first.is_word() || first.symbol == '_') && chunk[1..].iter().all(in_name)
}

pub(super) fn is_mail(chunk: &[Unit]) -> bool {
    let at = chunk.windows(3).position(|w| w[1].symbol == '@' && w[0].is_word() && w[2].is_word());
    at.is_some_and(|at| {
        let host = &chunk[at + 2..];
        host.windows(3).any(|w| w[1].symbol == '.' && w[0].is_word() && w[2].is_word())
    })
}

/// A name that a machine made: digits all over, or capitals in the midst.
pub(super) fn is_id(chunk: &[Unit]) -> bool {
    let plain = |u: &Unit| u.symbol.is_ascii_alphanumeric() || matches!(u.symbol, '-' | '_');
    if chunk.len() < 8 || !chunk.iter().all(plain) {
        return false;
    }
    let signs = chunk.iter().filter(|u| u.is_word()).count();
    let digits = chunk.iter().filter(|u| u.class == Class::Digit).count();
    let pairs =
        |test: fn(&Unit, &Unit) -> bool| chunk.windows(2).filter(|w| test(&w[0], &w[1])).count();
    let changes = pairs(|a, b| a.is_letter() && b.class == Class::Digit);
    let rises = pairs(|a, b| a.is_letter() && !a.has(Flags::UPPER) && b.has(Flags::UPPER));
    changes >= 3 && digits * 5 >= signs * 2 || rises >= 2 && digits > 0
}
