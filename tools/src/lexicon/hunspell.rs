//! Words of a Hunspell dictionary with their suffixes and prefixes.
//!
//! One suffix or one prefix a word, and no compounds: enough for short words.

use std::collections::{BTreeSet, HashMap};

/// One way to change a word.
struct Affix {
    suffix: bool,
    strip: Vec<char>,
    add: Vec<char>,
    condition: Vec<Class>,
}

/// What one character of a condition may be.
enum Class {
    Any,
    In(Vec<char>),
    NotIn(Vec<char>),
}

impl Class {
    fn matches(&self, c: char) -> bool {
        match self {
            Self::Any => true,
            Self::In(set) => set.contains(&c),
            Self::NotIn(set) => !set.contains(&c),
        }
    }
}

/// How flags are written behind a word.
#[derive(Clone, Copy)]
enum FlagStyle {
    Single,
    Long,
    Number,
}

impl FlagStyle {
    fn of(affixes: &str) -> Self {
        let style = affixes.lines().find_map(|line| line.strip_prefix("FLAG "));
        match style.map(str::trim) {
            Some("long") => Self::Long,
            Some("num") => Self::Number,
            _ => Self::Single,
        }
    }

    fn split(self, flags: &str) -> Vec<String> {
        let chars: Vec<char> = flags.chars().collect();
        match self {
            Self::Single => chars.iter().map(char::to_string).collect(),
            Self::Long => chars.chunks(2).map(|pair| pair.iter().collect()).collect(),
            Self::Number => flags.split(',').map(str::to_owned).collect(),
        }
    }
}

/// Options whose flag says that an entry is no word of its own.
const NO_WORD: [&str; 5] =
    ["FORBIDDENWORD", "NOSUGGEST", "ONLYINCOMPOUND", "NEEDAFFIX", "COMPOUNDPERMITFLAG"];

/// All words of the dictionary, sorted.
pub(super) fn expand(affixes: &str, words: &str) -> BTreeSet<String> {
    let style = FlagStyle::of(affixes);
    let none: Vec<&str> = affixes
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(option, _)| NO_WORD.contains(option))
        .map(|(_, flag)| flag.trim())
        .collect();
    let table = table(affixes);
    let mut found = BTreeSet::new();
    for entry in words.lines().skip(1) {
        let entry = entry.split([' ', '\t']).next().unwrap_or_default();
        let (word, flags) = entry.split_once('/').unwrap_or((entry, ""));
        let flags = style.split(flags);
        if flags.iter().any(|flag| none.contains(&flag.as_str())) {
            continue;
        }
        found.insert(word.to_owned());
        let letters: Vec<char> = word.chars().collect();
        for affix in flags.iter().filter_map(|flag| table.get(flag.as_str())).flatten() {
            found.extend(apply(affix, &letters));
        }
    }
    found
}

/// The affixes by flag.
fn table(affixes: &str) -> HashMap<&str, Vec<Affix>> {
    let mut table: HashMap<&str, Vec<Affix>> = HashMap::new();
    for line in affixes.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // A header has four fields; the fifth of a rule is its condition.
        let [kind @ ("SFX" | "PFX"), flag, strip, add, condition, ..] = fields[..] else {
            continue;
        };
        let (add, more) = add.split_once('/').unwrap_or((add, ""));
        // What only leads to further affixes is no word.
        if !more.is_empty() {
            continue;
        }
        let text = |field: &str| if field == "0" { Vec::new() } else { field.chars().collect() };
        table.entry(flag).or_default().push(Affix {
            suffix: kind == "SFX",
            strip: text(strip),
            add: text(add),
            condition: classes(condition),
        });
    }
    table
}

fn classes(condition: &str) -> Vec<Class> {
    let mut classes = Vec::new();
    let mut chars = condition.chars();
    while let Some(c) = chars.next() {
        classes.push(match c {
            '.' => Class::Any,
            '[' => {
                let inside: Vec<char> = chars.by_ref().take_while(|&c| c != ']').collect();
                match inside.split_first() {
                    Some(('^', set)) => Class::NotIn(set.to_vec()),
                    _ => Class::In(inside),
                }
            }
            c => Class::In(vec![c]),
        });
    }
    classes
}

fn apply(affix: &Affix, word: &[char]) -> Option<String> {
    let end = |len: usize| if affix.suffix { word.len().checked_sub(len) } else { Some(0) };
    let start = end(affix.condition.len())?;
    let tested = word.get(start..start + affix.condition.len())?;
    // A lone dot asks for nothing, not for a letter.
    if !tested.iter().zip(&affix.condition).all(|(&c, class)| class.matches(c)) {
        return None;
    }
    if affix.suffix {
        let stem = word.strip_suffix(&affix.strip[..])?;
        Some(stem.iter().chain(&affix.add).collect())
    } else {
        let stem = word.strip_prefix(&affix.strip[..])?;
        Some(affix.add.iter().chain(stem).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(affixes: &str, words: &str) -> Vec<String> {
        expand(affixes, words).into_iter().collect()
    }

    #[test]
    fn suffixes_follow_their_conditions() {
        let affixes = "SFX A Y 3\nSFX A y ies [^aeiou]y\nSFX A 0 s [aeiou]y\nSFX A 0 s [^y]\n";
        let words = "3\nbully/A\nboy/A\ncat/A\ndog\n";
        let all = ["boy", "boys", "bullies", "bully", "cat", "cats", "dog"];
        assert_eq!(expanded(affixes, words), all);
    }

    #[test]
    fn flags_of_all_styles_and_prefixes() {
        let long = "FLAG long\nONLYINCOMPOUND Cx\nPFX Aa Y 1\nPFX Aa 0 un .\n";
        assert_eq!(expanded(long, "2\nkind/BbAa\nparts/Cx\n"), ["kind", "unkind"]);
        let number = "FLAG num\nSFX 12 N 1\nSFX 12 0 da .\n";
        assert_eq!(expanded(number, "1\nev/3,12\n"), ["ev", "evda"]);
    }
}
