//! Reads a policy, its lists, and one after the other the bases it builds on.

use crate::diag::{Code, Diagnostic, Sink, SourceFile, SourceMap};
use crate::files::{Files, Found, Missing};
use crate::packs;
use crate::read;
use crate::span::{FileId, SourceSpan, Spanned};
use crate::spec::attached::Attached;
use crate::spec::merge::{self, Base};
use crate::spec::suggest::nearest;
use crate::spec::{bounds, decode, lists, model, models, yaml};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Bytes of all files of a policy together, beside the policy itself.
const TOTAL_BYTES: u64 = 64 << 20;

/// What a policy was read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// A text or data: it has no place.
    Text,
    /// A pack, by name.
    Pack(String),
    /// A file, by its path below the root.
    File(String),
}

impl Place {
    fn name(&self) -> String {
        match self {
            Self::Text => "this policy".to_owned(),
            Self::Pack(name) => format!("`pack:{name}`"),
            Self::File(path) => format!("`{path}`"),
        }
    }

    /// What a policy without a name is called after.
    fn stem(&self) -> &str {
        match self {
            Self::Text => "",
            Self::Pack(name) => name,
            Self::File(path) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                name.split('.').next().unwrap_or_default()
            }
        }
    }
}

/// A policy and all that was read for it.
pub(crate) struct Loaded {
    /// The policy with what it inherits.
    pub(crate) spec: model::Policy,
    pub(crate) sources: SourceMap,
    pub(crate) found: Vec<Diagnostic>,
    /// The files of the policy itself come first; those from here on are of its bases.
    pub(crate) first_base: FileId,
    /// A base is missing or could not be read: nothing can be said about what refers to it.
    pub(crate) is_partial: bool,
}

/// The policy in `source`, which stands at `place` among `files`. Fails with
/// what was found when the source is no YAML.
pub(crate) fn load(
    source: SourceFile,
    place: Place,
    files: &Files,
    strict: bool,
) -> Result<Loaded, (SourceFile, Vec<Diagnostic>)> {
    let mut sink = Sink::default();
    let parsed = yaml::parse(source.text(), FileId(0), &mut sink);
    let spec = decode::policy(&parsed.tree, source.text(), strict, &mut sink);
    if !parsed.complete {
        return Err((source, without_consequences(sink)));
    }
    let mut sources = SourceMap::default();
    sources.add(source);
    let mut loader = Loader {
        files,
        sources,
        sink,
        left: TOTAL_BYTES,
        done: FxHashMap::default(),
        open: Vec::new(),
        first_base: None,
        is_partial: false,
    };
    let spec = loader.finish(spec, place, SourceSpan::default());
    let first_base = FileId(loader.sources.files().len() as u32);
    Ok(Loaded {
        spec,
        first_base: loader.first_base.unwrap_or(first_base),
        sources: loader.sources,
        found: loader.sink.into_list(),
        is_partial: loader.is_partial,
    })
}

/// Half a policy: what is missing may stand in the other half.
fn without_consequences(sink: Sink) -> Vec<Diagnostic> {
    let mut found = sink.into_list();
    let consequences =
        [Code::MissingKey, Code::EmptyGroup, Code::EmptyList, Code::RuleWithoutCondition];
    found.retain(|diagnostic| !consequences.contains(&diagnostic.code));
    found
}

struct Loader<'f> {
    files: &'f Files,
    sources: SourceMap,
    sink: Sink,
    /// Bytes that may still be read.
    left: u64,
    /// Policies that were read, by place, with their bases.
    done: FxHashMap<Place, Arc<model::Policy>>,
    /// The policies whose bases are being read, and where each was asked for.
    open: Vec<(Place, SourceSpan)>,
    first_base: Option<FileId>,
    is_partial: bool,
}

