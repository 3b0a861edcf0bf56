//! Where sentences and lines end.
//!
//! A sentence ends at a terminator, with any further ones and closing quotation
//! marks and brackets behind it, followed by white space or the end of the text;
//! `。！？｡` need no white space. A blank line is two line breaks with only white
//! space between. Ignorable characters are not there.

use super::chars;
use std::ops::Range;

/// The ends of sentences and lines of one text, as byte positions.
#[derive(Clone, Debug, Default)]
pub struct Sentences {
    terminators: Vec<usize>,
    breaks: Vec<usize>,
    raw: String,
}

impl Sentences {
    /// Finds them.
    pub fn new(raw: &str) -> Self {
        let seen: Vec<(usize, char)> =
            raw.char_indices().filter(|&(_, c)| !chars::is_ignorable(c)).collect();
        let mut terminators = Vec::new();
        let mut breaks = Vec::new();
        for (i, &(at, c)) in seen.iter().enumerate() {
            if chars::is_terminator(c) && ends_sentence(&seen[i..]) {
                terminators.push(at);
            }
            let second_of_crlf = c == '\n' && i > 0 && seen[i - 1].1 == '\r';
            if chars::is_line_break(c) && !second_of_crlf {
                breaks.push(at);
            }
        }
        Self { terminators, breaks, raw: raw.to_owned() }
    }

    /// True when a sentence ends at a terminator in `span`.
    pub fn ends_in(&self, span: Range<usize>) -> bool {
        self.terminators.iter().any(|at| span.contains(at))
    }

    /// True when a line ends in `span`.
    pub fn line_ends_in(&self, span: Range<usize>) -> bool {
        self.breaks.iter().any(|at| span.contains(at))
    }

    /// True when `span` has a blank line.
    pub fn blank_line_in(&self, span: Range<usize>) -> bool {
        self.breaks.windows(2).any(|pair| {
            span.contains(&pair[0])
                && span.contains(&pair[1])
                && self.raw[pair[0]..pair[1]]
                    .chars()
                    .all(|c| chars::is_space(c) || chars::is_ignorable(c))
        })
    }

    /// How many lines end in the text.
    pub fn line_breaks(&self) -> usize {
        self.breaks.len()
    }
}

/// True when the terminator that `rest` begins with ends a sentence.
fn ends_sentence(rest: &[(usize, char)]) -> bool {
    // Marks belong to what they stand on.
    let own = |c| chars::is_terminator(c) || chars::is_closer(c) || chars::is_free_mark(c);
    let behind = rest.iter().find(|&&(_, c)| !own(c));
    chars::needs_no_space(rest[0].1) || behind.is_none_or(|&(_, c)| chars::is_space(c))
}
