//! The regular inflections of English, by spelling alone.
//!
//! `tamis-tools gen-lexicon` includes this file too: what is an inflection of an
//! offensive word is no innocent word.

use super::Rule;

/// The rules, in the order of the forms.
pub(super) const RULES: &[Rule] = &[
    Rule::new("-s", "plural and third person", "idiot", "idiots"),
    Rule::new("-es", "after s, x, z, ch, sh; after a consonant and o", "witch", "witches"),
    Rule::new("-ies", "for y after a consonant; also a plain -s", "bully", "bullies"),
    Rule::new("-ed", "past; -d after e, -ied for y after a consonant", "kill", "killed"),
    Rule::new("-ing", "without a silent e; -ying for ie", "hate", "hating"),
    Rule::new("-in", "-ing as it is spoken, before an apostrophe or without", "kill", "killin"),
    Rule::new("-er, -ers", "who does it, or more so", "spam", "spammers"),
    Rule::new("-est", "most so", "dumb", "dumbest"),
    Rule::new("doubled", "the consonant behind a single vowel", "scam", "scammed"),
    Rule::new("-k-", "between c and -ed, -ing, -er", "panic", "panicking"),
];

/// How sure it is that a form is what it seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Plural, past, participle, superlative: hardly ever another word.
    Sure,
    /// Who does it, or more so: another word where that is frequent (`shower`).
    Agent,
    /// A dropped g: another word where there is one, for no dictionary has `killin`.
    Spoken,
}

/// What looks like a form of some word and is none, without a final s.
const OTHER: &[&str] = &[
    "badger", "banner", "barter", "beaker", "better", "bitter", "buster", "butter", "canter",
    "charter", "cocker", "copper", "corner", "counter", "cracker", "dicker", "dinner", "earnest",
    "fender", "finger", "flatter", "flower", "folder", "forest", "former", "gutter", "hammer",
    "hinder", "honest", "interest", "ladder", "letter", "limber", "litter", "manner", "master",
    "matter", "mutter", "number", "pepper", "pester", "pier", "poster", "potter", "pucker",
    "rafter", "rubber", "rudder", "scatter", "shatter", "shower", "simmer", "slipper", "summer",
    "supper", "tamper", "tanner", "tempest", "tender", "tinker", "titter", "totter", "tower",
    "trigger", "twitter", "upper", "whisker",
];

/// Words that have no regular forms, or only such as are other words (`her`, `hers`).
const FIXED: &[&str] = &[
    "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but",
    "by", "can", "could", "did", "do", "doe", "does", "down", "each", "every", "for", "from",
    "get", "go", "had", "has", "have", "he", "her", "hers", "herself", "hi", "him", "himself",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself", "may", "me", "might",
    "mine", "more", "most", "must", "my", "myself", "no", "nor", "not", "of", "off", "on", "or",
    "our", "ours", "out", "over", "shall", "she", "should", "so", "some", "such", "than", "that",
    "the", "their", "theirs", "them", "then", "there", "these", "they", "this", "those", "to",
    "too", "u", "up", "upon", "ur", "us", "was", "we", "were", "what", "when", "where", "which",
    "who", "whom", "whose", "why", "will", "with", "would", "ya", "ye", "yes", "you", "your",
    "yours", "yourself",
];

/// Whether a word never inflects.
pub(super) fn is_fixed(word: &[char]) -> bool {
    is_among(FIXED, word)
}

fn is_among(list: &[&str], word: &[char]) -> bool {
    list.iter().any(|listed| word.iter().copied().eq(listed.chars()))
}

/// The forms of a folded word, without the word; some may be other words. In the
/// order of [`RULES`], each once.
pub(crate) fn candidates(word: &[char]) -> Vec<(Vec<char>, Trust)> {
    let mut forms = Forms { word, found: Vec::new() };
    let letters = word.iter().all(char::is_ascii_lowercase);
    if word.len() < 2 || !letters || is_fixed(word) || is_plural(word) {
        return forms.found;
    }
    forms.plurals();
    // What is inflected already takes no other ending, and two letters are too few.
    if word.len() > 2 && !is_participle(word) {
        for base in verb_bases(word) {
            forms.verb(&base);
        }
    }
    forms.found
}

struct Forms<'w> {
    word: &'w [char],
    found: Vec<(Vec<char>, Trust)>,
}

