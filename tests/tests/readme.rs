//! The README says what the repository does: its snippets are files, its commands exist.

use std::fs;
use std::path::PathBuf;

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The bodies of the fenced blocks in `language`.
fn blocks(markdown: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let body = |part: &str| part.split("```").next().unwrap_or_default().to_owned();
    markdown.split(&fence).skip(1).map(body).collect()
}

#[test]
fn the_first_policy_is_the_example_file() {
    let policies = blocks(&read("README.md"), "yaml");
    assert_eq!(policies, [read("examples/minimal.yaml")]);
    assert!(policies[0].lines().count() <= 10, "the README promises ten lines");
}

#[test]
fn every_make_target_of_the_documents_exists() {
    let makefile = read("Makefile");
    let mut seen = 0;
    for document in ["README.md", "CONTRIBUTING.md", ".ci/run"] {
        let text = read(document);
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '`').collect();
        for pair in words.windows(2).filter(|pair| pair[0] == "make") {
            let target = pair[1].trim_end_matches(|c: char| !c.is_alphanumeric());
            if target.is_empty() || target.starts_with('$') {
                continue;
            }
            let exists = makefile.lines().any(|line| line.starts_with(&format!("{target}:")));
            assert!(exists, "{document} names `make {target}`");
            seen += 1;
        }
    }
    assert!(seen >= 4, "only {seen} targets were found in the documents");
}

#[test]
fn the_changelog_knows_this_version() {
    let changelog = read("CHANGELOG.md");
    let version = env!("CARGO_PKG_VERSION");
    assert!(changelog.contains(&format!("## [{version}]")), "{version} has no section");
}

#[test]
fn every_limit_is_documented_with_its_value() {
    let page = read("docs/limits.md");
    for (name, default, most) in tamis::Limits::ALL {
        assert!(page.contains(&format!("| `{name}` | {default} | {most} |")), "{name}");
    }
    for (name, value, _) in tamis::Limits::FIXED {
        assert!(page.contains(&format!("| `{name}` | {value} |")), "{name}");
    }
}