impl Loader<'_> {
    /// `spec` with its lists and bases; `asked` is the entry that names it.
    fn finish(
        &mut self,
        mut spec: model::Policy,
        place: Place,
        asked: SourceSpan,
    ) -> model::Policy {
        let (files, path) = match &place {
            Place::File(path) => (self.files, path.as_str()),
            Place::Text | Place::Pack(_) => (&Files::Nowhere, ""),
        };
        let mut attached =
            Attached { files, place: path, sources: &mut self.sources, left: &mut self.left };
        lists::load(&mut spec, &mut attached, &mut self.sink);
        models::load(&mut spec, &mut attached, &mut self.sink);
        self.first_base.get_or_insert(FileId(self.sources.files().len() as u32));
        if !merge::is_needed(&spec) {
            return spec;
        }
        self.open.push((place, asked));
        let mut bases = Vec::new();
        for entry in &spec.extends {
            match self.base(&entry.from) {
                Some((policy, place)) => {
                    bases.push(Base::new(entry, policy, place.stem(), &mut self.sink));
                }
                None => self.is_partial = true,
            }
        }
        self.open.pop();
        if self.is_partial {
            return spec;
        }
        merge::merge(spec, &bases, &self.sources, &mut self.sink)
    }

    /// The base called `from`; nothing when that was reported as impossible.
    fn base(&mut self, from: &Spanned<String>) -> Option<(Arc<model::Policy>, Place)> {
        let (place, source) = self.find(from)?;
        if let Some(policy) = self.done.get(&place) {
            return Some((Arc::clone(policy), place));
        }
        let source = source.or_else(|| self.open_file(from, &place))?;
        let file = FileId(self.sources.files().len() as u32);
        let mut sink = Sink::default();
        let parsed = yaml::parse(source.text(), file, &mut sink);
        let spec = decode::policy(&parsed.tree, source.text(), false, &mut sink);
        self.sources.add(source);
        let found = if parsed.complete { sink.into_list() } else { without_consequences(sink) };
        for diagnostic in found {
            self.sink.push(diagnostic);
        }
        if !parsed.complete {
            return None;
        }
        let policy = Arc::new(self.finish(spec, place.clone(), from.span));
        self.done.insert(place.clone(), Arc::clone(&policy));
        Some((policy, place))
    }

    /// Where `from` leads, and for a pack its text; refuses circles.
    fn find(&mut self, from: &Spanned<String>) -> Option<(Place, Option<SourceFile>)> {
        let (place, source) = match from.strip_prefix("pack:") {
            Some(name) => {
                let Some(text) = packs::find(name) else {
                    self.sink.push(no_pack(name, from.span, Code::MissingBase));
                    return None;
                };
                let source = SourceFile::new(from.value.as_str(), text);
                (Place::Pack(name.to_owned()), Some(source))
            }
            None => (Place::File(self.path(from)?), None),
        };
        if let Some(at) = self.open.iter().position(|(open, _)| *open == place) {
            self.report_cycle(at, from);
            return None;
        }
        if self.open.len() > bounds::BASES_DEPTH {
            let message =
                format!("policies extend each other more than {} levels deep", bounds::BASES_DEPTH);
            self.sink.push(
                Diagnostic::new(Code::TooDeep, from.span, message)
                    .hint("extend the bases in fewer steps"),
            );
            return None;
        }
        Some((place, source))
    }

    /// The place of the file `from`, as the policy that is open names it.
    fn path(&mut self, from: &Spanned<String>) -> Option<String> {
        let missing = match self.open.last() {
            Some((Place::File(naming), _)) => match Files::place(naming, from) {
                Some(place) => return Some(place),
                None => Missing::Outside,
            },
            _ if Files::place("", from).is_none() => Missing::Outside,
            _ => Missing::NoRoot,
        };
        self.sink.push(unreadable(from, &missing));
        None
    }

    fn open_file(&mut self, from: &Spanned<String>, place: &Place) -> Option<SourceFile> {
        let Place::File(path) = place else { return None };
        match self.files.open(path, read::LIMIT.min(self.left)) {
            Ok(Found { name, text, broken }) => {
                self.left = self.left.saturating_sub(text.len() as u64);
                let source = SourceFile::new(name, text).at(path.as_str());
                let Some(broken) = broken else { return Some(source) };
                let file = self.sources.add(source);
                self.sink.push(broken.diagnostic(file));
                None
            }
            Err(missing) => {
                self.sink.push(unreadable(from, &missing));
                None
            }
        }
    }

    fn report_cycle(&mut self, at: usize, from: &Spanned<String>) {
        let circle = &self.open[at..];
        let mut names: Vec<String> = circle.iter().map(|(place, _)| place.name()).collect();
        names.extend(names.first().cloned());
        let message = format!("the policy extends itself: {}", names.join(" → "));
        let mut diagnostic = Diagnostic::new(Code::BaseCycle, from.span, message)
            .hint("move what both need into a third file that extends neither");
        for (_, asked) in &circle[1..] {
            diagnostic = diagnostic.also(*asked, "part of the circle");
        }
        self.sink.push(diagnostic);
    }
}

/// Says that there is no such pack.
pub(crate) fn no_pack(name: &str, span: SourceSpan, code: Code) -> Diagnostic {
    let names: Vec<String> = packs::pack_names().iter().map(|name| format!("`{name}`")).collect();
    let diagnostic = Diagnostic::new(code, span, format!("there is no pack `{name}`"));
    match nearest(name, packs::pack_names().iter().copied()) {
        Some(meant) if code == Code::MissingBase => {
            diagnostic.meant(span, &format!("pack:{meant}"), false)
        }
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint(format!("there are {}", names.join(", "))),
    }
}

/// Says why the base `from` was not read.
fn unreadable(from: &Spanned<String>, missing: &Missing) -> Diagnostic {
    let name = &from.value;
    let (code, message, hint) = match missing {
        Missing::Outside => (
            Code::BaseOutside,
            format!("`{name}` is outside the policy's folder"),
            "move it below the folder, or allow a wider one: `--root FOLDER`, or `root` in the API"
                .to_owned(),
        ),
        Missing::NoRoot => (
            Code::MissingBase,
            format!("`{name}` cannot be found: this policy is not a file"),
            "load the policy from a file, or with the texts of all its files; packs are written \
             `pack:NAME`"
                .to_owned(),
        ),
        Missing::Absent(_) if name.contains(|c: char| c == '\\' || c.is_control()) => (
            Code::MissingBase,
            format!("there is no file `{name}`"),
            "write `/` between folders, also on Windows".to_owned(),
        ),
        Missing::Absent(near) => {
            let pack = packs::find(name).map(|_| format!("did you mean `pack:{name}`? "));
            let near = near.as_ref().map(|meant| format!("did you mean `{meant}`? "));
            let meant = pack.or(near).unwrap_or_default();
            (
                Code::MissingBase,
                format!("there is no file `{name}`"),
                format!("{meant}paths are relative to the file that names them"),
            )
        }
        Missing::Unreadable(problem) => {
            (problem.code(), format!("the base `{name}` {problem}"), problem.hint().to_owned())
        }
    };
    Diagnostic::new(code, from.span, message).hint(hint)
}
