//! `tamis redact`, `lint`, `test` and `bench`.

use crate::support::{Folder, lines};

#[test]
fn redact_keeps_the_format_and_everything_else() {
    let folder = Folder::new();
    folder.write("in.txt", "oh darn\n\nfine\n");
    let redact = |args: &[&str]| folder.run(&[&["redact", "policy.yaml"], args].concat());
    assert_eq!(redact(&["in.txt"]).exits(0).out, "oh ****\n\nfine\n");
    assert_eq!(redact(&["in.txt", "--style", "first_letter"]).exits(0).out, "oh d***\n\nfine\n");
    assert_eq!(redact(&["in.txt", "--style", "text=[x]"]).exits(0).out, "oh [x]\n\nfine\n");
    assert_eq!(redact(&["in.txt", "--at", "block"]).exits(0).out, "oh darn\n\nfine\n");
    let style = redact(&["in.txt", "--style", "dots"]).exits(2);
    assert!(style.err.contains("first_letter"), "{}", style.err);

    folder
        .write("in.csv", "n,text,note\r\n1,\"a \"\"darn\"\", b\",\"darn\nkept\"\r\n2,only two\r\n");
    let csv = redact(&["in.csv"]).exits(0);
    assert_eq!(csv.out, "n,text,note\n1,\"a \"\"****\"\", b\",\"darn\nkept\"\n");
    assert!(csv.err.contains("in.csv:4: column-count"), "{}", csv.err);

    // Key order, numbers and spacing stay as they are; a broken row is never passed on.
    folder.write(
        "in.jsonl",
        "{\"z\": 1.50, \"text\" : \"a \\\"darn\\\" \\u00e9\", \"a\":[ ]}\n{\"text\": \"darn\n\
         {\"fields\": {\"title\": \"heck\", \"text\": \"ok\"}, \"n\": 1}\n",
    );
    let jsonl = redact(&["in.jsonl", "-o", "out.jsonl"]).exits(0);
    assert_eq!(
        folder.read("out.jsonl"),
        "{\"z\": 1.50, \"text\" : \"a \\\"****\\\" é\", \"a\":[ ]}\n{\"line\":2,\"error\":\"not-json\"}\n\
         {\"fields\": {\"title\": \"****\", \"text\": \"ok\"}, \"n\": 1}\n"
    );
    assert!(jsonl.err.contains("1 row could not be read"), "{}", jsonl.err);
}

#[test]
fn redact_never_lets_a_second_text_through() {
    let folder = Folder::new();
    folder.write(
        "in.jsonl",
        "{\"text\": \"darn\", \"text\": \"fine\"}\n\
         {\"text\": \"\u{e9}\", \"fields\": {\"text\": \"oh darn\"}}\n\
         {\"text\": \"ok\"}\n",
    );
    let out = folder.run(&["redact", "policy.yaml", "in.jsonl"]).exits(0).out;
    let bad = |line: u32| format!("{{\"line\":{line},\"error\":\"not-a-document\"}}\n");
    assert_eq!(out, format!("{}{}{{\"text\": \"ok\"}}\n", bad(1), bad(2)));
}

#[test]
fn lint_formats_and_exit_codes() {
    let folder = Folder::new();
    folder.write(
        "bad.yaml",
        "policy: bad\nlables: {}\nrules:\n  - { id: a, action: nope, patterns: [x] }\n",
    );
    let untested = "policy: w\nrules:\n  - { id: a, action: review, patterns: [spam] }\n";
    folder.write("warn.yaml", untested);
    folder.write(
        "late.yaml",
        "policy: late\nrules:\n  - { id: a, action: review, patterns: [spam], expires: 2001-01-01, \
         tests: { hit: [spam] } }\n",
    );
    let lint = |args: &[&str]| folder.run(&[&["lint"], args].concat());

    let fine = lint(&["policy.yaml"]).exits(0);
    assert_eq!(fine.out, "policy.yaml: ok, 5 rules\n");
    let bad = lint(&["bad.yaml", "policy.yaml"]).exits(2);
    assert!(bad.out.contains("bad.yaml:2:1"), "{}", bad.out);
    assert!(bad.out.contains("bad.yaml: 2 errors"), "{}", bad.out);
    assert!(bad.out.ends_with("policy.yaml: ok, 5 rules\n"), "{}", bad.out);
    lint(&["warn.yaml"]).exits(0);
    lint(&["warn.yaml", "--strict"]).exits(1);

    let late = lint(&["late.yaml", "--format", "json"]).exits(0).json();
    assert_eq!(late[0]["name"], "expired");
    assert_eq!((&late[0]["line"], &late[0]["severity"]), (&3.into(), &"warning".into()));
    let json = lint(&["bad.yaml", "policy.yaml", "--format", "json"]).exits(2).json();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!((&json[0]["file"], &json[0]["line"]), (&"bad.yaml".into(), &2.into()));
    let github = lint(&["bad.yaml", "--format", "github"]).exits(2).out;
    assert!(github.starts_with("::error file=bad.yaml,line=2,col=1,"), "{github}");
    assert_eq!(github.lines().count(), 2, "one line each: {github}");

    let missing = lint(&["nope.yaml"]).exits(2);
    assert!(missing.out.contains("nope.yaml: 1 error"), "{}", missing.out);
    let colour = lint(&["bad.yaml", "--color", "always"]).exits(2);
    assert!(colour.out.contains("\u{1b}["), "{}", colour.out);
}

