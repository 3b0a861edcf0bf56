//! A foreign regex → a tree whose leaves are already in Rust's syntax.

use super::escape;
use super::{Dialect, Flags};

/// Groups within each other.
const DEPTH: usize = 50;

/// Alternatives, each a row of pieces.
pub(super) type Alternatives = Vec<Vec<Piece>>;

/// Something with how often it is repeated.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) atom: Atom,
    /// Where it stands in the regex.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) repeat: String,
    /// `a++`, which never gives back what it took.
    pub(super) possessive: bool,
}

#[derive(Debug)]
pub(super) enum Atom {
    /// In Rust's syntax.
    Text(String),
    /// How it opens, and what is in it.
    Group(String, Alternatives),
    /// `(?>…)`.
    Atomic(Alternatives),
    Look {
        ahead: bool,
        negative: bool,
        inner: Alternatives,
    },
    /// `\K`: what was matched so far is no part of the match.
    Keep,
    /// What Rust's regexes have no counterpart of.
    Missing(&'static str),
}

pub(super) fn parse(source: &str, flags: Flags) -> Result<Alternatives, &'static str> {
    let mut parser = Parser { source, at: 0, flags, extended: flags.extended, depth: 0 };
    let tree = parser.alternatives()?;
    if parser.at < source.len() { Err("a `)` closes nothing") } else { Ok(tree) }
}

struct Parser<'r> {
    source: &'r str,
    at: usize,
    flags: Flags,
    extended: bool,
    depth: usize,
}

impl<'r> Parser<'r> {
    fn rest(&self) -> &'r str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn accept(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn alternatives(&mut self) -> Result<Alternatives, &'static str> {
        if self.depth > DEPTH {
            return Err("groups are nested too deeply");
        }
        self.depth += 1;
        let mut all = vec![Vec::new()];
        while let Some(c) = self.peek() {
            match c {
                ')' => break,
                '|' => {
                    self.at += 1;
                    all.push(Vec::new());
                }
                _ => {
                    let from = self.at;
                    if let Some(atom) = self.atom()? {
                        let (repeat, possessive) = self.repeat();
                        let piece = Piece { atom, from, to: self.at, repeat, possessive };
                        if let Some(last) = all.last_mut() {
                            last.push(piece);
                        }
                    }
                }
            }
        }
        self.depth -= 1;
        Ok(all)
    }

