//! Readings that no source has, or that the sources get wrong. All of it is
//! common knowledge of what letters look like; nothing is copied from a list.

use crate::view::reading::ReadingKind::{self, Hidden, Leet, LookAlike, Styled, Turned, Variant};

/// A reading by hand: kind, doubt, symbols.
pub(crate) type Hand = (ReadingKind, u8, String);

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";

/// Alphabets whose code points follow each other: first code point, letters.
const RUNS: [(char, &str, ReadingKind); 19] = [
    ('\u{249C}', LOWER, Styled),  // parenthesized
    ('\u{1F110}', LOWER, Styled), // parenthesized capitals
    ('\u{1F150}', LOWER, Styled), // negative circled
    ('\u{1F170}', LOWER, Styled), // negative squared, blood types among them
    ('\u{1F1E6}', LOWER, Styled), // regional indicators
    ('\u{E0041}', LOWER, Hidden), // tag capitals
    ('\u{E0061}', LOWER, Hidden), // tags
    ('\u{E0030}', "0123456789", Hidden),
    ('\u{2474}', "123456789", Styled),   // (1)
    ('\u{2488}', "123456789", Styled),   // 1.
    ('\u{24F5}', "123456789", Styled),   // double circled
    ('\u{24FF}', "0", Styled),           // negative circled
    ('\u{2776}', "123456789", Styled),   // dingbat negative circled
    ('\u{2780}', "123456789", Styled),   // dingbat circled sans-serif
    ('\u{278A}', "123456789", Styled),   // the same, negative
    ('\u{1F100}', "0", Styled),          // 0.
    ('\u{1F101}', "0123456789", Styled), // 0,
    ('\u{1F10B}', "00", Styled),         // dingbat zeros
    ('\u{1F12B}', "cr", Styled),         // circled italic
];

/// Alphabets listed letter by letter, in the order `a`–`z`; `_` where there is none.
const ALPHABETS: [(&str, ReadingKind, u8); 18] = [
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ_ʏᴢ", Styled, 0), // small capitals
    ("⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", Styled, 2), // Braille
    ("卂乃匚_乇千__丨ﾌ_ㄥ爪几ㄖ卩_尺丂ㄒㄩ_山乂ㄚ乙", LookAlike, 3),
    ("丹_亡_ヨ下ム升工丁长レ从れ口户_卞ち匕凵レ屮メと之", LookAlike, 3),
    ("ﾑ乃ᄃり乇ｷムんﾉﾌズﾚﾶ刀のｱゐ尺丂ｲひ√_ﾒﾘ乙", LookAlike, 3),
    ("ム乃亡り乇キ厶ンノフズレカ冂のアゐ尺ちイひ∨山メリて", LookAlike, 3),
    ("月日亡口彐下_升エ亅长心从人回户已又己丅凵ソ屮父爻之", LookAlike, 3),
    ("闩阝匚_巳千呂廾丨丿片し冊れ囗尸甲兄弓丁ㄩㄥ卅ㄨ丫て", LookAlike, 3),
    ("丹_亡刀モキム卄工フ_レ_几ロア_尺丂匕__ω_リ乙", LookAlike, 3),
    ("ค๒ς๔єŦﻮђเןкl๓ภ๏קợгรtยשฬץאz", LookAlike, 3),
    // Thai and Lao letters by their shapes, in the fonts without loops.
    ("ล๖ตด_ฝງหเจ_ใมก๐ปๅรสโนงพ_ฯะ", LookAlike, 3),
    ("ฅ_๔ต_ฟฏ_ไ_ห_ฑท໐ຢ_ຣຮໂบ_ผ_ฃ๘", LookAlike, 3),
    ("ດ_ຕ໓_ຝຽຫໄ__ໃ๓ຖ__ຄ_ລ_ບ_ຟ_ยຂ", LookAlike, 3),
    ("ຄ_______ເ____ນ_______ວພ___", LookAlike, 3),
    ("ᗩᗷᑕᗪ_ᖴ_ᕼ_ᒍ_ᒪᗰᑎ_ᑭᑫᖇᔕ_ᑌᐯᗯ᙭_ᘔ", LookAlike, 3),
    ("ᚨᛒ_ᛞᛖᚠᚷᚺᛁᛃᚲᛚᛗᚾᛟᛈ_ᚱᛊᛏᚢ_ᚹ_ᚤᛉ", LookAlike, 3), // runes, by their sounds
    ("ልጌርዕቿቻኗዘጎጋኸረጠክዐየዒዪነፕሁህሠሸሃጊ", LookAlike, 3),
    ("ꍏꌃꉓꀸꍟꎇꁅꃅꀤꀭꀘ꒒ꂵꈤꂦꉣꆰꋪꌗ꓄ꀎꃴꅏꊼꌩꁴ", LookAlike, 3),
];

