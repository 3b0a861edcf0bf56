//! A view that is made when somebody first asks for it: most texts are decided
//! without one.

use super::View;

/// The view of one text, or none yet. Buffers are kept between texts.
#[derive(Debug, Default)]
pub(crate) struct LazyView {
    view: View,
    filled: bool,
}

impl LazyView {
    /// Forgets the last text.
    #[inline]
    pub(crate) fn reset(&mut self) {
        self.filled = false;
    }

    /// The view of `text`, which is the same at every call until the next reset.
    #[inline]
    pub(crate) fn of(&mut self, text: &str) -> &View {
        if !self.filled {
            self.view.fill(text);
            self.filled = true;
        }
        &self.view
    }

    /// The view, if one was asked for.
    pub(crate) fn get(&self) -> Option<&View> {
        self.filled.then_some(&self.view)
    }

    /// Bytes of heap memory held.
    pub(crate) fn memory_usage(&self) -> usize {
        self.view.memory_usage()
    }
}
