//! Payment cards: issuer, length and check digit.

use super::context::Words;
use super::digits::{self, Run};
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
    name: "credit_card",
    what: "The number of a payment card: the first digits and the length belong to an issuer \
           (Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, \
           Mir, RuPay, …) and the check digit is right. Digits may be grouped with spaces, \
           hyphens or dots as on cards, or stand alone. Rare lengths, and numbers of small issuers, count \
           only near words such as `card`, `Visa` or `declined`.",
    example: "{ entity: credit_card }",
    regions: &[],
    valid: &[
        ("card 4111 1111 1111 1111, thanks", &["4111 1111 1111 1111"]),
        ("5555-5555-5555-4444", &["5555-5555-5555-4444"]),
        ("5555 - 5555 - 5555 - 4444", &["5555 - 5555 - 5555 - 4444"]),
        ("4111  1111  1111  1111", &["4111  1111  1111  1111"]),
        ("4111/1111/1111/1111", &["4111/1111/1111/1111"]),
        ("2223003122003222", &["2223003122003222"]),
        ("amex 3782 822463 10005", &["3782 822463 10005"]),
        ("６０１１１１１１１１１１１１１７", &["６０１１１１１１１１１１１１１７"]),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", &["4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"]),
        ("4111\u{200B}1111 1111.1111 is my visa", &["4111\u{200B}1111 1111.1111"]),
        ("old visa: 4222222222222", &["4222222222222"]),
        ("180000000000002", &["180000000000002"]),
        ("213100000000001 and 4929000000000000006", &["213100000000001", "4929000000000000006"]),
        ("630400000000 was declined", &["630400000000"]),
        ("card 3190000000000004 lost", &["3190000000000004"]),
        ("is 6304 0000 0000 0000 still active?", &["6304 0000 0000 0000"]),
        ("refunded to 6250-9470-0000-0014-2", &["6250-9470-0000-0014-2"]),
        ("skimmed at the pump: 1354 412345 67893", &["1354 412345 67893"]),
        ("my card is 9587447063025758", &["9587447063025758"]),
        ("17,4111111111111111;378282246310005", &["4111111111111111", "378282246310005"]),
    ],
    invalid: &[
        "4111 1111 1111 1112",
        "1111 1111 1111 1117",
        "4111 1111 1111 111",
        "0000 0000 0000 0000",
        "4222222222222",
        "630400000000",
        "3190000000000004",
        "9587447063025758",
        "9587 4470 6302 5758",
    ],
    look_alike: &[
        "order 4111111111111111B",
        "a4111111111111111",
        "3.4111111111111111",
        "12345678901234567890",
        "IMEI 490154203237518",
        "41 11 11 11 11 11 11 11",
        "https://forum.example/posts/4111111111111111",
        "IBAN FR56 5178 2233 7460 3945 1229 071",
    ],
};

const NEAR: Words = Words {
    whole: &[
        "amex",
        "atm",
        "bank",
        "bankcard",
        "billed",
        "billing",
        "block",
        "blocked",
        "card",
        "cardholder",
        "cards",
        "carta",
        "cartao",
        "carte",
        "cb",
        "cc",
        "ccn",
        "charge",
        "chargeback",
        "charged",
        "checkout",
        "credit",
        "creditcard",
        "cvc",
        "cvv",
        "debit",
        "declined",
        "diners",
        "discover",
        "expiration",
        "expire",
        "expires",
        "expiry",
        "jcb",
        "kaart",
        "karta",
        "karte",
        "kartenzahlung",
        "kartica",
        "kartu",
        "kartya",
        "kort",
        "kortet",
        "kreditkarte",
        "kreditkort",
        "maestro",
        "mastercard",
        "mc",
        "mir",
        "paid",
        "pan",
        "pay",
        "payment",
        "payments",
        "purchase",
        "refund",
        "refunded",
        "rupay",
        "skimmed",
        "stolen",
        "swipe",
        "swiped",
        "tarjeta",
        "tarjetas",
        "transaction",
        "transactions",
        "unionpay",
        "visa",
        "карта",
        "карте",
        "картои",
        "карточки",
        "карту",
        "карты",
    ],
    unspaced: &["カード", "卡号", "信用卡", "銀聯", "银联", "카드"],
};
const WINDOW: usize = 60;

