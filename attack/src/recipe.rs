//! One transform, or several laid over each other.

use crate::draft::{Disguise, Draft};
use crate::kind::{Family, Kind, Level};
use crate::rng::{Rng, key};
use crate::transform::{Hand, Severity, Stage, Transform, transform, transforms};

/// How to disguise a seed.
#[derive(Clone, Debug)]
pub struct Recipe {
    id: String,
    /// In the order of their stages.
    parts: Vec<(&'static Transform, Severity)>,
}

impl Recipe {
    /// One transform at all of its severities.
    pub fn single(transform: &'static Transform) -> Self {
        // The severity of a single transform is given when it is used.
        Self { id: transform.id().to_owned(), parts: vec![(transform, Severity::All)] }
    }

    /// Several transforms, each at a severity of its own; they have their turn in the order that
    /// makes sense, so that letters are replaced before the text is encoded.
    pub fn composed(mut parts: Vec<(&'static Transform, Severity)>) -> Self {
        parts.sort_by_key(|(transform, _)| transform.stage);
        let name = |(transform, severity): &(&Transform, Severity)| {
            let all = *severity == Severity::All || transform.severities().len() == 1;
            let dash = if all { "" } else { ":" };
            let severity = if all { "" } else { severity.name() };
            format!("{}{dash}{severity}", transform.id())
        };
        let names: Vec<String> = parts.iter().map(name).collect();
        Self { id: names.join(" + "), parts }
    }

    /// Its name: the transform's, or those of all parts, joined by ` + `.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// True when it has several parts.
    pub fn is_composed(&self) -> bool {
        self.parts.len() > 1
    }

    /// What has to be undone, each kind once.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> =
            self.parts.iter().flat_map(|(transform, _)| transform.kinds()).copied().collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The mildest level that promises to undo it.
    pub fn level(&self) -> Level {
        self.parts.iter().map(|(part, _)| part.level()).max().unwrap_or(Level::Exact)
    }

    /// The family of its last kind; compositions are one of their own.
    pub fn family(&self) -> Family {
        match &*self.kinds() {
            _ if self.is_composed() => Family::Composition,
            [.., kind] => kind.family(),
            [] => Family::Letters,
        }
    }

    /// How much of a seed it can disguise. Compositions have fixed parts, called `all`.
    pub fn severities(&self) -> &'static [Severity] {
        match &*self.parts {
            [(transform, _)] => transform.severities(),
            _ => &[Severity::All],
        }
    }

