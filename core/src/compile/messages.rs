//! What stands in braces in messages: `{match}` and `{rule}`, or a slip.

use super::Compile;
use crate::diag::{Code, Diagnostic};
use crate::span::Spanned;
use crate::spec::suggest;
use std::ops::Range;

/// What is filled in.
const PLACES: [&str; 2] = ["match", "rule"];

impl Compile<'_> {
    /// Warns of names in braces that would be shown as they are.
    pub(super) fn lint_messages(&mut self) {
        for message in self.spec.rules.iter().filter_map(|rule| rule.message.as_ref()) {
            for place in names_in_braces(message) {
                self.unknown_placeholder(message, place);
            }
        }
    }

    fn unknown_placeholder(&mut self, message: &Spanned<String>, place: Range<usize>) {
        let name = &message.value[place.start + 1..place.end - 1];
        let span = self.policy.locate(message.span, message, place.clone());
        let text = format!("nothing is filled in for `{}`", &message.value[place]);
        let diagnostic = Diagnostic::new(Code::UnknownPlaceholder, span, text);
        self.sink.push(match suggest::nearest(name, PLACES) {
            Some(near) => diagnostic
                .label(format!("did you mean `{{{near}}}`?"))
                .fix(span, format!("{{{near}}}")),
            None => diagnostic.hint("`{match}` is what was found, `{rule}` the rule's name"),
        });
    }
}

/// The places of `{name}` that stand for nothing, braces included.
fn names_in_braces(message: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for (start, _) in message.match_indices('{') {
        let rest = &message[start + 1..];
        let Some(end) = rest.find(['{', '}']).filter(|&end| rest[end..].starts_with('}')) else {
            continue;
        };
        let name = &rest[..end];
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if is_name && !PLACES.contains(&name) {
            places.push(start..start + end + 2);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::names_in_braces;

    #[test]
    fn names_that_stand_for_nothing() {
        let of = |message: &str| -> Vec<String> {
            names_in_braces(message).into_iter().map(|place| message[place].to_owned()).collect()
        };
        assert_eq!(of("no {mach} by {rule}: {match}, {{match}, {a{rules}}"), ["{mach}", "{rules}"]);
        assert!(of("{} {1} {A b} { } {").is_empty());
    }
}
