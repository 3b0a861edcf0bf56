//! Did you mean …?

/// What a word is most likely a slip of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'c> {
    /// The candidate.
    pub name: &'c str,
    /// True when no other candidate is near.
    pub alone: bool,
}

/// The candidate that `word` is most likely a slip of, if one is near enough.
pub fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str, IntoIter: Clone>,
) -> Option<&'c str> {
    near(word, candidates).map(|near| near.name)
}

/// The same, with whether another one was near too.
pub fn near<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str, IntoIter: Clone>,
) -> Option<Near<'c>> {
    if word.len() > 64 {
        return None;
    }
    let folded: Vec<char> = fold(word);
    let allowed = (folded.len() / 3).clamp(1, 3);
    let mut best: Option<(usize, Near<'c>)> = None;
    let candidates = candidates.into_iter();
    for name in candidates.clone().filter(|name| name.len() <= 64) {
        let distance = distance(&folded, &fold(name));
        if distance > allowed || distance >= name.chars().count().max(2) {
            continue;
        }
        best = match best {
            None => Some((distance, Near { name, alone: true })),
            Some((least, near)) if distance >= least => {
                Some((least, Near { alone: near.alone && near.name == name, ..near }))
            }
            Some(_) => Some((distance, Near { name, alone: false })),
        };
    }
    best.map(|(_, near)| near).or_else(|| beginning(&folded, candidates.clone()))
}

/// The only candidate of which the word is the first part: `caps` for `caps_ratio`.
fn beginning<'c>(word: &[char], candidates: impl Iterator<Item = &'c str>) -> Option<Near<'c>> {
    let begins = |name: &&str| {
        let name = fold(name);
        word.len() >= 3 && name.starts_with(word) && name.get(word.len()) == Some(&'_')
    };
    let mut all = candidates.filter(begins);
    let name = all.next()?;
    all.next().is_none().then_some(Near { name, alone: false })
}

/// Case and the choice of separator are slips too small to count.
fn fold(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '-' { '_' } else { c }).collect()
}

/// Edits between two words, a swap of neighbours counted once.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut current = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        current[0] = i;
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(current[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            current[j] = best;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut current);
    }
    last[b.len()]
}

/// True for the code of a language, with its script or region if it has any: `de`, `pt-BR`.
pub fn is_language_code(code: &str) -> bool {
    let mut parts = code.split(['-', '_']);
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && letters(part))
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::{near, nearest};

    #[test]
    fn finds_slips_and_nothing_far() {
        let keys = ["patterns", "points", "label", "id", "in", "mode"];
        for (word, expected) in [
            ("ponits", Some("points")),
            ("Pattern", Some("patterns")),
            ("lable", Some("label")),
            ("ID", Some("id")),
            ("severity", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
        assert_eq!(nearest("caps", ["caps_ratio", "letters"]), Some("caps_ratio"));
        assert_eq!(nearest("author", ["author_age", "author_name"]), None);
        assert!(near("ponits", keys).unwrap().alone);
        assert!(!near("kays", ["days", "keys"]).unwrap().alone);
    }
}
