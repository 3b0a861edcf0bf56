//! Domains in all their disguises.

use super::{DomainHit, DomainSet, normalize};
use crate::spec::model::Level;
use crate::view::reading::{Reading, Target};
use crate::view::table;

fn set(domains: &[(&str, Level)]) -> DomainSet {
    let names: Vec<(String, Level)> = domains
        .iter()
        .map(|&(domain, level)| (normalize(domain).expect("a domain"), level))
        .collect();
    DomainSet::new((0u32..).zip(&names).map(|(id, (name, level))| (id, name.as_str(), *level)))
}

fn hits(domain: &str, level: Level, text: &str) -> Vec<DomainHit> {
    let mut out = Vec::new();
    set(&[(domain, level)]).find(text, &mut out);
    out
}

/// The host that is found at `level` and not at the level below.
fn first_found_at(domain: &str, text: &str) -> Option<(Level, String)> {
    let at = |&level: &Level| {
        let hit = *hits(domain, level, text).first()?;
        Some((level, text[hit.host.range()].to_owned()))
    };
    Level::ALL.iter().find_map(at)
}

fn check(domain: &str, level: Level, rows: &[(&str, &str)]) {
    for (text, host) in rows {
        let expected = Some((level, (*host).to_owned()));
        assert_eq!(first_found_at(domain, text), expected, "{domain} in {text}");
    }
}

#[test]
fn hosts_are_found_as_they_are_written() {
    check(
        "free-nitro.example",
        Level::Exact,
        &[
            ("https://free-nitro.example/x", "free-nitro.example"),
            ("FREE-NITRO.EXAMPLE", "FREE-NITRO.EXAMPLE"),
            ("(a.b.free-nitro.example:80)", "a.b.free-nitro.example"),
            ("go to free-nitro.example.", "free-nitro.example"),
            ("jane@free-nitro.example", "free-nitro.example"),
            ("**free-nitro.example**", "free-nitro.example"),
            ("__free-nitro.example__", "free-nitro.example"),
            ("//user:pw@free-nitro.example#f", "free-nitro.example"),
            ("https://go.example/?u=http://free-nitro.example", "free-nitro.example"),
            ("去free-nitro.example看", "free-nitro.example"),
            ("a free-nitro.example-based scheme", "free-nitro.example"),
            ("free-nitro.example's rules, l'free-nitro.example", "free-nitro.example"),
        ],
    );
}

#[test]
fn other_hosts_are_none() {
    let others = [
        "not-free-nitro.example",
        "xfree-nitro.example",
        "free-nitro.example.com",
        "free-nitro.examples",
        "free-nitro",
        "free.nitro.example",
        "free nitro dot example",
        "a free-nitro. Example of it",
        "free-nitro..example",
        "free-nitro example",
        "%61free-nitro.example",
        "éfree-nitro.example",
    ];
    for text in others {
        assert_eq!(first_found_at("free-nitro.example", text), None, "{text}");
    }
}

#[test]
fn look_alikes_need_fold() {
    check(
        "free-nitro.example",
        Level::Fold,
        &[
            ("frее-nitrо.example", "frее-nitrо.example"),
            ("ｆｒｅｅ-nitro．example", "ｆｒｅｅ-nitro．example"),
            ("fr\u{200B}ee-nitro.exam\u{AD}ple", "fr\u{200B}ee-nitro.exam\u{AD}ple"),
            ("free-nítro.example", "free-nítro.example"),
            ("free\u{2010}nitro。example", "free\u{2010}nitro。example"),
            ("🅵🆁🅴🅴-nitro.example", "🅵🆁🅴🅴-nitro.example"),
        ],
    );
    check(
        "mail-way.example",
        Level::Fold,
        &[("rnail-way.example", "rnail-way.example"), ("mail-vvay.example", "mail-vvay.example")],
    );
}

#[test]
fn punycode_is_decoded_and_read() {
    check(
        "bücher.example",
        Level::Exact,
        &[("www.xn--bcher-kva.example", "www.xn--bcher-kva.example")],
    );
    check("xn--bcher-kva.example", Level::Exact, &[("BÜCHER.example", "BÜCHER.example")]);
    check("bücher.example", Level::Exact, &[("bu\u{308}cher.example", "bu\u{308}cher.example")]);
    // Five Cyrillic letters that look Latin.
    check("apple.example", Level::Fold, &[("xn--80ak6aa92e.example", "xn--80ak6aa92e.example")]);
    check(
        "пример.рф",
        Level::Exact,
        &[("https://xn--e1afmkfd.xn--p1ai/x", "xn--e1afmkfd.xn--p1ai")],
    );
    // A plain letter is no letter with a mark.
    assert_eq!(first_found_at("bücher.example", "bucher.example"), None);
}

