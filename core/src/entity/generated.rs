//! Sets made up by rule: many valid ones, the same with one thing broken, and look-alikes.

use super::{Kind, Options, find};
use crate::span::Span;

/// A small generator of numbers: the same ones every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn digits(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn letters(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }
}

const ROUNDS: usize = 300;

fn found(kind: Kind, options: &Options, text: &str) -> Vec<String> {
    let mut spans: Vec<Span> = Vec::new();
    find(kind, options, text, &mut spans);
    spans.into_iter().map(|span| text[span.range()].to_owned()).collect()
}

/// Every text of `valid` is found whole in a sentence, and none of `others` at all.
#[track_caller]
fn check(kind: Kind, options: &Options, valid: &[String], others: &[String]) {
    for text in valid {
        let sentence = format!("so {text} it is");
        assert_eq!(found(kind, options, &sentence), [text.as_str()], "{sentence}");
    }
    for text in others {
        let sentence = format!("so {text} it is");
        assert_eq!(found(kind, options, &sentence), Vec::<String>::new(), "{sentence}");
    }
    assert!(valid.len() >= ROUNDS && others.len() >= ROUNDS);
}

/// The number with its check digit of ISO 7812.
fn with_luhn(body: &str) -> String {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// The same number with another last digit.
fn spoiled(number: &str) -> String {
    let (head, last) = number.split_at(number.len() - 1);
    let last = last.as_bytes()[0] - b'0';
    format!("{head}{}", (last + 1) % 10)
}

fn grouped(number: &str, lens: &[usize], sign: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = number;
    for &len in lens {
        let (part, behind) = rest.split_at(len);
        parts.push(part);
        rest = behind;
    }
    parts.join(sign)
}

#[test]
fn cards() {
    let mut dice = Dice(1);
    // Prefix, length and how the digits are grouped on the card.
    let issuers: [(&str, usize, &[usize]); 10] = [
        ("4", 16, &[4, 4, 4, 4]),
        ("4", 19, &[4, 4, 4, 4, 3]),
        ("53", 16, &[4, 4, 4, 4]),
        ("2320", 16, &[4, 4, 4, 4]),
        ("34", 15, &[4, 6, 5]),
        ("6011", 16, &[4, 4, 4, 4]),
        ("36", 14, &[4, 6, 4]),
        ("3530", 16, &[4, 4, 4, 4]),
        ("2131", 15, &[15]),
        ("6250", 16, &[4, 4, 4, 4]),
    ];
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (prefix, len, lens) = issuers[round % issuers.len()];
        let number = with_luhn(&format!("{prefix}{}", dice.digits(len - 1 - prefix.len())));
        let sign = ["", " ", "-", "."][round / issuers.len() % 4];
        valid.push(grouped(&number, lens, sign));
        others.push(spoiled(&number));
        others.push(format!("{number}{}", dice.digits(6)));
        others.push(format!("x{number}"));
        others.push(format!("0.{number}"));
        // Of no issuer, whatever its check digit.
        others.push(with_luhn(&format!("9{}", dice.digits(14))));
    }
    check(Kind::CreditCard, &Options::default(), &valid, &others);
}

#[test]
fn bank_accounts() {
    let mut dice = Dice(2);
    let countries = [("GB", 4, 14), ("DE", 0, 18), ("NL", 4, 10), ("FR", 0, 23), ("ES", 0, 20)];
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (country, letters, digits) = countries[round % countries.len()];
        let account = dice.letters(letters).to_uppercase() + &dice.digits(digits);
        let value = |check: u32| format!("{account}{country}{check:02}");
        let remainder = value(0).chars().fold(0_u32, |sum, c| {
            let digit = c.to_digit(36).unwrap_or(0);
            (sum * if digit > 9 { 100 } else { 10 } + digit) % 97
        });
        let (right, wrong) = (98 - remainder, (98 - remainder) % 97 + 1);
        let number = format!("{country}{right:02}{account}");
        if round % 2 == 0 {
            valid.push(number.clone());
        } else {
            let groups: Vec<String> = number
                .as_bytes()
                .chunks(4)
                .map(|part| String::from_utf8_lossy(part).into())
                .collect();
            valid.push(groups.join(" "));
        }
        others.push(format!("{country}{wrong:02}{account}"));
        others.push(format!("ZZ{right:02}{account}"));
        others.push(format!("x{number}"));
    }
    check(Kind::Iban, &Options::default(), &valid, &others);
}

