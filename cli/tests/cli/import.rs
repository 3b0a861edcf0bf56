//! `tamis import`: goldens of policies and of what was lost, and that imported policies mean what
//! the originals meant.

use crate::support::{Folder, Ran};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use tamis::{FactValue, Input, Policy, Ruleset};

const KINDS: [&str; 7] = [
    "automoderator",
    "discord",
    "discourse",
    "presidio",
    "profanity-list",
    "spamassassin",
    "wordlist",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

/// The files in a folder of `tests/import`, without the goldens.
fn files(kind: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder().join(kind)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names
        .filter(|name| !name.ends_with(".policy.yaml") && !name.ends_with(".losses.txt"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "{kind}");
    names
}

fn run(in_folder: &str, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tamis"));
    command.current_dir(folder().join(in_folder)).arg("import").args(args).env_remove("NO_COLOR");
    Ran::new(&command.output().unwrap())
}

/// Compares with the golden, or writes it when `UPDATE_GOLDENS` is set.
fn golden(path: &Path, found: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(path, found).unwrap();
    } else if std::fs::read_to_string(path).unwrap_or_default() != found {
        wrong.push(format!("{}:\n{found}", path.display()));
    }
}

#[test]
fn goldens() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        for name in files(kind) {
            let regex: &[&str] = if name.starts_with("regexes") { &["--regex"] } else { &[] };
            let ran = run(kind, &[&[kind, name.as_str()], regex].concat()).exits(0);
            let at = |ending: &str| folder().join(kind).join(format!("{name}.{ending}"));
            golden(&at("policy.yaml"), &ran.out, &mut wrong);
            // Which parts are built changes while Tamis grows.
            let losses: Vec<&str> =
                ran.err.lines().filter(|line| !line.starts_with("note: ")).collect();
            golden(&at("losses.txt"), &format!("{}\n", losses.join("\n")), &mut wrong);
        }
    }
    for name in files("broken") {
        let kind = name.rsplit_once('.').unwrap().1;
        let ran = run("broken", &[kind, &name]).exits(2);
        assert_eq!(ran.out, "", "{name}: a policy was written");
        assert!(
            ran.err.starts_with("error: ") && ran.err.contains("= help: "),
            "{name}: {}",
            ran.err
        );
        golden(&folder().join("broken").join(format!("{name}.losses.txt")), &ran.err, &mut wrong);
    }
    assert!(
        wrong.is_empty(),
        "{}\nUPDATE_GOLDENS=1 records them anew; read the diff",
        wrong.join("\n")
    );
}

#[test]
fn imported_policies_load_and_pass_their_tests() {
    let (mut compiled, mut tested) = (0, 0);
    for kind in KINDS {
        for name in files(kind) {
            let path = folder().join(kind).join(format!("{name}.policy.yaml"));
            let text = std::fs::read_to_string(&path).unwrap();
            let policy: Policy = text.parse().unwrap();
            let outcomes = tamis::testing::run(&policy)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            compiled += 1;
            tested += outcomes.len();
            for outcome in outcomes {
                assert!(outcome.passed, "{}: {outcome:?}", path.display());
            }
        }
    }
    assert!(compiled >= 8 && tested >= 40, "{compiled} policies compiled, {tested} tests ran");
}

/// The ruleset that a file is imported as.
fn ruleset(kind: &str, name: &str, content: &str) -> Ruleset {
    let folder = Folder::new();
    folder.write(name, content);
    let ran = folder.run(&["import", kind, name]).exits(0);
    ran.out.parse().unwrap_or_else(|error| panic!("{error}\n{}", ran.out))
}

#[track_caller]
fn decides(ruleset: &Ruleset, input: &Input<'_>, action: &str) {
    let verdict = ruleset.classify(input);
    let found = ruleset.action_name(verdict.action());
    assert_eq!(found, action, "{}", ruleset.explain(&verdict, input));
}

