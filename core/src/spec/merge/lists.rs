//! Lists: replaced by name, or edited with `{ extend, add, remove }`.

use super::{Base, by_name};
use crate::diag::{Code, Diagnostic, Sink};
use crate::span::Spanned;
use crate::spec::bounds;
use crate::spec::model::{List, ListSource, Pattern, PatternKind, Policy};
use crate::spec::suggest::nearest;
use rustc_hash::{FxHashMap, FxHashSet};

/// Gives `policy` the lists of its bases, and writes out its edits.
pub(super) fn merge(policy: &mut Policy, bases: &[Base], sink: &mut Sink) {
    let own = std::mem::take(&mut policy.lists);
    let from_bases = bases.iter().flat_map(|base| base.policy.lists.iter().cloned());
    let inherited = by_name(from_bases, Vec::new(), name_of);
    let mut edits = Edits::new(own, &inherited, sink);
    for at in 0..edits.own.len() {
        edits.settle(at);
    }
    let own = edits.own;
    policy.lists = by_name(inherited.into_iter(), own, name_of);
}

fn name_of(list: &List) -> &str {
    &list.name
}

/// The lists of one file while their edits are written out.
struct Edits<'a> {
    own: Vec<List>,
    own_places: FxHashMap<String, usize>,
    inherited: &'a [List],
    inherited_places: FxHashMap<&'a str, usize>,
    /// Entries that may still be copied.
    left: usize,
    sink: &'a mut Sink,
}

/// What an edit builds on.
enum Found {
    Own(usize),
    Inherited(usize),
    Nothing,
}

impl<'a> Edits<'a> {
    fn new(own: Vec<List>, inherited: &'a [List], sink: &'a mut Sink) -> Self {
        let mut own_places = FxHashMap::default();
        for (at, list) in own.iter().enumerate() {
            own_places.entry(list.name.value.clone()).or_insert(at);
        }
        let inherited_places =
            inherited.iter().enumerate().map(|(at, list)| (list.name.as_str(), at)).collect();
        Self { own, own_places, inherited, inherited_places, left: bounds::EDITED_ENTRIES, sink }
    }

    /// What `{ extend: base }` of the list number `at` builds on: the inherited list
    /// when it is the list's own name.
    fn base(&self, at: usize, base: &str) -> Found {
        match (self.own_places.get(base), self.inherited_places.get(base)) {
            (_, Some(&inherited)) if self.own[at].name.value == base => Found::Inherited(inherited),
            (Some(&own), _) => Found::Own(own),
            (None, Some(&inherited)) => Found::Inherited(inherited),
            (None, None) => Found::Nothing,
        }
    }

    /// Writes out the list number `at`, and before it those it builds on.
    fn settle(&mut self, at: usize) {
        let mut chain: Vec<usize> = Vec::new();
        let mut seen: FxHashSet<usize> = FxHashSet::default();
        let mut next = at;
        while let ListSource::Edit { base, .. } = &self.own[next].source {
            if !seen.insert(next) {
                let base = base.clone();
                return self.report_cycle(next, &base, &chain);
            }
            chain.push(next);
            match self.base(next, base) {
                Found::Own(own) => next = own,
                Found::Inherited(_) | Found::Nothing => break,
            }
        }
        while let Some(at) = chain.pop() {
            self.write_out(at);
        }
    }

    fn report_cycle(&mut self, at: usize, base: &Spanned<String>, chain: &[usize]) {
        let message = format!("the list `{}` extends itself", self.own[at].name.value);
        let hint = "an edit builds on an inherited list, or on one that does not build on it";
        self.sink.push(Diagnostic::new(Code::ListCycle, base.span, message).hint(hint));
        for &at in chain {
            self.own[at].source = ListSource::Inline(Vec::new());
        }
    }

