//! Digits that may be a number, and whether a plan or a word says that they are one.

use super::super::digits::{Group, Run};
use super::super::plans::{self, International, Region};
use super::super::text;
use super::extension::extension_end;
use super::has_plus;
use super::words::Said;

/// The fewest digits of any number, and the most with an international prefix.
const SHORTEST: usize = 6;
const LONGEST: usize = 18;

/// Calling codes of countries that have a trunk prefix and hardly ever write it.
const INDIA: u16 = 91;
const BRAZIL: u16 = 55;

/// Some groups of a run that could be a number.
pub(super) struct Candidate<'a> {
    pub(super) text: &'a str,
    pub(super) run: &'a Run,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where its sign is, or its first digit.
    pub(super) start: usize,
    /// No group before it belongs to the same row.
    pub(super) is_fresh: bool,
}

impl Candidate<'_> {
    pub(super) fn groups(&self) -> &[Group] {
        &self.run.groups()[self.from..self.to]
    }

    pub(super) fn digits(&self) -> &[u8] {
        self.run.digits(self.from, self.to)
    }

    /// The digits of one of its groups.
    pub(super) fn group(&self, at: usize) -> &[u8] {
        self.run.digits(self.from + at, self.from + at + 1)
    }

    /// The gaps between its groups.
    pub(super) fn gaps(&self) -> impl Iterator<Item = &str> {
        (self.from + 1..self.to).map(|at| self.run.gap(self.text, at))
    }

    /// The text of the number with sign, bracket and extension, if nothing that
    /// belongs to something else touches it.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        let groups = self.groups();
        let start = self.start;
        let last = groups[groups.len() - 1].end;
        let end = extension_end(self.text, last).unwrap_or(last);
        let head = &self.text[..start];
        let mut before = head.chars().rev();
        let follows = match before.next() {
            Some('$' | '€' | '£' | '¥' | '_' | '@' | '-' | '+') => true,
            // A decimal, or the minutes of a time of day.
            Some('.' | ',' | ':') => before.next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        };
        let mut behind = self.text[end..].chars();
        let goes_on = match behind.next() {
            Some('%' | '€' | '$' | '£' | '°' | '@' | '_') => true,
            Some(':') => behind.next().is_some_and(|c| c.is_ascii_digit()),
            // A part of an id such as `2079460-a571`, but `0207946-Office` is none.
            Some('-') => {
                let word = behind.as_str().split(|c: char| !c.is_alphanumeric()).next();
                word.is_some_and(|w| w.bytes().any(|b| b.is_ascii_digit()) && w.len() < 16)
            }
            _ => false,
        };
        let free = !follows && !goes_on;
        (free && text::opens(self.text, start) && text::closes(self.text, end))
            .then_some((start, end))
    }

    fn has_plus(&self) -> bool {
        has_plus(self.text, self.start)
    }

    /// A plan has this number, and it is written so that it is meant.
    pub(super) fn is_planned(&self, regions: &[Region], said: &mut Said<'_>) -> bool {
        let digits = self.digits();
        if !(SHORTEST..=LONGEST).contains(&digits.len()) {
            return false;
        }
        if let Some(rest) = self.international_digits() {
            return match plans::international(rest) {
                International::Valid => {
                    self.has_plus()
                        || !said.other()
                            && !text::is_in_link(self.text, self.start)
                            && (self.stands_alone() || said.announced() || said.numbered(false))
                }
                International::Possible => self.has_plus() && said.announced(),
                International::No => false,
            };
        }
        let north_american = || {
            self.is_north_american()
                && plans::international(&with_code_1(digits)) == International::Valid
        };
        let mut national = regions.iter().filter(|region| region.has_national(digits)).peekable();
        if national.peek().is_none() && !north_american() || !self.has_number_shape() {
            return false;
        }
        let laid_out = national.any(|region| self.is_laid_out(*region, digits)) || north_american();
        let laid_out = laid_out && !self.is_counting() && !self.goes_on();
        !said.other() && (laid_out || said.announced() || said.numbered(digits[0] != 0))
    }

    /// The digits behind `+` or a prefix of calls abroad.
    fn international_digits(&self) -> Option<&[u8]> {
        let digits = self.digits();
        if self.has_plus() {
            return Some(digits);
        }
        match digits {
            [0, 0, rest @ ..] if rest.len() >= 9 && self.group(0).len() > 1 => Some(rest),
            [0, 1, 1, rest @ ..] if rest.len() >= 10 && self.group(0).len() == 3 => Some(rest),
            _ => None,
        }
    }

    /// `(212) 555-0100`, `212-555-0100`, `1.212.555.0100`, but not with spaces alone.
    fn is_north_american(&self) -> bool {
        let lens = || self.groups().iter().map(|group| group.len);
        // `(212) 5550100`
        let area = lens().eq([3, 7]) && self.gaps().all(|gap| gap.contains(')'));
        let shape =
            area || lens().eq([3, 3, 4]) || lens().eq([1, 3, 3, 4]) && self.digits()[0] == 1;
        shape && self.gaps().any(|gap| !gap.chars().all(text::is_blank))
    }

    /// Written as numbers of the region are: in groups, or with a trunk prefix
    /// and long enough that little else looks so.
    fn is_laid_out(&self, region: Region, digits: &[u8]) -> bool {
        let lens = || self.groups().iter().map(|group| group.len);
        if region.calling_code() == 1 {
            let shape = lens().eq([3, 3, 4]) || lens().eq([1, 3, 3, 4]);
            return shape && self.stands_alone();
        }
        let trunk = digits[0] == 0 && region.has_trunk(digits);
        if self.groups().len() == 1 {
            return trunk && digits.len() >= 10;
        }
        let bracket = self.text[self.start..].starts_with('(');
        let untrunked = match region.calling_code() {
            INDIA => lens().eq([5, 5]) && digits[0] >= 6,
            BRAZIL => lens().eq([2, 5, 4]) || lens().eq([2, 4, 4]),
            _ => !region.dials_trunk() && digits.len() >= 9,
        };
        trunk || bracket || untrunked
    }

    /// The digits count up, as examples do: `0123456789`, `123 456 789`.
    fn is_counting(&self) -> bool {
        self.digits().windows(2).all(|pair| pair[0] + 1 == pair[1])
    }

    /// It is the rest of something longer: of a run that begins inside of a word
    /// (`DE89 3704 0044 0532 0130 00`), of a row of groups, of a link.
    fn goes_on(&self) -> bool {
        let word = self.from > 0 && !text::opens(self.text, self.run.groups()[0].start);
        let row =
            || !self.is_fresh && self.gaps().next() == Some(self.run.gap(self.text, self.from));
        word || row() || self.leaves_rest() || text::is_in_link(self.text, self.start)
    }

    /// One or two groups like its last go on behind it, too few to be a number: a row of
    /// something else.
    fn leaves_rest(&self) -> bool {
        let groups = self.run.groups();
        let rest = &groups[self.to..];
        let (Some(next), Some(last)) = (rest.first(), self.groups().last()) else { return false };
        let like =
            next.len == last.len && self.gaps().last() == Some(self.run.gap(self.text, self.to));
        let digits: usize = rest.iter().map(|group| group.len).sum();
        let ends = rest.last().is_some_and(|group| text::closes(self.text, group.end));
        like && ends && rest.len() <= 2 && digits < SHORTEST
    }

    /// It is no amount of something: digits that only blanks part, or none, may be one
    /// (`0049301234567 bytes`, `415 555 2671 rows`) where a word follows them directly.
    fn stands_alone(&self) -> bool {
        let bare = self.gaps().all(|gap| gap.chars().all(text::is_blank));
        let abroad = self.starts_abroad() && self.groups().len() > 1;
        let end = self.groups()[self.groups().len() - 1].end;
        let rest = self.text[end..].trim_start_matches([' ', '\u{a0}']);
        !bare || abroad || !rest.starts_with(char::is_alphabetic)
    }

    /// A word announces it, and it has the form of a number.
    pub(super) fn is_announced(&self, said: &mut Said<'_>) -> bool {
        let alone = self.from == 0 && self.to == self.run.groups().len();
        let len = self.digits().len();
        let long_enough = match self.groups().len() {
            1 => (8..=13).contains(&len) || len == 7 && said.labelled(),
            2 => (7..=15).contains(&len),
            _ => (SHORTEST..=15).contains(&len) || self.starts_abroad(),
        };
        let bare = self.groups().len() == 1;
        alone
            && long_enough
            && self.has_number_shape()
            && !said.other()
            && (said.announced() || said.numbered(bare))
    }

    fn starts_abroad(&self) -> bool {
        self.digits().starts_with(&[0, 0])
    }
}

/// The last ten digits behind the calling code of North America.
fn with_code_1(digits: &[u8]) -> [u8; 11] {
    let mut number = [1; 11];
    number[1..].copy_from_slice(&digits[digits.len() - 10..]);
    number
}
