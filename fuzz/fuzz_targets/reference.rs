//! The engine against the slow reference.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| tamis_fuzz::reference::run(data));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    tamis_fuzz::replay(tamis_fuzz::reference::run)
}
