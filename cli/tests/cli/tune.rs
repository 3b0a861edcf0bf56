//! `tamis tune`, on a corpus in which it is known which rules deserve more and which less.

use crate::support::Folder;
use std::fmt::Write as _;

/// `weak` is right and too cheap, `loud` is wrong and too dear; both are one step from that.
const POLICY: &str = r"policy: demo
labels: { rude: { review: 2, block: 5 } }
rules:
  - { id: weak, label: rude, points: 1, patterns: [apple] } # too cheap?
  - id: loud
    label: rude
    points: 2.00
    patterns: [pear]
  - { id: kind, label: rude, points: -1, patterns: [please] }
  - { id: rare, label: rude, points: 1, patterns: [quince] }
  - { id: trial, label: rude, points: 1, mode: shadow, patterns: [apple] }
  - { id: many, label: rude, points: 1, patterns: [plum], repeat: { each: 1, max: 3 } }
  - { id: floor, action: review, patterns: [apple] }
";

fn corpus() -> String {
    let mut rows = String::new();
    for n in 0..100 {
        for (text, labels) in [
            (format!("an apple {n}"), r#"["rude"]"#),
            (format!("a pear {n}"), "[]"),
            (format!("a plum {n}"), r#"["rude"]"#),
            (format!("a day {n}"), "[]"),
        ] {
            let _ = writeln!(rows, r#"{{"text": "{text}", "labels": {labels}}}"#);
        }
    }
    rows + "{\"text\": \"a quince\", \"labels\": [\"rude\"]}\n"
}

fn folder(policy: &str) -> Folder {
    let folder = Folder::new();
    folder.write("p.yaml", policy);
    folder.write("c.jsonl", corpus());
    folder
}

#[test]
fn points_follow_the_labels() {
    let report = folder(POLICY).run(&["tune", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    let changes = report["changes"].as_array().unwrap();
    let change = |at: usize| (&changes[at]["rule"], &changes[at]["from"], &changes[at]["to"]);
    assert_eq!(changes.len(), 2, "{report}");
    assert_eq!(change(0), (&"weak".into(), &1.0.into(), &2.0.into()));
    assert_eq!(change(1), (&"loud".into(), &2.0.into(), &1.5.into()), "no further than it has to");
    let held = &report["macro_f1"]["held_out"];
    assert_eq!(held["before"], 0.0);
    assert!(held["after"].as_f64().unwrap() > 0.6, "{held}");
    assert_eq!(report["documents"], 401);
    let sides = ["learned_from", "held_out"].map(|side| report[side].as_u64().unwrap());
    assert_eq!(sides[0] + sides[1], 401);
    assert!((80..160).contains(&sides[1]), "about 30 of 100: {}", sides[1]);
}

#[test]
fn its_figures_are_those_of_eval() {
    let folder = folder(POLICY);
    let tuned = folder.run(&["tune", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    let before = folder.run(&["eval", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    folder.run(&["tune", "p.yaml", "c.jsonl", "--fix"]).exits(0);
    let after = folder.run(&["eval", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    for (when, report) in [("before", before), ("after", after)] {
        for figure in ["tp", "fp", "fn", "tn"] {
            let sides = &tuned["labels"]["rude"];
            let side = |side: &str| sides[side][when][figure].as_u64().unwrap();
            assert_eq!(side("learned_from") + side("held_out"), report["labels"]["rude"][figure]);
        }
    }
}

#[test]
fn the_change_is_a_patch_of_the_points_alone() {
    let folder = folder(POLICY);
    let out = folder.run(&["tune", "p.yaml", "c.jsonl"]).exits(0);
    out.prints("--- p.yaml\n+++ p.yaml\n").prints("+  - { id: weak, label: rude, points: 2, ");
    out.complains("held out");
    assert_eq!(folder.read("p.yaml"), POLICY);
    folder.run(&["tune", "p.yaml", "c.jsonl", "--fix"]).exits(0).complains("written");
    let expected = POLICY
        .replace("weak, label: rude, points: 1,", "weak, label: rude, points: 2,")
        .replace("2.00", "1.5");
    assert_eq!(folder.read("p.yaml"), expected);
    let again = folder.run(&["tune", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    assert_eq!((&again["changes"], &again["patch"]), (&serde_json::json!([]), &"".into()));
}

#[test]
fn a_change_that_breaks_a_test_is_taken_back() {
    let policy = format!("{POLICY}tests: {{ review: [pear] }}\n");
    let folder = folder(&policy);
    let report = folder.run(&["tune", "p.yaml", "c.jsonl", "--json"]).exits(0).json();
    assert_eq!(report["taken_back"], serde_json::json!(["loud"]));
    assert_eq!(report["changes"].as_array().unwrap().len(), 1);
    folder.run(&["tune", "p.yaml", "c.jsonl", "--fix"]).exits(0);
    folder.run(&["test", "p.yaml"]).exits(0);
}

#[test]
fn what_does_not_carry_over_is_not_written() {
    let folder = folder(POLICY);
    let mut rows = String::new();
    for n in 0..100 {
        let apple = format!("an apple {n}");
        // Those that are held out say the opposite.
        let labels = if is_held(&apple) { "[]" } else { r#"["rude"]"# };
        let _ = writeln!(rows, r#"{{"text": "{apple}", "labels": {labels}}}"#);
        let _ = writeln!(rows, r#"{{"text": "a pear {n}", "labels": ["rude"]}}"#);
    }
    folder.write("c.jsonl", rows);
    let out = folder.run(&["tune", "p.yaml", "c.jsonl", "--fix"]).exits(1);
    out.complains("the held-out macro F1 would fall");
    assert_eq!(folder.read("p.yaml"), POLICY);
}

/// Whether a text is held out at the default share: the split is the same everywhere.
fn is_held(text: &str) -> bool {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().chain([0xff]).fold(0xcbf2_9ce4_8422_2325, step);
    (hash >> 32) % 100 < 30
}

#[test]
fn wrong_input_is_said() {
    let folder = folder(POLICY);
    folder.write("empty.jsonl", "");
    folder.write("other.jsonl", "{\"text\": \"x\", \"labels\": [\"spam\"]}\n");
    folder.write("one.jsonl", "{\"text\": \"x\", \"labels\": [\"rude\"]}\n");
    folder.run(&["tune", "p.yaml", "empty.jsonl"]).exits(2).complains("no rows");
    folder.run(&["tune", "p.yaml", "other.jsonl"]).exits(2).complains("no label in common");
    folder.run(&["tune", "p.yaml", "one.jsonl"]).exits(2).complains("too small to split");
    folder.run(&["tune", "p.yaml", "c.jsonl", "--step", "0"]).exits(2);
    folder.run(&["tune", "p.yaml", "c.jsonl", "--at", "allow"]).exits(2).complains("--at needs");
    let pack = ["tune", "pack:profanity-en", "c.jsonl", "--map", "rude=profanity", "--fix"];
    folder.run(&pack).exits(2).complains("is built in");
}
