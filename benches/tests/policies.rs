//! The policies made for measuring compile, and the realistic one has some of everything.

use tamis::Ruleset;
use tamis_benches::policies::{self, Form};
use tamis_benches::{texts, words};

fn compiled(policy: &str) -> Ruleset {
    policy.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn lists_become_policies() {
    let list = ["free coins".to_owned(), "no".to_owned(), "basket".to_owned()];
    for (form, rules) in [(Form::OneRule, 1), (Form::RulePerWord, 3)] {
        let ruleset = compiled(&policies::words(&list, "standard", form));
        assert_eq!(ruleset.rules().len(), rules);
        assert_eq!(ruleset.classify("b4sket, no").as_ref().matches().len(), 2);
    }
}

#[test]
fn the_realistic_policy_has_some_of_everything() {
    let texts = texts("chat-en.jsonl");
    let common = words::by_frequency(texts.iter().map(String::as_str));
    let policy = policies::realistic(500, &words::made_up(2_600, 1), &common);
    let ruleset = compiled(&policy);
    assert_eq!(ruleset.rules().len(), 500);
    assert_eq!(ruleset.facts().len(), 4);
    for part in ["regex:", "entity:", "domain:", "near(", "before(", "inflect:", "quoted:", "*\""] {
        assert!(policy.matches(part).count() >= 5, "few of {part}");
    }
}