#[test]
fn leet_and_defanging_need_standard() {
    check(
        "free-nitro.example",
        Level::Standard,
        &[
            ("Free-N1tro.example", "Free-N1tro.example"),
            ("fr33-n!tro.example", "fr33-n!tro.example"),
            ("hxxps://free-nitro[.]example/x", "free-nitro[.]example"),
            ("free-nitro(dot)example", "free-nitro(dot)example"),
            ("free-nitro [dot] example!", "free-nitro [dot] example"),
            ("free-nitro dot example", "free-nitro dot example"),
            ("free-nitro .example", "free-nitro .example"),
            ("free-nitro . example", "free-nitro . example"),
            ("free-nitr%6F%2Eexample", "free-nitr%6F%2Eexample"),
            ("a.free-nitro[.]example", "a.free-nitro[.]example"),
        ],
    );
    check("t.me", Level::Standard, &[("t dot me", "t dot me")]);
    assert_eq!(first_found_at("t.me", "I can't. me too"), None);
    assert_eq!(first_found_at("t.me", "I can't.me too"), None);
}

#[test]
fn digits_of_a_domain_are_asked_for() {
    assert_eq!(first_found_at("g00gle.example", "google.example"), None);
    check("g00gle.example", Level::Exact, &[("g00gle.example", "g00gle.example")]);
}

#[test]
fn each_entry_has_its_level_and_its_lowest_cost() {
    let set = set(&[
        ("example.com", Level::Exact),
        ("example.com", Level::Standard),
        ("a.example.com", Level::Fold),
        ("com", Level::Exact),
    ]);
    let ids = |text: &str| {
        let mut out = Vec::new();
        set.find(text, &mut out);
        out.iter().map(|hit| (hit.id, hit.cost > 0)).collect::<Vec<_>>()
    };
    assert_eq!(ids("a.example.com"), [(0, false), (1, false), (2, false), (3, false)]);
    assert_eq!(ids("а.example.com"), [(0, false), (1, false), (2, true), (3, false)]);
    assert_eq!(ids("3xample.com"), [(1, true), (3, false)]);
    assert_eq!(ids("example.com example.com").len(), 6);
}

#[test]
fn links_are_whole() {
    let text = "see hxxps://me@shop.example.com:80/a?b=c#d. Or not";
    let hit = hits("example.com", Level::Exact, text)[0];
    assert_eq!(&text[hit.link.range()], "hxxps://me@shop.example.com:80/a?b=c#d");
    assert_eq!(&text[hit.host.range()], "shop.example.com");
}

#[test]
fn an_empty_set_finds_nothing() {
    assert!(set(&[]).is_empty());
    let mut out = Vec::new();
    set(&[]).find("example.com", &mut out);
    assert!(out.is_empty());
}

#[test]
fn letters_are_read_as_themselves_only() {
    for c in ('a'..='z').chain('A'..='Z').filter(|c| !matches!(c, 'I' | 'l')) {
        assert_eq!(table::fold_exact(c).symbols(), [c.to_ascii_lowercase()]);
        let latin = |r: &Reading| r.target() == Target::Latin;
        assert_eq!(table::readings(c).filter(latin).count(), 0, "{c}");
    }
}

/// Every code point that can be read as a letter is, alone and doubled, inside a label.
#[test]
fn every_reading_is_used() {
    let (mut count, mut missed) = (0, Vec::new());
    let sets: Vec<DomainSet> = ('a'..='z')
        .map(|letter| set(&[(&format!("x{letter}{letter}x.example"), Level::Strong)]))
        .collect();
    for c in (0x21..=u32::from(char::MAX)).filter_map(char::from_u32) {
        let readings = table::readings(c).filter(|r| r.target() == Target::Latin);
        for reading in readings {
            let &[letter @ 'a'..='z'] = reading.symbols() else { continue };
            let text = format!("x{c}{c}x.example");
            let mut out = Vec::new();
            sets[letter as usize - 'a' as usize].find(&text, &mut out);
            let whole = out.iter().any(|hit| hit.host.len() as usize == text.len());
            if !whole {
                missed.push(format!("{c:?} as {letter}"));
            }
            count += 1;
        }
    }
    assert!(count > 2000, "{count}");
    assert!(missed.is_empty(), "{} of {count}: {missed:?}", missed.len());
}
