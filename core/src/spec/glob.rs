//! Globs over names: `*` is any run of characters, dots too, `?` is any one.

/// True when the whole of `name` is as `glob` says.
///
/// Takes time in proportion to the product of the two lengths at worst.
///
/// ```
/// use tamis::spec::glob::matches;
/// assert!(matches("profanity_en.*", "profanity_en.damn"));
/// assert!(!matches("*.damn", "profanity_en.damnation"));
/// ```
pub fn matches(glob: &str, name: &str) -> bool {
    let (glob, name) = (glob.as_bytes(), name.as_bytes());
    let (mut g, mut n) = (0, 0);
    // Where to go on when the rest does not fit: the last `*` takes one byte more.
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        if glob.get(g) == Some(&b'*') {
            retry = Some((g + 1, n));
            g += 1;
        } else if glob.get(g).is_some_and(|&c| c == b'?' || c == name[n]) {
            g += 1;
            n += 1;
        } else if let Some((after_star, taken)) = retry {
            retry = Some((after_star, taken + 1));
            (g, n) = (after_star, taken + 1);
        } else {
            return false;
        }
    }
    glob[g..].iter().all(|&c| c == b'*')
}

/// True when `text` is a glob and not a plain name.
pub fn is_glob(text: &str) -> bool {
    text.contains(['*', '?'])
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_and_question_marks() {
        for (glob, name, expected) in [
            ("damn", "damn", true),
            ("damn", "damned", false),
            ("damn", "dam", false),
            ("*", "", true),
            ("*", "a.b", true),
            ("", "", true),
            ("", "a", false),
            ("a*b*c", "a.b.bb.c", true),
            ("a*b*c", "a.b.bb.cd", false),
            ("*.damn", "a.b.damn", true),
            ("*ab", "aab", true),
            ("d?mn", "damn", true),
            ("d?mn", "dmn", false),
            ("a**", "a", true),
            ("?", "", false),
        ] {
            assert_eq!(matches(glob, name), expected, "{glob} {name}");
        }
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        let glob = "*a".repeat(200);
        assert!(!matches(&glob, &format!("{}b", "a".repeat(2_000))));
    }
}