/// Letters that look like another one upside down.
const TURNED: [(&str, &str); 20] = [
    ("ɐ∀Ɐ", "a"),
    ("ꓭ𐐒", "b"),
    ("ɔƆꓛↃↄ", "c"),
    ("ᗡꓷ", "d"),
    ("ǝƎ∃", "e"),
    ("ɟℲⅎ", "f"),
    ("⅁פᵷꓨ", "g"),
    ("ɥꞍ", "h"),
    ("ᴉ", "i"),
    ("ʞꞰ⋊", "k"),
    ("ʃꞁꞀ⅂ןꓶ", "l"),
    ("ɯƜꟽ", "m"),
    ("ᴚɹꓤ", "r"),
    ("ʇꞱꓕ⊥", "t"),
    ("∩⋂", "u"),
    ("ʌɅᴧᐱ", "v"),
    ("ʎ⅄", "y"),
    ("ᴝ", "u"),
    // The same in a mirror.
    ("ᴎ", "n"),
    ("ɿ", "r"),
];

/// Single code points: what they are read as, why, and with how much doubt.
/// Several readings of one code point are listed from the likeliest on.
const SINGLES: [(&str, &str, ReadingKind, u8); 122] = [
    // ASCII that is told apart by its fonts alone.
    ("I", "l", LookAlike, 2),
    ("l", "i", LookAlike, 2),
    // Letters of Latin alphabets.
    ("æÆᴁ", "ae", Variant, 1),
    ("œŒɶ", "oe", Variant, 1),
    ("ðÐđĐɖƉ", "d", Variant, 1),
    ("þÞ", "th", Variant, 2),
    ("þÞ", "p", LookAlike, 2),
    ("øØɵƟ", "o", Variant, 1),
    ("łŁƚȽ", "l", Variant, 1),
    ("ı", "i", Variant, 1),
    ("ŋŊ", "n", Variant, 1),
    ("əƏ", "e", Variant, 2),
    ("əƏ", "a", LookAlike, 2),
    ("ǝƎ", "e", Turned, 1),
    ("ƒ", "f", Variant, 1),
    ("ɱ", "m", Variant, 1),
    ("ǫ", "q", LookAlike, 2), // in small capitals it stands for the missing q
    ("ßẞ", "b", LookAlike, 2),
    ("ſ", "f", LookAlike, 2),
    ("ẝ", "f", LookAlike, 1), // a long s, drawn as an f
    ("ɢʛ", "g", Styled, 0),
    ("ɑⱭ", "a", Variant, 1),
    ("ɛƐ", "e", Variant, 1),
    ("ʋƲ", "v", Variant, 1),
    ("ɯƜ", "w", LookAlike, 2),
    ("ɔƆ", "o", Variant, 3),
    ("ƊɗȡƋƌ", "d", Variant, 1),
    ("ẟꝹꝺ", "d", Variant, 2),
    ("ⱻᴈᶔ", "e", Variant, 2),
    ("ƺʓᴣᶚꝢꝣ", "z", Variant, 2),
    ("ꟼ", "p", Turned, 2),
    ("ɺɻᵳꞂꞃꝚꝛꭈꭊ", "r", Variant, 2),
    ("Ꞅꞅ", "s", Variant, 2),
    ("Ꞇꞇ", "t", Variant, 2),
    ("ɒⱰ", "a", Variant, 2),
    ("ɘɜɝ", "e", Variant, 2),
    ("ƷʒȜȝ", "z", Variant, 2),
    ("ƧƨꙄꙅ", "s", LookAlike, 2),
    ("ƱʊꞸꞹ", "u", Variant, 1),
    ("ɳɲƝ", "n", Variant, 1),
    ("ɐ", "e", LookAlike, 3),
    // Currency signs, as generators use them.
    ("₳", "a", LookAlike, 2),
    ("฿₿৳", "b", LookAlike, 2),
    ("₵¢￠₡", "c", LookAlike, 2),
    ("₫", "d", LookAlike, 2),
    ("€£￡₤", "e", LookAlike, 2),
    ("£￡₤", "l", LookAlike, 3),
    ("₣", "f", LookAlike, 2),
    ("₲", "g", LookAlike, 2),
    ("₭", "k", LookAlike, 2),
    ("₥", "m", LookAlike, 2),
    ("₦", "n", LookAlike, 2),
    ("₱₽", "p", LookAlike, 2),
    ("₹", "r", LookAlike, 2),
    ("₷₴§", "s", LookAlike, 2),
    ("₮₸₺", "t", LookAlike, 2),
    ("₩￦", "w", LookAlike, 2),
    ("¥￥", "y", LookAlike, 2),
    // Symbols and emoji that are drawn like one letter.
    ("🅰", "a", Styled, 0),
    ("∆△▲Δ", "a", LookAlike, 3),
    ("©⊂⊆", "c", LookAlike, 2),
    ("∂", "d", LookAlike, 2),
    ("∈∊∑ℇ€℮", "e", LookAlike, 2),
    ("♓", "h", LookAlike, 3),
    ("♏", "m", LookAlike, 3),
    ("∏", "n", LookAlike, 3),
    ("○●◯⚪⚫⭕◎◉⭘⊙⊕⊗⊘∅🔘🔴🔵🟠🟡🟢🟣🟤", "o", LookAlike, 3),
    ("⌀", "o", LookAlike, 3),
    ("∘", "o", LookAlike, 2),
    ("〇", "o", LookAlike, 2),
    ("℗", "p", LookAlike, 2),
    ("®", "r", LookAlike, 2),
    ("💲", "s", LookAlike, 2),
    ("†‡✝✞✟☦⊤⟙", "t", LookAlike, 2),
    ("∪⋃⊔", "u", LookAlike, 2),
    ("∨⋁√✓✔☑✅", "v", LookAlike, 3),
    ("×✕✖✗✘❌❎╳⨯☓⤫", "x", LookAlike, 2),
    ("🔀", "x", LookAlike, 3),
    ("乙", "z", LookAlike, 3),
    ("¡", "i", LookAlike, 2),
    ("¦│┃║∣❘❙❚⎮", "i", LookAlike, 2),
    ("¦│┃║∣❘❙❚⎮", "l", LookAlike, 3),
    ("□◻▢☐", "o", LookAlike, 3),
    ("┬┳╦", "t", LookAlike, 3),
    ("⊍⊎", "u", LookAlike, 3),
    ("∫", "s", LookAlike, 3),
    ("ი", "n", LookAlike, 3),
    // Letters of other scripts that the sources read differently or not at all.
    ("ϲϹ", "c", LookAlike, 1),
    ("ς", "c", LookAlike, 2),
    ("ςσΣ", "s", LookAlike, 3),
    ("ғҒ", "f", LookAlike, 2),
    ("δ", "d", LookAlike, 2),
    ("ψ", "y", LookAlike, 3),
    ("β", "ss", LookAlike, 3), // in place of ß
    ("әӘ", "e", LookAlike, 2),
    ("бБ", "b", LookAlike, 2),
    ("ыЫ", "bl", LookAlike, 3),
    ("и", "u", LookAlike, 3), // its cursive is drawn so
    ("т", "m", LookAlike, 3),
    ("д", "g", LookAlike, 3),
    // Turned letters that are more often something else.
    ("ɾ", "j", Turned, 3),
    ("ʍ", "w", Turned, 3),
    ("ƃ", "g", Turned, 3),
    ("Ԁꓒ", "p", Turned, 3),
    ("Ո", "u", Turned, 3),
    ("ЗзЭэ", "e", LookAlike, 3),
    // Digits and signs for letters.
    ("4@", "a", Leet, 1),
    ("8", "b", Leet, 1),
    ("6", "b", Leet, 2),
    ("(<[{", "c", Leet, 2),
    ("3", "e", Leet, 1),
    ("69", "g", Leet, 2),
    ("#", "h", Leet, 3),
    ("1!", "i", Leet, 1),
    ("|", "i", Leet, 1),
    ("1|!", "l", Leet, 2),
    ("0", "o", Leet, 1),
    ("9", "q", Leet, 3),
    ("5$", "s", Leet, 1),
    ("7+", "t", Leet, 1),
    ("%", "x", Leet, 3),
    ("2", "z", Leet, 2),
];

