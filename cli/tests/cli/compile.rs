//! `tamis compile`, and compiled rulesets where a policy is asked for.

use crate::support::Folder;

#[test]
fn a_compiled_ruleset_decides_as_its_policy() {
    let folder = Folder::new();
    folder.write(
        "in.jsonl",
        "{\"text\": \"oh darn\"}\n{\"text\": \"cheap gold\"}\n{\"text\": \"ok\"}\n",
    );
    let made = folder.run(&["compile", "policy.yaml", "-o", "policy.tamis"]).exits(0);
    assert!(made.err.contains("policy.tamis: ") && made.err.contains("5 rules"), "{}", made.err);
    assert_eq!(made.out, "");
    // `eval` and `bench` measure time, which no two runs have in common.
    for args in [
        &["check", "POLICY", "oh darn", "--json"][..],
        &["scan", "POLICY", "in.jsonl", "-o", "-"],
        &["redact", "POLICY", "in.jsonl"],
    ] {
        let with = |policy: &str| {
            let args: Vec<_> =
                args.iter().map(|&arg| if arg == "POLICY" { policy } else { arg }).collect();
            folder.run(&args).exits(0).out
        };
        assert_eq!(with("policy.tamis"), with("policy.yaml"), "{args:?}");
    }
    let shown = folder.run(&["check", "policy.tamis", "cheap gold"]).exits(0).out;
    assert!(shown.contains("Decision: review"), "{shown}");
    let figures = folder.run(&["bench", "policy.tamis", "in.jsonl", "--json"]).exits(0).json();
    assert_eq!(figures["flagged"], 2);
    folder.write("labelled.jsonl", "{\"text\": \"oh darn\", \"labels\": [\"rude\"]}\n");
    let figures = folder.run(&["eval", "policy.tamis", "labelled.jsonl", "--json"]).exits(0).json();
    assert_eq!(figures["labels"]["rude"]["tp"], 1);
}

#[test]
fn the_same_policy_makes_the_same_file() {
    let folder = Folder::new();
    folder.run(&["compile", "policy.yaml", "-o", "one"]).exits(0);
    folder.run(&["compile", "policy.yaml", "-o", "two"]).exits(0);
    assert_eq!(folder.bytes("one"), folder.bytes("two"));
    // Over an older one, too.
    folder.write("two", "something else");
    folder.run(&["compile", "policy.yaml", "-o", "two"]).exits(0);
    assert_eq!(folder.bytes("one"), folder.bytes("two"));
}

#[test]
fn what_is_no_good_says_why() {
    let folder = Folder::new();
    folder.run(&["compile", "policy.yaml", "-o", "policy.tamis"]).exits(0);
    let whole = folder.bytes("policy.tamis");
    folder.write("cut", &whole[..whole.len() - 1]);
    let mut bytes = whole.clone();
    *bytes.last_mut().unwrap() ^= 1;
    folder.write("damaged", &bytes);
    let mut bytes = whole;
    bytes[8] = 99;
    folder.write("newer", &bytes);
    for (file, says) in [
        ("cut", "`cut` is cut off: 1 byte is missing"),
        ("damaged", "`damaged` is damaged: its checksum does not fit"),
        ("newer", "`newer` is a compiled ruleset of format 99"),
    ] {
        let ran = folder.run(&["check", file, "text"]).exits(2);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn what_needs_the_policy_says_so() {
    let folder = Folder::new();
    folder.run(&["compile", "policy.yaml", "-o", "policy.tamis"]).exits(0);
    for command in ["lint", "test", "attack", "compile"] {
        let mut args = vec![command, "policy.tamis"];
        if command == "compile" {
            args.extend(["-o", "x"]);
        }
        let ran = folder.run(&args).exits(2);
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("is a compiled ruleset, not a policy"), "{command}: {said}");
        assert!(said.contains("the policy it was compiled from"), "{command}: {said}");
    }
    let ran = folder.run(&["check", "policy.tamis", "x", "--shadow", "darn"]).exits(2);
    assert!(ran.err.contains("--shadow can change nothing"), "{}", ran.err);
    let ran = folder.run(&["check", "policy.tamis", "x", "--root", "."]).exits(2);
    assert!(ran.err.contains("--root can change nothing"), "{}", ran.err);
}

#[test]
fn a_policy_with_errors_writes_nothing() {
    let folder = Folder::new();
    folder.write("bad.yaml", "policy: bad\nlables: {}\n");
    let ran = folder.run(&["compile", "bad.yaml", "-o", "out"]).exits(2);
    assert!(ran.err.contains("unknown-key"), "{}", ran.err);
    folder.run(&["check", "out", "x"]).exits(2);
    let ran = folder.run(&["compile", "policy.yaml", "-o", "policy.yaml"]).exits(2);
    assert!(ran.err.contains("the policy itself"), "{}", ran.err);
    assert!(folder.read("policy.yaml").contains("policy: demo"));
    let ran = folder.run(&["compile", "policy.yaml", "-o", "no/such/folder"]).exits(2);
    assert!(ran.err.contains("cannot write no/such/folder: no such file"), "{}", ran.err);
}

#[test]
fn the_report_tells_what_a_ruleset_consists_of() {
    let folder = Folder::new();
    folder.write(
        "p.yaml",
        "policy: p\nrules:\n  - id: a\n    action: review\n    patterns: [darn, 'h*ck it', \
         { regex: 'free[0-9]+' }, { regex: '[0-9]{3,}' }, { entity: email }]\n    \
         tests: { hit: [darn] }\n",
    );
    let data = folder.run(&["compile", "p.yaml", "--report", "--json"]).exits(0).json();
    assert_eq!(data["policy"], "p");
    assert_eq!(data["patterns"], 5);
    assert_eq!(data["regexes"][0]["literal"], false);
    assert_eq!(data["regexes"][1]["source"], "free[0-9]+");
    assert_eq!(data["entities"][0]["rules"][0], "a");
    for key in ["bytes", "compiled_bytes", "compile_ns", "encode_ns", "load_ns"] {
        assert!(data[key].as_u64().unwrap() > 0, "{key}");
    }
    let part = data["parts"].as_array().unwrap().iter().find(|p| p["name"] == "words").unwrap();
    assert_eq!(part["entries"], 1);

    let shown = folder.run(&["compile", "p.yaml", "--report", "-o", "p.tamis"]).exits(0).out;
    for says in ["p: 1 rule, 5 patterns", "loaded again in", "words", "email", "none", "free[0-9]+"]
    {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    folder.run(&["check", "p.tamis", "darn"]).exits(0);
    let ran = folder.run(&["compile", "p.yaml"]).exits(2);
    assert!(ran.err.contains("--output"), "{}", ran.err);
    let ran = folder.run(&["compile", "p.yaml", "--report", "-o", "-"]).exits(2);
    assert!(ran.err.contains("cannot both"), "{}", ran.err);
}
