//! Lists and rules of other tools → a policy, with a report of what could not be carried over.
//!
//! Each format has a file (or folder) of its own that reads a [`Source`] into a [`Draft`] and
//! tells a [`Report`] of every loss; [`write`] prints the draft. What a rule of the original did
//! must never quietly become more: a rule that might act more often is imported in shadow mode.

mod automoderator;
mod discord;
mod discourse;
mod draft;
mod encoding;
mod json;
mod names;
mod node;
mod phrase;
mod presidio;
mod profanity_list;
mod proof;
mod regex;
mod report;
mod source;
mod spamassassin;
mod table;
mod wordlist;
mod write;
mod yaml;

use clap::ValueEnum;
use draft::Draft;
pub(crate) use proof::Checked;
pub(crate) use report::{Effect, Loss, Problem};
pub(crate) use source::Source;
use std::collections::HashSet;

/// The formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Reddit `AutoModerator`: YAML documents separated by `---`
    Automoderator,
    /// Discord `AutoMod`: JSON of one rule, or a list of rules, as the API gives them
    Discord,
    /// Discourse watched words: CSV, or the exported text
    Discourse,
    /// `SpamAssassin` rules: a `.cf` file
    Spamassassin,
    /// Presidio recognizers: YAML
    Presidio,
    /// profanity-list: JSON with match, severity, tags and exceptions
    ProfanityList,
    /// Words one a line, or CSV with weights and categories
    Wordlist,
}

impl Format {
    /// The name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Automoderator => "automoderator",
            Self::Discord => "discord",
            Self::Discourse => "discourse",
            Self::Spamassassin => "spamassassin",
            Self::Presidio => "presidio",
            Self::ProfanityList => "profanity-list",
            Self::Wordlist => "wordlist",
        }
    }
}

/// What the user may choose.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The policy's name; else it comes from the file's.
    pub(crate) name: Option<String>,
    /// The policy's `evasion:`; else the format's default holds.
    pub(crate) evasion: Option<&'static str>,
    /// Every watched word is a regex, as a setting of Discourse says.
    pub(crate) words_are_regexes: bool,
}

/// What came of an import.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The policy's text.
    pub(crate) policy: String,
    pub(crate) rules: usize,
    pub(crate) patterns: usize,
    pub(crate) losses: Vec<Loss>,
    /// What the engine says to it.
    pub(crate) checked: Checked,
}

/// Imports a file; the problems are why it could not be read.
pub(crate) fn import(
    format: Format,
    source: &Source,
    options: &Options,
) -> Result<Imported, Vec<Problem>> {
    let mut report = report::Report::new(source);
    if let Some(encoding) = source.encoding {
        let why = "it is not UTF-8; look whether accents and signs are right";
        report.note(0, "the file", why).kept(format!("what it says read as {encoding}"));
    }
    let mut draft = match format {
        Format::Automoderator => automoderator::import(source, &mut report),
        Format::Discord => discord::import(source, &mut report),
        Format::Discourse => discourse::import(source, options.words_are_regexes, &mut report),
        Format::Spamassassin => spamassassin::import(source, &mut report),
        Format::Presidio => presidio::import(source, &mut report),
        Format::ProfanityList => profanity_list::import(source, &mut report),
        Format::Wordlist => wordlist::import(source, &mut report),
    }?;
    finish(&mut draft, format, source, options);
    proof::add_tests(&mut draft);
    let written = write::policy(&draft);
    // What cannot be laid out is a fault of the importer, which `proof::check` tells.
    let policy = tamis::format::format("policy.yaml", &written).unwrap_or(written);
    if policy.len() as u64 > source::LIMIT {
        let message = format!("the policy would be larger than {} MiB", source::LIMIT >> 20);
        return Err(vec![Problem::whole(message, "cut the file into several and import each")]);
    }
    let checked = proof::check(&policy);
    Ok(Imported {
        policy,
        rules: draft.rules.len(),
        patterns: draft.patterns(),
        losses: report.finish(),
        checked,
    })
}

fn finish(draft: &mut Draft, format: Format, source: &Source, options: &Options) {
    let file = std::path::Path::new(&source.name)
        .file_name()
        .map_or("-".into(), |name| name.to_string_lossy());
    let first = format!("Imported from {file} by `tamis import {}`.", format.name());
    draft.comments.insert(0, first);
    draft.name = options.name.clone().unwrap_or_else(|| match source.stem() {
        "" => "imported".to_owned(),
        stem => stem.to_owned(),
    });
    draft.evasion = options.evasion.or(draft.evasion);
    separate_names(draft);
}

/// Rules share their scope with groups and facts: a rule that has the name of one gets another.
fn separate_names(draft: &mut Draft) {
    let groups = draft.rules.iter().flat_map(|rule| &rule.groups).map(|group| group.name.clone());
    let facts = draft.facts.iter().map(|fact| fact.name.clone());
    let taken: HashSet<String> = groups.chain(facts).collect();
    let mut used: HashSet<String> = draft.rules.iter().map(|rule| rule.id.clone()).collect();
    for rule in draft.rules.iter_mut().filter(|rule| taken.contains(&rule.id)) {
        let mut name = format!("{}_rule", rule.id);
        while taken.contains(&name) || !used.insert(name.clone()) {
            name.push('_');
        }
        rule.id = name;
    }
}

#[cfg(test)]
mod tests;

/// The list of words, or a single rule, is shown as a list of its own from this many patterns on.
const LIST_FROM: usize = 13;
