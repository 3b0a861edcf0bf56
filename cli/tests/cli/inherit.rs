//! Policies built on others: `--root`, `--shadow`, and what lint and test say of bases.

use crate::support::Folder;

const BASE: &str = "policy: house-rules\nlabels: { rude: { review: 2 } }\nrules:\n  \
    - { id: darn, label: rude, points: 2, tags: [mild], patterns: [darn], tests: { hit: [darn] }, expires: 2001-01-01 }\n  \
    - { id: heck, label: rude, points: 2, patterns: [heck], tests: { hit: [heck] } }\n";

/// A folder with a base beside the folder of the policy.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.make("chat");
    folder.write("base.yaml", BASE);
    folder.write("chat/policy.yaml", "policy: chat\nextends: [../base.yaml]\n");
    folder
}

#[test]
fn bases_outside_the_folder_need_a_root() {
    let folder = folder();
    let refused = folder.run(&["check", "chat/policy.yaml", "darn"]).exits(2);
    assert!(refused.err.contains("base-outside"), "{}", refused.err);
    assert!(refused.err.contains("--root"), "{}", refused.err);
    let run = folder.run(&["check", "chat/policy.yaml", "--root", ".", "--json", "darn"]).exits(0);
    assert_eq!(run.json()["rules"][0]["rule"], "house_rules.darn");
    let other = folder.run(&["check", "policy.yaml", "--root", "chat", "darn"]).exits(2);
    assert!(other.err.contains("is not below"), "{}", other.err);
    folder.run(&["test", "chat/policy.yaml", "--root", "."]).exits(0);
    folder.run(&["test", "chat/policy.yaml"]).exits(2);
}

#[test]
fn shadow_takes_names_globs_and_tags() {
    let folder = folder();
    let check = |shadow: &[&str]| {
        let args = ["check", "chat/policy.yaml", "--root", ".", "--json", "darn heck"];
        let options = shadow.iter().flat_map(|glob| ["--shadow", glob]).collect::<Vec<_>>();
        let verdict = folder.run(&[&args[..], &options].concat()).exits(0).json();
        let ids = |rules: &serde_json::Value| {
            let rules = rules.as_array().unwrap().iter();
            rules.map(|rule| rule["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        (ids(&verdict["rules"]), ids(&verdict["shadow"]["rules"]))
    };
    let (darn, heck) = ("house_rules.darn".to_owned(), "house_rules.heck".to_owned());
    assert_eq!(check(&[]), (vec![darn.clone(), heck.clone()], vec![]));
    assert_eq!(check(&["mild"]), (vec![heck.clone()], vec![darn.clone()]));
    assert_eq!(check(&["*.heck"]), (vec![darn.clone()], vec![heck.clone()]));
    assert_eq!(check(&["*.heck", "house_rules.darn"]), (vec![], vec![darn, heck]));
    let slip =
        folder.run(&["check", "chat/policy.yaml", "--root", ".", "x", "--shadow", "midl"]).exits(2);
    assert!(slip.err.contains("did you mean `mild`?"), "{}", slip.err);
}

#[test]
fn scan_and_eval_know_shadow() {
    let folder = Folder::new();
    folder.write("in.jsonl", "{\"text\": \"darn\", \"labels\": [\"rude\"]}\n");
    let scan = |shadow: &[&str]| {
        let args = ["scan", "policy.yaml", "in.jsonl", "--fail-on", "review"];
        folder.run(&[&args[..], shadow].concat())
    };
    scan(&[]).exits(1);
    scan(&["--shadow", "darn"]).exits(0);
    let plain = folder.run(&["eval", "policy.yaml", "in.jsonl", "--json"]).exits(0);
    let shadowed =
        folder.run(&["eval", "policy.yaml", "in.jsonl", "--json", "--shadow", "d*"]).exits(0);
    assert_ne!(plain.json()["labels"], shadowed.json()["labels"]);
}

#[test]
fn lint_and_test_tell_of_inherited_rules_past_their_date() {
    let folder = folder();
    let lint =
        folder.run(&["lint", "chat/policy.yaml", "--root", ".", "--format", "json"]).exits(0);
    let found = lint.json();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found[0]["name"], "expired");
    assert!(found[0]["file"].as_str().unwrap().ends_with("base.yaml"), "{found}");
    folder.run(&["test", "chat/policy.yaml", "--root", ".", "--strict"]).exits(1);
    folder.write(
        "chat/policy.yaml",
        "policy: chat\nextends: [../base.yaml]\noverride:\n  \
         house_rules.darn: { expires: 9999-12-31 }\n",
    );
    folder.run(&["test", "chat/policy.yaml", "--root", ".", "--strict"]).exits(0);
}
