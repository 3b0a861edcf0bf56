//! Spans, reports and redaction of any text.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tamis_fuzz::spans::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    tamis_fuzz::replay(tamis_fuzz::spans::run)
}