/// Which numbers an issuer gives out.
struct Issuer {
    /// The first and last value of the first four digits.
    prefixes: (u16, u16),
    /// Lengths that are found without a word that says so.
    common: &'static [usize],
    /// Lengths that need such a word.
    rare: &'static [usize],
}

const fn issuer(prefixes: (u16, u16), common: &'static [usize], rare: &'static [usize]) -> Issuer {
    Issuer { prefixes, common, rare }
}

/// By the first four digits; a number belongs to the first row that has it.
static ISSUERS: [Issuer; 31] = [
    issuer((4000, 4999), &[16, 19], &[13, 18]),         // Visa
    issuer((5100, 5599), &[16], &[]),                   // Mastercard
    issuer((2221, 2720), &[16], &[]),                   // Mastercard
    issuer((3400, 3499), &[15], &[]),                   // American Express
    issuer((3700, 3799), &[15], &[]),                   // American Express
    issuer((6011, 6011), &[16], &[17, 18, 19]),         // Discover
    issuer((6440, 6599), &[16], &[17, 18, 19]),         // Discover, RuPay
    issuer((3000, 3059), &[14], &[15, 16, 17, 18, 19]), // Diners Club
    issuer((3095, 3095), &[14], &[16]),                 // Diners Club
    issuer((3600, 3699), &[14, 16], &[19]),             // Diners Club
    issuer((3800, 3999), &[14, 16], &[19]),             // Diners Club
    issuer((3500, 3599), &[16], &[17, 18, 19]),         // JCB
    issuer((6200, 6299), &[16], &[17, 18, 19]),         // UnionPay
    issuer((8100, 8299), &[16], &[17, 18, 19]),         // UnionPay, RuPay
    issuer((2200, 2204), &[16], &[17, 18, 19]),         // Mir
    issuer((5000, 5099), &[16], &[12, 13, 14, 15, 18, 19]), // Maestro, Elo, RuPay
    issuer((5600, 5899), &[], &[12, 13, 14, 15, 16, 18, 19]), // Maestro
    issuer((6062, 6062), &[16], &[19]),                 // Hipercard
    issuer((6362, 6363), &[16], &[]),                   // Elo
    issuer((6370, 6370), &[16], &[]),                   // Hiper
    issuer((6304, 6304), &[16], &[12, 13, 14, 15, 18, 19]), // Maestro
    issuer((6759, 6763), &[16], &[12, 13, 14, 15, 18, 19]), // Maestro
    issuer((6000, 6099), &[16], &[12, 13, 14, 15, 18, 19]), // RuPay
    issuer((6000, 6999), &[], &[12, 13, 14, 15, 16, 18, 19]), // Maestro, RuPay, Troy
    issuer((9792, 9792), &[16], &[]),                   // Troy
    issuer((1800, 1800), &[15], &[]),                   // JCB
    issuer((2131, 2131), &[15], &[]),                   // JCB
    issuer((1000, 1999), &[], &[15]),                   // UATP
    issuer((604, 604), &[], &[12, 13, 14, 15, 16, 18, 19]), // Maestro
    // Travel, banking and merchandise by the first digit: small issuers, and old numbers.
    issuer((3000, 6999), &[], &[13, 14, 15, 16, 17, 18, 19]),
    // Petrol, health and what countries give out themselves.
    issuer((7000, 9999), &[], &[16]),
];

/// How digits are grouped on cards.
const GROUPINGS: [&[usize]; 8] = [
    &[4, 4, 4, 4],
    &[4, 6, 5],
    &[4, 6, 4],
    &[4, 4, 4, 4, 3],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 3],
    &[8, 8],
    &[6, 13],
];

const SHORTEST: usize = 12;
const LONGEST: usize = 19;

pub(super) fn find(text: &str, add: &mut impl FnMut(usize, usize)) {
    digits::each_number(text, longest_at, add);
}

/// The last group, plus one, of the longest card number that starts with group `from`.
pub(super) fn longest_at(text: &str, run: &Run, from: usize) -> Option<usize> {
    let groups = run.groups();
    let issuer = issuer_of(run.digits(from, groups.len()))?;
    let mut best = None;
    let mut len = 0;
    for to in from + 1..=groups.len() {
        len += groups[to - 1].len;
        if len > LONGEST {
            break;
        }
        if len >= SHORTEST && is_card(text, run, from, to, issuer) {
            best = Some(to);
        }
    }
    best
}

