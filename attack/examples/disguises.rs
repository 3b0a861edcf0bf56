//! Shows what each recipe makes of a word: `cargo run -p tamis-attack --example disguises -- darn`.

use std::env;
use std::io::{self, Write};
use tamis_attack::{Level, compositions, drawn, singles};

fn main() -> io::Result<()> {
    let seed = env::args().nth(1).unwrap_or_else(|| "darn".to_owned());
    let mut out = io::stdout().lock();
    for recipe in singles().into_iter().chain(compositions()).chain(drawn(20, Level::Standard, 1)) {
        for &severity in recipe.severities() {
            let Some(disguise) = recipe.disguise(&seed, severity, 1) else { continue };
            let (level, severity) = (recipe.level().name(), severity.name());
            let inside = &disguise.text[disguise.span.clone()];
            writeln!(out, "{level}\t{}\t{severity}\t{:?}\t{inside:?}", recipe.id(), disguise.text)?;
        }
    }
    Ok(())
}
