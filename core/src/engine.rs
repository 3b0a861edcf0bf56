//! Classification: from a document to a verdict, in the order of the stages.

use crate::eval::facts::Facts;
use crate::eval::trace::Traced;
use crate::eval::{self, Document, EvalBufs, Truth};
use crate::ids::{ActionId, FactId, FieldId, RuleId};
use crate::input::Input;
use crate::limits::TEXT_BYTES;
use crate::probe::Stage;
use crate::ruleset::{Inner, Ruleset};
use crate::scan::{self, FieldViews};
use crate::score::{self, Outcome};
use crate::scratch::Scratch;
use crate::verdict::{Findings, Match, Undecided, Verdict};
use smallvec::SmallVec;

impl Ruleset {
    /// Decides about a document. Cannot fail, whatever the text.
    ///
    /// ```
    /// let ruleset: tamis::Ruleset = r#"
    /// policy: demo
    /// labels: { spam: { review: 3 } }
    /// rules:
    ///   - { id: offer, label: spam, points: 3, patterns: [free gold] }
    /// "#.parse()?;
    /// let verdict = ruleset.classify("get FREE gold here");
    /// assert_eq!(ruleset.action_name(verdict.action()), "review");
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn classify<'t>(&self, input: impl Into<Input<'t>>) -> Verdict {
        let mut scratch = self.inner().pool.get();
        self.classify_with(&mut scratch, input)
    }

    /// Decides about a document with the caller's buffers: nothing is shared
    /// between threads. The verdict of a text in which nothing is found holds no heap
    /// memory.
    #[inline]
    pub fn classify_with<'t>(&self, scratch: &mut Scratch, input: impl Into<Input<'t>>) -> Verdict {
        classify(self.inner(), scratch, input.into())
    }

    /// The same without the census that rules out most texts: slower, and never another
    /// verdict. For tests of the census.
    #[doc(hidden)]
    pub fn classify_thoroughly<'t>(&self, input: impl Into<Input<'t>>) -> Verdict {
        let mut scratch = self.inner().pool.get();
        let input = input.into();
        let run = Run { thorough: true, ..Run::new(self.inner(), &input) };
        let exempt = run.evaluate(&mut scratch);
        run.verdict(&scratch, exempt)
    }

    /// True when the verdict's action is not the first one. No verdict is made for it.
    pub fn is_flagged<'t>(&self, input: impl Into<Input<'t>>) -> bool {
        let inner = self.inner();
        let mut scratch = inner.pool.get();
        let input = input.into();
        let looked = look_first(inner, &mut scratch, &input);
        if looked && scratch.sight.is_clear() {
            return false;
        }
        let run = Run { looked, ..Run::new(inner, &input) };
        let exempt = run.evaluate(&mut scratch);
        run.settled(run.outcome(&scratch).action, &scratch, exempt) != ActionId(0)
    }

    /// The value of every rule's own condition, whatever its mode, by rule id;
    /// what `tamis test` asks. Rules in mode `disabled` are looked at only by a
    /// ruleset compiled for tests.
    pub fn rule_truths<'t>(&self, input: impl Into<Input<'t>>) -> Vec<Truth> {
        let input = input.into();
        let mut scratch = self.inner().pool.get();
        Run::new(self.inner(), &input).evaluate(&mut scratch);
        scratch.eval.truths[..self.inner().tables.rules.len()].to_vec()
    }

    /// What one rule found in a document, whether it fired or not, and what became
    /// of its condition.
    pub(crate) fn look_closer(&self, input: &Input<'_>, rule: RuleId) -> Closer {
        let mut scratch = self.inner().pool.get();
        let run = Run { thorough: true, ..Run::new(self.inner(), input) };
        run.evaluate(&mut scratch);
        let Scratch { views, scan, eval: bufs, .. } = &mut *scratch;
        let saturated = run.cut || scan.saturated;
        let asked = self.inner().tables.logic[rule.index()].facts.iter().copied();
        Closer {
            matches: scan.matches.iter().filter(|m| m.rule == rule).copied().collect(),
            missing: asked.filter(|&fact| run.facts.is_missing(fact)).collect(),
            truth: bufs.truths[rule.index()],
            trace: eval::trace::trace(run.document(saturated), rule, views, bufs),
            speaks: run.speaks_to(rule),
            saturated,
        }
    }

    /// Buffers for [`Ruleset::classify_with`].
    pub fn scratch(&self) -> Scratch {
        Scratch::default()
    }
}

