//! `tamis lint --fix`, `tamis fmt` and `tamis schema`: what changes files of authors.

use crate::support::Folder;

/// Ten slips that mend themselves, among comments and odd layout.
const SLIPS: &str = "\
# what is not welcome
policy: slips
lables: { spam: { review: 3 } }   # a slip in a key
lists:
  words: [gold, silver, Gold]   # one of them twice
  unused: [x, y]

  tags: [*spam*, &co, 100%]
rules:
  - id: a
    label: spam
    points: \"3\"
    evasion: foldd
    patterns: [{ list: words }, { list: tags }, gold]
    lint_ignore: [inner-wildcard]
    tests: { hit: [gold] }
    tests: { hit: [gold] }
";

const MENDED: &str = "\
# what is not welcome
policy: slips
labels: { spam: { review: 3 } }   # a slip in a key
lists:
  words: [gold, silver]   # one of them twice

  tags: [\"*spam*\", \"&co\", 100%]
rules:
  - id: a
    label: spam
    points: 3
    evasion: fold
    patterns: [{ list: words }, { list: tags }]
    tests: { hit: [gold] }
";

#[test]
fn fixes_mend_what_is_certain_and_keep_the_rest_as_it_is() {
    let folder = Folder::new();
    folder.write("p.yaml", SLIPS);
    let diff = folder.run(&["lint", "p.yaml", "--fix", "--diff"]).exits(0);
    assert_eq!(folder.read("p.yaml"), SLIPS, "--diff writes nothing");
    assert!(diff.out.contains("\n-lables:") && diff.out.contains("\n+labels:"), "{}", diff.out);
    assert!(diff.err.contains("would be applied in p.yaml"), "{}", diff.err);
    let fixed = folder.run(&["lint", "p.yaml", "--fix"]).exits(0);
    assert_eq!(folder.read("p.yaml"), MENDED, "{}", fixed.out);
    assert!(fixed.err.contains("applied in p.yaml"), "{}", fixed.err);
    let again = folder.run(&["lint", "p.yaml", "--fix"]).exits(0);
    assert_eq!((folder.read("p.yaml").as_str(), again.err.as_str()), (MENDED, ""));
}

#[test]
fn fixes_reach_list_files_and_leave_bases_and_packs_alone() {
    let folder = Folder::new();
    folder.write("words.txt", "gold\r\n# of old\r\nGOLD\r\nsilver\r\n");
    let base = "policy: base\nrules:\n  - { id: b, action: review, patterns: [x, x], \
                tests: { hit: [x] } }\n";
    folder.write("base.yaml", base);
    folder.write(
        "p.yaml",
        "policy: p\nextends: [base.yaml]\nlists:\n  words: { file: words.txt }\nrules:\n  - { id: a, \
         action: review, patterns: [{ list: words }], tests: { hit: [gold] } }\n",
    );
    folder.run(&["lint", "p.yaml", "--fix"]).exits(0);
    assert_eq!(folder.read("words.txt"), "gold\r\n# of old\r\nsilver\r\n");
    assert_eq!(folder.read("base.yaml"), base);
    folder.run(&["lint", "pack:profanity-en", "--fix"]).exits(0);
}

#[test]
fn likely_mends_are_for_those_who_ask() {
    let folder = Folder::new();
    let text = "policy: p\nlabels: { spam: { review: 1 } }\nrules:\n  - { id: a, label: spma, points: 1, \
                patterns: [x], tests: { hit: [x] } }\n";
    folder.write("p.yaml", text);
    folder.run(&["lint", "p.yaml", "--fix"]).exits(2);
    assert_eq!(folder.read("p.yaml"), text);
    folder.run(&["lint", "p.yaml", "--fix", "--likely"]).exits(0);
    assert!(folder.read("p.yaml").contains("label: spam,"));
}

#[test]
fn json_has_the_patches_and_github_the_places() {
    let folder = Folder::new();
    folder.write("a, b: 100%.yaml", "policy: p\nrulez: []\n");
    let found = folder.run(&["lint", "a, b: 100%.yaml", "--format", "json"]).exits(2).json();
    let fix = &found[0]["fix"];
    assert_eq!(fix["certain"], true);
    let patch = &fix["patches"][0];
    assert_eq!((&patch["start"], &patch["end"]), (&10.into(), &15.into()));
    assert_eq!(patch["text"], "rules");
    let github = folder.run(&["lint", "a, b: 100%.yaml", "--format", "github"]).exits(2).out;
    assert!(github.starts_with("::error file=a%2C b%3A 100%25.yaml,line=2,col=1,"), "{github}");
}

#[test]
fn odd_files_get_an_answer() {
    let folder = Folder::new();
    folder.make("folder.yaml");
    folder.write("empty.yaml", "");
    folder.write("utf16.yaml", b"\xff\xfep\0o\0");
    folder.write("bom.yaml", "\u{feff}policy: p\r\nrulez: []\r\n");
    folder.write("tab.yaml", "policy: p\nrules:\n\t- id: a\n");
    for (name, says) in [
        ("folder.yaml", "is not a file"),
        ("empty.yaml", "the policy is empty"),
        ("utf16.yaml", "it looks like UTF-16"),
        ("bom.yaml", "bom.yaml:2:1"),
        ("tab.yaml", "indent with spaces"),
    ] {
        let ran = folder.run(&["lint", name]).exits(2);
        assert!(ran.out.contains(says), "{name}: {}", ran.out);
    }
    folder.run(&["lint", "bom.yaml", "--fix"]).exits(0);
    assert_eq!(folder.read("bom.yaml"), "\u{feff}policy: p\r\nrules: []\r\n");
}

#[test]
fn fmt_writes_checks_and_shows() {
    let folder = Folder::new();
    let odd = "rules:\n- patterns: ['spam']\n  id: a # first\npolicy: p\n";
    folder.write("p.yaml", odd);
    folder.write("bad.yaml", "rules: [\n");
    let check = folder.run(&["fmt", "p.yaml", "--check", "--diff"]).exits(1);
    assert!(check.out.contains("+policy: p") && check.err.contains("1 file would change"));
    assert_eq!(folder.read("p.yaml"), odd);
    folder.run(&["fmt", "bad.yaml", "p.yaml"]).exits(2);
    let even = "policy: p\nrules:\n  - id: a  # first\n    patterns: [spam]\n";
    assert_eq!(folder.read("p.yaml"), even);
    folder.run(&["fmt", "p.yaml", "--check"]).exits(0);
    let piped = folder.run_with(&["fmt", "-"], odd.as_bytes()).exits(0);
    assert_eq!(piped.out, even);
    folder.run(&["fmt", "nope.yaml"]).exits(2);
    folder.run(&["fmt", "pack:profanity-en"]).exits(2);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new();
    folder.write("real.yaml", "policy:   p\n");
    let path = folder.path().join("real.yaml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", folder.path().join("link.yaml")).unwrap();
    folder.run(&["fmt", "link.yaml"]).exits(0);
    assert_eq!(folder.read("real.yaml"), "policy: p\n");
    let link = std::fs::symlink_metadata(folder.path().join("link.yaml")).unwrap();
    assert!(link.file_type().is_symlink());
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn schema_is_json() {
    let folder = Folder::new();
    let schema = folder.run(&["schema"]).exits(0).json();
    let kinds = &schema["properties"]["rules"]["type"];
    assert!(kinds == "array" || kinds.as_array().is_some_and(|k| k.contains(&"array".into())));
}
