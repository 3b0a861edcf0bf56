//! Texts, numbers, names and the words of small enumerations.

use super::{Decoder, other_words};
use crate::decimal::{DecimalError, Milli};
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::mend::in_quotes;
use crate::spec::suggest::{Near, is_language_code, near};
use crate::spec::tree::{Node, NodeKind};

/// Words that conditions use themselves.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "of", "true", "false"];

/// The kinds of names, by what may stand in them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// Letters, digits and `_`.
    Plain,
    /// The same, and used in conditions.
    InConditions,
    /// Parts joined by dots, used in conditions.
    Dotted,
    /// Parts joined by `/`.
    Slashed,
}

impl Decoder<'_> {
    /// A text; a plain scalar is one as it is written.
    pub(super) fn text(&mut self, node: &Node, subject: &str) -> Option<Spanned<String>> {
        let Some(scalar) = node.scalar() else {
            let diagnostic = self.wrong_type(node, subject, "a text");
            self.push_some(diagnostic.map(|d| match &node.kind {
                _ if subject == "`when`" => {
                    d.hint("write one condition, its parts joined by `and` or `or`: `act and who`")
                }
                NodeKind::Seq(_) if subject == "`label`" => d.hint(
                    "a rule has one label: a second rule may have the other, and `when:` the first one's name",
                ),
                NodeKind::Map(_) => d.hint("text with a `:` in it needs quotes"),
                _ if self.source[node.span.range()].starts_with('[') => {
                    d.hint("take the brackets out; brackets as text need quotes")
                }
                _ => d.hint("write one text, without a `-` before it"),
            }));
            return None;
        };
        if self.strict && scalar.plain {
            self.not_text(node, subject);
            return None;
        }
        Some(Spanned::new(scalar.value.clone(), node.span))
    }

    fn not_text(&mut self, node: &Node, subject: &str) {
        let written = node.plain().unwrap_or("");
        let kind = match written {
            "true" | "false" => "a boolean",
            "null" => "null",
            _ if decimal(written).is_some() => "a number",
            _ => "something without quotes",
        };
        let quoted = in_quotes(written);
        self.report(
            Diagnostic::new(
                Code::NotText,
                node.span,
                format!("{subject} takes a text, not {kind}"),
            )
            .hint(format!("make it the text `{quoted}`"))
            .fix(node.span, quoted),
        );
    }

    /// A word of an enumeration: in data from programs also a boolean of that name.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node,
        subject: &str,
        table: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let Some(scalar) = node.scalar() else {
            let diagnostic = self.wrong_type(node, subject, "a word");
            let listed = quoted_words(table);
            self.push_some(diagnostic.map(|d| d.hint(format!("one of {listed}"))));
            return None;
        };
        if let Some(&(_, value)) = table.iter().find(|(word, _)| *word == scalar.value) {
            return Some(Spanned::new(value, node.span));
        }
        let words = || table.iter().map(|row| row.0);
        let message = format!("{subject} cannot be `{}`", scalar.value);
        let mut diagnostic = Diagnostic::new(Code::BadValue, node.span, message);
        let known: Vec<&'static str> = words().collect();
        let other_word = other_words::value(&known, &scalar.value);
        let meant = other_word.map(|name| Near { name, alone: false });
        // Of two letters nothing is left when one is a slip: `it` is no `pt`.
        let is_told =
            |near: &Near<'_>| near.name.len() > 2 || near.name.eq_ignore_ascii_case(&scalar.value);
        if let Some(meant) = meant.or_else(|| near(&scalar.value, words()).filter(is_told)) {
            diagnostic = self.meant(diagnostic, node.span, meant);
        }
        self.report(diagnostic.hint(format!("one of {}", quoted_words(table))));
        None
    }

    /// `true` or `false`, and their everyday forms.
    pub(super) fn boolean(&mut self, node: &Node, subject: &str) -> Option<Spanned<bool>> {
        let table = [
            ("true", true),
            ("false", false),
            ("yes", true),
            ("no", false),
            ("on", true),
            ("off", false),
        ];
        self.word(node, subject, &table)
    }

    /// A list of languages.
    pub(super) fn languages(&mut self, node: &Node, subject: &str) -> Vec<Spanned<String>> {
        let item = format!("an item of {subject}");
        let items = self.seq(node, subject).unwrap_or_default();
        self.none_named(node, subject, "a language", "without it all texts are looked at");
        items.iter().filter_map(|node| self.language(node, &item)).collect()
    }

    /// The fields that `in` names.
    pub(super) fn fields(&mut self, node: &Node, subject: &str) -> Vec<Spanned<String>> {
        self.none_named(node, subject, "a field", "without it all fields are looked at");
        self.texts(node, subject)
    }

    /// Reports a list that narrows something down to nothing.
    fn none_named(&mut self, node: &Node, subject: &str, what: &str, without: &str) {
        if matches!(&node.kind, NodeKind::Seq(items) if items.is_empty()) {
            self.report(
                Diagnostic::new(Code::EmptyItem, node.span, format!("{subject} names nothing"))
                    .hint(format!("name {what}, or take the key out: {without}")),
            );
        }
    }

    /// The code of a language, as `de` or `pt-BR`: a name would never be stated by a document.
    pub(super) fn language(&mut self, node: &Node, subject: &str) -> Option<Spanned<String>> {
        let code = self.text(node, subject)?;
        if !is_language_code(&code.value) {
            let message = format!("`{}` is not the code of a language", code.value);
            self.report(
                Diagnostic::new(Code::BadValue, code.span, message).hint(
                    "write two or three letters, as `de` for German, with a region as `pt-BR`",
                ),
            );
            return None;
        }
        Some(code)
    }

    /// The text of a number, which is written without quotes.
    fn number_text<'n>(&mut self, node: &'n Node, subject: &str) -> Option<&'n str> {
        let Some(scalar) = node.scalar() else {
            let diagnostic = self.wrong_type(node, subject, "a number");
            self.push_some(diagnostic.map(|d| d.hint("write a number such as `2` or `0.5`")));
            return None;
        };
        if !scalar.plain {
            let diagnostic = self.wrong_type(node, subject, "a number");
            self.push_some(diagnostic.map(|d| match decimal(&scalar.value) {
                Some(_) => d.hint("write it without quotes").fix(node.span, scalar.value.clone()),
                None => d.hint("write a number such as `2` or `0.5`, without quotes"),
            }));
            return None;
        }
        Some(&scalar.value)
    }

    fn bad_number(&mut self, node: &Node, message: String, hint: &str) {
        self.report(Diagnostic::new(Code::BadNumber, node.span, message).hint(hint));
    }

    /// Points or a threshold.
    pub(super) fn milli(&mut self, node: &Node, subject: &str) -> Option<Spanned<Milli>> {
        let text = self.number_text(node, subject)?;
        match text.parse::<Milli>() {
            Ok(value) => return Some(Spanned::new(value, node.span)),
            Err(DecimalError::Syntax) => {
                let hint = if text.contains(',') {
                    "write a point between whole and decimals, and nothing between thousands"
                } else {
                    "write a decimal such as `2` or `0.5`"
                };
                self.bad_number(node, format!("`{text}` is not a decimal number"), hint);
            }
            Err(DecimalError::Places) => self.bad_number(
                node,
                format!("`{text}` has more than three decimal places"),
                "round it; scores are summed exactly, in thousandths",
            ),
            Err(DecimalError::Range) => self.bad_number(
                node,
                format!("`{text}` is too large"),
                "points and thresholds go up to 1000000000",
            ),
        }
        None
    }

    /// A whole number from 0.
    pub(super) fn integer(&mut self, node: &Node, subject: &str) -> Option<Spanned<u64>> {
        let text = self.number_text(node, subject)?;
        if let Ok(value) = text.parse::<u64>()
            && text.bytes().all(|b| b.is_ascii_digit())
        {
            return Some(Spanned::new(value, node.span));
        }
        let message = format!("{subject} cannot be `{text}`");
        self.bad_number(node, message, "write a whole number from 0");
        None
    }

    /// A finite number.
    pub(super) fn float(&mut self, node: &Node, subject: &str) -> Option<Spanned<f64>> {
        let text = self.number_text(node, subject)?;
        if let Some(value) = decimal(text) {
            return Some(Spanned::new(value, node.span));
        }
        let message = format!("`{text}` is not a number");
        self.bad_number(node, message, "write a number such as `2` or `0.5`");
        None
    }

    /// Checks a name; a bad one is reported and still returned, so that what
    /// refers to it is not reported as well.
    pub(super) fn name(&mut self, name: &Spanned<String>, what: &str, kind: NameKind) {
        let separator = match kind {
            NameKind::Dotted => Some('.'),
            NameKind::Slashed => Some('/'),
            NameKind::Plain | NameKind::InConditions => None,
        };
        let is_name = match separator {
            Some(separator) => name.split(separator).all(is_identifier),
            None => is_identifier(name),
        };
        let in_conditions = matches!(kind, NameKind::InConditions | NameKind::Dotted);
        if is_name && !(in_conditions && RESERVED.contains(&name.as_str())) {
            return;
        }
        let message = format!("`{}` cannot be the name of {what}", name.value);
        let mut diagnostic = Diagnostic::new(Code::BadName, name.span, message);
        if is_name {
            diagnostic =
                diagnostic.hint("it is a word of the language of conditions; choose another");
        } else {
            let rule = match kind {
                NameKind::Dotted => "letters, digits, `_`, and dots between the parts",
                NameKind::Slashed => "letters, digits, `_`, and `/` between the parts",
                NameKind::Plain | NameKind::InConditions => "letters, digits and `_`",
            };
            let mended = mended_name(name, separator);
            let hint = if what == "a rule" && name.contains('.') {
                "what is inherited is changed under `override:`; a rule of this file has no dots in its name".to_owned()
            } else {
                format!("a name starts with a letter or `_` and has only {rule}, all of ASCII")
            };
            diagnostic = diagnostic.hint(hint);
            if let Some(mended) = mended {
                diagnostic =
                    diagnostic.label(format!("perhaps `{mended}`")).suggest(name.span, mended);
            }
        }
        self.report(diagnostic);
    }
}

