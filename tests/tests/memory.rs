//! `memory_usage` against an allocator that counts. A test program of its own, since it
//! replaces the allocator; one test, since others would allocate meanwhile.

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use tamis::{Policy, Ruleset};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator is unsafe by nature")]
// SAFETY: everything is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `make` leaves allocated, and what it made.
fn counted<T>(make: impl FnOnce() -> T) -> (T, usize) {
    let before = LIVE.load(Ordering::Relaxed);
    let made = make();
    (made, LIVE.load(Ordering::Relaxed) - before)
}

#[track_caller]
fn agrees(what: &str, said: usize, counted: usize) {
    let (said, counted) = (said as f64, counted as f64);
    let share = said / counted;
    assert!((0.85..=1.15).contains(&share), "{what}: {said} said, {counted} counted");
}

/// Many words, regexes, domains, rules with conditions.
fn large() -> String {
    // So many phrases of one first word take more steps than a text has by default.
    let mut text =
        "policy: large\nfacts: { age: duration }\nlimits: { undoing: 1000 }\nrules:\n".to_owned();
    for rule in 0..40 {
        let _ = writeln!(text, "  - id: rule_{rule}\n    action: review\n    patterns:\n      w:");
        for word in 0..40 {
            let _ = writeln!(text, "        - wo{}rd{}", "abcdefgh".split_at(rule % 8).0, word);
            let _ = writeln!(text, "        - some phrase{word}x{rule}");
        }
        let _ = writeln!(text, "      r: [{{ regex: 'x{rule}[a-z]+y' }}]");
        let _ = writeln!(text, "      d: [{{ domain: example{rule}.com }}]");
        let _ = writeln!(text, "    when: (w or r or d) and (age < {rule} days or count(w) > 1)");
    }
    text
}

#[test]
fn what_is_said_is_what_is_held() {
    // What is made once and shared is not the first ruleset's.
    let pack = Policy::pack("profanity-en").unwrap();
    let _ = pack.compile().unwrap().classify("w.a.r.m up, c4ll <b>me</b>");
    let text = large();
    let _ = text.parse::<Ruleset>().unwrap().classify("warm up");

    let (small, count) = counted(|| "policy: s\nrules: []".parse::<Ruleset>().unwrap());
    assert!(count < 20_000, "{count} bytes for a policy of nothing");
    assert!(small.memory_usage() < 20_000);
    let (ruleset, count) = counted(|| text.parse::<Ruleset>().unwrap());
    agrees("a large ruleset", ruleset.memory_usage(), count);
    let bytes = ruleset.to_bytes();
    let (loaded, count) = counted(|| Ruleset::from_bytes(&bytes).unwrap());
    agrees("a loaded ruleset", loaded.memory_usage(), count);

    let long = "s0me phr@se3x7, wo-r-d12 example3.com x4abcy &#107; ".repeat(400);
    let (scratch, count) = counted(|| {
        let mut scratch = ruleset.scratch();
        let verdict = ruleset.classify_with(&mut scratch, &long);
        assert!(verdict.as_ref().matches().len() > 100);
        scratch
    });
    agrees("a scratch", scratch.memory_usage(), count);
}
