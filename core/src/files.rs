//! Where the files that a policy names come from: a folder and what is below
//! it, texts in memory, or nowhere.

use crate::read::{self, NotUtf8};
use crate::spec::suggest::nearest;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The files a policy may name. Their paths are relative to one root, with `/`
/// between the parts, and never lead out of it.
#[derive(Debug)]
pub(crate) enum Files {
    /// None: the policy is a text, data or a pack.
    Nowhere,
    /// Those of a folder and below; some of them not as they are there but as these texts
    /// by place.
    Folder(PathBuf, BTreeMap<String, String>),
    /// Texts by path.
    Memory(BTreeMap<String, String>),
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Found {
    /// Its name for people.
    pub(crate) name: String,
    /// Its text, with replacements where it is not UTF-8.
    pub(crate) text: String,
    /// The first byte that is not UTF-8.
    pub(crate) broken: Option<NotUtf8>,
}

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum Missing {
    /// The path, or a link, leads out of the root.
    Outside,
    /// There is no root to start from.
    NoRoot,
    /// There is no such file; a name that is near, if one is.
    Absent(Option<String>),
    /// It is there and cannot be read.
    Unreadable(read::Problem),
}

impl Files {
    /// The place of `path`, which the file `from` names; none when it is outside.
    pub(crate) fn place(from: &str, path: &str) -> Option<String> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for component in Path::new(path).components() {
            match component {
                Component::Normal(part) => parts.push(part.to_str()?),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        (!parts.is_empty()).then(|| parts.join("/"))
    }

    /// The file at `place`, of at most `limit` bytes.
    pub(crate) fn open(&self, place: &str, limit: u64) -> Result<Found, Missing> {
        match self {
            Self::Nowhere => Err(Missing::NoRoot),
            Self::Folder(root, edited) => match edited.get(place) {
                Some(text) => given(root.join(place).display().to_string(), text, limit),
                None => open_below(root, place, limit),
            },
            Self::Memory(files) => {
                let absent = || Missing::Absent(near(place, files.keys().map(String::as_str)));
                given(place.to_owned(), files.get(place).ok_or_else(absent)?, limit)
            }
        }
    }
}

fn given(name: String, text: &str, limit: u64) -> Result<Found, Missing> {
    if text.len() as u64 > limit {
        return Err(Missing::Unreadable(read::Problem::TooLarge(limit)));
    }
    Ok(Found { name, text: text.to_owned(), broken: None })
}

fn open_below(root: &Path, place: &str, limit: u64) -> Result<Found, Missing> {
    let full = root.join(place);
    if leaves_by_link(root, &full) {
        return Err(Missing::Outside);
    }
    if !full.exists() {
        return Err(Missing::Absent(neighbour(root, place)));
    }
    let bytes = read::file(&full, limit).map_err(Missing::Unreadable)?;
    let (text, broken) = read::utf8(bytes);
    Ok(Found { name: full.display().to_string(), text, broken })
}

/// True when `full` is really elsewhere than under `root`.
fn leaves_by_link(root: &Path, full: &Path) -> bool {
    match (root.canonicalize(), full.canonicalize()) {
        (Ok(root), Ok(real)) => !real.starts_with(&root),
        _ => false,
    }
}

/// A file name in the same folder that `place` is a slip of.
fn neighbour(root: &Path, place: &str) -> Option<String> {
    let (folder, wanted) = place.rsplit_once('/').unwrap_or(("", place));
    let entries = std::fs::read_dir(root.join(folder)).ok()?.take(1_000);
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The file name of the place that `place` is a slip of.
fn near<'p>(place: &str, places: impl Iterator<Item = &'p str> + Clone) -> Option<String> {
    let found = nearest(place, places)?;
    Some(found.rsplit_once('/').map_or(found, |(_, name)| name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::Files;

    #[test]
    fn places_are_relative_to_the_naming_file_and_stay_inside() {
        for (from, path, expected) in [
            ("policy.yaml", "words.txt", Some("words.txt")),
            ("policy.yaml", "./lists/../lists/words.txt", Some("lists/words.txt")),
            ("chat/policy.yaml", "words.txt", Some("chat/words.txt")),
            ("chat/policy.yaml", "../base.yaml", Some("base.yaml")),
            ("chat/policy.yaml", "../../base.yaml", None),
            ("policy.yaml", "../policy/words.txt", None),
            ("policy.yaml", "/etc/words.txt", None),
            ("policy.yaml", "..", None),
            ("policy.yaml", ".", None),
        ] {
            assert_eq!(Files::place(from, path).as_deref(), expected, "{from} {path}");
        }
    }
}