#[test]
fn social_security_numbers() {
    let mut dice = Dice(3);
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let area = loop {
            let area = dice.below(899) + 1;
            if area != 666 {
                break area;
            }
        };
        let (group, serial) = (dice.below(99) + 1, dice.below(9999) + 1);
        let number = format!("{area:03}-{group:02}-{serial:04}");
        if number != "078-05-1120" && number != "219-09-9999" {
            valid.push(number.clone());
        }
        others.push(format!("666-{group:02}-{serial:04}"));
        others.push(format!("{}-{group:02}-{serial:04}", 900 + dice.below(100)));
        others.push(format!("{area:03}-00-{serial:04}"));
        others.push(format!("{area:03}-{group:02}-0000"));
        others.push(format!("{number}-1"));
        others.push(format!("1{number}"));
    }
    valid.extend(valid[..10].to_vec());
    check(Kind::UsSsn, &Options::default(), &valid, &others);
    // They have the layout of no telephone number either.
    let mut options = Options::default();
    options.set(Kind::Phone, "region", "US, GB, DE, FR, IN, BR").expect("known regions");
    for number in valid {
        assert_eq!(
            found(Kind::Phone, &options, &format!("call {number} now")),
            [""; 0],
            "{number}"
        );
    }
}

#[test]
fn internet_addresses() {
    let mut dice = Dice(4);
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let parts: Vec<String> = (0..4).map(|_| (dice.below(254) + 1).to_string()).collect();
        valid.push(parts.join("."));
        others.push(format!("{}.{}", parts.join("."), dice.below(99)));
        others.push(format!("{}.{}.{}.{}", parts[0], parts[1], parts[2], 256 + dice.below(99)));
        let groups: Vec<String> = (0..8).map(|_| format!("{:x}", dice.below(0xffff) + 1)).collect();
        valid.push(groups.join(":"));
        others.push(groups[..7].join(":"));
        others.push(format!("{}:{}", groups.join(":"), groups[0]));
    }
    check(Kind::Ip, &Options::default(), &valid, &others);
}

#[test]
fn mail_addresses() {
    let mut dice = Dice(5);
    let ends = ["com", "org", "de", "co.uk", "io"];
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (name, host) = (dice.letters(6), dice.letters(8));
        let end = ends[round % ends.len()];
        valid.push(format!("{name}.{}@{host}.{end}", dice.digits(2)));
        others.push(format!("{name}@{host}"));
        others.push(format!("{name}@{host}.q{}", dice.digits(1)));
        others.push(format!("@{host}.{end}"));
        others.push(format!("{name} @ {host}"));
    }
    check(Kind::Email, &Options::default(), &valid, &others);
}

#[test]
fn telephone_numbers() {
    let mut dice = Dice(6);
    let mut options = Options::default();
    options.set(Kind::Phone, "region", "US").expect("a known region");
    let (mut valid, mut others) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let area = ["212", "415", "303", "617", "206"][round % 5];
        let (office, line) =
            (format!("{}{}", 2 + dice.below(8), 20 + dice.below(79)), dice.digits(4));
        valid.push(match round / 5 % 5 {
            0 => format!("({area}) {office}-{line}"),
            1 => format!("{area}-{office}-{line}"),
            2 => format!("+1 {area} {office} {line}"),
            3 => format!("(+1) {area}-{office}-{line}"),
            _ => format!("1-{area}-{office}-{line}"),
        });
        // No area begins with 1, and no office either.
        others.push(format!("(112) {office}-{line}"));
        others.push(format!("{area}-1{}-{line}", dice.digits(2)));
        others.push(format!("${area} {office} {line}"));
        others.push(format!("{area}-{office}-{line}{}", dice.digits(1)));
    }
    check(Kind::Phone, &options, &valid, &others);
}
