//! The views of a text for people.

use crate::ui::excerpt::{Marks, excerpt, one_line};
use crate::ui::number::plural;
use crate::ui::style::{BOLD, DIM};
use crate::ui::table::{Cell, Table};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::io::{self, Write};
use tamis::Span;
use tamis::views::{Chunk, Piece, Reading, View, Views};

/// So many rows of a table are shown.
const ROWS: usize = 40;
/// So many words are shown.
const WORDS: usize = 60;
/// So many places of one row are shown.
const PLACES: usize = 5;
/// Longer excerpts are cut.
const WIDTH: usize = 40;

/// Writes all views; what the folded one has shown is not said again of the others.
pub(super) fn write(out: &mut impl Write, text: &str, views: &Views) -> io::Result<()> {
    let printer = Printer { text, folded: Known::of(&views.folded) };
    let remark = "forms, marks and invisible characters undone";
    printer.view(out, "Folded", remark, &views.folded, &Known::default())?;
    if let Some(latin) = &views.latin {
        let remark = "letters that only look Latin read as such";
        writeln!(out)?;
        writeln!(out, "{BOLD}Latin{BOLD:#}  {DIM}{remark}{DIM:#}")?;
        writeln!(out, "  {}", one_line(latin, WORDS * 4))?;
    }
    if let Some(tags) = &views.tags {
        writeln!(out)?;
        printer.view(out, "Tags", "hidden tag characters read", tags, &printer.folded)?;
    }
    if let Some(decoded) = &views.decoded {
        writeln!(out)?;
        let remark = "wrappers undone; matches count its words";
        printer.view(out, "Decoded", remark, decoded, &printer.folded)?;
    }
    Ok(())
}

struct Printer<'v> {
    text: &'v str,
    folded: Known<'v>,
}

/// What was shown already.
#[derive(Default)]
struct Known<'v> {
    pieces: HashSet<&'v Piece>,
    readings: HashSet<&'v Reading>,
    chunks: HashSet<&'v Chunk>,
}

impl<'v> Known<'v> {
    fn of(view: &'v View) -> Self {
        Self {
            pieces: view.pieces.iter().collect(),
            readings: view.readings.iter().collect(),
            chunks: view.chunks.iter().collect(),
        }
    }
}

/// Rows that say the same of several places are one.
struct Rows<K> {
    list: Vec<(K, Vec<u32>)>,
    index: HashMap<K, usize>,
}

impl<K: Hash + Eq + Clone> Rows<K> {
    fn new(entries: impl Iterator<Item = (K, Span)>) -> Self {
        let mut rows = Self { list: Vec::new(), index: HashMap::new() };
        for (key, span) in entries {
            let next = rows.list.len();
            let at = *rows.index.entry(key.clone()).or_insert(next);
            if at == next {
                rows.list.push((key, Vec::new()));
            }
            rows.list[at].1.push(span.start);
        }
        rows
    }
}

