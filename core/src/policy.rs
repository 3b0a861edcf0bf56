//! A policy, read with everything it refers to, before it is compiled.

use crate::diag::{
    Code, Diagnostic, Diagnostics, PolicyError, Severity, Sink, SourceFile, SourceMap,
};
use crate::packs;
use crate::read;
use crate::span::{FileId, SourceSpan};
use crate::spec::suggest::nearest;
use crate::spec::{bounds, decode, lists, model, yaml};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// A policy as its author wrote it, with its lists, and where each part stands.
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
}

impl Policy {
    /// Reads a policy file. Its lists are looked for in its folder and below.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let bytes = read::file(path, read::LIMIT).map_err(|problem| {
            fatal(&name, |span| {
                Diagnostic::new(problem.code(), span, format!("`{name}` {problem}"))
                    .hint(problem.hint())
            })
        })?;
        let (text, broken) = read::utf8(bytes);
        if let Some(broken) = broken {
            let file = SourceFile::new(name, text);
            return Err(failed(file, vec![broken.diagnostic(FileId(0))]));
        }
        let folder = match path.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => Path::new("."),
        };
        Self::read(SourceFile::new(name, text), Some(folder), false)
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
        match packs::find(name) {
            Some(text) => Self::read_text(&source, text, false),
            None => Err(fatal(&source, |span| {
                let names: Vec<String> =
                    packs::pack_names().iter().map(|name| format!("`{name}`")).collect();
                let hint = match nearest(name, packs::pack_names().iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("there are {}", names.join(", ")),
                };
                Diagnostic::new(Code::UnreadableFile, span, format!("there is no pack `{name}`"))
                    .hint(hint)
            })),
        }
    }

    /// A pack, written `pack:NAME`, or else the file at this path.
    pub fn load(spec: &str) -> Result<Self, PolicyError> {
        match spec.strip_prefix("pack:") {
            Some(name) => Self::pack(name),
            None => Self::from_file(spec),
        }
    }

    /// What the author wrote.
    pub fn spec(&self) -> &model::Policy {
        &self.spec
    }

    /// The policy file and its list files.
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

    fn read_text(name: &str, text: &str, strict: bool) -> Result<Self, PolicyError> {
        if text.len() as u64 > read::LIMIT {
            let problem = read::Problem::TooLarge(read::LIMIT);
            return Err(fatal(name, |span| {
                Diagnostic::new(problem.code(), span, format!("the policy {problem}"))
                    .hint(problem.hint())
            }));
        }
        Self::read(SourceFile::new(name, text), None, strict)
    }

    fn read(source: SourceFile, folder: Option<&Path>, strict: bool) -> Result<Self, PolicyError> {
        let mut sink = Sink::default();
        let parsed = yaml::parse(source.text(), FileId(0), &mut sink);
        let mut spec = decode::policy(&parsed.tree, source.text(), strict, &mut sink);
        if !parsed.complete {
            // Half a policy: what is missing may stand in the other half.
            let mut found = sink.into_list();
            found.retain(|diagnostic| diagnostic.code != Code::MissingKey);
            return Err(failed(source, found));
        }
        let mut sources = SourceMap::default();
        sources.add(source);
        lists::load(&mut spec, folder, &mut sources, &mut sink);
        let mut found = sink.into_list();
        found.sort_by_key(|diagnostic| (diagnostic.span.file, diagnostic.span.start));
        Ok(Self { spec: Arc::new(spec), sources: Arc::new(sources), found: found.into() })
    }
}

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