fn is_card(text: &str, run: &Run, from: usize, to: usize, issuer: &Issuer) -> bool {
    let digits = run.digits(from, to);
    let start = run.groups()[from].start;
    let is_common = issuer.common.contains(&digits.len());
    (is_common || issuer.rare.contains(&digits.len()))
        && luhn(digits)
        && stands_alone(text, run, from, to)
        // What begins with seven to nine and is no common card needs a word, however grouped.
        && ((is_common && grouped_as_cards(text, run, from, to)
            || digits[0] < 7 && in_fours(text, run, from, to))
            && !text::is_in_link(text, start)
            || is_announced(text, run, from, to))
}

/// Who gives out numbers that start so.
fn issuer_of(digits: &[u8]) -> Option<&'static Issuer> {
    let prefix = digits.get(..4)?.iter().fold(0, |sum, &digit| sum * 10 + u16::from(digit));
    ISSUERS.iter().find(|row| row.prefixes.0 <= prefix && prefix <= row.prefixes.1)
}

/// The check digit of ISO 7812.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let value =
        |(at, &digit): (usize, &u8)| u32::from(if at % 2 == 1 { doubled(digit) } else { digit });
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// No word, decimal point or longer row of digits runs on at either end.
fn stands_alone(text: &str, run: &Run, from: usize, to: usize) -> bool {
    let (start, end) = (run.groups()[from].start, run.groups()[to - 1].end);
    let cut = |at: usize| at > 0 && at < run.groups().len() && is_tight(run.gap(text, at));
    // Groups behind one that starts inside of a word, as in `FR56 5178 …`, are no card.
    let is_rest = from > 0 && !text::opens(text, run.groups()[0].start);
    text::opens(text, start)
        && text::closes(text, end)
        && !is_rest
        && !cut(from)
        && !cut(to)
        && !follows_sign(&text[..start])
}

/// Decimals of a number, or the id of a mention.
fn follows_sign(head: &str) -> bool {
    let mut chars = head.chars().rev();
    match chars.next() {
        Some('.') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        sign => matches!(sign, Some('_' | '<' | '@')),
    }
}

/// A gap without a space: what is at its sides belongs together.
fn is_tight(gap: &str) -> bool {
    !gap.chars().any(text::is_blank) && !gap.contains('/')
}

/// The groups are those of cards, or all digits stand alone, with one sign between them.
fn grouped_as_cards(text: &str, run: &Run, from: usize, to: usize) -> bool {
    let groups = &run.groups()[from..to];
    let lens = || groups.iter().map(|group| group.len);
    let known = groups.len() == 1
        || lens().all(|len| len == 1)
        || GROUPINGS.iter().any(|known| known.iter().copied().eq(lens()));
    known && (from + 1..to).all(|at| is_card_gap(run.gap(text, at)))
}

/// Sixteen digits or more by four, the last group shorter perhaps, with one sign between them
/// throughout: as no other number is written, so that a small issuer or rare length needs no word.
fn in_fours(text: &str, run: &Run, from: usize, to: usize) -> bool {
    let (last, fours) = run.groups()[from..to].split_last().expect("a group");
    let gap = |at: usize| run.gap(text, at).trim_matches(text::is_blank);
    fours.len() >= 3
        && fours.iter().all(|group| group.len == 4)
        && last.len <= 4
        && (fours.len() > 3 || last.len == 4)
        && (from + 1..to).all(|at| is_card_gap(run.gap(text, at)) && gap(at) == gap(from + 1))
}

/// One sign, blanks around it or alone.
fn is_card_gap(gap: &str) -> bool {
    let signs = gap.chars().filter(|&c| !text::is_invisible(c) && !text::is_blank(c)).count();
    !gap.contains(['(', ')']) && signs <= 1
}

fn is_announced(text: &str, run: &Run, from: usize, to: usize) -> bool {
    let (start, end) = (run.groups()[from].start, run.groups()[to - 1].end);
    let gaps = (from + 1..to).all(|at| !run.gap(text, at).contains(['(', ')', '/']));
    gaps && (NEAR.before(text, start, WINDOW) || NEAR.after(text, end, WINDOW))
}

#[cfg(test)]
mod tests {
    use super::{NEAR, luhn};

    #[test]
    fn check_digits() {
        assert!(luhn(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3]));
        assert!(!luhn(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 0]));
    }

    #[test]
    fn words_are_in_order() {
        super::super::context::check(&NEAR);
    }
}