#[test]
fn broken_policies_stop_every_command_with_2() {
    let folder = Folder::new();
    folder.write("bad.yaml", "policy: bad\nlables: {}\n");
    folder.write("in.txt", "x\n");
    for command in ["check", "scan", "redact", "test", "attack", "eval", "bench"] {
        let args: &[&str] = if matches!(command, "test" | "attack") {
            &[command, "bad.yaml"]
        } else {
            &[command, "bad.yaml", "in.txt"]
        };
        let ran = folder.run(args).exits(2);
        assert!(ran.err.contains("lables") && ran.err.contains('^'), "{command}: {}", ran.err);
    }
}

#[test]
fn test_shows_failures_gaps_and_counts() {
    let folder = Folder::new();
    let fine = folder.run(&["test", "policy.yaml"]).exits(0);
    assert!(fine.out.contains("policy.yaml: ok, 10 passed, 0 failed"), "{}", fine.out);

    folder.write(
        "failing.yaml",
        "policy: failing\nlabels: { rude: { review: 1 } }\nrules:\n\
         \x20 - { id: a, label: rude, points: 1, patterns: [darn], tests: { hit: [darn, heck], pass: [darn], \
         todo_hit: [drn, darn] } }\n\
         \x20 - { id: b, label: rude, points: 1, patterns: [heck] }\n\
         tests: { allow: [darn] }\n",
    );
    let failing = folder.run(&["test", "failing.yaml", "policy.yaml"]).exits(1).out;
    for part in [
        "a: hit \"heck\"  failing.yaml:4",
        "a: pass \"darn\"",
        "a: todo_hit \"darn\"",
        "Known gaps",
        "a: todo_hit \"drn\"",
        "allow \"darn\"  failing.yaml:6",
        "1 rule without tests: b",
        "failing.yaml: failed, 1 passed, 4 failed, 1 known gap",
        "policy.yaml: ok, 10 passed",
    ] {
        assert!(failing.contains(part), "lacks {part:?}:\n{failing}");
    }
    let json = folder.run(&["test", "failing.yaml", "--json"]).exits(1).json();
    assert_eq!(json[0]["failed"], 4);
    assert_eq!(json[0]["untested"], serde_json::json!(["b"]));
    let cases = json[0]["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    assert_eq!((&cases[1]["rule"], &cases[1]["passed"]), (&"a".into(), &false.into()));
    assert_ne!(cases[1]["detail"], "");
}

#[test]
fn test_is_strict_about_dates_when_asked() {
    let folder = Folder::new();
    folder.write(
        "late.yaml",
        "policy: late\nrules:\n  - { id: a, action: review, patterns: [spam], expires: 2001-01-01, \
         tests: { hit: [spam] } }\n",
    );
    let ran = folder.run(&["test", "late.yaml"]).exits(0);
    assert!(ran.err.contains("late.yaml:3: the rule `a` expired on 2001-01-01"), "{}", ran.err);
    folder.run(&["test", "late.yaml", "--strict"]).exits(1);
}

#[test]
fn bench_has_the_shape_of_the_design() {
    let folder = Folder::new();
    folder.write("in.txt", "fine\ndarn and heck\n".repeat(100));
    folder.write("empty.txt", "\n");
    let args = ["bench", "policy.yaml", "in.txt", "--json", "--threads", "2", "--rounds", "3"];
    let json = folder.run(&args).exits(0).json();
    assert_eq!(json["documents"], 200);
    assert_eq!(json["bytes"], 1700);
    assert_eq!(json["threads"], 2);
    assert_eq!(json["flagged"], 100);
    assert_eq!(json["rounds"].as_array().unwrap().len(), 3);
    for key in ["seconds", "mb_per_s", "documents_per_s"] {
        assert!(json[key].as_f64().unwrap() > 0.0, "{key}");
    }
    let latency = |key: &str| json["latency_ns"][key].as_u64().unwrap();
    assert!(0 < latency("p50") && latency("p50") <= latency("p99"));
    assert!(latency("p99") <= latency("p999") && latency("p999") <= latency("max"));
    assert!(json["stages"]["census"]["ns"].as_f64().unwrap() > 0.0);
    let shares: f64 = json["stages"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(|part| part["share"].as_f64())
        .sum();
    assert!((shares - 1.0).abs() < 1e-6, "{shares}");
    assert!(json["triggers"]["clear"]["texts"].as_f64().unwrap() > 0.0);
    assert_eq!(json["profiled"], json["documents"]);
    assert!(!json["rules"].as_array().unwrap().is_empty());
    let few = folder.run(&["bench", "policy.yaml", "in.txt", "--max-bytes", "20", "--rounds", "1"]);
    assert!(few.exits(0).out.contains("2 documents, 17 bytes of text, the rest left out"));
    let empty = folder.run(&["bench", "policy.yaml", "empty.txt"]).exits(2);
    assert!(empty.err.contains("no rows"), "{}", empty.err);
}

#[test]
fn packs_are_policies_too() {
    let folder = Folder::new();
    let out = folder.run_with(&["scan", "pack:profanity-en", "-o", "-"], b"a fine day\n").exits(0);
    assert_eq!(lines(&out.out)[0]["action"], "allow");
}
