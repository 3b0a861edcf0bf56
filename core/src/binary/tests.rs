//! Loading what was written, and refusing everything else.

use super::header;
use super::{Extras, LoadError, changed, sealed};
use crate::date::Date;
use crate::policy::Policy;
use crate::redact::RedactOptions;
use crate::ruleset::{People, Ruleset, fingerprint};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A bit of everything that tables can hold.
const POLICY: &str = r#"
policy: all
version: "3"
fields: [title, body]
facts:
  author.age: duration
  author.name: { type: text, default: nobody }
  trusted: { type: bool, default: false }
  toxicity: { type: number, default: 0.5 }
  roles: { type: set, default: [mod, admin] }
actions: [allow, review, block]
exempt: trusted or 'owner' in roles
labels:
  spam: { at: { review: 1.5, block: 6 }, description: "For staff." }
  rude: { block: 3 }
limits: { undoing: 100 }
saturated: block
except: ["cold cash", { quoted: true }]
lists: { hosts: [example.com, пример.example] }
rules:
  - id: trade
    label: spam
    points: 1.25
    inflect: en
    description: "Words of all kinds."
    message: "Not {match}."
    tags: [a, b]
    meta: { owner: me }
    expires: 2026-11-30
    patterns:
      plain: [cash, "café", "don't go", "free money now", "½ price", "g*ld", "*coin*", "日本", "™"]
      exact: { any: [Cash, "1488"], case: sensitive, evasion: exact, in: [title] }
      strong: { any: [{ text: treasure, veto: off }, "señor"], evasion: strong, boundary: any }
    except: ["cash back", { after: [never], words: 2 }, { before: [only] }]
    repeat: { each: 0.5, max: 3, of: plain }
    redact: [plain]
  - id: finds
    label: rude
    points: -1
    lang: [de, pt-BR]
    patterns:
      r: [{ regex: 'a+b' }, { regex: 'X[0-9]{2}', case: sensitive, view: raw, boundary: word }]
      e: [{ entity: phone, region: "US, DE" }, { entity: email }]
      d: [{ list: hosts, as: domain }, { domain: example.org, evasion: strong }]
    when: (r or e or d) and not trade and count(r) + 1 > -2 and 2 of (r, e, trade)
  - id: asks
    action: block
    mode: shadow
    patterns: { act: [run], who: [you] }
    when: >
      near(act, who, 3) or before(act, who) or before(act, who, 2) or same_sentence(act, who)
      or starts(act) or ends(act) or whole(who) or distinct(act) > 1
      or (author.age < 2 days and author.name in ['x', 'y'] and author.name != 'z')
      or caps_ratio(title) > 0.5 or toxicity * 2 >= 1.5 or evasion_cost > 0.3
"#;

static MADE: LazyLock<Ruleset> = LazyLock::new(|| match POLICY.parse() {
    Ok(ruleset) => ruleset,
    Err(error) => panic!("{error}"),
});
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| MADE.to_bytes());

const TEXTS: [&str; 5] = [
    "free money now, don't go: c@sh $$$ cash cash back",
    "Run, you! X12 aab call +1 202 555 0123 or write a@example.com",
    "https://www.example.com/x пример.example t r e a s u r e",
    "日本 ½ price 1488 Cash goooold bitcoins",
    "",
];

/// The ruleset decides, however odd it is.
fn exercise(ruleset: &Ruleset) {
    for text in TEXTS {
        let verdict = ruleset.classify(text);
        let input = text.into();
        let _ = ruleset.explain(&verdict, &input);
        let _ = ruleset.redact(&verdict, &input, &RedactOptions::default());
    }
}

#[test]
fn what_is_loaded_is_what_was_written() {
    let loaded = Ruleset::from_bytes(&BYTES).unwrap();
    assert_eq!(loaded.fingerprint(), MADE.fingerprint());
    assert_eq!(loaded.to_bytes(), *BYTES);
    let debug = |ruleset: &Ruleset| format!("{:?}", ruleset.inner().tables);
    assert_eq!(debug(&loaded), debug(&MADE));
    for text in TEXTS {
        assert_eq!(loaded.classify(text), MADE.classify(text), "{text}");
    }
    let late = Date::new(2026, 12, 1).unwrap();
    assert!(loaded.warnings().is_empty());
    let expired: Vec<String> = loaded.expired(late).iter().map(|d| d.message.clone()).collect();
    assert_eq!(expired, ["the rule `trade` expired on 2026-11-30"]);
    assert!(loaded.expired(late).to_string().contains("<compiled>"));
}

#[test]
fn packs_are_loaded_as_they_were_written() {
    for name in ["profanity-en", "hate-en"] {
        let made = Policy::pack(name).unwrap().compile().unwrap();
        let loaded = Ruleset::from_bytes(&made.to_bytes()).unwrap();
        assert_eq!(loaded.fingerprint(), made.fingerprint());
        assert_eq!(format!("{:?}", loaded.inner().tables), format!("{:?}", made.inner().tables));
    }
}

