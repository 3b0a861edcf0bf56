//! `tamis attack`, on policies whose answers are known.

use crate::support::Folder;
use serde_json::Value;

/// `plain` undoes what `fold` does but fires on small letters only; `strict` promises case only.
const POLICY: &str = r#"
policy: demo
facts: { age: duration }
labels: { rude: { review: 1 } }
rules:
  - id: plain
    label: rude
    points: 1
    evasion: fold
    patterns: [darling]
    when: patterns and caps_ratio < 0.1
    tests: { hit: ["oh darling!"] }
  - id: strict
    label: rude
    points: 1
    evasion: exact
    patterns: { act: [kill], who: [you] }
    when: near(act, who, 2) and age < 1 day
    tests: { hit: [{ text: "we kill you", facts: { age: 1 hour } }, "no age: kill you"] }
  - id: shape
    label: rude
    points: 1
    when: caps_ratio > 0.8
    tests: { hit: ["LOUD"] }
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("attack.yaml", POLICY);
    folder
}

fn kind<'v>(report: &'v Value, kind: &str) -> &'v Value {
    let kinds = report["kinds"].as_array().unwrap();
    kinds.iter().find(|row| row["kind"] == kind).unwrap_or(&Value::Null)
}

#[test]
fn each_rule_is_attacked_as_its_patterns_promise() {
    let report = folder().run(&["attack", "attack.yaml", "--json"]).exits(0).json();
    let rules = report["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2, "{report}");
    assert_eq!(report["not_attacked"], serde_json::json!(["shape"]), "it has no patterns");
    let (plain, strict) = (&rules[0], &rules[1]);
    assert_eq!(
        (&plain["rule"], &plain["examples"], &plain["left_out"]),
        (&"plain".into(), &1.into(), &0.into())
    );
    assert_eq!(
        (&strict["examples"], &strict["left_out"]),
        (&1.into(), &1.into()),
        "a fact is missing"
    );
    assert_eq!(*kind(strict, "marks"), Value::Null, "exact promises case only");
    assert_eq!(kind(strict, "case")["recall"], 1.0);
    assert_eq!(kind(plain, "marks")["recall"], 1.0);
    assert_eq!(kind(plain, "invisible")["level"], "fold");
    assert_eq!(*kind(plain, "leet"), Value::Null, "fold does not promise it");
    assert_eq!(kind(plain, "case")["recall"], 0.0, "its condition asks for small letters");
    let sum = |key: &str| rules.iter().map(|rule| rule[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(report["attacks"], sum("attacks"));
    assert_eq!(report["seen_through"], sum("seen_through"));
    let recall = sum("seen_through") as f64 / sum("attacks") as f64;
    assert!((report["recall"].as_f64().unwrap() - recall).abs() < 1e-12);
}

#[test]
fn what_got_through_is_shown_with_its_place() {
    let folder = folder();
    let args = ["attack", "attack.yaml", "--rule", "pl*", "--json", "--show", "1"];
    let report = folder.run(&args).exits(0).json();
    assert_eq!(report["rules"].as_array().unwrap().len(), 1);
    let missed = report["rules"][0]["got_through"].as_array().unwrap();
    assert_eq!(missed.len(), 1);
    let (start, end) = (missed[0]["start"].as_u64().unwrap(), missed[0]["end"].as_u64().unwrap());
    let text: Vec<char> = missed[0]["text"].as_str().unwrap().chars().collect();
    assert_eq!((start, end, text.len()), (3, 10, 11));
    let part: String = text[3..10].iter().collect();
    assert_eq!(part.to_lowercase(), "darling");
    assert_eq!(
        (&missed[0]["kind"], &missed[0]["disguise"]),
        (&"case".into(), &"case-upper".into())
    );

    let people = folder.run(&["attack", "attack.yaml"]).exits(0).out;
    for part in
        ["weakest against", "case (0.0 %)", "Got through", "case-upper", "can be disguised: shape"]
    {
        assert!(people.contains(part), "lacks {part:?}:\n{people}");
    }
    let quiet = folder.run(&["attack", "attack.yaml", "--show", "0"]).exits(0).out;
    assert!(!quiet.contains("Got through"), "{quiet}");
}

#[test]
fn a_level_can_be_asked_for_and_the_seed_decides() {
    let folder = folder();
    let json = |args: &[&str]| {
        folder.run(&[&["attack", "attack.yaml", "--json"], args].concat()).exits(0).json()
    };
    let standard = json(&["--level", "standard"]);
    assert!(kind(&standard, "leet")["attacks"].as_u64().unwrap() > 0);
    assert!(kind(&standard, "compositions")["attacks"].as_u64().unwrap() > 10);
    assert_eq!(*kind(&standard, "reversal"), Value::Null);
    let all = json(&["--level", "none"]);
    assert!(kind(&all, "cipher")["attacks"].as_u64().unwrap() > 0);
    assert_eq!(standard, json(&["--level", "standard"]));
    assert_ne!(standard, json(&["--level", "standard", "--seed", "2"]));
}

#[test]
fn gates_decide_the_exit_code() {
    let folder = folder();
    let gate = |condition: &str| folder.run(&["attack", "attack.yaml", "--require", condition]);
    gate("recall(marks) >= 1").exits(0);
    gate("recall(strict) >= 1").exits(0);
    let failed = gate("recall(plain) >= 0.999").exits(1);
    assert!(failed.err.contains("recall(plain) >= 0.999: it is 0."), "{}", failed.err);
    let empty = gate("recall(leet) >= 0").exits(1);
    assert!(empty.err.contains("nothing of that name was attacked"), "{}", empty.err);
    let unknown = gate("recall(leeet) >= 0").exits(2);
    assert!(unknown.err.contains("the kinds are: case, forms"), "{}", unknown.err);
    let wrong = gate("f1 > 0").exits(2);
    assert!(wrong.err.contains("recall >= 0.9"), "{}", wrong.err);
}

#[test]
fn nothing_to_attack_is_an_error() {
    let folder = folder();
    let none = folder.run(&["attack", "attack.yaml", "--rule", "nope*"]).exits(2);
    assert!(none.err.contains("no rule of the policy fits"), "{}", none.err);
    let shape = folder.run(&["attack", "attack.yaml", "--rule", "shape"]).exits(2);
    assert!(shape.err.contains("nothing to attack"), "{}", shape.err);
}
