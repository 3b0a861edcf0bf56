//! A policy, compiled to bytes and changed: an error or a ruleset that works, never a panic.

use crate::spans::check;
use tamis::{LoadError, Policy, Ruleset};

/// The body of the target: a policy, a zero, then changes of three bytes each, where and
/// what. Without a zero the bytes are loaded as they are.
pub fn run(data: &[u8]) {
    let Some(zero) = data.iter().position(|&byte| byte == 0) else {
        return shown(Ruleset::from_bytes(data));
    };
    let Ok(made) = crate::text(&data[..zero], usize::MAX).parse::<Policy>() else { return };
    let Ok(made) = made.compile() else { return };
    let edits = &data[zero + 1..];
    let bytes = made.to_bytes();
    if edits.is_empty() {
        let loaded = Ruleset::from_bytes(&bytes).expect("what was written is loaded");
        assert_eq!(loaded.fingerprint(), made.fingerprint());
        assert_eq!(loaded.to_bytes(), bytes);
    }
    let changed = tamis::internals::change_compiled(&bytes, |tables| {
        for edit in edits.chunks_exact(3) {
            let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % tables.len();
            tables[at] = edit[2];
        }
    });
    shown(Ruleset::from_bytes(&changed.expect("what was written is a compiled ruleset")));
}

fn shown(loaded: Result<Ruleset, LoadError>) {
    match loaded {
        Ok(ruleset) => check(&ruleset, "darn: K.I.L.L the sp\u{200B}am, buy now"),
        Err(error) => assert!(!error.to_string().is_empty(), "an error says what is wrong"),
    }
}