/// The readings in Latin letters.
pub(crate) fn latin(c: char) -> Vec<Hand> {
    let mut found: Vec<Hand> = Vec::new();
    for (first, letters, kind) in RUNS {
        let offset = (c as usize).checked_sub(first as usize);
        if let Some(letter) = offset.and_then(|offset| letters.chars().nth(offset)) {
            found.push((kind, 0, letter.into()));
        }
    }
    for (alphabet, kind, doubt) in ALPHABETS {
        let at = alphabet.chars().position(|letter| letter == c).filter(|_| !c.is_ascii());
        if let Some(letter) = at.and_then(|at| LOWER.chars().nth(at)) {
            found.push((kind, doubt, letter.into()));
        }
    }
    let turned = TURNED.iter().filter(|(from, _)| from.contains(c));
    found.extend(turned.map(|&(_, to)| (Turned, 2, to.into())));
    let singles = SINGLES.iter().filter(|(from, ..)| from.contains(c));
    found.extend(singles.map(|&(_, to, kind, doubt)| (kind, doubt, to.into())));
    found
}

/// Letters that writers of Cyrillic and Greek replace by Latin ones that look
/// like their cursive or mirrored form, and digits that look like letters; the
/// plain look-alikes are found by the confusables. From, to.
const CYRILLIC: [(&str, char, ReadingKind, u8); 23] = [
    ("4", 'а', Leet, 2),
    ("3", 'е', Leet, 2),
    ("1", 'и', Leet, 3),
    ("5$", 'с', Leet, 3),
    ("7", 'г', Leet, 3),
    ("uU", 'и', LookAlike, 3),
    ("N", 'и', LookAlike, 3),
    ("nN", 'п', LookAlike, 3),
    ("mM", 'м', LookAlike, 3),
    ("m", 'т', LookAlike, 3),
    ("R", 'я', LookAlike, 3),
    ("wW", 'ш', LookAlike, 3),
    ("g", 'д', LookAlike, 3),
    ("@", 'а', Leet, 1),
    ("6", 'б', Leet, 1),
    ("8", 'в', Leet, 2),
    ("3", 'з', Leet, 1),
    ("1!|", 'і', Leet, 2),
    ("0", 'о', Leet, 1),
    ("9", 'я', Leet, 3),
    ("$", 'ѕ', Leet, 2),
    ("4", 'ч', Leet, 1),
    ("7", 'т', Leet, 3),
];
const GREEK: [(&str, char, ReadingKind, u8); 15] = [
    ("u", 'μ', LookAlike, 3),
    ("w", 'ω', LookAlike, 3),
    ("n", 'η', LookAlike, 3),
    ("s", 'σ', LookAlike, 3),
    ("d", 'δ', LookAlike, 3),
    ("e", 'ε', LookAlike, 3),
    ("y", 'γ', LookAlike, 3),
    ("@4", 'α', Leet, 1),
    ("6", 'δ', Leet, 2),
    ("3", 'ε', Leet, 1),
    ("8", 'θ', Leet, 1),
    ("1!|", 'ι', Leet, 1),
    ("0", 'ο', Leet, 1),
    ("5$", 'σ', Leet, 2),
    ("7", 'τ', Leet, 2),
];