/// What [`Ruleset::look_closer`] sees.
pub(crate) struct Closer {
    /// All its matches, suppressed ones included.
    pub(crate) matches: Vec<Match>,
    /// The facts that its condition asks for and the document lacks.
    pub(crate) missing: Vec<FactId>,
    pub(crate) truth: Truth,
    /// Its condition, if it has one, taken apart.
    pub(crate) trace: Option<Traced>,
    /// False when the document states a language that the rule is not for.
    pub(crate) speaks: bool,
    pub(crate) saturated: bool,
}

/// One document against one ruleset.
struct Run<'r> {
    inner: &'r Inner,
    /// By field id; what the document lacks is empty.
    texts: SmallVec<[&'r str; 2]>,
    facts: Facts<'r>,
    lang: Option<&'r str>,
    /// A text was longer than spans can number.
    cut: bool,
    /// Nothing is ruled out beforehand.
    thorough: bool,
    /// The census has looked at the one text.
    looked: bool,
}

/// Decides about a document.
#[inline]
pub(crate) fn classify(inner: &Inner, scratch: &mut Scratch, input: Input<'_>) -> Verdict {
    let Some(text) = input.plain() else { return classify_document(inner, scratch, &input) };
    // There is nothing to drop in it, which compilers do not see.
    std::mem::forget(input);
    classify_text(inner, scratch, text)
}

/// The same of a text by itself, the most frequent document: as little as possible is done
/// beside the look at it.
fn classify_text(inner: &Inner, scratch: &mut Scratch, text: &str) -> Verdict {
    let looked = look_at(inner, scratch, text);
    if looked && scratch.sight.is_clear() {
        return Verdict::default();
    }
    classify_closely(inner, scratch, &Input::new(text), looked)
}

fn classify_document(inner: &Inner, scratch: &mut Scratch, input: &Input<'_>) -> Verdict {
    let looked = look_first(inner, scratch, input);
    if looked && scratch.sight.is_clear() {
        return Verdict::default();
    }
    classify_closely(inner, scratch, input, looked)
}

/// The same with the clock of a profile: [`classify`] itself reads none where one look decides.
pub(crate) fn classify_by_the_clock(inner: &Inner, scratch: &mut Scratch, input: &Input<'_>) {
    scratch.probe.begin();
    let looked = look_first(inner, scratch, input);
    scratch.probe.lap(Stage::Census);
    if !(looked && scratch.sight.is_clear()) {
        drop(classify_closely(inner, scratch, input, looked));
        scratch.probe.lap(Stage::Verdict);
    }
}

#[inline(never)]
fn classify_closely(
    inner: &Inner,
    scratch: &mut Scratch,
    input: &Input<'_>,
    looked: bool,
) -> Verdict {
    let run = Run { looked, ..Run::new(inner, input) };
    let exempt = run.evaluate(scratch);
    run.verdict(scratch, exempt)
}

/// Looks at the text where that may tell that its verdict says nothing, the case of
/// nearly all texts; false where it cannot.
#[inline]
fn look_first(inner: &Inner, scratch: &mut Scratch, input: &Input<'_>) -> bool {
    let [field] = input.fields() else { return false };
    let is_first = match &field.name {
        None => true,
        Some(name) => inner.tables.fields.first().is_some_and(|first| *first == **name),
    };
    is_first && input.facts().is_empty() && look_at(inner, scratch, &field.text)
}

