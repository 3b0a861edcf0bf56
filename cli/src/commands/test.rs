//! `tamis test`: the tests that policies carry.

mod watch;

use crate::failure::{Exit, Failure, Run};
use crate::policy::{RootArgs, today};
use crate::ui::excerpt::{one_line, visible};
use crate::ui::number::{count, plural};
use crate::ui::style::{BAD, BOLD, DIM, GOOD, PLACE, WARN};
use crate::ui::table::{Cell, Table, heading};
use clap::Args;
use serde::Serialize;
use std::io::{self, Write};
use tamis::testing::{Outcome, Subject};
use tamis::{Policy, Ruleset, SourceSpan};

/// Run the tests that policies carry
#[derive(Debug, Args)]
#[command(after_help = "\
    `hit` and `pass` tests speak of one rule's condition, `tests:` of the policy about the final\n\
    action. `todo_hit` and `todo_pass` are known gaps: they are listed, and fail once they pass.\n\
    Exit codes: 0 all is well, 1 a test failed, 2 a policy has errors.\n\n\
    Examples:\n  \
    tamis test policy.yaml\n  \
    tamis test policy.yaml --watch\n  \
    tamis test policies/*.yaml --json")]
pub(crate) struct TestArgs {
    /// The policies: files or `pack:NAME`
    #[arg(required = true, value_name = "POLICY")]
    policies: Vec<String>,
    #[command(flatten)]
    root: RootArgs,
    /// Print one JSON array with every case
    #[arg(long)]
    json: bool,
    /// Fail when a rule is past its `expires:` date
    #[arg(long)]
    strict: bool,
    /// Stay, and run again whenever a policy, one of its bases or a list changes
    #[arg(long, conflicts_with = "json")]
    watch: bool,
}

/// Runs the command.
pub(crate) fn run(args: &TestArgs) -> Run {
    if args.watch {
        return watch::watch(args);
    }
    run_once(args, &mut |_, _| {})
}

/// Runs the tests once; `seen` gets what became of each policy.
fn run_once(args: &TestArgs, seen: &mut dyn FnMut(&str, Result<&Suite, &Failure>)) -> Run {
    let mut out = anstream::stdout().lock();
    let mut exit = Exit::Fine;
    let mut reports = Vec::new();
    for (i, name) in args.policies.iter().enumerate() {
        let suite = match Suite::run(name, &args.root) {
            Ok(suite) => suite,
            // One broken policy does not keep the others from being tested.
            Err(failure) => {
                exit = failure.report();
                seen(name, Err(&failure));
                continue;
            }
        };
        seen(name, Ok(&suite));
        let late = suite.warn_expired()?;
        if (suite.failed() > 0 || args.strict && late) && exit == Exit::Fine {
            exit = Exit::Gate;
        }
        if args.json {
            reports.push(suite.report());
        } else {
            if i > 0 {
                writeln!(out)?;
            }
            suite.write(&mut out)?;
        }
    }
    if args.json {
        serde_json::to_writer_pretty(&mut out, &reports)?;
        writeln!(out)?;
    }
    Ok(exit)
}

/// The outcomes of one policy's tests.
struct Suite {
    name: String,
    policy: Policy,
    ruleset: Ruleset,
    outcomes: Vec<Outcome>,
}

/// What is counted for a rule and for the whole.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Figures {
    passed: u64,
    failed: u64,
    todo: u64,
}

impl Figures {
    fn add(&mut self, outcome: &Outcome) {
        match (outcome.passed, is_todo(outcome)) {
            (false, _) => self.failed += 1,
            (true, true) => self.todo += 1,
            (true, false) => self.passed += 1,
        }
    }
}

/// The rule a case is about; none for cases about the whole policy.
fn rule_of(outcome: &Outcome) -> Option<&str> {
    match &outcome.subject {
        Subject::Rule(id) => Some(id),
        Subject::Policy => None,
    }
}

fn is_todo(outcome: &Outcome) -> bool {
    outcome.expected.is_todo()
}

#[derive(Serialize)]
struct SuiteReport {
    policy: String,
    #[serde(flatten)]
    figures: Figures,
    cases: Vec<CaseReport>,
    untested: Vec<String>,
}

#[derive(Serialize)]
struct CaseReport {
    rule: Option<String>,
    kind: String,
    case: usize,
    text: String,
    passed: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
    file: String,
    line: u32,
}

impl Suite {
    fn run(name: &str, root: &RootArgs) -> Result<Self, Failure> {
        let policy = root.load(name)?;
        let ruleset = policy.compile()?;
        let outcomes = tamis::testing::run(&policy)?;
        Ok(Self { name: name.to_owned(), policy, ruleset, outcomes })
    }

