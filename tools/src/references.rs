//! The named character references of HTML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use entities::ENTITIES;

use crate::rust_source::{DATA_FILE, array, char_literal};

/// What each name, without `&` and `;`, stands for: one character or two.
pub(crate) struct References(BTreeMap<&'static str, &'static str>);

impl References {
    pub(crate) fn new() -> Self {
        // The old names that also work without a semicolon are listed twice.
        let name = |reference: &'static str| reference.strip_prefix('&')?.strip_suffix(';');
        Self(ENTITIES.iter().filter_map(|e| Some((name(e.entity)?, e.characters))).collect())
    }

    fn names(&self) -> String {
        self.0.keys().copied().collect()
    }

    fn ends(&self) -> Vec<u16> {
        let mut end = 0;
        let ends = self.0.keys().map(|name| {
            end += name.len();
            u16::try_from(end).expect("all names fit 64 kB")
        });
        ends.collect()
    }

    /// The first characters, and the second ones by the number of their name.
    fn characters(&self) -> (Vec<char>, Vec<(u16, char)>) {
        let mut first = Vec::new();
        let mut pairs = Vec::new();
        for (at, text) in self.0.values().enumerate() {
            let mut chars = text.chars();
            first.push(chars.next().expect("references stand for something"));
            pairs.extend(chars.map(|second| (at as u16, second)));
        }
        (first, pairs)
    }

    pub(crate) fn source(&self) -> String {
        let mut out = String::from(DATA_FILE);
        let longest = self.0.keys().map(|name| name.len()).max().unwrap_or(0);
        let (characters, pairs) = self.characters();
        let pairs = pairs.iter().map(|&(at, c)| format!("({at},{})", char_literal(c)));
        write!(
            out,
            "\n/// Bytes of the longest name.\npub(crate) const LONGEST: usize = {longest};\n\n\
             /// All names in byte order, without anything between them.\n\
             pub(crate) static NAMES: &str = \"\\\n"
        )
        .expect("writing to a string");
        for line in self.names().as_bytes().chunks(99) {
            writeln!(out, "{}\\", String::from_utf8_lossy(line)).expect("writing to a string");
        }
        out.push_str("\";\n");
        array(&mut out, "Where each name ends.", "ENDS", "u16", self.ends().iter());
        let literals = characters.iter().map(|&c| char_literal(c));
        array(&mut out, "What each stands for.", "CHARACTERS", "char", literals);
        let doc = "The second character of the few that have one.";
        array(&mut out, doc, "PAIRS", "(u16, char)", pairs);
        out
    }

    /// Everything that decides what the table says.
    pub(crate) fn data(&self) -> Vec<u8> {
        let (characters, pairs) = self.characters();
        let mut data = self.names().into_bytes();
        data.extend(self.ends().iter().flat_map(|end| end.to_le_bytes()));
        data.extend(characters.iter().flat_map(|&c| (c as u32).to_le_bytes()));
        for (at, c) in pairs {
            data.extend(u32::from(at).to_le_bytes());
            data.extend((c as u32).to_le_bytes());
        }
        data
    }
}