/// Letters of Persian, Urdu and their neighbours, and variants, that readers of Arabic take for
/// their own. From, to.
const ARABIC: [(&str, char, ReadingKind, u8); 16] = [
    ("ٱٲٳ", 'ا', Variant, 1),
    ("ۀہۂھە", 'ه', Variant, 1),
    ("ةۃ", 'ه', Variant, 2),
    ("ؠىیېےۍێ", 'ي', Variant, 1),
    ("يیےۍێ", 'ى', Variant, 1),
    ("ڪکګڬ", 'ك', Variant, 1),
    ("ۄۆۇۈۉۊۋ", 'و', Variant, 2),
    ("ةۃ", 'ة', Variant, 1),
    // At the end of words many leave its dots out.
    ("هۀہۂھە", 'ة', Variant, 2),
    // Written without their dots: any of the letters that have some.
    ("ٮ", 'ب', Variant, 2),
    ("ٮ", 'ت', Variant, 2),
    ("ٮ", 'ن', Variant, 3),
    ("ٮى", 'ي', Variant, 2),
    ("ڡٯ", 'ف', Variant, 2),
    ("ٯڡ", 'ق', Variant, 2),
    ("ںٮ", 'ن', Variant, 2),
];

/// The readings in Arabic.
pub(crate) fn arabic(c: char) -> Vec<Hand> {
    in_script(&ARABIC, c)
}

/// The readings in Cyrillic.
pub(crate) fn cyrillic(c: char) -> Vec<Hand> {
    in_script(&CYRILLIC, c)
}

/// The readings in Greek.
pub(crate) fn greek(c: char) -> Vec<Hand> {
    in_script(&GREEK, c)
}

fn in_script(list: &[(&str, char, ReadingKind, u8)], c: char) -> Vec<Hand> {
    let from = list.iter().filter(|(from, ..)| from.contains(c));
    from.map(|&(_, to, kind, doubt)| (kind, doubt, to.into())).collect()
}
