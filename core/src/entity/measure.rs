use super::{Kind, Options, find};
use std::time::Instant;

fn opts(regions: &str) -> Options {
    let mut o = Options::default();
    if !regions.is_empty() {
        o.set(Kind::Phone, "region", regions).unwrap();
    }
    o
}

#[test]
#[ignore]
fn pii() {
    let rows = std::fs::read_to_string("/work/shared/corpora/spans/pii.jsonl").unwrap();
    for regions in ["", "US", "US,GB,DE,IL,IN,CA,BR"] {
        let o = opts(regions);
        for (kind, name) in [
            (Kind::CreditCard, "CREDIT_CARD"),
            (Kind::Phone, "PHONE_NUMBER"),
            (Kind::Email, "EMAIL_ADDRESS"),
            (Kind::Iban, "IBAN_CODE"),
            (Kind::UsSsn, "US_SSN"),
            (Kind::Ip, "IP_ADDRESS"),
            (Kind::Url, "DOMAIN_NAME"),
            (Kind::CryptoWallet, "X"),
            (Kind::BirthDate, "X"),
        ] {
            let (mut tp, mut fp, mut fnn, mut overlap_tp) = (0, 0, 0, 0);
            for line in rows.lines() {
                let v: serde_json::Value = serde_json::from_str(line).unwrap();
                let text = v["text"].as_str().unwrap();
                let offs: Vec<usize> =
                    text.char_indices().map(|x| x.0).chain([text.len()]).collect();
                let gold: Vec<(usize, usize)> = v["spans"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|s| s[2] == name)
                    .map(|s| {
                        (
                            offs[s[0].as_u64().unwrap() as usize],
                            offs[s[1].as_u64().unwrap() as usize],
                        )
                    })
                    .collect();
                let mut out = Vec::new();
                find(kind, &o, text, &mut out);
                for s in &out {
                    let p = (s.start as usize, s.end as usize);
                    if gold.contains(&p) {
                        tp += 1
                    } else {
                        fp += 1;
                        if regions.is_empty() || kind == Kind::Phone {
                            println!(
                                "FP {name} {regions}: {:?} in {:?}",
                                &text[p.0..p.1],
                                &text[super::text::floor(text, p.0.saturating_sub(40))
                                    ..super::text::ceil(text, p.1 + 15)]
                            );
                        }
                    }
                }
                for g in &gold {
                    if out.iter().any(|s| (s.start as usize) < g.1 && g.0 < s.end as usize) {
                        overlap_tp += 1
                    }
                    if !out.iter().any(|s| (s.start as usize, s.end as usize) == *g) {
                        fnn += 1;
                        if regions.is_empty() {
                            println!(
                                "FN {name}: {:?} in {:?}",
                                &text[g.0..g.1],
                                &text[super::text::floor(text, g.0.saturating_sub(40))
                                    ..super::text::ceil(text, g.1 + 15)]
                            );
                        }
                    }
                }
            }
            println!(
                "== [{regions}] {name}: tp {tp} fp {fp} fn {fnn} P {:.3} R {:.3} overlapR {:.3}",
                tp as f64 / (tp + fp).max(1) as f64,
                tp as f64 / (tp + fnn).max(1) as f64,
                overlap_tp as f64 / (tp + fnn).max(1) as f64
            );
        }
    }
}

#[test]
#[ignore]
fn benign() {
    let path = std::env::var("CORPUS").unwrap();
    let rows = std::fs::read_to_string(path).unwrap();
    let o = opts("US,GB");
    let mut n = 0;
    let mut counts = [0; 12];
    for line in rows.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = v["text"].as_str().unwrap();
        n += 1;
        for (i, &kind) in Kind::all().iter().enumerate() {
            let mut out = Vec::new();
            find(kind, &o, text, &mut out);
            for s in &out {
                counts[i] += 1;
                if counts[i] < 60 && (kind != Kind::Url || counts[i] % 3 == 0) {
                    println!(
                        "{}\t{:?}\t{:?}",
                        kind.name(),
                        &text[s.range()],
                        &text[super::text::floor(text, s.start.saturating_sub(30) as usize)
                            ..super::text::ceil(text, s.end as usize + 15)]
                    );
                }
            }
        }
    }
    println!("rows {n}");
    for (k, c) in Kind::all().iter().zip(counts) {
        println!("{}: {c}", k.name());
    }
}

#[test]
#[ignore]
fn speed() {
    let unit = [
        "@",
        "a@",
        "1.1.1.1.",
        "1.",
        "dot dot dot ",
        " dot a",
        "a.a",
        "[.]",
        "1 ",
        "11 ",
        "123 ",
        "(1",
        "+1",
        "4111 1111 1111 1111 ",
        "4111-",
        "call 555 ",
        "x:",
        "::",
        "1:",
        "fe80::",
        "GB33",
        "GB33 ",
        "aa1",
        "http://",
        "http://a/",
        "://",
        "www.",
        "/",
        "t.me/",
        "discord.gg/",
        ".gg/",
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb ",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD ",
        "5/5/1990 ",
        "may 1 ",
        "1 may ",
        "xn--a.",
        "xn--80ak6aa92e.com ",
        "%61",
        "\u{200B}",
        "1\u{200B}",
        "a\u{200B}.",
        "é",
        "привет ",
        "۰۱",
        "[at]",
        "a [at] a (dot) ",
        "1111.com ",
        "iiii.com ",
        "l1i!.com ",
        ".com",
        "example.com/",
        "https://example.com/example.com/",
        "(((",
        ")))",
        "- - - -",
        "hello world this is a comment. ",
    ];
    let o = opts("US,GB,DE");
    let names: Vec<String> = [
        "example.com",
        "t.me",
        "illl.com",
        "liil.com",
        "iiii.com",
        "llll.com",
        "lili.com",
        "пример.рф",
    ]
    .iter()
    .map(|n| super::domain::normalize(n).unwrap())
    .collect();
    let set = super::domain::DomainSet::new(
        (0u32..).zip(&names).map(|(i, n)| (i, n.as_str(), crate::spec::model::Level::Standard)),
    );
    for u in unit {
        let mut line = format!("{u:?}:");
        let time = |f: &mut dyn FnMut(&str)| -> (f64, f64) {
            let mut r = [0.0f64; 2];
            for (i, size) in [100_000usize, 1_000_000].iter().enumerate() {
                let text = u.repeat(size / u.len());
                let t = Instant::now();
                f(&text);
                r[i] = text.len() as f64 / 1e6 / t.elapsed().as_secs_f64();
            }
            (r[0], r[1])
        };
        for &kind in Kind::all() {
            let mut out = Vec::with_capacity(1 << 20);
            let (a, b) = time(&mut |t: &str| {
                out.clear();
                find(kind, &o, t, &mut out)
            });
            if b < 60.0 || b < a * 0.6 {
                line += &format!(" {}={a:.0}/{b:.0}", kind.name());
            }
        }
        let mut out = Vec::with_capacity(1 << 20);
        let (a, b) = time(&mut |t: &str| {
            out.clear();
            set.find(t, &mut out)
        });
        if b < 60.0 || b < a * 0.6 {
            line += &format!(" DOMAIN={a:.0}/{b:.0}");
        }
        println!("{line}");
    }
}
