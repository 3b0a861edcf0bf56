//! What the loader of policies does with hostile, odd and broken input.

use proptest::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tamis::Policy;
use tamis::diag::{Code, Diagnostics, Severity};

/// What reading and compiling say about a policy.
fn diagnose(policy: Result<Policy, tamis::PolicyError>) -> Diagnostics {
    match policy {
        Ok(policy) => policy.lint(None),
        Err(error) => error.diagnostics().clone(),
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    diagnose(text.parse()).iter().map(|d| d.code.name()).collect()
}

/// A folder for one test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn plain_scalars_are_text_as_written() {
    let policy: Policy = "policy: no\nversion: 2026.10\ndescription: ~\nlists:\n  \
        words: [yes, on, 007, 1e3, 0x1F, null, 12:30:45, .inf, 2026-11-30, true]\n"
        .parse()
        .expect("a policy");
    let spec = policy.spec();
    assert_eq!(spec.name.as_ref().expect("a name").value, "no");
    assert_eq!(spec.version.as_ref().expect("a version").value, "2026.10");
    assert_eq!(spec.description.as_ref().expect("a description").value, "~");
    let words: Vec<_> = spec.lists[0]
        .entries()
        .iter()
        .map(|pattern| policy.sources().text(pattern.span).to_owned())
        .collect();
    let written = "yes on 007 1e3 0x1F null 12:30:45 .inf 2026-11-30 true";
    assert_eq!(words, written.split(' ').collect::<Vec<_>>());
}

