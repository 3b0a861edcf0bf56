//! The guide and the reference do what they say: their policies are linted and tested, their
//! commands run, and what these print is what the page shows.
//!
//! The first word behind a fence is the language; the rest says what to do:
//!
//! - ` ```yaml ` alone: a policy that lints clean and passes its tests; `file=NAME` saves it too;
//! - ` ```yaml wrong `: a policy whose diagnostics the next ` ```text ` block shows;
//! - ` ```yaml draws `: the same, where the block shows one of several diagnostics;
//! - ` ```yaml add=NAME `: rules for the end of a file, or keys for above its `rules:`;
//! - ` ```yaml insert=NAME after=WORD `: lines behind the first line with that word;
//! - ` ```txt file=NAME ` and the like: a file;
//! - ` ```sh `: commands that end well; a ` ```text ` block behind them is what they print.
//!
//! `UPDATE_GOLDENS=1` writes the ` ```text ` blocks anew: read the difference.

use crate::support::Folder;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// The pages whose blocks are run.
const PAGES: &[&str] = &["guide.md", "reference.md"];

fn path(page: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page)
}

/// A fenced block and the text before it.
struct Block<'p> {
    before: &'p str,
    info: &'p str,
    body: &'p str,
}

impl<'p> Block<'p> {
    fn language(&self) -> &'p str {
        self.info.split(' ').next().unwrap_or_default()
    }

    /// The value of `name=value`, or nothing for a bare `name`.
    fn says(&self, name: &str) -> Option<&'p str> {
        self.info.split(' ').skip(1).find_map(|word| {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            (key == name).then_some(value)
        })
    }
}

/// The blocks of a page, and what stands behind the last.
fn blocks(text: &str) -> (Vec<Block<'_>>, &str) {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find("```").filter(|&at| at == 0 || rest[..at].ends_with('\n')) {
        let (before, inside) = (&rest[..open], &rest[open + 3..]);
        let (info, body) = inside.split_once('\n').expect("a line behind the fence");
        let end = body.find("```\n").expect("a fence that ends");
        blocks.push(Block { before, info, body: &body[..end] });
        rest = &body[end + 4..];
    }
    (blocks, rest)
}

/// A page while it is read from top to bottom.
struct Reader<'p> {
    folder: Folder,
    /// The policies that have a name: what later blocks add is checked at the end.
    saved: BTreeSet<&'p str>,
    /// What the last block printed, until a block shows it.
    printed: Option<String>,
    /// True when the block shows only a part of it.
    part: bool,
    problems: Vec<String>,
    policies: usize,
    commands: usize,
}

impl<'p> Reader<'p> {
    fn new() -> Self {
        Self {
            folder: Folder::new(),
            saved: BTreeSet::new(),
            printed: None,
            part: false,
            problems: Vec::new(),
            policies: 0,
            commands: 0,
        }
    }

    /// Does what the block says.
    fn read(&mut self, block: &Block<'p>) {
        (self.printed, self.part) = (None, false);
        if let Some(name) = block.says("file") {
            if let Some((folder, _)) = name.rsplit_once('/') {
                self.folder.make(folder);
            }
            self.folder.write(name, block.body);
        }
        match block.language() {
            "yaml" => self.policy(block),
            "sh" => self.commands(block.body),
            _ => {}
        }
    }

    fn policy(&mut self, block: &Block<'p>) {
        self.policies += 1;
        if let Some(name) = block.says("add") {
            let whole = self.folder.read(name);
            let added = if block.body.starts_with("  - ") {
                format!("{}\n\n{}", whole.trim_end(), block.body)
            } else {
                whole.replacen("\nrules:", &format!("\n{}\nrules:", block.body), 1)
            };
            self.folder.write(name, added);
        } else if let Some(name) = block.says("insert") {
            let after = block.says("after").expect("insert needs after");
            let whole = self.folder.read(name);
            let at = whole.find(after).expect("the line to insert behind");
            let end = at + whole[at..].find('\n').expect("a line end") + 1;
            self.folder.write(name, format!("{}{}{}", &whole[..end], block.body, &whole[end..]));
        } else if block.says("wrong").is_some() || block.says("draws").is_some() {
            self.folder.write("wrong.yaml", block.body);
            self.part = block.says("draws").is_some();
            self.printed = Some(self.folder.run(&["lint", "wrong.yaml"]).out);
        } else {
            let name = block.says("file").unwrap_or("policy-of-the-page.yaml");
            self.saved.extend(block.says("file"));
            self.folder.write(name, block.body);
            self.check(name);
        }
    }

