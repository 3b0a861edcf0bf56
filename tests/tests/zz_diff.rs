//! temp
use proptest::strategy::{Strategy, ValueTree};
use serde_json::json;
use std::collections::BTreeMap;
use tamis::{Input, Policy};
use tamis_conformance::reference::Reference;
use tamis_conformance::{engine, generate};
#[test]
fn diff() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut n = 0;
    for _ in 0..40000 {
        let pattern = generate::pattern().new_tree(&mut runner).unwrap().current();
        let any = proptest::bool::weighted(0.3).new_tree(&mut runner).unwrap().current();
        let base = generate::text().new_tree(&mut runner).unwrap().current();
        let b2 = generate::text().new_tree(&mut runner).unwrap().current();
        let text = if base.len() % 2 == 0 {
            base
        } else {
            format!("{base}{}{b2}", pattern.replace(['*'], ""))
        };
        let boundary = if any { "any" } else { "word" };
        let p = json!({"policy":"g","labels":{"harm":{"block":1}},"rules":[{"id":"r","label":"harm","points":1,"patterns":[{"text":pattern,"boundary":boundary}]}]});
        let Ok(policy) = p.to_string().parse::<Policy>() else { continue };
        let Ok(rs) = policy.compile() else { continue };
        let rf = Reference::new(policy.spec()).unwrap();
        let differ = |t: &str| {
            let i = Input::new(t);
            let e = engine::outcome(&rs, rs.classify(&i).as_ref(), &i);
            let r = rf.classify(&i);
            (e.fired != r.fired).then(|| {
                let m = |o: &tamis_conformance::outcome::Outcome| {
                    o.fired
                        .iter()
                        .flat_map(|f| &f.matches)
                        .map(|m| format!("{:?}{:?}", m.span, m.kinds))
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                format!("engine [{}] reference [{}]", m(&e), m(&r))
            })
        };
        n += 1;
        if differ(&text).is_none() {
            continue;
        }
        let mut t: Vec<char> = text.chars().collect();
        let mut i = 0;
        while i < t.len() {
            let mut u = t.clone();
            u.remove(i);
            if differ(&u.iter().collect::<String>()).is_some() {
                t = u;
                i = 0;
            } else {
                i += 1;
            }
        }
        let s: String = t.iter().collect();
        let key = format!("{}|{s:?}", if any { "any" } else { "word" });
        let line = format!("{boundary} {pattern:?} on {s:?}: {}", differ(&s).unwrap());
        let e = seen.entry(key).or_insert((0, line));
        e.0 += 1;
    }
    println!("{n} ran");
    for (_, (c, l)) in &seen {
        println!("{c:4} {l}");
    }
}
