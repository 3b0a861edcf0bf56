//! `tamis attack`: each rule's own examples, disguised; what still gets through.

mod examples;
mod figures;
mod gate;
mod promises;
mod report;

use crate::failure::{Exit, Failure, Run};
use crate::policy::SourceArgs;
use clap::Args;
use examples::Example;
use figures::{Attacked, Figures, Missed};
use gate::Gate;
use promises::Promises;
use std::io::Write;
use tamis::spec::model::Rule;
use tamis::testing;
use tamis::{Policy, RuleId, Ruleset, Truth};
use tamis_attack::{Level, Recipe, Severity, compositions, drawn, singles};

/// So many compositions are drawn by chance, beside the named ones.
const DRAWN: usize = 20;

/// Attack each rule with disguises of its own examples
#[derive(Debug, Args)]
#[command(after_help = "\
How it attacks:\n  \
  In each `hit` test of a rule the parts that its patterns match are disguised, all alike, in every\n  \
  way that the pattern's evasion level promises to undo; then the rule is asked again. An attack is\n  \
  seen through when the rule's condition is true and a match lies on a disguised part. Recall is\n  \
  the share of attacks seen through. A test that does not hit undisguised is left out, and so is a\n  \
  disguise that cannot change the part. Regexes promise only what their view undoes.\n  \
  One --seed always gives the same texts. `compositions` are several disguises at once.\n\n\
Exit codes: 0 attacked, 1 a --require did not hold, 2 wrong input, also when there is nothing to attack.\n\n\
Examples:\n  \
  tamis attack policy.yaml\n  \
  tamis attack policy.yaml --rule 'threat*' --show 20\n  \
  tamis attack policy.yaml --require 'recall >= 0.95' --require 'recall(leet) >= 0.9'")]
pub(crate) struct AttackArgs {
    #[command(flatten)]
    policy: SourceArgs,
    /// Attack only rules whose name fits; `*` stands for anything (repeatable)
    #[arg(long = "rule", value_name = "GLOB")]
    rules: Vec<String>,
    /// Attack with everything up to this level, whatever the patterns promise
    #[arg(long, value_enum, value_name = "LEVEL")]
    level: Option<UpTo>,
    /// Decides which letters and signs are taken
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Show so many texts that got through, for each rule
    #[arg(long, value_name = "N", default_value_t = 3)]
    show: usize,
    /// Fail unless this holds: `recall`, or recall(…) of a kind, a level, a rule or
    /// `compositions`, at least or above a number (repeatable)
    #[arg(long, value_name = "CONDITION")]
    require: Vec<Gate>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// A level by name; `none` is what no level promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum UpTo {
    Exact,
    Fold,
    Standard,
    Strong,
    None,
}

