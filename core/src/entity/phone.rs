//! Telephone numbers.

use super::context::{Word, Words};
use super::digits::{Group, Run};
use super::plans::{self, International, Region};
use super::{Doc, text};

pub(super) const DOC: Doc = Doc {
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
    ],
};

/// Words before a number that say it is one to call.
const BEFORE: Words = Words {
    whole: &[
        "anrufen",
        "answer",
        "answering",
        "answers",
        "appel",
        "appeler",
        "appelez",
        "bel",
        "bellen",
        "call",
        "called",
        "calling",
        "calls",
        "cell",
        "cellphone",
        "cellulare",
        "celular",
        "chiama",
        "chiamami",
        "dial",
        "dzwon",
        "fax",
        "fono",
        "gsm",
        "handy",
        "handynummer",
        "hotline",
        "ligar",
        "ligue",
        "llama",
        "llamame",
        "llamar",
        "mob",
        "mobiel",
        "mobil",
        "mobile",
        "mobilnummer",
        "movil",
        "phone",
        "phones",
        "portable",
        "reach",
        "ring",
        "rufen",
        "rufnummer",
        "sms",
        "tel",
        "telefon",
        "telefone",
        "telefonnummer",
        "telefono",
        "telefoon",
        "telemovel",
        "telephone",
        "text",
        "texting",
        "viber",
        "whatsapp",
        "zadzwon",
        "zap",
        "τηλ",
        "τηλεφωνο",
        "звони",
        "звоните",
        "звонить",
        "моб",
        "мобильныи",
        "позвони",
        "позвоните",
        "тел",
        "телефон",
        "телефону",
        "טלפון",
        "اتصل",
        "جوال",
        "هاتف",
        "फोन",
        "मोबाइल",
    ],
    unspaced: &[
        "电话",
        "電話",
        "手机",
        "手機",
        "号码",
        "微信",
        "携帯",
        "전화",
        "휴대폰",
        "연락처",
        "โทร",
    ],
};
/// Words that say it less surely: numbers are many things.
const NUMBER: Words = Words {
    whole: &["contact", "number", "numer", "numero", "nummer", "номер", "номеру"],
    unspaced: &["号码"],
};
/// Whose number it is.
const WHOSE: Words = Words {
    whole: &[
        "deine",
        "her",
        "his",
        "ihre",
        "mein",
        "meine",
        "meu",
        "mi",
        "mio",
        "moj",
        "mon",
        "my",
        "nosso",
        "notre",
        "our",
        "sein",
        "su",
        "their",
        "tu",
        "ur",
        "votre",
        "your",
        "моего",
        "мои",
        "наш",
    ],
    unspaced: &["我", "私"],
};
/// Words behind a number that announce it too, as in lists of contacts.
const AFTER: Words = Words {
    whole: &[
        "cell",
        "cellphone",
        "fax",
        "handy",
        "home",
        "mob",
        "mobiel",
        "mobil",
        "mobile",
        "movil",
        "office",
        "phone",
        "portable",
        "sms",
        "tel",
        "telefon",
        "telephone",
        "viber",
        "whatsapp",
        "work",
        "моб",
        "тел",
    ],
    unspaced: &["电话", "電話"],
};
/// What is asked for behind a number: `call me`, `text us`. Alone these verbs are nouns too.
const ASKED: [&str; 9] =
    ["call", "dial", "message", "msg", "phone", "ring", "sms", "text", "whatsapp"];
const ASKING: [&str; 7] = ["him", "her", "me", "now", "today", "us", "asap"];
/// Words before a number that say it is another one.
const OTHER: Words = Words {
    whole: &[
        "account",
        "acct",
        "article",
        "auftrag",
        "bestellnummer",
        "bestellung",
        "build",
        "card",
        "case",
        "cedula",
        "code",
        "commande",
        "commit",
        "credit",
        "doi",
        "factura",
        "facture",
        "iban",
        "imei",
        "invoice",
        "isbn",
        "issn",
        "kontonummer",
        "order",
        "otp",
        "part",
        "passport",
        "pedido",
        "pin",
        "postcode",
        "rechnung",
        "ref",
        "reference",
        "serial",
        "sku",
        "ssn",
        "ticket",
        "tracking",
        "upc",
        "version",
        "vin",
        "zip",
        "zipcode",
        "заказ",
        "счет",
    ],
    unspaced: &["订单", "訂單", "注文", "주문"],
};
const WINDOW_BEFORE: usize = 44;
const WINDOW_AFTER: usize = 16;
const WINDOW_OTHER: usize = 24;

/// The fewest digits of any number, and the most with an international prefix.
const SHORTEST: usize = 6;
const LONGEST: usize = 18;
/// The most groups a number is written in.
const MOST_GROUPS: usize = 7;

/// What the words around a run of digits say; read once a run, and only when asked.
struct Said<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    announced: Option<bool>,
    numbered: Option<bool>,
    other: Option<bool>,
}

