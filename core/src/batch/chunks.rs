//! Any number of documents in bounded memory.

use super::{Batch, document_bytes};
use crate::input::Input;
use crate::ruleset::Ruleset;
use std::iter::Fuse;

/// Bytes of documents that are held at a time: enough for all cores to share.
const CHUNK_BYTES: usize = 4 << 20;

/// The documents of an iterator with their verdicts, some at a time; made by
/// [`Ruleset::classify_chunks`].
#[derive(Debug)]
pub struct Chunks<'r, I: Iterator> {
    ruleset: &'r Ruleset,
    inputs: Fuse<I>,
    workers: usize,
}

impl Ruleset {
    /// Decides about documents as an iterator gives them, on `workers` threads (0 means
    /// one a core): chunk after chunk, each with its documents and their verdicts, in
    /// order. However many there are, only one chunk of a few MiB is held at a time.
    ///
    /// ```
    /// # let ruleset: tamis::Ruleset = "policy: demo\nrules: [{ id: a, action: review, patterns: [gold] }]".parse()?;
    /// let lines = "hello\ngold for sale".lines();
    /// for (texts, batch) in ruleset.classify_chunks(lines, 0) {
    ///     for (text, verdict) in texts.iter().zip(batch.iter()) {
    ///         println!("{}: {text}", ruleset.action_name(verdict.action()));
    ///     }
    /// }
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn classify_chunks<I, T>(&self, inputs: I, workers: usize) -> Chunks<'_, I::IntoIter>
    where
        I: IntoIterator<Item = T>,
        T: Sync,
        for<'t> Input<'t>: From<&'t T>,
    {
        Chunks { ruleset: self, inputs: inputs.into_iter().fuse(), workers }
    }
}

impl<I> Iterator for Chunks<'_, I>
where
    I: Iterator,
    I::Item: Sync,
    for<'t> Input<'t>: From<&'t I::Item>,
{
    type Item = (Vec<I::Item>, Batch);

    fn next(&mut self) -> Option<Self::Item> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while bytes < CHUNK_BYTES
            && let Some(input) = self.inputs.next()
        {
            bytes += document_bytes(&Input::from(&input));
            chunk.push(input);
        }
        if chunk.is_empty() {
            return None;
        }
        let batch = self.ruleset.classify_batch_with(&chunk, self.workers);
        Some((chunk, batch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_bounded_and_nothing_is_lost() {
        let ruleset: Ruleset =
            "policy: d\nrules: [{ id: a, action: review, patterns: [gold] }]".parse().unwrap();
        let text = |at: usize| if at.is_multiple_of(3) { "gold" } else { "no" }.repeat(20_000);
        let texts = (0..200).map(|at| format!("{at} {}", text(at)));
        let mut seen = 0;
        let mut chunks = 0;
        for (texts, batch) in ruleset.classify_chunks(texts, 2) {
            assert_eq!(texts.len(), batch.len());
            // One document more may begin below the bound.
            let bytes: usize = texts.iter().map(String::len).sum();
            assert!(bytes < CHUNK_BYTES + 90_000, "{bytes}");
            for (text, verdict) in texts.iter().zip(batch.iter()) {
                assert!(text.starts_with(&format!("{seen} ")), "{seen}");
                assert_eq!(verdict.to_owned(), ruleset.classify(text));
                seen += 1;
            }
            chunks += 1;
        }
        assert_eq!(seen, 200);
        assert!(chunks > 1, "{chunks}");
        assert!(ruleset.classify_chunks(Vec::<String>::new(), 0).next().is_none());
    }
}
