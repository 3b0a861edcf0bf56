//! Wrappers undone: entities, percent and backslash escapes, markup, emphasis and
//! bidi overrides, by rewriting a list of characters.

use super::chars;
use super::view::ViewChar;
use std::collections::BTreeSet;

type Chars = Vec<ViewChar>;

/// Wrappers in wrappers are undone this often.
const DEPTH: usize = 2;

/// `text` with wrappers undone.
pub fn decode(mut text: Chars) -> Chars {
    for _ in 0..DEPTH {
        text = unwrap(&text);
    }
    bidi(&text)
}

/// What a wrapper stands for, and how many characters it is long.
type Undone = Option<(String, usize)>;

/// One layer of all wrappers.
fn unwrap(text: &[ViewChar]) -> Chars {
    let emphasis = emphasis(text);
    let links = links(text);
    let labels = labels(text);
    let all: Vec<char> = text.iter().map(|char| char.c).collect();
    let mut out = Chars::new();
    let mut removed = false;
    let mut at = 0;
    while at < text.len() {
        let rest = &all[at..];
        let dropped = [&emphasis, &links, &labels].iter().any(|places| places.contains(&at));
        let undone = dropped
            .then(|| (String::new(), 1))
            .or_else(|| entity(rest))
            .or_else(|| percent(rest))
            .or_else(|| backslash(rest))
            .or_else(|| html(rest))
            .or_else(|| mention(&all, at))
            .or_else(|| bbcode(rest))
            .or_else(|| code(&all, at))
            .or_else(|| indicator(rest));
        let Some((letters, length)) = undone else {
            let after_markup = text[at].after_markup || removed;
            out.push(ViewChar { after_markup, ..text[at].clone() });
            removed = false;
            at += 1;
            continue;
        };
        removed = letters.is_empty();
        let raw = text[at].raw.start..text[at + length - 1].raw.end;
        out.extend(letters.chars().map(|c| ViewChar {
            c,
            raw: raw.clone(),
            hidden: false,
            wrapped: true,
            after_markup: false,
        }));
        at += length;
    }
    out
}

/// The character of that number, if a text may have it.
fn character(number: u32, length: usize) -> Undone {
    let c = char::from_u32(number)?;
    (!c.is_control() || c.is_ascii_whitespace()).then(|| (c.to_string(), length))
}

/// The number written by the hexadecimal digits `digits`.
fn hex(digits: &[char]) -> Option<u32> {
    let text: String = digits.iter().collect();
    let all = !digits.is_empty() && digits.iter().all(char::is_ascii_hexdigit);
    if all { u32::from_str_radix(&text, 16).ok() } else { None }
}

/// `&amp;`, `&#107;`, `&#x6B`; numbers with or without the semicolon.
fn entity(text: &[char]) -> Undone {
    if text[0] != '&' {
        return None;
    }
    if text.get(1) != Some(&'#') {
        let end = text.iter().position(|&c| c == ';')?;
        let name: String = text[1..end].iter().collect();
        let (_, c) = ENTITIES.iter().find(|(known, _)| *known == name)?;
        return Some((c.to_string(), end + 1));
    }
    let (first, radix) = if matches!(text.get(2), Some('x' | 'X')) { (3, 16) } else { (2, 10) };
    let digits: String = text[first..].iter().take_while(|c| c.is_digit(radix)).collect();
    let end = first + digits.len();
    let closed = usize::from(text.get(end) == Some(&';'));
    character(u32::from_str_radix(&digits, radix).ok()?, end + closed)
}

/// `%66`, with `%D0%B0` for one character; `%u0066`.
fn percent(text: &[char]) -> Undone {
    if text[0] != '%' {
        return None;
    }
    if text.get(1) == Some(&'u') { utf16(text) } else { utf8(text, "%") }
}

/// `\u0066`, `\u{66}`, `\U00000066`, `\x66`; `\\u0066` is one that is escaped itself.
fn backslash(text: &[char]) -> Undone {
    match text {
        ['\\', 'u', '{', rest @ ..] => {
            let length = rest.iter().position(|&c| c == '}')?;
            let digits: Vec<char> =
                rest[..length].iter().copied().skip_while(|&c| c == '0').collect();
            let number = if length > 0 && digits.is_empty() { 0 } else { hex(&digits)? };
            character(number, length + 4)
        }
        ['\\', 'u', ..] => utf16(text),
        ['\\', 'U', rest @ ..] => character(hex(rest.get(..8)?)?, 10),
        ['\\', 'x', rest @ ..] => utf8(text, "\\x").or_else(|| character(hex(rest.get(..2)?)?, 4)),
        ['\\', '\\', 'u' | 'U' | 'x', ..] => backslash(&text[1..]).map(|_| ("\\".to_owned(), 2)),
        ['\\', c, ..] if *c != '\\' && c.is_ascii_punctuation() => {
            let inside = letter(text, 2) || text.get(2) == Some(&'\\');
            inside.then(|| (c.to_string(), 2))
        }
        ['\\', rest @ ..] => style_sheet(rest).or_else(|| octal(rest)),
        _ => None,
    }
}

