//! Social security numbers of the United States.

use super::context::Words;
use super::digits::{self, Run};
use super::{Doc, phone, text};

pub(super) const DOC: Doc = Doc {
    name: "us_ssn",
    what: "A social security number of the United States, `AAA-GG-SSSS`: no area 000, 666 or \
           9xx, no group 00, no serial 0000, and none that is known as a specimen. Written \
           with spaces it counts unless a word such as `phone` or `order` says that it is another number; \
           with dots, or as nine bare digits, only near words such as `SSN` or `social security`.",
    example: "{ entity: us_ssn }",
    regions: &[],
    valid: &[
        ("it is 856-45-6781.", &["856-45-6781"]),
        ("SSN: 856 45 6781", &["856 45 6781"]),
        ("social security number is 856456781 ok", &["856456781"]),
        ("856.45.6781 (my social)", &["856.45.6781"]),
        ("856–45–6781", &["856–45–6781"]),
        ("SSN#856456781", &["856456781"]),
        ("it is 856 45 6781.", &["856 45 6781"]),
        ("taxpayer id 856456781", &["856456781"]),
    ],
    invalid: &[
        "000-45-6781",
        "666-45-6781",
        "956-45-6781",
        "856-00-6781",
        "856-45-0000",
        "078-05-1120",
        "123-45-6789",
        "ssn 219099999",
    ],
    look_alike: &[
        "856456781",
        "call 856 45 6781",
        "order 856 45 6781",
        "12 856 45 6781",
        "856 45 6781 900",
        "856.45.6781",
        "856-45-67812",
        "1-856-45-6781",
        "856-45-6781-2",
        "part no. A856-45-6781",
        "856-45 6781",
        "2024-05-1234",
    ],
};

const NEAR: Words = Words {
    whole: &[
        "security",
        "soc",
        "social",
        "socialsecurity",
        "ss",
        "ssid",
        "ssn",
        "ssns",
        "taxpayer",
        "tin",
    ],
    unspaced: &[],
};
const WINDOW: usize = 48;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    digits::each_number(text, number_at, add);
}

/// The last group, plus one, of a number that starts with group `from`.
pub(super) fn number_at(text: &str, run: &Run, from: usize) -> Option<usize> {
    let groups = &run.groups()[from..];
    let (to, evidence) = match groups {
        [area, group, serial, ..] if (area.len, group.len, serial.len) == (3, 2, 4) => {
            (from + 3, evidence(text, run, from)?)
        }
        [all, ..] if all.len == 9 => (from + 1, Evidence::Word),
        _ => return None,
    };
    let (start, end) = (groups[0].start, run.groups()[to - 1].end);
    let whole = text::opens(text, start)
        && text::closes(text, end)
        && (from == 0 || is_spaced(run.gap(text, from)))
        && (to == run.groups().len() || is_spaced(run.gap(text, to)))
        && !text[..start].ends_with(['-', '.', ',', '+']);
    let alone = from == 0 && to == run.groups().len();
    let said = || NEAR.before(text, start, WINDOW) || NEAR.after(text, end, WINDOW / 2);
    let meant = || match evidence {
        Evidence::Layout => true,
        Evidence::NoOther => said() || alone && !phone::says_other(text, run),
        Evidence::Word => said(),
    };
    (whole && is_issued(run.digits(from, to)) && meant()).then_some(to)
}

/// What it takes to believe that a number is meant.
#[derive(Clone, Copy, Debug)]
enum Evidence {
    /// Nothing more: little else has this layout.
    Layout,
    /// No word that says otherwise.
    NoOther,
    /// A word that says so.
    Word,
}

fn evidence(text: &str, run: &Run, from: usize) -> Option<Evidence> {
    Some(match separator(text, run, from)? {
        '-' => Evidence::Layout,
        sign if text::is_blank(sign) => Evidence::NoOther,
        _ => Evidence::Word,
    })
}

/// The one sign between the three groups, any dash as a hyphen.
fn separator(text: &str, run: &Run, from: usize) -> Option<char> {
    let sign = |at: usize| {
        let mut signs = run.gap(text, at).chars().filter(|&c| !text::is_invisible(c));
        let sign = signs.next()?;
        let sign = if text::is_dash(sign) { '-' } else { sign };
        (signs.next().is_none() && !matches!(sign, '/' | '(' | ')')).then_some(sign)
    };
    let (first, second) = (sign(from + 1)?, sign(from + 2)?);
    (first == second).then_some(first)
}

fn is_spaced(gap: &str) -> bool {
    gap.chars().any(text::is_blank)
}

/// What the administration gives out, without the specimens of forms and films.
fn is_issued(digits: &[u8]) -> bool {
    let number = digits.iter().fold(0u32, |sum, &digit| sum * 10 + u32::from(digit));
    let (area, group, serial) = (number / 1_000_000, number / 10_000 % 100, number % 10_000);
    !matches!(area, 0 | 666 | 900..)
        && group != 0
        && serial != 0
        && !matches!(number, 78_051_120 | 219_099_999 | 123_456_789)
        && digits.iter().any(|&digit| digit != digits[0])
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_in_order() {
        super::super::context::check(&super::NEAR);
    }
}
