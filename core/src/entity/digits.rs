//! Numbers written in groups: `4111 1111 1111 1111`, `(212) 555-0100`.

use super::text;
use crate::view::reading::{ReadingKind, Target};
use crate::view::table;

/// The most digits of a run; longer ones are read in overlapping parts.
pub(super) const MAX: usize = 40;
/// The most characters between two groups: ` (` or `) - `.
const MAX_GAP: usize = 3;

/// Digits that touch each other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// The first byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Its first digit among those of the run.
    pub(super) first: usize,
    /// How many digits it has.
    pub(super) len: usize,
}

/// Groups of digits with nothing but separators between them, on one line.
#[derive(Debug)]
pub(super) struct Run {
    digits: [u8; MAX],
    digit_count: usize,
    groups: [Group; MAX],
    group_count: usize,
    starts: usize,
}

impl Run {
    pub(super) fn new() -> Self {
        Self {
            digits: [0; MAX],
            digit_count: 0,
            groups: [Group::default(); MAX],
            group_count: 0,
            starts: 0,
        }
    }

    /// The groups in order; none when the first alone is longer than [`MAX`].
    pub(super) fn groups(&self) -> &[Group] {
        &self.groups[..self.group_count]
    }

    /// How many groups something may start with: those behind are read again in
    /// the next run.
    pub(super) fn starts(&self) -> usize {
        self.starts.min(self.group_count)
    }

    /// The values 0–9 of the digits of groups `from..to`.
    pub(super) fn digits(&self, from: usize, to: usize) -> &[u8] {
        let last = &self.groups[to - 1];
        &self.digits[self.groups[from].first..last.first + last.len]
    }

    /// What stands between group `at` and the one before.
    pub(super) fn gap<'t>(&self, text: &'t str, at: usize) -> &'t str {
        &text[self.groups[at - 1].end..self.groups[at].start]
    }

    /// Reads the next run at or behind `from` and returns where to go on.
    pub(super) fn read(&mut self, text: &str, from: usize) -> Option<usize> {
        let mut at = next_digit(text, from)?;
        (self.digit_count, self.group_count, self.starts) = (0, 0, MAX);
        loop {
            let group = self.group(text, at);
            if self.digit_count + group.len > MAX {
                return Some(self.resume(group));
            }
            self.digit_count += group.len;
            self.groups[self.group_count] = group;
            self.group_count += 1;
            match skip_gap(text, group.end, self.digit_count) {
                Some(next) if self.digit_count < MAX => at = next,
                _ => {
                    return Some(if self.digit_count < MAX {
                        group.end
                    } else {
                        self.resume(group)
                    });
                }
            }
        }
    }

    /// Where to go on when the run is full: in its middle, so that what lies
    /// across its end is seen whole the next time.
    fn resume(&mut self, last: Group) -> usize {
        match self.group_count {
            0 => last.end,
            1 if last.start == self.groups[0].start => last.end,
            1 => last.start,
            count => {
                self.starts = count / 2;
                self.groups[count / 2].start
            }
        }
    }

    /// The digits that start at `at`; those without room are only counted.
    fn group(&mut self, text: &str, at: usize) -> Group {
        let first = self.digit_count;
        let (mut len, mut end) = (0, at);
        for (offset, c) in text[at..].char_indices() {
            if let Some(value) = digit(c) {
                if let Some(slot) = self.digits.get_mut(first + len) {
                    *slot = value;
                }
                len += 1;
                end = at + offset + c.len_utf8();
            } else if !text::is_invisible(c) {
                break;
            }
        }
        Group { start: at, end, first, len }
    }
}

/// The value of a digit of any script or style.
#[inline]
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    if table::props(c).is_digit() { other_digit(c) } else { None }
}

#[cold]
fn other_digit(c: char) -> Option<u8> {
    let one = |symbols: &[char]| match symbols {
        [symbol] if symbol.is_ascii_digit() => Some(*symbol as u8 - b'0'),
        _ => None,
    };
    let styled = || {
        table::readings(c)
            .filter(|r| r.target() == Target::Latin && r.kind() == ReadingKind::Styled)
            .find_map(|r| one(r.symbols()))
    };
    one(table::fold(c).symbols()).or_else(styled)
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// The first byte that a digit may begin with. Most texts have none, so whole blocks are
/// asked first, without a branch a byte.
fn next_lead(bytes: &[u8]) -> Option<usize> {
    let in_block = |block: &[u8]| block.iter().position(|&b| is_lead(b));
    let blocks = bytes.chunks_exact(BLOCK);
    let rest = blocks.remainder();
    for (number, block) in blocks.enumerate() {
        if block.iter().fold(false, |any, &b| any | is_lead(b)) {
            return in_block(block).map(|at| number * BLOCK + at);
        }
    }
    in_block(rest).map(|at| bytes.len() - rest.len() + at)
}

/// True for the bytes that digits begin with. Letters of most alphabets begin with others, so
/// that these texts are passed over as fast as ASCII; a test looks at every code point.
#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch a comparison would keep it from vectors"
)]
const fn is_lead(byte: u8) -> bool {
    // Written as comparisons that vectors can make, without a branch.
    (byte.wrapping_sub(b'0') < 10)
        | (byte == 0xC2)
        | (byte.wrapping_sub(0xD9) <= 0xE3 - 0xD9)
        | (byte.wrapping_sub(0xEA) <= 0xF4 - 0xEA)
}