/// The same at the text of a document that has nothing else.
#[inline]
fn look_at(inner: &Inner, scratch: &mut Scratch, text: &str) -> bool {
    let decides = inner.asks_words_only && text.len() <= TEXT_BYTES;
    if decides {
        inner.matcher.look(text, false, &mut scratch.sight);
    }
    decides
}

impl<'r> Run<'r> {
    fn new(inner: &'r Inner, input: &'r Input<'_>) -> Self {
        let tables = &inner.tables;
        let mut texts = SmallVec::from_elem("", tables.fields.len());
        let mut cut = false;
        for field in input.fields() {
            let Some(id) = field_id(inner, field.name.as_deref()) else { continue };
            let end = cut_at(&field.text);
            cut |= end < field.text.len();
            texts[id.index()] = &field.text[..end];
        }
        let facts = Facts::bind(tables, &inner.fact_names, input.facts());
        Self { inner, texts, facts, lang: input.language(), cut, thorough: false, looked: false }
    }

    /// Scans, takes out exceptions, evaluates; true when the document is exempt.
    fn evaluate(&self, scratch: &mut Scratch) -> bool {
        let Inner { tables, matcher, keep_disabled, .. } = self.inner;
        let Scratch { views, tags, decoded, sight, scan, eval: bufs, probe, owner } = scratch;
        if *owner != self.inner.serial {
            *scan = scan::ScanBufs::default();
            *owner = self.inner.serial;
        }
        if views.len() < self.texts.len() {
            views.resize_with(self.texts.len(), Default::default);
        }
        let wanted =
            |rule: RuleId| eval::is_live(tables, rule, *keep_disabled) && self.speaks_to(rule);
        scan.clear();
        for (at, &text) in self.texts.iter().enumerate() {
            views[at].reset();
            if !self.looked {
                probe.lap(Stage::Verdict);
                matcher.look(text, self.thorough, sight);
                probe.lap(Stage::Census);
            }
            let views = FieldViews { text, plain: &mut views[at], tags, decoded, sight };
            scan::scan_field(tables, matcher, views, FieldId::new(at), &wanted, scan, probe);
        }
        let spared = scan::Spared::new(tables, matcher, &self.texts);
        scan::rouse(tables, matcher, self.thorough, &spared, &wanted, scan, &mut bufs.found);
        if !self.thorough {
            let mut found = std::mem::take(&mut scan.matches);
            let spared = |rule| spared.may_be(rule, scan);
            self.inner.wake.drop_hopeless(&mut found, &mut bufs.found, spared);
            scan.matches = found;
        }
        scan::finish(tables, matcher, &self.texts, views, scan);
        probe.lap(Stage::Exceptions);
        let document = self.document(self.cut || scan.saturated);
        let views = &mut views[..self.texts.len()];
        eval::run(document, &self.inner.wake, views, &scan.matches, &wanted, bufs, probe);
        eval::exempt(document, bufs)
    }

