//! Against the test files of Unicode, and over all of its code points.
//!
//! The files lie in the sources of crates that the workspace builds with; where those are
//! not at hand the two tests that need them say so and pass.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use tamis::{Input, Policy, RedactOptions, RedactStyle, Ruleset};
use tamis_attack::{Level, Severity, transforms};

/// A file of the sources of a crate.
fn file_of(package: &str, path: &str) -> Option<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = Command::new(cargo)
        .args(["metadata", "--offline", "--format-version", "1", "--manifest-path", manifest])
        .output();
    let metadata: Option<Value> =
        asked.ok().and_then(|output| serde_json::from_slice(&output.stdout).ok());
    let folder = metadata.and_then(|metadata| {
        let packages = metadata["packages"].as_array()?.clone();
        let of_name = packages.into_iter().find(|one| one["name"] == package)?;
        let manifest = PathBuf::from(of_name["manifest_path"].as_str()?);
        manifest.parent().map(PathBuf::from)
    });
    let text = folder.and_then(|folder| std::fs::read_to_string(folder.join(path)).ok());
    #[expect(clippy::print_stderr, reason = "what is skipped is skipped loudly")]
    if text.is_none() {
        eprintln!("SKIPPED: {path} of {package} is not at hand");
    }
    text
}

/// What a text folds to is blind to the form it is normalized to.
#[test]
fn normalization_test() {
    let Some(file) = file_of("icu_normalizer", "tests/data/NormalizationTest.txt") else { return };
    let text = |column: &str| -> String {
        let code = |code| char::from_u32(u32::from_str_radix(code, 16).expect("a number"));
        column.split_whitespace().map(|c| code(c).expect("a code point")).collect()
    };
    let mut lines = 0;
    for line in file.lines().filter(|line| !line.starts_with(['#', '@']) && !line.is_empty()) {
        let columns: Vec<String> = line.split(';').take(5).map(text).collect();
        let folded: Vec<String> = columns.iter().map(|column| tamis::fold(column)).collect();
        assert!(folded.iter().all(|one| *one == folded[0]), "{line}: {folded:?}");
        lines += 1;
    }
    assert!(lines > 15_000, "only {lines} lines");
}

/// The strings of a file of Rust: enough for literals with `\u{…}`.
fn literals(line: &str) -> impl Iterator<Item = String> {
    line.split('"').skip(1).step_by(2).map(|literal| {
        let mut text = String::new();
        for part in literal.split("\\u{").skip(1) {
            let (code, _) = part.split_once('}').expect("an end");
            text.extend(char::from_u32(u32::from_str_radix(code, 16).expect("a number")));
        }
        text
    })
}

/// What is censored is whole grapheme clusters, as the official file divides texts.
#[test]
fn grapheme_break_test() {
    let Some(file) = file_of("unicode-segmentation", "tests/testdata/mod.rs") else { return };
    let start = file.find("TEST_SAME").expect("the data");
    let data = &file[start..];
    let data = data[..data.find("];").expect("its end")].replace(['\n', ' '], "");
    let ruleset: Ruleset = one("darn", "standard", "any");
    let style = RedactStyle::Text("#".to_owned());
    let mut samples = 0;
    for entry in data.split("(\"").skip(1) {
        let entry = format!("\"{entry}");
        let mut strings = literals(&entry);
        let sample = strings.next().expect("a text");
        let clusters: Vec<String> = strings.collect();
        // Jamo and the like in front of a letter are no part of it.
        let text = format!("{sample} darn{sample}");
        let input = Input::new(text.as_str());
        let verdict = ruleset.classify(&input);
        let options = RedactOptions { style: style.clone(), at: None };
        let redacted = ruleset.redact(verdict.as_ref(), &input, &options).remove(0);
        let kept = redacted.strip_prefix(&format!("{sample} #"));
        // The rest begins where a cluster of the sample does; the first may belong to the word.
        let rests = (0..=clusters.len()).map(|first| clusters[first..].concat());
        let whole = kept.is_some_and(|kept| rests.into_iter().any(|rest| rest == kept));
        assert!(whole, "{text:?} became {redacted:?}");
        samples += 1;
    }
    assert!(samples > 500, "only {samples} samples");
}