    /// Makes an edit a list of its own; what it builds on is one already.
    fn write_out(&mut self, at: usize) {
        let source = std::mem::replace(&mut self.own[at].source, ListSource::Inline(Vec::new()));
        let ListSource::Edit { base, add, remove } = source else { return };
        let entries = match self.base(at, &base) {
            Found::Own(own) => self.own[own].entries(),
            Found::Inherited(inherited) => self.inherited[inherited].entries(),
            Found::Nothing => return self.report_unknown(&base),
        };
        let copied = entries.len() + add.len();
        let Some(left) = self.left.checked_sub(copied) else {
            self.left = 0;
            return self.report_limit(&base);
        };
        self.left = left;
        let mut gone: FxHashMap<Key, bool> =
            remove.iter().map(|pattern| (Key::of(pattern), false)).collect();
        let mut kept: Vec<Pattern> = Vec::with_capacity(copied);
        for entry in entries {
            match gone.get_mut(&Key::of(entry)) {
                Some(found) => *found = true,
                None => kept.push(entry.clone()),
            }
        }
        let missing = remove.iter().filter(|pattern| !gone[&Key::of(pattern)]);
        let missing: Vec<Diagnostic> =
            missing.map(|pattern| unmatched(pattern, &base, entries)).collect();
        for diagnostic in missing {
            self.sink.push(diagnostic);
        }
        kept.extend(add);
        if kept.is_empty() {
            self.report_empty(&base, at);
        }
        self.own[at].source = ListSource::Inline(kept);
    }

    fn report_unknown(&mut self, base: &Spanned<String>) {
        let known = || {
            let own = self.own.iter().map(|list| list.name.as_str());
            self.inherited.iter().map(|list| list.name.as_str()).chain(own)
        };
        let message = format!("there is no list `{}` to extend", base.value);
        let mut diagnostic = Diagnostic::new(Code::UnknownList, base.span, message);
        if let Some(meant) = nearest(base, known()) {
            diagnostic = diagnostic.meant(base.span, meant, false);
        }
        let hint = if self.inherited.is_empty() {
            "none is inherited; write the whole list here".to_owned()
        } else {
            let names: Vec<String> =
                self.inherited.iter().take(8).map(|l| format!("`{}`", l.name.value)).collect();
            format!("inherited are {}", names.join(", "))
        };
        self.sink.push(diagnostic.hint(hint));
    }

    fn report_limit(&mut self, base: &Spanned<String>) {
        let message = format!("edits of lists make more than {} entries", bounds::EDITED_ENTRIES);
        self.sink.push(
            Diagnostic::new(Code::LimitExceeded, base.span, message)
                .hint("a list may contain another without copying it: `{ list: NAME }`"),
        );
    }

    fn report_empty(&mut self, base: &Spanned<String>, at: usize) {
        let message = format!("nothing is left of the list `{}`", self.own[at].name.value);
        self.sink.push(
            Diagnostic::new(Code::EmptyList, base.span, message)
                .hint("take the rules that use it out, or disable them under `override`"),
        );
    }
}

/// What makes two entries of lists the same: what they look for, without regard to
/// case and white space, whatever is set on them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key(&'static str, String);

impl Key {
    fn of(pattern: &Pattern) -> Self {
        let words =
            |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        match &pattern.kind {
            PatternKind::Text(text) => Self("text", words(text)),
            PatternKind::Regex(regex) => Self("regex", regex.value.clone()),
            PatternKind::List { name, as_domain: false } => Self("list", name.value.clone()),
            PatternKind::List { name, as_domain: true } => Self("domains", name.value.clone()),
            PatternKind::Domain(host) => Self("domain", words(host)),
            PatternKind::Entity { name, .. } => Self("entity", name.value.clone()),
        }
    }
}

/// Says that `pattern` is not among `entries`, and what may have been meant.
fn unmatched(pattern: &Pattern, base: &Spanned<String>, entries: &[Pattern]) -> Diagnostic {
    let key = Key::of(pattern);
    let message = format!("the list `{}` has no entry `{}`", base.value, key.1);
    let mut diagnostic = Diagnostic::new(Code::UnmatchedRemove, pattern.span, message);
    let texts: Vec<String> = entries.iter().map(|entry| Key::of(entry).1).collect();
    if let Some(meant) = nearest(&key.1, texts.iter().map(String::as_str)) {
        diagnostic = diagnostic.label(format!("did you mean `{meant}`?"));
    }
    let hint = match nested(entries) {
        Some(name) => format!("entries are removed where they are written: extend `{name}` too"),
        None => "an entry is removed as it is written there, in any capitals".to_owned(),
    };
    diagnostic.hint(hint)
}

/// The name of a list among the entries.
fn nested(entries: &[Pattern]) -> Option<&str> {
    entries.iter().find_map(|entry| match &entry.kind {
        PatternKind::List { name, .. } => Some(name.as_str()),
        _ => None,
    })
}
