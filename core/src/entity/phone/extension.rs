//! The extension behind a number.

use super::super::text;

/// The end of an extension behind a number: `x12`, `ext. 12`, `#12`.
pub(super) fn extension_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..text::floor(text, at + 24)];
    // `;ext=12` is how links to telephones write it.
    let word = rest.trim_start_matches([' ', ',', ';']);
    let spaced = word.len() < rest.len();
    let words = ["extension", "ext.", "ext", "доб.", "доб", "x", "X", "#"];
    let behind = words.iter().find_map(|&known| {
        let same = text::starts_with(word.as_bytes(), known.as_bytes());
        same.then(|| &word[known.len()..])
    })?;
    let number = behind.trim_start_matches([' ', ':', '=']);
    // `2 x 3` is no extension: an x with space before it has none behind.
    if spaced && number.len() < behind.len() && word.starts_with(['x', 'X', '#']) {
        return None;
    }
    let digits = number.bytes().take(8).take_while(u8::is_ascii_digit).count();
    (1..=7).contains(&digits).then(|| at + rest.len() - number.len() + digits)
}

#[cfg(test)]
mod tests {
    use super::extension_end;

    #[test]
    fn extensions_have_up_to_seven_digits() {
        assert_eq!(extension_end("x123 y", 0), Some(4));
        assert_eq!(extension_end(" ext. 12", 0), Some(8));
        assert_eq!(extension_end(" #12", 0), Some(4));
        assert_eq!(extension_end(" x 3 metres", 0), None);
        assert_eq!(extension_end("x12345678", 0), None);
        assert_eq!(extension_end(";ext=12", 0), Some(7));
        assert_eq!(extension_end(" next", 0), None);
    }
}
