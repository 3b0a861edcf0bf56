//! Telephone numbers.

mod candidate;
mod extension;
mod shape;
mod words;

use super::digits::Run;
use super::plans::Region;
use super::{Doc, credit_card, iban, text, us_ssn};
use candidate::Candidate;
use words::Said;

pub(in crate::entity) const DOC: Doc = Doc {
    name: "phone",
    what: "A telephone number, an extension included. It counts when it is written \
           internationally (`+44 …`, `0044 …`) and valid in the numbering plan of its country; \
           when it is laid out as in North America (`(212) 555-0100`) and valid there; when it \
           is a valid number of one of the regions in `region` and written as one; or when a \
           word such as `call`, `Phone:` or `mobile` stands beside it and it has the form of a \
           number. Dates, prices, versions and what an order or an invoice is called are none.",
    example: "{ entity: phone, region: US }",
    regions: &["US", "GB"],
    valid: &[
        ("call +44 20 7946 0018 now", &["+44 20 7946 0018"]),
        ("+44 (0)20 7946 0018", &["+44 (0)20 7946 0018"]),
        ("0049 30 23125 000", &["0049 30 23125 000"]),
        ("(+44) 20 7946 0018", &["(+44) 20 7946 0018"]),
        ("Tel (351) 912345678", &["(351) 912345678"]),
        ("phone: 72/040-5608", &["72/040-5608"]),
        ("(212) 555-0100 or 212.555.0101", &["(212) 555-0100", "212.555.0101"]),
        ("+1-212-555-0100x123", &["+1-212-555-0100x123"]),
        ("tel:+1-212-555-0100;ext=123", &["+1-212-555-0100;ext=123"]),
        ("020 7946 0018", &["020 7946 0018"]),
        ("text me at 2125550100", &["2125550100"]),
        ("Phone: 785 8949", &["785 8949"]),
        ("22 498317 office", &["22 498317"]),
        ("4155552671 call me", &["4155552671"]),
        ("Tel. 030 / 901820", &["030 / 901820"]),
        ("my number is 07700900123", &["07700900123"]),
        ("电话02079460018", &["02079460018"]),
        ("２１２-５５５-０１００", &["２１２-５５５-０１００"]),
        ("call 07700 900123 / 07700 900456", &["07700 900123", "07700 900456"]),
        ("(212) 5550100 or 212/555-0101", &["(212) 5550100", "212/555-0101"]),
        ("212-555-0100 212-555-0101", &["212-555-0100", "212-555-0101"]),
        ("Ph. 9876 5432", &["9876 5432"]),
        ("8 (916) 123-45-67 звоните", &["8 (916) 123-45-67"]),
        ("Jo Doe\nT: 030 901820", &["030 901820"]),
        ("010-1234-5678로 전화", &["010-1234-5678"]),
    ],
    invalid: &["+44 20 7946", "+999 20 7946 0018", "112-555-0100", "2125550100", "212-555-01000"],
    look_alike: &[
        "call me on 2024-05-17",
        "since 17.05.1990",
        "order 2125550100",
        "reason number 1523648856",
        "GSM phone 900/1800",
        "ISBN 978-3-16-148410-0",
        "1 000 000 people",
        "call it 1.000.000.000",
        "call it 12 000 000",
        "call 192.168.100.200",
        "in 1990-2000 we called",
        "4111 1111 1111 1111",
        "$212 555 0100",
        "856-45-6781",
        "her number 534-25-8906",
        "(351) 912345678 files",
        "4155552671 calls were made",
        "4155552671 text messages",
        "A212-555-0100",
        "DE89 3704 0044 0532 0130 00",
        "count 123 456 789",
        "pid 12345 12346",
        "2020 2021 2022 2023",
        "12 23 34 45 46 49",
        "42 07 74 50 76",
        "https://shop.example/item/0207946001",
        "02079460-9138-4761-a571-745480823840",
        "the table has 415 555 2671 rows",
        "got 0049301234567 bytes",
        "id 0049301234567",
        "Seriennummer: 0049301234567",
        "https://shop.example/0049301234567",
        "cc 060411344868",
        "lottery: 03 14 22 35 41 49",
        "numéro de carte 3429.080939.73338",
        "tel help: my visa is 4929 0000 0000 0000 006",
        "cell: GB19 QAPW 0299 7238 5089 46",
        "telling you my social 027 96 6893",
    ],
};

/// The most groups a number is written in.
const MOST_GROUPS: usize = 7;

pub(in crate::entity) fn find(text: &str, regions: &[Region], add: &mut impl FnMut(usize, usize)) {
    let (mut run, mut at, mut done) = (Run::new(), 0, 0);
    while let Some(next) = run.read(text, at) {
        at = next;
        let mut said = Said::new(text, &run);
        let mut from = 0;
        while from < run.starts() {
            let group = run.groups()[from];
            let free = group.start >= done && may_start(text, &run, from, done);
            let is_fresh = from == 0 || run.groups()[from - 1].end <= done;
            let place = Place { from, is_fresh };
            let found = free.then(|| longest_at(text, &run, place, regions, &mut said)).flatten();
            match found {
                Some((to, span)) => {
                    add(span.0, span.1);
                    done = span.1;
                    from = to;
                }
                None => from += 1,
            }
        }
    }
}

