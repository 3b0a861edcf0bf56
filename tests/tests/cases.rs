//! The loader of cases is strict: a slip must not pass for a test.

use tamis_conformance::cases;

const POLICY: &str = "policy = 'policy: {{name}}'\n[[case]]\nname = 'a'\n";

#[test]
fn a_case_that_is_right_is_read() {
    let text = format!("{POLICY}with.name = 'p'\ntext = 'x'\nexpect.action = 'allow'\n");
    let read = cases::parse("f", &text).unwrap();
    assert_eq!(read[0].policy, "policy: p");
    assert_eq!(read[0].title(), "f: a");
}

#[test]
fn every_slip_is_an_error_that_names_the_case() {
    let good = "with.name = 'p'\ntext = 'x'\nexpect.action = 'allow'\n";
    for (wrong, says) in [
        ("with.name = 'p'\ntext = 'x'\nexpect.acton = 'allow'\n", "acton"),
        ("with.name = 'p'\ntxt = 'x'\nexpect.action = 'allow'\n", "txt"),
        ("with.name = 'p'\ntext = 'x'\nexpect.fired = [{ rule = 'r', points_ = 1 }]\n", "expect"),
        ("text = 'x'\nexpect.action = 'allow'\n", "`with.name` is missing"),
        ("with = { name = 'p', nam = 'q' }\ntext = 'x'\nexpect.action = 'allow'\n", "{{nam}}"),
        ("with.name = 'p'\nexpect.action = 'allow'\n", "`text` or `fields`"),
        ("with.name = 'p'\ntext = 'x'\nexpect = {}\n", "nothing is expected"),
        (&format!("{good}[[case]]\nname = 'a'\n{good}"), "two cases"),
    ] {
        let error = cases::parse("f", &format!("{POLICY}{wrong}")).unwrap_err();
        assert!(error.starts_with("f: ") && error.contains(says), "{wrong}\n{error}");
    }
}
