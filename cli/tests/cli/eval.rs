//! `tamis eval`, against an independent count over what `scan` writes.

use crate::support::{Folder, lines};
use serde_json::{Value, json};

const CORPUS: &str = r#"{"id": 0, "text": "darn", "labels": ["rude"]}
{"id": 1, "text": "darn heck", "labels": ["rude", "other"]}
{"id": 2, "text": "darn", "labels": []}
{"id": 3, "text": "heck cheap gold", "labels": ["ads"]}
{"id": 4, "text": "gold", "labels": ["ads"]}
{"id": 5, "text": "cheap gold", "labels": ["rude"]}
{"id": 6, "text": "fine", "labels": []}
{"id": 7, "text": "darn", "labels": [], "known": ["ads"]}
{"id": 8, "text": "kill", "labels": ["rude"], "known": ["rude"]}
{"id": 9, "text": "cheap gold", "labels": ["ads"], "known": ["rude"]}
"#;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("corpus.jsonl", CORPUS);
    folder
}

/// Counts from scratch: labels of the policy that got more than the first action, row by row.
fn count(scan: &[Value], corpus: &[Value], label: &str, predictors: &[&str]) -> [u64; 4] {
    let mut counts = [0; 4];
    for (verdict, row) in scan.iter().zip(corpus) {
        assert_eq!(verdict["id"], row["id"]);
        let known = row["known"].as_array();
        if known.is_some_and(|known| !known.contains(&label.into())) {
            continue;
        }
        let truth = row["labels"].as_array().unwrap().contains(&label.into());
        let predicted = verdict["labels"].as_array().unwrap().iter().any(|entry| {
            predictors.contains(&entry["label"].as_str().unwrap()) && entry["action"] != "allow"
        });
        counts[match (truth, predicted) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => 3,
        }] += 1;
    }
    counts
}

fn figures(eval: &Value, label: &str) -> [u64; 4] {
    let label = &eval["labels"][label];
    ["tp", "fp", "fn", "tn"].map(|key| label[key].as_u64().unwrap())
}

#[test]
fn figures_are_those_of_an_independent_count() {
    let folder = folder();
    let scan = folder.run(&["scan", "policy.yaml", "corpus.jsonl", "-o", "-"]).exits(0).lines();
    let args = ["eval", "policy.yaml", "corpus.jsonl", "--map", "ads=spam", "--json"];
    let eval = folder.run(&args).exits(0).json();
    let corpus = lines(CORPUS);
    let rude = count(&scan, &corpus, "rude", &["rude"]);
    let ads = count(&scan, &corpus, "ads", &["spam"]);
    assert_eq!(rude, [2, 2, 2, 3], "the corpus has a bit of everything");
    assert_eq!(figures(&eval, "rude"), rude);
    assert_eq!(figures(&eval, "ads"), ads);
    assert_eq!(eval["labels"].as_object().unwrap().len(), 2, "spam is in no row");

    let f1 = |[tp, fp, fn_, _]: [u64; 4]| (2 * tp) as f64 / (2 * tp + fp + fn_) as f64;
    let close = |value: &Value, expected: f64| {
        let value = value.as_f64().unwrap();
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
    };
    close(&eval["labels"]["rude"]["precision"], 0.5);
    close(&eval["labels"]["rude"]["recall"], 0.5);
    close(&eval["labels"]["ads"]["f1"], f1(ads));
    close(&eval["macro_f1"], f64::midpoint(f1(rude), f1(ads)));
    assert_eq!(eval["documents"], 10);
    assert_eq!(eval["not_judged"], json!(["other"]));
    assert!(eval["bytes"].as_u64().unwrap() > 0 && eval["seconds"].as_f64().unwrap() > 0.0);
}

#[test]
fn rules_are_counted_with_what_only_they_catch() {
    let args = ["eval", "policy.yaml", "corpus.jsonl", "--map", "ads=spam", "--json"];
    let eval = folder().run(&args).exits(0).json();
    let rule = |name: &str| {
        let rules = eval["rules"].as_array().unwrap();
        let rule = rules.iter().find(|rule| rule["rule"] == name).unwrap();
        assert!(rule["cost_ns"].as_f64().unwrap() >= 0.0);
        ["hits", "tp", "fp", "only_tp", "only_fp"].map(|key| rule[key].as_u64().unwrap())
    };
    // Rows 0, 1, 2 and 7, where `rude` was not judged. Row 1 is caught by `heck` as well.
    assert_eq!(rule("darn"), [4, 2, 1, 1, 1]);
    // Rows 1 and 3; in row 1 `darn` alone would do.
    assert_eq!(rule("heck"), [2, 1, 1, 0, 1]);
    // Rows 3, 5 and 9, where `ads` was not judged.
    assert_eq!(rule("gold"), [3, 1, 1, 1, 1]);
    // In shadow mode: it predicts nothing.
    assert_eq!(rule("trial"), [1, 1, 0, 0, 0]);
}

