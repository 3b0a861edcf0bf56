//! The runner counts what it says it counts.
#![allow(clippy::float_cmp, reason = "shares of small counts are exact")]

use std::ops::Range;
use tamis_attack::{
    Carrier, Filter, Flags, Level, Recipe, Seed, Severity, Suite, compositions, flags, markdown,
    run, run_innocent, side_by_side, singles, transform,
};

/// Finds words after a treatment that keeps every byte in its place.
struct Words {
    list: Vec<&'static str>,
    treat: fn(&str) -> String,
    places: bool,
}

impl Words {
    fn new(words: &[&'static str]) -> Self {
        Self { list: words.to_vec(), treat: str::to_owned, places: true }
    }
}

impl Filter for Words {
    fn find(&mut self, text: &str) -> Vec<Range<usize>> {
        let text = (self.treat)(text);
        let of = |word: &&'static str| {
            text.match_indices(*word).map(|(at, w)| at..at + w.len()).collect::<Vec<_>>()
        };
        self.list.iter().flat_map(of).collect()
    }

    fn has_places(&self) -> bool {
        self.places
    }
}

fn one(id: &str) -> Vec<Recipe> {
    vec![Recipe::single(transform(id).unwrap())]
}

fn suite(recipes: Vec<Recipe>) -> Suite {
    let seeds = vec![Seed::new("darn", "en"), Seed::new("unheard-of", "en")];
    let carriers = vec![
        Carrier::new("{}", None),
        Carrier::new("well, {} it", Some("en")),
        Carrier::new("ну {}", Some("ru")),
        Carrier::new("spam {}", Some("en")),
    ];
    Suite::new(seeds, carriers, recipes, 1)
}

#[test]
fn only_what_is_found_undisguised_counts() {
    let report = run(&mut Words::new(&["darn", "spam"]), &suite(one("case-upper")));
    // Two seeds in three English carriers; one seed is unknown, and one carrier is flagged by itself.
    assert_eq!((report.seeds, report.known_seeds), (2, 1));
    assert_eq!((report.places, report.known_places), (6, 2));
    let row = &report.rows[0];
    assert_eq!((row.total.attacks, row.total.found), (6, 0), "two places, three severities");
    assert_eq!(row.severities[&Severity::Half].attacks, 2);
    assert_eq!(row.langs["en"].attacks, 6);
    assert_eq!(report.macro_recall(Level::Standard), 0.0);
}

#[test]
fn spans_are_judged_apart_from_finding() {
    let lower = |text: &str| text.to_lowercase();
    let mut filter = Words { treat: lower, ..Words::new(&["darn"]) };
    let whole = run(&mut filter, &suite(one("case-upper")));
    let total = whole.rows[0].total;
    assert_eq!([total.found, total.covered, total.exact], [9, 9, 9]);

    // The first two letters are found, and a match that is too long.
    let mut part = Words { treat: lower, ..Words::new(&["darn", "da"]) };
    let masked = run(&mut part, &suite(one("mask-last-two"))).rows[0].total;
    assert_eq!([masked.attacks, masked.found, masked.covered, masked.exact], [3, 3, 0, 0]);
    let mut wide = Words { treat: lower, ..Words::new(&["darn", "well, da** it"]) };
    let masked = run(&mut wide, &suite(one("mask-last-two"))).rows[0].total;
    assert_eq!([masked.attacks, masked.found, masked.covered, masked.exact], [3, 1, 1, 0]);
    assert_eq!(
        (masked.recall(), masked.covered_share(), masked.exact_share()),
        (1.0 / 3.0, 1.0, 0.0)
    );
}

#[test]
fn markup_around_may_belong_to_the_place_or_not() {
    let suite = suite(one("markdown-bold"));
    let recipe = &suite.recipes[0];
    let places = suite.places();
    let seen = |attack: &tamis_attack::Attack<'_>| {
        (attack.span != attack.outer).then(|| {
            assert!(attack.is_exact(&attack.span) && attack.is_exact(&attack.outer));
            assert!(!attack.is_exact(&(attack.span.start + 1..attack.span.end)));
            assert!(!attack.is_exact(&(attack.outer.start..attack.outer.end + 1)));
        })
    };
    let numbers = (1..20).map(|number| Suite { number, ..suite.clone() });
    let seen = numbers
        .flat_map(|s| s.attacks(recipe, &places).iter().filter_map(seen).collect::<Vec<_>>());
    assert!(seen.count() > 0, "a first or last letter is bold at some time");
}