#[test]
fn automoderator_keeps_its_meaning() {
    let rules = ruleset(
        "automoderator",
        "a.yaml",
        r#"
title+body: [darn, "c++"]
~body (includes): ["[quote"]
action: filter
---
title (starts-with, regex): 'free\s+g[e3]ms?'
action: remove
---
body (full-exact): [this]
author:
    account_age: < 2 days
    comment_karma: "> 100"
    satisfy_any_threshold: true
action: report
moderators_exempt: false
---
body (case-sensitive): SHOUT
body_longer_than: 10
type: comment
action: spam
"#,
    );
    let post = |title: &'static str, body: &'static str| {
        Input::from_fields().field("title", title).field("body", body)
    };
    decides(&rules, &post("Oh DARN it", ""), "filter");
    decides(&rules, &post("", "I like C++."), "filter");
    decides(&rules, &post("darning socks", ""), "allow");
    decides(&rules, &post("darn", "[quote] x"), "allow");
    decides(&rules, &post("darn", "").fact("author.is_moderator", true), "allow");
    decides(&rules, &post("Free g3m for all", ""), "remove");
    decides(&rules, &post("get free gems", ""), "allow");
    let young =
        |body| post("", body).fact("author.account_age", FactValue::from_json(&json!("1 day")));
    decides(&rules, &young("This").fact("author.comment_karma", 1.0), "report");
    decides(
        &rules,
        &young("This").fact("author.comment_karma", 1.0).fact("author.is_moderator", true),
        "report",
    );
    decides(&rules, &young("not this").fact("author.comment_karma", 1.0), "allow");
    let old = post("", "this").fact("author.account_age", FactValue::from_json(&json!("9 days")));
    decides(&rules, &old.fact("author.comment_karma", 100.0), "allow");
    decides(&rules, &post("", "do not SHOUT so"), "allow");
    decides(&rules, &post("", "do not SHOUT so").fact("item.type", "comment"), "spam");
    decides(&rules, &post("", "do not shout so").fact("item.type", "comment"), "allow");
    decides(&rules, &post("", "SHOUT").fact("item.type", "comment"), "allow");
}

#[test]
fn what_might_match_more_only_shadows() {
    let rules = ruleset(
        "automoderator",
        "a.yaml",
        "body (regex): ['darn(?! good)', heck]\naction: remove\n",
    );
    let loose = Input::from_fields().field("body", "darn");
    let verdict = rules.classify(&loose);
    assert_eq!(rules.action_name(verdict.action()), "allow");
    assert_eq!(rules.action_name(verdict.as_ref().shadow_action()), "remove");
    decides(&rules, &Input::from_fields().field("body", "heck"), "remove");
}

#[test]
fn discord_keeps_its_meaning() {
    let rules = ruleset(
        "discord",
        "a.json",
        r#"[
          { "name": "w", "trigger_type": 1, "actions": [{ "type": 1 }],
            "trigger_metadata": { "keyword_filter": ["cat", "dog*", "*fish*"], "regex_patterns": ["b[ae]t"],
                                  "allow_list": ["*starfish*"] },
            "exempt_roles": ["7"], "exempt_channels": ["9"] },
          { "name": "m", "trigger_type": 5, "actions": [{ "type": 3, "metadata": { "duration_seconds": 60 } }],
            "trigger_metadata": { "mention_total_limit": 2 } }
        ]"#,
    );
    for (text, action) in [
        ("a Cat", "block"),
        ("catalogue", "allow"),
        ("dogs", "block"),
        ("hotdogs", "allow"),
        ("unfishy", "block"),
        ("big starfishes", "allow"),
        ("a bet", "block"),
        ("a BET", "allow"),
        ("@a @b hi", "allow"),
        ("@a @b @c hi", "timeout"),
    ] {
        decides(&rules, &Input::new(text), action);
    }
    decides(
        &rules,
        &Input::new("cat").fact("author.roles", FactValue::from_json(&json!(["7"]))),
        "allow",
    );
    decides(
        &rules,
        &Input::new("cat").fact("author.roles", FactValue::from_json(&json!(["8"]))),
        "block",
    );
    decides(&rules, &Input::new("cat").fact("channel", "9"), "allow");
    decides(&rules, &Input::new("cat").fact("author.is_manager", true), "allow");
}

#[test]
fn spamassassin_keeps_its_meaning() {
    let rules = ruleset(
        "spamassassin",
        "a.cf",
        "required_score 3\nbody A /cheap gems/i\nscore A 2\nheader B Subject =~ /^Win/\nscore B 0.999\n\
         body __C /\\bnow\\b/\nmeta D (A + B + __C >= 2)\nscore D 1\nbody E /thanks/\nscore E -2\ntflags E nice\n\
         header __F From =~ /x/\nmeta G __C && __F\nscore G 9\n",
    );
    let mail = |subject: &'static str, body: &'static str| {
        Input::from_fields().field("subject", subject).field("body", body)
    };
    decides(&rules, &mail("", "Cheap Gems"), "allow");
    decides(&rules, &mail("cheap gems", "buy now"), "spam");
    decides(&rules, &mail("Win", "now"), "allow");
    decides(&rules, &mail("Win", "cheap gems"), "spam");
    decides(&rules, &mail("win", "cheap gems"), "allow");
    decides(&rules, &mail("", "cheap gems now, thanks"), "allow");
    decides(&rules, &mail("", "now").fact("sa.__F", true), "spam");
    decides(&rules, &mail("", "now"), "allow");
}

