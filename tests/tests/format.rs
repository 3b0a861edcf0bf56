//! `tamis fmt` over every policy in this repository and over generated ones: the meaning
//! stays, the comments stay, and formatting again changes nothing.

use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use tamis::Policy;
use tamis::format::format;

/// All files below `folder` with this extension.
fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
}

#[test]
fn the_policies_of_this_repository_keep_their_meaning() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut all = Vec::new();
    for folder in ["core/packs", "examples", "tests/diagnostics", "cli/tests/import"] {
        files(&root.join(folder), "yaml", &mut all);
    }
    let (mut formatted, mut compiled) = (0, 0);
    for path in all {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let Ok(out) = format("policy.yaml", &text) else { continue };
        let name = path.display();
        assert_eq!(format("policy.yaml", &out).expect("formatted"), out, "{name}: again");
        assert_eq!(text.matches('#').count(), out.matches('#').count(), "{name}: comments");
        assert!(!out.contains(['\t', '\r']) || text.contains("\\t"), "{name}");
        formatted += 1;
        // Beside the original, where its lists and bases are.
        let Ok(before) = Policy::from_file(&path).and_then(|policy| policy.compile()) else {
            continue;
        };
        let place = path.file_name().expect("a name").to_string_lossy().into_owned();
        let edited = [(place, out)].into();
        let after = Policy::from_file_edited(&path, None, edited).and_then(|p| p.compile());
        let after = after.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(before.fingerprint(), after.fingerprint(), "{name}");
        compiled += 1;
    }
    assert!(formatted > 80 && compiled > 30, "{formatted} formatted, {compiled} compiled");
}

/// A policy with its keys in any order, written in any of several ways.
fn policies() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "spam",
        "\"free gold\"",
        "'it''s'",
        "no",
        "007",
        "\"#tag\"",
        "k\u{e9}bab",
        "\u{6b7b}\u{4ea1}",
        "'a: b'",
        "\"x\\u200By\"",
        "'*x'",
        "\"say \\\"hi\\\"\"",
    ]);
    let words = prop::collection::vec(word, 1..12);
    let comment = prop::sample::select(vec!["", " # why", " #x"]);
    let block = prop::sample::select(vec![
        "x",
        "|\n      one\n      two",
        "|2\n       one\n\n      two",
        "|-4\n           deep\n        less\n",
        "|+\n        one\n\n\n",
        "|2+\n       one\n \n\n",
        ">\n      one\n        more\n\n      two",
        ">-\n      one\n      two\n\n",
        "|\n\n      late\n",
        ">\n\n      late\n        deep\n      one\n      two",
        ">+\n      one\n      two\n\n\n",
        ">- # why\n\n      one\n\n        two\n\n",
        "|  # why\n      # text",
        "|+\n      one\n\n    # below",
    ]);
    let rule = (words, comment, any::<u8>(), 0..3_usize, prop::bool::ANY, block).prop_map(
        |(words, comment, id, style, blank, block)| {
            let patterns = match style {
                0 => format!("[{}]", words.join(",")),
                1 => format!("[\n      {}\n    ]", words.join(",\n      ")),
                _ => words.iter().flat_map(|word| ["\n    - ", *word, comment]).collect(),
            };
            let gap = if blank { "\n\n\n" } else { "" };
            format!(
                "  # rule {id}\n  - action: review{comment}\n{gap}    # key\n    patterns: {patterns}\n    \
                 id: r{id}{comment}\n    description: {block}\n    tests: {{pass: [x], hit: [{}]}}\n",
                words[0]
            )
        },
    );
    (prop::collection::vec(rule, 1..5), any::<bool>()).prop_map(|(rules, crlf)| {
        let text = format!("# top\n\nrules:\n{}# end\nversion: 1.0\npolicy:   p\n", rules.concat());
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

proptest! {
    #[test]
    fn generated_policies_keep_their_meaning(text in policies()) {
        let out = format("p.yaml", &text).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(&format("p.yaml", &out).expect("again"), &out);
        let compile = |text: &str| text.parse::<Policy>().and_then(|policy| policy.compile());
        match (compile(&text), compile(&out)) {
            (Ok(before), Ok(after)) => prop_assert_eq!(before.fingerprint(), after.fingerprint()),
            (Err(before), Err(after)) => {
                prop_assert_eq!(before.diagnostics().len(), after.diagnostics().len());
            }
            (before, after) => prop_assert!(false, "{before:?}\n{after:?}\n{text}\n{out}"),
        }
    }
}