/// `000066` behind its backslash.
fn style_sheet(digits: &[char]) -> Undone {
    let digits = digits.get(..6).filter(|digits| digits.starts_with(&['0', '0']))?;
    character(hex(digits)?, 7)
}

/// `146` behind its backslash.
fn octal(digits: &[char]) -> Undone {
    let text: String = digits.get(..3)?.iter().collect();
    let octal = text.chars().all(|c| c.is_digit(8));
    let number = u32::from_str_radix(&text, 8).ok().filter(|&n| octal && n < 128)?;
    character(number, 4)
}

/// Four digits behind two characters; surrogates in pairs.
fn utf16(text: &[char]) -> Undone {
    let unit = |at: usize| hex(text.get(at + 2..at + 6)?);
    let first = unit(0)?;
    if !(0xD800..0xDC00).contains(&first) {
        return character(first, 6);
    }
    let second = unit(6).filter(|n| (0xDC00..0xE000).contains(n) && text[6..8] == text[..2])?;
    character(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12)
}

/// One character of UTF-8, two digits a byte, each behind `prefix`.
fn utf8(text: &[char], prefix: &str) -> Undone {
    let prefix: Vec<char> = prefix.chars().collect();
    let step = prefix.len() + 2;
    let byte = |text: &[char]| {
        let digits = text.strip_prefix(prefix.as_slice())?;
        u8::try_from(hex(digits)?).ok()
    };
    let bytes: Vec<u8> = text
        .chunks(step)
        .take(4)
        .map_while(|chunk| if chunk.len() == step { byte(chunk) } else { None })
        .collect();
    (1..=bytes.len()).find_map(|length| {
        let c = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
        character(c as u32, length * step)
    })
}

/// A comment, or a tag with any name; one that begins a line is a line break.
fn html(text: &[char]) -> Undone {
    if text[0] != '<' {
        return None;
    }
    let all: String = text.iter().collect();
    if let Some(body) = all.strip_prefix("<!--") {
        let end = body.find("-->")?;
        return Some((String::new(), body[..end].chars().count() + 7));
    }
    let name = name(&text[1..]);
    let inside = &text[1 + name.written..];
    let end = inside.iter().position(|&c| matches!(c, '<' | '>')).filter(|&e| inside[e] == '>')?;
    let separate = end == 0 || inside[0] == '/' || inside[0].is_ascii_whitespace();
    let named = name.text.starts_with(|c: char| c.is_ascii_alphabetic());
    (named && separate).then(|| (name.stands_for(), name.written + end + 2))
}

/// `<@123>`, `<#f00>`, `<:x:1>`, `<?x>`, `<!x>` between two letters.
fn mention(text: &[char], at: usize) -> Undone {
    let rest = &text[at..];
    let marks = matches!(rest.get(1), Some('@' | '#' | ':' | '?' | '!'))
        || rest.get(1..3) == Some(&['a', ':']);
    if rest[0] != '<' || !marks {
        return None;
    }
    let ends = |c: &char| matches!(c, '<' | '>') || chars::is_space(*c);
    let length = 2 + rest[1..].iter().position(ends)?;
    let closed = rest[length - 1] == '>';
    let inside = at > 0 && letter(text, at - 1) && letter(rest, length);
    (closed && inside).then(|| (String::new(), length))
}

/// True when a letter or a mark stands at `at`.
fn letter(text: &[char], at: usize) -> bool {
    text.get(at).is_some_and(|&c| chars::is_letter(c) || chars::is_mark(c))
}

