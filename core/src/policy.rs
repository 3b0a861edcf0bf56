//! A policy, read with everything it refers to, before it is compiled.

use crate::diag::{
    Code, Diagnostic, Diagnostics, PolicyError, Severity, Sink, SourceFile, SourceMap,
};
use crate::files::Files;
use crate::loader::{self, Place};
use crate::packs;
use crate::read;
use crate::span::{FileId, SourceSpan};
use crate::spec::model::Mode;
use crate::spec::suggest::nearest;
use crate::spec::{bounds, model};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// A policy with its lists and bases, and where each part was written.
///
/// Reading fails only where there is nothing to go on with: a file that cannot
/// be read, or text that is no YAML. All other mistakes wait for `compile`,
/// which reports them together with its own; [`Policy::diagnostics`] has them
/// before.
///
/// ```
/// let policy: tamis::Policy = "policy: demo\nrules: []\n".parse()?;
/// assert_eq!(policy.spec().name.as_ref().unwrap().value, "demo");
/// # Ok::<(), tamis::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    spec: Arc<model::Policy>,
    sources: Arc<SourceMap>,
    /// By file and place.
    found: Arc<[Diagnostic]>,
    /// The first file that belongs to a base.
    first_base: FileId,
    /// True when a base could not be read.
    is_partial: bool,
}