impl<'t> Said<'t> {
    fn new(text: &'t str, run: &Run) -> Self {
        let (start, end) = match run.groups() {
            [] => (0, 0),
            [first, .., last] => (first.start, last.end),
            [only] => (only.start, only.end),
        };
        Self { text, start, end, announced: None, numbered: None, other: None }
    }

    /// A word says that this is a telephone number.
    fn announced(&mut self) -> bool {
        let Self { text, start, end, .. } = *self;
        *self.announced.get_or_insert_with(|| {
            BEFORE.before(text, start, WINDOW_BEFORE)
                || AFTER.after(text, end, WINDOW_AFTER)
                || asks_for_call(text, end)
        })
    }

    /// A word calls this a number, and perhaps another says whose.
    fn numbered(&mut self, by_somebody: bool) -> bool {
        let Self { text, start, .. } = *self;
        let numbered =
            *self.numbered.get_or_insert_with(|| NUMBER.before(text, start, WINDOW_BEFORE));
        numbered && (!by_somebody || WHOSE.before(text, start, WINDOW_BEFORE))
    }

    /// A word says that it is something else, and none nearby that it is a telephone number.
    fn other(&mut self) -> bool {
        let Self { text, start, .. } = *self;
        *self.other.get_or_insert_with(|| {
            OTHER.before(text, start, WINDOW_OTHER) && !AFTER.before(text, start, WINDOW_OTHER)
        })
    }
}

/// `call me` behind a number that ends at `end`, perhaps behind a sign.
fn asks_for_call(text: &str, end: usize) -> bool {
    let is_gap = |c: char| text::is_blank(c) || matches!(c, ',' | '.' | ':' | '!' | '-');
    let skip = |at: usize| {
        let gap = text[at..].chars().take(3).take_while(|&c| is_gap(c));
        at + gap.map(char::len_utf8).sum::<usize>()
    };
    let one_of = |at: usize, words: &[&str]| {
        Word::after(text, at).filter(|word| words.iter().any(|w| w.as_bytes() == word.as_bytes()))
    };
    let verb = one_of(skip(end), &ASKED);
    verb.is_some_and(|verb| one_of(skip(verb.end), &ASKING).is_some())
}

