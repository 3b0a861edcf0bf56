//! The policies that come with Tamis.

/// Name and text of every pack, by name.
const PACKS: &[(&str, &str)] = &[
    ("hate-en", include_str!("../packs/hate-en.yaml")),
    ("profanity-en", include_str!("../packs/profanity-en.yaml")),
];

const NAMES: [&str; PACKS.len()] = {
    let mut names = [""; PACKS.len()];
    let mut i = 0;
    while i < PACKS.len() {
        names[i] = PACKS[i].0;
        i += 1;
    }
    names
};

/// The names of the packs, without `pack:`.
pub fn pack_names() -> &'static [&'static str] {
    &NAMES
}

/// The text of the pack `name`.
pub(crate) fn find(name: &str) -> Option<&'static str> {
    PACKS.iter().find(|pack| pack.0 == name).map(|pack| pack.1)
}
