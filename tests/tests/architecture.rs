//! Who may use whom in the core. The picture is in ARCHITECTURE.md; this is the law.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Edges = BTreeMap<String, BTreeSet<String>>;

/// The fence around the table in ARCHITECTURE.md: `module: what it may use`.
const FENCE: &str = "```imports\n";

/// Types of the crate root that documentation links to by their public path.
/// A use in code would show as a module that does not exist.
const ROOT: &str = "crate root";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The table of ARCHITECTURE.md.
fn allowed() -> Edges {
    let text = read(&repository().join("ARCHITECTURE.md"));
    let body = text.split(FENCE).nth(1).expect("ARCHITECTURE.md has the table");
    let rows = body.split("```").next().unwrap_or_default().lines();
    let mut edges = Edges::new();
    for row in rows.filter(|row| !row.trim().is_empty()) {
        let (module, used) = row.split_once(':').unwrap_or_else(|| panic!("{row}: no colon"));
        let used = used.split_whitespace().map(str::to_owned).collect();
        let before = edges.insert(module.trim().to_owned(), used);
        assert!(before.is_none(), "two rows for {module}");
    }
    edges
}

/// The modules that `lib.rs` declares.
fn modules(lib: &str) -> BTreeSet<String> {
    let declared = lib.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    declared.map(str::to_owned).collect()
}

/// Every Rust file below `folder`.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Code without its comments, in which paths are only mentioned.
fn without_comments(text: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(code).collect::<Vec<_>>().join("\n")
}

/// The first segments of all paths that start with `crate::`, groups included.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => used.extend(first_segment(rest)),
            Some(group) => used.extend(top_items(group).filter_map(first_segment)),
        }
    }
    used
}

/// The items of a `use` group at its own level: `a::{b, c}, d}` holds `a::…` and `d`.
fn top_items(group: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts.into_iter().map(|at| group[at..].trim_start())
}

/// A name of a module, or what stands for an item of the crate root.
fn first_segment(path: &str) -> Option<String> {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    let name = &path[..end];
    let is_module = name.starts_with(|c: char| c.is_ascii_lowercase()) && name != "fold";
    match name {
        "" => None,
        _ if is_module => Some(name.to_owned()),
        _ => Some(ROOT.to_owned()),
    }
}

/// Who uses whom, from the sources.
fn actual() -> Edges {
    let root = repository().join("core/src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut edges = Edges::new();
    for file in files {
        let inside = file.strip_prefix(&root).expect("a file below the root");
        let first = inside.iter().next().expect("a name").to_string_lossy().into_owned();
        let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        if module == "lib" {
            continue;
        }
        let own = module.clone();
        let found = used(&without_comments(&read(&file)));
        edges.entry(module).or_default().extend(found.into_iter().filter(|m| *m != own));
    }
    edges
}

#[test]
fn modules_use_only_what_the_table_allows() {
    let (allowed, actual) = (allowed(), actual());
    for (module, used) in &actual {
        let row = allowed.get(module).unwrap_or_else(|| panic!("no row for `{module}`"));
        let more: Vec<_> = used.difference(row).collect();
        assert!(more.is_empty(), "`{module}` may not use {more:?}: see ARCHITECTURE.md");
    }
}

#[test]
fn the_table_allows_nothing_that_is_not_used() {
    let (allowed, actual) = (allowed(), actual());
    for (module, row) in &allowed {
        let used = actual.get(module).unwrap_or_else(|| panic!("`{module}` does not exist"));
        let idle: Vec<_> = row.difference(used).collect();
        assert!(idle.is_empty(), "`{module}` no longer uses {idle:?}: shorten its row");
    }
}

#[test]
fn every_module_was_seen() {
    let declared = modules(&read(&repository().join("core/src/lib.rs")));
    assert!(declared.len() >= 20, "only {declared:?}");
    let seen: BTreeSet<String> = actual().into_keys().collect();
    assert_eq!(seen, declared, "the files and the modules of lib.rs");
    let rows: BTreeSet<String> = allowed().into_keys().collect();
    assert_eq!(rows, declared, "the rows of the table and the modules of lib.rs");
}

#[test]
fn paths_are_read_in_all_forms() {
    let code = "use crate::{view::{self, table}, ids::RuleId};\nlet x: crate::span::Span;";
    let all: Vec<String> = used(code).into_iter().collect();
    assert_eq!(all, ["ids", "span", "view"]);
    assert!(used(&without_comments("// crate::scan is elsewhere")).is_empty());
}
