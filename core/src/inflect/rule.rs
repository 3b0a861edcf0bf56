//! One regular ending, as the reference lists it.

/// An ending, for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// What is added.
    pub(crate) ending: &'static str,
    /// When, and what it says.
    pub(crate) meaning: &'static str,
    /// A folded word.
    pub(crate) word: &'static str,
    /// One of its forms by this rule.
    pub(crate) form: &'static str,
}

impl Rule {
    pub(super) const fn new(
        ending: &'static str,
        meaning: &'static str,
        word: &'static str,
        form: &'static str,
    ) -> Self {
        Self { ending, meaning, word, form }
    }
}
