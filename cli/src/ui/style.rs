//! Colours by meaning. `anstream` takes them out where they are not wanted.

use anstyle::{AnsiColor, Style};
use tamis::Ruleset;
use tamis::ids::ActionId;

const fn color(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color)))
}

/// Headings and names.
pub(crate) const BOLD: Style = Style::new().bold();
/// What can be overlooked.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Fine.
pub(crate) const GOOD: Style = color(AnsiColor::Green).bold();
/// Take care.
pub(crate) const WARN: Style = color(AnsiColor::Yellow).bold();
/// Wrong.
pub(crate) const BAD: Style = color(AnsiColor::Red).bold();
/// A place in a file.
pub(crate) const PLACE: Style = color(AnsiColor::Cyan);
/// A match in a text.
pub(crate) const MATCH: Style = color(AnsiColor::Red).bold().underline();

/// The colour of an action: the first is good, the last is bad.
pub(crate) fn action(ruleset: &Ruleset, action: ActionId) -> Style {
    match action.index() {
        0 => GOOD,
        n if n + 1 >= ruleset.actions().len() => BAD,
        _ => WARN,
    }
}
