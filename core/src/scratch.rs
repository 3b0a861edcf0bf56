//! The buffers of all stages, kept between documents.

use crate::eval::EvalBufs;
use crate::probe::Probe;
use crate::scan::{ScanBufs, Sight};
use crate::view::{LazyView, View};

/// The memory a thread needs to classify; make one with
/// [`Ruleset::scratch`](crate::Ruleset::scratch) and use it for many documents.
///
/// A scratch grows with the longest text it has seen and works with any
/// ruleset, but is quickest with the one it was made for.
#[derive(Debug, Default)]
pub struct Scratch {
    /// By field id.
    pub(crate) views: Vec<LazyView>,
    /// Of the field at hand, with tag characters read.
    pub(crate) tags: View,
    /// Of the field at hand, with wrappers undone.
    pub(crate) decoded: View,
    pub(crate) sight: Sight,
    pub(crate) scan: ScanBufs,
    pub(crate) eval: EvalBufs,
    /// Runs when a ruleset is profiled.
    pub(crate) probe: Probe,
    /// The ruleset whose regex caches are in `scan`.
    pub(crate) owner: u64,
}

impl Scratch {
    /// Bytes of heap memory held by the views, the largest part.
    pub fn memory_usage(&self) -> usize {
        let fields: usize = self.views.iter().map(LazyView::memory_usage).sum();
        fields + self.tags.memory_usage() + self.decoded.memory_usage() + self.sight.memory_usage()
    }
}
