//! Properties of the checked-in readings, and how many styled letters they resolve.

use crate::unicode::scalars;
use crate::view::props::{Class, ScriptKind};
use crate::view::reading::{ReadingKind, Target};
use crate::view::table::{fold, props, readings};

/// Alphabets that follow each other, by their first `a`.
const RANGES: [(&str, u32); 26] = [
    ("bold", 0x1D41A),
    ("bold capitals", 0x1D400),
    ("italic capitals", 0x1D434),
    ("bold italic", 0x1D482),
    ("bold script", 0x1D4EA),
    ("bold fraktur", 0x1D586),
    ("fraktur", 0x1D51E),
    ("double-struck", 0x1D552),
    ("sans-serif", 0x1D5BA),
    ("sans-serif bold", 0x1D5EE),
    ("sans-serif italic", 0x1D622),
    ("sans-serif bold italic", 0x1D656),
    ("monospace", 0x1D68A),
    ("fullwidth", 0xFF41),
    ("fullwidth capitals", 0xFF21),
    ("circled", 0x24D0),
    ("circled capitals", 0x24B6),
    ("negative circled", 0x1F150),
    ("squared", 0x1F130),
    ("negative squared", 0x1F170),
    ("parenthesized", 0x249C),
    ("parenthesized capitals", 0x1F110),
    ("regional indicators", 0x1F1E6),
    ("tags", 0xE0061),
    ("tag capitals", 0xE0041),
    ("outlined", 0x1CCD6),
];

