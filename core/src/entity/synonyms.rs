//! What other tools and everyday language call the kinds of entities.

use super::Kind;

/// The kind that somebody who writes `word` means.
pub(crate) fn meant(word: &str) -> Option<Kind> {
    let word = folded(word);
    let called = |kind: Kind| {
        kind.name().replace('_', "") == word || synonyms(kind).contains(&word.as_str())
    };
    Kind::all().iter().copied().find(|kind| called(*kind)).or_else(|| {
        // `phone_number`, `email_addresses`: the last word says nothing.
        let plain = ENDS.iter().find_map(|end| word.strip_suffix(end))?;
        (!plain.is_empty()).then(|| meant(plain))?
    })
}

const ENDS: [&str; 12] = [
    "recognizer",
    "numbers",
    "number",
    "addresses",
    "address",
    "links",
    "link",
    "codes",
    "code",
    "nr",
    "no",
    "s",
];

/// Without case and separators.
fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Other names, folded, without the ends above.
fn synonyms(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Email => &["mail", "emailaddr", "mailaddr"],
        Kind::Phone => &[
            "telephone",
            "tel",
            "mobile",
            "mobilephone",
            "cell",
            "cellphone",
            "handy",
            "fax",
            "msisdn",
        ],
        Kind::Url => &["uri", "http", "https", "hyperlink", "web", "website", "webaddress", "link"],
        Kind::Ip => &["ipv4", "ipv6", "ipaddr", "internetaddress"],
        Kind::Iban => &["bankaccount", "bank", "internationalbankaccount"],
        Kind::CreditCard => &[
            "card",
            "cc",
            "ccn",
            "pan",
            "debitcard",
            "bankcard",
            "payment",
            "paymentcard",
            "visa",
            "mastercard",
            "amex",
        ],
        Kind::UsSsn => &["ssn", "socialsecurity", "ussocialsecurity"],
        Kind::CryptoWallet => &[
            "crypto",
            "wallet",
            "bitcoin",
            "btc",
            "ethereum",
            "eth",
            "cryptocurrency",
            "bitcoinwallet",
        ],
        Kind::DiscordInvite => &["discord", "invite", "discordserver"],
        Kind::TelegramLink => &["telegram", "tme"],
        Kind::WhatsappLink => &["whatsapp", "wame"],
        Kind::BirthDate => &["dob", "birthday", "dateofbirth", "birth", "born", "bday"],
    }
}

#[cfg(test)]
mod tests {
    use super::{ENDS, Kind, folded, meant, synonyms};

    #[test]
    fn other_names() {
        for (word, kind) in [
            ("telephone", Kind::Phone),
            ("PHONE_NUMBER", Kind::Phone),
            ("mail", Kind::Email),
            ("EMAIL_ADDRESS", Kind::Email),
            ("emails", Kind::Email),
            ("creditcard", Kind::CreditCard),
            ("Card Number", Kind::CreditCard),
            ("SSN", Kind::UsSsn),
            ("social-security-number", Kind::UsSsn),
            ("IBAN_CODE", Kind::Iban),
            ("link", Kind::Url),
            ("website", Kind::Url),
            ("ip-address", Kind::Ip),
            ("bitcoin_address", Kind::CryptoWallet),
            ("date of birth", Kind::BirthDate),
            ("UsSsnRecognizer", Kind::UsSsn),
        ] {
            assert_eq!(meant(word), Some(kind), "{word}");
        }
        for word in ["", "s", "name", "address", "number", "passport"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    #[test]
    fn names_are_folded_and_of_one_kind() {
        for &kind in Kind::all() {
            assert_eq!(meant(kind.name()), Some(kind));
            for name in synonyms(kind) {
                assert_eq!(folded(name), *name);
                assert_eq!(meant(name), Some(kind), "{name}");
            }
        }
        assert!(ENDS.iter().all(|end| folded(end) == *end));
    }
}