impl Policy {
    /// Reads a policy file. Its lists and bases are looked for in its folder and
    /// below; [`Policy::from_file_below`] allows more.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        Self::open(path.as_ref(), None, BTreeMap::new())
    }

    /// Reads a policy file whose lists and bases may come from anywhere below the
    /// folder `root`, in which the policy has to be itself.
    ///
    /// Paths stay relative to the file that names them: a policy in `root/chat`
    /// may then extend `../base.yaml`.
    pub fn from_file_below(
        root: impl AsRef<Path>,
        path: impl AsRef<Path>,
    ) -> Result<Self, PolicyError> {
        Self::open(path.as_ref(), Some(root.as_ref()), BTreeMap::new())
    }

    /// Reads a policy file as it would be with some of its files edited: these are given
    /// as texts by their [`SourceFile::path`]. For editors, and to look at a mend before
    /// it is written.
    pub fn from_file_edited(
        path: impl AsRef<Path>,
        root: Option<&Path>,
        edited: BTreeMap<String, String>,
    ) -> Result<Self, PolicyError> {
        Self::open(path.as_ref(), root, edited)
    }

    fn open(
        path: &Path,
        root: Option<&Path>,
        edited: BTreeMap<String, String>,
    ) -> Result<Self, PolicyError> {
        let name = path.display().to_string();
        let (root, place) = match root {
            None => own_folder(path),
            Some(root) => (root.to_path_buf(), place_below(root, path)),
        };
        let Some(place) = place else {
            // A folder is none of its own: reading it says what it is.
            own_text(path, &name)?;
            return Err(fatal(&name, |span| {
                let message = format!("`{name}` is not below `{}`", root.display());
                Diagnostic::new(Code::BaseOutside, span, message)
                    .hint("name a folder as the root that holds the policy and all its bases")
            }));
        };
        let text = match edited.get(&place) {
            Some(text) => text.clone(),
            None => own_text(path, &name)?,
        };
        let source = SourceFile::new(name, text).at(place.as_str());
        Self::read(source, Place::File(place), &Files::Folder(root, edited), false)
    }

    /// Reads a policy from texts in memory: the first is the policy, the others are
    /// its lists and bases, by their paths relative to a common root, with `/`
    /// between the parts. [`SourceFile::path`] gives such paths.
    ///
    /// ```
    /// let policy = tamis::Policy::from_sources([
    ///     ("chat/policy.yaml", "policy: chat\nextends: [../base.yaml]\n"),
    ///     ("base.yaml", "policy: base\nrules:\n  - { id: ad, action: review, patterns: [buy now] }\n"),
    /// ])?;
    /// assert_eq!(policy.compile()?.rules()[0].id, "base.ad");
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn from_sources<P, T>(
        sources: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Self, PolicyError>
    where
        P: AsRef<str>,
        T: Into<String>,
    {
        let mut policy = None;
        let mut files = BTreeMap::new();
        for (path, text) in sources {
            let text = text.into();
            let place = Files::place("", path.as_ref());
            let Some(place) = place else {
                return Err(fatal(path.as_ref(), |span| {
                    let message = format!("`{}` is no path below a root", path.as_ref());
                    Diagnostic::new(Code::BaseOutside, span, message)
                        .hint("paths are relative, with `/` between the parts")
                }));
            };
            policy.get_or_insert_with(|| place.clone());
            files.insert(place, text);
        }
        let Some(place) = policy else {
            return Err(fatal(TEXT, |span| {
                Diagnostic::new(Code::UnreadableFile, span, "there is no source")
                    .hint("the first source is the policy")
            }));
        };
        let text = files.get(&place).cloned().unwrap_or_default();
        too_large(&place, &text)?;
        let source = SourceFile::new(place.as_str(), text).at(place.as_str());
        Self::read(source, Place::File(place), &Files::Memory(files), false)
    }

    /// Reads a policy from data, such as a Python dictionary. Where the format
    /// expects a text, it has to be one: how `007` was written is lost in data.
    pub fn from_json_value(value: &serde_json::Value) -> Result<Self, PolicyError> {
        if depth_exceeds(value, bounds::DEPTH) {
            return Err(fatal(DATA, |span| {
                let limit = bounds::DEPTH;
                Diagnostic::new(
                    Code::TooDeep,
                    span,
                    format!("the data has more than {limit} levels"),
                )
                .hint("build it flatter")
            }));
        }
        match serde_json::to_string_pretty(value) {
            Ok(text) => Self::read_text(DATA, &text, true),
            Err(error) => Err(fatal(DATA, |span| {
                Diagnostic::new(Code::YamlSyntax, span, format!("the data is not JSON: {error}"))
            })),
        }
    }

    /// A policy that comes with Tamis, such as `profanity-en`.
    pub fn pack(name: &str) -> Result<Self, PolicyError> {
        let source = format!("pack:{name}");
        let Some(text) = packs::find(name) else {
            return Err(fatal(&source, |span| loader::no_pack(name, span, Code::UnreadableFile)));
        };
        let place = Place::Pack(name.to_owned());
        Self::read(SourceFile::new(source, text), place, &Files::Nowhere, false)
    }

    /// A pack, written `pack:NAME`, or else the file at this path.
    pub fn load(spec: &str) -> Result<Self, PolicyError> {
        match spec.strip_prefix("pack:") {
            Some(name) => Self::pack(name),
            None => Self::from_file(spec),
        }
    }

    /// Puts the rules that `selector` names into shadow mode, whatever mode they
    /// had, and says how many they are. A selector is a tag, the name of a rule or
    /// a glob over names: `*` is any run of characters, `?` any one.
    ///
    /// # Errors
    /// When it selects nothing.
    ///
    /// ```
    /// let mut policy = tamis::Policy::pack("profanity-en")?;
    /// assert!(policy.shadow("mild").expect("a tag") > 3);
    /// assert!(policy.shadow("midl").is_err());
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn shadow(&mut self, selector: &str) -> Result<usize, NothingSelected> {
        let selected = |rule: &model::Rule| rule.is_selected(selector);
        let count = self.spec.rules.iter().filter(|rule| selected(rule)).count();
        if count == 0 {
            return Err(NothingSelected::new(selector, &self.spec));
        }
        for rule in &mut Arc::make_mut(&mut self.spec).rules {
            if selected(rule) {
                let span = rule.mode.as_ref().map_or(rule.span, |mode| mode.span);
                rule.mode = Some(crate::span::Spanned::new(Mode::Shadow, span));
            }
        }
        Ok(count)
    }

    /// What the policy says, with what it inherits: the rules of its bases come
    /// first, under their inherited names. Its tests are its own.
    pub fn spec(&self) -> &model::Policy {
        &self.spec
    }

    /// The policy file, its list files, then the bases with theirs.
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The mistakes found while reading.
    pub fn diagnostics(&self) -> Diagnostics {
        let mut sink = Sink::default();
        for diagnostic in self.found.iter().cloned() {
            sink.push(diagnostic);
        }
        sink.finish(Arc::clone(&self.sources))
    }

    /// The same sources with another meaning, to try what that would find.
    pub(crate) fn with_spec(&self, spec: model::Policy) -> Self {
        Self { spec: Arc::new(spec), found: Arc::default(), ..self.clone() }
    }

    /// The sources, to share with what is made of the policy.
    pub(crate) fn shared_sources(&self) -> Arc<SourceMap> {
        Arc::clone(&self.sources)
    }

    /// The mistakes found while reading, for compiling to go on with.
    pub(crate) fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// True when reading found an error inside `span`: what is missing there
    /// was written, and should not be reported again as missing.
    pub(crate) fn has_error_in(&self, span: SourceSpan) -> bool {
        let key = |d: &Diagnostic| (d.span.file, d.span.start);
        let first = self.found.partition_point(|d| key(d) < (span.file, span.start));
        let inside = self.found[first..].iter().take_while(|d| key(d) <= (span.file, span.end));
        inside.into_iter().any(|d| d.severity() == Severity::Error && d.span.end <= span.end)
    }

    /// The place of a part of a text: `whole` is where `decoded` was written,
    /// `part` are bytes of it. For a place inside a regex, say.
    pub(crate) fn locate(
        &self,
        whole: SourceSpan,
        decoded: &str,
        part: std::ops::Range<usize>,
    ) -> SourceSpan {
        let source = self.sources.file(whole.file).map_or("", SourceFile::text);
        crate::spec::offsets::locate(source, whole, decoded, part)
    }

    /// True when `file` is the policy's own or one of its lists, not a base's.
    pub fn is_own(&self, file: FileId) -> bool {
        file < self.first_base
    }

    /// True when a base is missing, so that nothing is known of what it may declare.
    pub(crate) fn is_partial(&self) -> bool {
        self.is_partial
    }

    fn read_text(name: &str, text: &str, strict: bool) -> Result<Self, PolicyError> {
        too_large(name, text)?;
        Self::read(SourceFile::new(name, text), Place::Text, &Files::Nowhere, strict)
    }

    fn read(
        source: SourceFile,
        place: Place,
        files: &Files,
        strict: bool,
    ) -> Result<Self, PolicyError> {
        let loaded = loader::load(source, place, files, strict)
            .map_err(|(source, found)| failed(source, found))?;
        let mut found = loaded.found;
        found.sort_by_key(|diagnostic| (diagnostic.span.file, diagnostic.span.start));
        Ok(Self {
            spec: Arc::new(loaded.spec),
            sources: Arc::new(loaded.sources),
            found: found.into(),
            first_base: loaded.first_base,
            is_partial: loaded.is_partial,
        })
    }
}

