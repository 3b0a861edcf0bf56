//! From words to the bytes and the table that the core reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::core_files::packed::{
    FREQUENCY_BITS, HALF, Key, MAX_LETTERS, MIN_LETTERS, PADDING, Section,
};
use super::{Info, Words};
use crate::gen_tables::hex;

/// Raised when the meaning of the data changes and the data does not.
const REVISION: u8 = 1;

/// The generated files.
pub(super) struct Packed {
    pub(super) data: Vec<u8>,
    pub(super) table: String,
}

/// Packs the words.
pub(super) fn pack(words: &Words) -> Packed {
    let mut by_length: BTreeMap<usize, Vec<(Key, u16)>> = BTreeMap::new();
    for (word, info) in words {
        let key = Key::new(word.chars()).expect("words were gathered by their keys");
        by_length.entry(key.len()).or_default().push((key, bits(*info)));
    }
    let mut writer = Writer::default();
    for len in MIN_LETTERS..=MAX_LETTERS {
        writer.section(len, by_length.remove(&len).unwrap_or_default());
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    starts: Vec<u16>,
    bits: Vec<u8>,
    infos: Vec<u16>,
    sections: Vec<Section>,
}

impl Writer {
    fn section(&mut self, len: usize, words: Vec<(Key, u16)>) {
        let section = Section {
            words: narrow(words.len()),
            first: narrow(self.infos.len()),
            bucket_bits: Section::bucket_bits(words.len()),
            starts: narrow(self.starts.len()),
            bytes: narrow(self.bits.len()),
        };
        let mut placed: Vec<((usize, u128), u16)> =
            words.into_iter().map(|(key, info)| (section.place(key), info)).collect();
        placed.sort_unstable();
        for bucket in 0..=1usize << section.bucket_bits {
            let start = placed.partition_point(|((of, _), _)| *of < bucket);
            self.starts.push(u16::try_from(start).expect("fewer words of one length"));
        }
        let width = section.stored_bits(len);
        // What the core reads at once: 64 bits without the seven of a shift.
        assert!(len > HALF || placed.is_empty() || width <= 57, "{len} letters: {width} bits");
        let mut bits = Bits::default();
        for ((_, rest), info) in placed {
            bits.push(rest, width);
            self.infos.push(info);
        }
        self.bits.extend(bits.bytes);
        self.sections.push(section);
    }

    fn finish(mut self) -> Packed {
        let before: usize = 2 * self.starts.len();
        for section in &mut self.sections {
            section.bytes += narrow(before);
        }
        let mut data: Vec<u8> = self.starts.iter().flat_map(|start| start.to_le_bytes()).collect();
        data.extend(self.bits);
        data.extend([0; PADDING]);
        let info_bytes = data.len();
        data.extend(self.infos.iter().flat_map(|info| info.to_le_bytes()));
        let mut hasher = Sha256::new();
        hasher.update([REVISION]);
        hasher.update(&data);
        let version = hex(&hasher.finalize());
        let table = table(&self.sections, data.len(), info_bytes, &version);
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
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= u8::from(number >> bit & 1 != 0) << (self.used % 8);
            self.used += 1;
        }
    }
}

/// What is known of a word, as the core reads it.
fn bits(info: Info) -> u16 {
    info.languages << FREQUENCY_BITS | u16::from(info.frequency)
}

fn table(sections: &[Section], bytes: usize, info_bytes: usize, version: &str) -> String {
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
         /// Where what is known of each word begins in the data.\n\
         pub(super) const INFO_BYTES: usize = {info_bytes};\n\n\
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
    out.push_str("];\n");
    out
}

const HEADER: &str = "// Generated by `cargo run -p tamis-tools -- gen-lexicon`; do not edit.\n\
     #![cfg_attr(rustfmt, rustfmt::skip)]\n#![allow(clippy::unreadable_literal)]\n\n\
     use super::packed::Section;\n\n";
