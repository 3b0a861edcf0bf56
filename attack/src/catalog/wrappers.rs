//! Letters encoded or marked up, so that a page shows them plain.

use super::ops::{around, by_text, encode, text_behind};
use super::{ALL, ANY, Common, ONE};
use crate::draft::Draft;
use crate::kind::Kind;
use crate::transform::{Hand, Stage, Transform};
use std::fmt::Write;
use unicode_normalization::char::is_combining_mark;

const WRAPPERS: Common =
    Common { kinds: &[Kind::Wrappers], stage: Stage::Wrapping, severities: ANY };
const MARKUP: Common = WRAPPERS.severities(ONE);

pub(super) const LIST: &[Transform] = &[
    WRAPPERS.with("entity-decimal", "decimal entities", entity_decimal, ""),
    WRAPPERS.with("entity-hex", "hexadecimal entities", entity_hex, ""),
    WRAPPERS.with("entity-padded", "entities with leading zeros", entity_padded, ""),
    WRAPPERS.with("entity-open", "entities without a semicolon", entity_open, ""),
    WRAPPERS.with("entity-double", "entities of entities", entity_double, ""),
    WRAPPERS.severities(ANY).with("entity-named", "named entities", by_text, "\
        а&acy; б&bcy; в&vcy; г&gcy; д&dcy; е&iecy; ж&zhcy; з&zcy; и&icy; й&jcy; к&kcy; л&lcy; м&mcy; н&ncy; о&ocy; \
        п&pcy; р&rcy; с&scy; т&tcy; у&ucy; ф&fcy; х&khcy; ц&tscy; ч&chcy; ш&shcy; щ&shchcy; ы&ycy; ь&softcy; э&ecy; ю&yucy; я&yacy; \
        α&alpha; β&beta; γ&gamma; δ&delta; ε&epsilon; ζ&zeta; η&eta; θ&theta; ι&iota; κ&kappa; λ&lambda; μ&mu; ν&nu; \
        ο&omicron; π&pi; ρ&rho; σ&sigma; τ&tau; υ&upsilon; φ&phi; χ&chi; ψ&psi; ω&omega;"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Marks]).with("entity-accent", "named entities of accented letters", by_text, "\
        a&auml; a&aacute; a&agrave; a&acirc; c&ccedil; e&eacute; e&egrave; e&euml; i&iacute; i&iuml; n&ntilde; \
        o&ouml; o&oacute; o&ocirc; s&scaron; u&uuml; u&uacute; u&ucirc; y&yacute; z&zcaron; k&kcedil; r&rcaron; t&tcaron; l&lcedil;"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Styled]).with("entity-styled", "named entities of styled letters", by_text, "\
        a&afr; b&bfr; c&cfr; d&dfr; e&efr; f&ffr; g&gfr; h&hfr; i&ifr; j&jfr; k&kfr; l&lfr; m&mfr; n&nfr; o&ofr; p&pfr; \
        q&qfr; r&rfr; s&sfr; t&tfr; u&ufr; v&vfr; w&wfr; x&xfr; y&yfr; z&zfr;"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Invisible]).with("entity-hyphen", "entities of soft hyphens", text_behind, "&shy;"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Invisible]).with("entity-zero-width", "entities of zero-width characters", text_behind, "&#8203;"),
    WRAPPERS.with("percent", "percent-encoded bytes", percent, ""),
    WRAPPERS.with("percent-double", "percent-encoded percent signs", percent_double, ""),
    WRAPPERS.with("escape-unicode", r"`\uXXXX`", escape, ""),
    WRAPPERS.with("escape-braces", r"`\u{X}`", escape_braces, ""),
    MARKUP.with("markdown-bold", "Markdown bold", around, "**\n**"),
    MARKUP.with("markdown-italic", "Markdown italic", around, "*\n*"),
    MARKUP.with("markdown-underline", "Markdown underline", around, "__\n__"),
    MARKUP.with("markdown-strike", "Markdown strike-through", around, "~~\n~~"),
    MARKUP.with("markdown-code", "Markdown code", around, "`\n`"),
    MARKUP.with("markdown-spoiler", "a spoiler", around, "||\n||"),
    MARKUP.with("markdown-link", "a Markdown link", around, "[\n](https://example.com)"),
    MARKUP.with("markdown-note", "a Markdown link to a note", around, "[\n][1]"),
    WRAPPERS.with("escape-octal", "octal escapes", by_text, "\
        a\\141 b\\142 c\\143 d\\144 e\\145 f\\146 g\\147 h\\150 i\\151 j\\152 k\\153 l\\154 m\\155 n\\156 o\\157 \
        p\\160 q\\161 r\\162 s\\163 t\\164 u\\165 v\\166 w\\167 x\\170 y\\171 z\\172"),
    WRAPPERS.with("escape-css", "escapes of style sheets", escape_css, ""),
    WRAPPERS.with("colour-game", "colour codes of a game", around, "§c\n"),
    WRAPPERS.with("colour-caret", "colour codes of another game", around, "^1\n"),
    WRAPPERS.with("colour-terminal", "colour codes of terminals", around, "\u{1b}[31m\n"),
    MARKUP.with("colour-pair", "a colour and its end", around, "|cffff0000\n|r"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Styled]).with("emoji-name", "names of the emoji of letters", by_text, "\
        a:regional_indicator_a: b:regional_indicator_b: c:regional_indicator_c: d:regional_indicator_d: \
        e:regional_indicator_e: f:regional_indicator_f: g:regional_indicator_g: h:regional_indicator_h: \
        i:regional_indicator_i: j:regional_indicator_j: k:regional_indicator_k: l:regional_indicator_l: \
        m:regional_indicator_m: n:regional_indicator_n: o:regional_indicator_o: p:regional_indicator_p: \
        q:regional_indicator_q: r:regional_indicator_r: s:regional_indicator_s: t:regional_indicator_t: \
        u:regional_indicator_u: v:regional_indicator_v: w:regional_indicator_w: x:regional_indicator_x: \
        y:regional_indicator_y: z:regional_indicator_z:"),
    WRAPPERS.kinds(&[Kind::Wrappers, Kind::Styled]).with("emoji-letter", "names of emoji that end in the letter", by_text, "\
        a:letter_a: b:letter_b: c:letter_c: d:letter_d: e:letter_e: f:letter_f: g:letter_g: h:letter_h: i:letter_i: j:letter_j: k:letter_k: l:letter_l: m:letter_m: \
        n:letter_n: o:letter_o: p:letter_p: q:letter_q: r:letter_r: s:letter_s: t:letter_t: u:letter_u: v:letter_v: w:letter_w: x:letter_x: y:letter_y: z:letter_z:"),
    WRAPPERS.with("html-tag", "HTML around letters", around, "<b>\n</b>"),
    WRAPPERS.with("html-attribute", "HTML with attributes", around, "<span class=\"x\">\n</span>"),
    WRAPPERS.with("html-empty", "empty HTML elements", text_behind, "<i></i>"),
    WRAPPERS.with("html-break", "word breaks", text_behind, "<wbr>"),
    WRAPPERS.with("html-comment", "HTML comments", text_behind, "<!-- -->"),
    WRAPPERS.with("bbcode", "BBCode", around, "[b]\n[/b]"),
    Common { stage: Stage::Whole, severities: ALL, ..WRAPPERS }.with("override", "displayed against its direction", override_all, ""),
    Common { stage: Stage::Whole, severities: ALL, ..WRAPPERS }.with("override-part", "the second half displayed against its direction", override_part, ""),
    Common { stage: Stage::Whole, severities: ALL, ..WRAPPERS }.with("override-line", "displayed against its direction, not closed", override_line, ""),
];