    /// Warns of rules past their date; true when there are any.
    fn warn_expired(&self) -> io::Result<bool> {
        let expired = self.ruleset.expired(today());
        let mut err = anstream::stderr().lock();
        for late in &expired {
            let (file, line) = self.place(late.span);
            writeln!(err, "{WARN}warning{WARN:#}: {file}:{line}: {}", late.message)?;
        }
        Ok(!expired.is_empty())
    }

    fn figures(&self) -> Figures {
        let mut figures = Figures::default();
        self.outcomes.iter().for_each(|outcome| figures.add(outcome));
        figures
    }

    fn failed(&self) -> u64 {
        self.figures().failed
    }

    fn place(&self, span: SourceSpan) -> (String, u32) {
        let sources = self.policy.sources();
        let file = sources.file(span.file).map_or("", |file| file.name());
        (file.to_owned(), sources.position(span).line)
    }

    /// Rules that report something and have no test of their own.
    fn untested(&self) -> Vec<&str> {
        let rules = self.ruleset.rules().iter().filter(|rule| !rule.is_helper());
        let untested = rules.filter(|rule| {
            !self.outcomes.iter().any(|outcome| rule_of(outcome) == Some(rule.id.as_str()))
        });
        untested.map(|rule| rule.id.as_str()).collect()
    }

    fn report(&self) -> SuiteReport {
        let cases = self.outcomes.iter().map(|outcome| {
            let (file, line) = self.place(outcome.span);
            CaseReport {
                rule: rule_of(outcome).map(str::to_owned),
                kind: outcome.expected.key().to_owned(),
                case: outcome.index,
                text: outcome.text.clone(),
                passed: outcome.passed,
                detail: outcome.detail.clone(),
                file,
                line,
            }
        });
        SuiteReport {
            policy: self.name.clone(),
            figures: self.figures(),
            cases: cases.collect(),
            untested: self.untested().into_iter().map(str::to_owned).collect(),
        }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{BOLD}{}{BOLD:#}", self.name)?;
        if self.outcomes.is_empty() {
            return writeln!(
                out,
                "  {WARN}no tests{WARN:#}: give rules `tests: {{ hit: […], pass: […] }}`"
            );
        }
        self.write_rules(out)?;
        self.write_cases(out, "Known gaps", WARN, |o| o.passed && is_todo(o))?;
        self.write_cases(out, "Failures", BAD, |o| !o.passed)?;
        self.write_untested(out)?;
        let Figures { passed, failed, todo } = self.figures();
        let (style, word) = if failed == 0 { (GOOD, "ok") } else { (BAD, "failed") };
        let gaps =
            if todo > 0 { format!(", {}", plural(todo, "known gap")) } else { String::new() };
        writeln!(
            out,
            "\n{}: {style}{word}{style:#}, {} passed, {} failed{gaps}",
            self.name,
            count(passed),
            count(failed)
        )
    }

    fn write_rules(&self, out: &mut impl Write) -> io::Result<()> {
        let mut rows: Vec<(&str, Figures)> = Vec::new();
        for outcome in &self.outcomes {
            let rule = rule_of(outcome).unwrap_or("(the whole policy)");
            let known = rows.iter().position(|(name, _)| *name == rule);
            let at = known.unwrap_or_else(|| {
                rows.push((rule, Figures::default()));
                rows.len() - 1
            });
            rows[at].1.add(outcome);
        }
        let mut table = Table::new(["Rule", "passed", "failed", "gaps"]);
        let number = |n, style| {
            if n == 0 { Cell::styled("·", DIM) } else { Cell::styled(count(n), style) }
        };
        for (rule, figures) in rows {
            table.row(vec![
                rule.into(),
                number(figures.passed, GOOD),
                number(figures.failed, BAD),
                number(figures.todo, WARN),
            ]);
        }
        table.write(out)
    }

    fn write_cases(
        &self,
        out: &mut impl Write,
        title: &str,
        style: anstyle::Style,
        wanted: impl Fn(&Outcome) -> bool,
    ) -> io::Result<()> {
        let mut cases = self.outcomes.iter().filter(|outcome| wanted(outcome)).peekable();
        if cases.peek().is_none() {
            return Ok(());
        }
        heading(out, title, "")?;
        for case in cases {
            let rule = rule_of(case).map_or_else(String::new, |rule| format!("{rule}: "));
            let (file, line) = self.place(case.span);
            let text = one_line(&case.text, 160);
            writeln!(
                out,
                "  {style}{rule}{}{style:#} \"{text}\"  {PLACE}{file}:{line}{PLACE:#}",
                case.expected.key()
            )?;
            for line in visible(&case.detail).lines() {
                writeln!(out, "      {line}")?;
            }
        }
        Ok(())
    }

    fn write_untested(&self, out: &mut impl Write) -> io::Result<()> {
        let untested = self.untested();
        if untested.is_empty() {
            return Ok(());
        }
        let n = plural(untested.len() as u64, "rule");
        writeln!(out, "\n{DIM}{n} without tests: {}{DIM:#}", untested.join(", "))
    }
}