#[test]
fn ten_mistakes_are_ten_diagnostics() {
    let text = "policy: forum
verison: 1
evasion: folded
labels:
  spam: { review: high, blok: 8 }
rules:
  - { id: a b, label: spam, points: 3, patterns: [buy] }
  - { id: c, label: spma, points: 3, patterns: [\"\"] }
  - { id: d, action: review, patterns: [@here] }
  - { id: e, action: review, when: letters > and c }
  - { id: c, action: review, patterns: [{ regex: 'b(uy' }] }
";
    let mut found = codes(text);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "bad-name",
            "bad-number",
            "bad-regex",
            "bad-value",
            "condition-syntax",
            "duplicate-name",
            "empty-pattern",
            "quote-it",
            "unknown-action",
            "unknown-key",
            "unknown-label"
        ]
    );
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let folder = folder("huge");
    let path = folder.join("policy.yaml");
    let file = fs::File::create(&path).expect("a file");
    file.set_len(1 << 30).expect("a file of 1 GB that takes no room");
    let start = Instant::now();
    let found = diagnose(Policy::from_file(&path));
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooLarge]);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());

    let list = folder.join("list.txt");
    fs::rename(&path, &list).expect("renamed");
    fs::write(&path, "lists: { words: { file: list.txt } }\n").expect("written");
    let found = diagnose(Policy::from_file(&path));
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooLarge]);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_huge_pattern_is_refused() {
    let text = format!("lists:\n  words: [{}]\n", "a".repeat(15 << 20));
    let start = Instant::now();
    let found = diagnose(text.parse());
    assert!(found.iter().any(|d| d.code == Code::PatternTooLong), "{:?}", found.len());
    assert!(found.to_string().len() < 2_000);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_bomb_of_aliases_is_one_diagnostic() {
    let mut text = String::from("policy: bomb\nlists:\n  a0: &a0 [spam]\n");
    for i in 1..40 {
        let aliases = vec![format!("*a{}", i - 1); 50].join(", ");
        let _ = writeln!(text, "  a{i}: &a{i} [{aliases}]");
    }
    let start = Instant::now();
    assert_eq!(codes(&text), ["alias"]);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[cfg(unix)]
#[test]
fn lists_cannot_be_reached_through_links_out_of_the_folder() {
    let folder = folder("links");
    let inside = folder.join("policy");
    fs::create_dir_all(inside.join("lists")).expect("a folder");
    fs::write(folder.join("secret.txt"), "secret\n").expect("written");
    fs::write(inside.join("lists/open.txt"), "spam\n").expect("written");
    std::os::unix::fs::symlink("../../secret.txt", inside.join("lists/link.txt")).expect("a link");
    std::os::unix::fs::symlink("open.txt", inside.join("lists/near.txt")).expect("a link");
    let path = inside.join("policy.yaml");
    let mut seen = Vec::new();
    for file in ["lists/link.txt", "lists/near.txt", "lists/../lists/open.txt", "../secret.txt"] {
        let text = format!("lists: {{ words: {{ file: {file} }} }}\n");
        fs::write(&path, text).expect("written");
        let found = diagnose(Policy::from_file(&path));
        seen.push(found.iter().any(|d| d.code == Code::ListFileOutside));
        assert!(!found.to_string().contains("secret\n"), "{found}");
    }
    assert_eq!(seen, [true, false, false, true]);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn list_files_are_read_and_located() {
    let folder = folder("lists");
    let path = folder.join("policy.yaml");
    fs::write(folder.join("words.txt"), "\u{feff}# words\r\nspam\r\n\r\nfree money # phrase\r\n")
        .expect("written");
    fs::write(&path, "lists: { words: { file: words.txt } }\n").expect("written");
    let policy = Policy::from_file(&path).expect("a policy");
    let entries = policy.spec().lists[0].entries();
    let places: Vec<_> = entries
        .iter()
        .map(|entry| {
            let at = policy.sources().position(entry.span);
            (policy.sources().text(entry.span), at.line, at.column)
        })
        .collect();
    assert_eq!(places, [("spam", 2, 1), ("free money", 4, 1)]);
    fs::write(folder.join("words.txt"), b"sp\xffam\n").expect("written");
    let found = diagnose(Policy::from_file(&path));
    let found: Vec<_> = found.iter().map(|d| (d.code, d.span.file.0, d.span.start)).collect();
    assert_eq!(found, [(Code::NotUtf8, 1, 2)]);
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn data_keeps_its_order_and_finds_its_places() {
    let value = serde_json::json!({
        "policy": "demo",
        "labels": { "zeal": { "review": 3 }, "abuse": { "review": 3.5 } },
        "rules": [{ "id": "a", "label": "zeal", "points": 4, "patterns": ["caf\u{e9}\n"],
                    "when": "patterns and letterz > 3", "redact": false }],
    });
    let policy = Policy::from_json_value(&value).expect("a policy");
    let labels: Vec<_> = policy.spec().labels.iter().map(|l| l.name.value.as_str()).collect();
    assert_eq!(labels, ["zeal", "abuse"]);
    let found = diagnose(Ok(policy));
    let at: Vec<_> = found.iter().map(|d| found.sources().text(d.span)).collect();
    assert_eq!(at, ["letterz"]);

    let mut deep = serde_json::json!("x");
    for _ in 0..100 {
        deep = serde_json::json!([deep]);
    }
    let found = diagnose(Policy::from_json_value(&deep));
    assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooDeep]);
}

#[test]
fn places_inside_conditions_survive_every_style() {
    for when in [
        "words and letterz > 3",
        "'words and letterz > 3'",
        "\"words and \\u006cetterz > 3\"",
        "|\n      words and\n      letterz > 3",
        ">\n      words and\n      letterz > 3",
        "words and\n      letterz > 3",
    ] {
        let text = format!(
            "policy: p\nrules:\n  - id: a\n    action: review\n    when: {}\n",
            when.replace("words and", "words > 1 and")
        );
        let found = diagnose(text.parse());
        let at: Vec<_> = found.iter().map(|d| found.sources().text(d.span)).collect();
        assert!(at == ["letterz"] || at == ["\\u006cetterz"], "{text}\n{found}");
    }
}

/// Every diagnostic points into its file and can be shown.
fn check(found: &Diagnostics) {
    for diagnostic in found {
        let places =
            std::iter::once(diagnostic.span).chain(diagnostic.labels.iter().map(|l| l.span));
        let patches = diagnostic.fix.iter().flat_map(|fix| &fix.patches);
        for span in places.chain(patches.map(|patch| patch.span)) {
            let file = found.sources().file(span.file).expect("a file");
            assert!(file.text().get(span.range()).is_some(), "{span:?} {diagnostic:?}");
        }
        let rendered = found.render(diagnostic);
        assert!(rendered.len() < 4_000, "{rendered}");
        assert!(!rendered.contains(|c: char| c.is_control() && c != '\n'), "{rendered:?}");
    }
    assert_eq!(found.to_data().len(), found.len());
}

/// Pieces of policies, put together at random.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "policy: p\n",
        "rules:\n",
        "  - id: a\n",
        "    label: spam\n",
        "    points: 3\n",
        "    patterns: [spam, ",
        "]\n",
        "labels:\n",
        "  spam: { review: 3 }\n",
        "*spam*",
        "&x ",
        "!t ",
        "@x",
        "%",
        "`",
        "|",
        ">",
        "- ",
        ": ",
        "#",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "\t",
        "  ",
        "{ ",
        " }",
        "[",
        "]",
        ",",
        "    when: count(patterns) > 1 and\n",
        "near(a, b, 3)",
        "(",
        ")",
        "7 days",
        "not",
        "in",
        "2 of (a, b)",
        "\u{feff}",
        "\u{e9}",
        "\u{1f600}",
        "\0",
        "---\n",
        "...\n",
        "<<: ",
        "facts:\n",
        "  age: duration\n",
        "regex: '",
        "  - { regex: \"\\d\" }\n",
        "    tests: { hit: [{ text: x, facts: { age: 2 days } }] }\n",
        "lists:\n",
        "  w: [a*, **]\n",
        "    except: [",
        "exempt: ",
        "? ",
        "{ file: x.txt }",
        "    repeat: { each: 1 }\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_makes_the_loader_panic(text in any::<String>()) {
        check(&diagnose(text.parse()));
    }

    #[test]
    fn no_mix_of_fragments_makes_the_loader_panic(text in fragments()) {
        check(&diagnose(text.parse()));
    }

    #[test]
    fn no_condition_makes_the_parser_panic(
        condition in "([a-z.]{1,4}|[0-9.]{1,3}|and|or|not|in|of|days| |\\(|\\)|\\[|\\]|,|'|<|=|!|-|\\*|/|\u{e9}){0,30}",
    ) {
        let quoted = serde_json::to_string(&condition).expect("a text");
        let text = format!("rules:\n  - {{ id: a, action: review, when: {quoted} }}\n");
        check(&diagnose(text.parse()));
    }

    #[test]
    fn no_bytes_make_the_loader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join("bytes.yaml");
        fs::write(&path, bytes).expect("written");
        check(&diagnose(Policy::from_file(&path)));
    }

    #[test]
    fn a_policy_and_its_data_say_the_same(points in 0u32..9, word in "[a-z]{3,8}") {
        let value = serde_json::json!({
            "policy": "p",
            "labels": { "spam": { "review": 3 } },
            "rules": [{ "id": "a", "label": "spam", "points": points, "patterns": [word] }],
        });
        let text = format!(
            "policy: p\nlabels:\n  spam: {{ review: 3 }}\nrules:\n  - id: a\n    label: spam\n    \
             points: {points}\n    patterns: [\"{word}\"]\n"
        );
        let from_data = Policy::from_json_value(&value).and_then(|p| p.compile());
        let from_data = from_data.expect("a ruleset");
        let from_text = text.parse::<Policy>().and_then(|p| p.compile()).expect("a ruleset");
        prop_assert_eq!(
            from_data.fingerprint(),
            from_text.fingerprint()
        );
    }
}

#[test]
fn warnings_do_not_stop_a_policy() {
    let text = "policy: p\nrules:\n  - { id: a, action: review, patterns: [spam] }\n";
    let ruleset = text.parse::<Policy>().expect("a policy").compile().expect("a ruleset");
    assert!(ruleset.warnings().iter().all(|d| d.severity() == Severity::Warning));
    assert!(!ruleset.warnings().is_empty());
}
