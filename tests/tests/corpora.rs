//! The corpora are what their manifest says, and every file is in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Manifest {
    file: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    about: String,
    rows: usize,
    language: String,
    labels: BTreeSet<String>,
    licence: String,
    source: String,
    sha256: String,
}

/// POLICY.md "Documents", and nothing else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    id: String,
    text: String,
    labels: BTreeSet<String>,
    lang: String,
    #[serde(default)]
    facts: serde_json::Map<String, serde_json::Value>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../corpora")
}

fn manifest() -> Vec<Entry> {
    let text = fs::read_to_string(folder().join("manifest.toml")).unwrap();
    let manifest: Manifest = toml::from_str(&text).unwrap();
    assert!(manifest.file.len() >= 2, "the manifest is nearly empty");
    manifest.file
}

fn documents(entry: &Entry) -> Vec<Document> {
    let text = fs::read_to_string(folder().join(&entry.name)).unwrap();
    let parse = |(number, line)| match serde_json::from_str(line) {
        Ok(document) => document,
        Err(error) => panic!("{}:{}: {error}", entry.name, number + 1),
    };
    text.lines().enumerate().map(parse).collect()
}

#[test]
fn every_file_is_in_the_manifest_and_unchanged() {
    let entries = manifest();
    let listed: BTreeSet<_> = entries.iter().map(|entry| entry.name.clone()).collect();
    let present: BTreeSet<_> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md" && name != "manifest.toml")
        .collect();
    assert_eq!(listed, present);
    for entry in &entries {
        let digest = Sha256::digest(fs::read(folder().join(&entry.name)).unwrap());
        let hex = |byte: &u8| [byte >> 4, byte & 15].map(|d| char::from_digit(d.into(), 16));
        let digest: String = digest.iter().flat_map(hex).flatten().collect();
        assert_eq!(digest, entry.sha256, "{}: update its digest in the manifest", entry.name);
        assert!(!entry.about.is_empty() && !entry.source.is_empty(), "{}", entry.name);
        assert_eq!(entry.licence, "CC0-1.0", "{}", entry.name);
    }
}

#[test]
fn every_document_has_the_shape_and_the_labels_stated() {
    for entry in manifest() {
        let documents = documents(&entry);
        assert_eq!(documents.len(), entry.rows, "{}", entry.name);
        let mut ids = BTreeSet::new();
        let mut labels = BTreeSet::new();
        for document in &documents {
            assert!(ids.insert(&document.id), "{} twice", document.id);
            assert!(!document.text.trim().is_empty(), "{}", document.id);
            let in_language = entry.language == "mul" || entry.language == document.lang;
            assert!(in_language, "{}: {}", document.id, document.lang);
            let flat = document.facts.values().all(|value| !value.is_object());
            assert!(flat, "{}: facts are written with dotted names", document.id);
            labels.extend(document.labels.iter().cloned());
        }
        assert_eq!(labels, entry.labels, "{}", entry.name);
    }
}

#[test]
fn chat_has_enough_of_everything() {
    let entries = manifest();
    let chat = entries.iter().find(|entry| entry.name == "chat-en.jsonl").unwrap();
    let documents = documents(chat);
    assert!(documents.len() >= 400);
    let innocent = documents.iter().filter(|document| document.labels.is_empty()).count();
    assert!(innocent * 5 >= documents.len() * 2, "{innocent} innocent lines are too few");
    for label in &chat.labels {
        let count = documents.iter().filter(|document| document.labels.contains(label)).count();
        assert!(count >= 20, "{label}: {count}");
    }
}
