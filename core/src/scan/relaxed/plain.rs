//! At `strong`: where in the bytes of a text [`super::hints`] may ask for a walk. Most texts
//! are of plain words between spaces of which no hint knows, and need no view.

use super::Tries;
use super::hints::{Hints, Word};
use super::openings::Opening;
use crate::spec::model::Level;

impl Tries {
    /// Calls `start` with every byte of `text` at which a slip of the pen may begin, in order;
    /// false where only a view can tell. Asked where [`super::are_known_in_ascii`] is true.
    pub(in super::super) fn slips(&self, text: &str, start: &mut impl FnMut(usize)) -> bool {
        if !text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control() || is_space(byte)) {
            return false;
        }
        let strong = self.list.iter().filter(|lookout| lookout.level >= Level::Strong);
        // The others look for letters beyond ASCII: no letter of this text is read as one.
        let hints: Vec<&Hints> = strong.filter_map(|lookout| lookout.hints.as_ref()).collect();
        let plain = Plain { bytes: text.as_bytes(), hints: &hints };
        let mut at = 0;
        while at < text.len() {
            let byte = plain.bytes[at];
            if !byte.is_ascii_alphanumeric() {
                // Signs are read as letters, too; those that end phrases are not.
                if !is_space(byte) && !ends_phrase(byte) && byte != b'\'' {
                    start(at);
                }
                at += 1;
                continue;
            }
            let slips = plain.may_slip(at);
            let begin = at;
            while plain.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                if at == begin && slips || plain.bytes[at].is_ascii_digit() {
                    start(at);
                }
                at += 1;
            }
        }
        true
    }
}

/// A text of ASCII without control characters.
struct Plain<'p> {
    bytes: &'p [u8],
    hints: &'p [&'p Hints],
}

impl Plain<'_> {
    /// Whether the word at `start` may begin a slip: what [`Hints::ways`] says of the view, or
    /// that it cannot tell.
    fn may_slip(&self, start: usize) -> bool {
        if !self.may_open(start) {
            return false;
        }
        let bytes = self.bytes;
        let mut word = Word::default();
        let mut at = start;
        loop {
            let first = at;
            while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                if !self.is_itself(at) {
                    return true;
                }
                word.push(char::from(bytes[at].to_ascii_lowercase()));
                at += 1;
            }
            if at == first {
                break;
            }
            if self.hints.iter().any(|hints| hints.has_slip(&word)) {
                return true;
            }
            if bytes.get(at) != Some(&b'\'') {
                break;
            }
            at += 1;
        }
        let Some(gap) = bytes[at..].iter().position(u8::is_ascii_alphanumeric) else {
            return bytes[at..].iter().any(|&byte| !is_space(byte) && !ends_phrase(byte));
        };
        let (gap, next) = bytes[at..].split_at(gap);
        let plain = gap.iter().all(|&byte| is_space(byte) || ends_phrase(byte));
        if !plain || !gap.iter().any(|&byte| is_space(byte)) || !self.is_itself(at + gap.len()) {
            return true;
        }
        let letter = next[0].to_ascii_lowercase();
        let mut letters = next.iter().take_while(|byte| byte.is_ascii_alphanumeric());
        word.is_one_letter() && letters.all(|byte| byte.eq_ignore_ascii_case(&letter))
            || self.hints.iter().any(|hints| hints.has_split(&word, char::from(letter)))
    }

    /// Whether a needle may begin with the first letters from `start` on, as `Hints::may_open`
    /// says of the view.
    fn may_open(&self, start: usize) -> bool {
        let opens = |opening: &Opening| self.hints.iter().any(|hints| hints.opens(opening));
        let mut opening = Opening::default();
        for (at, &byte) in self.bytes.iter().enumerate().skip(start) {
            if byte.is_ascii_alphanumeric() {
                if !self.is_itself(at) {
                    return true;
                }
                opening.push(char::from(byte.to_ascii_lowercase()));
                if opening.is_full() {
                    return opens(&opening);
                }
            } else if !(is_space(byte) || ends_phrase(byte) || byte == b'\'') || opens(&opening) {
                return true;
            }
        }
        opens(&opening)
    }

    /// True for a letter that is read as nothing else but what sounds like it.
    fn is_itself(&self, at: usize) -> bool {
        let byte = self.bytes[at];
        let before = at.checked_sub(1).map_or(b' ', |before| self.bytes[before]);
        let behind = self.bytes.get(at + 1).copied().unwrap_or(b' ');
        let beside = |is: fn(&u8) -> bool| is(&before) || is(&behind);
        match byte {
            // The eye errs where the case of the neighbours is another one.
            b'I' => !beside(u8::is_ascii_lowercase),
            b'l' | b'L' if !(behind.is_ascii_alphabetic() || is_space(behind)) => {
                matches!(behind, b'.' | b',' | b'\'')
            }
            b'l' => !beside(u8::is_ascii_uppercase) || beside(u8::is_ascii_lowercase),
            // Two of them draw a `w`.
            b'v' | b'V' => {
                !before.eq_ignore_ascii_case(&b'v') && !behind.eq_ignore_ascii_case(&b'v')
            }
            _ => byte.is_ascii_alphabetic(),
        }
    }
}

/// Signs that hide nothing between words.
fn ends_phrase(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'?' | b'"' | b')')
}

fn is_space(byte: u8) -> bool {
    super::super::census::is_space(byte)
}
