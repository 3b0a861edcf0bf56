//! The reference over all cases: what POLICY.md says, said a second time.

use tamis_conformance::reference::Reference;
use tamis_conformance::{cases, check};

#[test]
fn the_reference_passes_all_cases() {
    let mut cases = cases::load().unwrap();
    cases.extend(cases::load_pending().unwrap());
    let mut failures = Vec::new();
    for case in &cases {
        let policy: tamis::Policy = match case.load() {
            Ok(policy) => policy,
            Err(error) => {
                failures.push(format!("{}\n{error}", case.title()));
                continue;
            }
        };
        match Reference::new(policy.spec()) {
            Ok(reference) => {
                let reference = reference.with_models(policy.sources());
                let differences = check::differences(case, &reference.classify(&case.input()));
                if !differences.is_empty() {
                    failures.push(check::report(case, &differences));
                }
            }
            Err(error) => failures.push(format!("{}\n{error}", case.title())),
        }
    }
    assert!(failures.is_empty(), "{} failed:\n\n{}", failures.len(), failures.join("\n"));
    assert!(cases.len() >= 430, "only {} cases", cases.len());
}
