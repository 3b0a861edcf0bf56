//! `tamis collateral`: innocent words and pairs that the rules of a policy hit.

mod cure;
mod found;
mod report;

use crate::failure::{Exit, Failure, Run};
use crate::policy::SourceArgs;
use crate::ui::diff;
use crate::ui::number::plural;
use crate::ui::style::{BAD, GOOD, WARN};
use clap::Args;
use cure::Cure;
use found::Findings;
use std::io::Write;
use tamis::collateral::{self, Hunt, Word};

/// Find innocent words and pairs of words that rules hit
#[derive(Debug, Args)]
#[command(after_help = "\
How it looks:\n  \
  Every word of the lexicon (ten languages and names) is a text of its own. So are pairs of\n  \
  frequent words in whose junction a pattern could be read, and all pairs of the 300 most\n  \
  frequent. A find is told unless it is what the author wrote: the word itself, a regular form\n  \
  of it, or a word in the rule's own `hit` tests, which say what is meant. Modes and conditions\n  \
  are not asked, and groups that a condition only denies are left out; `alone` are the finds that\n  \
  make the rule fire without more.\n  \
  Finds come by how frequent they are in English, from 15 (`the`) down to 1, each step a factor\n  \
  of three; 0 is not known. How frequent pairs are is reckoned from their words.\n  \
  The cure of a find is an exception: --fix writes those of what is shown into the policy, for\n  \
  inherited rules under `override`. Where a pattern finds very many, mend the pattern instead.\n\n\
Exit codes: 0 looked, 1 more finds than --max, 2 wrong input.\n\n\
Examples:\n  \
  tamis collateral policy.yaml\n  \
  tamis collateral policy.yaml --rule 'threat*' --lang en --limit 50\n  \
  tamis collateral policy.yaml --fix --diff")]
pub(crate) struct CollateralArgs {
    #[command(flatten)]
    policy: SourceArgs,
    /// Look only at rules whose name fits; `*` stands for anything (repeatable)
    #[arg(long = "rule", value_name = "GLOB")]
    rules: Vec<String>,
    /// Look only at words of this language, and at names (repeatable)
    #[arg(long = "lang", value_name = "CODE")]
    langs: Vec<String>,
    /// Show and cure so many finds of each rule; 0 is all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Fail when there are more finds than this; with --fix, more than this are left
    #[arg(long, value_name = "N")]
    max: Option<usize>,
    /// Write exceptions for what is shown into the policy
    #[arg(long)]
    fix: bool,
    /// With --fix: show what would change, and write nothing
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Print the finds as JSON
    #[arg(long)]
    json: bool,
    /// Use so many threads; 0 is all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// Runs the command.
pub(crate) fn run(args: &CollateralArgs) -> Run {
    let (policy, ruleset) = args.policy.load_with_source()?;
    let hunt = Hunt::new(&policy, &args.rules)?;
    if hunt.rules() == 0 {
        return Err(Failure::input(match args.rules.as_slice() {
            [] => "no rule of the policy looks for anything",
            _ => "no rule of the policy that looks for something fits --rule",
        }));
    }
    let words = words(&args.langs)?;
    let findings = Findings::look(&hunt, &ruleset, &words, args.threads);
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report::data(&ruleset, &findings, args.limit))?;
        writeln!(out)?;
    } else {
        report::write(&mut out, &args.policy.name, &findings, args.limit)?;
    }
    let left = if args.fix { fix(args, &policy, &findings)? } else { findings.count() };
    let Some(max) = args.max.filter(|max| left > *max) else { return Ok(Exit::Fine) };
    let mut err = anstream::stderr().lock();
    writeln!(err, "{BAD}failed{BAD:#}: {}, more than --max {max}", plural(left as u64, "find"))?;
    Ok(Exit::Gate)
}

/// The words to look at.
fn words(langs: &[String]) -> Result<Vec<Word>, Failure> {
    let mut words = collateral::words();
    let is_known = |lang: &str| words.iter().any(|word| word.languages.contains(&lang));
    if let Some(unknown) = langs.iter().find(|lang| !is_known(lang)) {
        let mut codes: Vec<&str> = words.iter().flat_map(|word| &word.languages).copied().collect();
        codes.sort_unstable();
        codes.dedup();
        let codes = codes.join(", ");
        return Err(Failure::input(format!(
            "--lang {unknown}: the lexicon has no such words; it has: {codes}"
        )));
    }
    let is_wanted = |lang: &&str| *lang == collateral::NAME || langs.iter().any(|l| l == lang);
    words.retain(|word| langs.is_empty() || word.languages.iter().any(&is_wanted));
    Ok(words)
}

/// Writes the exceptions, and says how many finds are left.
fn fix(
    args: &CollateralArgs,
    policy: &tamis::Policy,
    findings: &Findings,
) -> Result<usize, Failure> {
    let cure = Cure::new(&args.policy, policy, findings, args.limit, args.threads)?;
    let (file, old, new) = (&args.policy.name, &cure.revision.old, &cure.revision.new);
    let mut err = anstream::stderr().lock();
    if args.diff {
        // With JSON on standard output the difference would be in the way.
        if args.json {
            diff::write(&mut err, file, old, new)?;
        } else {
            diff::write(&mut anstream::stdout().lock(), file, old, new)?;
        }
    } else {
        cure.revision.write(&args.policy, policy)?;
    }
    if cure.cured > 0 {
        let done = if args.diff { "would be spared" } else { "spared" };
        writeln!(err, "{GOOD}{} {done}{GOOD:#} in {file}", plural(cure.cured as u64, "find"))?;
    }
    for rule in &cure.revision.left {
        writeln!(err, "{WARN}not changed{WARN:#}: {rule}; write its exceptions by hand")?;
    }
    Ok(findings.count() - cure.cured)
}
