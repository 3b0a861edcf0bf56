//! The right side of a `--require`: `>= 0.9`, `> 0.5`.

use std::fmt;

/// What a share has to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bound {
    /// `>` rather than `>=`.
    above: bool,
    least: f64,
}

impl Bound {
    /// Splits `recall(leet) >= 0.9` into what is asked for and the bound; `shape` says how it
    /// is written.
    pub(crate) fn split<'t>(text: &'t str, shape: &str) -> Result<(&'t str, Self), String> {
        let (left, right) = text.split_once('>').ok_or(shape)?;
        let (above, number) = match right.strip_prefix('=') {
            Some(number) => (false, number),
            None => (true, right),
        };
        let least: f64 = number.trim().parse().map_err(|_| shape)?;
        if !(0.0..=1.0).contains(&least) {
            return Err("a share is between 0 and 1".to_owned());
        }
        Ok((left.trim(), Self { above, least }))
    }

    /// Splits `recall(leet)` into the figure and what it is about, if that is said.
    pub(crate) fn figure<'t>(
        text: &'t str,
        shape: &str,
    ) -> Result<(&'t str, Option<&'t str>), String> {
        let Some((figure, name)) = text.split_once('(') else { return Ok((text, None)) };
        let name = name.strip_suffix(')').map(str::trim).filter(|name| !name.is_empty());
        Ok((figure.trim_end(), Some(name.ok_or(shape)?)))
    }

    /// True when `value` reaches it.
    pub(crate) fn holds(self, value: f64) -> bool {
        if self.above { value > self.least } else { value >= self.least }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.above { ">" } else { ">=" }, self.least)
    }
}
