//! Policies of several files: where bases may come from, hostile shapes, and what
//! the parts of a policy know of each other.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tamis::diag::{Code, Diagnostics, Patches};
use tamis::spec::model::Mode;
use tamis::{Policy, PolicyError, Ruleset, testing};

const BASE: &str = "policy: base\nlabels: { spam: { review: 1 } }\nlists: { goods: [gold] }\nrules:\n  \
    - { id: ad, label: spam, points: 1, tags: [trade], patterns: [{ list: goods }], tests: { hit: [gold] } }\n  \
    - { id: shout, label: spam, points: 1, when: caps_ratio > 0.5, tests: { hit: [ABC] } }\n";

fn diagnose(policy: Result<Policy, PolicyError>) -> Diagnostics {
    match policy {
        Ok(policy) => policy.lint(None),
        Err(error) => error.diagnostics().clone(),
    }
}

fn codes(found: &Diagnostics) -> Vec<&'static str> {
    found.iter().map(|d| d.code.name()).collect()
}

fn sources(files: &[(&str, &str)]) -> Result<Policy, PolicyError> {
    Policy::from_sources(files.iter().copied())
}

fn ruleset(files: &[(&str, &str)]) -> Ruleset {
    sources(files).and_then(|policy| policy.compile()).unwrap_or_else(|error| panic!("{error}"))
}

/// A folder for one test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bases").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn bases_come_from_below_the_root() {
    let root = folder("root");
    fs::create_dir_all(root.join("chat/lists")).expect("a folder");
    fs::write(root.join("base.yaml"), BASE).expect("written");
    fs::write(root.join("words.txt"), "silver\n").expect("written");
    let path = root.join("chat/policy.yaml");
    let policy =
        "policy: chat\nextends: [../base.yaml]\nlists: { goods: { file: ../words.txt } }\n";
    fs::write(&path, policy).expect("written");

    let refused = diagnose(Policy::from_file(&path));
    assert_eq!(codes(&refused), ["base-outside", "list-file-outside"]);
    let allowed = Policy::from_file_below(&root, &path).expect("a policy");
    let names: Vec<_> = allowed.sources().files().iter().map(|f| f.path().unwrap()).collect();
    assert_eq!(names, ["chat/policy.yaml", "words.txt", "base.yaml"]);
    let ruleset = allowed.compile().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ruleset.rules()[0].id, "base.ad");
    assert!(ruleset.is_flagged("silver") && !ruleset.is_flagged("gold"));

    let elsewhere = diagnose(Policy::from_file_below(root.join("chat/lists"), &path));
    assert_eq!(codes(&elsewhere), ["base-outside"]);
    let above = root.join("chat/../chat/policy.yaml");
    assert!(Policy::from_file_below(root.join("chat/.."), above).is_ok());
    let _ = fs::remove_dir_all(root);
}

#[cfg(unix)]
#[test]
fn bases_cannot_be_reached_through_links_out_of_the_root() {
    let root = folder("links");
    fs::create_dir_all(root.join("chat")).expect("a folder");
    fs::write(root.join("secret.yaml"), "policy: secret\nrules: oops\n").expect("written");
    std::os::unix::fs::symlink("../secret.yaml", root.join("chat/base.yaml")).expect("a link");
    let path = root.join("chat/policy.yaml");
    fs::write(&path, "policy: chat\nextends: [base.yaml]\n").expect("written");
    assert_eq!(codes(&diagnose(Policy::from_file(&path))), ["base-outside"]);
    assert_eq!(codes(&diagnose(Policy::from_file_below(&root, &path))), ["wrong-type"]);
    let _ = fs::remove_dir_all(root);
}

#[test]
fn texts_and_packs_reach_packs_but_no_files() {
    let text = "policy: p\nextends: [pack:profanity-en, base.yaml]\n";
    let found = diagnose(text.parse());
    assert_eq!(codes(&found), ["missing-base"]);
    assert!(found.to_string().contains("this policy is not a file"), "{found}");
    let ruleset: Ruleset = "policy: p\nextends: [pack:profanity-en]\n".parse().expect("a ruleset");
    assert!(ruleset.rules().iter().all(|rule| rule.id.starts_with("profanity_en.")));
    assert!(ruleset.warnings().is_empty(), "{}", ruleset.warnings());
    let data = serde_json::json!({ "policy": "p", "extends": ["pack:profanity-en"] });
    let data = Policy::from_json_value(&data).and_then(|p| p.compile()).expect("a ruleset");
    assert_eq!(data.fingerprint(), ruleset.fingerprint());
}

