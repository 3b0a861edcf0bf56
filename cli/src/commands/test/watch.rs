//! `test --watch`: runs the tests again whenever a file of the policies changes.
//!
//! Files are asked for their time and size a few times a second. That works on every
//! file system and with every editor, also those that replace a file when they save.

use super::{Suite, TestArgs, run_once};
use crate::failure::{Exit, Failure, Run};
use crate::ui::style::{BOLD, DIM};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};
use tamis::diag::SourceMap;

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(250);
/// Clears the screen and goes to its top.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Runs the tests, again and again, until Ctrl-C.
pub(super) fn watch(args: &TestArgs) -> Run {
    let (stop, stopped) = channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more: the process is ending anyhow.
        let _ = stop.send(());
    })
    .map_err(|error| Failure::input(format!("--watch: {error}")))?;
    let mut stamps = Stamps::default();
    loop {
        let mut watched: Vec<PathBuf> = args.policies.iter().map(PathBuf::from).collect();
        // Taken before the run, so that what is saved meanwhile is run too.
        let before = stamps.again(&watched);
        header(args)?;
        run_once(args, &mut |name, suite| files_of(args, name, suite, &mut watched))?;
        // Before the wait is announced: who reads it may save at once.
        stamps = before.completed(&watched);
        writeln!(anstream::stdout(), "\n{DIM}Waiting for changes; Ctrl-C ends.{DIM:#}")?;
        io::stdout().flush()?;
        if !wait(&stamps, &stopped) {
            writeln!(anstream::stdout())?;
            return Ok(Exit::Fine);
        }
    }
}

fn header(args: &TestArgs) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    if io::stdout().is_terminal() {
        write!(out, "{CLEAR}")?;
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.map_or(0, |time| time.as_secs() % 86_400);
    let (hours, minutes, seconds) = (now / 3600, now / 60 % 60, now % 60);
    let names = args.policies.join(" ");
    writeln!(
        out,
        "{BOLD}tamis test {names}{BOLD:#}  {DIM}{hours:02}:{minutes:02}:{seconds:02} UTC{DIM:#}\n"
    )
}

/// True when a file changed, false on Ctrl-C.
fn wait(stamps: &Stamps, stopped: &Receiver<()>) -> bool {
    loop {
        match stopped.recv_timeout(PAUSE) {
            Err(RecvTimeoutError::Timeout) if stamps.differ() => return true,
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// The files that a policy was read from. Of one that could not be read, its folder
/// too: what it lacks may appear there.
fn files_of(
    args: &TestArgs,
    name: &str,
    suite: Result<&Suite, &Failure>,
    files: &mut Vec<PathBuf>,
) {
    if name.starts_with("pack:") {
        return;
    }
    let root = args.root.folder(name);
    let mut add = |sources: &SourceMap| {
        let paths = sources.files().iter().filter_map(|file| file.path());
        files.extend(paths.map(|path| root.join(path)));
    };
    match suite {
        Ok(suite) => add(suite.policy.sources()),
        Err(failure) => {
            if let Failure::Policy(error) = failure {
                add(error.diagnostics().sources());
            }
            files.push(root);
        }
    }
}

/// Time of the last change and size; none for a file that is not there.
type Stamp = Option<(SystemTime, u64)>;

/// What files looked like.
#[derive(Default)]
struct Stamps(BTreeMap<PathBuf, Stamp>);

impl Stamps {
    /// The same files and `more`, as they look now.
    fn again(&self, more: &[PathBuf]) -> Self {
        Self(self.0.keys().chain(more).map(|path| (path.clone(), stamp(path))).collect())
    }

    /// `files` only, as they looked before where that is known.
    fn completed(&self, files: &[PathBuf]) -> Self {
        let known = |path: &PathBuf| self.0.get(path).copied().unwrap_or_else(|| stamp(path));
        Self(files.iter().map(|path| (path.clone(), known(path))).collect())
    }

    fn differ(&self) -> bool {
        self.0.iter().any(|(path, before)| stamp(path) != *before)
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}
