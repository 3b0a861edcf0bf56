//! `tamis diff`, against an independent comparison of what `scan` writes.

use crate::support::Folder;
use serde_json::Value;
use std::collections::BTreeMap;

const OLD: &str = "policy: market\nlabels: { spam: { review: 3, block: 6 } }\nrules:\n  \
    - { id: ad, label: spam, points: 3, patterns: [gold] }\n  \
    - { id: more, label: spam, points: 3, patterns: [gems] }\n  \
    - { id: rude, action: review, patterns: [darn] }\n";
const NEW: &str = "policy: market\nlabels: { spam: { review: 3, block: 6 } }\nrules:\n  \
    - { id: ad, label: spam, points: 3, patterns: [gold], except: [gold medal] }\n  \
    - { id: more, label: spam, points: 2, patterns: [gems] }\n  \
    - { id: skins, label: spam, points: 3, patterns: [skins] }\n  \
    - { id: rude, action: review, patterns: [darn] }\n";
const CORPUS: &str = r#"{"id": "a", "text": "gold"}
{"id": "b", "text": "gold medal"}
{"id": "c", "text": "gems"}
{"id": "d", "text": "gold gems"}
{"id": "e", "text": "skins"}
{"id": "f", "text": "fine"}
{"id": "g", "text": "darn skins"}
{"id": "h", "text": "gold skins"}
{"id": "i", "text": "more skins"}
{"id": "j", "text": "nothing"}
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("old.yaml", OLD);
    folder.write("new.yaml", NEW);
    folder.write("corpus.jsonl", CORPUS);
    folder
}

#[test]
fn changes_are_those_of_two_scans() {
    let folder = folder();
    let scan =
        |policy: &str| folder.run(&["scan", policy, "corpus.jsonl", "-o", "-"]).exits(0).lines();
    let (old, new) = (scan("old.yaml"), scan("new.yaml"));
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    let mut changed: Vec<&Value> = Vec::new();
    for (before, after) in old.iter().zip(&new) {
        assert_eq!(before["id"], after["id"]);
        let (from, to) = (before["action"].as_str().unwrap(), after["action"].as_str().unwrap());
        let kind = match (from, to) {
            _ if from == to => continue,
            ("allow", _) => "new_flags",
            (_, "allow") => "lost_flags",
            ("review", _) => "stricter",
            _ => "milder",
        };
        *kinds.entry(kind).or_default() += 1;
        changed.push(&after["id"]);
    }
    let args = ["diff", "old.yaml", "new.yaml", "corpus.jsonl", "--json"];
    let diff = folder.run(&args).exits(0).json();
    for (kind, count) in &kinds {
        assert_eq!(diff[kind], *count, "{kind}: {diff}");
    }
    assert_eq!(diff["changed"], changed.len());
    assert_eq!((&diff["documents"], &diff["same_ruleset"]), (&10.into(), &false.into()));
    assert_eq!(diff["other_reasons"], 1, "`g` stays at review, for one reason more");
    let args = ["diff", "old.yaml", "new.yaml", "corpus.jsonl", "-o", "-"];
    let rows = folder.run(&args).exits(0).lines();
    assert_eq!(rows.iter().map(|row| &row["id"]).collect::<Vec<_>>(), changed);
    assert_eq!(
        (&rows[0]["kind"], &rows[0]["old"]["action"]),
        (&"lost_flag".into(), &"review".into())
    );
}

#[test]
fn rules_stand_beside_what_they_changed() {
    let folder = folder();
    let args = ["diff", "old.yaml", "new.yaml", "corpus.jsonl", "--json"];
    let diff = folder.run(&args).exits(0).json();
    let rules: Vec<String> = diff["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let count = |key: &str| row[key].as_u64().unwrap();
            let name =
                format!("{} {}", row["did"].as_str().unwrap(), row["rule"].as_str().unwrap());
            let counts = ["new_flags", "lost_flags", "stricter", "milder"].map(count);
            format!("{name} {counts:?}")
        })
        .collect();
    assert_eq!(
        rules,
        [
            "fires_no_more ad [0, 1, 0, 0]",
            "other_points more [0, 1, 0, 1]",
            "fires skins [2, 0, 1, 0]",
        ]
    );
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "corpus.jsonl", "--show", "1"]).exits(0);
    for part in ["new flags", "- ad", "± more", "+ skins", "b  review → allow", "and 5 more"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
}

#[test]
fn thresholds_change_decisions_without_a_rule() {
    let folder = folder();
    folder.write("strict.yaml", OLD.replace("review: 3, block: 6", "review: 2, block: 3"));
    let args = ["diff", "old.yaml", "strict.yaml", "corpus.jsonl", "--json"];
    let diff = folder.run(&args).exits(0).json();
    assert_eq!((&diff["stricter"], &diff["without_rule"]["stricter"]), (&4.into(), &4.into()));
    assert_eq!(diff["rules"], Value::Array(Vec::new()));
}

#[test]
fn gates_and_what_cannot_be_compared() {
    let folder = folder();
    let base = ["diff", "old.yaml", "new.yaml", "corpus.jsonl"];
    let with = |more: &[&'static str]| folder.run(&[&base[..], more].concat());
    with(&["--max-new-flags", "20%", "--max-lost-flags", "2"]).exits(0);
    assert!(with(&["--max-new-flags", "19.9%"]).exits(1).err.contains("2 documents (20.00 %)"));
    assert!(with(&["--max-lost-flags", "0"]).exits(1).err.contains("--max-lost-flags"));
    with(&["--max-lost-flags", "0.1"]).exits(2);
    let same = folder.run(&["diff", "old.yaml", "old.yaml", "corpus.jsonl"]).exits(0);
    assert!(same.out.contains("same ruleset"), "{}", same.out);
    let same = folder.run(&["diff", "old.yaml", "old.yaml", "missing.jsonl", "--json"]).exits(0);
    assert_eq!(same.json()["same_ruleset"], true);
    let shadowed = ["diff", "old.yaml", "old.yaml", "corpus.jsonl", "--shadow", "ad", "--json"];
    assert_eq!(folder.run(&shadowed).exits(0).json()["lost_flags"], 3);
    folder.write("empty.jsonl", "");
    folder.run(&["diff", "old.yaml", "new.yaml", "empty.jsonl"]).exits(2);
}