#[test]
fn sources_in_memory_are_as_those_on_disk() {
    let root = folder("memory");
    let policy = "policy: p\nextends: [./x/../base.yaml]\nlists: { more: { file: l/w.txt } }\nrules:\n  \
        - { id: own, action: review, patterns: [{ list: more }], tests: { hit: [spam] } }\n";
    fs::create_dir_all(root.join("l")).expect("a folder");
    for (name, text) in [("policy.yaml", policy), ("base.yaml", BASE), ("l/w.txt", "spam\n")] {
        fs::write(root.join(name), text).expect("written");
    }
    let disk = Policy::from_file(root.join("policy.yaml")).expect("a policy");
    let files = disk.sources().files().iter().map(|f| (f.path().unwrap(), f.text()));
    let memory = Policy::from_sources(files).expect("a policy");
    let (disk, memory) = (disk.compile().unwrap(), memory.compile().unwrap());
    assert_eq!(disk.fingerprint(), memory.fingerprint());
    let _ = fs::remove_dir_all(root);

    assert_eq!(codes(&diagnose(sources(&[]))), ["unreadable-file"]);
    assert_eq!(codes(&diagnose(sources(&[("../p.yaml", "policy: p")]))), ["base-outside"]);
    let missing = diagnose(sources(&[("p.yaml", "extends: [bas.yaml]"), ("base.yaml", BASE)]));
    assert!(missing.to_string().contains("did you mean `base.yaml`?"), "{missing}");
}

#[test]
fn mistakes_of_a_base_are_told_once_and_with_those_of_the_file() {
    let bad = BASE.replace("caps_ratio", "caps_ration");
    let policy =
        "policy: p\nextends: [a.yaml, b.yaml]\nrules: [{ id: x, action: nope, patterns: [y] }]\n";
    let middle = "extends: [{ from: base.yaml, only: [] }]\n";
    let found = diagnose(sources(&[
        ("p.yaml", policy),
        ("a.yaml", "extends: [base.yaml]\n"),
        ("b.yaml", middle),
        ("base.yaml", &bad),
    ]));
    let places: Vec<_> =
        found.iter().map(|d| (d.code.name(), found.sources().name(d.span))).collect();
    assert_eq!(places, [("unknown-action", "p.yaml"), ("unknown-name", "base.yaml")]);
}

#[test]
fn warnings_are_those_of_the_own_files() {
    let base = BASE.replace("tests: { hit: [gold] }", "meta: {}");
    assert_eq!(codes(&diagnose(base.parse())), ["missing-tests"]);
    let own = "extends: [base.yaml]\nrules: [{ id: x, action: review, patterns: [y] }]\n";
    let found = diagnose(sources(&[("p.yaml", own), ("base.yaml", &base)]));
    let rendered = found.to_string();
    assert_eq!(codes(&found), ["missing-tests"], "{rendered}");
    assert!(rendered.contains("p.yaml"), "{rendered}");
    // An override answers for what it writes, and can say so.
    let change = |ignore: &str| {
        let text = format!(
            "extends: [base.yaml]\noverride:\n  base.ad: {{ add_patterns: ['ad*'], lint_ignore: [{ignore}] }}\n"
        );
        let found = diagnose(sources(&[("p.yaml", &text), ("base.yaml", BASE)]));
        codes(&found)
    };
    assert_eq!(change(""), ["short-wildcard"]);
    assert!(change("short-wildcard").is_empty());
}

#[test]
fn inherited_tests_run_and_those_of_the_base_as_a_whole_do_not() {
    let base = format!("{BASE}tests: {{ review: [gold] }}\n");
    let own = "extends: [base.yaml]\noverride: { base.ad: { add_except: [gold] } }\ntests: { allow: [gold] }\n";
    let policy = sources(&[("p.yaml", own), ("base.yaml", &base)]).expect("a policy");
    let outcomes = testing::run(&policy).expect("a ruleset");
    let seen: Vec<_> = outcomes.iter().map(|o| (o.expected.key(), o.passed)).collect();
    assert_eq!(seen, [("hit", false), ("hit", true), ("allow", true)]);
}