    /// One atom; `None` for what stands for nothing, such as a comment.
    fn atom(&mut self) -> Result<Option<Atom>, &'static str> {
        let Some(c) = self.peek() else { return Ok(None) };
        let text = |text: &str| Ok(Some(Atom::Text(text.to_owned())));
        match c {
            '(' => self.group(),
            '[' => self.class().map(Some),
            '\\' => {
                let (atom, len) = escape::outside(self.rest(), self.flags.dialect)?;
                self.at += len;
                Ok(atom)
            }
            '#' if self.extended => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
                Ok(None)
            }
            c if self.extended && c.is_whitespace() => {
                self.at += c.len_utf8();
                Ok(None)
            }
            '{' if counted(self.rest(), self.flags.dialect).is_some() => {
                Err("a `{…}` repeats nothing")
            }
            '{' => {
                self.at += 1;
                text("\\{")
            }
            '}' => {
                self.at += 1;
                text("\\}")
            }
            '*' | '+' | '?' => Err("a `*`, `+` or `?` repeats nothing"),
            '$' if matches!(self.flags.dialect, Dialect::Python | Dialect::Perl)
                && !self.flags.multi_line =>
            {
                self.at += 1;
                // `$` also stands before a line break at the end.
                text("$")
            }
            c => {
                self.at += c.len_utf8();
                Ok(Some(Atom::Text(c.to_string())))
            }
        }
    }

    /// `*`, `{2,3}?`, `++`: how it is written in Rust, and whether it is possessive.
    fn repeat(&mut self) -> (String, bool) {
        if self.extended {
            self.at += self.rest().len() - self.rest().trim_start().len();
        }
        let rest = self.rest();
        let (mut repeat, len) = match rest.as_bytes().first() {
            Some(b'*' | b'+' | b'?') => (rest[..1].to_owned(), 1),
            Some(b'{') => match counted(rest, self.flags.dialect) {
                Some(found) => found,
                None => return (String::new(), false),
            },
            _ => return (String::new(), false),
        };
        self.at += len;
        if self.accept("?") {
            repeat.push('?');
        } else if self.accept("+") {
            return (repeat, true);
        }
        (repeat, false)
    }

    fn group(&mut self) -> Result<Option<Atom>, &'static str> {
        let rest = self.rest();
        if rest.starts_with("(*") && self.flags.dialect == Dialect::Perl {
            return self
                .missing_group("backtracking verbs steer a search that Rust's regexes do not do");
        }
        if !rest.starts_with("(?") {
            self.at += 1;
            return self.inner(|inner| Atom::Group("(".to_owned(), inner));
        }
        if rest.starts_with("(?#") {
            self.at += rest.find(')').ok_or("a comment is never closed")? + 1;
            return Ok(None);
        }
        for (open, ahead, negative) in [
            ("(?=", true, false),
            ("(?!", true, true),
            ("(?<=", false, false),
            ("(?<!", false, true),
        ] {
            if self.accept(open) {
                return self.inner(|inner| Atom::Look { ahead, negative, inner });
            }
        }
        if self.accept("(?>") {
            return self.inner(Atom::Atomic);
        }
        for (open, why) in [
            ("(?P=", "there are no backreferences"),
            ("(?P>", "a regex cannot refer to itself"),
            ("(?R", "a regex cannot refer to itself"),
            ("(?&", "a regex cannot refer to itself"),
            ("(?(", "there are no conditions"),
            ("(?|", "there are no branch resets"),
            ("(?{", "a regex cannot run code"),
            ("(??{", "a regex cannot run code"),
        ] {
            if rest.starts_with(open) {
                return self.missing_group(why);
            }
        }
        if rest[2..].starts_with(|c: char| c.is_ascii_digit() || c == '+') {
            return self.missing_group("a regex cannot refer to itself");
        }
        if let Some(len) = name_len(rest) {
            // Names serve nothing here, and one used twice would be an error.
            self.at += len;
            return self.inner(|inner| Atom::Group("(?:".to_owned(), inner));
        }
        self.flag_group()
    }

    fn inner(
        &mut self,
        make: impl FnOnce(Alternatives) -> Atom,
    ) -> Result<Option<Atom>, &'static str> {
        let extended = self.extended;
        let inner = self.alternatives()?;
        self.extended = extended;
        if !self.accept(")") {
            return Err("a `(` is never closed");
        }
        Ok(Some(make(inner)))
    }

    /// Skips a group that cannot be used, up to its own closing bracket.
    fn missing_group(&mut self, why: &'static str) -> Result<Option<Atom>, &'static str> {
        let mut depth = 0_usize;
        let mut chars = self.rest().char_indices();
        while let Some((i, c)) = chars.next() {
            match c {
                '\\' => {
                    chars.next();
                }
                '(' => depth += 1,
                ')' if depth == 1 => {
                    self.at += i + 1;
                    return Ok(Some(Atom::Missing(why)));
                }
                ')' => depth -= 1,
                _ => {}
            }
        }
        Err("a `(` is never closed")
    }

    /// `(?i)` and `(?i:…)`.
    fn flag_group(&mut self) -> Result<Option<Atom>, &'static str> {
        let rest = self.rest();
        let end = rest.find([':', ')']).ok_or("a `(` is never closed")?;
        let mut letters = String::new();
        let mut on = true;
        for c in rest[2..end].chars() {
            match c {
                '-' => {
                    on = false;
                    letters.push('-');
                }
                'm' if self.flags.dialect == Dialect::Ruby => letters.push('s'),
                'i' | 's' | 'm' | 'U' => letters.push(c),
                // White space and comments are taken out while reading.
                'x' => self.extended = on,
                // How classes and the case of letters are understood: Unicode's way, always.
                'u' | 'a' | 'L' | 'd' | 'l' | 'p' | 'n' | '^' => {}
                _ => return Err("the regex has a flag that is not known"),
            }
        }
        let letters = letters.strip_suffix('-').unwrap_or(&letters).to_owned();
        let scoped = rest[end..].starts_with(':');
        self.at += end + 1;
        if scoped {
            return self.inner(|inner| Atom::Group(format!("(?{letters}:"), inner));
        }
        Ok((!letters.is_empty()).then(|| Atom::Text(format!("(?{letters})"))))
    }

    /// `[…]`, with what Rust would take otherwise escaped.
    fn class(&mut self) -> Result<Atom, &'static str> {
        let mut out = String::from("[");
        self.at += 1;
        if self.accept("^") {
            out.push('^');
        }
        if self.accept("]") {
            out.push_str("\\]");
        }
        let mut last = '[';
        loop {
            let Some(c) = self.peek() else { return Err("a `[` is never closed") };
            match c {
                ']' => {
                    self.at += 1;
                    out.push(']');
                    return Ok(Atom::Text(out));
                }
                '\\' => {
                    let (text, len) = escape::inside(self.rest(), self.flags.dialect)?;
                    self.at += len;
                    out.push_str(&text);
                    last = '\\';
                    continue;
                }
                '[' => {
                    let posix =
                        self.rest().starts_with("[:").then(|| self.rest().find(":]")).flatten();
                    match posix.filter(|_| self.flags.dialect != Dialect::Python) {
                        Some(end) => {
                            out.push_str(&posix_class(&self.rest()[..end + 2]));
                            self.at += end + 2;
                            last = ']';
                            continue;
                        }
                        None => out.push_str("\\["),
                    }
                }
                // Two of a kind are operators in Rust's classes.
                '&' | '~' => {
                    out.push('\\');
                    out.push(c);
                }
                '-' if last == '-' || self.rest().starts_with("--") => out.push_str("\\-"),
                c => out.push(c),
            }
            last = c;
            self.at += c.len_utf8();
        }
    }
}