#[test]
fn descriptions_are_stored_and_change_no_fingerprint() {
    let other: Ruleset = POLICY.replace("Words of all kinds", "Other words").parse().unwrap();
    assert_eq!(other.fingerprint(), MADE.fingerprint());
    let loaded = Ruleset::from_bytes(&other.to_bytes()).unwrap();
    assert_eq!(loaded.rules()[0].description.as_deref(), Some("Other words."));
    let other: Ruleset = POLICY.replace("[cash,", "[cash, dough,").parse().unwrap();
    assert_ne!(other.fingerprint(), MADE.fingerprint());
}

fn refusal(bytes: &[u8]) -> LoadError {
    Ruleset::from_bytes(bytes).unwrap_err()
}

#[test]
fn what_is_not_one_says_so() {
    assert_eq!(refusal(b""), LoadError::Foreign);
    assert_eq!(refusal(b"policy: demo\n"), LoadError::Foreign);
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n"), LoadError::Foreign);
    let with = |at: usize, bytes: &[u8]| {
        let mut copy = BYTES.clone();
        copy[at..at + bytes.len()].copy_from_slice(bytes);
        refusal(&copy)
    };
    assert_eq!(with(8, &[99]), LoadError::Format(99));
    assert_eq!(with(12, b"9.9.9\0"), LoadError::Engine("9.9.9".to_owned()));
    assert_eq!(with(12, b"\x1b[31m\0"), LoadError::Engine("?[31m".to_owned()));
    assert_eq!(with(40, &[BYTES[40] ^ 1]), LoadError::Checksum);
    assert_eq!(refusal(&[&**BYTES, b"xy"].concat()), LoadError::Trailing(2));
    assert!(Ruleset::is_compiled(&BYTES) && !Ruleset::is_compiled(b"policy"));
    for error in [LoadError::Format(9), LoadError::Checksum, LoadError::Truncated(None)] {
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn every_cut_is_noticed() {
    for len in 1..BYTES.len() {
        let error = refusal(&BYTES[..len]);
        assert!(matches!(error, LoadError::Truncated(_)), "{len}: {error:?}");
    }
}

#[test]
fn every_flipped_byte_is_noticed() {
    let mut copy = BYTES.clone();
    for at in 0..copy.len() {
        copy[at] ^= 1 << (at % 8);
        assert!(Ruleset::from_bytes(&copy).is_err(), "byte {at}");
        copy[at] ^= 1 << (at % 8);
    }
}

fn parts(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let header = header::read(bytes).unwrap();
    (header.tables.to_vec(), header.extras.to_vec())
}

#[test]
fn another_build_is_noticed() {
    let (mut tables, extras) = parts(&BYTES);
    let digest = fingerprint::digest(&tables);
    let foreign = header::write([7; 16], &digest, &tables, &extras);
    assert_eq!(refusal(&foreign), LoadError::OtherBuild);
    tables.push(0);
    assert!(matches!(refusal(&sealed(&tables, &extras)), LoadError::Damaged(_)));
    let (tables, mut extras) = parts(&BYTES);
    extras.push(0);
    assert!(matches!(refusal(&sealed(&tables, &extras)), LoadError::Damaged(_)));
    let none = Extras { people: People::default(), expiries: Vec::new() };
    let none = postcard::to_allocvec(&none).unwrap();
    assert!(matches!(refusal(&sealed(&tables, &none)), LoadError::Damaged(_)));
}

/// A change of bytes.
#[derive(Clone, Debug)]
enum Change {
    Set(usize, u8),
    Flip(usize, u8),
    Cut(usize),
    Insert(usize, u8),
    Remove(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        4 => (at(), prop_oneof![any::<u8>(), 0..4_u8]).prop_map(|(at, byte)| Change::Set(at, byte)),
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => at().prop_map(Change::Cut),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        1 => at().prop_map(Change::Remove),
    ]
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let len = bytes.len();
        match *self {
            Change::Set(at, byte) => bytes[at % len] = byte,
            Change::Flip(at, bit) => bytes[at % len] ^= 1 << bit,
            Change::Cut(at) => bytes.truncate(at % len),
            Change::Insert(at, byte) => bytes.insert(at % len, byte),
            Change::Remove(at) => drop(bytes.remove(at % len)),
        }
    }
}

/// Many more than usual: each is quick. `PROPTEST_CASES` asks for other numbers.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1500)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    /// Changed tables under a checksum that fits: what loads is sound all the same.
    #[test]
    fn changed_tables_are_refused_or_sound(changes in prop::collection::vec(change(), 1..4)) {
        let change = |tables: &mut Vec<u8>| changes.iter().for_each(|change| change.apply(tables));
        if let Ok(ruleset) = Ruleset::from_bytes(&changed(&BYTES, change).unwrap()) {
            exercise(&ruleset);
        }
    }

    #[test]
    fn changed_extras_are_refused_or_sound(changes in prop::collection::vec(change(), 1..4)) {
        let (tables, mut extras) = parts(&BYTES);
        for change in &changes {
            change.apply(&mut extras);
        }
        if let Ok(ruleset) = Ruleset::from_bytes(&sealed(&tables, &extras)) {
            let _ = ruleset.expired(Date::new(9999, 12, 31).unwrap()).to_string();
        }
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Ruleset::from_bytes(&bytes).is_err());
        let bytes = [&header::MAGIC[..], &bytes].concat();
        prop_assert!(Ruleset::from_bytes(&bytes).is_err());
    }
}
