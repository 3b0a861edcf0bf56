//! Parts of the format that this version cannot do yet.
//!
//! The one list of them: a feature that is built deletes its row, and its
//! values flow through without a further word.

use crate::diag::{Code, Diagnostic, Sink};
use crate::span::SourceSpan;

/// A part of the format that decodes but cannot be used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    Models,
    Calibration,
}

/// Feature, its name in the message, and what to write instead.
const UNBUILT: &[(Feature, &str, &str)] = &[
    (Feature::Models, "`models`", "pass the model's score as a fact"),
    (Feature::Calibration, "`calibration`", "leave it out; scores are sums of points"),
];

/// Reports `feature` at `span` while it is on the list.
pub(super) fn check(feature: Feature, span: SourceSpan, sink: &mut Sink) {
    if let Some((_, name, instead)) = UNBUILT.iter().find(|row| row.0 == feature) {
        sink.push(
            Diagnostic::new(Code::NotBuiltYet, span, format!("{name} is not built yet"))
                .hint(*instead),
        );
    }
}
