//! What a text quotes.
//!
//! Three things, each by itself: a line behind `>`; code, between equal runs of one to
//! three backticks in a paragraph or between lines that begin with three; and the text
//! between two quotation marks of a pair in a paragraph. A mark opens where no letter or
//! digit is before it and no white space behind it; `'` never opens, since it is an
//! apostrophe. A mark, a run or a line that nothing closes quotes nothing.

use super::chars;
use std::ops::Range;

const PAIRS: [(char, &str); 9] = [
    ('"', "\""),
    ('“', "”"),
    ('„', "“”"),
    ('«', "»"),
    ('»', "«"),
    ('‹', "›"),
    ('‘', "’"),
    ('「', "」"),
    ('『', "』"),
];

/// The quoted places, marks included.
pub fn quoted(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut found = Vec::new();
    let mut prose = Vec::new();
    let mut number = 0;
    while number < lines.len() {
        let line = &lines[number];
        let content = text[line.clone()].trim();
        let fence = ["```", "~~~"].into_iter().find(|fence| content.starts_with(fence));
        if let Some(fence) = fence {
            found.append(&mut in_prose(text, &prose));
            prose.clear();
            let closing = (number + 1..lines.len())
                .find(|&n| text[lines[n].clone()].trim().starts_with(fence));
            let Some(closing) = closing else { return found };
            found.push(line.start..lines[closing].end);
            number = closing + 1;
            continue;
        }
        if content.is_empty() {
            found.append(&mut in_prose(text, &prose));
            prose.clear();
        } else {
            prose.push(line.clone());
        }
        let behind = content.trim_start_matches('>').chars().next();
        if content.starts_with('>') && behind.is_none_or(|c| c.is_whitespace() || chars::is_word(c))
        {
            found.push(line.clone());
        }
        number += 1;
    }
    found.append(&mut in_prose(text, &prose));
    found
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let of = |line: &str| {
        let line = start..start + line.len();
        start = line.end;
        line
    };
    text.split_inclusive('\n').map(of).collect()
}

/// Code and quotation in the lines of one paragraph.
fn in_prose(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let chars: Vec<(usize, char)> =
        text[first.start..last.end].char_indices().map(|(at, c)| (first.start + at, c)).collect();
    let end_of = |i: usize| chars.get(i).map_or(last.end, |c| c.0);
    let run = |i: usize| chars[i..].iter().take_while(|c| c.1 == '`').count();
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i].1;
        if c == '`' {
            let length = run(i);
            let mut starts =
                (i + length..chars.len()).filter(|&j| chars[j].1 == '`' && chars[j - 1].1 != '`');
            let closing = starts.find(|&j| run(j) == length).filter(|_| length <= 3);
            if let Some(j) = closing {
                found.push(chars[i].0..end_of(j + length));
            }
            i = closing.unwrap_or(i) + length;
            continue;
        }
        let before = i.checked_sub(1).map(|b| chars[b].1);
        let behind = chars.get(i + 1).map(|b| b.1);
        if let Some(from) = open {
            let (_, closing) = PAIRS.iter().find(|p| p.0 == chars[from].1).expect("a mark");
            let apostrophe = c == '’' && behind.is_some_and(chars::is_word);
            if closing.contains(c) && !apostrophe {
                found.push(chars[from].0..end_of(i + 1));
                open = None;
            }
        } else if PAIRS.iter().any(|p| p.0 == c)
            && !before.is_some_and(chars::is_word)
            && behind.is_some_and(|b| !b.is_whitespace())
        {
            open = Some(i);
        }
        i += 1;
    }
    found
}
