//! Golden renderings of every kind of diagnostic.
//!
//! `diagnostics/CODE.yaml` (or `CODE.variant.yaml`) is a policy with mistakes,
//! `CODE.out` beside it what Tamis says about it; a `.json` file is read as
//! data from a program. `UPDATE_GOLDENS=1 cargo test -p tamis-conformance --test
//! diagnostics` writes the `.out` files: read the difference before committing it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tamis::diag::{Code, Diagnostics, Patches, Severity};
use tamis::{Date, FileId, Policy};

const FOLDER: &str = "diagnostics";

/// All there is to say about a policy, on a day of the future.
fn diagnose(policy: Result<Policy, tamis::PolicyError>) -> Diagnostics {
    match policy {
        Ok(policy) => policy.lint(Date::new(2100, 1, 1)),
        Err(error) => error.diagnostics().clone(),
    }
}

/// Sources that cannot stand in a file here, by the name of their golden.
fn generated() -> Vec<(&'static str, Diagnostics)> {
    let long_condition = format!("policy: forum\nexempt: {}x\n", "x or ".repeat(20_000));
    vec![
        ("unreadable-file", diagnose(Policy::from_file("diagnostics/no-such-policy.yaml"))),
        ("unreadable-file.folder", diagnose(Policy::from_file("diagnostics"))),
        ("unreadable-file.pack", diagnose(Policy::load("pack:profanity-em"))),
        ("too-large", diagnose("#".repeat((16 << 20) + 1).parse())),
        ("too-many-errors", diagnose(format!("lists:\n  a: [{}]\n", "'', ".repeat(2_000)).parse())),
        ("limit-exceeded", diagnose(long_condition.parse())),
        ("missing-list-file.text", diagnose("lists:\n  words: { file: words.txt }\n".parse())),
    ]
}

/// Every golden by name, with its diagnostics.
static GOLDENS: LazyLock<BTreeMap<String, Diagnostics>> = LazyLock::new(|| {
    let mut goldens = BTreeMap::new();
    for entry in fs::read_dir(FOLDER).expect("the folder of goldens") {
        let path = Path::new(FOLDER).join(entry.expect("an entry").file_name());
        let (Some(stem), Some(extension)) = (path.file_stem(), path.extension()) else { continue };
        let name = stem.to_string_lossy().into_owned();
        let diagnostics = match extension.to_str() {
            Some("yaml") => diagnose(Policy::from_file(&path)),
            Some("json") => {
                let text = fs::read_to_string(&path).expect("readable JSON");
                let value = serde_json::from_str(&text).expect("valid JSON");
                diagnose(Policy::from_json_value(&value))
            }
            _ => continue,
        };
        assert!(goldens.insert(name, diagnostics).is_none(), "{}", path.display());
    }
    goldens.extend(generated().into_iter().map(|(name, d)| (name.to_owned(), d)));
    goldens
});

/// `unknown-key.variant` shows `unknown-key`.
fn code_of(name: &str) -> Code {
    let name = name.split('.').next().unwrap_or(name);
    Code::find(name).unwrap_or_else(|| panic!("{name} is no kind of diagnostic"))
}

/// Nobody reviews a thousand diagnostics: the first and the last ones stand for all.
fn shortened(rendered: String) -> String {
    let all: Vec<&str> = rendered.split("\n\n").collect();
    match all.as_slice() {
        [first, .., last] if all.len() > 100 => format!("{first}\n\n[…]\n\n{last}"),
        _ => rendered,
    }
}

#[test]
fn renderings_are_as_recorded() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut differing = Vec::new();
    for (name, diagnostics) in &*GOLDENS {
        let path = Path::new(FOLDER).join(format!("{name}.out"));
        let rendered = shortened(diagnostics.to_string());
        let code = code_of(name);
        if !diagnostics.iter().any(|d| d.code == code) {
            differing.push(format!("{name}: does not draw {}\n{rendered}", code.name()));
        } else if update {
            fs::write(&path, &rendered).expect("a golden to write");
        } else if fs::read_to_string(&path).unwrap_or_default() != rendered {
            differing.push(format!("{name}: now reads\n{rendered}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n----\n"));
}

#[test]
fn every_kind_has_a_golden() {
    let goldens = &*GOLDENS;
    let missing: Vec<_> = Code::all()
        .iter()
        .filter(|code| !goldens.contains_key(code.name()))
        .map(|code| code.name())
        .collect();
    assert!(missing.is_empty(), "without a golden: {missing:?}");
    assert!(goldens.len() >= Code::all().len());
}

#[test]
fn every_rendering_has_its_policy() {
    let goldens = &*GOLDENS;
    let mut seen = 0;
    for entry in fs::read_dir(FOLDER).expect("the folder of goldens") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".out") {
            assert!(goldens.contains_key(name), "{name}.out belongs to nothing");
            seen += 1;
        }
    }
    assert!(seen > Code::all().len(), "only {seen} goldens were seen");
}