#[test]
fn lists_keep_their_meaning() {
    let rules = ruleset(
        "profanity-list",
        "a.json",
        r#"[{ "id": "a", "match": "arse|da*rn", "severity": 3, "exceptions": ["sp*", "* it"] },
            { "id": "b", "match": "en", "severity": 1, "allow_partial": false }]"#,
    );
    for (text, action) in [
        ("what an ARSE", "review"),
        ("parsec", "review"),
        ("sparsely", "allow"),
        ("daaarn", "review"),
        ("drn", "allow"),
        ("darn it", "allow"),
        ("en", "review"),
        ("send", "allow"),
    ] {
        decides(&rules, &Input::new(text), action);
    }
    let rules = ruleset("discourse", "x-watched-words-block.csv", "darn*\nHeck,,true\n\"a, b\"\n");
    for (text, action) in [
        ("darned", "block"),
        ("undarn", "allow"),
        ("heck", "allow"),
        ("Heck", "block"),
        ("a, b", "block"),
    ] {
        decides(&rules, &Input::new(text), action);
    }
    let rules = ruleset("wordlist", "w.csv", "word,weight\ndarn,1\nheck,-1\n");
    decides(&rules, &Input::new("darn"), "review");
    decides(&rules, &Input::new("darn heck"), "allow");
}

#[test]
fn the_report_as_json() {
    let ran = run("discord", &["discord", "guild.json", "--json"]).exits(0);
    let report: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!((&report["kind"], &report["file"]), (&json!("discord"), &json!("guild.json")));
    let losses = report["losses"].as_array().unwrap();
    let lost = losses.iter().filter(|loss| loss["effect"] == "lost").count();
    assert_eq!(report["lost"], lost);
    let preset =
        losses.iter().find(|loss| loss["what"].as_str().unwrap().contains("profanity")).unwrap();
    assert_eq!((&preset["line"], &preset["column"]), (&json!(28), &json!(39)));
    assert_eq!(report["errors"], json!([]));

    let ran = run("broken", &["discord", "comma.discord", "--json"]).exits(2);
    let report: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
    assert_eq!(report["problems"][0]["line"], 1);
    assert_ne!(report["problems"][0]["hint"], "");
}

#[test]
fn options_standard_input_and_bad_paths() {
    let folder = Folder::new();
    let args = ["import", "wordlist", "-", "--name", "my words", "--evasion", "exact"];
    let ran = folder.run_with(&args, b"darn\n").exits(0);
    assert!(
        ran.out.contains("policy: my words\n") && ran.out.contains("evasion: exact\n"),
        "{}",
        ran.out
    );
    ran.out.parse::<Ruleset>().unwrap();
    let missing = folder.run(&["import", "wordlist", "nope.txt"]).exits(2);
    assert!(missing.err.contains("nope.txt: no such file"), "{}", missing.err);
    let directory = folder.run(&["import", "wordlist", "."]).exits(2);
    assert!(directory.err.contains("it is a folder"), "{}", directory.err);
    let kind = folder.run(&["import", "wordlsit", "x"]).exits(2);
    assert!(kind.err.contains("wordlist"), "{}", kind.err);
}

#[test]
fn large_files_take_seconds_and_too_large_ones_are_refused() {
    let folder = Folder::new();
    let words: Vec<String> = (0..60_000).map(|n| format!("word{n}")).collect();
    folder.write("many.txt", words.join("\n"));
    let ran = folder.run(&["import", "wordlist", "many.txt"]).exits(0);
    assert!(ran.err.contains("1 rule, 60,000 patterns; nothing lost"), "{}", ran.err);
    folder.write("huge.txt", "x".repeat((16 << 20) + 1));
    let ran = folder.run(&["import", "wordlist", "huge.txt"]).exits(2);
    assert!(
        ran.err.contains("larger than 16 MiB") && ran.err.contains("several files"),
        "{}",
        ran.err
    );
    let keywords = (0..40_000).map(|n| format!("\"w{n}\"")).collect::<Vec<_>>().join(",");
    let rule = format!(
        "{{\"trigger_type\":1,\"trigger_metadata\":{{\"keyword_filter\":[{keywords}]}},\"actions\":[{{\"type\":1}}]}}"
    );
    folder.write("many.json", rule);
    folder.run(&["import", "discord", "many.json"]).exits(0);
}

#[test]
fn alike_losses_are_told_three_times() {
    let folder = Folder::new();
    folder.write("a.txt", "**\n".repeat(10));
    let ran = folder.run(&["import", "wordlist", "a.txt"]);
    assert_eq!(ran.err.matches("there is nothing beside").count(), 3, "{}", ran.err);
    assert!(ran.err.contains("and 7 more like it"), "{}", ran.err);
}
