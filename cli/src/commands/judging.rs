//! Labelled documents, and what counts as a prediction of their labels.

use super::labels::Labels;
use crate::args::{ReadArgs, pair};
use crate::corpus::Corpus;
use crate::failure::Failure;
use crate::policy;
use clap::Args;
use std::path::PathBuf;
use tamis::Ruleset;
use tamis::ids::ActionId;

/// Labelled documents, and how a policy is judged by them.
#[derive(Debug, Args)]
pub(crate) struct JudgeArgs {
    /// Labelled documents; `-` is standard input
    #[arg(value_name = "CORPUS")]
    files: Vec<PathBuf>,
    /// Which policy labels predict a label of the corpus (repeatable)
    #[arg(long = "map", value_name = "CORPUSLABEL=LABEL,…", value_parser = pair)]
    map: Vec<(String, String)>,
    /// The least action that counts as predicted [default: the one after the first]
    #[arg(long, value_name = "ACTION")]
    at: Option<String>,
    /// Use so many threads; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
    #[command(flatten)]
    read: ReadArgs,
}

impl JudgeArgs {
    /// The action from which on a label counts as predicted.
    pub(crate) fn at(&self, ruleset: &Ruleset) -> Result<ActionId, Failure> {
        policy::predicting_action(ruleset, self.at.as_deref())
    }

    /// Which labels of the policy stand for which of the corpus.
    pub(crate) fn labels(&self, ruleset: &Ruleset) -> Result<Labels, Failure> {
        Labels::new(ruleset, &self.map)
    }

    /// The documents.
    pub(crate) fn open(&self, ruleset: &Ruleset) -> Result<Corpus, Failure> {
        Corpus::open(&self.files, &self.read, ruleset, self.threads, true)
    }
}
