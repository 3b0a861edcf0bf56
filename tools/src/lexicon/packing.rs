//! From words to the bytes and the table that the core reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::core_files::packed::{Key, MAX_LETTERS, MIN_LETTERS, PADDING, Section};
use super::{Info, Words};
use crate::gen_tables::hex;

/// Raised when the meaning of the data changes and the data does not.
const REVISION: u8 = 1;

/// How many different classes one byte tells apart.
const CLASSES: usize = 256;

/// The generated files.
pub(super) struct Packed {
    pub(super) data: Vec<u8>,
    pub(super) table: String,
}

/// Packs the words.
pub(super) fn pack(words: &Words) -> Packed {
    let classes = Classes::of(words);
    let mut by_length: BTreeMap<usize, Vec<(Key, u8)>> = BTreeMap::new();
    for (word, info) in words {
        let key = Key::new(word.chars()).expect("words were gathered by their keys");
        by_length.entry(key.len()).or_default().push((key, classes.number(*info)));
    }
    let mut writer = Writer::default();
    for len in MIN_LETTERS..=MAX_LETTERS {
        writer.section(len, by_length.remove(&len).unwrap_or_default());
    }
    writer.finish(&classes)
}

#[derive(Default)]
struct Writer {
    starts: Vec<u16>,
    bits: Vec<u8>,
    classes: Vec<u8>,
    sections: Vec<Section>,
}

impl Writer {
    fn section(&mut self, len: usize, words: Vec<(Key, u8)>) {
        let section = Section {
            words: narrow(words.len()),
            first: narrow(self.classes.len()),
            bucket_bits: Section::bucket_bits(words.len()),
            starts: narrow(self.starts.len()),
            bytes: narrow(self.bits.len()),
        };
        let mut placed: Vec<((usize, u128), u8)> =
            words.into_iter().map(|(key, class)| (section.place(key), class)).collect();
        placed.sort_unstable();
        for bucket in 0..=1usize << section.bucket_bits {
            let start = placed.partition_point(|((of, _), _)| *of < bucket);
            self.starts.push(u16::try_from(start).expect("fewer words of one length"));
        }
        let width = section.stored_bits(len);
        let mut bits = Bits::default();
        for ((_, rest), class) in placed {
            bits.push(rest, width);
            self.classes.push(class);
        }
        self.bits.extend(bits.bytes);
        self.sections.push(section);
    }

    fn finish(mut self, classes: &Classes) -> Packed {
        let before: usize = 2 * self.starts.len();
        for section in &mut self.sections {
            section.bytes += narrow(before);
        }
        let mut data: Vec<u8> = self.starts.iter().flat_map(|start| start.to_le_bytes()).collect();
        data.extend(self.bits);
        data.extend([0; PADDING]);
        let class_bytes = data.len();
        data.extend(self.classes);
        let mut hasher = Sha256::new();
        hasher.update([REVISION]);
        hasher.update(&data);
        hasher.update(classes.source());
        let version = hex(&hasher.finalize());
        let table = table(&self.sections, classes, data.len(), class_bytes, &version);
        Packed { data, table }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("the lexicon is small")
}

/// Numbers of any width, one behind the other, low bits first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    fn push(&mut self, number: u128, width: u32) {
        for bit in 0..width {
            if self.used % 8 == 0 {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= u8::from(number >> bit & 1 != 0) << (self.used % 8);
            self.used += 1;
        }
    }
}

/// The different things that are known of words, by number.
struct Classes {
    numbers: BTreeMap<Info, usize>,
    list: Vec<Info>,
}

impl Classes {
    /// The frequent ones; the others are told apart by less, see [`Classes::number`].
    fn of(words: &Words) -> Self {
        let mut counts: BTreeMap<Info, usize> = BTreeMap::new();
        for info in words.values() {
            *counts.entry(*info).or_default() += 1;
        }
        let mut list: Vec<(usize, Info)> =
            counts.into_iter().map(|(info, count)| (count, info)).collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        list.truncate(CLASSES);
        let list: Vec<Info> = list.into_iter().map(|(_, info)| info).collect();
        let numbers = list.iter().enumerate().map(|(number, info)| (*info, number)).collect();
        Self { numbers, list }
    }

    /// The number of a class, or of the nearest: of those that claim no language
    /// wrongly, the one with the most languages, then with the nearest frequency.
    fn number(&self, info: Info) -> u8 {
        let number = self.numbers.get(&info).copied().unwrap_or_else(|| {
            let fits = |known: &&usize| self.list[**known].languages & !info.languages == 0;
            let all: Vec<usize> = (0..self.list.len()).collect();
            let score = |known: &&usize| {
                let Info { languages, frequency } = self.list[**known];
                let english = languages & 1;
                (english, languages.count_ones(), u8::MAX - frequency.abs_diff(info.frequency))
            };
            *all.iter().filter(fits).max_by_key(score).expect("every language has a class")
        });
        u8::try_from(number).expect("256 classes")
    }

    fn source(&self) -> String {
        let mut out = String::new();
        for Info { languages, frequency } in &self.list {
            writeln!(out, "    ({languages}, {frequency}),").expect("writing to a string");
        }
        out
    }
}

fn table(
    sections: &[Section],
    classes: &Classes,
    bytes: usize,
    class_bytes: usize,
    version: &str,
) -> String {
    let mut out = String::from(HEADER);
    let all: u32 = sections.iter().map(|section| section.words).sum();
    writeln!(
        out,
        "/// SHA-256 of the lexicon, for the fingerprint.\n\
         pub(crate) const VERSION: &str = \"{version}\";\n\
         /// How many words there are.\n\
         #[cfg(test)]\n\
         pub(super) const WORDS: usize = {all};\n\
         /// The length of the data.\n\
         pub(super) const DATA_BYTES: usize = {bytes};\n\
         /// Where the classes of the words begin in the data.\n\
         pub(super) const CLASS_BYTES: usize = {class_bytes};\n\n\
         /// Where the words of each length are.\n\
         pub(super) static SECTIONS: [Section; {}] = [",
        MAX_LETTERS + 1
    )
    .expect("writing to a string");
    let none = Section { words: 0, first: 0, bucket_bits: 0, starts: 0, bytes: 0 };
    for section in std::iter::repeat_n(&none, MIN_LETTERS).chain(sections) {
        let Section { words, first, bucket_bits, starts, bytes } = section;
        writeln!(
            out,
            "    Section {{ words: {words}, first: {first}, bucket_bits: {bucket_bits}, \
             starts: {starts}, bytes: {bytes} }},"
        )
        .expect("writing to a string");
    }
    writeln!(
        out,
        "];\n\n/// Languages and frequency, by the number of the class.\n\
         pub(super) static CLASSES: [(u16, u8); {CLASSES}] = ["
    )
    .expect("writing to a string");
    out.push_str(&classes.source());
    for _ in classes.list.len()..CLASSES {
        out.push_str("    (0, 0),\n");
    }
    out.push_str("];\n");
    out
}

const HEADER: &str = "// Generated by `cargo run -p tamis-tools -- gen-lexicon`; do not edit.\n\
     #![cfg_attr(rustfmt, rustfmt::skip)]\n#![allow(clippy::unreadable_literal)]\n\n\
     use super::packed::Section;\n\n";