fn one(pattern: &str, level: &str, boundary: &str) -> Ruleset {
    let policy = json!({
        "policy": "one",
        "labels": { "harm": { "block": 1 } },
        "rules": [{
            "id": "r", "label": "harm", "points": 1,
            "patterns": [{ "text": pattern, "evasion": level, "boundary": boundary }],
        }],
    });
    policy.to_string().parse::<Policy>().and_then(|policy| policy.compile()).expect("it compiles")
}

fn found(ruleset: &Ruleset, text: &str) -> Vec<std::ops::Range<usize>> {
    let verdict = ruleset.classify(Input::new(text));
    verdict.as_ref().matches().iter().map(|found| found.raw.range()).collect()
}

/// Nothing invisible parts a word, whatever code point it is.
#[test]
fn no_invisible_character_hides_a_word() {
    let ruleset = one("darn", "fold", "word");
    let mut invisible = 0;
    for c in '\0'..=char::MAX {
        if !tamis::fold(&format!("a{c}b")).eq("ab") {
            continue;
        }
        invisible += 1;
        let text = format!("so d{c}a{c}r{c}n it");
        assert_eq!(found(&ruleset, &text).len(), 1, "{c:?}");
    }
    assert!(invisible > 4_000, "only {invisible}");
}

/// Every letter that is another form of an ASCII one is found in its place.
#[test]
fn every_form_of_a_letter_is_the_letter() {
    let rulesets: Vec<(char, Ruleset)> = ('a'..='z')
        .map(|letter| (letter, one(&format!("qx{letter}zzw"), "fold", "word")))
        .collect();
    let mut forms = 0;
    for c in '\u{80}'..=char::MAX {
        let folded = tamis::fold(&c.to_string());
        let mut letters = folded.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { continue };
        let Some((_, ruleset)) = rulesets.iter().find(|(known, _)| *known == letter) else {
            continue;
        };
        forms += 1;
        assert_eq!(found(ruleset, &format!("a qx{c}zzw")).len(), 1, "{c:?}");
    }
    assert!(forms > 1_000, "only {forms}");
}

/// The English pack finds nothing in other languages that it does not find as written.
#[test]
fn foreign_text_is_no_disguise() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpora/benign-multilingual.jsonl");
    let corpus = std::fs::read_to_string(corpus).expect("the corpus");
    let ruleset = |level: &str| -> Ruleset {
        let policy = json!({
            "policy": "levels",
            "extends": ["pack:profanity-en"],
            "override": { "profanity_en.*": { "evasion": level } },
        });
        policy
            .to_string()
            .parse::<Policy>()
            .and_then(|policy| policy.compile())
            .expect("it compiles")
    };
    let (exact, standard) = (ruleset("exact"), ruleset("standard"));
    let mut lines = 0;
    for line in corpus.lines() {
        let line: Value = serde_json::from_str(line).expect("a document");
        let text = line["text"].as_str().expect("a text");
        let flagged = |ruleset: &Ruleset| ruleset.is_flagged(Input::new(text));
        assert!(!flagged(&standard) || flagged(&exact), "{text}");
        lines += 1;
    }
    assert!(lines > 100, "only {lines} lines");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What changes the look of single letters, or wraps them, is undone whatever the word is,
    /// and the span is the disguise, no more and no less.
    #[test]
    fn any_word_is_found_in_disguise(
        word in "[bcdfghjkmnprt][aeou][bcdfgkmnprt][aeou][bdgkmnpt][aeou]r",
        before in select(&["", "well ", "так вот, ", "(", "…"][..]),
        number in any::<u64>(),
    ) {
        let ruleset = one(&word, "standard", "word");
        let letterwise = |kind: &str| matches!(kind, "forms" | "marks" | "invisible" | "styled" | "wrappers");
        for transform in transforms().filter(|transform| transform.level() <= Level::Standard) {
            if !transform.kinds().iter().all(|kind| letterwise(kind.name())) {
                continue;
            }
            let Some(disguise) = transform.disguise(&word, Severity::All, number) else { continue };
            let text = format!("{before}{} x", disguise.text);
            let span = disguise.span.start + before.len()..disguise.span.end + before.len();
            prop_assert_eq!(found(&ruleset, &text), vec![span], "{}: {}", transform.id(), text);
        }
    }
}