#[test]
fn a_filter_without_places_is_judged_by_flags() {
    let mut filter = Words { places: false, treat: |t| t.to_lowercase(), ..Words::new(&["darn"]) };
    let report = run(&mut filter, &suite(one("case-upper")));
    let total = report.rows[0].total;
    assert!(!report.has_places);
    assert_eq!([total.attacks, total.found, total.covered, total.exact], [9, 9, 0, 0]);
}

#[test]
fn means_count_each_transform_once_and_compositions_apart() {
    // Finds what is upper case or full width only.
    struct Some;
    impl Filter for Some {
        fn find(&mut self, text: &str) -> Vec<Range<usize>> {
            let plain = text.to_lowercase();
            plain
                .find("darn")
                .map(|at| at..at + 4)
                .into_iter()
                .chain(text.find('ｄ').map(|at| at..at + 3))
                .collect()
        }
    }
    let ids =
        ["case-upper", "form-fullwidth", "mark-zalgo", "leet-digits", "reversed", "cipher-rot13"];
    let mut recipes: Vec<Recipe> =
        ids.iter().map(|id| Recipe::single(transform(id).unwrap())).collect();
    recipes.extend(compositions().into_iter().take(2));
    let report = run(&mut Some, &suite(recipes));
    let fullwidth = report.row("form-fullwidth").unwrap().total.recall();
    assert!(fullwidth > 0.3 && fullwidth < 1.0, "{fullwidth}");
    let close = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-12, "{value}");
    // Case is not counted: every filter undoes it.
    close(report.macro_recall(Level::Fold), fullwidth / 2.0);
    close(report.macro_recall(Level::Standard), fullwidth / 3.0);
    close(report.macro_recall(Level::Strong), fullwidth / 4.0);
    close(report.macro_recall(Level::Beyond), 0.0);
    close(report.composed_recall(Level::Standard), 0.0);
    assert_eq!(report.sum(|row| row.composed).attacks, 6);
}

#[test]
fn innocent_words_tell_what_is_flagged_for_its_disguise() {
    let mut grumpy = Words::new(&["darn", "*"]);
    let report = run_innocent(&mut grumpy, &suite(one("mask-star")));
    assert_eq!(report.macro_recall(Level::Standard), 1.0);
    let mut calm = Words::new(&["darn"]);
    let report = run_innocent(&mut calm, &suite(singles()));
    assert_eq!(report.sum(|_| true).found, 0);
    assert!(report.sum(|_| true).attacks > 5_000);
}

#[test]
fn flagged_lines() {
    let lines: Vec<String> = ["darn", "fine", "oh darn, darn", "good"].map(String::from).into();
    let found = flags(&mut Words::new(&["darn"]), &lines);
    assert_eq!(found, Flags { lines: 4, flagged: 2 });
    assert_eq!(found.per_thousand(), 500.0);
    assert_eq!(found.over(Flags { lines: 4, flagged: 1 }), 250.0);
    assert_eq!(Flags::default().per_thousand(), 0.0);
}

#[test]
fn tables_and_json() {
    let suite = suite(["case-upper", "joined"].into_iter().flat_map(one).collect());
    let literal = run(&mut Words::new(&["darn"]), &suite);
    let deaf = run(&mut Words::new(&[]), &suite);
    assert_eq!(deaf.rows.len(), 0);
    let table = markdown(&literal);
    assert!(table.contains("| case-upper | exact | 9 | 0 | – | – |"), "{table}");
    assert!(!table.contains("joined"), "no seed is a phrase:\n{table}");
    let table = side_by_side(&[("deaf", &deaf), ("literal", &literal)]);
    assert!(table.contains("| case-upper | exact | – | 0 |"), "{table}");
    assert!(table.contains("| seeds found undisguised |  | 0 | 1 |"), "{table}");
    let json = serde_json::to_value(&literal).unwrap();
    assert_eq!(json["rows"][0]["severities"]["half"]["attacks"], 3);
    assert_eq!(json["rows"][0]["kinds"][0], "case");
}