    fn document(&self, saturated: bool) -> Document<'_> {
        let tables = &self.inner.tables;
        Document { tables, facts: &self.facts, texts: &self.texts, saturated }
    }

    /// False when the document states a language the rule is not for.
    fn speaks_to(&self, rule: RuleId) -> bool {
        let langs = &self.inner.tables.logic[rule.index()].langs;
        self.lang.is_none_or(|lang| speaks(langs, lang))
    }

    fn outcome(&self, scratch: &Scratch) -> Outcome {
        let eval = &scratch.eval;
        score::score(&self.inner.tables, eval.rules_that_are(Truth::True), &eval.alive)
    }

    /// `action`, unless the document is exempt or hit a limit.
    fn settled(&self, action: ActionId, scratch: &Scratch, exempt: bool) -> ActionId {
        match exempt {
            true => ActionId(0),
            false if self.cut || scratch.scan.saturated => action.max(self.inner.tables.saturated),
            false => action,
        }
    }

    fn verdict(&self, scratch: &Scratch, exempt: bool) -> Verdict {
        let eval = &scratch.eval;
        let Outcome { action, shadow_action, labels, fired, shadow } = self.outcome(scratch);
        let reported = |rule: RuleId| {
            let has = |list: &[crate::verdict::Fired]| {
                list.binary_search_by_key(&rule, |f| f.rule).is_ok()
            };
            has(&fired) || has(&shadow)
        };
        let shown = |m: &&Match| m.suppressed_by.is_some() || reported(m.rule);
        let found = &scratch.scan.matches;
        let matches = match found.chunk_by(|a, b| a.rule == b.rule).next() {
            // Nearly always of one rule.
            Some(all) if all.len() == found.len() && reported(all[0].rule) => {
                SmallVec::from_slice(all)
            }
            _ => found.iter().filter(shown).copied().collect(),
        };
        let actions =
            (self.settled(action, scratch, exempt), self.settled(shadow_action, scratch, exempt));
        let findings = Findings {
            labels,
            shadow,
            fired,
            undecided: self.undecided(eval),
            invalid_facts: self.facts.invalid.clone(),
            matches,
        };
        let saturated = self.cut || scratch.scan.saturated;
        Verdict::new(actions, exempt, saturated, Box::new(findings))
    }

    fn undecided(&self, eval: &EvalBufs) -> Vec<Undecided> {
        let tables = &self.inner.tables;
        eval.rules_that_are(Truth::Unknown)
            .filter(|rule| !tables.rules[rule.index()].is_helper())
            .map(|rule| {
                let asked = tables.logic[rule.index()].facts.iter().copied();
                let missing = asked.filter(|&fact| self.facts.is_missing(fact)).collect();
                Undecided { rule, missing }
            })
            .collect()
    }
}

/// Where a text is cut: at its end, unless spans could not number it.
pub(crate) fn cut_at(text: &str) -> usize {
    let mut end = text.len().min(TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// The field a text goes to: an unnamed one to the first, unknown names nowhere.
pub(crate) fn field_id(inner: &Inner, name: Option<&str>) -> Option<FieldId> {
    match name {
        None => Some(FieldId::TEXT),
        Some(name) => inner.tables.fields.iter().position(|f| f == name).map(FieldId::new),
    }
}

/// True when rules for `langs`, all languages if there are none, are for `lang`.
pub(crate) fn speaks(langs: &[String], lang: &str) -> bool {
    langs.is_empty() || langs.iter().any(|wanted| is_language(lang, wanted))
}

/// `de` is meant for `de`, `de-AT` and `DE_ch`; `de-AT` only for itself.
fn is_language(stated: &str, wanted: &str) -> bool {
    let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b) || (a == b'_' && b == b'-');
    stated.len() >= wanted.len()
        && stated.bytes().zip(wanted.bytes()).all(same)
        && matches!(stated.as_bytes().get(wanted.len()), None | Some(b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use crate::ruleset::Ruleset;
    use crate::scan::Sight;

    /// What walks may take is counted anew in each pass over each text.
    #[test]
    fn a_text_is_seen_alike_however_many_were_before() {
        let policy = "policy: p\nlabels: { a: { review: 1 } }\nrules:\n  - \
            { id: r, label: a, points: 1, patterns: [killer, 王八蛋] }";
        let ruleset: Ruleset = policy.parse().expect("a policy");
        let text = "k1ll §cth1s 1l k!l r\u{200B} §c kї11 и";
        let mut sight = Sight::default();
        let mut look = || {
            ruleset.inner().matcher.look(text, false, &mut sight);
            let (mut places, mut inside) = (Vec::new(), Vec::new());
            sight.places(&mut places).expect("places");
            sight.inside().expect("there are wrappers").places(&mut inside).expect("places");
            (places, inside)
        };
        let first = look();
        for _ in 0..2_000 {
            assert_eq!(look(), first);
        }
    }
}