/// A selector of rules that selects none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingSelected {
    selector: String,
    nearest: Option<String>,
}

impl NothingSelected {
    fn new(selector: &str, spec: &model::Policy) -> Self {
        let ids = spec.rules.iter().filter_map(|rule| rule.id.as_ref());
        let tags = spec.rules.iter().flat_map(|rule| &rule.tags);
        let names = ids.chain(tags).map(|name| name.as_str());
        Self { selector: selector.to_owned(), nearest: nearest(selector, names).map(str::to_owned) }
    }
}

impl fmt::Display for NothingSelected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule and no tag is called `{}`", self.selector)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for NothingSelected {}

/// The text of a policy file.
fn own_text(path: &Path, name: &str) -> Result<String, PolicyError> {
    let bytes = read::file(path, read::LIMIT).map_err(|problem| {
        fatal(name, |span| {
            Diagnostic::new(problem.code(), span, format!("`{name}` {problem}"))
                .hint(problem.hint())
        })
    })?;
    if bytes.starts_with(&COMPILED) {
        return Err(fatal(name, |span| {
            let message = format!("`{name}` is a compiled ruleset, not a policy");
            Diagnostic::new(Code::UnreadableFile, span, message)
                .hint("this needs the policy it was compiled from")
        }));
    }
    let (text, broken) = read::utf8(bytes);
    match broken {
        None => Ok(text),
        Some(broken) => {
            let file = SourceFile::new(name, text);
            Err(failed(file, vec![broken.diagnostic(FileId(0))]))
        }
    }
}

/// The folder of a policy file, and its place there.
fn own_folder(path: &Path) -> (PathBuf, Option<String>) {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    (folder.unwrap_or(Path::new(".")).to_path_buf(), name)
}

/// The place of `path` below `root`, if it is there.
fn place_below(root: &Path, path: &Path) -> Option<String> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    let below = folder.join(path.file_name()?);
    Files::place("", below.strip_prefix(root.canonicalize().ok()?).ok()?.to_str()?)
}

fn too_large(name: &str, text: &str) -> Result<(), PolicyError> {
    if text.len() as u64 <= read::LIMIT {
        return Ok(());
    }
    let problem = read::Problem::TooLarge(read::LIMIT);
    Err(fatal(name, |span| {
        Diagnostic::new(problem.code(), span, format!("the policy {problem}")).hint(problem.hint())
    }))
}

/// What compiled rulesets begin with. As in PNG: a byte that no text has, the name, and
/// line ends that a transfer as text would change.
pub(crate) const COMPILED: [u8; 8] = *b"\x89TAMIS\r\n";

/// The names of sources that are no files.
const TEXT: &str = "<text>";
const DATA: &str = "<data>";

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Self, PolicyError> {
        Self::read_text(TEXT, text, false)
    }
}

/// The error for a source of which nothing was read.
fn fatal(name: &str, diagnostic: impl FnOnce(SourceSpan) -> Diagnostic) -> PolicyError {
    failed(SourceFile::new(name, ""), vec![diagnostic(SourceSpan::default())])
}

fn failed(source: SourceFile, found: Vec<Diagnostic>) -> PolicyError {
    let mut sink = Sink::default();
    for diagnostic in found {
        sink.push(diagnostic);
    }
    let mut sources = SourceMap::default();
    sources.add(source);
    PolicyError::new(sink.finish(Arc::new(sources)))
}

/// True when `value` is nested deeper than `limit`; looks no deeper than that.
fn depth_exceeds(value: &serde_json::Value, limit: usize) -> bool {
    use serde_json::Value;
    match value {
        Value::Array(_) | Value::Object(_) if limit == 0 => true,
        Value::Array(items) => items.iter().any(|item| depth_exceeds(item, limit - 1)),
        Value::Object(entries) => entries.values().any(|item| depth_exceeds(item, limit - 1)),
        _ => false,
    }
}
