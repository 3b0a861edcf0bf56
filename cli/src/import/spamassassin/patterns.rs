//! Perl's `/regex/flags`, and the tags that `replace_rules` puts into it.

use super::{Reader, Test};
use crate::import::draft::Pattern;
use crate::import::regex::{self, Dialect, Flags};
use crate::import::report::shown;
use std::collections::HashMap;
use std::fmt::Write;

/// What `replace_tag` and its like define.
#[derive(Debug)]
pub(super) struct Tags {
    by_kind: HashMap<(String, String), String>,
    start: String,
    end: String,
}

impl Default for Tags {
    fn default() -> Self {
        Self { by_kind: HashMap::new(), start: "<".to_owned(), end: ">".to_owned() }
    }
}

impl Tags {
    pub(super) fn define(&mut self, kind: &str, name: &str, value: &str) {
        self.by_kind.insert((kind.to_owned(), name.to_owned()), value.to_owned());
    }

    pub(super) fn sign(&mut self, key: &str, value: &str) {
        let sign = if key == "replace_start" { &mut self.start } else { &mut self.end };
        if !value.is_empty() {
            value.clone_into(sign);
        }
    }

    fn get(&self, kind: &str, name: &str) -> Option<&str> {
        self.by_kind.get(&(kind.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// The regex with its tags filled in: `<A>` by what the tag stands for, what `<pre X>` and
    /// `<post X>` name before and behind each, and `<inter X>` between two that touch. Gives
    /// the names of tags that are not defined too; those stay as they are.
    fn expand(&self, regex: &str) -> (String, Vec<String>) {
        let (mut around, mut parts) = ([None, None, None], Vec::new());
        let mut rest = regex;
        while let Some(at) = rest.find(&self.start) {
            let behind = &rest[at + self.start.len()..];
            let name = behind.find(&self.end).map(|end| &behind[..end]);
            let Some(name) = name.filter(|name| is_tag(name)) else {
                let len = at + self.start.len();
                push_text(&mut parts, &rest[..len]);
                rest = &rest[len..];
                continue;
            };
            push_text(&mut parts, &rest[..at]);
            rest = &behind[name.len() + self.end.len()..];
            match name.split_once(' ') {
                Some(("pre", name)) => around[0] = self.get("replace_pre", name.trim()),
                Some(("inter", name)) => around[1] = self.get("replace_inter", name.trim()),
                Some(("post", name)) => around[2] = self.get("replace_post", name.trim()),
                _ => parts.push(Part::Tag(name)),
            }
        }
        push_text(&mut parts, rest);
        let (mut out, mut unknown) = (String::new(), Vec::new());
        let mut after_tag = false;
        for part in parts {
            match part {
                Part::Text(text) => {
                    out.push_str(text);
                    after_tag = false;
                }
                Part::Tag(name) => {
                    let Some(value) = self.get("replace_tag", name) else {
                        unknown.push(name.to_owned());
                        let _ = write!(out, "{}{name}{}", self.start, self.end);
                        continue;
                    };
                    if after_tag {
                        out.push_str(around[1].unwrap_or(""));
                    }
                    out.push_str(around[0].unwrap_or(""));
                    out.push_str(value);
                    out.push_str(around[2].unwrap_or(""));
                    after_tag = true;
                }
            }
        }
        (out, unknown)
    }
}

/// A piece of a regex with tags.
enum Part<'r> {
    Text(&'r str),
    Tag(&'r str),
}

fn push_text<'r>(parts: &mut Vec<Part<'r>>, text: &'r str) {
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
}

fn is_tag(name: &str) -> bool {
    let name =
        ["pre ", "inter ", "post "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name);
    !name.is_empty() && name.trim().chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Reader<'_, '_> {
    /// The pattern of a test, and whether it matches more than the original.
    pub(super) fn pattern(
        &mut self,
        test: &Test,
        written: &str,
        replace: bool,
        uri: bool,
    ) -> Option<(Pattern, bool)> {
        let Some((regex, mut flags)) = perl(written) else {
            let what = format!("{} of `{}`", shown(written), test.name);
            self.report.lost(test.at, what, "it is not of the form `/regex/`");
            return None;
        };
        let mut regex = regex.to_owned();
        if replace {
            let (expanded, unknown) = self.tags.expand(&regex);
            for name in unknown {
                let what = format!("the tag {} of `{}`", shown(&name), test.name);
                self.report
                    .lost(test.at, what, "no `replace_tag` defines it")
                    .kept("its name as text");
            }
            regex = expanded;
        }
        if uri {
            regex = unanchored(&regex);
        }
        flags.dialect = Dialect::Perl;
        regex::pattern(&regex, test.at, flags, self.report)
    }
}

/// The regex and flags of `/x/i`, `m{x}i`, `m!x!`.
fn perl(written: &str) -> Option<(&str, Flags)> {
    let rest = written.strip_prefix('m').unwrap_or(written);
    let open = rest.chars().next().filter(char::is_ascii_punctuation)?;
    let close = match open {
        '{' => '}',
        '(' => ')',
        '[' => ']',
        '<' => '>',
        other => other,
    };
    let (source, letters) = rest[open.len_utf8()..].rsplit_once(close)?;
    let mut flags = Flags { case_sensitive: true, ..Flags::of(Dialect::Perl) };
    for letter in letters.trim().chars() {
        match letter {
            'i' => flags.case_sensitive = false,
            's' => flags.dot_all = true,
            'm' => flags.multi_line = true,
            'x' => flags.extended = true,
            'g' | 'o' | 'u' | 'a' | 'n' | 'l' | 'd' | 'p' => {}
            _ => return None,
        }
    }
    (!source.is_empty()).then_some((source, flags))
}

/// The regex of a link, for a text that has links: its ends are no longer those of the text.
fn unanchored(regex: &str) -> String {
    let (start, body) = match regex.strip_prefix('^') {
        Some(body) => ("\\b", body),
        None => ("", regex),
    };
    match body.strip_suffix('$').filter(|body| !body.ends_with('\\')) {
        Some(body) => format!("{start}{body}(?:[\\s<>\"')]|$)"),
        None => format!("{start}{body}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_filled_in() {
        let mut tags = Tags::default();
        tags.define("replace_tag", "A", "[a4]");
        tags.define("replace_tag", "B", "[b8]");
        tags.define("replace_inter", "SP", "\\s?");
        tags.define("replace_post", "P", "{1,2}");
        let expand = |regex: &str| tags.expand(regex);
        assert_eq!(expand("<A>x<B>"), ("[a4]x[b8]".into(), vec![]));
        assert_eq!(expand("<inter SP><post P><A><B>x"), ("[a4]{1,2}\\s?[b8]{1,2}x".into(), vec![]));
        assert_eq!(expand("<Z>(?<=x)<"), ("<Z>(?<=x)<".into(), vec!["Z".to_owned()]));
    }

    #[test]
    fn perls_delimiters_and_flags() {
        for (written, regex) in
            [("/a\\/b/i", "a\\/b"), ("m{a/b}x", "a/b"), ("m!x!", "x"), ("m'y'", "y")]
        {
            assert_eq!(perl(written).unwrap().0, regex, "{written}");
        }
        assert!(!perl("/x/i").unwrap().1.case_sensitive && perl("/x/").unwrap().1.case_sensitive);
        for written in ["", "/", "//", "x", "/x/q"] {
            assert!(perl(written).is_none(), "{written}");
        }
        assert_eq!(unanchored("^https://x\\$$"), "\\bhttps://x\\$(?:[\\s<>\"')]|$)");
    }
}
