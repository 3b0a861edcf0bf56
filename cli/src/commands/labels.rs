//! Which labels of the policy stand for which labels of the corpus.

use crate::facts::split_list;
use crate::failure::Failure;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use tamis::Ruleset;
use tamis::ids::LabelId;

/// A corpus label that the policy could predict.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// Its name in the corpus.
    pub(crate) name: String,
    /// Any of these policy labels predicts it.
    pub(crate) predictors: Vec<LabelId>,
    /// The user named it, or a row has it in `labels` or `known`: it is judged.
    pub(crate) confirmed: bool,
}

/// The labels of both sides.
///
/// What labels a corpus has is known only at its end, but rows before a label first comes up were
/// judged on it too. So every label that could come up is a candidate from the first row on.
#[derive(Debug)]
pub(crate) struct Labels {
    /// All candidates.
    pub(crate) candidates: Vec<Candidate>,
    /// The candidates that a policy label predicts, by label.
    pub(crate) by_label: Vec<Vec<usize>>,
    names: BTreeMap<String, usize>,
    policy: Vec<String>,
    /// Corpus labels that no policy label stands for.
    unmapped: BTreeSet<String>,
}

impl Labels {
    /// The labels of the policy, with what `--map` says.
    pub(crate) fn new(ruleset: &Ruleset, stated: &[(String, String)]) -> Result<Self, Failure> {
        let policy: Vec<String> = ruleset.labels().iter().map(|l| l.name.clone()).collect();
        let mut labels = Self {
            candidates: Vec::new(),
            by_label: vec![Vec::new(); policy.len()],
            names: BTreeMap::new(),
            policy,
            unmapped: BTreeSet::new(),
        };
        for (corpus, names) in stated {
            let predictors = labels.find_all(corpus, names)?;
            labels.add(corpus, predictors, true);
        }
        for at in 0..labels.policy.len() {
            let name = labels.policy[at].clone();
            if !labels.names.contains_key(&name) {
                labels.add(&name, vec![LabelId(at as u32)], false);
            }
        }
        if labels.by_label.iter().any(|candidates| candidates.len() > u64::BITS as usize) {
            return Err(Failure::input("--map names one policy label more than 63 times"));
        }
        Ok(labels)
    }

    fn find_all(&self, corpus: &str, names: &str) -> Result<Vec<LabelId>, Failure> {
        let ids = split_list(names).into_iter().map(|name| {
            let at = self.policy.iter().position(|label| *label == name).ok_or_else(|| {
                Failure::input(format!(
                    "--map names `{name}`, which is no label of the policy; its labels are: {}",
                    self.policy.join(", ")
                ))
            })?;
            Ok(LabelId(at as u32))
        });
        let ids: Vec<LabelId> = ids.collect::<Result<_, Failure>>()?;
        if ids.is_empty() {
            return Err(Failure::input(format!("--map {corpus}= names no label of the policy")));
        }
        Ok(ids)
    }

    /// Adds a candidate, or more predictors to one that is there.
    fn add(&mut self, name: &str, predictors: Vec<LabelId>, confirmed: bool) {
        let next = self.candidates.len();
        let at = *self.names.entry(name.to_owned()).or_insert(next);
        if at == next {
            let name = name.to_owned();
            self.candidates.push(Candidate { name, predictors: Vec::new(), confirmed });
        }
        for label in predictors {
            if !self.candidates[at].predictors.contains(&label) {
                self.candidates[at].predictors.push(label);
                self.by_label[label.index()].push(at);
            }
        }
    }

    /// Takes note of the labels a row names.
    pub(crate) fn see(&mut self, names: &[Cow<'_, str>]) {
        for name in names {
            match self.names.get(name.as_ref()) {
                Some(&at) => self.candidates[at].confirmed = true,
                None if self.unmapped.contains(name.as_ref()) => {}
                None => {
                    self.unmapped.insert(name.clone().into_owned());
                }
            }
        }
    }

    /// Corpus labels that no policy label stands for.
    pub(crate) fn unmapped(&self) -> Vec<String> {
        self.unmapped.iter().cloned().collect()
    }

    /// Fails, with the labels of both sides, when nothing can be judged.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.candidates.iter().any(|candidate| candidate.confirmed) {
            return Ok(());
        }
        let policy =
            if self.policy.is_empty() { "none".to_owned() } else { self.policy.join(", ") };
        let Some(first) = self.unmapped.first() else {
            return Err(Failure::input(format!(
                "no row of the corpus has a label, so there is nothing to judge by.\n\
                 Rows need `labels`, a list. Labels of the policy: {policy}.\n\
                 For texts that are clean by design, `tamis scan` counts what is flagged"
            )));
        };
        let corpus: Vec<_> = self.unmapped.iter().map(String::as_str).collect();
        let mut message = format!(
            "the policy and the corpus have no label in common.\n  \
             labels of the corpus: {}\n  labels of the policy: {policy}",
            corpus.join(", ")
        );
        if !self.policy.is_empty() {
            let all = self.policy.join(",");
            let _ = write!(message, "\nSay what stands for what, such as: --map {first}={all}");
        }
        Err(Failure::input(message))
    }
}
