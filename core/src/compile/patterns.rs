//! Patterns: options resolved from the policy down, lists expanded, literals shared.

use super::Compile;
use super::steps::Parsed;
use super::variants;
use crate::diag::{Code, Diagnostic};
use crate::ids::{GroupId, PatternId, RuleId};
use crate::inflect::Lang;
use crate::program::Run;
use crate::ruleset::tables::{Needle, PatternRow, Tables, Use};
use crate::scan::costs::SHORT;
use crate::span::{SourceSpan, Spanned};
use crate::spec::bounds;
use crate::spec::model::{Boundary, Level, Pattern, PatternKind, PatternOptions, View};
use crate::verdict::Kinds;
use rustc_hash::FxHashMap;

/// What holds for a pattern after looking at its group, rule and policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    pub(super) fields: u64,
    pub(super) level: Level,
    pub(super) boundary: Option<Boundary>,
    pub(super) case_sensitive: Option<bool>,
    pub(super) view: Option<View>,
    pub(super) veto: bool,
    pub(super) inflect: Option<Lang>,
}

/// The language that `inflect:` names; `off` names none.
pub(super) fn language(code: Option<&Spanned<&'static str>>) -> Option<Lang> {
    code.and_then(|code| Lang::parse(code.value))
}

/// For whom a pattern is compiled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// A group of a rule.
    Group(RuleId, GroupId),
    /// An exception that has its row already.
    Except(crate::ids::ExceptId),
}

/// What makes two literals one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Literal {
    parsed: Parsed,
    boundary: Boundary,
    level: Level,
    case_sensitive: bool,
    same_signs: bool,
    veto: bool,
    /// What a variant undoes: kinds and cost.
    undoes: (Kinds, u8),
}

/// Literals met so far: each is stored once, with everybody who uses it.
#[derive(Debug, Default)]
pub(super) struct Interner {
    ids: FxHashMap<Literal, usize>,
    list: Vec<Literal>,
    uses: Vec<Vec<Use>>,
    /// Entries of lists that were expanded, those of lists within lists counted each time.
    expanded: usize,
    /// True once the limit of patterns was reported.
    exceeded: bool,
}

impl Interner {
    fn add(&mut self, literal: Literal, used: Use) -> u32 {
        let next = self.list.len();
        let id = *self.ids.entry(literal).or_insert_with_key(|literal| {
            self.list.push(literal.clone());
            self.uses.push(Vec::new());
            next
        });
        self.uses[id].push(used);
        id as u32
    }

    /// Writes the needles into the tables; `lenient` takes none for short.
    pub(super) fn finish(&mut self, tables: &mut Tables, lenient: bool) {
        let needles = &mut tables.needles;
        for (literal, uses) in self.list.drain(..).zip(self.uses.drain(..)) {
            let parsed = &literal.parsed;
            let steps = Run { start: needles.steps.len() as u32, len: parsed.steps.len() as u32 };
            let used = Run { start: needles.uses.len() as u32, len: uses.len() as u32 };
            needles.steps.extend(parsed.steps.iter().map(|part| part.store(&mut needles.marks)));
            needles.uses.extend(uses);
            needles.list.push(Needle {
                steps,
                uses: used,
                boundary: literal.boundary,
                level: literal.level,
                case_sensitive: literal.case_sensitive,
                plain: parsed.is_plain(),
                same_signs: literal.same_signs,
                relaxed: !literal.same_signs && literal.level > Level::Exact,
                veto: literal.veto,
                short: !lenient && parsed.longest_word() <= SHORT,
                kinds: literal.undoes.0.0,
                cost: literal.undoes.1,
            });
        }
    }
}