pub(super) fn find(text: &str, regions: &[Region], add: &mut impl FnMut(usize, usize)) {
    let (mut run, mut at, mut done) = (Run::new(), 0, 0);
    while let Some(next) = run.read(text, at) {
        at = next;
        let mut said = Said::new(text, &run);
        let mut from = 0;
        while from < run.starts() {
            let group = run.groups()[from];
            let free = group.start >= done && may_start(text, &run, from, done);
            let found = free.then(|| longest_at(text, &run, from, regions, &mut said)).flatten();
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

/// The longest number that starts with group `from`: those that a plan has
/// before those that only words announce.
fn longest_at(
    text: &str,
    run: &Run,
    from: usize,
    regions: &[Region],
    said: &mut Said<'_>,
) -> Option<(usize, (usize, usize))> {
    let all = run.groups().len();
    let start = start_of(text, run, from);
    let planned = |to: &usize| {
        let number = Candidate { text, run, from, to: *to, start };
        may_end(text, run, *to) && number.is_planned(regions, said) && number.span().is_some()
    };
    let most = most_groups(text, run, from, start);
    let to = (from + 1..=most).rev().find(planned).or_else(|| {
        let number = Candidate { text, run, from, to: all, start };
        (from == 0 && all <= MOST_GROUPS && number.is_announced(said)).then_some(all)
    })?;
    let span = Candidate { text, run, from, to, start }.span()?;
    Some((to, span))
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
    let closed = from + 1 < run.groups().len() && run.gap(text, from + 1).contains(')');
    let bracket = |head: &str| closed && head.ends_with('(');
    let inside = bracket(head);
    if inside {
        head = &head[..head.len() - 1];
    }
    head = head.strip_suffix(['+', '＋']).unwrap_or(head);
    // `(+44) 20 …` as well as `+(44) 20 …`.
    head.len() - usize::from(!inside && bracket(head))
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
    let signed = first >= done && text[..first].ends_with(['+', '＋']);
    let gap = |from| run.gap(text, from);
    // What stands in brackets belongs to what follows.
    from == 0 || !signed && gap(from).chars().any(text::is_blank) && !gap(from).contains(')')
}

fn may_end(text: &str, run: &Run, to: usize) -> bool {
    to == run.groups().len() || run.gap(text, to).chars().any(text::is_blank)
}

/// Some groups of a run that could be a number.
struct Candidate<'a> {
    text: &'a str,
    run: &'a Run,
    from: usize,
    to: usize,
    /// Where its sign is, or its first digit.
    start: usize,
}

impl Candidate<'_> {
    fn groups(&self) -> &[Group] {
        &self.run.groups()[self.from..self.to]
    }

    fn digits(&self) -> &[u8] {
        self.run.digits(self.from, self.to)
    }

    /// The digits of one of its groups.
    fn group(&self, at: usize) -> &[u8] {
        self.run.digits(self.from + at, self.from + at + 1)
    }

    /// The gaps between its groups.
    fn gaps(&self) -> impl Iterator<Item = &str> {
        (self.from + 1..self.to).map(|at| self.run.gap(self.text, at))
    }

    /// The text of the number with sign, bracket and extension, if nothing that
    /// belongs to something else touches it.
    fn span(&self) -> Option<(usize, usize)> {
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
    fn is_planned(&self, regions: &[Region], said: &mut Said<'_>) -> bool {
        let digits = self.digits();
        if !(SHORTEST..=LONGEST).contains(&digits.len()) {
            return false;
        }
        if let Some(rest) = self.international_digits() {
            return match plans::international(rest) {
                International::Valid => self.has_plus() || !said.other(),
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
        !said.other() && (laid_out || said.announced() || said.numbered(digits[0] != 0))
    }

    /// The digits behind `+` or a prefix of calls abroad.
    fn international_digits(&self) -> Option<&[u8]> {
        let digits = self.digits();
        if self.has_plus() {
            return Some(digits);
        }
        match digits {
            [0, 0, rest @ ..] if rest.len() >= 9 => Some(rest),
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
        if region.calling_code() == 1 {
            let lens = || self.groups().iter().map(|group| group.len);
            return lens().eq([3, 3, 4]) || lens().eq([1, 3, 3, 4]);
        }
        let trunk = digits[0] == 0 && region.has_trunk(digits);
        match self.groups().len() {
            1 => trunk && digits.len() >= 10,
            _ => trunk || digits.len() >= 9 || self.gaps().any(|gap| gap.contains('(')),
        }
    }

    /// A word announces it, and it has the form of a number.
    fn is_announced(&self, said: &mut Said<'_>) -> bool {
        let alone = self.from == 0 && self.to == self.run.groups().len();
        let len = self.digits().len();
        let long_enough = match self.groups().len() {
            1 => (8..=13).contains(&len),
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

    /// No date, range of years, row of thousands, address or mere counting.
    fn has_number_shape(&self) -> bool {
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
            && !self.is_book()
            && !self.is_social_security()
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

    /// `123-45-6789`: no plan writes numbers so, and other things are.
    fn is_social_security(&self) -> bool {
        let lens = self.groups().iter().map(|group| group.len);
        lens.eq([3, 2, 4]) && self.gaps().all(|gap| gap == "-")
    }

    fn is_book(&self) -> bool {
        matches!(self.digits(), [9, 7, 8 | 9, ..]) && self.digits().len() == 13
    }
}

fn is_year(value: u32) -> bool {
    (1900..2100).contains(&value)
}

/// The end of an extension behind a number: `x12`, `ext. 12`, `#12`.
fn extension_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..text::floor(text, at + 24)];
    let word = rest.trim_start_matches([' ', ',']);
    let spaced = word.len() < rest.len();
    let words = ["extension", "ext.", "ext", "доб.", "доб", "x", "X", "#"];
    let behind = words.iter().find_map(|&known| {
        let same = text::starts_with(word.as_bytes(), known.as_bytes());
        same.then(|| &word[known.len()..])
    })?;
    let number = behind.trim_start_matches([' ', ':']);
    // `2 x 3` is no extension: an x with space before it has none behind.
    if spaced && number.len() < behind.len() && word.starts_with(['x', 'X', '#']) {
        return None;
    }
    let digits = number.bytes().take(8).take_while(u8::is_ascii_digit).count();
    (1..=7).contains(&digits).then(|| at + rest.len() - number.len() + digits)
}

/// The last ten digits behind the calling code of North America.
fn with_code_1(digits: &[u8]) -> [u8; 11] {
    let mut number = [1; 11];
    number[1..].copy_from_slice(&digits[digits.len() - 10..]);
    number
}

#[cfg(test)]
mod tests {
    use super::{AFTER, BEFORE, NUMBER, OTHER, WHOSE, extension_end};

    #[test]
    fn words_are_in_order() {
        [&BEFORE, &NUMBER, &WHOSE, &AFTER, &OTHER]
            .into_iter()
            .for_each(super::super::context::check);
    }

    #[test]
    fn extensions_have_up_to_seven_digits() {
        assert_eq!(extension_end("x123 y", 0), Some(4));
        assert_eq!(extension_end(" ext. 12", 0), Some(8));
        assert_eq!(extension_end(" #12", 0), Some(4));
        assert_eq!(extension_end(" x 3 metres", 0), None);
        assert_eq!(extension_end("x12345678", 0), None);
        assert_eq!(extension_end(" next", 0), None);
    }
}
