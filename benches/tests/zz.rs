//! temp
use tamis_benches::policies::{self, Form};
use tamis_benches::{game_chat, texts, words, workloads};
#[test]
fn zz() {
    let t = texts("chat-en.jsonl");
    let mut list = words::by_frequency(t.iter().map(String::as_str));
    list.truncate(402);
    for level in ["exact", "fold", "standard", "strong"] {
        let r: tamis::Ruleset = policies::words(&list, level, Form::OneRule).parse().unwrap();
        println!("ZZ {level} {}", t.iter().filter(|t| !r.classify(t.as_str()).as_ref().fired().is_empty()).count());
    }
    let r = workloads::realistic();
    println!("ZZ realistic {}", t.iter().filter(|t| !r.classify(t.as_str()).as_ref().fired().is_empty()).count());
    let r = game_chat();
    let n: usize = t.iter().map(|t| { let v = r.classify(t.as_str()); r.redact(&v, &tamis::Input::new(t.as_str()), &tamis::RedactOptions::default())[0].matches('*').count() }).sum();
    println!("ZZ redacted {n}");
}