/// Codes that colour what follows: `§c`, `&4`, `^1`, `|cff00ff00`, `|r`, `{ff0000}`, those
/// of terminals and of chats.
fn code(text: &[char], at: usize) -> Undone {
    let rest = &text[at..];
    let format = |c: &char| "0123456789abcdefklmnor".contains(c.to_ascii_lowercase());
    let before = at > 0 && letter(text, at - 1);
    let hexadecimal = |digits: &[char]| digits.iter().all(char::is_ascii_hexdigit);
    let length = match rest {
        ['§', c, ..] if format(c) => {
            (before || letter(rest, 2) || rest.get(2) == Some(&'§')).then_some(2)
        }
        ['&' | '^', '0'..='9', ..] => letter(rest, 2).then_some(2),
        ['|', 'c', ..] => rest.get(2..10).filter(|d| hexadecimal(d)).map(|_| 10),
        ['|', 'r', ..] => (before && letter(rest, 2)).then_some(2),
        ['{', ..] => {
            let digits = rest.get(1..7).filter(|d| hexadecimal(d));
            digits.filter(|_| rest.get(7) == Some(&'}') && letter(rest, 8)).map(|_| 8)
        }
        ['\u{1B}', '[', numbers @ ..] => {
            let number = |c: &&char| c.is_ascii_digit() || **c == ';';
            let length = numbers.iter().take_while(number).count().min(16);
            numbers.get(length).filter(|c| c.is_ascii_alphabetic()).map(|_| length + 3)
        }
        ['\u{3}', colours @ ..] => {
            let digits =
                |text: &[char]| text.iter().take(2).take_while(|c| c.is_ascii_digit()).count();
            let own = digits(colours);
            let ground = match colours.get(own) {
                Some(',') => digits(&colours[own + 1..]),
                _ => 0,
            };
            let ground = if ground > 0 { ground + 1 } else { 0 };
            (own > 0).then_some(1 + own + ground)
        }
        _ => None,
    };
    length.map(|length| (String::new(), length))
}

/// `:regional_indicator_a:`, `:letter_a:`: the emoji of a letter, by a name of at most 32
/// characters of which the last word is that letter.
fn indicator(text: &[char]) -> Undone {
    text.first().filter(|&&c| c == ':')?;
    let close = 1 + text.get(1..)?.iter().position(|&c| c == ':')?;
    let name: String = text[1..close].iter().collect();
    let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_');
    let (before, last) = name.rsplit_once('_')?;
    let letter = last.chars().next().filter(char::is_ascii_lowercase)?;
    let fits = !before.is_empty() && last.len() == 1 && close <= 33 && name.chars().all(plain);
    let c = char::from_u32(0x1F1E6 + letter as u32 - 'a' as u32)?;
    fits.then(|| (c.to_string(), close + 1))
}

/// The places of what links beside letters have that is not their text: `w[o](x.example)rd`,
/// `w[o][1]rd`, `w[[o]]rd`, `w![o](x.png)rd`.
fn links(text: &[ViewChar]) -> BTreeSet<usize> {
    let all: Vec<char> = text.iter().map(|char| char.c).collect();
    let until = |from: usize, ends: &dyn Fn(char) -> bool| {
        all.get(from..).and_then(|rest| rest.iter().position(|&c| ends(c))).map(|len| from + len)
    };
    let c = |at: usize| all.get(at).copied();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < all.len() {
        let start = at;
        at += 1;
        if all[start] != '[' {
            continue;
        }
        let wiki = c(start + 1) == Some('[');
        let inside = if wiki { start + 2 } else { start + 1 };
        let ends = |c: char| matches!(c, '[' | ']') || chars::is_line_break(c);
        let Some(behind) = until(inside, &ends).filter(|&behind| c(behind) == Some(']')) else {
            continue;
        };
        let end = match c(behind + 1) {
            Some(']') if wiki => Some(behind + 2),
            // `[b][/b]` are tags.
            Some('[') if bbcode(&all[start..]).is_some() => None,
            Some(open @ ('(' | '[')) if !wiki => {
                let close = if open == '(' { ')' } else { ']' };
                let ends = |c: char| "[]()".contains(c) || chars::is_space(c);
                until(behind + 2, &ends).filter(|&at| c(at) == Some(close)).map(|at| at + 1)
            }
            _ => None,
        };
        let Some(end) = end else { continue };
        let first = if start > 0 && c(start - 1) == Some('!') { start - 1 } else { start };
        if first > 0 && letter(&all, first - 1) || letter(&all, end) {
            found.extend((first..inside).chain(behind..end));
            at = end;
        }
    }
    found
}