fn quoted_words<T>(table: &[(&'static str, T)]) -> String {
    table.iter().map(|row| format!("`{}`", row.0)).collect::<Vec<_>>().join(", ")
}

/// `[A-Za-z_][A-Za-z0-9_]*`
fn is_identifier(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The name with its separators made `_`, if that makes it one.
fn mended_name(name: &str, separator: Option<char>) -> Option<String> {
    let is_kept = |c: char| c.is_ascii_alphanumeric() || c == '_' || Some(c) == separator;
    let is_separator = |c: char| matches!(c, ' ' | '-' | '.' | '/' | ':');
    if !name.chars().all(|c| is_kept(c) || is_separator(c)) {
        return None;
    }
    let mended: String = name.chars().map(|c| if is_kept(c) { c } else { '_' }).collect();
    mended.split(separator.unwrap_or('_')).any(|p| !p.is_empty()).then_some(())?;
    let parts_ok = match separator {
        Some(separator) => mended.split(separator).all(is_identifier),
        None => is_identifier(&mended),
    };
    (parts_ok && mended != name).then_some(mended)
}

/// A number as policies and JSON write it: no `inf`, no `nan`, no `0x`.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let shape = text.strip_prefix(['-', '+']).unwrap_or(text);
    let starts = shape.bytes().next()?;
    let allowed = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+');
    if !(starts.is_ascii_digit() || starts == b'.') || !shape.bytes().all(allowed) {
        return None;
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}
