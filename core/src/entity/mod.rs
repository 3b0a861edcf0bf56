//! Recognizers: mail addresses, phone numbers, cards and the like, with the
//! checks that tell the real thing from what only looks like it.
//!
//! Each kind has a file with its [`Doc`], whose examples are its first tests.
//! All read the original text, give exact spans, take linear time and touch no
//! heap until they find something.

mod base58;
mod bech32;
mod birth_date;
mod context;
mod credit_card;
mod crypto_wallet;
mod digits;
mod discord_invite;
pub(crate) mod domain;
mod email;
#[cfg(test)]
mod generated;
mod hosts;
mod iban;
mod ip;
mod keccak;
mod links;
mod months;
mod phone;
mod plans;
pub(crate) mod synonyms;
mod tables;
mod telegram_link;
#[cfg(test)]
mod tests;
mod text;
mod url;
mod us_ssn;
mod whatsapp_link;

use crate::span::Span;
use plans::Region;
use serde::{Deserialize, Serialize};

/// What a recognizer finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// A mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A link.
    Url,
    /// An internet address, version 4 or 6.
    Ip,
    /// An international bank account number.
    Iban,
    /// The number of a payment card.
    CreditCard,
    /// A social security number of the United States.
    UsSsn,
    /// An address that cryptocurrency can be sent to.
    CryptoWallet,
    /// An invitation to a Discord server.
    DiscordInvite,
    /// A link to a Telegram user, group or channel.
    TelegramLink,
    /// A link to a `WhatsApp` chat, group or channel.
    WhatsappLink,
    /// A date of birth, announced as one.
    BirthDate,
}

/// A kind as its users know it. The examples are run as tests.
#[derive(Debug)]
pub(crate) struct Doc {
    /// Its name in policies.
    pub(crate) name: &'static str,
    /// What it finds and what it checks, for the reference.
    pub(crate) what: &'static str,
    /// A pattern as written in a policy.
    pub(crate) example: &'static str,
    /// The regions the examples below are run with.
    pub(crate) regions: &'static [&'static str],
    /// Texts and what is found in each, in order.
    pub(crate) valid: &'static [(&'static str, &'static [&'static str])],
    /// Texts with something that has the form but fails a check.
    pub(crate) invalid: &'static [&'static str],
    /// Texts with something else that looks alike.
    pub(crate) look_alike: &'static [&'static str],
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Email,
        Kind::Phone,
        Kind::Url,
        Kind::Ip,
        Kind::Iban,
        Kind::CreditCard,
        Kind::UsSsn,
        Kind::CryptoWallet,
        Kind::DiscordInvite,
        Kind::TelegramLink,
        Kind::WhatsappLink,
        Kind::BirthDate,
    ];

    /// Every kind, in the order of the reference.
    pub(crate) fn all() -> &'static [Kind] {
        &Self::ALL
    }

    /// The kind that policies call `name`.
    pub(crate) fn parse(name: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in policies.
    pub(crate) fn name(self) -> &'static str {
        self.doc().name
    }

    /// Its documentation.
    pub(crate) fn doc(self) -> &'static Doc {
        match self {
            Kind::Email => &email::DOC,
            Kind::Phone => &phone::DOC,
            Kind::Url => &url::DOC,
            Kind::Ip => &ip::DOC,
            Kind::Iban => &iban::DOC,
            Kind::CreditCard => &credit_card::DOC,
            Kind::UsSsn => &us_ssn::DOC,
            Kind::CryptoWallet => &crypto_wallet::DOC,
            Kind::DiscordInvite => &discord_invite::DOC,
            Kind::TelegramLink => &telegram_link::DOC,
            Kind::WhatsappLink => &whatsapp_link::DOC,
            Kind::BirthDate => &birth_date::DOC,
        }
    }
}

/// What a policy sets on an entity pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Options {
    /// The regions whose national numbers count; in the order written, without repetition.
    regions: Vec<Region>,
}

/// A key of an entity pattern that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OptionError {
    /// The kind has no such key; it has these.
    UnknownKey(&'static [&'static str]),
    /// No numbering plan has this name.
    UnknownRegion(String),
    /// `region:` without a name.
    NoRegion,
}

impl Options {
    /// The keys that patterns of `kind` may have.
    pub(crate) fn keys(kind: Kind) -> &'static [&'static str] {
        match kind {
            Kind::Phone => &["region"],
            _ => &[],
        }
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.regions.capacity() * size_of::<Region>()
    }

    /// Takes one key of a pattern of `kind`. `region` holds codes of two letters
    /// as in ISO 3166, separated by commas or spaces: `US`, `US, CA, MX`.
    pub(crate) fn set(&mut self, kind: Kind, key: &str, value: &str) -> Result<(), OptionError> {
        if !Self::keys(kind).contains(&key) {
            return Err(OptionError::UnknownKey(Self::keys(kind)));
        }
        let names = value.split([',', ' ']).filter(|name| !name.is_empty());
        let before = self.regions.len();
        for name in names {
            let region =
                Region::parse(name).ok_or_else(|| OptionError::UnknownRegion(name.to_owned()))?;
            if !self.regions.contains(&region) {
                self.regions.push(region);
            }
        }
        if before == self.regions.len() && before == 0 {
            return Err(OptionError::NoRegion);
        }
        Ok(())
    }
}

/// Hands everything that recognizers and domains look up to `take`: what can change
/// their answers between versions, beside the code.
pub(crate) fn digest(mut take: impl FnMut(&[u8])) {
    plans::digest(&mut take);
    domain::digest(&mut take);
}

/// True when a text may have anything of a `kind`: most kinds are rows of digits, and most
/// texts have none.
pub(crate) fn may_be_in(kind: Kind, digits: bool, text: &str) -> bool {
    match kind {
        Kind::Phone | Kind::Iban | Kind::CreditCard | Kind::UsSsn | Kind::BirthDate => digits,
        // `dead::beef` has none.
        Kind::Ip => digits || memchr::memchr(b':', text.as_bytes()).is_some(),
        Kind::Email
        | Kind::Url
        | Kind::CryptoWallet
        | Kind::DiscordInvite
        | Kind::TelegramLink
        | Kind::WhatsappLink => true,
    }
}

/// True when `text` has digits; those beyond ASCII are not told from other characters.
pub(crate) fn has_digits(text: &str) -> bool {
    let digit = |byte: u8| u8::from(byte.wrapping_sub(b'0') < 10) | byte >> 7;
    text.bytes().fold(0, |any, byte| any | digit(byte)) != 0
}

/// Appends the places of `text` where there is a `kind`, ascending and disjoint.
///
/// Linear in the text; nothing is allocated unless something is found.
pub(crate) fn find(kind: Kind, options: &Options, text: &str, out: &mut Vec<Span>) {
    let mut add = |start: usize, end: usize| out.push(Span::new(start as u32, end as u32));
    match kind {
        Kind::Email => email::find(text, &mut add),
        Kind::Phone => phone::find(text, &options.regions, &mut add),
        Kind::Url => url::find(text, &mut add),
        Kind::Ip => ip::find(text, &mut add),
        Kind::Iban => iban::find(text, &mut add),
        Kind::CreditCard => credit_card::find(text, &mut add),
        Kind::UsSsn => us_ssn::find(text, &mut add),
        Kind::CryptoWallet => crypto_wallet::find(text, &mut add),
        Kind::DiscordInvite => discord_invite::find(text, &mut add),
        Kind::TelegramLink => telegram_link::find(text, &mut add),
        Kind::WhatsappLink => whatsapp_link::find(text, &mut add),
        Kind::BirthDate => birth_date::find(text, &mut add),
    }
}