    /// A policy lints clean and passes its tests.
    fn check(&mut self, name: &str) {
        for args in [&["lint", "--strict", name][..], &["test", "--strict", name][..]] {
            let ran = self.folder.run(args);
            if ran.code != 0 {
                self.problems.push(format!("{args:?}:\n{}{}", ran.out, ran.err));
            }
        }
    }

    fn commands(&mut self, body: &str) {
        let mut printed = String::new();
        for line in body.lines().filter(|line| !line.trim().is_empty()) {
            self.commands += 1;
            let args = words(line);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let ["tamis", args @ ..] = args.as_slice() else {
                panic!("{line}: not a tamis command")
            };
            let ran = self.folder.run(args);
            if ran.code != 0 {
                self.problems.push(format!("{line}: exit code {}\n{}", ran.code, ran.err));
            }
            printed.push_str(&ran.out);
        }
        self.printed = Some(printed);
    }
}

/// The words of a command line: quoted ones may hold spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().expect("one word at least").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Without times and rates, which differ from run to run.
fn timeless(text: &str) -> String {
    let line = |line: &str| match line.split_once(" bytes of text in ") {
        Some((what, _)) => what.to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_do_what_they_say() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    for page in PAGES {
        let text = fs::read_to_string(path(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
        let (blocks, rest) = blocks(&text);
        let mut reader = Reader::new();
        let mut written = String::new();
        for block in &blocks {
            let mut body = block.body.to_owned();
            if block.language() == "text" {
                if let Some(printed) = reader.printed.take()
                    && timeless(&printed) != timeless(&body)
                    && !(reader.part && printed.contains(&body))
                {
                    if update {
                        body = printed;
                    } else {
                        reader.problems.push(format!("shown:\n{body}\nprinted:\n{printed}"));
                    }
                }
            } else {
                reader.read(block);
            }
            let _ = write!(written, "{}```{}\n{body}```\n", block.before, block.info);
        }
        written.push_str(rest);
        for name in std::mem::take(&mut reader.saved) {
            reader.check(name);
        }
        assert!(reader.problems.is_empty(), "{page}:\n{}", reader.problems.join("\n----\n"));
        assert!(reader.policies > 8, "{page}: only {} policies were seen", reader.policies);
        assert!(reader.commands > 4 || *page != "guide.md", "{page}: {} commands", reader.commands);
        if update {
            fs::write(path(page), written).unwrap_or_else(|e| panic!("{page}: {e}"));
        }
    }
}

const COMMANDS_HEAD: &str = "\
<!-- Written by `make reference`; do not edit. -->

# The command line

What `tamis --help` and `tamis COMMAND --help` say.

";

/// The page of all helps, as it should be.
fn commands() -> String {
    let folder = Folder::new();
    let help = |args: &[&str]| folder.run(args).exits(0).out;
    let whole = help(&["--help"]);
    let mut page = format!("{COMMANDS_HEAD}```text\n{}\n```\n", whole.trim_end());
    let listed = whole.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in listed.take_while(|line| !line.is_empty()) {
        let Some(name) = line.split_whitespace().next().filter(|_| line.starts_with("  ")) else {
            continue;
        };
        // What is indented further goes on with the command above.
        if line.starts_with("   ") {
            continue;
        }
        let text = help(&[name, "--help"]);
        let _ = write!(page, "\n## tamis {name}\n\n```text\n{}\n```\n", text.trim_end());
    }
    page
}

#[test]
fn commands_page_is_current() {
    let page = commands();
    assert!(page.matches("\n## tamis ").count() >= 10, "{page}");
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(path("commands.md"), page).unwrap();
    } else {
        let stored = fs::read_to_string(path("commands.md")).unwrap_or_default();
        assert_eq!(stored, page, "run `make reference`");
    }
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    let mut seen = 0;
    for page in [
        "README.md",
        "guide.md",
        "reference.md",
        "commands.md",
        "import.md",
        "inheritance.md",
        "evasion.md",
    ] {
        let text = fs::read_to_string(path(page)).unwrap_or_else(|e| panic!("{page}: {e}"));
        // What is quoted as code is no link.
        let prose: String = text.split('`').step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("http") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page } else { file };
            let linked =
                fs::read_to_string(path(file)).unwrap_or_else(|e| panic!("{page}: {target}: {e}"));
            let known = anchor.is_empty()
                || linked.lines().any(|line| anchor_of(line) == Some(anchor.to_owned()));
            assert!(known, "{page}: there is no heading for {target}");
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} links were seen");
}

/// The anchor of a heading, as GitHub makes it.
fn anchor_of(line: &str) -> Option<String> {
    let title = line.strip_prefix('#')?.trim_start_matches('#').trim();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    Some(kept.collect::<String>().to_lowercase().replace(' ', "-"))
}
