//! Writing arrays as Rust source.

use std::fmt::{Display, Write as _};

/// The first lines of files that are all data.
pub(crate) const DATA_FILE: &str =
    "#![cfg_attr(rustfmt, rustfmt::skip)]\n#![allow(clippy::unreadable_literal)]\n";

const WIDTH: usize = 100;

/// A static array, filled to the line width.
pub(crate) fn array<T: Display>(
    out: &mut String,
    doc: &str,
    name: &str,
    item_type: &str,
    items: impl ExactSizeIterator<Item = T>,
) {
    let len = items.len();
    writeln!(out, "\n/// {doc}\npub(crate) static {name}: [{item_type}; {len}] = [")
        .expect("writing to a string");
    let mut line = String::new();
    for item in items {
        let item = format!("{item},");
        if line.len() + item.len() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line.clear();
        }
        line.push_str(&item);
    }
    out.push_str(&line);
    out.push_str("\n];\n");
}

/// A character as a literal: as itself where it shows, else as an escape.
pub(crate) fn char_literal(c: char) -> String {
    match c {
        '\'' | '\\' => format!("'\\{c}'"),
        ' '..='~' => format!("'{c}'"),
        _ => format!("'\\u{{{:x}}}'", c as u32),
    }
}
