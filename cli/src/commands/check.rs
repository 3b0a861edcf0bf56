//! `tamis check`: one text, classified and explained.

mod explain;
mod why_not;

use super::stdin::read_stdin;
use crate::args::pair;
use crate::facts;
use crate::failure::{Exit, Failure, Run};
use crate::policy::PolicyArgs;
use clap::Args;
use explain::Explain;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use tamis::{Input, Offsets, Report, Ruleset, Verdict, WhyNot};

/// Classify one text and explain the decision
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tamis check policy.yaml \"you are such a darn fool\"\n  \
    echo \"some text\" | tamis check policy.yaml\n  \
    tamis check policy.yaml \"BUY NOW\" --fact author.age=\"2 days\" --json\n  \
    tamis check policy.yaml \"a text it should have found\" --why-not spam_link\n\n\
    A text that begins with a dash goes behind `--`. The exit code does not depend on the decision.")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The text; without it, or with `-`, standard input is read
    text: Option<String>,
    /// Print the verdict as JSON
    #[arg(long)]
    json: bool,
    /// Pass a fact that the policy declares (repeatable)
    #[arg(long = "fact", value_name = "NAME=VALUE", value_parser = pair)]
    facts: Vec<(String, String)>,
    /// Pass the text of a field that the policy names (repeatable)
    #[arg(long = "field", value_name = "NAME=TEXT", value_parser = pair)]
    fields: Vec<(String, String)>,
    /// State the language of the text, such as `en`
    #[arg(long)]
    lang: Option<String>,
    /// Say why this rule did not fire: which part of its condition failed, what removed a
    /// match, which level would have found it, how far the score is from a threshold (repeatable)
    #[arg(long, value_name = "RULE")]
    why_not: Vec<String>,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    report: Report<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why_not: Vec<WhyNot>,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs) -> Run {
    let (policy, ruleset) = args.policy.load_with_any_source()?;
    let text = args.text()?;
    let input = args.input(text.as_deref(), &ruleset)?;
    let verdict = ruleset.classify(&input);
    refuse_invalid_facts(&ruleset, &verdict)?;
    let why_not = why_not::answers(&ruleset, &args.why_not, &input)?;
    let report = ruleset.report(&verdict, &input, Offsets::Codepoints);
    if args.json {
        let report = Answer { report, why_not };
        let mut out = io::stdout().lock();
        if out.is_terminal() {
            serde_json::to_writer_pretty(&mut out, &report)?;
        } else {
            serde_json::to_writer(&mut out, &report)?;
        }
        writeln!(out)?;
    } else {
        let explain = Explain::new(policy.as_ref(), &ruleset, &verdict, &input, &report);
        let mut out = anstream::stdout().lock();
        explain.write(&mut out)?;
        why_not.iter().try_for_each(|answer| why_not::write(answer, &mut out))?;
    }
    Ok(Exit::Fine)
}

impl CheckArgs {
    /// The text; none when the document consists of fields.
    fn text(&self) -> Result<Option<String>, Failure> {
        match self.text.as_deref() {
            Some("-") => read_stdin().map(Some),
            Some(text) => Ok(Some(text.to_owned())),
            None if !self.fields.is_empty() => Ok(None),
            None => read_stdin().map(Some),
        }
    }

    fn input<'t>(&'t self, text: Option<&'t str>, ruleset: &Ruleset) -> Result<Input<'t>, Failure> {
        let mut input = text.map_or_else(Input::from_fields, Input::new);
        if text.is_some() {
            facts::refuse_first_field(ruleset, "TEXT", self.fields.iter().map(|(name, _)| name))?;
        }
        for (name, text) in &self.fields {
            facts::check_field(ruleset, name)?;
            input = input.field(name, text);
        }
        for (name, value) in &self.facts {
            let kind = facts::declared(ruleset, name)?;
            let value = facts::parse(value, kind).ok_or_else(|| {
                Failure::input(format!(
                    "`{value}` is not a value for the fact `{name}`, which takes {}; {}",
                    facts::example(kind),
                    facts::list(ruleset)
                ))
            })?;
            input = input.fact(name, value);
        }
        if let Some(lang) = &self.lang {
            input = input.lang(lang);
        }
        Ok(input)
    }
}

/// Someone who types a fact wants to know that it was not understood.
fn refuse_invalid_facts(ruleset: &Ruleset, verdict: &Verdict) -> Result<(), Failure> {
    let Some(fact) = verdict.as_ref().invalid_facts().first() else { return Ok(()) };
    let fact = &ruleset.facts()[fact.index()];
    Err(Failure::input(format!(
        "the value of the fact `{}` was not understood; it takes {}",
        fact.name,
        facts::example(fact.kind)
    )))
}