fn entity_decimal(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("&#{};", u32::from(c)))
}

fn entity_hex(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("&#x{:x};", u32::from(c)))
}

fn entity_padded(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("&#{:07};", u32::from(c)))
}

fn entity_open(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    // Padded, because a digit of the next letter would be read as part of the number.
    encode(draft, hand, |c| format!("&#{:07}", u32::from(c)))
}

fn entity_double(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("&amp;#{};", u32::from(c)))
}

fn percent_bytes(c: char, sign: &str) -> String {
    let mut buffer = [0; 4];
    let mut text = String::new();
    for byte in c.encode_utf8(&mut buffer).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{sign}{byte:02X}");
    }
    text
}

fn percent(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| percent_bytes(c, "%"))
}

fn percent_double(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| percent_bytes(c, "%25"))
}

fn escape(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| {
        let mut units = [0; 2];
        let mut text = String::new();
        for unit in c.encode_utf16(&mut units) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
        text
    })
}

fn escape_braces(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("\\u{{{:x}}}", u32::from(c)))
}

fn escape_css(draft: &mut Draft, hand: &mut Hand<'_>) -> bool {
    encode(draft, hand, |c| format!("\\{:06x}", u32::from(c)))
}

/// Backwards, each mark behind its letter.
pub(super) fn backwards(text: &str) -> String {
    let mut clusters: Vec<String> = Vec::new();
    for c in text.chars() {
        match clusters.last_mut() {
            Some(cluster) if is_combining_mark(c) => cluster.push(c),
            _ => clusters.push(c.into()),
        }
    }
    clusters.into_iter().rev().collect()
}

/// Shows what follows against the direction of the word's script.
fn opening(draft: &Draft) -> &'static str {
    let first = draft.letters().first().and_then(|&i| draft.cells[i].plain.chars().next());
    let leftwards =
        first.is_some_and(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}'));
    if leftwards { "\u{202d}" } else { "\u{202e}" }
}

const END: &str = "\u{202c}";

fn override_all(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let (body, opening) = (draft.body(), opening(draft));
    draft.replace(backwards(&body));
    draft.open.push_str(opening);
    draft.close.insert_str(0, END);
    true
}

fn override_line(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    // Without an end the override runs to the end of the paragraph.
    let (body, opening) = (draft.body(), opening(draft));
    draft.replace(backwards(&body));
    draft.open.push_str(opening);
    draft.close.insert(0, '\n');
    true
}

fn override_part(draft: &mut Draft, _: &mut Hand<'_>) -> bool {
    let (half, opening) = (draft.cells.len() / 2, opening(draft));
    if half == 0 {
        return false;
    }
    let tail = Draft { cells: draft.cells.split_off(half), ..Draft::default() };
    draft.cells.push(crate::draft::Cell {
        plain: tail.cells.iter().map(|cell| cell.plain.as_str()).collect(),
        shown: backwards(&tail.body()),
        lead: opening.into(),
        trail: END.into(),
        touched: true,
        ..Default::default()
    });
    true
}