    /// `seed` disguised, or nothing when a part has nothing to change in it; see
    /// [`Transform::disguise`].
    pub fn disguise(&self, seed: &str, severity: Severity, number: u64) -> Option<Disguise> {
        if let [(transform, _)] = &*self.parts {
            return transform.disguise(seed, severity, number);
        }
        if !self.severities().contains(&severity) {
            return None;
        }
        let mut draft = Draft::new(seed);
        for (n, (transform, severity)) in self.parts.iter().enumerate() {
            let key = key(number, &[&self.id, transform.id(), &n.to_string(), seed]);
            let mut hand = Hand::new(transform, *severity, key);
            if !(transform.op)(&mut draft, &mut hand) {
                return None;
            }
        }
        Some(draft.finish()).filter(|disguise| disguise.text != seed)
    }
}

/// Every transform alone.
pub fn singles() -> Vec<Recipe> {
    transforms().map(Recipe::single).collect()
}

/// Compositions that are common, or hard.
const COMPOSITIONS: &[&[(&str, Severity)]] = {
    use Severity::{All, Half, One};
    &[
        &[("leet-digits", One), ("repeat-vowel", One)],
        &[("leet-digits", Half), ("repeat-thrice", One)],
        &[("leet-symbols", Half), ("separator-space", All)],
        &[("leet-digits", One), ("separator-dot", All)],
        &[("lookalike-cyrillic", Half), ("separator-dot", All)],
        &[("lookalike-greek", One), ("leet-digits", One)],
        &[("form-fullwidth", All), ("separator-space", All)],
        &[("form-fullwidth", Half), ("mark-combining", Half)],
        &[("style-bold", All), ("invisible-space", Half)],
        &[("style-circled", All), ("separator-dash", All)],
        &[("style-fraktur", Half), ("lookalike-cyrillic", Half)],
        &[("repeat-twice", Half), ("separator-dot", All)],
        &[("repeat-thrice", One), ("separator-dash", All)],
        &[("mask-star", One), ("lookalike-cyrillic", One)],
        &[("mask-star", One), ("repeat-last", All)],
        &[("mask-hash", One), ("leet-digits", One)],
        &[("mask-star", One), ("separator-space", All)],
        &[("mark-zalgo", Half), ("leet-digits", One), ("case-upper", All)],
        &[("mark-combining", One), ("lookalike-cyrillic", One), ("case-alternate", All)],
        &[("leet-digits", One), ("invisible-joiner", Half), ("repeat-thrice", One)],
        &[("separator-dot", All), ("case-alternate", All), ("leet-symbols", One)],
        &[("separator-emoji", All), ("style-sans-bold", All)],
        &[("entity-decimal", Half), ("leet-digits", One)],
        &[("entity-hex", One), ("repeat-thrice", One)],
        &[("percent", One), ("lookalike-latin", One)],
        &[("escape-unicode", Half), ("lookalike-cyrillic", Half)],
        &[("markdown-bold", One), ("leet-symbols", One)],
        &[("html-tag", One), ("mask-star", One)],
        &[("html-comment", One), ("invisible-hyphen", One)],
        &[("override", All), ("leet-digits", One)],
        &[("joined", All), ("leet-digits", Half)],
        &[("joined", All), ("mark-precomposed", Half)],
        &[("joined-hashtag", All), ("lookalike-cyrillic", Half)],
        // Beyond the standard level.
        &[("delete-vowel", One), ("leet-digits", One)],
        &[("phonetic", One), ("separator-dot", All)],
        &[("swap", One), ("repeat-last", All)],
        &[("irregular-mixed", All), ("leet-symbols", One)],
    ]
};

/// The compositions that this crate names.
pub fn compositions() -> Vec<Recipe> {
    let part = |&(id, severity): &(&str, Severity)| Some((transform(id)?, severity));
    let parts = |row: &&[(&str, Severity)]| row.iter().filter_map(part).collect();
    COMPOSITIONS.iter().map(parts).map(Recipe::composed).collect()
}

/// A drawn composition works for most of these, else hardly a seed would count for it.
const SAMPLE: &[&str] =
    &["darling", "spam", "nitwit", "blockhead", "scoundrel", "hogwash", "crook", "pest"];

/// `n` compositions of two or three transforms drawn by chance among those that `level` promises
/// to undo. The same number draws the same ones.
pub fn drawn(n: usize, level: Level, number: u64) -> Vec<Recipe> {
    let fits = |transform: &&Transform| {
        let levels = Level::Fold..=level;
        let works = |&s: &Severity| transform.disguise(SAMPLE[0], s, number).is_some();
        // Of a word struck out but for its ends nothing is left to disguise otherwise.
        let readable =
            transform.kinds() != [Kind::Masks] || transform.severities()[0] == Severity::One;
        let promised = levels.contains(&transform.level());
        promised && readable && transform.severities().iter().any(works)
    };
    let pool: Vec<&'static Transform> = transforms().filter(fits).collect();
    let mut rng = Rng::new(key(number, &["drawn"]));
    let mut recipes: Vec<Recipe> = Vec::new();
    // Bounded, for a pool too small to draw so many from.
    for _ in 0..n * 50 {
        if recipes.len() == n || pool.is_empty() {
            break;
        }
        let wanted = 2 + rng.below(2);
        let mut parts: Vec<(&'static Transform, Severity)> = Vec::new();
        while parts.len() < wanted {
            let transform = *rng.pick(&pool);
            if !parts.iter().all(|(other, _)| goes_with(other, transform)) {
                continue;
            }
            parts.push((transform, *rng.pick(transform.severities())));
        }
        let recipe = Recipe::composed(share_letters(parts));
        let works = |word: &&&str| recipe.disguise(word, Severity::All, number).is_some();
        let often = SAMPLE.iter().filter(works).count() * 4 >= SAMPLE.len() * 3;
        if often && recipes.iter().all(|other| other.id != recipe.id) {
            recipes.push(recipe);
        }
    }
    recipes
}

/// Two transforms of one stage or kind would undo each other's work, except that letters can be
/// shared.
fn goes_with(one: &Transform, other: &Transform) -> bool {
    let letters = one.stage == Stage::Letters;
    one.kinds()[0] != other.kinds()[0] && (one.stage != other.stage || letters)
}

/// Two that replace letters leave some to each other.
fn share_letters(
    mut parts: Vec<(&'static Transform, Severity)>,
) -> Vec<(&'static Transform, Severity)> {
    let letters = parts.iter().filter(|(part, _)| part.stage == Stage::Letters).count();
    for (part, severity) in &mut parts {
        if letters > 1 && part.stage == Stage::Letters {
            *severity = part.severities()[0];
        }
    }
    parts
}
