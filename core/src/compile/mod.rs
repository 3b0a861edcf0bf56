//! Spec → ruleset: resolves names, fills in defaults, checks types, builds the tables.
//!
//! Every step reports all it finds; only at the end do errors stop the compile.

mod cases;
mod conditions;
mod consequences;
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

use crate::date::Date;
use crate::diag::{Diagnostics, PolicyError, Sink};
use crate::ids::{FactId, GroupId};
use crate::policy::Policy;
use crate::ruleset::tables::Tables;
use crate::ruleset::{Origin, Ruleset, fingerprint};
use crate::span::SourceSpan;
use crate::spec::model;
pub(crate) use conditions::FUNCTIONS;
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
    /// Where each exception was written.
    except_places: Vec<SourceSpan>,
    /// The innermost list whose entries are being compiled.
    open_list: Option<u32>,
    /// By pattern, where it was written.
    origins: Vec<lint::Origin>,
    /// By node of the program, where it was written.
    places: Vec<SourceSpan>,
    /// True when everything is looked at that `tamis lint` shows.
    is_thorough: bool,
}

/// What a policy is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To decide.
    Deciding,
    /// To run its tests: rules in mode `disabled` are looked at too.
    Testing,
    /// To try what another policy would have found: like testing, without warnings.
    /// `lenient` takes short patterns for long ones, which may cost more.
    Trying {
        /// See above.
        lenient: bool,
    },
}

/// Compiles a loaded policy.
pub(crate) fn compile(policy: &Policy, purpose: Purpose) -> Result<Ruleset, PolicyError> {
    if policy.is_partial() {
        return Err(PolicyError::new(policy.diagnostics()));
    }
    let Compile { mut tables, sink, places, except_places, .. } = run(policy, purpose, false);
    let failed = sink.has_errors();
    let diagnostics = lint::without_ignored(policy, sink).finish(policy.shared_sources());
    if failed {
        return Err(PolicyError::new(diagnostics));
    }
    let digest = fingerprint::digest(&fingerprint::encode(&mut tables));
    let fingerprint = fingerprint::hex(fingerprint::fingerprint(&tables, &digest));
    let expiries = crate::ruleset::expiries(policy.spec());
    let origin = Origin { policy: policy.clone(), node_places: places, except_places };
    let keep_disabled = purpose != Purpose::Deciding;
    Ok(Ruleset::new(tables, fingerprint, diagnostics, expiries, Some(origin), keep_disabled))
}

/// All steps of a compile, and what is to be said about the policy.
fn run(policy: &Policy, purpose: Purpose, is_thorough: bool) -> Compile<'_> {
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
        except_places: Vec::new(),
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
    let lenient = purpose == Purpose::Trying { lenient: true };
    this.needles.finish(&mut this.tables, lenient);
    this.sink = consequences::without(std::mem::take(&mut this.sink), spec);
    if !this.sink.has_errors() && !matches!(purpose, Purpose::Trying { .. }) {
        // What follows from an error would only hide it.
        lint::lint(&mut this);
        this.lint_messages();
    }
    this
}

impl Policy {
    /// Compiles the policy. The error carries every problem, with its place.
    pub fn compile(&self) -> Result<Ruleset, PolicyError> {
        compile(self, Purpose::Deciding)
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
