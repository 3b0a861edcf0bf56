//! Alphabets made for other things than words: mathematics, enumerations, maps, emoji.

use super::ops::{by_character, by_text, replace};
use super::{ANY, Common};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};

const STYLED: Common = Common { kinds: &[Kind::Styled], stage: Stage::Letters, severities: ANY };

pub(super) const LIST: &[Transform] = &[
    STYLED.with("style-bold", "mathematical bold", style, "a𝐚 A𝐀 α𝛂 Α𝚨"),
    STYLED.with("style-italic", "mathematical italic", style, "!hℎ a𝑎 A𝐴 α𝛼 Α𝛢"),
    STYLED.with("style-bold-italic", "mathematical bold italic", style, "a𝒂 A𝑨 α𝜶 Α𝜜"),
    STYLED.with(
        "style-script",
        "mathematical script",
        style,
        "!eℯ !gℊ !oℴ !Bℬ !Eℰ !Fℱ !Hℋ !Iℐ !Lℒ !Mℳ !Rℛ a𝒶 A𝒜",
    ),
    STYLED.with("style-bold-script", "mathematical bold script", style, "a𝓪 A𝓐"),
    STYLED.with("style-fraktur", "Fraktur", style, "!Cℭ !Hℌ !Iℑ !Rℜ !Zℨ a𝔞 A𝔄"),
    STYLED.with("style-bold-fraktur", "bold Fraktur", style, "a𝖆 A𝕬"),
    STYLED.with("style-double-struck", "double-struck", style, "!Cℂ !Hℍ !Nℕ !Pℙ !Qℚ !Rℝ !Zℤ a𝕒 A𝔸"),
    STYLED.with("style-sans", "sans-serif", style, "a𝖺 A𝖠"),
    STYLED.with("style-sans-bold", "sans-serif bold", style, "a𝗮 A𝗔 α𝝰 Α𝝖"),
    STYLED.with("style-sans-italic", "sans-serif italic", style, "a𝘢 A𝘈"),
    STYLED.with("style-sans-bold-italic", "sans-serif bold italic", style, "a𝙖 A𝘼 α𝞪 Α𝞐"),
    STYLED.with("style-monospace", "monospace", style, "a𝚊 A𝙰"),
    STYLED.with("style-circled", "circled", style, "aⓐ AⒶ"),
    STYLED.with("style-parenthesized", "parenthesized", style, "a⒜ A🄐"),
    STYLED.with("style-parenthesized-capital", "parenthesized capitals", style, "A🄐"),
    STYLED.with("style-squared", "squared", style, "A🄰"),
    STYLED.with("style-negative-circled", "white on a black circle", style, "A🅐"),
    STYLED.with("style-negative-squared", "white on a black square", style, "A🅰"),
    STYLED.with("style-regional", "regional indicators, which make flags", style, "A🇦"),
    STYLED.with("style-tags", "tag characters, which show nothing", style, "a\u{e0061} A\u{e0041}"),
    STYLED.with("style-emoji", "emoji that show a letter", by_text, "\
        a🅰️ b🅱️ o🅾️ p🅿️ mⓂ️ iℹ️ c©️ r®️"),
    STYLED.with("style-keycap", "letters on keycaps", keycap, ""),
    STYLED.with("style-small-capitals", "small capitals", by_character, "\
        aᴀ bʙ cᴄ dᴅ eᴇ fꜰ gɢ hʜ iɪ jᴊ kᴋ lʟ mᴍ nɴ oᴏ pᴘ qꞯ rʀ sꜱ tᴛ uᴜ vᴠ wᴡ yʏ zᴢ гᴦ лᴫ πᴨ ρᴩ ψᴪ"),
    STYLED.with("style-superscript", "raised letters", by_character, "\
        aᵃ bᵇ cᶜ dᵈ eᵉ fᶠ gᵍ hʰ iⁱ jʲ kᵏ lˡ mᵐ nⁿ oᵒ pᵖ rʳ sˢ tᵗ uᵘ vᵛ wʷ xˣ yʸ zᶻ βᵝ γᵞ δᵟ φᵠ χᵡ нᵸ"),
    STYLED.with("style-subscript", "lowered letters", by_character, "\
        aₐ eₑ hₕ iᵢ jⱼ kₖ lₗ mₘ nₙ oₒ pₚ rᵣ sₛ tₜ uᵤ vᵥ xₓ βᵦ γᵧ ρᵨ φᵩ χᵪ"),
];

/// `a𝐚` moves the alphabet that begins with `a` to the one that begins with `𝐚`, `!hℎ` one letter.
/// Without a row for small letters, or capitals, the other row serves.
fn style(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    let data = hand.data;
    replace(draft, hand, |c| {
        let same = styled(data, c);
        let other = || styled(data, other_case(c)?);
        same.or_else(other).map(String::from).into_iter().collect()
    })
}

fn styled(data: &str, c: char) -> Option<char> {
    data.split(' ').find_map(|row| {
        let mut row = row.chars();
        let (first, second) = (row.next()?, row.next()?);
        if first == '!' {
            return row.next().filter(|_| second == c);
        }
        // Omega is the 25th letter: the final sigma has a place of its own.
        let length = if first.is_ascii() { 26 } else { 25 };
        let at = u32::from(c).checked_sub(u32::from(first)).filter(|at| *at < length)?;
        char::from_u32(u32::from(second) + at)
    })
}

fn other_case(c: char) -> Option<char> {
    if c.is_uppercase() { c.to_lowercase().next() } else { c.to_uppercase().next() }
}

/// Keyboards have capitals on their keys.
fn keycap(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    replace(draft, hand, |c| {
        let up = c.is_ascii_alphabetic().then(|| c.to_ascii_uppercase());
        up.map(|c| format!("{c}\u{fe0f}\u{20e3}")).into_iter().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// What Unicode itself says of most of these letters.
    #[test]
    fn styles_are_those_of_unicode() {
        let mut seen = 0;
        for transform in LIST.iter().filter(|t| t.op as usize == style as *const () as usize) {
            for c in ('a'..='z').chain('A'..='Z').chain('α'..='ω') {
                let Some(found) = styled(transform.data, c) else { continue };
                let plain: String = found.to_string().nfkc().collect();
                if plain != found.to_string() {
                    let plain = plain.trim_matches(['(', ')']);
                    assert_eq!(plain, c.to_string(), "{}: {c} became {found}", transform.id);
                    seen += 1;
                }
            }
        }
        assert!(seen > 700, "only {seen} letters were compared");
    }
}