impl Compile<'_> {
    /// The options of `own`, where it states any, else those of `outer`.
    pub(super) fn options(&mut self, outer: Options, own: &PatternOptions) -> Options {
        let fields = match &own.fields {
            Some(names) => self.field_bits(names),
            None => outer.fields,
        };
        Options {
            fields,
            level: own.evasion.as_ref().map_or(outer.level, |l| l.value),
            boundary: own.boundary.as_ref().map(|b| b.value).or(outer.boundary),
            case_sensitive: own.case_sensitive.as_ref().map(|c| c.value).or(outer.case_sensitive),
            view: own.view.as_ref().map(|v| v.value).or(outer.view),
            inflect: own.inflect.as_ref().map_or(outer.inflect, |code| language(Some(code))),
            veto: own.veto.as_ref().map_or(outer.veto, |v| v.value),
        }
    }

    /// One bit for each named field.
    pub(super) fn field_bits(&mut self, names: &[Spanned<String>]) -> u64 {
        let mut bits = 0;
        for name in names {
            if let Some(field) = self.names.field(name, &mut self.sink) {
                bits |= 1_u64.checked_shl(field.0).unwrap_or(0);
            }
        }
        bits
    }

    /// Compiles a pattern and, for a list, every entry of it.
    pub(super) fn pattern(&mut self, pattern: &Pattern, outer: Options, target: Target) {
        self.pattern_in(pattern, outer, target, false, &mut Vec::new());
    }

    /// `open` holds the lists that are being expanded, to find cycles; `as_domain`
    /// holds inside one of which each entry is a domain.
    fn pattern_in(
        &mut self,
        pattern: &Pattern,
        outer: Options,
        target: Target,
        as_domain: bool,
        open: &mut Vec<u32>,
    ) {
        let options = self.options(outer, &pattern.options);
        match &pattern.kind {
            PatternKind::List { name, as_domain: own } => {
                self.list(name, options, target, as_domain || *own, open);
            }
            PatternKind::Domain(name) => self.domain(name, options, target),
            PatternKind::Text(name) if as_domain => {
                self.only_of_domains(&pattern.options);
                self.domain(name, options, target);
            }
            _ if as_domain => self.no_domain(pattern),
            PatternKind::Text(text) => self.text(text, options, target),
            PatternKind::Regex(source) => self.regex(source, options, target),
            PatternKind::Entity { name, keys } => self.entity(name, keys, options, target),
        }
    }

    fn list(
        &mut self,
        name: &Spanned<String>,
        options: Options,
        target: Target,
        as_domain: bool,
        open: &mut Vec<u32>,
    ) {
        let Some(id) = self.names.lists.resolve(name, &mut self.sink) else { return };
        if open.contains(&id) {
            let message = format!("the list `{}` contains itself", name.value);
            self.sink.push(
                Diagnostic::new(Code::ListCycle, name.span, message)
                    .hint("take one of the lists out of the other"),
            );
            return;
        }
        if open.len() >= bounds::DEPTH {
            let message = format!("lists contain lists more than {} levels deep", bounds::DEPTH);
            self.sink.push(
                Diagnostic::new(Code::TooDeep, name.span, message)
                    .hint("put the entries into fewer lists"),
            );
            return;
        }
        open.push(id);
        let outer = self.open_list.replace(id);
        let policy: &crate::policy::Policy = self.policy;
        for entry in policy.spec().lists[id as usize].entries() {
            // Lists of lists multiply: a small file can stand for billions of entries.
            if self.is_over_limit(self.needles.expanded, entry.span) {
                break;
            }
            self.needles.expanded += 1;
            self.pattern_in(entry, options, target, as_domain, open);
        }
        self.open_list = outer;
        open.pop();
    }

    fn text(&mut self, text: &Spanned<String>, options: Options, target: Target) {
        let parsed = Parsed::read(text);
        if parsed.symbols().next().is_none() {
            self.sink.push(
                Diagnostic::new(
                    Code::EmptyPattern,
                    text.span,
                    "the pattern has nothing to look for",
                )
                .hint("write at least one letter, digit or symbol"),
            );
            return;
        }
        let boundary = options.boundary.unwrap_or(Boundary::Word);
        let Some(used) = self.used(target, text, options) else { return };
        if matches!(target, Target::Group(..)) {
            self.lint_words(&parsed, text.span, boundary);
        }
        let exception = matches!(target, Target::Except(_));
        let literal = |parsed: Parsed, undoes| Literal {
            parsed,
            boundary,
            // Exceptions look at the folded text, literally.
            level: if exception { Level::Fold } else { options.level },
            case_sensitive: options.case_sensitive.unwrap_or(false),
            same_signs: exception,
            veto: options.veto && !exception,
            undoes,
        };
        let inflected = options.inflect.map(|lang| variants::inflected(&parsed, lang));
        let mut plain = None;
        let forms: Vec<Parsed> = inflected.into_iter().flatten().chain([parsed]).collect();
        let cased = options.case_sensitive.unwrap_or(false);
        let dotless = forms.iter().filter(|_| !cased).flat_map(variants::dotless);
        for form in dotless.collect::<Vec<_>>().into_iter().chain(forms) {
            if !exception {
                for variant in variants::variants(&form, options.level) {
                    self.needles.add(literal(variant.parsed, variant.undoes), used);
                }
            }
            plain = Some(self.needles.add(literal(form, (Kinds::NONE, 0)), used));
        }
        if let Use::Pattern(id) = used {
            self.origins[id.index()].plain = plain;
        }
    }

    /// Gives the pattern a row if it is a rule's, and says who uses it.
    pub(super) fn used(
        &mut self,
        target: Target,
        text: &Spanned<String>,
        options: Options,
    ) -> Option<Use> {
        match target {
            Target::Except(id) => Some(Use::Except(id)),
            Target::Group(rule, group) => {
                let id = self.tables.patterns.len();
                if self.is_over_limit(id, text.span) {
                    return None;
                }
                self.origins.push(super::lint::Origin {
                    span: text.span,
                    list: self.open_list,
                    plain: None,
                });
                self.tables.patterns.push(PatternRow {
                    text: text.value.clone(),
                    group,
                    rule,
                    fields: options.fields,
                });
                Some(Use::Pattern(PatternId::new(id)))
            }
        }
    }

    /// True when there are `count` patterns or entries and no more are allowed; says so once.
    fn is_over_limit(&mut self, count: usize, span: SourceSpan) -> bool {
        let limit = self.tables.limits.patterns as usize;
        if count < limit {
            return false;
        }
        if !std::mem::replace(&mut self.needles.exceeded, true) {
            let message = format!("the policy has more than {limit} patterns");
            self.sink.push(Diagnostic::new(Code::LimitExceeded, span, message).hint(
                "list entries count once for each use; raise `limits: { patterns: … }` if that is meant",
            ));
        }
        true
    }
}
