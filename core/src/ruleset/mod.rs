//! The compiled policy: immutable, cheap to clone, safe to share.

mod expiry;
pub(crate) mod fingerprint;
mod memory;
mod people;
pub(crate) mod tables;

pub(crate) use expiry::{Expiry, expiries, past};
pub(crate) use memory::of_tables as tables_memory;
pub(crate) use people::People;
pub use tables::{Calibration, FactInfo, LabelInfo, RuleInfo};

use crate::diag::{Diagnostics, PolicyError};
use crate::eval::facts::FactNames;
use crate::eval::wake::Wake;
use crate::ids::{ActionId, ExceptId, FactId, FieldId, GroupId, LabelId, PatternId, RuleId};
use crate::policy::Policy;
use crate::scan::Matcher;
use crate::scratch::Scratch;
use crate::span::SourceSpan;
use crate::view::table;
use regex_automata::util::pool::Pool;
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tables::Tables;

type NewScratch = Box<dyn Fn() -> Scratch + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A compiled policy.
///
/// Immutable and shared by reference count: clone it freely, use it from any
/// number of threads. The same document always gets the same verdict.
#[derive(Clone)]
pub struct Ruleset(Arc<Inner>);

/// What a ruleset holds.
pub(crate) struct Inner {
    pub(crate) tables: Tables,
    pub(crate) matcher: Matcher,
    pub(crate) wake: Wake,
    /// A text with none of the words looked for has an empty verdict.
    pub(crate) asks_words_only: bool,
    pub(crate) fact_names: FactNames,
    pub(crate) fingerprint: String,
    pub(crate) warnings: Diagnostics,
    /// For people: rules with a last day.
    pub(crate) expiries: Vec<Expiry>,
    /// For people: what it was compiled from, where that is known.
    pub(crate) origin: Option<Origin>,
    /// Compiled for tests: rules in mode `disabled` are looked at too.
    pub(crate) keep_disabled: bool,
    /// Tells rulesets of this process apart, so that a scratch knows its own.
    pub(crate) serial: u64,
    pub(crate) pool: Pool<Scratch, NewScratch>,
}

/// What a ruleset was compiled from and where its parts were written; changes no verdict.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) policy: Policy,
    /// By node of the conditions.
    pub(crate) node_places: Vec<SourceSpan>,
    /// By exception.
    pub(crate) except_places: Vec<SourceSpan>,
}

impl Ruleset {
    pub(crate) fn new(
        tables: Tables,
        fingerprint: String,
        warnings: Diagnostics,
        expiries: Vec<Expiry>,
        origin: Option<Origin>,
        keep_disabled: bool,
    ) -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let new_scratch: NewScratch = Box::new(Scratch::default);
        let mut matcher = Matcher::new(&tables);
        let wake = Wake::new(&tables, keep_disabled);
        matcher.rest(&tables, |rule| wake.needs(rule));
        let asks_words_only = matcher.is_literal()
            && tables.fields.len() == 1
            && tables.entities.is_empty()
            && tables.exempt.is_none()
            && wake.is_empty();
        Self(Arc::new(Inner {
            matcher,
            wake,
            asks_words_only,
            fact_names: FactNames::new(&tables.facts),
            tables,
            fingerprint,
            warnings,
            expiries,
            origin,
            keep_disabled,
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            pool: Pool::new(new_scratch),
        }))
    }

    /// Loads and compiles a policy file. The error carries every problem of the
    /// policy, with its place.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        Policy::from_file(path)?.compile()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    /// What was noticed while compiling.
    pub fn warnings(&self) -> &Diagnostics {
        &self.0.warnings
    }

    /// The name of the policy.
    pub fn policy_name(&self) -> &str {
        &self.0.tables.policy
    }

    /// The version its author gave it.
    pub fn policy_version(&self) -> Option<&str> {
        self.0.tables.version.as_deref()
    }

    /// Two rulesets with one fingerprint give byte-identical verdicts: it covers
    /// the resolved policy, the Unicode tables and the version of the engine's
    /// semantics, and leaves out comments, descriptions and tests.
    pub fn fingerprint(&self) -> &str {
        &self.0.fingerprint
    }

    /// The version of this crate.
    pub fn engine_version() -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The version of Unicode that matching uses.
    pub fn unicode_version() -> &'static str {
        table::UNICODE_VERSION
    }

    /// The actions, mildest first.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.tables.actions.iter().map(String::as_str)
    }

    /// The name of an action.
    pub fn action_name(&self, action: ActionId) -> &str {
        &self.0.tables.actions[action.index()]
    }

    /// The action of that name.
    pub fn action_id(&self, name: &str) -> Option<ActionId> {
        self.actions().position(|a| a == name).map(ActionId::new)
    }

    /// The labels, in policy order.
    pub fn labels(&self) -> &[LabelInfo] {
        &self.0.tables.labels
    }

    /// The label of that name.
    pub fn label_id(&self, name: &str) -> Option<LabelId> {
        self.labels().iter().position(|l| l.name == name).map(LabelId::new)
    }

    /// The rules, in policy order.
    pub fn rules(&self) -> &[RuleInfo] {
        &self.0.tables.rules
    }

    /// The rule of that name.
    pub fn rule_id(&self, name: &str) -> Option<RuleId> {
        self.rules().iter().position(|r| r.id == name).map(RuleId::new)
    }

    /// The declared facts, in policy order.
    pub fn facts(&self) -> &[FactInfo] {
        &self.0.tables.facts
    }

    /// The name of a fact.
    pub fn fact_name(&self, fact: FactId) -> &str {
        &self.0.tables.facts[fact.index()].name
    }

    /// The fields of documents: `text` when the policy names none.
    pub fn fields(&self) -> &[String] {
        &self.0.tables.fields
    }

    /// The name of a field.
    pub fn field_name(&self, field: FieldId) -> &str {
        &self.0.tables.fields[field.index()]
    }

    /// The name of a group.
    pub fn group_name(&self, group: GroupId) -> &str {
        &self.0.tables.groups[group.index()].name
    }

    /// A pattern as it was written.
    pub fn pattern_text(&self, pattern: PatternId) -> &str {
        &self.0.tables.patterns[pattern.index()].text
    }

    /// An exception as it was written.
    pub fn exception_text(&self, except: ExceptId) -> &str {
        &self.0.tables.excepts[except.index()].text
    }
}

impl FromStr for Ruleset {
    type Err = PolicyError;

    /// Compiles a policy given as text; files it names are looked for nowhere.
    fn from_str(text: &str) -> Result<Self, PolicyError> {
        text.parse::<Policy>()?.compile()
    }
}

impl fmt::Debug for Ruleset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ruleset")
            .field("policy", &self.policy_name())
            .field("version", &self.policy_version())
            .field("rules", &self.rules().len())
            .field("fingerprint", &self.fingerprint())
            .finish_non_exhaustive()
    }
}
