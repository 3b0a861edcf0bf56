//! `tamis check`.

use crate::support::Folder;

#[test]
fn explains_in_words() {
    let ran = Folder::new().run(&["check", "policy.yaml", "oh da\u{200b}rn and heck"]).exits(0);
    for part in [
        "Decision: block, because rude scored 5 (block from 5)",
        "oh [da<U+200B>rn] and [heck]",
        "darn  adds 2 to rude",
        "at character 4, pattern darn; disguised by invisible characters",
        "Please mind da<U+200B>rn.",
        "rude 5 → block  (review from 2, block from 5)",
    ] {
        assert!(ran.out.contains(part), "lacks {part:?}:\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "colours in a pipe");
    assert_eq!(ran.err, "");
}

#[test]
fn exceptions_shadow_undecided_and_exempt_are_told() {
    let folder = Folder::new();
    let out = folder.run(&["check", "policy.yaml", "darn good kill darn hello"]).exits(0).out;
    for part in [
        "[darn] hello",
        "spared by the exception darn good",
        "Rules on trial",
        "enforced, the decision would be block",
        "newcomer  --fact age=… --fact score=…",
    ] {
        assert!(out.contains(part), "lacks {part:?}:\n{out}");
    }
    let out = folder.run(&["check", "policy.yaml", "heck", "--fact", "trusted=yes"]).exits(0).out;
    assert!(out.contains("Decision: allow, because the document is exempt"), "{out}");
}

#[test]
fn json_facts_fields_and_stdin() {
    let folder = Folder::new();
    let args = ["check", "policy.yaml", "--json", "--fact", "age=2 hours"];
    let ran = folder.run_with(&args, b"hello\r\n").exits(0);
    assert_eq!(ran.out.lines().count(), 1, "one line when it is not a terminal");
    let verdict = ran.json();
    assert_eq!(verdict["rules"][0]["rule"], "newcomer");
    assert_eq!(verdict["offsets"], "codepoints");
    assert_eq!(verdict["undecided"], serde_json::json!([]));

    let field = ["check", "policy.yaml", "é", "--field", "title=é darn", "--json"];
    let found = &folder.run(&field).exits(0).json()["rules"][0]["matches"][0];
    assert_eq!((&found["field"], &found["start"]), (&"title".into(), &2.into()));

    let ran = folder.run(&["check", "policy.yaml", "--color", "always", "heck"]).exits(0);
    assert!(ran.out.contains("\u{1b}["), "no colours although asked for");
    assert!(!ran.out.contains("[heck]"), "brackets and colours");
}

#[test]
fn wrong_input_is_told_in_plain_words() {
    let folder = Folder::new();
    for (args, says) in [
        (&["no.yaml", "x"][..], "no.yaml"),
        (&["policy.yaml", "x", "--fact", "nope=1"][..], "its facts are: age (duration), score"),
        (&["policy.yaml", "x", "--fact", "score=high"][..], "which takes a number"),
        (&["policy.yaml", "x", "--fact", "age=soon"][..], "a duration such as `7 days`"),
        (&["policy.yaml", "x", "--field", "body=1"][..], "its fields are: text, title"),
        (&["policy.yaml", "x", "--fact", "score"][..], "NAME=VALUE"),
        (&["policy.yaml", "x", "--field", "text=y"][..], "name each field with --field"),
        (&["pack:nope", "x"][..], "no pack `nope`"),
    ] {
        let ran = folder.run(&[&["check"], args].concat()).exits(2);
        assert!(ran.err.contains(says), "{args:?} does not say {says:?}:\n{}", ran.err);
        assert!(!ran.err.contains("os error"), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    let ran = folder.run_with(&["check", "policy.yaml"], b"\xff\xfe").exits(2);
    assert!(ran.err.contains("not UTF-8"), "{}", ran.err);
}

#[test]
fn terminals_are_safe_from_texts() {
    let folder = Folder::new();
    let hostile = "darn \u{1b}[2J\u{202e} \u{7}";
    let ran = folder.run(&["check", "policy.yaml", hostile]).exits(0);
    assert!(!ran.out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{:?}", ran.out);
}

#[test]
fn help_lists_what_there_is() {
    let folder = Folder::new();
    let ran = folder.run(&[]).exits(2);
    for command in ["check", "scan", "redact", "lint", "test", "eval", "bench"] {
        assert!(ran.err.contains(&format!("\n  {command} ")), "{}", ran.err);
        let help = folder.run(&[command, "--help"]).exits(0).out;
        assert!(help.contains("Examples:"), "{command} has no examples");
    }
    let version = folder.run(&["--version"]).exits(0).out;
    assert!(version.contains("engine") && version.contains("Unicode"), "{version}");
}

#[test]
fn why_not_is_told_in_words_and_as_json() {
    let folder = Folder::new();
    let text = "darn good, gold";
    let args = ["check", "policy.yaml", text, "--why-not", "gold", "--why-not", "darn"];
    let out = folder.run(&args).exits(0).out;
    for part in [
        "Why not gold",
        "`gold` did not fire.",
        "- `how` found nothing like its patterns, at no level.",
        "what: \"gold\" (11–15 of text)",
        "how: nothing",
        "false  near(what, how, 2)  `how` found nothing  policy.yaml:32:11",
        "spam has 0, which means allow; review starts at 3, 3 more; the rule is worth 3",
        "removed by the exception `darn good` (policy.yaml:",
    ] {
        assert!(out.contains(part), "lacks {part:?}:\n{out}");
    }
    let json = folder.run(&[&args[..5], &["--json"]].concat()).exits(0).json();
    assert_eq!(json["action"], "allow", "the verdict is there as well");
    assert_eq!(json["why_not"][0]["rule"], "gold");
    assert_eq!(json["why_not"][0]["condition"]["value"], false);

    let ran = folder.run(&["check", "policy.yaml", "x", "--why-not", "glod"]).exits(2);
    assert!(ran.err.contains("no rule `glod`; did you mean `gold`?"), "{}", ran.err);
}
