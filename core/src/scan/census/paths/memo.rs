//! What walks found from places before: floods repeat themselves, and a walk that reads the same
//! bytes finds the same.

use super::super::words::FACTOR;
use std::cell::Cell;

/// So many walks are made before answers are kept: most texts make fewer.
const PATIENCE: u32 = 16;
/// Answers kept, as a power of two.
const SLOTS_LOG: u32 = 6;
/// A walk that reads more bytes is not kept: comparing them is work too.
const LONGEST: u32 = 1024;

/// Answers of walks over one text, by the bytes where they start.
#[derive(Debug, Default)]
pub(super) struct Memo {
    /// None before there is a text that makes many walks.
    answers: Vec<Answer>,
    walks: u32,
    /// The pass over a text that answers are of.
    pass: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Answer {
    pass: u32,
    /// Of which walks.
    kind: usize,
    start: u32,
    /// Bytes that were read from there on.
    len: u32,
    found: bool,
}

/// What a walk has read: the byte behind it, or no end where it looked for more than there was.
#[derive(Debug, Default)]
pub(super) struct Reach(Cell<u32>);

impl Reach {
    const ALL: u32 = u32::MAX;

    /// Everything before byte `end` was read.
    #[inline(always)]
    pub(super) fn up_to(&self, end: u32) {
        self.0.set(self.0.get().max(end));
    }

    /// The end of the text was seen, or what is before the start of the walk.
    #[inline(always)]
    pub(super) fn all(&self) {
        self.0.set(Self::ALL);
    }
}

impl Memo {
    /// Another pass over a text begins.
    pub(super) fn restart(&mut self) {
        self.walks = 0;
    }

    /// Counts a walk; whether answers are kept.
    #[inline]
    pub(super) fn is_used(&mut self) -> bool {
        self.walks = self.walks.saturating_add(1);
        if self.walks == PATIENCE {
            self.begin();
        }
        self.walks >= PATIENCE
    }

    #[cold]
    fn begin(&mut self) {
        self.answers.resize(1 << SLOTS_LOG, Answer::default());
        self.pass = self.pass.wrapping_add(1);
        if self.pass == 0 {
            self.answers.fill(Answer::default());
            self.pass = 1;
        }
    }

    /// What a walk of a `kind` from `start` would find, if one read the same bytes before.
    pub(super) fn find(&self, text: &[u8], kind: usize, start: usize) -> Option<bool> {
        let answer = self.answers[slot(text, kind, start)?];
        if answer.pass != self.pass || answer.kind != kind {
            return None;
        }
        let (before, len) = (answer.start as usize, answer.len as usize);
        let same = text.get(start..start + len)? == &text[before..before + len];
        same.then_some(answer.found)
    }

    /// Keeps what a walk found that read as far as `reach` tells.
    pub(super) fn keep(
        &mut self,
        text: &[u8],
        kind: usize,
        start: usize,
        reach: &Reach,
        found: bool,
    ) {
        let start_at = start as u32;
        let len = reach.0.get().saturating_sub(start_at);
        if len <= LONGEST
            && let Some(slot) = slot(text, kind, start)
        {
            self.answers[slot] = Answer { pass: self.pass, kind, start: start_at, len, found };
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        self.answers.capacity() * size_of::<Answer>()
    }
}

/// Where the answer of walks that start with the same bytes is kept; none at the very end.
#[inline]
fn slot(text: &[u8], kind: usize, start: usize) -> Option<usize> {
    let eight = u64::from_le_bytes(*text.get(start..)?.first_chunk()?);
    Some(((eight ^ kind as u64).wrapping_mul(FACTOR) >> (64 - SLOTS_LOG)) as usize)
}

#[cfg(test)]
mod tests {
    use super::{Memo, PATIENCE, Reach};

    fn used() -> Memo {
        let mut memo = Memo::default();
        (1..PATIENCE).for_each(|_| assert!(!memo.is_used()));
        assert!(memo.is_used());
        memo
    }

    fn reach(end: u32) -> Reach {
        let reach = Reach::default();
        reach.up_to(end);
        reach
    }

    #[test]
    fn an_answer_holds_where_the_same_bytes_were_read() {
        let text = b"abcdefgh+abcdefgh+abcdefgh-";
        let mut memo = used();
        memo.keep(text, 1, 0, &reach(9), true);
        assert_eq!(memo.find(text, 1, 9), Some(true));
        assert_eq!(memo.find(text, 1, 18), None, "the last byte is another one");
        assert_eq!(memo.find(text, 2, 9), None, "it is of other walks");
        memo.keep(text, 1, 0, &reach(8), false);
        assert_eq!(memo.find(text, 1, 18), Some(false));
    }

    #[test]
    fn a_walk_that_saw_the_end_tells_nothing_of_others() {
        let text = b"abcdefgh abcdefgh";
        let mut memo = used();
        let all = reach(9);
        all.all();
        memo.keep(text, 1, 0, &all, true);
        assert_eq!(memo.find(text, 1, 9), None);
    }

    #[test]
    fn answers_are_of_one_pass() {
        let text = b"abcdefgh abcdefgh";
        let mut memo = used();
        memo.keep(text, 1, 0, &reach(8), true);
        memo.restart();
        while !memo.is_used() {}
        assert_eq!(memo.find(text, 1, 9), None);
    }
}