impl Printer<'_> {
    fn view(
        &self,
        out: &mut impl Write,
        name: &str,
        remark: &str,
        view: &View,
        known: &Known<'_>,
    ) -> io::Result<()> {
        writeln!(out, "{BOLD}{name}{BOLD:#}  {DIM}{remark}{DIM:#}")?;
        for line in excerpt(&view.text, Vec::new(), Marks::Brackets).lines() {
            writeln!(out, "  {line}")?;
        }
        words(out, view)?;
        self.pieces(out, view.pieces.iter().filter(|p| !known.pieces.contains(p)))?;
        self.readings(out, view.readings.iter().filter(|r| !known.readings.contains(r)))?;
        self.chunks(out, view.chunks.iter().filter(|c| !known.chunks.contains(c)))
    }

    fn pieces<'p>(
        &self,
        out: &mut impl Write,
        pieces: impl Iterator<Item = &'p Piece>,
    ) -> io::Result<()> {
        let rows = Rows::new(pieces.map(|p| ((&p.text, &p.reads, &p.kinds), p.span)));
        self.table(out, ["Undone", "Reads as", "Why"], &rows, |(text, reads, kinds)| {
            [shown(text), shown(reads), kinds.join(", ")]
        })
    }

    /// All that one character may be read as, for one reason, is one row.
    fn readings<'r>(
        &self,
        out: &mut impl Write,
        readings: impl Iterator<Item = &'r Reading>,
    ) -> io::Result<()> {
        let mut joined: Vec<(&Reading, Vec<&str>)> = Vec::new();
        for r in readings {
            match joined.last_mut() {
                Some((last, letters))
                    if (last.span, last.kind, last.level) == (r.span, r.kind, r.level) =>
                {
                    letters.push(&r.letters);
                }
                _ => joined.push((r, vec![&r.letters])),
            }
        }
        let entries = joined
            .iter()
            .map(|(r, letters)| ((&r.text, letters.join(", "), r.kind, r.level), r.span));
        let header = ["May be read", "As", "Why"];
        self.table(out, header, &Rows::new(entries), |(text, letters, kind, level)| {
            [shown(text), letters.clone(), format!("{kind}, from {level}")]
        })
    }

    fn chunks<'c>(
        &self,
        out: &mut impl Write,
        chunks: impl Iterator<Item = &'c Chunk>,
    ) -> io::Result<()> {
        let rows = Rows::new(chunks.map(|c| ((&c.text, c.odd, c.place), c.span)));
        let header = ["Looked at closely", "From", "Is"];
        self.table(out, header, &rows, |(text, odd, place)| {
            let place = place.map_or_else(String::new, |place| format!("{place}, costs more"));
            [shown(text), odd.unwrap_or("strong").to_owned(), place]
        })
    }

    /// A table with the characters at which its rows stand, counted from 1.
    fn table<K>(
        &self,
        out: &mut impl Write,
        header: [&str; 3],
        rows: &Rows<K>,
        cells: impl Fn(&K) -> [String; 3],
    ) -> io::Result<()> {
        if rows.list.is_empty() {
            return Ok(());
        }
        let [first, second, third] = header;
        let mut table = Table::new([first, second, third, "At character"]).left(4);
        for (key, places) in rows.list.iter().take(ROWS) {
            let mut row: Vec<Cell> = cells(key).into_iter().map(Cell::from).collect();
            row.push(self.places(places).into());
            table.row(row);
        }
        writeln!(out)?;
        table.write(out)?;
        if rows.list.len() > ROWS {
            writeln!(out, "  … and {} more", rows.list.len() - ROWS)?;
        }
        Ok(())
    }

    fn places(&self, bytes: &[u32]) -> String {
        let character = |&byte: &u32| (self.text[..byte as usize].chars().count() + 1).to_string();
        let mut places: Vec<_> = bytes.iter().take(PLACES).map(character).collect();
        if bytes.len() > PLACES {
            places.push(format!("… ({} in all)", bytes.len()));
        }
        places.join(", ")
    }
}

fn words(out: &mut impl Write, view: &View) -> io::Result<()> {
    write!(out, "  {DIM}{}{DIM:#}", plural(view.words.len() as u64, "word"))?;
    for word in view.words.iter().take(WORDS) {
        write!(out, "  {DIM}{}{DIM:#} {}", word.number, one_line(&word.text, WIDTH))?;
    }
    if view.words.len() > WORDS {
        write!(out, "  … and {} more", view.words.len() - WORDS)?;
    }
    writeln!(out)
}

/// An excerpt of which something can be seen, and that does not break the table.
fn shown(text: &str) -> String {
    match one_line(text, WIDTH).replace('\t', " ") {
        empty if empty.is_empty() => "(nothing)".to_owned(),
        blank if blank.trim().is_empty() => "(space)".to_owned(),
        text => text,
    }
}