#[test]
fn at_and_maps_of_several_labels() {
    let folder = folder();
    let args = ["eval", "policy.yaml", "corpus.jsonl", "--at", "block", "--json"];
    let block = folder.run(&args).exits(0).json();
    assert_eq!(figures(&block, "rude"), [1, 0, 3, 5]);

    let args = ["eval", "policy.yaml", "corpus.jsonl", "--map", "rude=rude,spam", "--json"];
    let both = folder.run(&args).exits(0).json();
    let scan = folder.run(&["scan", "policy.yaml", "corpus.jsonl", "-o", "-"]).exits(0).lines();
    let expected = count(&scan, &lines(CORPUS), "rude", &["rude", "spam"]);
    assert_eq!(figures(&both, "rude"), expected);
    assert_eq!(both["labels"]["rude"]["predicted_by"], json!(["rude", "spam"]));
}

#[test]
fn people_see_a_table() {
    let out = folder().run(&["eval", "policy.yaml", "corpus.jsonl"]).exits(0).out;
    for part in ["precision", "0.500", "not judged: ads, other", "only false"] {
        assert!(out.contains(part), "lacks {part:?}:\n{out}");
    }
}

#[test]
fn csv_corpora_have_labels_in_a_column() {
    let folder = folder();
    folder.write("corpus.csv", "text,labels\ndarn,rude;other\nfine,\nheck,other\n");
    let eval = folder.run(&["eval", "policy.yaml", "corpus.csv", "--json"]).exits(0).json();
    assert_eq!(figures(&eval, "rude"), [1, 1, 0, 1]);
}

#[test]
fn nothing_in_common_is_an_error_that_helps() {
    let folder = folder();
    folder.write("other.jsonl", "{\"text\": \"x\", \"labels\": [\"toxic\", \"odd\"]}\n");
    folder.write("clean.jsonl", "{\"text\": \"x\", \"labels\": []}\n");
    folder.write("empty.jsonl", "\n");
    let eval = |args: &[&str]| folder.run(&[&["eval", "policy.yaml"], args].concat());
    let other = eval(&["other.jsonl"]).exits(2);
    for part in
        ["labels of the corpus: odd, toxic", "labels of the policy: rude, spam", "--map odd="]
    {
        assert!(other.err.contains(part), "lacks {part:?}:\n{}", other.err);
    }
    assert!(eval(&["clean.jsonl"]).exits(2).err.contains("no row of the corpus has a label"));
    assert!(eval(&["empty.jsonl"]).exits(2).err.contains("no rows"));
    let map = eval(&["other.jsonl", "--map", "toxic=ruder"]).exits(2);
    assert!(map.err.contains("its labels are: rude, spam"), "{}", map.err);
    let first = eval(&["other.jsonl", "--map", "toxic=rude", "--at", "allow"]).exits(2);
    assert!(first.err.contains("above the first"), "{}", first.err);
}

#[test]
fn conditions_are_gates() {
    let folder = folder();
    let eval = |condition: &str| {
        let base = ["eval", "policy.yaml", "corpus.jsonl", "--map", "ads=spam"];
        folder.run(&[&base[..], &["--require", condition]].concat())
    };
    eval("recall(rude) >= 0.5").exits(0);
    let ran = eval("f1(rude) > 0.9").exits(1);
    assert!(ran.err.contains("failed: f1(rude) > 0.9: it is 0.5000"), "{}", ran.err);
    eval("macro_f1 >= 1").exits(1);
    let ran = eval("f1(nothing) >= 0.1").exits(2);
    assert!(ran.err.contains("those that are: ads, rude"), "{}", ran.err);
    eval("f1 >= 0.1").exits(2);
}

#[test]
fn the_report_is_one_page_with_every_figure() {
    let folder = folder();
    let args = ["eval", "policy.yaml", "corpus.jsonl", "--map", "ads=spam"];
    let more = ["--report", "out.html", "--require", "f1(rude) > 0.9"];
    folder.run(&[&args[..], &more].concat()).exits(1);
    let page = folder.read("out.html");
    for part in
        ["<!doctype html>", "Required and not reached: f1(rude) &gt; 0.9", "<td>rude</td>", "<svg"]
    {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("http:") && !page.contains("<script") && !page.contains("<link"));
    let ran = folder.run(&[&args[..], &["--report", "no/such/out.html"]].concat()).exits(2);
    assert!(ran.err.contains("cannot write"), "{}", ran.err);
}