/// The places of what stands in angle brackets beside letters and is not shown: of
/// `w<https://x.example|o>rd`, `w<![CDATA[o]]>rd` and `w>!o!<rd`.
fn labels(text: &[ViewChar]) -> BTreeSet<usize> {
    let all: Vec<char> = text.iter().map(|char| char.c).collect();
    let is =
        |at: usize, text: &str| text.chars().enumerate().all(|(n, c)| all.get(at + n) == Some(&c));
    let mut found = BTreeSet::new();
    // Of a spoiler, and of a tag, where each begins.
    let (mut spoiler, mut tag) = (None, None);
    let mut at = 0;
    while at < all.len() {
        let label = label(&all, at).map(|(open, close, end)| (at, open, close, end));
        let label = label.or_else(|| {
            let start: usize = if is(at, "!<") { spoiler.take()? } else { return None };
            (at > start + 1).then_some((start, start + 2, at, at + 2))
        });
        if let Some((start, open, close, end)) = label
            && (start > 0 && letter(&all, start - 1) || letter(&all, end))
        {
            found.extend((start..open).chain(close..end));
            at = end;
            continue;
        }
        match all[at] {
            '>' => spoiler = (tag.take().is_none() && is(at, ">!")).then_some(at),
            '<' => (spoiler, tag) = (None, Some(at)),
            c if chars::is_line_break(c) => (spoiler, tag) = (None, None),
            _ => {}
        }
        at += 1;
    }
    found
}

/// The label of what begins at `at`: where it begins and ends, and where all of it ends.
fn label(all: &[char], at: usize) -> Option<(usize, usize, usize)> {
    let rest: String = all[at..].iter().take_while(|&&c| !chars::is_line_break(c)).collect();
    let count = |text: &str| text.chars().count();
    if let Some(inside) = rest.strip_prefix("<![CDATA[") {
        let text = &inside[..inside.find(['<', '>', ']'])?];
        let closed = inside[text.len()..].starts_with("]]>");
        let end = at + 9 + count(text);
        return closed.then_some((at + 9, end, end + 3));
    }
    let (target, label) = rest.strip_prefix('<')?.split_once('|')?;
    let names = target.starts_with(['@', '#', '!']) || target.contains(':');
    let plain = !target.contains(|c| matches!(c, '<' | '>') || chars::is_space(c));
    let text = &label[..label.find(['<', '>', '|'])?];
    let open = at + 2 + count(target);
    let closed = label[text.len()..].starts_with('>') && !text.is_empty();
    (names && plain && closed).then_some((open, open + count(text), open + count(text) + 1))
}

/// `[b]`, `[/b]`, `[color=red]`, `[quote by=me]`, `[*]`; known names only.
fn bbcode(text: &[char]) -> Undone {
    if text[0] != '[' {
        return None;
    }
    if text.get(1..3) == Some(&['*', ']']) {
        return Some(("\n".to_owned(), 3));
    }
    let name = name(&text[1..]);
    let inside = &text[1 + name.written..];
    let end = inside.iter().position(|&c| matches!(c, '[' | ']') || chars::is_line_break(c))?;
    let fits = match inside.first() {
        Some(']' | '=') => true,
        Some(' ') => inside[..end].contains(&'='),
        _ => false,
    };
    let known = FORUM.contains(&name.text.as_str()) || LINES.contains(&name.text.as_str());
    (known && fits && inside[end] == ']').then(|| (name.stands_for(), name.written + end + 2))
}

/// The name of a tag.
struct Name {
    text: String,
    /// Its length, the slash of an end tag included.
    written: usize,
}

impl Name {
    fn stands_for(&self) -> String {
        if LINES.contains(&self.text.as_str()) { "\n".to_owned() } else { String::new() }
    }
}

fn name(text: &[char]) -> Name {
    let slash = usize::from(text.first() == Some(&'/'));
    let letters = text[slash..].iter().take_while(|&&c| c.is_ascii_alphanumeric() || c == '-');
    let text: String = letters.map(char::to_ascii_lowercase).collect();
    Name { written: slash + text.len(), text }
}

/// A run of one delimiter of emphasis.
struct Run {
    start: usize,
    length: usize,
    /// What stands before it, and behind it.
    around: [Option<char>; 2],
}

impl Run {
    fn letters(&self) -> usize {
        let letter = |c: char| chars::is_letter(c) || chars::is_mark(c);
        self.around.iter().filter(|c| c.is_some_and(letter)).count()
    }

    /// Something stands there that is no space.
    fn touches(&self, side: usize) -> bool {
        self.around[side].is_some_and(|c| !chars::is_space(c))
    }
}

