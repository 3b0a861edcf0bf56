//! The engine, from outside: what a caller pays for. `README.md` says what the figures leave out.
//!
//! Every benchmark first asserts what must be found: a fast wrong answer is no result.
#![allow(missing_docs)] // criterion's macros make public functions

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use tamis::{ActionId, Batch, Input, RedactOptions, Ruleset};
use tamis_benches::policies::{self, Form};
use tamis_benches::{bytes, game_chat, pack, texts, words, workloads};

/// A text in which nothing is found.
const CLEAN: &str = "good game everyone, see you tomorrow at eight";
/// A text in which one rule fires.
const HIT: &str = "FREE gems, click here";

/// How often a batch holds the corpus: once is too little to wake threads for.
const COPIES: usize = 32;
/// Documents of `chat-en.jsonl` that the example flags when no facts are known.
const FLAGGED: usize = 152;
/// Rules of the pack.
const PACK_RULES: usize = 54;
/// Bytes of `benign-multilingual.jsonl` once folded, Hangul as whole syllables.
const FOLDED: usize = 10_448;

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

/// Words of the made-up list.
const WORDS: usize = 402;
/// Documents of `chat-en.jsonl` with a hit, by level, when its 402 most frequent words are looked for.
const LEVELS: [(&str, usize); 4] =
    [("exact", 449), ("fold", 450), ("standard", 450), ("strong", 450)];
/// Documents of `chat-en.jsonl` in which a rule of the realistic policy fires.
const REALISTIC: usize = 13;
/// Characters of `chat-en.jsonl` that the example's redaction replaces.
const REDACTED: usize = 1_539;

fn words_policy(list: &[String], level: &str) -> Ruleset {
    let policy = policies::words(list, level, Form::OneRule);
    policy.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// The documents in which a rule fires.
fn fired(ruleset: &Ruleset, texts: &[String]) -> usize {
    texts.iter().filter(|t| !ruleset.classify(t.as_str()).as_ref().fired().is_empty()).count()
}

/// The levels, on one text a call.
fn levels(c: &mut Criterion) {
    let texts = texts("chat-en.jsonl");
    let mut list = words::by_frequency(texts.iter().map(String::as_str));
    list.truncate(WORDS);
    let mut group = c.benchmark_group("level");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    for (level, expected) in LEVELS {
        let ruleset = words_policy(&list, level);
        assert_eq!(fired(&ruleset, &texts), expected, "{level}");
        let mut scratch = ruleset.scratch();
        group.bench_function(level, |b| {
            b.iter(|| {
                for text in &texts {
                    black_box(ruleset.classify_with(&mut scratch, black_box(text.as_str())));
                }
            });
        });
    }
    let ruleset = workloads::realistic();
    assert_eq!(fired(&ruleset, &texts), REALISTIC);
    let mut scratch = ruleset.scratch();
    group.bench_function("realistic", |b| {
        b.iter(|| {
            for text in &texts {
                black_box(ruleset.classify_with(&mut scratch, black_box(text.as_str())));
            }
        });
    });
    group.finish();
}

fn redact(c: &mut Criterion) {
    let (ruleset, texts) = (game_chat(), texts("chat-en.jsonl"));
    let verdicts: Vec<_> = texts.iter().map(|text| ruleset.classify(text.as_str())).collect();
    let stars = || {
        let redacted = texts.iter().zip(&verdicts).map(|(text, verdict)| {
            let input = Input::new(text.as_str());
            ruleset.redact(verdict, &input, &RedactOptions::default())[0].matches('*').count()
        });
        redacted.sum::<usize>()
    };
    assert_eq!(stars(), REDACTED);
    c.bench_function("redact/chat", |b| b.iter(stars));
}

fn flagged(batch: &Batch) -> usize {
    batch.actions().iter().filter(|&&action| action != ActionId(0)).count()
}

fn batch(c: &mut Criterion) {
    let ruleset = game_chat();
    let texts = vec![texts("chat-en.jsonl"); COPIES].concat();
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Bytes(bytes(&texts)));
    for (name, workers) in [("one-worker", 1), ("two-workers", 2), ("all-cores", 0)] {
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
    let source = policies::words(&words::made_up(WORDS, 1), "standard", Form::OneRule);
    c.bench_function("compile/words-402", |b| b.iter(|| black_box(&source).parse::<Ruleset>()));
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

criterion_group!(engine, classify, levels, batch, compile, fold, redact);
criterion_main!(engine);
