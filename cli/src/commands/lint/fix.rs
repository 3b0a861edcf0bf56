//! `--fix`: mends applied until nothing changes, and written at the end.

use crate::failure::Failure;
use crate::files;
use crate::policy::{RootArgs, today};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tamis::diag::{Diagnostics, Patches, Severity};
use tamis::{FileId, Policy, PolicyError};

/// Rounds of mending: what is left then would mend itself in circles.
const ROUNDS: usize = 50;

/// A policy after mending.
pub(crate) struct Mended {
    /// What there is to say now.
    pub(crate) diagnostics: Diagnostics,
    /// The files that changed, by their place below the root of the policy.
    pub(crate) files: Vec<MendedFile>,
    /// How many mends were applied.
    pub(crate) fixes: usize,
    /// How many rules it has, if it has no errors.
    pub(crate) rules: Option<usize>,
}

/// A file that changed.
pub(crate) struct MendedFile {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) old: String,
    pub(crate) new: String,
}

impl Mended {
    /// Writes the changed files.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|file| files::replace(&file.path, &file.new))
    }
}

/// Mends the policy `name`, in memory.
pub(crate) fn mend(name: &str, root: &RootArgs, likely: bool) -> Mended {
    let mut edited: BTreeMap<String, String> = BTreeMap::new();
    let mut originals: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut fixes = 0;
    let (mut policy, mut diagnostics) = lint(name, root, &edited);
    for _ in 0..ROUNDS {
        let mut next = edited.clone();
        let mut applied = 0;
        for (at, file) in diagnostics.sources().files().iter().enumerate() {
            let id = FileId(at as u32);
            // A base has an author of its own: `tamis lint --fix BASE` mends it.
            let is_own = policy.as_ref().map_or(at == 0, |policy| policy.is_own(id));
            let Some(place) = file.path().filter(|_| is_own) else { continue };
            let patches = Patches::choose(&diagnostics, id, likely);
            if patches.fixes() > 0 {
                let original = || (file.name().to_owned(), file.text().to_owned());
                originals.entry(place.to_owned()).or_insert_with(original);
                next.insert(place.to_owned(), patches.apply(file.text()));
                applied += patches.fixes();
            }
        }
        if applied == 0 {
            break;
        }
        let (next_policy, next_diagnostics) = lint(name, root, &next);
        // A mend that breaks something else is none.
        let worse = (policy.is_ok() && next_policy.is_err())
            || (policy.is_ok() && errors(&next_diagnostics) > errors(&diagnostics));
        if worse {
            break;
        }
        (policy, diagnostics, edited) = (next_policy, next_diagnostics, next);
        fixes += applied;
    }
    let changed = edited.into_iter().filter_map(|(place, new)| {
        let (name, old) = originals.remove(&place)?;
        // The name of a file is the way to it, from the folder the command runs in.
        let path = PathBuf::from(&name);
        (old != new).then_some(MendedFile { name, path, old, new })
    });
    let rules = policy.ok().filter(|_| errors(&diagnostics) == 0);
    let rules = rules.map(|policy| policy.spec().rules.len());
    Mended { files: changed.collect(), diagnostics, fixes, rules }
}

fn errors(diagnostics: &Diagnostics) -> usize {
    diagnostics.iter().filter(|d| d.severity() == Severity::Error).count()
}

fn lint(
    name: &str,
    root: &RootArgs,
    edited: &BTreeMap<String, String>,
) -> (Result<Policy, PolicyError>, Diagnostics) {
    let policy = root.load_edited(name, edited.clone());
    let diagnostics = match &policy {
        Ok(policy) => policy.lint(Some(today())),
        Err(error) => error.diagnostics().clone(),
    };
    (policy, diagnostics)
}
