//! `tamis test --watch`: until Ctrl-C, which is a signal here.

use crate::support::Folder;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Long enough for the slowest machine: a guard against hanging, no measurement.
const PATIENCE: Duration = Duration::from_secs(120);

const POLICY: &str = "policy: watched\nlists: { words: { file: words.txt } }\nrules:\n  \
     - { id: a, action: review, patterns: [{ list: words }], tests: { hit: [darn] } }\n";

/// A running command whose lines arrive as they are printed.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Folder) -> Self {
        let mut child = folder
            .command(&["test", "watched.yaml", "--watch"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let (give, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if give.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// The lines up to the next one that contains `end`.
    #[track_caller]
    fn until(&self, end: &str) -> String {
        let mut seen = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                panic!("no {end:?} in:\n{seen}");
            };
            seen.push_str(&line);
            seen.push('\n');
            if line.contains(end) {
                return seen;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_of_any_file_runs_the_tests_again() {
    const WAITS: &str = "Waiting for changes";
    let folder = Folder::new();
    folder.write("watched.yaml", POLICY);
    folder.write("words.txt", "heck\n");
    let mut watching = Watching::start(&folder);
    let first = watching.until(WAITS);
    assert!(first.contains("UTC") && first.contains("watched.yaml: failed"), "{first}");

    folder.write("words.txt", "heck\ndarn\n");
    let second = watching.until(WAITS);
    assert!(second.contains("watched.yaml: ok, 1 passed"), "{second}");

    // A policy that does not compile ends nothing; the mended one is run.
    folder.write("watched.yaml", "policy: [\n");
    watching.until(WAITS);
    folder.write("watched.yaml", POLICY.replace("[darn]", "[darn, heck]"));
    let last = watching.until(WAITS);
    assert!(last.contains("watched.yaml: ok, 2 passed"), "{last}");

    let pid = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0), "Ctrl-C ends cleanly");
}
