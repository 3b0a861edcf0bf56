//! Where the sources disagree, written down so that a new version of one of
//! them shows up as a diff to review.

use std::fmt::Write as _;

use super::{latin, simpler, sources};
use crate::unicode;

/// One line for each code point whose sources name different letters:
/// the code point, what was chosen, then what each source says (`-`: nothing).
pub(crate) fn report() -> String {
    let mut out = String::from("code point\tcharacter\tchosen\tUTS #39\tdecancer\tany_ascii\n");
    let asked = |c: char| !c.is_ascii() && sources::is_letter(c) && simpler(c).is_none();
    for c in unicode::scalars().filter(|&c| asked(c)) {
        let confusable: String = sources::confusable(c).into_iter().collect();
        let decancer: String = sources::decancer(c).into_iter().collect();
        let any_ascii = sources::any_ascii(c).unwrap_or_default();
        let Some(first) = latin(c).into_iter().next() else { continue };
        let opinions = [confusable, decancer, any_ascii];
        let dissent = |opinion: &&String| !opinion.is_empty() && **opinion != first.symbols;
        if opinions.iter().any(|opinion| dissent(&opinion)) {
            let [confusable, decancer, any_ascii] =
                opinions.map(|opinion| if opinion.is_empty() { "-".into() } else { opinion });
            writeln!(
                out,
                "U+{:04X}\t{c}\t{}\t{confusable}\t{decancer}\t{any_ascii}",
                c as u32, first.symbols
            )
            .expect("writing to a string");
        }
    }
    out
}
