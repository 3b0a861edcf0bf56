//! Compiled rulesets, changed under a checksum that fits, load soundly or not at all.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tamis_fuzz::compiled::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    tamis_fuzz::replay(tamis_fuzz::compiled::run)
}
