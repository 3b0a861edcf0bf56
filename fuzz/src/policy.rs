//! Any bytes as a policy: an error or a ruleset that works, never a panic.

use tamis::{Policy, PolicyError};

/// Begins another source: its path follows to the end of the line.
const SOURCE: &str = "\n=== ";

/// The body of the target.
pub fn run(data: &[u8]) {
    let text = crate::text(data, usize::MAX);
    try_out(text.parse());
    try_out(Policy::from_sources(sources(&text)));
    if let Ok(value) = serde_json::from_slice(data) {
        try_out(Policy::from_json_value(&value));
    }
}

/// The policy and, after lines like `=== lists/words.txt`, its lists and bases.
fn sources(text: &str) -> Vec<(&str, &str)> {
    let mut parts = text.split(SOURCE);
    let first = ("policy.yaml", parts.next().unwrap_or_default());
    let others = parts.map(|part| part.split_once('\n').unwrap_or((part, "")));
    std::iter::once(first).chain(others).collect()
}

fn try_out(policy: Result<Policy, PolicyError>) {
    let ruleset = policy.and_then(|policy| {
        shown(&policy.diagnostics());
        shown(&policy.lint(None));
        policy.compile()
    });
    match ruleset {
        Ok(ruleset) => {
            shown(ruleset.warnings());
            crate::spans::check(&ruleset, "darn: K.I.L.L the sp\u{200B}am, buy now");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error says what is wrong"),
    }
}

/// Showing diagnostics reads the places they point at.
fn shown(diagnostics: &impl std::fmt::Display) {
    let _ = diagnostics.to_string();
}
