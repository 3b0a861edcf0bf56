//! What has the form of a number, and what only looks so: dates, thousands, addresses.

use super::super::text;
use super::candidate::Candidate;

impl Candidate<'_> {
    /// No date, range of years, row of thousands, address or mere counting.
    pub(super) fn has_number_shape(&self) -> bool {
        let lens = || self.groups().iter().map(|group| group.len);
        let longest = match self.groups().len() {
            1 => 13,
            // `(351) 912345678`
            2 if self.gaps().all(|gap| gap.contains(')')) => 10,
            _ => 8,
        };
        let singles = lens().skip(1).filter(|&len| len == 1).count();
        lens().all(|len| len <= longest)
            && singles <= 1
            && self.gaps().all(|gap| !gap.contains(['_', '•']))
            && (self.digits()[0] == 0 || self.has_area_only_before_slash())
            && !self.is_date()
            && !self.is_years()
            && !self.is_thousands()
            && !self.is_dotted_quad()
            && !self.is_decimal()
            && !self.is_by_four()
            && !self.is_book()
            && !self.is_social_security()
            && !self.has_lone_digit_in_brackets()
    }

    /// No slash, or one behind an area code: `72/040-5608`, `212/555-0100`.
    fn has_area_only_before_slash(&self) -> bool {
        let mut lens = self.groups().iter().map(|group| group.len);
        if lens.by_ref().eq([3, 3, 4])
            && self.gaps().nth(1).is_some_and(|gap| gap == "-" || gap == ".")
        {
            return true;
        }
        let behind = |at: usize| at > 0 || self.groups()[0].len > 2 || self.digits().len() < 8;
        !self.gaps().enumerate().any(|(at, gap)| gap.contains('/') && behind(at))
    }

    fn value(&self, at: usize) -> u32 {
        self.group(at).iter().fold(0, |sum, &digit| sum * 10 + u32::from(digit))
    }

    /// Its first three groups are year, month and day in some order.
    fn is_date(&self) -> bool {
        if self.groups().len() < 3 {
            return false;
        }
        let len = |at: usize| self.groups()[at].len;
        let year = |at: usize| len(at) == 4 && is_year(self.value(at));
        let part = |at: usize, most: u32| len(at) <= 2 && (1..=most).contains(&self.value(at));
        let parts = |a: usize, b: usize| part(a, 12) && part(b, 31) || part(a, 31) && part(b, 12);
        year(0) && parts(1, 2) || year(2) && parts(0, 1)
    }

    fn is_years(&self) -> bool {
        self.groups().len() == 2
            && (0..2).all(|at| self.groups()[at].len == 4 && is_year(self.value(at)))
    }

    /// `1 000 000`, `1.000.000`: groups of three behind a first one that does not start with 0.
    fn is_thousands(&self) -> bool {
        let (first, rest) = (self.groups()[0].len, &self.groups()[1..]);
        let dotted = self.gaps().all(|gap| gap == ".");
        let round = self.digits().ends_with(&[0, 0, 0]);
        first <= 3
            && self.digits()[0] != 0
            && !rest.is_empty()
            && rest.iter().all(|group| group.len == 3)
            && (dotted || round && self.gaps().all(|gap| gap.chars().all(text::is_blank)))
    }

    fn is_dotted_quad(&self) -> bool {
        self.groups().len() == 4
            && self.gaps().all(|gap| gap == ".")
            && (0..4).all(|at| self.value(at) < 256)
            && self.groups().iter().any(|group| group.len != 2)
    }

    /// `0.046798341119`
    fn is_decimal(&self) -> bool {
        self.group(0) == [0] && self.gaps().next() == Some(".")
    }

    /// `0486 0612 1289 7944`: cards, serial numbers and tables are written so.
    fn is_by_four(&self) -> bool {
        self.groups().len() == 4 && self.groups().iter().all(|group| group.len == 4)
    }

    /// `123-45-6789`: no plan writes numbers so, and other things are.
    fn is_social_security(&self) -> bool {
        let lens = self.groups().iter().map(|group| group.len);
        lens.eq([3, 2, 4]) && self.gaps().all(|gap| gap == "-")
    }

    /// `0506(2)/15546`: in the midst of a number only the `(0)` of a trunk stands alone in brackets.
    fn has_lone_digit_in_brackets(&self) -> bool {
        let behind = self.gaps().skip(1);
        self.gaps().zip(behind).enumerate().any(|(at, (before, behind))| {
            let inside = self.group(at + 1);
            before.ends_with('(') && behind.starts_with(')') && inside.len() == 1 && inside != [0]
        })
    }

    fn is_book(&self) -> bool {
        matches!(self.digits(), [9, 7, 8 | 9, ..]) && self.digits().len() == 13
    }
}

fn is_year(value: u32) -> bool {
    (1900..2100).contains(&value)
}
