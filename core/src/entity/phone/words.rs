//! What the words around a number say about it.

use super::super::context::{Word, Words};
use super::super::digits::Run;
use super::super::text;

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
        "cel",
        "cell",
        "cellphone",
        "cellulare",
        "celular",
        "chiama",
        "chiamami",
        "dial",
        "durchwahl",
        "dzwon",
        "erreichbar",
        "facetime",
        "fax",
        "festnetz",
        "fone",
        "fono",
        "goi",
        "gsm",
        "handy",
        "handynummer",
        "helista",
        "hivj",
        "hotline",
        "hubungi",
        "imessage",
        "joignable",
        "joindre",
        "landline",
        "liga",
        "ligar",
        "ligue",
        "llama",
        "llamame",
        "llamar",
        "mob",
        "mobiel",
        "mobil",
        "mobile",
        "mobilnr",
        "mobilnummer",
        "mobiltelefon",
        "movil",
        "nazovi",
        "nohp",
        "pager",
        "ph",
        "phn",
        "phone",
        "phones",
        "portable",
        "pozovi",
        "puh",
        "puhelin",
        "reach",
        "recapito",
        "ring",
        "ruf",
        "rufen",
        "rufnummer",
        "ruft",
        "sdt",
        "simu",
        "skambink",
        "sms",
        "soita",
        "suna",
        "tawag",
        "tawagan",
        "tel",
        "telefon",
        "telefone",
        "telefonnr",
        "telefonnummer",
        "telefono",
        "telefonszam",
        "telefonum",
        "telefoon",
        "telefoonnummer",
        "telemovel",
        "telephone",
        "telephones",
        "telepon",
        "telf",
        "telnr",
        "telp",
        "telpon",
        "text",
        "texting",
        "tfn",
        "tfno",
        "tlf",
        "tlfn",
        "tlfnr",
        "tollfree",
        "txt",
        "viber",
        "voicemail",
        "volat",
        "volej",
        "whatsapp",
        "wsp",
        "zadzwon",
        "zap",
        "zavolej",
        "zvani",
        "καλεσε",
        "κινητο",
        "τηλ",
        "τηλεφωνο",
        "дзвони",
        "зателефонуи",
        "звони",
        "звоните",
        "звонить",
        "моб",
        "мобильныи",
        "подзвони",
        "позвони",
        "позвоните",
        "тел",
        "телефон",
        "телефону",
        "тлф",
        "טלפון",
        "נייד",
        "اتصل",
        "تلفن",
        "تلفون",
        "تماس",
        "جوال",
        "فون",
        "موبايل",
        "موبایل",
        "هاتف",
        "واتساب",
        "फोन",
        "मोबाइल",
    ],
    unspaced: &[
        "มือถือ",
        "โทร",
        "号码",
        "微信",
        "手机",
        "手機",
        "打給",
        "打给",
        "拨打",
        "携帯",
        "电话",
        "致电",
        "連絡先",
        "電話",
        "연락처",
        "전화",
        "핸드폰",
        "휴대폰",
    ],
};
/// Words that say it less surely: numbers are many things.
const NUMBER: Words = Words {
    whole: &[
        "contact",
        "contacto",
        "contato",
        "digits",
        "kontakt",
        "nomor",
        "nr",
        "numara",
        "number",
        "numer",
        "numero",
        "nummer",
        "номер",
        "номеру",
        "رقم",
        "شماره",
    ],
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
        "من",
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
        "landline",
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
        "звони",
        "звоните",
        "моб",
        "позвоните",
        "тел",
    ],
    unspaced: &["电话", "電話", "전화"],
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
        "arxiv",
        "auftrag",
        "bestellnummer",
        "bestellung",
        "blz",
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

/// What the words around a run of digits say; read once a run, and only when asked.
pub(super) struct Said<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    announced: Option<bool>,
    numbered: Option<bool>,
    other: Option<bool>,
}

impl<'t> Said<'t> {
    pub(super) fn new(text: &'t str, run: &Run) -> Self {
        let (start, end) = match run.groups() {
            [] => (0, 0),
            [first, .., last] => (first.start, last.end),
            [only] => (only.start, only.end),
        };
        Self { text, start, end, announced: None, numbered: None, other: None }
    }