impl From<UpTo> for Level {
    fn from(level: UpTo) -> Self {
        match level {
            UpTo::Exact => Self::Exact,
            UpTo::Fold => Self::Fold,
            UpTo::Standard => Self::Standard,
            UpTo::Strong => Self::Strong,
            UpTo::None => Self::Beyond,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &AttackArgs) -> Run {
    let (policy, ruleset) = args.policy.load_with_source()?;
    let mut recipes = singles();
    recipes.extend(compositions());
    recipes.extend(drawn(DRAWN, Level::Standard, args.seed));
    let attacker = Attacker {
        policy: &policy,
        ruleset: &ruleset,
        level: args.level.map(Level::from),
        recipes,
        seed: args.seed,
    };
    let wanted = |rule: &&Rule| {
        let id = rule.id.as_ref().map_or("", |id| id.value.as_str());
        args.rules.is_empty() || args.rules.iter().any(|glob| tamis::spec::glob::matches(glob, id))
    };
    let rules: Vec<&Rule> = policy.spec().rules.iter().filter(wanted).collect();
    if rules.is_empty() {
        return Err(Failure::input("no rule of the policy fits --rule"));
    }
    let attacked: Vec<Attacked<'_>> =
        rules.into_iter().filter_map(|rule| attacker.attack(rule)).collect();
    let all = figures::total(&attacked);
    if all.total.attacks == 0 {
        return Err(Failure::input(
            "there is nothing to attack: no rule has a `hit` test in which one of its own patterns \
             is found and could be disguised",
        ));
    }
    let unknown = args.require.iter().find(|gate| !gate.is_known(&attacked));
    if let Some(gate) = unknown {
        return Err(Failure::input(gate.explain_names()));
    }
    let failed: Vec<&Gate> =
        args.require.iter().filter(|gate| !gate.holds(&attacked, &all)).collect();
    let mut out = anstream::stdout().lock();
    if args.json {
        let data = report::data(&ruleset, args.seed, args.show, &attacked, &all);
        serde_json::to_writer_pretty(&mut out, &data)?;
        writeln!(out)?;
    } else {
        report::write(&mut out, &args.policy.name, args.show, &attacked, &all)?;
    }
    report::write_failed(&mut anstream::stderr().lock(), &failed, &attacked, &all)?;
    Ok(if failed.is_empty() { Exit::Fine } else { Exit::Gate })
}

/// What attacks the rules of one policy.
struct Attacker<'p> {
    policy: &'p Policy,
    ruleset: &'p Ruleset,
    level: Option<Level>,
    recipes: Vec<Recipe>,
    seed: u64,
}

impl Attacker<'_> {
    /// Attacks a rule; nothing for one that the ruleset does not have.
    fn attack<'r>(&self, rule: &'r Rule) -> Option<Attacked<'r>> {
        let name = &rule.id.as_ref()?.value;
        let id = self.ruleset.rule_id(name)?;
        let promises = Promises::new(self.policy.spec(), rule);
        let mut attacked = Attacked::new(name);
        for case in &rule.tests.hit {
            match Example::new(self.ruleset, id, case, &promises, self.level) {
                Some(example) => self.attack_example(&example, id, &mut attacked),
                None => attacked.left_out += 1,
            }
        }
        attacked.finish();
        Some(attacked)
    }

    fn attack_example(&self, example: &Example<'_>, rule: RuleId, attacked: &mut Attacked<'_>) {
        attacked.examples += 1;
        for recipe in &self.recipes {
            for &severity in recipe.severities() {
                let Some(disguised) = example.disguise(recipe, severity, self.seed) else {
                    continue;
                };
                let seen = self.is_seen(&disguised, rule);
                attacked.add(recipe, seen);
                if !seen {
                    attacked.missed(|| missed(recipe, severity, &disguised));
                }
            }
        }
    }

    /// True when the rule fires and has a match on a disguised part.
    fn is_seen(&self, disguised: &examples::Disguised, rule: RuleId) -> bool {
        let input = testing::input(&disguised.case);
        let verdict = self.ruleset.classify(input.clone());
        let touches = |found: &tamis::Match| {
            let field = self.ruleset.field_name(found.field);
            disguised.spans.iter().any(|(at, span)| {
                examples::is_field(self.ruleset, &disguised.case, *at, field)
                    && (found.raw.start as usize) < span.end
                    && span.start < found.raw.end as usize
            })
        };
        verdict.as_ref().matches_of(rule).any(touches)
            && self.ruleset.rule_truths(input)[rule.index()] == Truth::True
    }
}

fn missed(recipe: &Recipe, severity: Severity, disguised: &examples::Disguised) -> Missed {
    let (at, span) = disguised.spans[0].clone();
    Missed {
        recipe: recipe.id().to_owned(),
        kind: figures::buckets(recipe)[0],
        severity,
        text: disguised.case.fields[at].1.value.clone(),
        start: span.start,
        end: span.end,
    }
}

impl Figures {
    /// What these figures are as a share.
    fn recall(self) -> f64 {
        if self.attacks == 0 { 0.0 } else { self.seen as f64 / self.attacks as f64 }
    }
}
