//! The engine against the reference, and against itself, on generated policies and texts.
//!
//! `PROPTEST_CASES=100000 cargo test -p tamis-conformance --release --test properties`
//! looks longer; the default is a few seconds.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tamis::spec::model::Level;
use tamis::{FactValue, Input, Policy, Ruleset};
use tamis_conformance::outcome::Outcome;
use tamis_conformance::reference::{Reference, units};
use tamis_conformance::{disguise, engine, generate};

fn input<'t>(title: &'t str, body: &'t str, facts: &'t [(String, Value)]) -> Input<'t> {
    let input = Input::from_fields().field("title", title).field("body", body);
    facts
        .iter()
        .fold(input, |input, (name, value)| input.fact(name.as_str(), FactValue::from_json(value)))
}

/// The policy and its ruleset; `None` when the policy has an error, which
/// generated ones seldom have.
fn compile(policy: &Value) -> Option<(Policy, Ruleset)> {
    let policy: Policy = policy.to_string().parse().ok()?;
    let ruleset = policy.compile().ok()?;
    Some((policy, ruleset))
}

fn classify(ruleset: &Ruleset, input: &Input<'_>) -> Outcome {
    engine::outcome(ruleset, ruleset.classify(input).as_ref(), input)
}

/// A policy of one rule with one pattern.
fn one_pattern(pattern: &Value, except: &[&str]) -> Value {
    json!({
        "policy": "generated",
        "labels": { "harm": { "block": 1 } },
        "rules": [{
            "id": "r", "label": "harm", "points": 1,
            "patterns": [pattern], "except": except,
        }],
    })
}

