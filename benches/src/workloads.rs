//! Fixed workloads: the same work on every machine, for counting instructions.

use crate::hostile::FAMILIES;
use crate::policies::{self, Form};
use crate::{game_chat, pack, texts, words};
use std::hint::black_box;
use tamis::{RedactOptions, Ruleset};

/// Work that is ready to be done.
pub type Work = Box<dyn Fn()>;

/// Makes work ready.
pub type Prepare = fn() -> Work;

/// A workload: its name, and what prepares it. Preparing is not counted.
pub const WORKLOADS: &[(&str, Prepare)] = &[
    ("compile/words-402", || {
        let policy = policies::words(&list(), "standard", Form::OneRule);
        Box::new(move || drop(black_box(compiled(black_box(&policy)))))
    }),
    ("compile/profanity-en", || {
        let policy = pack();
        Box::new(move || drop(black_box(black_box(&policy).compile())))
    }),
    ("classify/clean-exact", || classify(words_policy(&list(), "exact"), benign())),
    ("classify/clean-fold", || classify(words_policy(&list(), "fold"), benign())),
    ("classify/clean-standard", || classify(words_policy(&list(), "standard"), benign())),
    ("classify/clean-strong", || classify(words_policy(&list(), "strong"), benign())),
    ("classify/hits", || {
        let texts = texts("chat-en.jsonl");
        let frequent = words::by_frequency(texts.iter().map(String::as_str));
        classify(words_policy(&frequent, "standard"), texts)
    }),
    ("classify/game-chat", || classify(game_chat(), texts("chat-en.jsonl"))),
    ("classify/realistic", || classify(realistic(), texts("chat-en.jsonl"))),
    ("classify/hostile", || {
        let list = list();
        let texts = FAMILIES.iter().map(|family| family.text(200, &list)).collect();
        classify(words_policy(&list, "standard"), texts)
    }),
    ("classify/page", || {
        classify(words_policy(&list(), "standard"), vec![benign().join("\n").repeat(2)])
    }),
    ("batch/one-worker", || {
        let (ruleset, texts) = (words_policy(&list(), "standard"), texts("chat-en.jsonl"));
        drop(ruleset.classify_batch_with(&texts, 1));
        Box::new(move || drop(black_box(ruleset.classify_batch_with(black_box(&texts), 1))))
    }),
    ("redact/chat", || {
        let (ruleset, texts) = (game_chat(), texts("chat-en.jsonl"));
        let verdicts: Vec<_> = texts.iter().map(|t| ruleset.classify(t.as_str())).collect();
        Box::new(move || {
            for (text, verdict) in texts.iter().zip(&verdicts) {
                let input = tamis::Input::new(text.as_str());
                black_box(ruleset.redact(verdict, &input, &RedactOptions::default()));
            }
        })
    }),
    ("fold/multilingual", || {
        let texts = texts("benign-multilingual.jsonl");
        Box::new(move || {
            for text in &texts {
                black_box(tamis::fold(black_box(text)));
            }
        })
    }),
];

/// A list that is made up.
fn list() -> Vec<String> {
    words::made_up(402, 1)
}

fn benign() -> Vec<String> {
    texts("benign-multilingual.jsonl")
}

fn compiled(policy: &str) -> Ruleset {
    policy.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn words_policy(list: &[String], level: &str) -> Ruleset {
    compiled(&policies::words(list, level, Form::OneRule))
}

/// The realistic policy with made-up words and the frequent ones of our chat.
///
/// # Panics
/// When the corpus is missing.
pub fn realistic() -> Ruleset {
    let texts = texts("chat-en.jsonl");
    let common = words::by_frequency(texts.iter().map(String::as_str));
    compiled(&policies::realistic(500, &words::made_up(2_600, 1), &common))
}

/// One text a call, buffers kept and warm.
fn classify(ruleset: Ruleset, texts: Vec<String>) -> Work {
    let run = move || {
        let mut scratch = ruleset.scratch();
        let run = |scratch: &mut _| {
            for text in &texts {
                black_box(ruleset.classify_with(scratch, black_box(text.as_str())));
            }
        };
        run(&mut scratch);
    };
    run();
    Box::new(run)
}