    /// A word says that this is a telephone number.
    pub(super) fn announced(&mut self) -> bool {
        let Self { text, start, end, .. } = *self;
        *self.announced.get_or_insert_with(|| {
            BEFORE.before(text, start, WINDOW_BEFORE)
                || is_labelled(text, start)
                || AFTER.after(text, end, WINDOW_AFTER)
                || asks_for_call(text, end)
        })
    }

    /// A word that says so stands directly before it: `phone: 555 0100`.
    pub(super) fn labelled(&self) -> bool {
        let head = self.text[..self.start].trim_end_matches([' ', ':', '.', '#', '=']);
        Word::before(self.text, head.len()).is_some_and(|word| BEFORE.has(&word))
    }

    /// A word calls this a number, and perhaps another says whose.
    pub(super) fn numbered(&mut self, by_somebody: bool) -> bool {
        let Self { text, start, .. } = *self;
        let numbered =
            *self.numbered.get_or_insert_with(|| NUMBER.before(text, start, WINDOW_BEFORE));
        numbered && (!by_somebody || WHOSE.before(text, start, WINDOW_BEFORE))
    }

    /// A word says that it is something else, and none nearby that it is a telephone number.
    pub(super) fn other(&mut self) -> bool {
        let Self { text, start, .. } = *self;
        *self.other.get_or_insert_with(|| {
            let window = WINDOW_OTHER.min(start - sentence_start(text, start));
            (OTHER.before(text, start, window) || is_named(text, start))
                && !AFTER.before(text, start, WINDOW_OTHER)
                && !BEFORE.before(text, start, WINDOW_OTHER)
        })
    }
}

/// The start of the sentence that `at` is in, if it is near. A full stop behind a short word
/// may be that of an abbreviation: `ref. 2125550100`.
fn sentence_start(text: &str, at: usize) -> usize {
    let from = text::ceil(text, at.saturating_sub(WINDOW_OTHER));
    let ends = |(end, _): &(usize, &str)| {
        let head = &text[..from + end];
        !head.ends_with('.') || head[..head.len() - 1].chars().rev().take(6).all(text::is_word)
    };
    let stops = [". ", "! ", "? ", "\n"].into_iter();
    let ends = stops
        .flat_map(|stop| {
            text[from..at].match_indices(stop).map(move |(start, _)| (start + 1, stop))
        })
        .filter(ends);
    ends.map(|(end, _)| from + end).max().unwrap_or(0)
}

/// The word right before `start` says what the number is of: `id 0049…`, `Seriennummer: 0151 …`.
fn is_named(text: &str, start: usize) -> bool {
    const THINGS: [&str; 24] = [
        "barcode",
        "cc",
        "client",
        "customer",
        "ean",
        "id",
        "ids",
        "item",
        "konto",
        "kunde",
        "lottery",
        "lotto",
        "member",
        "orderid",
        "product",
        "serie",
        "session",
        "shipment",
        "transaction",
        "txid",
        "uid",
        "user",
        "userid",
        "uuid",
    ];
    const ENDS: [&str; 4] = ["nummer", "number", "code", "nr"];
    const CALLED: [&str; 8] = ["call", "cell", "fax", "handy", "mobil", "phone", "ruf", "tel"];
    let head = text[..start].trim_end_matches([' ', ':', '#', '.', '=']);
    let Some(word) = Word::before(text, head.len()) else { return false };
    let bytes = word.as_bytes();
    let ends = |end: &str| bytes.len() > end.len() + 1 && bytes.ends_with(end.as_bytes());
    let is_compound = ENDS.iter().any(|end| ends(end))
        && !CALLED.iter().any(|call| bytes.starts_with(call.as_bytes()));
    is_compound || THINGS.iter().any(|thing| thing.as_bytes() == bytes)
}

/// A letter with a colon before a number that starts at `start`, as signatures of letters have:
/// `T: 030 901820`, `M: …`, `P: …`, `F: …`.
fn is_labelled(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches([' ', '(', '+']);
    let Some(label) = head.strip_suffix(':') else { return false };
    let before = label.strip_suffix(['T', 'M', 'P', 'F', 't', 'm', 'p', 'f']);
    before.is_some_and(|before| text::opens(label, before.len()))
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

#[cfg(test)]
mod tests {
    use super::{AFTER, BEFORE, NUMBER, OTHER, WHOSE};

    #[test]
    fn words_are_in_order() {
        [&BEFORE, &NUMBER, &WHOSE, &AFTER, &OTHER]
            .into_iter()
            .for_each(super::super::super::context::check);
    }
}