#[test]
fn messages_have_one_style() {
    let mut seen = 0;
    for (name, diagnostics) in &*GOLDENS {
        for d in diagnostics {
            for text in [Some(&d.message), d.hint.as_ref()].into_iter().flatten() {
                let first = text.chars().next().unwrap_or('X');
                assert!(!first.is_uppercase(), "{name}: starts in upper case: {text}");
                assert!(!text.ends_with('.'), "{name}: ends in a full stop: {text}");
                assert!(
                    text.matches('`').count() % 2 == 0 || text.contains("```"),
                    "{name}: {text}"
                );
                assert!(!text.contains("  "), "{name}: two spaces: {text}");
                seen += 1;
            }
            assert!(d.message.chars().count() <= 120, "{name}: long: {}", d.message);
            assert!(d.hint.is_some() || !d.label.is_empty(), "{name}: what to do? {}", d.message);
        }
    }
    assert!(seen > 150, "only {seen} texts were seen");
}

#[test]
fn places_are_inside_their_files_and_data_agrees() {
    for (name, diagnostics) in &*GOLDENS {
        let sources = diagnostics.sources();
        for (d, data) in diagnostics.iter().zip(diagnostics.to_data()) {
            let file = sources.file(d.span.file).expect("a file");
            assert!(file.text().get(d.span.range()).is_some(), "{name}: {:?}", d.span);
            assert_eq!((data.code, data.name), (d.code.number(), d.code.name()));
            assert_eq!(data.rendered, diagnostics.render(d));
            let at = sources.position(d.span);
            assert_eq!((data.line, data.column), (at.line, at.column), "{name}");
            assert!((data.line, data.column) <= (data.end_line, data.end_column), "{name}");
        }
        let json = serde_json::to_value(diagnostics.to_data()).expect("serializable");
        for d in json.as_array().expect("a list") {
            for key in ["code", "name", "severity", "message", "file", "line", "column", "rendered"]
            {
                assert!(d.get(key).is_some(), "{name}: no `{key}` in {d}");
            }
        }
    }
}

#[test]
fn every_example_in_the_registry_draws_its_code() {
    for &code in Code::all() {
        let example = code.info().example;
        if example.is_empty() {
            continue;
        }
        let policy = match serde_json::from_str(example) {
            Ok(value) => Policy::from_json_value(&value),
            Err(_) => example.parse(),
        };
        let diagnostics = diagnose(policy);
        let drawn = diagnostics.iter().any(|d| d.code == code);
        assert!(drawn, "{}: the example draws\n{diagnostics}", code.name());
        if code.severity() == Severity::Error {
            assert_eq!(
                diagnostics.len(),
                1,
                "{}: the example draws more\n{diagnostics}",
                code.name()
            );
        }
    }
}

/// The mended example of a warning draws it no more, and nothing worse.
#[test]
fn every_mended_example_is_mended() {
    let mut seen = 0;
    for &code in Code::all().iter().filter(|code| !code.info().mended.is_empty()) {
        let diagnostics = diagnose(code.info().mended.parse());
        assert!(diagnostics.is_empty(), "{}: still draws\n{diagnostics}", code.name());
        seen += 1;
    }
    let warnings = Code::all().iter().filter(|code| code.severity() == Severity::Warning);
    let without: Vec<_> =
        warnings.filter(|code| code.info().mended.is_empty()).map(|code| code.name()).collect();
    assert_eq!(
        without,
        ["expired", "inherited-twice", "unused-model"],
        "warnings without a mended example"
    );
    assert!(seen > 18);
}

/// A mend takes its diagnostic away and brings no error.
#[test]
fn every_mend_mends() {
    let mut seen = 0;
    for (name, diagnostics) in &*GOLDENS {
        let Some(file) = diagnostics.sources().files().first() else { continue };
        let Some(place) = file.path().map(str::to_owned) else { continue };
        for d in diagnostics.iter().filter(|d| d.fix.as_ref().is_some_and(|fix| fix.certain)) {
            let patches = Patches::choose([d], FileId(0), false);
            if patches.fixes() == 0 {
                continue; // of another file
            }
            let mended = patches.apply(file.text());
            let path = Path::new(FOLDER).join(&place);
            let edited = [(place.clone(), mended.clone())].into();
            let after = diagnose(Policy::from_file_edited(path, None, edited));
            let count =
                |all: &Diagnostics, code: Code| all.iter().filter(|d| d.code == code).count();
            let is_gone = count(&after, d.code) < count(diagnostics, d.code)
                // Mending one slip shows what it hid.
                || after.iter().all(|left| left.message != d.message);
            assert!(is_gone, "{name}: {}\n{mended}\n{after}", d.message);
            let errors =
                |all: &Diagnostics| all.iter().filter(|d| d.severity() == Severity::Error).count();
            if errors(diagnostics) == 0 {
                assert_eq!(errors(&after), 0, "{name}: {}\n{mended}\n{after}", d.message);
            }
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} mends were seen");
}