/// Alphabets letter by letter, `a` to `z`; `_` where the style has none.
const ALPHABETS: [(&str, &str); 22] = [
    ("superscript", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ_ʳˢᵗᵘᵛʷˣʸᶻ"),
    ("subscript", "ₐ___ₑ__ₕᵢⱼₖₗₘₙₒₚ_ᵣₛₜᵤᵥ_ₓ__"),
    ("modifier capitals", "ᴬᴮ_ᴰᴱ_ᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾ_ᴿ_ᵀᵁⱽᵂ___"),
    ("small capitals", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ_ʏᴢ"),
    ("Cyrillic", "аьсԁеғԍһіјк_мпорԛгѕтџѵԝху_"),
    ("Cyrillic capitals", "АВС_Е_ԌНІЈК_М_ОРԚЯЅТ_ѴԜХУ_"),
    ("Greek", "αβςδεϝ__ιϳκ__ηορϙ__τυνωχγζ"),
    ("Greek capitals", "ΑΒϹ_ΕϜ_ΗΙϳΚ_ΜΝΟΡ___Τ___ΧΥΖ"),
    ("Cherokee", "ᎪᏴᏟᎠᎬ_ᏀᎻᎥᎫᏦᏞᎷ_ᎤᏢ_ᏒᏚᎢᏌᏙᎳ_ᎽᏃ"),
    ("Lisu", "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑ_ꓣꓢꓔꓴꓦꓪꓫꓬꓜ"),
    ("Armenian", "ɑҍçժҽƒցհìʝҟӀʍղօքզɾʂէմѵաxվՀ"),
    ("Canadian syllabics", "ᗩᗷᑕᗪ_ᖴ_ᕼ_ᒍ_ᒪᗰᑎ_ᑭᑫᖇᔕ_ᑌᐯᗯ᙭__"),
    ("Han and kana", "卂乃匚ᗪ乇千Ꮆ卄丨ﾌҜㄥ爪几ㄖ卩Ɋ尺丂ㄒㄩᐯ山乂ㄚ乙"),
    ("Yi", "ꍏꌃꉓꀸꍟꎇꁅꃅꀤꀭꀘ꒒ꂵꈤꂦꉣꆰꋪꌗ꓄ꀎꃴꅏꊼꌩꁴ"),
    ("Thai and Hebrew", "ค๒ς๔єŦ_ђเןкl๓ภ๏קợгรtยשฬץאz"),
    ("currency", "₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ"),
    ("stroke", "Ⱥƀȼđɇ_ǥħɨɉꝁłᵯꞥøᵽꝗɍꞩŧʉ__ӿɏƶ"),
    ("hook", "ᶏɓƈɗᶒƒɠɦᶖʝƙɭɱɲ_ƥʠɽʂƭᶙʋⱳᶍƴȥ"),
    ("upside-down", "ɐ_ɔ_ǝɟƃɥᴉɾʞʃɯ____ɹ_ʇ_ʌʍ_ʎ_"),
    ("mixed fonts", "αв¢∂єƒgнιנкℓмησρqяѕтυνωχуz"),
    ("accents", "äḅċďệḟġḧïjḳŀṁñöṗq̈řṡẗüṿẅẍÿż"),
    ("Braille", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵"),
];

/// The letter that `c` is taken for without any context: what it folds to
/// without marks if that is Latin, else its first Latin reading.
fn plain(c: char) -> String {
    let is_mark = |c: char| props(c).class() == Class::Mark;
    let folded: String = fold(c).symbols().iter().filter(|&&c| !is_mark(c)).collect();
    if folded.bytes().all(|b| b.is_ascii_alphanumeric()) && !folded.is_empty() {
        return folded;
    }
    let first = readings(c).next().filter(|reading| reading.target() == Target::Latin);
    first.map_or(folded, |reading| reading.symbols().iter().collect())
}

/// How `c` can be read at all.
fn is_read_as(c: char, letter: char) -> bool {
    plain(c) == letter.to_string()
        || readings(c).any(|r| r.target() == Target::Latin && r.symbols() == [letter])
}

fn styles() -> Vec<(&'static str, Vec<(char, char)>)> {
    let letter = |i: usize| char::from(b'a' + i as u8);
    let ranges = RANGES.into_iter().map(|(name, first)| {
        let letters =
            (0..26).filter_map(|i| Some((char::from_u32(first + i)?, letter(i as usize))));
        (name, letters.collect())
    });
    let alphabets = ALPHABETS.into_iter().map(|(name, alphabet)| {
        // The accents of q and k do not compose.
        let letters: Vec<char> = alphabet.chars().filter(|&c| c != '\u{308}').collect();
        assert_eq!(letters.len(), 26, "{name}");
        let letters = letters.into_iter().enumerate().map(|(i, c)| (c, letter(i)));
        (name, letters.filter(|&(c, _)| c != '_').collect())
    });
    ranges.chain(alphabets).collect()
}

#[test]
fn styled_letters_are_resolved() {
    let (mut total, mut first, mut any) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (name, alphabet) in styles() {
        for (c, letter) in alphabet {
            total += 1;
            first += usize::from(plain(c) == letter.to_string());
            any += usize::from(is_read_as(c, letter));
            if plain(c) != letter.to_string() {
                wrong.push(format!("{name}: {c} as {} not {letter}", plain(c)));
            }
        }
    }
    assert!(first * 100 >= total * 98, "{first} of {total}\n{}", wrong.join("\n"));
    assert!(any * 1000 >= total * 995, "{any} of {total}");
}

#[test]
fn readings_are_folded_letters_of_their_target() {
    for c in scalars() {
        for reading in readings(c) {
            assert!(!reading.symbols().is_empty() && reading.symbols().len() <= 3, "{c:?}");
            for &symbol in reading.symbols() {
                assert_eq!(fold(symbol).symbols(), [symbol], "{c:?}");
                let belongs = match reading.target() {
                    Target::Latin => symbol.is_ascii_lowercase() || symbol.is_ascii_digit(),
                    Target::Cyrillic => props(symbol).script() == ScriptKind::Cyrillic,
                    Target::Greek => props(symbol).script() == ScriptKind::Greek,
                    Target::Arabic => props(symbol).script() == ScriptKind::Arabic,
                };
                assert!(belongs, "{c:?} as {symbol:?} in {:?}", reading.target());
            }
        }
    }
}

#[test]
fn readings_are_listed_once_by_target_and_never_the_fold() {
    for c in scalars() {
        let list: Vec<_> = readings(c).map(|r| (r.target(), r.symbols())).collect();
        assert!(list.is_sorted_by_key(|&(target, _)| target), "{c:?}");
        for (i, entry) in list.iter().enumerate() {
            assert!(!list[..i].contains(entry), "{c:?} {entry:?}");
            assert_ne!(entry.1, fold(c).symbols(), "{c:?}");
        }
    }
}

#[test]
fn table_says_what_the_rules_say() {
    for c in scalars() {
        let packed: Vec<_> = readings(c)
            .map(|r| (r.target(), r.kind(), r.doubt(), r.symbols().iter().collect::<String>()))
            .collect();
        let rules: Vec<_> = super::readings(c)
            .into_iter()
            .map(|r| (r.target, r.kind, r.doubt, r.symbols))
            .collect();
        assert_eq!(packed, rules, "{c:?}");
    }
}

#[test]
fn letters_are_not_read_as_others_of_their_own_alphabet() {
    // Russian must not become other Russian, nor English other English.
    for c in ('а'..='я').chain('А'..='Я').chain("ёЁђЂєЄіІїЇґҐўЎ".chars()) {
        assert!(readings(c).all(|r| r.target() != Target::Cyrillic), "{c:?}");
    }
    for c in ('α'..='ω').chain('Α'..='Ρ').chain('Σ'..='Ω').chain("άΈή".chars()) {
        assert!(readings(c).all(|r| r.target() != Target::Greek), "{c:?}");
    }
    for c in ('a'..='z').chain('A'..='Z').filter(|&c| c != 'I' && c != 'l') {
        assert!(readings(c).all(|r| r.target() != Target::Latin), "{c:?}");
    }
}

#[test]
fn marks_and_case_change_no_reading_of_ascii_letters() {
    for (composed, base) in [('é', 'e'), ('É', 'E'), ('ñ', 'n'), ('ệ', 'e'), ('Å', 'A')] {
        assert!(readings(composed).eq(readings(base)), "{composed:?}");
    }
}

#[test]
fn kinds_fit_their_code_points() {
    for c in scalars() {
        let class = props(c).class();
        for reading in readings(c) {
            match reading.kind() {
                ReadingKind::Hidden => assert_eq!(class, Class::Ignorable, "{c:?}"),
                kind => assert_ne!(class, Class::Ignorable, "{c:?} {kind:?}"),
            }
            if c.is_ascii() && !c.is_ascii_alphabetic() {
                assert_eq!(reading.kind(), ReadingKind::Leet, "{c:?}");
            }
            if class == Class::Emoji {
                assert_eq!(reading.symbols().len(), 1, "{c:?} stands for a letter or none");
            }
            if matches!(class, Class::Mark | Class::VowelMark | Class::Space | Class::LineBreak) {
                panic!("{c:?} is read as {:?}", reading.symbols());
            }
        }
    }
}

#[test]
fn look_alikes_of_living_scripts_are_never_styled() {
    let living = [
        ScriptKind::Cyrillic,
        ScriptKind::Greek,
        ScriptKind::Armenian,
        ScriptKind::Georgian,
        ScriptKind::Hebrew,
        ScriptKind::Arabic,
        ScriptKind::Devanagari,
        ScriptKind::Thai,
        ScriptKind::Hangul,
        ScriptKind::Han,
        ScriptKind::Hiragana,
        ScriptKind::Katakana,
        ScriptKind::Ethiopic,
        ScriptKind::Cherokee,
    ];
    for c in scalars().filter(|&c| props(c).is_letter() && living.contains(&props(c).script())) {
        // Compatibility forms of Latin letters aside, such as the Greek-looking ones.
        for reading in readings(c).filter(|r| r.target() == Target::Latin) {
            let kind = reading.kind();
            assert!(matches!(kind, ReadingKind::LookAlike | ReadingKind::Turned), "{c:?} {kind:?}");
        }
    }
}

#[test]
fn words_in_other_letters_can_be_read() {
    for (text, word, target) in [
        ("саnсеl", "cancel", Target::Latin),
        ("ѕраm", "spam", Target::Latin),
        ("ցооԁ", "good", Target::Latin),
        ("MΥRDER", "murder", Target::Latin),
        ("scaμ", "scam", Target::Latin),
        ("KӀНН", "kihh", Target::Latin),
        ("🅢🄟🇦Ⓜ", "spam", Target::Latin),
        ("ꜱᴘᴀᴍ", "spam", Target::Latin),
        ("ʍɐds", "wads", Target::Latin),
        ("mołøko", "moloko", Target::Latin),
        ("cyп", "суп", Target::Cyrillic),
        ("MOPE", "море", Target::Cyrillic),
        ("xлe6", "хлеб", Target::Cyrillic),
        ("ᴋот", "кот", Target::Cyrillic),
        ("KAΛO", "καλο", Target::Greek),
        ("vepo", "νερο", Target::Greek),
    ] {
        for (c, letter) in text.chars().zip(word.chars()) {
            let folded = fold(c).symbols() == [letter];
            let read = readings(c).any(|r| r.target() == target && r.symbols() == [letter]);
            assert!(folded || read, "{c:?} of {text} as {letter:?}");
        }
    }
}

#[test]
fn letters_confusable_with_latin_ones_can_be_read_as_them() {
    for c in scalars().filter(|&c| super::sources::is_letter(c) && !c.is_ascii()) {
        for letter in super::sources::confusable(c) {
            assert!(is_read_as(c, letter), "{c:?} as {letter:?}");
        }
    }
}