/// True for what flags are made of.
fn is_flag_half(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// What a text folds to, letter by letter: `한` and `하ㄴ` are the same ones.
fn letters(text: &str) -> Vec<char> {
    units::units(&tamis::fold(text), Level::Fold, false).iter().map(|u| u.symbol).collect()
}

/// The same cases on every run, so that a test run tells of the change it runs on;
/// with `PROPTEST_CASES` set, new ones. What they find becomes a case that people
/// can read, not a seed.
fn config() -> ProptestConfig {
    let searching = std::env::var_os("PROPTEST_CASES").is_some();
    let rng_seed = if searching { RngSeed::Random } else { RngSeed::Fixed(2026) };
    ProptestConfig {
        max_global_rejects: 100_000,
        failure_persistence: None,
        rng_seed,
        ..ProptestConfig::default()
    }
}

/// What texts in Chinese and Japanese consist of, most of it letters; some look like those of
/// other scripts, or are read as another.
const CJK: [&str; 34] = [
    "กี่",
    "ก้",
    "王",
    "八",
    "蛋",
    "的",
    "的",
    "我",
    "人",
    "了",
    "下",
    "子",
    "ス",
    "の",
    "が",
    "工",
    "二",
    "麼",
    "，",
    "。",
    "！",
    "？",
    "“",
    "”",
    "…",
    "・",
    "·",
    "\u{3000}",
    " ",
    " ",
    "?",
    "'",
    "a",
    "1",
];

/// What stands between the parts of a long text.
const SIGNS: [&str; 14] = [
    "’",
    "‘",
    "“",
    "”",
    "…",
    " – ",
    "—",
    "😂",
    "❤\u{FE0F}",
    "’s ",
    " “I’m ",
    "• ",
    "👨\u{200D}👩",
    "…”",
];

const PLAIN: [&str; 3] = [
    "down by the river some people sat together under the old trees and told each other what \
     they had seen on their long way home while the evening came slowly over the hills, and \
     nobody wanted to leave before the last boat had gone back to the other side of the water",
    "вечером у реки сидели люди и рассказывали друг другу что видели по дороге домой пока \
     солнце медленно садилось за холмы, и никто не хотел уходить раньше последней лодки",
    "We didn't go. It was 7 o'clock (or so), I think; then we'd see: nothing at all was there \
     to be found, said Mr. Smith \u{2014} who doesn\u{2019}t lie \u{2014} except some old chairs, two tables & a lamp \u{B} or \u{C} so",
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_engine_says_what_the_reference_says(
        (policy, title, body, facts) in generate::meeting(),
    ) {
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (parsed, ruleset) = compiled.expect("assumed");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = input(&title, &body, &facts);
        prop_assert_eq!(classify(&ruleset, &input), reference.classify(&input), "engine, reference");
    }

    #[test]
    fn the_census_rules_nothing_out((policy, title, body, facts) in generate::meeting()) {
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let input = input(&title, &body, &facts);
        prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
    }

    /// Long texts are looked at in passages, however what is found lies among plain words.
    #[test]
    fn passages_say_what_the_whole_text_says(
        (policy, title, body, facts) in generate::meeting(),
        (disguised, found) in disguise::disguised(),
        plain in prop::collection::vec((0..PLAIN.len(), 0..12usize, prop::bool::ANY), 4),
    ) {
        let parts = [title.as_str(), &body, &found, &title];
        let mut text = String::new();
        for (part, (words, skip, line)) in parts.into_iter().zip(plain) {
            let words: Vec<&str> = PLAIN[words].split(' ').skip(skip).collect();
            text += &words.join(" ");
            text.push(if line { '\n' } else { ' ' });
            text += part;
            text.push(' ');
        }
        let policies = [policy, one_pattern(&disguised, &[])];
        for policy in policies {
            let Some((_, ruleset)) = compile(&policy) else { continue };
            let input = input(&title, &text, &facts);
            prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
        }
    }

    #[test]
    fn the_census_rules_no_pattern_out((pattern, text) in generate::entry_and_text()) {
        let compiled = compile(&one_pattern(&pattern, &[]));
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let input = Input::new(text.as_str());
        prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
    }

    #[test]
    fn the_census_rules_no_disguise_out((entry, text) in disguise::disguised()) {
        let (_, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let input = Input::new(text.as_str());
        prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
    }

    /// Chinese and Japanese are read by the chunk, whatever stands between the letters.
    #[test]
    fn cjk_rules_nothing_out(
        patterns in prop::collection::vec(prop::collection::vec(0..CJK.len(), 1..4), 1..4),
        parts in prop::collection::vec((0..CJK.len(), any::<prop::sample::Index>(), 0..9usize), 1..20),
        level in prop::sample::select(vec!["exact", "fold", "standard"]),
    ) {
        let spell = |parts: &[usize]| parts.iter().map(|&part| CJK[part]).collect::<String>();
        let patterns: Vec<String> = patterns.iter().map(|parts| spell(parts)).collect();
        // Some parts are a pattern, stretched, spelled out, or as it is.
        let part = |&(part, ref pattern, how): &(usize, prop::sample::Index, usize)| {
            let letters = pattern.get(&patterns).chars();
            match how {
                0 => letters.collect(),
                1 => letters.flat_map(|c| [c, c]).collect(),
                2 => letters.flat_map(|c| [c.to_string(), CJK[part].to_owned()]).collect(),
                _ => CJK[part].to_owned(),
            }
        };
        let text: String = parts.iter().map(part).collect();
        let policy = json!({
            "policy": "generated",
            "evasion": level,
            "labels": { "harm": { "block": 1 } },
            "rules": [{ "id": "r", "label": "harm", "points": 1, "patterns": patterns }],
        });
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let input = Input::new(text.as_str());
        prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
    }

    /// In a flood of near-hits a hit is seen as it is by itself.
    #[test]
    fn floods_rule_nothing_out(
        (entry, found) in disguise::disguised(),
        dropped in any::<prop::sample::Index>(),
        times in 1..40usize,
        space in prop::sample::select(vec![" ", "", "-", "\n"]),
    ) {
        let (_, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let mut near: Vec<char> = found.chars().collect();
        if !near.is_empty() {
            near.remove(dropped.index(near.len()));
        }
        let near: String = near.into_iter().chain(space.chars()).collect();
        let text = near.repeat(times) + &found + space + &near.repeat(times) + &found;
        let input = Input::new(text.as_str());
        let (quick, thorough) = (ruleset.classify(&input), ruleset.classify_thoroughly(&input));
        // What is too much work is so only where nothing is ruled out.
        let (quick, thorough) = (quick.as_ref(), thorough.as_ref());
        prop_assume!(!quick.saturated() && !thorough.saturated());
        prop_assert_eq!(quick.matches(), thorough.matches());
    }

    /// Signs that stand in ordinary text are read with it, wherever they stand.
    #[test]
    fn signs_beyond_ascii_rule_nothing_out(
        (policy, title, body, facts) in generate::meeting(),
        (disguised, found) in disguise::disguised(),
        signs in prop::collection::vec((any::<prop::sample::Index>(), 0..SIGNS.len()), 1..6),
    ) {
        let among_signs = |text: &str| {
            let mut text: Vec<char> = text.chars().collect();
            for (place, sign) in &signs {
                let at = place.index(text.len() + 1);
                text.splice(at..at, SIGNS[*sign].chars());
            }
            text.into_iter().collect::<String>()
        };
        for (policy, body) in [(policy, body), (one_pattern(&disguised, &[]), found)] {
            let Some((_, ruleset)) = compile(&policy) else { continue };
            let (title, body) = (among_signs(&title), among_signs(&body));
            let input = input(&title, &body, &facts);
            prop_assert_eq!(ruleset.classify(&input), ruleset.classify_thoroughly(&input));
        }
    }

    #[test]
    fn one_pattern_matches_where_the_reference_says(
        (pattern, text) in generate::entry_and_text(),
    ) {
        let compiled = compile(&one_pattern(&pattern, &[]));
        prop_assume!(compiled.is_some());
        let (parsed, ruleset) = compiled.expect("assumed");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        prop_assert_eq!(
            classify(&ruleset, &input).fired,
            reference.classify(&input).fired,
            "engine, reference"
        );
    }

    #[test]
    fn contexts_hold_where_the_reference_says(
        (exceptions, text) in (generate::contexts(), generate::quoting()),
    ) {
        let policy = json!({
            "policy": "generated",
            "evasion": "exact",
            "labels": { "harm": { "block": 1 } },
            "rules": [{
                "id": "r", "label": "harm", "points": 1,
                "patterns": ["spam", "spam never"], "except": exceptions,
            }],
        });
        let (parsed, ruleset) = compile(&policy).expect("it compiles");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        prop_assert_eq!(classify(&ruleset, &input), reference.classify(&input), "engine, reference");
    }

    #[test]
    fn disguises_are_undone_as_the_reference_says((entry, text) in disguise::disguised()) {
        let (parsed, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        let (engine, reference) = (classify(&ruleset, &input), reference.classify(&input));
        prop_assert_eq!(engine.fired, reference.fired, "engine, reference");
        prop_assert_eq!(engine.suppressed, reference.suppressed, "engine, reference");
    }

    #[test]
    fn slips_among_plain_words_are_undone_as_the_reference_says(
        (entry, text) in disguise::slipped(),
    ) {
        let (parsed, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        let (engine, reference) = (classify(&ruleset, &input), reference.classify(&input));
        prop_assert_eq!(engine.fired, reference.fired, "engine, reference");
        prop_assert_eq!(engine.suppressed, reference.suppressed, "engine, reference");
    }

    #[test]
    fn each_level_finds_what_the_one_below_finds((entry, text) in disguise::disguised()) {
        let places = |level: &str| {
            let mut entry = entry.clone();
            entry["evasion"] = level.into();
            let (_, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
            let outcome = classify(&ruleset, &Input::new(text.as_str()));
            let fired = outcome.fired.into_iter().flat_map(|f| f.matches);
            let all = fired.chain(outcome.suppressed);
            all.map(|m| (m.span, m.cost)).collect::<Vec<_>>()
        };
        let levels = ["exact", "fold", "standard", "strong"].map(places);
        for pair in levels.windows(2) {
            for (low, cost) in &pair[0] {
                let found = pair[1].iter().any(|(high, other)| {
                    other <= cost && low.start < high.end && high.start < low.end
                });
                prop_assert!(found, "{:?} in {:?}", low, levels);
            }
        }
    }

    #[test]
    fn hashtags_and_names_are_cut_where_the_reference_says(
        pattern in generate::tag_pattern(),
        text in generate::tagged_text(),
    ) {
        let compiled = compile(&one_pattern(&json!(pattern), &[]));
        prop_assume!(compiled.is_some());
        let (parsed, ruleset) = compiled.expect("assumed");
        let reference = Reference::new(parsed.spec()).map_err(TestCaseError::fail)?;
        let input = Input::new(text.as_str());
        prop_assert_eq!(
            classify(&ruleset, &input).fired,
            reference.classify(&input).fired,
            "engine, reference"
        );
    }

    #[test]
    fn what_stands_in_a_span_folds_to_the_pattern(
        pattern in generate::plain_pattern(&generate::all_letters()),
        any in any::<bool>(),
        text in generate::text(&generate::all_letters()),
    ) {
        let boundary = if any { "any" } else { "word" };
        let compiled = compile(&one_pattern(&json!({ "text": pattern, "boundary": boundary, "evasion": "fold" }), &[]));
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let outcome = classify(&ruleset, &Input::new(text.as_str()));
        for found in outcome.fired.iter().flat_map(|f| &f.matches) {
            // What looks like a letter does not fold to it, nor does a flag half that is read
            // in another alphabet.
            if found.kinds.contains("lookalike") || found.text.contains(is_flag_half) {
                continue;
            }
            prop_assert_eq!(letters(&found.text), letters(&pattern));
        }
    }

    #[test]
    fn what_is_blanked_is_found_no_more((entry, text) in disguise::disguised()) {
        let (_, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let outcome = classify(&ruleset, &Input::new(text.as_str()));
        for found in outcome.fired.iter().flat_map(|f| &f.matches) {
            let blank = " ".repeat(found.span.len());
            let text = [&text[..found.span.start], &blank, &text[found.span.end..]].concat();
            let outcome = classify(&ruleset, &Input::new(text.as_str()));
            let mut left = outcome.fired.iter().flat_map(|f| &f.matches);
            prop_assert!(!left.any(|m| m.span == found.span), "{:?} in {}", found.span, text);
        }
    }

    #[test]
    fn an_exception_spares_what_it_covers_and_nothing_else(
        (pattern, except, text) in generate::pair_and_text(),
    ) {
        // The veto takes matches out too.
        let entry = json!({ "text": pattern, "veto": false });
        let with = compile(&one_pattern(&entry, &[&except]));
        let without = compile(&one_pattern(&entry, &[]));
        let covering = compile(&one_pattern(&json!({ "text": except, "evasion": "fold", "veto": false }), &[]));
        prop_assume!(with.is_some() && without.is_some() && covering.is_some());
        let spans = |compiled: Option<(Policy, Ruleset)>| {
            let (_, ruleset) = compiled.expect("assumed");
            let outcome = classify(&ruleset, &Input::new(text.as_str()));
            let span = |m: tamis_conformance::outcome::MatchOutcome| m.span;
            let alive: Vec<_> = outcome.fired.into_iter().flat_map(|f| f.matches).map(span).collect();
            let spared: Vec<_> = outcome.suppressed.into_iter().map(span).collect();
            (alive, spared)
        };
        let (all, _) = spans(without);
        // An exception reads the folded text, not what looks like it.
        let covers: Vec<_> = {
            let (_, ruleset) = covering.expect("assumed");
            let outcome = classify(&ruleset, &Input::new(text.as_str()));
            let folded = |m: &tamis_conformance::outcome::MatchOutcome| {
                m.kinds.iter().all(|kind| matches!(&**kind, "forms" | "marks" | "invisible"))
            };
            outcome.fired.into_iter().flat_map(|f| f.matches).filter(folded).map(|m| m.span).collect()
        };
        let covered = |m: &std::ops::Range<usize>| {
            covers.iter().any(|c| c.start <= m.start && m.end <= c.end)
        };
        let (spared, alive): (Vec<_>, Vec<_>) = all.into_iter().partition(covered);
        prop_assert_eq!(spans(with), (alive, spared), "got, expected");
    }

    #[test]
    fn every_way_to_classify_gives_one_verdict(
        (policy, title, body, facts) in generate::meeting(),
        more in proptest::collection::vec(generate::text(&generate::all_letters()), 1..6),
    ) {
        let compiled = compile(&policy);
        prop_assume!(compiled.is_some());
        let (_, ruleset) = compiled.expect("assumed");
        let texts = more.iter().chain([&title, &body]);
        let inputs: Vec<Input<'_>> = texts.map(|t| input(t, &body, &facts)).collect();
        let verdicts: Vec<_> = inputs.iter().map(|i| ruleset.classify(i)).collect();
        let mut scratch = ruleset.scratch();
        let first = ruleset.action_name(tamis::ids::ActionId(0)).to_owned();
        for (input, verdict) in inputs.iter().zip(&verdicts) {
            prop_assert_eq!(&ruleset.classify_with(&mut scratch, input), verdict);
            let flagged = ruleset.action_name(verdict.action()) != first;
            prop_assert_eq!(ruleset.is_flagged(input), flagged);
        }
        for workers in [0, 1, 2, 3, 8] {
            let batch = ruleset.classify_batch_with(&inputs, workers);
            let rows: Vec<_> = batch.iter().map(tamis::VerdictRef::to_owned).collect();
            prop_assert_eq!(&rows, &verdicts, "{} workers", workers);
        }
    }
}

/// Lists where engine and reference differ on generated disguises, one a line: for people.
#[test]
#[ignore = "a list, not a test: `make disguise-differences`"]
#[expect(clippy::print_stdout, reason = "it is for people")]
fn differences() {
    use proptest::strategy::ValueTree;
    let number = |name: &str, other| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(other)
    };
    let seed = RngSeed::Fixed(number("SEED", 1));
    let config = ProptestConfig { rng_seed: seed, failure_persistence: None, ..config() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let (all, mut count, mut tired) = (number("CASES", 5000), 0, 0);
    for number in 0..all {
        let (entry, text) = if number % 2 == 0 {
            disguise::disguised().new_tree(&mut runner).expect("made").current()
        } else {
            disguise::slipped().new_tree(&mut runner).expect("made").current()
        };
        let (parsed, ruleset) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let reference = Reference::new(parsed.spec()).expect("it is known");
        let input = Input::new(text.as_str());
        let (engine, reference) = (classify(&ruleset, &input), reference.classify(&input));
        if (&engine.fired, &engine.suppressed) == (&reference.fired, &reference.suppressed) {
            continue;
        }
        if ruleset.classify(&input).as_ref().saturated() {
            // The reference takes as many steps as it likes.
            tired += 1;
            continue;
        }
        count += 1;
        println!("{entry} in {text:?}");
        for (who, outcome) in [("engine", engine), ("reference", reference)] {
            let places = |m: &tamis_conformance::outcome::MatchOutcome| {
                format!("{:?} {} {:?}", m.span, m.cost, m.kinds)
            };
            let fired = outcome.fired.iter().flat_map(|f| &f.matches).map(places);
            let vetoed = outcome.suppressed.iter().map(|m| format!("vetoed {}", places(m)));
            println!("  {who}: {:?}", fired.chain(vetoed).collect::<Vec<_>>());
        }
    }
    println!("{count} of {all} differ; in {tired} the engine ran out of steps");
}

/// Generated policies must compile: a test on nothing proves nothing.
#[test]
fn most_generated_policies_compile() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let made: Vec<Value> = (0..300)
        .map(|_| generate::meeting().new_tree(&mut runner).expect("a policy").current().0)
        .collect();
    let wrong: Vec<String> = made
        .iter()
        .filter_map(|p| p.to_string().parse::<Ruleset>().err())
        .map(|error| error.to_string())
        .collect();
    assert!(wrong.len() < 100, "{} of 300 do not compile, such as\n{}", wrong.len(), wrong[0]);
}

/// Generated documents must meet their policies, in every way that is compared.
#[test]
fn generated_documents_meet_their_policies() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut fired, mut shadow, mut undecided, mut suppressed, mut kinds) = (0, 0, 0, 0, 0);
    for _ in 0..1000 {
        let made = generate::meeting().new_tree(&mut runner).expect("made");
        let (policy, title, body, facts) = made.current();
        let Some((_, ruleset)) = compile(&policy) else { continue };
        let outcome = classify(&ruleset, &input(&title, &body, &facts));
        let mut matches = outcome.fired.iter().flat_map(|f| &f.matches);
        kinds += usize::from(matches.any(|m| !m.kinds.is_empty()));
        fired += usize::from(!outcome.fired.is_empty());
        shadow += usize::from(!outcome.shadow.is_empty());
        undecided += usize::from(!outcome.undecided.is_empty());
        suppressed += usize::from(!outcome.suppressed.is_empty());
    }
    let counts = [fired, shadow, undecided, suppressed, kinds];
    assert!(
        counts.iter().all(|&n| n >= 20),
        "of 1000: {fired} fire, {shadow} in shadow, {undecided} undecided, \
         {suppressed} with exceptions, {kinds} with evasion"
    );
}

/// Generated disguises must be found, of every kind: a test on nothing proves nothing.
#[test]
fn generated_disguises_are_of_every_kind() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut found, mut vetoed) = (0, 0);
    for _ in 0..6000 {
        let (entry, text) = disguise::disguised().new_tree(&mut runner).expect("made").current();
        let (parsed, _) = compile(&one_pattern(&entry, &[])).expect("it compiles");
        let reference = Reference::new(parsed.spec()).expect("it is known");
        let outcome = reference.classify(&Input::new(text.as_str()));
        found += usize::from(!outcome.fired.is_empty());
        vetoed += usize::from(!outcome.suppressed.is_empty());
        for found in outcome.fired.iter().flat_map(|f| &f.matches) {
            found.kinds.iter().for_each(|kind| *seen.entry(kind.clone()).or_default() += 1);
        }
    }
    let names: Vec<&str> = tamis::Kinds::NAMES.iter().map(|(_, name)| *name).collect();
    let seldom: Vec<&&str> =
        names.iter().filter(|kind| seen.get(**kind).is_none_or(|&n| n < 5)).collect();
    assert!(seldom.is_empty(), "{seldom:?} are seldom among {seen:?}");
    assert!(found >= 1000 && vetoed >= 5, "{found} found, {vetoed} vetoed");
}

/// Matches of a rule that lacks a group it needs are dropped beforehand: what is
/// dropped could not have made its condition true.
#[test]
fn a_group_is_needed_only_where_nothing_else_will_do() {
    for when in ["count(g) < evasion_cost", "count(g) > 1", "h and not g", "g or h"] {
        let policy = json!({
            "policy": "w",
            "rules": [{
                "id": "r", "action": "review", "when": when,
                "patterns": { "g": ["gold"], "h": ["silver"] },
            }],
        });
        let (_, ruleset) = compile(&policy).expect("it compiles");
        for text in ["s!lver", "silver", "gold gold", "gold s!lver", "nothing"] {
            let slow = ruleset.classify_thoroughly(text);
            assert_eq!(ruleset.classify(text), slow, "{when}: {text}");
        }
    }
}

/// The census numbers words as a view does: an apostrophe between letters joins them.
#[test]
fn words_behind_apostrophes_have_the_number_of_the_whole() {
    let (_, ruleset) = compile(&one_pattern(&json!("silver"), &[])).expect("it compiles");
    for text in ["e'silver", "a e'silver l", "it's 'silver'", "a1 b'c'silver", "4' silver"] {
        assert_eq!(ruleset.classify(text), ruleset.classify_thoroughly(text), "{text}");
    }
}

/// A sign that stands for a letter takes marks of other scripts as that letter does.
#[test]
fn marks_behind_signs_that_are_letters() {
    let pattern = json!({ "text": "ⓚⓚ", "evasion": "fold" });
    let (_, ruleset) = compile(&one_pattern(&pattern, &[])).expect("it compiles");
    assert!(ruleset.is_flagged("ⓚ\u{E34}ⓚ"));
}

/// Letters that are drawn count for the census wherever they stand in a word.
#[test]
fn drawn_letters_are_seen_behind_others() {
    for (pattern, text) in
        [("twin", "tvvin"), ("help", "Hello, Ada"), ("mild", "mi|)"), ("lost", "l()st")]
    {
        let (_, ruleset) = compile(&one_pattern(&json!(pattern), &[])).expect("it compiles");
        assert_eq!(ruleset.classify(text), ruleset.classify_thoroughly(text), "{text}");
    }
    let (_, ruleset) = compile(&one_pattern(&json!("twin"), &[])).expect("it compiles");
    assert!(ruleset.is_flagged("tvvin"), "drawn by two letters");
}

/// What one part of a text uses up, a later one gets again.
#[test]
fn a_hostile_part_hides_nothing_behind_ordinary_text() {
    let policy = "policy: test\nlabels: { harm: { block: 1 } }\nrules:\n  \
        - { id: r, label: harm, points: 1, patterns: [zeblar, aazeb, aeaeze, anaazeb] }";
    let ruleset: Ruleset = policy.parse().unwrap();
    for hostile in ["@", "a ", "a\u{301}\u{302}", "aa-"] {
        let hostile = hostile.repeat(20_000);
        let text = format!("{hostile}\n{} z-e-b-l-a-r", "ordinary words ".repeat(400));
        let verdict = ruleset.classify(text.as_str());
        let found = verdict.as_ref().matches().iter().any(|m| m.raw.end as usize == text.len());
        assert!(found, "behind {:?}", &hostile[..4]);
    }
    // Without that, nothing would be left.
    let verdict = ruleset.classify("@a".repeat(40_000).as_str());
    assert!(verdict.as_ref().saturated());
}
