//! Domains as a policy writes them: checked and brought to one form.

use super::punycode;
use crate::view::table;

/// Why a domain in a policy cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameError {
    /// Nothing is left.
    Empty,
    /// `https://…`.
    Scheme,
    /// Something behind a `/`, `?` or `#`.
    Path,
    /// `name@…`.
    User,
    /// `…:8080`.
    Port,
    /// `*.…`; subdomains are covered anyway.
    Wildcard,
    /// White space inside.
    Space,
    /// Two dots in a row, or one at the start.
    EmptyLabel,
    /// A label of more than 63 letters, or a name of more than 253.
    TooLong,
    /// A letter that names cannot have, or a hyphen at an end of a label.
    InvalidLabel,
    /// `xn--` and something that does not decode.
    InvalidPunycode,
    /// One label that is no top-level domain.
    NoDot,
}

impl NameError {
    /// What is wrong, to follow "`…` is not a domain: ".
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::Scheme => "it has a scheme",
            Self::Path => "it has a path",
            Self::User => "it has a user name",
            Self::Port => "it has a port",
            Self::Wildcard => "it has a wildcard",
            Self::Space => "it has a space",
            Self::EmptyLabel => "a part between dots is empty",
            Self::TooLong => "a part has more than 63 letters, or all have more than 253",
            Self::InvalidLabel => "a part has a sign that names of hosts cannot have",
            Self::InvalidPunycode => "a part starts with `xn--` but does not decode",
            Self::NoDot => "it has no dot and is no top-level domain",
        }
    }

    /// How to mend it.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::Scheme | Self::Path | Self::User | Self::Port => {
                "write the host only: `example.com`"
            }
            Self::Wildcard => "leave out `*.`: subdomains are found anyway",
            Self::InvalidPunycode => "write it in Unicode: `bücher.example`",
            _ => "write a host such as `example.com`",
        }
    }
}

/// The one form of a domain: folded, `xn--` decoded, dots plain, none at the end.
pub(crate) fn normalize(domain: &str) -> Result<String, NameError> {
    let domain = domain.trim();
    check_shape(domain)?;
    let domain = domain.strip_suffix(is_dot).unwrap_or(domain);
    if domain.is_empty() {
        return Err(NameError::Empty);
    }
    let mut name = String::with_capacity(domain.len());
    for label in domain.split(is_dot) {
        if !name.is_empty() {
            name.push('.');
        }
        push_label(label, &mut name)?;
    }
    if name.chars().count() > 253 {
        return Err(NameError::TooLong);
    }
    if !name.contains('.') && !super::is_top_level(domain) {
        return Err(NameError::NoDot);
    }
    Ok(name)
}

/// Finds what belongs to links but not to hosts.
fn check_shape(domain: &str) -> Result<(), NameError> {
    if domain.contains("://") {
        return Err(NameError::Scheme);
    }
    let error = domain.chars().find_map(|c| match c {
        '/' | '\\' | '?' | '#' => Some(NameError::Path),
        '@' => Some(NameError::User),
        ':' => Some(NameError::Port),
        '*' => Some(NameError::Wildcard),
        _ if table::props(c).is_space() => Some(NameError::Space),
        _ => None,
    });
    error.map_or(Ok(()), Err)
}

fn push_label(label: &str, name: &mut String) -> Result<(), NameError> {
    let decoded = punycode::strip(label.as_bytes())
        .map(|letters| punycode::decode(letters).ok_or(NameError::InvalidPunycode))
        .transpose()?;
    let from = name.len();
    let label = decoded.as_ref().map_or(label, |decoded| decoded.as_str());
    label.chars().for_each(|c| name.extend(table::fold(c).symbols()));
    let folded = &name[from..];
    if folded.is_empty() {
        return Err(NameError::EmptyLabel);
    }
    if folded.chars().count() > punycode::MAX {
        return Err(NameError::TooLong);
    }
    let fits = |c: char| matches!(c, '-' | '_') || table::props(c).is_word();
    if folded.starts_with('-') || folded.ends_with('-') || !folded.chars().all(fits) {
        return Err(NameError::InvalidLabel);
    }
    Ok(())
}

/// The dots that IDNA takes for one another.
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡' | '\u{2024}')
}

#[cfg(test)]
mod tests {
    use super::{NameError, normalize};

    #[test]
    fn domains_have_one_form() {
        let pairs = [
            ("Example.COM", "example.com"),
            ("example.com.", "example.com"),
            ("bücher.example", "bu\u{308}cher.example"),
            ("xn--bcher-kva.example", "bu\u{308}cher.example"),
            ("ｅｘａｍｐｌｅ。com", "example.com"),
            ("a_b.c-d.example", "a_b.c-d.example"),
            ("zip", "zip"),
            ("192.0.2.1", "192.0.2.1"),
        ];
        for (domain, name) in pairs {
            assert_eq!(normalize(domain).as_deref(), Ok(name));
        }
    }

    #[test]
    fn mistakes_are_named() {
        let long = format!("{}.example", "a".repeat(64));
        let pairs = [
            ("", NameError::Empty),
            (".", NameError::Empty),
            ("https://example.com", NameError::Scheme),
            ("example.com/x", NameError::Path),
            ("me@example.com", NameError::User),
            ("example.com:80", NameError::Port),
            ("*.example.com", NameError::Wildcard),
            ("example .com", NameError::Space),
            (".example.com", NameError::EmptyLabel),
            ("example..com", NameError::EmptyLabel),
            (&long, NameError::TooLong),
            ("-a.example", NameError::InvalidLabel),
            ("a!.example", NameError::InvalidLabel),
            ("xn--99999999.example", NameError::InvalidPunycode),
            ("word", NameError::NoDot),
        ];
        for (domain, error) in pairs {
            assert_eq!(normalize(domain), Err(error), "{domain}");
            assert!(!error.reason().is_empty() && !error.hint().is_empty());
        }
    }
}
