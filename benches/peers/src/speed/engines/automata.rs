//! Aho-Corasick automata of two crates.

use super::{Found, Scan};
use crate::definitions::Problem;
use ::aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use ::daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};

/// The automaton of the crate `aho-corasick`, as a DFA or a contiguous NFA.
pub fn aho_corasick(list: &[String], dfa: bool) -> Result<AhoCorasick, Problem> {
    let kind = if dfa { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
    Ok(AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .kind(Some(kind))
        .build(list)?)
}

impl Scan for AhoCorasick {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let (mut matches, mut sum) = (0, 0);
        for found in self.find_overlapping_iter(text) {
            matches += 1;
            sum += (found.start() + found.end()) as u64 + u64::from(found.pattern().as_u32());
        }
        Found::of(matches, sum)
    }
}

/// What becomes of capitals before an automaton of daachorse reads a text: it knows none.
#[derive(Clone, Copy)]
pub enum Case {
    AsItIs,
    Ascii,
    Unicode,
}

impl Case {
    /// The text to read, in a buffer that is kept.
    fn prepare<'t>(self, text: &'t str, buffer: &'t mut String) -> &'t str {
        match self {
            Case::AsItIs => return text,
            Case::Ascii => {
                buffer.clear();
                buffer.push_str(text);
                buffer.make_ascii_lowercase();
            }
            Case::Unicode => *buffer = text.to_lowercase(),
        }
        buffer
    }
}

/// Bytes.
pub struct Bytewise {
    automaton: DoubleArrayAhoCorasick<u32>,
    case: Case,
    buffer: String,
}

impl Bytewise {
    pub fn new(list: &[String], case: Case) -> Result<Self, Problem> {
        let automaton = DoubleArrayAhoCorasick::new(list).map_err(|e| e.to_string())?;
        Ok(Self { automaton, case, buffer: String::new() })
    }
}

impl Scan for Bytewise {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let text = self.case.prepare(text, &mut self.buffer);
        let (mut matches, mut sum) = (0, 0);
        for found in self.automaton.find_overlapping_iter(text) {
            matches += 1;
            sum += (found.start() + found.end()) as u64 + u64::from(found.value());
        }
        Found::of(matches, sum)
    }
}

/// Code points.
pub struct Charwise {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    case: Case,
    buffer: String,
}

impl Charwise {
    pub fn new(list: &[String], case: Case) -> Result<Self, Problem> {
        let automaton = CharwiseDoubleArrayAhoCorasick::new(list).map_err(|e| e.to_string())?;
        Ok(Self { automaton, case, buffer: String::new() })
    }
}

impl Scan for Charwise {
    #[inline]
    fn scan(&mut self, text: &str) -> Found {
        let text = self.case.prepare(text, &mut self.buffer);
        let (mut matches, mut sum) = (0, 0);
        for found in self.automaton.find_overlapping_iter(text) {
            matches += 1;
            sum += (found.start() + found.end()) as u64 + u64::from(found.value());
        }
        Found::of(matches, sum)
    }
}
