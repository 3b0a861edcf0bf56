//! Spec → ruleset: resolves names, fills in defaults, checks types, builds the tables.
//!
//! Every step reports all it finds; only at the end do errors stop the compile.

mod cases;
mod conditions;
mod lint;
mod messages;
mod models;
mod names;
mod order;
mod patterns;
mod recognizers;
mod regexes;
mod rules;
mod settings;
mod steps;
mod variants;

use crate::diag::{PolicyError, Sink};
use crate::ids::{FactId, GroupId};
use crate::policy::Policy;
use crate::ruleset::tables::Tables;
use crate::ruleset::{Ruleset, fingerprint};
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
}

/// Compiles a loaded policy. `keep_disabled` is for running its tests.
pub(crate) fn compile(policy: &Policy, keep_disabled: bool) -> Result<Ruleset, PolicyError> {
    if policy.is_partial() {
        return Err(PolicyError::new(policy.diagnostics()));
    }
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
        this.lint_messages();
    }
    let Compile { mut tables, sink, .. } = this;
    let failed = sink.has_errors();
    let diagnostics = lint::without_ignored(policy, sink).finish(policy.shared_sources());
    if failed {
        return Err(PolicyError::new(diagnostics));
    }
    let digest = fingerprint::digest(&fingerprint::encode(&mut tables));
    let fingerprint = fingerprint::hex(fingerprint::fingerprint(&tables, &digest));
    let expiries = crate::ruleset::expiries(spec);
    Ok(Ruleset::new(tables, fingerprint, diagnostics, expiries, keep_disabled))
}

impl Policy {
    /// Compiles the policy. The error carries every problem, with its place.
    pub fn compile(&self) -> Result<Ruleset, PolicyError> {
        compile(self, false)
    }
}
