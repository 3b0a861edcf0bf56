use super::*;

fn told(source: &str, dialect: Dialect) -> (Option<String>, Vec<String>, bool) {
    match translate(source, Flags::of(dialect)) {
        Ok(t) => (Some(t.regex), t.notes.into_iter().map(|n| n.what).collect(), t.looser),
        Err(u) => (None, u.notes.into_iter().map(|n| n.what).collect(), false),
    }
}

#[track_caller]
fn same(source: &str, dialect: Dialect, regex: &str) {
    assert_eq!(told(source, dialect), (Some(regex.to_owned()), vec![], false), "{source}");
}

#[test]
fn what_means_the_same_is_carried_over() {
    for (source, regex) in [
        ("darn(ed|s)?", "darn(ed|s)?"),
        (r"\<b\>", "<b>"),
        (r"a{,3}x", "a{0,3}x"),
        (r"x{y}", r"x\{y\}"),
        (r"[[a&&b~~-]x", r"[\[a\&\&b\~\~-]x"),
        ("[]a]x", r"[\]a]x"),
        (r"(?P<n>he)ck", "(?:he)ck"),
        (r"(?#say it)heck", "heck"),
        (r"heck\Z", r"heck\z"),
        (r"(?<!\w)heck(?!\w)", r"\b{start-half}heck\b{end-half}"),
        (r"\/\-\@\_\ x", r"/\-@_\x{20}x"),
        (r"\u00e9", r"\x{e9}"),
        (r"\ud83d\ude00", r"\x{1f600}"),
    ] {
        same(source, Dialect::Python, regex);
    }
    same(
        r"\Qa.b\E\h\R?x",
        Dialect::Perl,
        &format!(r"a\.b[ \t]{}?x", r"(?:\r\n|[\n\x0b\x0c\r\x{85}\x{2028}\x{2029}])"),
    );
    same(r"caf\xc3\xa9", Dialect::Perl, "café");
    same(r"[\xe0-\xe5]x", Dialect::Perl, r"[\x{e0}-\x{e5}]x");
    same(r"^\h+[[:word:]]$", Dialect::Ruby, r"(?m)^[0-9a-fA-F]+[\w]$");
    same("(?m)a.b", Dialect::Ruby, "(?s)a.b");
    same("a++b", Dialect::Rust, "a++b");
}

#[test]
fn look_arounds_are_named_and_the_rest_is_kept() {
    assert_eq!(
        told("darn(?! it)", Dialect::Python),
        (Some("darn".into()), vec!["(?! it)".into()], true)
    );
    assert_eq!(
        told("(?<!go)olly", Dialect::Python),
        (Some("olly".into()), vec!["(?<!go)".into()], true)
    );
    // A single character can be told from others without looking around.
    for (source, regex) in [
        ("(?<!g)olly", r"(?:\A|[^g])olly"),
        (r"olly(?![a-z-])", r"olly(?:[^[a-z-]]|\z)"),
        (r"(?<![^ ]|x)olly(?!\d)", r"(?:\A|[^[^ ]x])olly(?:[^\d]|\z)"),
    ] {
        let (found, notes, looser) = told(source, Dialect::Python);
        assert_eq!((found.as_deref(), looser), (Some(regex), false), "{notes:?}");
    }
    // At an edge a positive one only makes the match longer.
    assert_eq!(
        told("darn(?= it)", Dialect::Python),
        (Some("darn(?: it)".into()), vec!["(?= it)".into()], false)
    );
    assert_eq!(told("(?<=oh )darn$", Dialect::Python).0.unwrap(), "(?:oh )darn$");
    assert!(told("a(?=b).c", Dialect::Python).2, "inside it matches more");
    assert_eq!(told(r"(?<!\S)x(?!\S)", Dialect::Python).0.unwrap(), r"(?:^|\s)x(?:\s|$)");
    assert!(!told("(?=a)", Dialect::Python).2);
}

#[test]
fn what_is_missing_costs_its_alternative_only() {
    assert_eq!(
        told(r"(a)\1|heck", Dialect::Python),
        (Some("heck".into()), vec!["\\1".into()], false)
    );
    assert_eq!(
        told(r"(x(?(1)a|b)|darn)s", Dialect::Perl),
        (Some("(darn)s".into()), vec!["(?(1)a|b)".into()], false)
    );
    assert_eq!(told(r"(.)\1{3,}", Dialect::Python), (None, vec!["\\1{3,}".into()], false));
    assert_eq!(
        told(r"a++(?>b)", Dialect::Perl),
        (Some("a+(?:b)".into()), vec!["a++".into(), "(?>b)".into()], false)
    );
    assert_eq!(told("(?!x)", Dialect::Python).0, None, "nothing is left to look for");
}

#[test]
fn broken_regexes_are_refused_with_a_reason() {
    for source in ["(", ")", "[a", "*a", "\\", "(?P<n", r"\x4", "a{2000}{2000}", "(?y)a", "x*"] {
        let error = translate(source, Flags::of(Dialect::Python)).unwrap_err();
        assert!(!error.why.is_empty(), "{source}");
    }
    assert!(translate(&"(".repeat(10_000), Flags::of(Dialect::Perl)).is_err());
    assert!(translate("a(?=b)", Flags::of(Dialect::Rust)).unwrap_err().why.contains("look-around"));
}

#[test]
fn bounds_are_those_of_words() {
    assert_eq!(bounded("darn"), r"\bdarn\b");
    assert_eq!(bounded("darn|heck"), r"\b(?:darn|heck)\b");
    assert_eq!(bounded("a|b"), r"\b(?:a|b)\b");
    assert_eq!(bounded(r"\$\d+"), r"(?:\b{start-half}|\b)\$\d+\b");
    assert_eq!(bounded(r"\w+!*"), r"\b\w+!*(?:\b{end-half}|\b)");
}

#[test]
fn the_view_is_the_one_where_it_means_the_same() {
    for (regex, raw) in
        [("dar+n", false), ("[^a-z]{9}", true), (r"\W{4}", true), ("é", true), (r"\p{Greek}", true)]
    {
        assert_eq!(build(regex.to_owned(), false).raw, raw, "{regex}");
    }
    assert!(!build("É".to_owned(), true).raw, "`case: sensitive` says it already");
}

#[test]
fn samples_are_matched() {
    for (regex, sample) in [
        ("dar+n(ed)?", "darn"),
        (r"\b[0-9]{3}-\d{2}\b", "000-00"),
        ("(?:heck|darn)s", "hecks"),
        (r"https?://\S+", "http://a"),
    ] {
        assert_eq!(sample::of(regex).unwrap(), sample);
    }
    assert_eq!(sample::of("a{500}"), None);
}
