//! The examples of the documentation, and what holds for every kind.

use proptest::prelude::*;

use super::domain::{DomainSet, normalize};
use super::{Doc, Kind, OptionError, Options, find, has_digits, may_be_in};
use crate::span::Span;
use crate::spec::model::Level;

fn options(doc: &Doc) -> Options {
    let mut options = Options::default();
    if !doc.regions.is_empty() {
        options.set(Kind::Phone, "region", &doc.regions.join(",")).expect("known regions");
    }
    options
}

fn spans(kind: Kind, options: &Options, text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    find(kind, options, text, &mut out);
    assert!(out.is_empty() || may_be_in(kind, has_digits(text), text), "{kind:?} in {text:?}");
    out
}

fn found(kind: Kind, text: &str) -> Vec<&str> {
    let spans = spans(kind, &options(kind.doc()), text);
    spans.into_iter().map(|span| &text[span.range()]).collect()
}

#[test]
fn examples_are_true() {
    let mut wrong = Vec::new();
    for &kind in Kind::all() {
        let doc = kind.doc();
        for &(text, expected) in doc.valid {
            if found(kind, text) != expected {
                wrong.push(format!("{}: {text:?} gave {:?}", doc.name, found(kind, text)));
            }
        }
        for text in doc.invalid.iter().chain(doc.look_alike) {
            if !found(kind, text).is_empty() {
                wrong.push(format!("{}: {text:?} gave {:?}", doc.name, found(kind, text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formats_are_found_and_look_alikes_are_not() {
    let mut wrong = Vec::new();
    let lines = include_str!("formats.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (kind, marked) = line.split_once('\t').expect("a kind and a text");
        let kind = Kind::parse(kind).unwrap_or_else(|| panic!("{line}"));
        let expected: Vec<&str> =
            marked.split("[[").skip(1).map(|part| part.split("]]").next().unwrap_or("")).collect();
        let text = marked.replace("[[", "").replace("]]", "");
        if found(kind, &text) != expected {
            wrong.push(format!("{line}: {:?}", found(kind, &text)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_is_documented() {
    for &kind in Kind::all() {
        let doc = kind.doc();
        assert_eq!(Kind::parse(doc.name), Some(kind));
        assert!(doc.what.ends_with('.') && doc.example.contains(doc.name), "{}", doc.name);
        assert!(doc.valid.len() >= 4 && doc.invalid.len() >= 4 && doc.look_alike.len() >= 4);
    }
    assert_eq!(Kind::parse("telephone"), None);
}

#[test]
fn places_do_not_depend_on_what_is_around() {
    for &kind in Kind::all() {
        for &(text, expected) in kind.doc().valid {
            let around = format!("« {text} »");
            assert_eq!(found(kind, &around), expected, "{around}");
        }
    }
}

#[test]
fn options_are_checked() {
    let mut options = Options::default();
    assert_eq!(options.set(Kind::Phone, "region", "us, GB,us"), Ok(()));
    assert_eq!(options.regions.len(), 2);
    assert_eq!(
        options.set(Kind::Phone, "region", "XX"),
        Err(OptionError::UnknownRegion("XX".into()))
    );
    assert_eq!(Options::default().set(Kind::Phone, "region", " "), Err(OptionError::NoRegion));
    assert_eq!(
        options.set(Kind::Phone, "country", "US"),
        Err(OptionError::UnknownKey(&["region"]))
    );
    assert_eq!(options.set(Kind::Email, "region", "US"), Err(OptionError::UnknownKey(&[])));
}

fn check_spans(text: &str, spans: &[Span]) {
    for span in spans {
        assert!(!span.is_empty() && text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
    let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(apart, "{spans:?} in {text:?}");
}

/// Texts made of the parts that recognizers look at.
fn parts() -> impl Strategy<Value = String> {
    let examples = Kind::all().iter().flat_map(|kind| {
        let doc = kind.doc();
        doc.valid.iter().map(|row| row.0).chain(doc.invalid.iter().copied())
    });
    let mut atoms: Vec<&str> = examples.collect();
    atoms.extend([
        "@",
        " at ",
        " dot ",
        "dot",
        "＠",
        "ｍ．ｃｏｍ",
        "mail ",
        "한",
        ".",
        "/",
        ":",
        "://",
        "+",
        "-",
        "(",
        ")",
        "[",
        "]",
        " ",
        "\n",
        "\u{200B}",
        "\u{301}",
        "1",
        "12",
        "0000",
        "www.",
        "xn--",
        "%61",
        "%",
        "%D0",
        " dot ",
        "[.]",
        "。",
        "７",
        "é",
        "看",
        "t.me",
        "example.com",
        "т",
        "😀",
        "x",
        "١",
    ]);
    prop::collection::vec(prop::sample::select(atoms), 0..12).prop_map(|parts| parts.concat())
}

fn domains() -> DomainSet {
    let names = ["example.com", "t.me", "xn--bcher-kva.example", "пример.рф", "192.0.2.17"];
    let names: Vec<String> = names.iter().map(|name| normalize(name).expect("a domain")).collect();
    DomainSet::new((0u32..).zip(&names).map(|(id, name)| (id, name.as_str(), Level::Strong)))
}

fn check_everything(text: &str) {
    for &kind in Kind::all() {
        check_spans(text, &spans(kind, &options(kind.doc()), text));
    }
    let mut hits = Vec::new();
    domains().find(text, &mut hits);
    for hit in hits {
        assert!(text.get(hit.host.range()).is_some() && text.get(hit.link.range()).is_some());
        assert!(hit.link.contains(hit.host) && !hit.host.is_empty());
    }
}

proptest! {
    #[test]
    fn arbitrary_texts_are_read(text in any::<String>()) {
        check_everything(&text);
    }

    #[test]
    fn mixed_parts_are_read(text in parts()) {
        check_everything(&text);
    }
}
