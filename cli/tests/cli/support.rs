//! Runs the built binary on files of a folder that lives as long as the test.

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A policy with a bit of everything that commands have to show.
pub(crate) const POLICY: &str = r#"
policy: demo
version: "1"
fields: [text, title]
facts:
  age: duration
  score: number
  trusted: { type: bool, default: false }
actions: [allow, review, block]
exempt: trusted
labels:
  rude: { review: 2, block: 5 }
  spam: { review: 3 }
rules:
  - id: darn
    label: rude
    points: 2
    description: "A mild word."
    message: "Please mind {match}."
    patterns: [darn]
    except: ["darn good"]
    tests: { hit: [darn], pass: ["darn good"] }
  - id: heck
    label: rude
    points: 3
    patterns: [heck]
    tests: { hit: [heck] }
  - id: gold
    label: spam
    points: 3
    patterns: { what: [gold], how: [cheap, free] }
    when: near(what, how, 2)
    tests: { hit: ["cheap gold"], pass: [gold] }
  - id: newcomer
    label: spam
    points: 1
    patterns: [hello]
    when: patterns and (age < 1 day or score > 0.9)
    tests: { hit: [{ text: hello, facts: { age: 1 hour } }], pass: [hello] }
  - id: trial
    label: rude
    points: 9
    mode: shadow
    patterns: [kill]
    tests: { hit: [kill] }
tests:
  allow: ["good day"]
  review: [darn]
"#;

/// A folder of its own for one test.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty folder with the policy in it.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cli-{}-{n}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        let folder = Self { path };
        folder.write("policy.yaml", POLICY);
        folder
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path.join(name), content).unwrap();
    }

    /// Makes a folder in it.
    pub(crate) fn make(&self, name: &str) {
        std::fs::create_dir_all(self.path.join(name)).unwrap();
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// Reads a file of any kind.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path.join(name)).unwrap()
    }

    /// The command, to be run in this folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tamis"));
        command.current_dir(&self.path).args(args).env_remove("NO_COLOR");
        command
    }

    /// Runs the command without input.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"")
    }

    /// Runs the command with this standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feed = std::thread::spawn(move || {
            // A command that does not read its input closes the pipe.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        feed.join().unwrap();
        Ran::new(&output)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// What a run of the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn new(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Checks that standard output has this text.
    #[track_caller]
    pub(crate) fn prints(&self, text: &str) -> &Self {
        assert!(
            self.out.contains(text),
            "no {text:?} in stdout:\n{}\nstderr:\n{}",
            self.out,
            self.err
        );
        self
    }

    /// Checks that standard error has this text.
    #[track_caller]
    pub(crate) fn complains(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "no {text:?} in stderr:\n{}", self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }

    /// Standard output as JSON Lines.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(&self.out)
    }
}

/// JSON Lines.
#[track_caller]
pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The column of `lines` at `key`, as short texts.
pub(crate) fn column(lines: &[Value], key: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    lines.iter().map(|line| text(&line[key])).collect()
}
