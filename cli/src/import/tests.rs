//! Every format on files that were damaged: an import may refuse a file, but it may not crash, and
//! what it writes is a policy.

use super::*;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// The files of the goldens, with their formats.
fn files() -> Vec<(Format, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut files = Vec::new();
    for &format in Format::value_variants() {
        for entry in std::fs::read_dir(folder.join(format.name())).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if !name.ends_with(".policy.yaml") && !name.ends_with(".losses.txt") && path.is_file() {
                files.push((format, path));
            }
        }
    }
    files.sort_by(|a, b| a.1.cmp(&b.1));
    assert!(files.len() >= 12, "{files:?}");
    files
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// The text with something taken out, doubled, cut off or put in.
fn damaged(text: &str, random: &mut Random) -> String {
    const PIECES: [&str; 24] = [
        "*", "(", ")", "[", "]", "{", "}", "\\", "\"", "'", ":", ",", "\n", "---\n", "#", "|", "~",
        "<A>", "\u{200b}", "é", "(?!x)", "\\1", "&a ", "*a ",
    ];
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<char> = chars.clone();
    for _ in 0..=random.below(3) {
        let from = random.below(out.len());
        let to = (from + random.below(12)).min(out.len());
        match random.below(4) {
            0 => {
                out.drain(from..to);
            }
            1 => {
                let piece: Vec<char> = out[from..to].to_vec();
                out.splice(from..from, piece);
            }
            2 if random.below(4) == 0 => out.truncate(from),
            _ => {
                out.splice(from..from, PIECES[random.below(PIECES.len())].chars());
            }
        }
    }
    out.into_iter().collect()
}

#[track_caller]
fn survives(format: Format, text: String, what: &str) -> bool {
    let source = Source::new("damaged", text);
    let options = Options { words_are_regexes: what.contains("regexes"), ..Options::default() };
    match import(format, &source, &options) {
        Ok(imported) => {
            let errors = &imported.checked.errors;
            assert!(
                errors.is_empty(),
                "{what}\n{}\n---\n{}\n---\n{}",
                errors.join("\n"),
                source.text,
                imported.policy
            );
            true
        }
        Err(problems) => {
            assert!(
                problems.iter().all(|p| !p.message.is_empty() && !p.hint.is_empty()),
                "{problems:?}"
            );
            false
        }
    }
}

#[test]
fn damaged_files_never_become_broken_policies() {
    let mut random = Random(7);
    let mut imported = 0;
    for (format, path) in files() {
        let text = Source::read(&path).unwrap().text;
        let what = path.display().to_string();
        assert!(survives(format, text.clone(), &what));
        for _ in 0..40 {
            imported += usize::from(survives(format, damaged(&text, &mut random), &what));
        }
    }
    assert!(imported > 100, "{imported} of the damaged files could be imported");
}

#[test]
fn names_that_groups_and_facts_have_are_no_names_of_rules() {
    for (format, text) in [
        (Format::Automoderator, "title: darn\nbody: heck\naction: remove\naction_reason: title\n"),
        (Format::Automoderator, "title: darn\naction: remove\naction_reason: Patterns!\n"),
        (Format::Automoderator, "title: darn\nreports: 1\naction: remove\naction_reason: near\n"),
        (
            Format::Discord,
            r#"[{"name": "channel", "trigger_type": 1, "trigger_metadata": {"keyword_filter": ["a"]}, "exempt_channels": [1]},
                {"name": "patterns", "trigger_type": 1, "trigger_metadata": {"keyword_filter": ["b"]}}]"#,
        ),
        (
            Format::Presidio,
            "recognizers: [{name: context, deny_list: [a, b], deny_list_score: 0.5, context: [c]}, {name: found, deny_list: [x]}]",
        ),
        (Format::Spamassassin, "body patterns /x/\nbody links /y/\nmeta A patterns && links\n"),
        (
            Format::ProfanityList,
            r#"[{"id": "patterns", "match": "a"}, {"id": "words", "match": "b"}]"#,
        ),
        (Format::Wordlist, "word,category,weight\na,patterns,1\nb,near,1\n"),
    ] {
        let imported =
            import(format, &Source::new("x", text.to_owned()), &Options::default()).unwrap();
        let wrong = &imported.checked.errors;
        assert!(wrong.is_empty(), "{wrong:?}\n{}", imported.policy);
    }
}

#[test]
fn files_of_other_formats_are_refused_or_imported_with_losses() {
    for (_, path) in files() {
        let text = Source::read(&path).unwrap().text;
        for &format in Format::value_variants() {
            survives(format, text.clone(), &format!("{} as {}", path.display(), format.name()));
        }
    }
}