/// The first digit at or behind `from`.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += next_lead(bytes.get(at..)?)?;
        if bytes[at] < 0x80 {
            return Some(at);
        }
        let c = text[at..].chars().next()?;
        if digit(c).is_some() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// The start of the next group, when only separators stand before it. A full stop
/// ends a sentence (`gate 12. 555 …`), and a slash with white space around parts two numbers, unless the first could be the code
/// of an area.
fn skip_gap(text: &str, from: usize, digits: usize) -> Option<usize> {
    let (mut seen, mut slash, mut blank, mut stop) = (0, false, false, false);
    for (offset, c) in text[from..].char_indices() {
        if digit(c).is_some() {
            return (seen > 0 && !(slash && blank && digits > 6)).then_some(from + offset);
        }
        if text::is_invisible(c) && offset < 16 {
            continue;
        }
        seen += 1;
        if seen > MAX_GAP || !is_separator(c) {
            return None;
        }
        if stop && text::is_blank(c) {
            return None;
        }
        stop = c == '.' && seen == 1;
        slash |= c == '/';
        blank |= text::is_blank(c);
    }
    None
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '/' | '(' | ')' | '·' | '•' | '_') || text::is_dash(c) || text::is_blank(c)
}

/// Calls `add` for every number of a kind: `end(text, run, from)` gives the last group,
/// plus one, of the one that starts with group `from`. Numbers do not overlap.
pub(super) fn each_number(
    text: &str,
    end: impl Fn(&str, &Run, usize) -> Option<usize>,
    add: &mut impl FnMut(usize, usize),
) {
    let (mut run, mut at, mut done) = (Run::new(), 0, 0);
    while let Some(next) = run.read(text, at) {
        at = next;
        let mut from = 0;
        while from < run.starts() {
            let free = run.groups()[from].start >= done;
            match free.then(|| end(text, &run, from)).flatten() {
                Some(to) => {
                    let (start, end) = (run.groups()[from].start, run.groups()[to - 1].end);
                    add(start, end);
                    done = end;
                    from = to;
                }
                None => from += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, MAX, Run, digit, is_lead, next_lead};

    fn runs(text: &str) -> Vec<Vec<String>> {
        let (mut run, mut at, mut found) = (Run::new(), 0, Vec::new());
        while let Some(next) = run.read(text, at) {
            assert!(next > at, "no progress at {at}");
            at = next;
            let digits = |g: usize| run.digits(g, g + 1).iter().map(u8::to_string).collect();
            found.push((0..run.groups().len()).map(digits).collect());
        }
        found
    }

    #[test]
    fn every_digit_begins_with_a_lead() {
        for c in ('\0'..=char::MAX).filter(|&c| digit(c).is_some()) {
            let mut bytes = [0; 4];
            assert!(is_lead(c.encode_utf8(&mut bytes).as_bytes()[0]), "{c:?}");
        }
    }

    #[test]
    fn leads_are_found_wherever_they_stand() {
        for len in 0..3 * BLOCK {
            // A letter of Cyrillic is none.
            let mut text = vec![b'a'; len];
            text.iter_mut().step_by(7).for_each(|byte| *byte = 0xD0);
            assert_eq!(next_lead(&text), None);
            for at in 0..len {
                let before = std::mem::replace(&mut text[at], b'7');
                assert_eq!(next_lead(&text), Some(at));
                text[at] = before;
            }
        }
    }

    #[test]
    fn groups_are_joined_by_separators_only() {
        assert_eq!(runs("a (212) 555-0100, 7"), [vec!["212", "555", "0100"], vec!["7"]]);
        assert_eq!(runs("1\n2"), [["1"], ["2"]]);
        assert_eq!(runs("1. 2.3 . 4"), [vec!["1"], vec!["2", "3", "4"]]);
        assert_eq!(runs("1234567 / 2/3"), [vec!["1234567"], vec!["2", "3"]]);
        assert_eq!(runs("030 / 2"), [["030", "2"]]);
        assert_eq!(runs("1    2"), [["1"], ["2"]]);
        assert!(runs("none").is_empty());
    }

    #[test]
    fn digits_of_all_scripts_count() {
        assert_eq!(runs("４１\u{200B}１"), [["411"]]);
        assert_eq!(runs("٤١ १"), [["41", "1"]]);
    }

    #[test]
    fn long_runs_are_read_in_overlapping_parts() {
        let parts = runs(&"1 ".repeat(100));
        assert!(parts.len() > 2 && parts.iter().all(|p| p.len() <= MAX));
        assert_eq!(runs(&"1".repeat(500)), [Vec::<String>::new()]);
    }
}
