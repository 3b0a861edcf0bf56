//! Entities and domains: checked, shared.

use super::Compile;
use super::names;
use super::patterns::{Options, Target};
use crate::diag::{Code, Diagnostic};
use crate::entity::{self, Kind, OptionError, domain};
use crate::ruleset::tables::{DomainRow, EntityRow};
use crate::span::{SourceSpan, Spanned};
use crate::spec::model::{Level, Pattern, PatternKind, PatternOptions};
use crate::spec::suggest;
use rustc_hash::FxHashMap;

/// The domains met so far, by name, level and whether they are of exceptions.
pub(super) type DomainIds = FxHashMap<(String, Level, bool), usize>;

impl Compile<'_> {
    /// `{ entity: NAME }` with its keys.
    pub(super) fn entity(
        &mut self,
        name: &Spanned<String>,
        keys: &[(Spanned<String>, Spanned<String>)],
        options: Options,
        target: Target,
    ) {
        let Some(kind) = Kind::parse(name) else { return self.unknown_entity(name) };
        let mut settings = entity::Options::default();
        for (key, value) in keys {
            if let Err(error) = settings.set(kind, key, value) {
                self.bad_option(name, key, value, error);
                return;
            }
        }
        let text = Spanned::new(format!("entity {}", name.value), name.span);
        let Some(used) = self.used(target, &text, options) else { return };
        let rows = &mut self.tables.entities;
        match rows.iter_mut().find(|row| row.kind == kind && row.options == settings) {
            Some(row) => row.uses.push(used),
            None => rows.push(EntityRow { kind, options: settings, uses: vec![used] }),
        }
    }

    fn unknown_entity(&mut self, name: &Spanned<String>) {
        let known = || Kind::all().iter().map(|kind| kind.name());
        let message = format!("no recognizer finds `{}`", name.value);
        let mut diagnostic = Diagnostic::new(Code::UnknownEntity, name.span, message);
        if let Some(meant) = entity::synonyms::meant(name) {
            diagnostic = diagnostic.meant(name.span, meant.name(), false);
        } else if let Some(near) = suggest::near(name, known()) {
            diagnostic = diagnostic.meant(name.span, near.name, near.alone);
        }
        let known: Vec<String> = known().map(|name| format!("`{name}`")).collect();
        self.sink.push(diagnostic.hint(format!("the entities are {}", known.join(", "))));
    }

    fn bad_option(
        &mut self,
        name: &Spanned<String>,
        key: &Spanned<String>,
        value: &Spanned<String>,
        error: OptionError,
    ) {
        let diagnostic = match error {
            OptionError::UnknownKey(keys) => {
                let message = format!("the entity `{}` has no key `{}`", name.value, key.value);
                let mut diagnostic = Diagnostic::new(Code::UnknownKey, key.span, message);
                if let Some(near) = suggest::near(key, keys.iter().copied()) {
                    diagnostic = diagnostic.meant(key.span, near.name, near.alone);
                }
                diagnostic.hint(if keys.is_empty() {
                    "it takes no keys but `in`".to_owned()
                } else {
                    format!("its own keys are {}", names::list(keys.iter().copied()))
                })
            }
            OptionError::UnknownRegion(region) => {
                let message = format!("no region is called `{}`", shown(&region));
                // Two letters are near to many codes, so that none is suggested.
                Diagnostic::new(Code::BadValue, value.span, message)
                    .hint("write codes of two letters (ISO 3166), as in `region: [US, CA]`")
            }
            OptionError::NoRegion => {
                Diagnostic::new(Code::BadValue, value.span, "`region` names no region").hint(
                    "write codes of two letters, as in `region: [US, CA]`, or leave the key out",
                )
            }
        };
        self.sink.push(diagnostic);
    }

    /// `{ domain: NAME }`, or an entry of a list of domains.
    pub(super) fn domain(&mut self, name: &Spanned<String>, options: Options, target: Target) {
        let normal = match domain::normalize(name) {
            Ok(normal) => normal,
            Err(error) => {
                let message = format!("`{}` is not a domain: {}", shown(name), error.reason());
                self.sink
                    .push(Diagnostic::new(Code::BadDomain, name.span, message).hint(error.hint()));
                return;
            }
        };
        let Some(used) = self.used(target, name, options) else { return };
        let spares = matches!(target, Target::Except(_));
        let level = if spares { Level::Fold } else { options.level };
        let rows = &mut self.tables.domains;
        let id = *self.domains.entry((normal, level, spares)).or_insert_with_key(|(name, ..)| {
            rows.push(DomainRow { name: name.clone(), level, spares, uses: Vec::new() });
            rows.len() - 1
        });
        rows[id].uses.push(used);
    }

    /// Reports what is set on an entry of a list of domains and means nothing there.
    pub(super) fn only_of_domains(&mut self, own: &PatternOptions) {
        let span_of = |key, span: Option<SourceSpan>| span.map(|span| (key, span));
        let stated = [
            span_of("inflect", own.inflect.as_ref().map(|v| v.span)),
            span_of("boundary", own.boundary.as_ref().map(|v| v.span)),
            span_of("case", own.case_sensitive.as_ref().map(|v| v.span)),
            span_of("veto", own.veto.as_ref().map(|v| v.span)),
        ];
        for (key, span) in stated.into_iter().flatten() {
            let message = format!("`{key}` cannot be set on a domain");
            self.sink.push(
                Diagnostic::new(Code::UnknownKey, span, message)
                    .hint("the list is used with `as: domain`; take the key out"),
            );
        }
    }

    /// Reports an entry of a list of domains that is none.
    pub(super) fn no_domain(&mut self, pattern: &Pattern) {
        let what = match &pattern.kind {
            PatternKind::Regex(_) => "a regex",
            _ => "an entity",
        };
        let message = format!("{what} is not a domain");
        self.sink.push(
            Diagnostic::new(Code::BadDomain, pattern.span, message)
                .hint("the list is used with `as: domain`; put the entry into another list"),
        );
    }
}

/// The start of a name, for messages.
fn shown(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().nth(MOST).is_none() {
        return name.replace('`', "'");
    }
    let start: String = name.chars().take(MOST).collect();
    format!("{}…", start.replace('`', "'"))
}
