//! A progress bar on standard error, when that is a terminal.

use super::number::count;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// Progress by bytes of the files, with the number of documents beside it.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Progress up to `size` bytes, or without an end in sight.
    pub(crate) fn new(size: Option<u64>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let template = match size {
            Some(_) => "{bar:30} {percent:>3} %  {msg}  {elapsed}, {eta} left",
            None => "{spinner}  {msg}  {elapsed}",
        };
        let bar = size.map_or_else(ProgressBar::no_length, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// So many bytes were taken from the files, so many documents are done.
    pub(crate) fn update(&self, position: u64, documents: u64) {
        if self.0.is_hidden() {
            return;
        }
        self.0.set_position(position);
        self.0.set_message(format!("{} documents", count(documents)));
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
