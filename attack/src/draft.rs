//! A seed while it is being disguised: one cell a letter, so that disguises can be laid over each
//! other and the place of the result is known exactly.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A disguised seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disguise {
    /// The text.
    pub text: String,
    /// The disguised letters, in bytes of the text.
    pub span: Range<usize>,
    /// The same with what lies around them (markup, invisible characters, controls): a filter
    /// that says where the word is may begin and end anywhere between the two.
    pub outer: Range<usize>,
}

/// What a letter of the seed has become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// As in the seed, marks included.
    pub(crate) plain: String,
    /// What stands for it now.
    pub(crate) shown: String,
    /// Markup before it.
    pub(crate) lead: String,
    /// Markup and invisible characters after it.
    pub(crate) trail: String,
    /// What separates it from the next cell.
    pub(crate) gap: String,
    /// A letter transform has had it: others leave it alone.
    pub(crate) touched: bool,
}

impl Cell {
    /// Its one character, when no mark or disguise made it more.
    pub(crate) fn single(&self) -> Option<char> {
        let mut chars = self.shown.chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    /// True for letters of the seed.
    pub(crate) fn is_letter(&self) -> bool {
        self.plain.chars().next().is_some_and(char::is_alphabetic)
    }

    /// Replaces what is shown.
    pub(crate) fn show(&mut self, shown: impl Into<String>) {
        self.shown = shown.into();
        self.touched = true;
    }
}

/// A seed while it is being disguised.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// What stands before everything.
    pub(crate) open: String,
    pub(crate) cells: Vec<Cell>,
    /// What stands behind everything.
    pub(crate) close: String,
}

impl Draft {
    pub(crate) fn new(seed: &str) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        for c in seed.chars() {
            let belongs = is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0f}');
            match cells.last_mut() {
                Some(cell) if belongs => {
                    cell.plain.push(c);
                    cell.shown.push(c);
                }
                _ => cells.push(Cell { plain: c.into(), shown: c.into(), ..Cell::default() }),
            }
        }
        Self { open: String::new(), cells, close: String::new() }
    }

    /// The cells that are letters.
    pub(crate) fn letters(&self) -> Vec<usize> {
        (0..self.cells.len()).filter(|&i| self.cells[i].is_letter()).collect()
    }

    /// The letters that no letter transform has had yet.
    pub(crate) fn free(&self) -> Vec<usize> {
        self.letters().into_iter().filter(|&i| !self.cells[i].touched).collect()
    }

    /// The runs of letters.
    pub(crate) fn words(&self) -> Vec<Range<usize>> {
        let mut words: Vec<Range<usize>> = Vec::new();
        for i in self.letters() {
            match words.last_mut() {
                Some(word) if word.end == i => word.end += 1,
                _ => words.push(i..i + 1),
            }
        }
        words
    }

    /// The longest word, the first of several.
    pub(crate) fn longest_word(&self) -> Range<usize> {
        self.words().into_iter().rev().max_by_key(ExactSizeIterator::len).unwrap_or(0..0)
    }

    /// Letters with another one of the same word behind them.
    pub(crate) fn joints(&self) -> Vec<usize> {
        let inside = |word: Range<usize>| word.start..word.end - 1;
        self.words().into_iter().flat_map(inside).collect()
    }

    /// Letters that are neither the first nor the last of their word.
    pub(crate) fn inner(&self) -> Vec<usize> {
        let inside = |word: Range<usize>| word.start + 1..word.end.max(word.start + 2) - 1;
        self.words().into_iter().flat_map(inside).collect()
    }

    /// Replaces everything by one text, for transforms that keep no letter apart.
    pub(crate) fn replace(&mut self, shown: String) {
        let plain: String = self.cells.iter().map(|cell| cell.plain.as_str()).collect();
        self.cells = vec![Cell { plain, shown, touched: true, ..Cell::default() }];
    }

    /// The text of all cells.
    pub(crate) fn body(&self) -> String {
        let mut body = String::new();
        for (i, cell) in self.cells.iter().enumerate() {
            let gap = if i + 1 < self.cells.len() { cell.gap.as_str() } else { "" };
            body.extend([cell.lead.as_str(), &cell.shown, &cell.trail, gap]);
        }
        body
    }

    pub(crate) fn finish(self) -> Disguise {
        let body = self.body();
        let lead = self.cells.first().map_or(0, |cell| cell.lead.len());
        let trail = self.cells.last().map_or(0, |cell| cell.trail.len());
        let start = self.open.len();
        let text = self.open + &body + &self.close;
        Disguise { span: start + lead..start + body.len() - trail, outer: 0..text.len(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_letters_with_their_marks() {
        let draft = Draft::new("cafe\u{301} कि!");
        let plain: Vec<&str> = draft.cells.iter().map(|cell| cell.plain.as_str()).collect();
        assert_eq!(plain, ["c", "a", "f", "e\u{301}", " ", "कि", "!"]);
        assert_eq!(draft.words(), [0..4, 5..6]);
        assert_eq!(draft.longest_word(), 0..4);
        assert_eq!(draft.joints(), [0, 1, 2]);
        assert_eq!(draft.inner(), [1, 2]);
    }

    #[test]
    fn the_span_leaves_out_what_lies_around() {
        let mut draft = Draft::new("ab");
        draft.open = "<".into();
        draft.cells[0].lead = "**".into();
        draft.cells[0].gap = "-".into();
        draft.cells[1].trail = "~".into();
        draft.cells[1].gap = "never".into();
        draft.close = ">>".into();
        let disguise = draft.finish();
        assert_eq!(disguise.text, "<**a-b~>>");
        assert_eq!(&disguise.text[disguise.span], "a-b");
        assert_eq!(disguise.outer, 0..9);
    }

    #[test]
    fn nothing_is_nothing() {
        let draft = Draft::new("");
        assert_eq!((draft.words().len(), draft.longest_word(), draft.joints().len()), (0, 0..0, 0));
        assert_eq!(draft.finish().text, "");
        assert!(Draft::new("a").inner().is_empty());
    }
}