/// Where in a run a number may start.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its first group.
    from: usize,
    /// The run begins here, or another number ends here.
    is_fresh: bool,
}

/// The longest number that starts at a place: those that a plan has
/// before those that only words announce.
fn longest_at(
    text: &str,
    run: &Run,
    place: Place,
    regions: &[Region],
    said: &mut Said<'_>,
) -> Option<(usize, (usize, usize))> {
    let Place { from, is_fresh } = place;
    let all = run.groups().len();
    let start = start_of(text, run, from);
    let planned = |to: &usize| {
        let number = Candidate { text, run, from, to: *to, start, is_fresh };
        may_end(text, run, *to) && number.is_planned(regions, said) && number.span().is_some()
    };
    let most = most_groups(text, run, from, start);
    let to = (from + 1..=most).rev().find(planned).or_else(|| {
        let number = Candidate { text, run, from, to: all, start, is_fresh };
        (from == 0 && all <= MOST_GROUPS && number.is_announced(said)).then_some(all)
    })?;
    let span = Candidate { text, run, from, to, start, is_fresh }.span()?;
    let is_other = !has_plus(text, start) && is_another_number(text, run, from, to);
    (!is_other).then_some((to, span))
}

/// One of its groups belongs to a card, an account or a social security number.
fn is_another_number(text: &str, run: &Run, from: usize, to: usize) -> bool {
    let first = from.saturating_sub(MOST_GROUPS);
    let overlaps = |end: Option<usize>| end.is_some_and(|end| end > from);
    (first..to).any(|at| {
        overlaps(credit_card::longest_at(text, run, at))
            || overlaps(us_ssn::number_at(text, run, at))
    }) || iban::covers(text, run.groups()[from].start)
}

/// Words say that the number of a run is to be called, or what else it is.
pub(in crate::entity) fn says_other(text: &str, run: &Run) -> bool {
    let mut said = Said::new(text, run);
    said.announced() || said.other() || said.numbered(false)
}

/// The group behind the last one that a number from `from` on can have: national
/// numbers have no two single digits behind the first group.
fn most_groups(text: &str, run: &Run, from: usize, start: usize) -> usize {
    let all = run.groups().len().min(from + MOST_GROUPS);
    let digits = run.digits(from, all);
    let abroad = digits[0] == 0 || has_plus(text, start);
    let singles = (from + 1..all).filter(|&at| run.groups()[at].len == 1);
    if abroad { all } else { singles.take(2).nth(1).unwrap_or(all) }
}

/// Where the sign or bracket of a number is that starts with group `from`, or its first digit.
fn start_of(text: &str, run: &Run, from: usize) -> usize {
    let mut head = &text[..run.groups()[from].start];
    // `(212) 555 …`, `(0-612) 34525`
    let gaps = (from + 1..run.groups().len()).take(2).map(|at| run.gap(text, at));
    let closed = gaps.into_iter().any(|gap| gap.contains(')'));
    let bracket = |head: &str| closed && head.ends_with('(');
    let inside = bracket(head);
    if inside {
        head = &head[..head.len() - 1];
    }
    head = without_plus(head).unwrap_or(head);
    // `(+44) 20 …` as well as `+(44) 20 …`.
    head.len() - usize::from(!inside && bracket(head))
}

/// `head` without the `+` at its end. A blank may stand behind that one, but for sums: `2 + 49 …`.
fn without_plus(head: &str) -> Option<&str> {
    if let Some(head) = head.strip_suffix(['+', '＋']) {
        return Some(head);
    }
    let head = head.strip_suffix(text::is_blank)?.strip_suffix(['+', '＋'])?;
    let before = head.trim_end_matches(text::is_blank);
    let is_sum = before.ends_with(|c: char| c.is_numeric() || matches!(c, ')' | '%' | '='));
    (!is_sum).then_some(head)
}

/// True when a number that starts at `start` has a sign for calls abroad.
fn has_plus(text: &str, start: usize) -> bool {
    let number = &text[start..];
    number.strip_prefix('(').unwrap_or(number).starts_with(['+', '＋'])
}

/// Groups joined by a hyphen or dot belong to one number; white space may part two,
/// but what follows `+` is one number or none.
fn may_start(text: &str, run: &Run, from: usize, done: usize) -> bool {
    let first = run.groups()[0].start;
    let signed = first >= done && without_plus(&text[..first]).is_some();
    let gap = |from| run.gap(text, from);
    // What stands in brackets belongs to what follows.
    from == 0 || !signed && gap(from).chars().any(text::is_blank) && !gap(from).contains(')')
}

fn may_end(text: &str, run: &Run, to: usize) -> bool {
    to == run.groups().len() || run.gap(text, to).chars().any(text::is_blank)
}
