//! The part before the `@`.

use super::super::text;

/// The most bytes of a local part.
const LONGEST: usize = 64;

/// The start of the local part that ends at `end`; none when it is empty or too long.
pub(super) fn local_start(text: &str, end: usize, done: usize) -> Option<usize> {
    let head = &text[done..end];
    let mut len = 0;
    let ascii = head.ends_with(|c: char| c.is_ascii());
    for c in head.chars().rev() {
        // `请联系jane@…`: a name in ASCII touches words of scripts without spaces.
        if !is_local(c) || ascii && text::touches(c) {
            break;
        }
        len += c.len_utf8();
        if len > LONGEST {
            return None;
        }
    }
    let local = &head[head.len() - len..];
    // Quotes and the like before it belong to the sentence.
    let local = local.trim_start_matches(|c: char| !(text::is_word(c) || matches!(c, '_' | '+')));
    let local = behind_key(behind_path(local));
    let fits = !local.is_empty() && !local.ends_with('.') && !local.contains("..");
    fits.then(|| end - local.len())
}

/// What a link has before an address in it: `page.example/u?a=1&to=jane`. RFC 5322 allows all
/// of these signs in names; nobody gives out such, but for `&`.
fn behind_path(local: &str) -> &str {
    let local = local.rsplit(['/', '?']).next().unwrap_or(local);
    match local.rsplit_once('&') {
        Some((before, behind)) if before.contains('=') || behind.contains('=') => behind,
        _ => local,
    }
}

/// `email=jane` is a key and what it holds; bounces (`news+jane=example.org`) are whole.
fn behind_key(local: &str) -> &str {
    match local.split_once('=') {
        Some((key, value)) if key.chars().all(|c| c.is_ascii_alphabetic() || c == '_') => value,
        _ => local,
    }
}

fn is_local(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&(c as u8));
    }
    text::is_word(c) || text::is_invisible(c)
}

/// The start of `"jane doe"` before the sign.
pub(super) fn quoted_start(text: &str, sign: usize, done: usize) -> Option<usize> {
    let inside = text[done..sign].strip_suffix('"')?;
    let from = text::ceil(text, done.max((done + inside.len()).saturating_sub(LONGEST)));
    let start = from + text[from..done + inside.len()].rfind('"')?;
    let local = &text[start + 1..done + inside.len()];
    let fits = !local.is_empty() && !local.contains(['\n', '@']) && text::opens(text, start);
    fits.then_some(start)
}
