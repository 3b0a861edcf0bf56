//! How a command ends: its exit code, and errors in plain words.

use crate::ui::{self, diagnostics};
use std::io::{self, Write};
use std::path::Path;
use tamis::PolicyError;

/// The exit codes of all commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All went well.
    Fine,
    /// A gate or a test failed.
    Gate,
    /// The input was wrong.
    Wrong,
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something it was given is wrong; one or more sentences.
    Input(String),
    /// A policy has errors.
    Policy(PolicyError),
    /// Whoever read our output has gone; nobody is there to be told.
    Pipe,
}

/// What a command returns.
pub(crate) type Run = Result<Exit, Failure>;

impl Failure {
    /// A failure that `message` explains.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::Input(message.into())
    }

    /// A file that could not be written.
    pub(crate) fn write(path: &Path, error: &io::Error) -> Self {
        Self::Input(format!("cannot write {}: {}", path.display(), in_words(error)))
    }

    /// A file that could not be read.
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Input(format!("cannot read {}: {}", path.display(), in_words(error)))
    }

    /// Tells the user on standard error and gives the exit code.
    pub(crate) fn report(&self) -> Exit {
        let mut err = anstream::stderr().lock();
        // If standard error is closed as well, there is nowhere left to complain.
        let _ = match self {
            Self::Input(message) => {
                let style = ui::style::BAD;
                writeln!(err, "{style}error{style:#}: {message}")
            }
            Self::Policy(error) => diagnostics::write(&mut err, error.diagnostics()),
            Self::Pipe => return Exit::Fine,
        };
        Exit::Wrong
    }
}

/// Errors of a plain `?` in commands come from writing the output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Pipe;
        }
        Self::Input(format!("cannot write the output: {}", in_words(&error)))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

/// An I/O error without the system's number.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the device".to_owned(),
        io::ErrorKind::UnexpectedEof => "it ends in the middle; is it cut off?".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_errors_have_no_numbers() {
        let error = io::Error::from_raw_os_error(5);
        assert!(!in_words(&error).contains("os error"), "{}", in_words(&error));
        assert_eq!(in_words(&io::Error::from(io::ErrorKind::NotFound)), "no such file");
    }
}
