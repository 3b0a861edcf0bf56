//! Look-alike pairs: a text in which letters were swapped for look-alikes, and the plain one.
//! What is counted is said here once, for `make evasion-text` and the rows of `speed`.

/// The groups whose attack swaps letters for look-alikes and makes no typos.
pub const GROUPS: [&str; 4] = ["1c_leetspeak", "3c_leetspeak", "6c_leetspeak", "leetspeak_2w"];

/// A token that the attack changed.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'t> {
    /// As it stands in the text.
    pub token: &'t str,
    /// As it stood in the plain one.
    pub meant: &'t str,
}

impl Changed<'_> {
    /// True when the attack took characters out (`@`, `'`, digits): nothing that undoes
    /// look-alikes can put them back, and so the tokens can not be equal again.
    pub fn has_lost_some(&self) -> bool {
        self.token.chars().count() < self.meant.chars().count()
    }

    /// Whether the whole tokens, signs included, are equal when both are undone alike, each
    /// beside its own text.
    pub fn is_equal(&self, text: &str, plain: &str, undo: impl Fn(&str, &str) -> String) -> bool {
        undo(self.token, text) == undo(self.meant, plain)
    }
}

/// The tokens between white space that differ; `None` when the texts have not as many.
pub fn changed<'t>(text: &'t str, plain: &'t str) -> Option<impl Iterator<Item = Changed<'t>>> {
    let (tokens, meant) = (text.split_whitespace(), plain.split_whitespace());
    if tokens.clone().count() != meant.clone().count() {
        return None;
    }
    let pairs = tokens.zip(meant).filter(|(token, meant)| token != meant);
    Some(pairs.map(|(token, meant)| Changed { token, meant }))
}