impl Forms<'_> {
    fn add(&mut self, stem: &[char], suffix: &str, trust: Trust) {
        let form: Vec<char> = stem.iter().copied().chain(suffix.chars()).collect();
        let single = form.strip_suffix(&['s']).filter(|_| suffix == "ers").unwrap_or(&form);
        if is_among(OTHER, single) {
            return;
        }
        if form != self.word && self.found.iter().all(|known| known.0 != form) {
            self.found.push((form, trust));
        }
    }

    fn plurals(&mut self) {
        let word = self.word;
        let (stem, last) = word.split_at(word.len() - 1);
        let before = stem[stem.len() - 1];
        match last[0] {
            's' | 'x' | 'z' => {
                if doubles(word) && syllables(word) == 1 {
                    let doubled = [word, last].concat();
                    self.add(&doubled, "es", Trust::Sure);
                }
                self.add(word, "es", Trust::Sure);
            }
            'h' if matches!(before, 'c' | 's') => self.add(word, "es", Trust::Sure),
            'y' if !is_vowel(before) => {
                self.add(stem, "ies", Trust::Sure);
                self.add(word, "s", Trust::Sure);
            }
            'o' if !is_vowel(before) => {
                self.add(word, "s", Trust::Sure);
                self.add(word, "es", Trust::Sure);
            }
            _ => self.add(word, "s", Trust::Sure),
        }
    }

    fn verb(&mut self, base: &Base) {
        self.add(&base.before_e, "ed", Trust::Sure);
        self.add(&base.before_i, "ing", Trust::Sure);
        self.add(&base.before_i, "in", Trust::Spoken);
        self.add(&base.before_e, "er", Trust::Agent);
        self.add(&base.before_e, "ers", Trust::Agent);
        self.add(&base.before_e, "est", Trust::Sure);
    }
}

/// What a word becomes before an ending.
struct Base {
    /// Before one that begins with e.
    before_e: Vec<char>,
    /// Before one that begins with i.
    before_i: Vec<char>,
}

/// One base, or two where the spelling does not tell the stress (`murdered`, `admitted`).
fn verb_bases(word: &[char]) -> Vec<Base> {
    let same = |stem: &[char]| Base { before_e: stem.to_vec(), before_i: stem.to_vec() };
    let (stem, last) = word.split_at(word.len() - 1);
    let before = stem[stem.len() - 1];
    let with = |stem: &[char], ending: &str| -> Vec<char> {
        stem.iter().copied().chain(ending.chars()).collect()
    };
    match last[0] {
        'e' if before == 'i' => {
            let short = &stem[..stem.len() - 1];
            vec![Base { before_e: stem.to_vec(), before_i: with(short, "y") }]
        }
        'e' if matches!(before, 'e' | 'o' | 'y') => {
            vec![Base { before_e: stem.to_vec(), before_i: word.to_vec() }]
        }
        'e' => vec![same(stem)],
        'y' if !is_vowel(before) => {
            vec![Base { before_e: with(stem, "i"), before_i: word.to_vec() }]
        }
        'c' => vec![same(&with(word, "k"))],
        _ if doubles(word) => {
            let doubled = same(&[word, last].concat());
            if syllables(word) > 1 && last[0] == 's' {
                vec![same(word)]
            } else if syllables(word) > 1 {
                vec![same(word), doubled]
            } else {
                vec![doubled]
            }
        }
        _ => vec![same(word)],
    }
}

/// Whether the last consonant stands behind a single vowel, and so may double.
fn doubles(word: &[char]) -> bool {
    let &[.., before, vowel, last] = word else { return false };
    // The u of `quit` is no vowel.
    let at = word.len() - 2;
    let free = !is_vowel(before) || (before == 'u' && at >= 2 && word[at - 2] == 'q');
    free && (is_vowel(vowel) || vowel == 'y')
        && !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y' | 'h')
}

/// Runs of vowels, as near as spelling tells.
fn syllables(word: &[char]) -> usize {
    let vowel = |c: char| is_vowel(c) || c == 'y';
    let starts = word.windows(2).filter(|pair| !vowel(pair[0]) && vowel(pair[1])).count();
    starts + usize::from(vowel(word[0]))
}

/// Whether it ends like a plural: not `bus`, `gas`, `boss`, `iris`.
fn is_plural(word: &[char]) -> bool {
    matches!(word, [.., before, 's'] if !matches!(before, 'a' | 'i' | 'o' | 's' | 'u'))
}

fn is_participle(word: &[char]) -> bool {
    word.len() > 4 && (word.ends_with(&['e', 'd']) || word.ends_with(&['i', 'n', 'g']))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
