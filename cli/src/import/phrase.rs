//! Words and phrases of other tools → the language of patterns.

/// Characters of a pattern at most.
const LONGEST: usize = 1_000;

/// `text` with every sign meaning itself.
pub(crate) fn literal(text: &str) -> Result<String, &'static str> {
    let text = trimmed(text);
    usable(&text.replace('*', "\u{0}"))?;
    Ok(text.replace('*', "\\*"))
}

/// `text` with `*` as a wildcard.
pub(crate) fn wildcard(text: &str) -> Result<String, &'static str> {
    let mut out = String::with_capacity(text.len());
    for c in trimmed(text).chars() {
        // Two stars say no more than one.
        if c != '*' || !out.ends_with('*') {
            out.push(c);
        }
    }
    usable(&out)?;
    Ok(out)
}

/// `text` with `*` as a wildcard at its two ends and as itself between them.
pub(crate) fn wildcard_ends(text: &str) -> Result<String, &'static str> {
    let text = trimmed(text);
    let inner = text.trim_matches('*');
    let (start, end) = (text.starts_with('*'), text.ends_with('*'));
    let star = |set: bool| if set { "*" } else { "" };
    usable(text)?;
    if inner.trim().is_empty() {
        return Err("there is nothing beside the `*`");
    }
    Ok(format!("{}{}{}", star(start), literal(inner)?, star(end)))
}

/// Without what nobody sees at the ends.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control())
}

/// Says why the engine could not look for `text`, `*` being a wildcard.
fn usable(text: &str) -> Result<(), &'static str> {
    if text.trim().is_empty() {
        return Err("it is empty");
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err("it has more than 1,000 characters");
    }
    let fixed =
        |c: char| c == '\u{0}' || !(c.is_whitespace() || matches!(c, '*' | '\'' | '\u{2019}'));
    let folded = tamis::fold(&text.replace('\u{0}', "x"));
    if !text.chars().any(fixed) {
        return Err("there is nothing beside the `*`");
    }
    if !folded.chars().any(fixed) {
        return Err("there is nothing in it that can be seen");
    }
    Ok(())
}

/// A text that a pattern matches: the pattern without its wildcards.
pub(crate) fn sample(pattern: &str) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next_if_eq(&'*').is_some() => out.push('*'),
            '*' => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_mean_what_they_meant() {
        assert_eq!(literal(" f*ck ").unwrap(), "f\\*ck");
        assert_eq!(literal("***").unwrap(), "\\*\\*\\*");
        assert_eq!(wildcard("dar**n*").unwrap(), "dar*n*");
        assert_eq!(wildcard_ends("*he*ck*").unwrap(), "*he\\*ck*");
        assert_eq!(wildcard_ends("heck").unwrap(), "heck");
        assert_eq!(sample("*he\\*ck*"), "he*ck");
        for text in ["", " ", "*", "* *", "'", "\u{200b}", "\u{0}", "\u{7}\n"] {
            assert!(wildcard(text).is_err() && wildcard_ends(text).is_err(), "{text:?}");
        }
        assert!(literal(&"x".repeat(1_001)).is_err());
    }
}
