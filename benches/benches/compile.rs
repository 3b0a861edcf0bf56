//! Compiling and loading: what a process pays before its first text.
#![allow(missing_docs)] // criterion's macros make public functions

use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::BTreeSet;
use std::hint::black_box;
use tamis::{Policy, Ruleset};

const WORDS: usize = 10_000;

/// So many different words that can be spoken, the same on every machine.
fn words() -> BTreeSet<String> {
    let (heads, hearts) = (
        ["b", "br", "d", "f", "gl", "k", "l", "m", "n", "p", "st", "t", "v", "z"],
        ["a", "e", "i", "o", "u", "ai", "ou", "ee"],
    );
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let mut words = BTreeSet::new();
    while words.len() < WORDS {
        let word: String = (0..2 + below(3))
            .map(|_| heads[below(heads.len())].to_owned() + hearts[below(hearts.len())])
            .collect();
        words.insert(word);
    }
    words
}

/// One rule with all of them, at the level `standard`.
fn policy() -> String {
    let list: Vec<String> = words().iter().map(|word| format!("      - {word}\n")).collect();
    format!(
        "policy: words\nlabels: {{ rude: {{ review: 1 }} }}\nrules:\n  - id: list\n    \
         label: rude\n    points: 1\n    patterns:\n{}",
        list.concat()
    )
}

fn compile(c: &mut Criterion) {
    let text = policy();
    let read: Policy = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let ruleset = read.compile().unwrap_or_else(|error| panic!("{error}"));
    let bytes = ruleset.to_bytes();
    let loaded = Ruleset::from_bytes(&bytes).unwrap_or_else(|error| panic!("it {error}"));
    assert_eq!(loaded.inventory().literals, WORDS);
    assert_eq!(loaded.fingerprint(), ruleset.fingerprint());
    let mut group = c.benchmark_group("compile-10k-words");
    group.sample_size(20);
    group.bench_function("read", |b| b.iter(|| black_box(&text).parse::<Policy>()));
    group.bench_function("compile", |b| b.iter(|| black_box(&read).compile()));
    group.bench_function("to_bytes", |b| b.iter(|| black_box(&ruleset).to_bytes()));
    group.bench_function("from_bytes", |b| b.iter(|| Ruleset::from_bytes(black_box(&bytes))));
    group.finish();
}

criterion_group!(benches, compile);
criterion_main!(benches);