#[test]
fn the_fingerprint_covers_bases_and_not_their_words_for_people() {
    let own = "extends: [base.yaml]\n";
    let print = |own: &str, base: &str| {
        ruleset(&[("p.yaml", own), ("base.yaml", base)]).fingerprint().to_owned()
    };
    let plain = print(own, BASE);
    let described = BASE.replace("tests: { hit: [gold] }", "description: \"An ad.\"");
    assert_eq!(plain, print(own, &described));
    assert_ne!(plain, print(own, &BASE.replace("[gold]", "[silver]")));
    assert_ne!(plain, print("extends: [{ from: base.yaml, mode: shadow }]\n", BASE));
    assert_ne!(plain, print("extends: [base.yaml]\noverride: { '*': { points: 2 } }\n", BASE));
}

#[test]
fn shadow_selects_by_name_glob_and_tag() {
    let mut policy = sources(&[("p.yaml", "extends: [base.yaml]\n"), ("base.yaml", BASE)]).unwrap();
    let before = policy.compile().unwrap();
    assert_eq!(policy.shadow("trade"), Ok(1));
    let ruleset = policy.compile().unwrap();
    let modes: Vec<_> = ruleset.rules().iter().map(|rule| rule.mode).collect();
    assert_eq!(modes, [Mode::Shadow, Mode::Enforce]);
    assert_ne!(before.fingerprint(), ruleset.fingerprint());
    assert_eq!(policy.shadow("base.*"), Ok(2));
    let error = policy.shadow("trad").unwrap_err().to_string();
    assert_eq!(error, "no rule and no tag is called `trad`; did you mean `trade`?");
}

#[test]
fn fixes_for_missing_actions_mend_both_ways_of_writing_a_list() {
    for (actions, mended) in [
        ("actions: [allow, block]\n", "actions: [allow, review, block]\n"),
        ("actions:\n  - allow\n  - block\n", "actions:\n  - allow\n  - review\n  - block\n"),
        ("actions: [\"allow\", block]\n", "actions: [\"allow\", review, block]\n"),
    ] {
        let own = format!("extends: [base.yaml]\n{actions}");
        let found = diagnose(sources(&[("p.yaml", &own), ("base.yaml", BASE)]));
        let diagnostic = found.iter().next().expect("a diagnostic");
        assert_eq!(diagnostic.code, Code::UnknownAction, "{found}");
        let fix = diagnostic.fix.as_ref().expect("a fix");
        assert!(fix.certain);
        let text = Patches::choose(&found, diagnostic.span.file, false).apply(&own);
        assert_eq!(text, format!("extends: [base.yaml]\n{mended}"));
        ruleset(&[("p.yaml", &text), ("base.yaml", BASE)]);
    }
}

#[test]
fn many_ways_through_few_files_end_at_a_bound() {
    // Each of 15 files extends the next one twice: 32,768 ways to the last.
    let mut files = vec![("p.yaml".to_owned(), "policy: p\nextends: [f0.yaml]\n".to_owned())];
    for i in 0..15 {
        let next = i + 1;
        let text = format!(
            "policy: f\nextends:\n  - f{next}.yaml\n  - {{ from: f{next}.yaml, only: [x] }}\nrules: \
             [{{ id: x, action: review, patterns: [y] }}]\n"
        );
        files.push((format!("f{i}.yaml"), text));
    }
    files.push(("f15.yaml".to_owned(), BASE.replace("id: ad", "id: x")));
    let found = diagnose(Policy::from_sources(files));
    assert!(found.iter().any(|d| d.code == Code::LimitExceeded), "{found}");
}

#[test]
fn chains_of_edits_end_at_a_bound_and_need_no_stack() {
    let mut text = "policy: p\nlists:\n  a0: [spam]\n".to_owned();
    for i in 1..20_000 {
        let _ = writeln!(text, "  a{i}: {{ extend: a{}, add: [w{i}] }}", i - 1);
    }
    let found = diagnose(text.parse());
    assert!(found.iter().any(|d| d.code == Code::LimitExceeded));
}

#[test]
fn a_long_chain_of_rules_compiles_in_time_that_grows_with_it() {
    let compile = |rules: usize| {
        let mut text =
            "policy: p\nrules:\n  - { id: r0, action: review, patterns: [spam] }\n".to_owned();
        for i in 1..rules {
            let _ = writeln!(text, "  - {{ id: r{i}, action: review, when: not r{} }}", i - 1);
        }
        let policy: Policy = text.parse().expect("a policy");
        let start = Instant::now();
        policy.compile().expect("a ruleset");
        start.elapsed()
    };
    let _ = compile(2_000);
    let (short, long) = (compile(10_000), compile(80_000));
    // Eight times the rules; a quadratic step would take 64 times as long.
    assert!(long < short * 24 + Duration::from_millis(200), "{short:?} {long:?}");
}
