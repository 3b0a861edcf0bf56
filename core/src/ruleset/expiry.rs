//! `expires:` of rules, kept for people: it changes no verdict.

use super::Ruleset;
use crate::date::Date;
use crate::diag::{Code, Diagnostic, Diagnostics, Sink};
use crate::span::Spanned;
use crate::spec::model::Policy;

/// The last day of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Expiry {
    pub(crate) rule: String,
    pub(crate) date: Spanned<Date>,
}

/// The last days that rules state, but for those that say nobody wants to know.
pub(crate) fn expiries(spec: &Policy) -> Vec<Expiry> {
    let quiet = |name: &Spanned<String>| Code::find(name) == Some(Code::Expired);
    let rules = spec.rules.iter().filter(|rule| !rule.lint_ignore.iter().any(quiet));
    let dated = rules.filter_map(|rule| {
        let id = rule.id.as_ref()?;
        Some(Expiry { rule: id.value.clone(), date: rule.expires.clone()? })
    });
    dated.collect()
}

impl Ruleset {
    /// A warning for each rule whose `expires:` date lies before `today`. Such a
    /// rule still works: the date is for people, and the engine reads no clock.
    ///
    /// ```
    /// use tamis::{Date, Ruleset};
    /// let ruleset: Ruleset = "policy: demo\nrules:\n  \
    ///     - { id: ad, action: review, patterns: [buy now], expires: 2026-11-30 }\n".parse()?;
    /// assert_eq!(ruleset.expired(Date::new(2026, 11, 30).unwrap()).len(), 0);
    /// assert_eq!(ruleset.expired(Date::new(2026, 12, 1).unwrap()).len(), 1);
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn expired(&self, today: Date) -> Diagnostics {
        let mut sink = Sink::default();
        for diagnostic in past(&self.0.expiries, today) {
            sink.push(diagnostic);
        }
        sink.finish(self.warnings().shared_sources())
    }
}

/// A warning for each date before `today`.
pub(crate) fn past(expiries: &[Expiry], today: Date) -> Vec<Diagnostic> {
    let past = expiries.iter().filter(|expiry| expiry.date.value < today);
    past.map(|Expiry { rule, date }| {
        let message = format!("the rule `{rule}` expired on {}", date.value);
        Diagnostic::new(Code::Expired, date.span, message)
            .hint("renew the date, or take the rule out; until then it still works")
    })
    .collect()
}
