//! The engine, from outside: what a caller pays for. `README.md` says what the figures leave out.
//!
//! Every benchmark first asserts what must be found: a fast wrong answer is no result.
#![allow(missing_docs)] // criterion's macros make public functions

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use tamis::{ActionId, Batch};
use tamis_benches::{bytes, game_chat, pack, texts};

/// A text in which nothing is found.
const CLEAN: &str = "good game everyone, see you tomorrow at eight";
/// A text in which one rule fires.
const HIT: &str = "FREE gems, click here";

/// How often a batch holds the corpus: once is too little to wake threads for.
const COPIES: usize = 32;
/// Documents of `chat-en.jsonl` that the example flags when no facts are known.
const FLAGGED: usize = 152;
/// Rules of the pack.
const PACK_RULES: usize = 53;
/// Bytes of `benign-multilingual.jsonl` once folded, Hangul as whole syllables.
const FOLDED: usize = 10_454;

fn classify(c: &mut Criterion) {
    let ruleset = game_chat();
    let mut scratch = ruleset.scratch();
    let mut group = c.benchmark_group("classify");
    for (name, text, fired) in [("clean", CLEAN, 0), ("hit", HIT, 1)] {
        assert_eq!(ruleset.classify(text).as_ref().fired().len(), fired, "{name}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| ruleset.classify_with(&mut scratch, black_box(text)));
        });
    }
    group.finish();
}

fn flagged(batch: &Batch) -> usize {
    batch.actions().iter().filter(|&&action| action != ActionId(0)).count()
}

fn batch(c: &mut Criterion) {
    let ruleset = game_chat();
    let texts = vec![texts("chat-en.jsonl"); COPIES].concat();
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    for (name, workers) in [("one-worker", 1), ("all-cores", 0)] {
        assert_eq!(
            flagged(&ruleset.classify_batch_with(&texts, workers)),
            FLAGGED * COPIES,
            "{name}"
        );
        group.bench_function(name, |b| {
            b.iter(|| ruleset.classify_batch_with(black_box(&texts), workers));
        });
    }
    group.finish();
}

fn compile(c: &mut Criterion) {
    let policy = pack();
    let ruleset = policy.compile().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ruleset.rules().len(), PACK_RULES);
    c.bench_function("compile/profanity-en", |b| b.iter(|| black_box(&policy).compile()));
}

fn fold(c: &mut Criterion) {
    let texts = texts("benign-multilingual.jsonl");
    let folded: usize = texts.iter().map(|text| tamis::fold(text).len()).sum();
    assert_eq!(folded, FOLDED);
    let mut group = c.benchmark_group("fold");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    group.bench_function("multilingual", |b| {
        b.iter(|| texts.iter().map(|text| tamis::fold(black_box(text)).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(engine, classify, batch, compile, fold);
criterion_main!(engine);
