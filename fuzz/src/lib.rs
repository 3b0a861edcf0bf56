//! The bodies of the fuzz targets, so that tests can run them without a fuzzer.
//!
//! Each takes any bytes and panics when something is wrong.

pub mod compiled;
pub mod fold;
pub mod mutate;
pub mod policy;
pub mod reference;
pub mod spans;

/// The levels of undoing evasion, from the lowest.
pub const LEVELS: [&str; 4] = ["exact", "fold", "standard", "strong"];

/// Runs a target over the files that the command line names: to see what a
/// fuzzer found without the fuzzer.
///
/// # Errors
/// When a file cannot be read.
pub fn replay(target: fn(&[u8])) -> std::io::Result<()> {
    for path in std::env::args_os().skip(1) {
        target(&std::fs::read(path)?);
    }
    Ok(())
}

/// The first `most` characters of `data`, with what is not UTF-8 replaced.
fn text(data: &[u8], most: usize) -> String {
    String::from_utf8_lossy(data).chars().take(most).collect()
}
