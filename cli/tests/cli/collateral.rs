//! `tamis collateral`, on policies whose finds are known.

use crate::support::Folder;
use serde_json::Value;

/// `wide` finds inside words and behind a stem; `half` needs more than a word; `kept` is meant.
const POLICY: &str = r#"policy: demo
fields: [text, title]
labels: { rude: { review: 2 } }
rules:
  - id: wide
    label: rude
    points: 2
    patterns: [walkw*, { text: elepho, boundary: any }] # too wide
    tests: { hit: ["a telephone"] }
  - id: half
    label: rude
    points: 2
    in: [title]
    patterns: { act: [{ text: elevisio, boundary: any }], who: [you], nice: [{ text: adio, boundary: any }] }
    when: near(act, who, 3) and not nice
  - { id: exact, label: rude, points: 2, inflect: en, patterns: [walk, the] }
  - { id: across, label: rude, points: 2, patterns: [{ text: lass roo, boundary: any }] }
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("p.yaml", POLICY);
    folder
}

fn rule<'v>(report: &'v Value, name: &str) -> &'v Value {
    let rules = report["rules"].as_array().unwrap();
    rules.iter().find(|rule| rule["rule"] == name).unwrap_or(&Value::Null)
}

fn texts(rule: &Value) -> Vec<&str> {
    rule["found"].as_array().unwrap().iter().map(|found| found["text"].as_str().unwrap()).collect()
}

#[test]
fn what_rules_find_in_innocent_words_is_told() {
    let args = ["collateral", "p.yaml", "--lang", "en", "--limit", "0", "--json"];
    let report = folder().run(&args).exits(0).json();
    assert_eq!(report["rules_looked_at"], 4);
    assert!(
        report["words"].as_u64().unwrap() > 50_000 && report["pairs"].as_u64().unwrap() > 50_000
    );
    let wide = rule(&report, "wide");
    assert!(texts(wide).contains(&"telephones") && texts(wide).contains(&"walkways"), "{wide}");
    assert!(!texts(wide).contains(&"telephone"), "it is in a test, so it is meant");
    let found = wide["found"].as_array().unwrap();
    let first = found.iter().find(|found| found["text"] == "telephones").unwrap();
    assert_eq!((&first["start"], &first["end"]), (&1.into(), &7.into()));
    assert_eq!((&first["cause"], &first["alone"]), (&"inside".into(), &true.into()));
    assert_eq!(first["languages"], serde_json::json!(["en", "fr"]));
    let frequencies: Vec<u64> = found.iter().map(|f| f["frequency"].as_u64().unwrap()).collect();
    assert!(frequencies.windows(2).all(|pair| pair[0] >= pair[1]), "{frequencies:?}");
    let half = rule(&report, "half");
    assert!(texts(half).contains(&"television"), "{half}");
    assert_eq!(half["alone"], 0, "a word alone is not near another");
    assert!(!texts(half).contains(&"radio"), "what excuses harms nobody");
    assert_eq!(*rule(&report, "exact"), Value::Null, "a word and its forms are what was meant");
    assert!(texts(rule(&report, "across")).contains(&"class room"), "{report}");
}

#[test]
fn a_table_for_people_says_what_to_do() {
    let out = folder().run(&["collateral", "p.yaml", "--rule", "w*", "--limit", "1"]).exits(0);
    out.prints("1 of 1 rule hit innocent text").prints("wide").prints("more; --limit 0 shows all");
    let out = folder().run(&["collateral", "p.yaml", "--rule", "exact"]).exits(0);
    out.prints("no collateral of 1 rule");
}

#[test]
fn exceptions_cure_what_is_shown() {
    let folder = folder();
    let args = ["collateral", "p.yaml", "--lang", "en", "--rule", "wide", "--fix"];
    folder.run(&[&args[..], &["--diff"]].concat()).exits(0).prints("+    except: [");
    assert_eq!(folder.read("p.yaml"), POLICY, "--diff writes nothing");
    folder.run(&args).exits(0);
    let cured = folder.read("p.yaml");
    assert!(cured.contains("boundary: any }] # too wide\n    except: ["), "{cured}");
    folder.run(&["lint", "p.yaml"]).exits(0);
    folder.run(&args[..6]).exits(0).prints("no collateral");
    folder.run(&args).exits(0);
    assert_eq!(folder.read("p.yaml"), cured, "there is nothing left to cure");
}

#[test]
fn inherited_rules_are_cured_in_the_policy_that_inherits() {
    let folder = folder();
    let own = "policy: own\nextends: [p.yaml]\nfields: [text, title]\nrules: []\n";
    folder.write("own.yaml", own);
    folder.run(&["collateral", "own.yaml", "--rule", "*.wide", "--limit", "2", "--fix"]).exits(0);
    let cured = folder.read("own.yaml");
    assert!(cured.contains("override: { demo.wide: { add_except: ["), "{cured}");
    assert_eq!(folder.read("p.yaml"), POLICY, "a base has an author of its own");
    folder.run(&["lint", "own.yaml"]).exits(0);
}

#[test]
fn a_gate_counts_what_is_left() {
    let folder = folder();
    let args = ["collateral", "p.yaml", "--lang", "en", "--rule", "wide", "--max", "0"];
    folder.run(&args).exits(1).complains("more than --max 0");
    folder.run(&[&args[..], &["--fix", "--limit", "0"]].concat()).exits(0);
    folder.run(&args).exits(0);
}

#[test]
fn wrong_input_is_said() {
    let folder = folder();
    folder.run(&["collateral", "p.yaml", "--rule", "none"]).exits(2).complains("fits --rule");
    folder.run(&["collateral", "p.yaml", "--lang", "xx"]).exits(2).complains("it has: de, en");
    folder.run(&["collateral", "p.yaml", "--diff"]).exits(2);
    let pack = ["collateral", "pack:hate-en", "--fix"];
    folder.run(&pack).exits(2).complains("is built in; only files are changed");
    folder.run(&["compile", "p.yaml", "-o", "p.tamis"]).exits(0);
    folder.run(&["collateral", "p.tamis"]).exits(2);
}