/// `[:word:]`, which Ruby and Perl understand for all of Unicode and Rust for ASCII.
fn posix_class(text: &str) -> String {
    match text {
        "[:word:]" => "\\w".to_owned(),
        "[:alpha:]" => "\\p{Alphabetic}".to_owned(),
        "[:alnum:]" => "\\p{Alphabetic}\\p{Nd}".to_owned(),
        "[:digit:]" => "\\d".to_owned(),
        "[:space:]" => "\\s".to_owned(),
        "[:upper:]" => "\\p{Uppercase}".to_owned(),
        "[:lower:]" => "\\p{Lowercase}".to_owned(),
        other => other.to_owned(),
    }
}

/// `{2}`, `{2,}`, `{2,3}`, and `{,3}` where that is one; in Rust's syntax, and its length.
fn counted(rest: &str, dialect: Dialect) -> Option<(String, usize)> {
    let end = rest.find('}')?;
    let inner = &rest[1..end];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let counts = match inner.split_once(',') {
        None => is_number(inner).then(|| inner.to_owned()),
        Some(("", most)) if dialect != Dialect::Perl && is_number(most) => {
            Some(format!("0,{most}"))
        }
        Some((least, "")) => is_number(least).then(|| inner.to_owned()),
        Some((least, most)) => (is_number(least) && is_number(most)).then(|| inner.to_owned()),
    };
    counts.map(|counts| (format!("{{{counts}}}"), end + 1))
}

/// The length of `(?P<name>`, `(?<name>` or `(?'name'`.
fn name_len(rest: &str) -> Option<usize> {
    let (open, close) = if rest.starts_with("(?P<") {
        (4, '>')
    } else if rest.starts_with("(?<") {
        (3, '>')
    } else if rest.starts_with("(?'") {
        (3, '\'')
    } else {
        return None;
    };
    let name = rest[open..].find(close)?;
    rest[open..open + name]
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_')
        .then_some(open + name + 1)
}