/// The places of delimiters of emphasis: `**`, `__`, `~~`, `||` and backticks around
/// something, single `*` and `_` beside the inside of a word, and two delimiters
/// alone between letters.
fn emphasis(text: &[ViewChar]) -> BTreeSet<usize> {
    let c = |at: usize| text.get(at).map(|char| char.c);
    let mut found = BTreeSet::new();
    for delimiter in ['*', '_', '`', '~', '|'] {
        for length in 1..=3 {
            let mut open: Option<Run> = None;
            let mut at = 0;
            while at < text.len() {
                let here = text[at].c;
                let own = |char: &ViewChar| char.c == delimiter && !char.wrapped;
                if !own(&text[at]) {
                    let ends = chars::is_line_break(here) || length == 1 && chars::is_space(here);
                    open = open.filter(|_| !ends);
                    at += 1;
                    continue;
                }
                let all = text[at..].iter().take_while(|char| own(char)).count();
                let around = [at.checked_sub(1).and_then(c), c(at + all)];
                let run = Run { start: at, length: all, around };
                at += all;
                if all != length || all == 1 && matches!(delimiter, '~' | '|') {
                    continue;
                }
                if run.length == 2 && run.letters() == 2 {
                    found.extend(run.start..at);
                }
                let pair = open.take_if(|first| {
                    let inside_word = first.letters() == 2 || run.letters() == 2;
                    let some = first.letters() + run.letters() > 0;
                    run.touches(0) && if length == 1 { inside_word } else { some }
                });
                if let Some(first) = pair {
                    found.extend((first.start..first.start + length).chain(run.start..at));
                } else if run.touches(1) {
                    open = Some(run);
                }
            }
        }
    }
    found
}

/// What stands in an override of direction, as it is shown: see [`turned`].
fn bidi(text: &[ViewChar]) -> Chars {
    let mut out = Chars::new();
    let mut removed = false;
    let mut at = 0;
    while at < text.len() {
        let body = &text[at + 1..];
        let ends = |char: &ViewChar| char.c == '\u{202C}' || chars::is_line_break(char.c);
        let length = body.iter().position(ends).unwrap_or(body.len());
        let turned = matches!(text[at].c, '\u{202D}' | '\u{202E}')
            .then(|| turned(text[at].c, &body[..length]))
            .flatten();
        if let Some(turned) = turned {
            out.extend(turned);
            at += length + 1;
            removed = true;
            at += usize::from(text.get(at).is_some_and(|char| char.c == '\u{202C}'));
        } else {
            let after_markup = text[at].after_markup || removed;
            out.push(ViewChar { after_markup, ..text[at].clone() });
            removed = false;
            at += 1;
        }
    }
    out
}

/// `body` turned around, if most of its letters are written the other way. Marks
/// stay behind their base; brackets are shown as their counterparts.
fn turned(control: char, body: &[ViewChar]) -> Option<Chars> {
    let to_left = |c: char| {
        matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
            && chars::is_letter(c)
    };
    let left = body.iter().filter(|char| to_left(char.c)).count();
    let right = body.iter().filter(|char| chars::is_word(char.c) && !to_left(char.c)).count();
    let against = if control == '\u{202E}' { right > left } else { left > right };
    if !against {
        return None;
    }
    let mut groups: Vec<Chars> = Vec::new();
    for char in body {
        let mut char = char.clone();
        char.wrapped = true;
        let attached = chars::is_mark(char.c)
            || chars::is_ignorable(char.c)
            || chars::is_emoji_modifier(char.c);
        if let Some(group) = groups.last_mut().filter(|_| attached) {
            group.push(char);
        } else {
            char.c = mirrored(char.c);
            groups.push(vec![char]);
        }
    }
    Some(groups.into_iter().rev().flatten().collect())
}

fn mirrored(c: char) -> char {
    let pairs = ["()", "<>", "[]", "{}"];
    let other = pairs.iter().find_map(|pair| {
        let at = pair.find(c)?;
        pair.chars().nth(1 - at)
    });
    other.unwrap_or(c)
}

/// Tags that begin a new line, where others join what stands around them.
const LINES: &[&str] = &[
    "article",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "list",
    "nav",
    "ol",
    "p",
    "pre",
    "quote",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Other tags of forums.
const FORUM: &[&str] = &[
    "b",
    "bg",
    "bold",
    "code",
    "color",
    "colour",
    "del",
    "email",
    "font",
    "highlight",
    "i",
    "icode",
    "img",
    "indent",
    "ins",
    "italic",
    "justify",
    "left",
    "media",
    "noparse",
    "plain",
    "right",
    "s",
    "size",
    "spoiler",
    "strike",
    "sub",
    "sup",
    "tt",
    "u",
    "url",
    "user",
    "youtube",
];

/// Named entities: signs, spaces and the letters of HTML 4.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("shy", '\u{AD}'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("ETH", 'Ð'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("THORN", 'Þ'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("eth", 'ð'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("thorn", 'þ'),
    ("yuml", 'ÿ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
];
