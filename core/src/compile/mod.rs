//! Spec → ruleset: resolves names, fills in defaults, checks types, builds the tables.
//!
//! Every step reports all it finds; only at the end do errors stop the compile.

mod cases;
mod conditions;
mod lint;
mod names;
mod order;
mod patterns;
mod recognizers;
mod regexes;
mod rules;
mod settings;
mod steps;
mod variants;

use crate::date::Date;
use crate::diag::{Diagnostics, PolicyError, Sink};
use crate::ids::{FactId, GroupId};
use crate::policy::Policy;
use crate::ruleset::tables::Tables;
use crate::ruleset::{Ruleset, fingerprint};
use crate::span::SourceSpan;
use crate::spec::model;
use names::Names;

/// The level of patterns when nothing on the way up to the policy states one.
const DEFAULT_LEVEL: model::Level = model::Level::Standard;

/// What the steps of a compile share.
struct Compile<'p> {
    policy: &'p Policy,
    spec: &'p model::Policy,
    names: Names<'p>,
    tables: Tables,
    needles: patterns::Interner,
    domains: recognizers::DomainIds,
    sink: Sink,
    /// By rule, what its condition mentions.
    mentions: Vec<order::Mentions>,
    /// Groups that some condition mentions.
    groups_used: Vec<GroupId>,
    /// Facts that `exempt` mentions.
    facts_used: Vec<FactId>,
    /// The innermost list whose entries are being compiled.
    open_list: Option<u32>,
    /// By pattern, where it was written.
    origins: Vec<lint::Origin>,
    /// By node of the program, where it was written.
    places: Vec<SourceSpan>,
    /// True when everything is looked at that `tamis lint` shows.
    is_thorough: bool,
}

/// Compiles a loaded policy. `keep_disabled` is for running its tests.
pub(crate) fn compile(policy: &Policy, keep_disabled: bool) -> Result<Ruleset, PolicyError> {
    if policy.is_partial() {
        return Err(PolicyError::new(policy.diagnostics()));
    }
    let Compile { mut tables, sink, .. } = run(policy, false);
    let failed = sink.has_errors();
    let diagnostics = lint::without_ignored(policy, sink).finish(policy.shared_sources());
    if failed {
        return Err(PolicyError::new(diagnostics));
    }
    let digest = fingerprint::digest(&fingerprint::encode(&mut tables));
    let fingerprint = fingerprint::hex(fingerprint::fingerprint(&tables, &digest));
    let expiries = crate::ruleset::expiries(policy.spec());
    Ok(Ruleset::new(tables, fingerprint, diagnostics, expiries, keep_disabled))
}

/// All steps of a compile, and what is to be said about the policy.
fn run(policy: &Policy, is_thorough: bool) -> Compile<'_> {
    let spec = policy.spec();
    let mut sink = Sink::from(policy.found());
    let names = Names::collect(spec, &mut sink);
    let mut this = Compile {
        policy,
        spec,
        names,
        tables: Tables::default(),
        needles: patterns::Interner::default(),
        domains: recognizers::DomainIds::default(),
        sink,
        mentions: Vec::new(),
        groups_used: Vec::new(),
        facts_used: Vec::new(),
        open_list: None,
        origins: Vec::new(),
        places: Vec::new(),
        is_thorough,
    };
    this.settings();
    this.rules();
    this.policy_exceptions();
    this.conditions();
    cases::check(&mut this);
    this.tables.order = order::order(&mut this);
    this.needles.finish(&mut this.tables);
    if !this.sink.has_errors() {
        // What follows from an error would only hide it.
        lint::lint(&mut this);
    }
    this
}

impl Policy {
    /// Compiles the policy. The error carries every problem, with its place.
    pub fn compile(&self) -> Result<Ruleset, PolicyError> {
        compile(self, false)
    }

    /// Everything there is to say about the policy: its errors or, if it has none, all
    /// warnings, also those that are not looked for when compiling since they take
    /// time. With `today`, also the rules whose `expires:` date has passed.
    ///
    /// Many diagnostics carry a [`Fix`](crate::diag::Fix).
    ///
    /// ```
    /// let policy: tamis::Policy = "policy: demo\nrules:\n  \
    ///     - { id: ad, action: review, patterns: [buy, buy], tests: { hit: [buy] } }\n".parse()?;
    /// let found = policy.lint(None);
    /// assert_eq!(found.iter().next().unwrap().code.name(), "duplicate-pattern");
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    pub fn lint(&self, today: Option<Date>) -> Diagnostics {
        lint::report(self, today)
    }
}
