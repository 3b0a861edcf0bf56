//! Engines in other languages: a process that reads texts and writes what it found.

use serde_json::Value;
use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A running filter.
pub struct Outside {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    version: String,
    /// Whether it has told a place yet: until then it is taken to tell some.
    tells_places: bool,
    broken: Option<String>,
}

impl Outside {
    /// A filter from npm, installed beside `node/run.mjs`.
    pub fn node(name: &str) -> Result<Self, Box<dyn Error>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("node/run.mjs");
        Self::start(Command::new("node").arg(script).arg(name), name != "glin-profanity")
    }

    /// The filter of `PyPI`, installed in the virtual environment beside `python/run.py`.
    pub fn python() -> Result<Self, Box<dyn Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
        let python = folder.join(".venv/bin/python");
        Self::start(Command::new(python).arg(folder.join("run.py")), false)
    }

    fn start(command: &mut Command, tells_places: bool) -> Result<Self, Box<dyn Error>> {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let version = serde_json::from_str(&line).map_err(
            |_| "it wrote no version; is it installed? (make evasion-bench installs it)",
        )?;
        Ok(Self { child, input, output, version, tells_places, broken: None })
    }

    /// The version it says it has.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// True when it tells where it found something.
    pub fn has_places(&self) -> bool {
        self.tells_places
    }

    /// An error when it stopped answering: its figures mean nothing then.
    pub fn check(&mut self) -> Result<(), Box<dyn Error>> {
        match self.broken.take() {
            Some(problem) => Err(problem.into()),
            None => Ok(()),
        }
    }

    /// The places found in each text.
    pub fn find_all(&mut self, texts: &[String]) -> Vec<Vec<Range<usize>>> {
        let Self { input, output, .. } = self;
        let Some(input) = input else { return vec![Vec::new(); texts.len()] };
        let mut found = Vec::with_capacity(texts.len());
        // Written by another thread: a full pipe on one side must not stop the other.
        let answered = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut lines = String::new();
                for text in texts {
                    push_json(&mut lines, text);
                    if lines.len() > 1 << 16 {
                        input.write_all(lines.as_bytes())?;
                        lines.clear();
                    }
                }
                input.write_all(lines.as_bytes())?;
                input.flush()
            });
            let mut line = String::new();
            for text in texts {
                line.clear();
                output.read_line(&mut line)?;
                found.push(places(text, &serde_json::from_str(&line)?)?);
            }
            writer.join().map_err(|_| "the writer stopped")??;
            Ok::<(), Box<dyn Error>>(())
        });
        if let Err(error) = answered {
            self.broken = Some(error.to_string());
            self.input = None;
            found.resize(texts.len(), Vec::new());
        }
        found
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// A JSON string in ASCII: some readers end a line at U+2028.
fn push_json(out: &mut String, text: &str) {
    out.push('"');
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(b) if (b' '..=b'~').contains(&b) && b != b'"' && b != b'\\' => out.push(b.into()),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out.push_str("\"\n");
}

/// `[[start, end], …]` in UTF-16 units as bytes; `true` is anywhere.
fn places(text: &str, answer: &Value) -> Result<Vec<Range<usize>>, Box<dyn Error>> {
    let Some(list) = answer.as_array() else {
        let found = answer.as_bool().ok_or("neither places nor yes or no")?;
        return Ok(if found {
            std::iter::once(0..text.len().max(1)).collect()
        } else {
            Vec::new()
        });
    };
    let byte = |unit: &Value| {
        let unit = unit.as_u64().unwrap_or(0);
        let mut units = 0;
        text.char_indices()
            .find(|(_, c)| {
                units += c.len_utf16() as u64;
                units > unit
            })
            .map_or(text.len(), |(at, _)| at)
    };
    Ok(list.iter().map(|place| byte(&place[0])..byte(&place[1])).collect())
}
