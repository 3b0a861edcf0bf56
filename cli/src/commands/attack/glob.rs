//! Names with `*`.

/// True when `*` in `glob` can stand for something that makes it `name`.
pub(super) fn fits(glob: &str, name: &str) -> bool {
    let Some((head, rest)) = glob.split_once('*') else { return glob == name };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let tail = parts.pop().unwrap_or("");
    for part in parts {
        // The first place will do: it leaves most for the rest.
        match name.find(part) {
            Some(at) => name = &name[at + part.len()..],
            None => return false,
        }
    }
    name.ends_with(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (glob, name) in [
            ("a", "a"),
            ("*", ""),
            ("*", "threat"),
            ("thr*", "threat"),
            ("*eat", "threat"),
            ("t*e*t", "threat"),
            ("*ab*ab", "ababab"),
            ("pack.*", "pack.rule"),
        ] {
            assert!(fits(glob, name), "{glob} {name}");
        }
        for (glob, name) in
            [("a", "ab"), ("a*a", "a"), ("*b", "abc"), ("x*", "a"), ("a*b*c", "acb")]
        {
            assert!(!fits(glob, name), "{glob} {name}");
        }
    }
}
