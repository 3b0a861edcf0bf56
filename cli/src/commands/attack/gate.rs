//! `--require 'recall(leet) >= 0.9'`.

use super::figures::{Attacked, Bucket, Counts, Figures};
use crate::commands::bound::Bound;
use std::fmt;
use std::str::FromStr;
use tamis_attack::{Kind, Level};

/// A condition on a recall.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gate {
    /// A kind, a level, a rule or `compositions`; absent means everything.
    name: Option<String>,
    bound: Bound,
}

const SHAPE: &str = "write it as `recall >= 0.9` or `recall(leet) >= 0.9`";

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (left, bound) = Bound::split(text, SHAPE)?;
        match Bound::figure(left, SHAPE)? {
            ("recall", name) => Ok(Self { name: name.map(str::to_owned), bound }),
            _ => Err(SHAPE.to_owned()),
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "recall({name}) {}", self.bound),
            None => write!(f, "recall {}", self.bound),
        }
    }
}

impl Gate {
    /// True when its name is one.
    pub(super) fn is_known(&self, attacked: &[Attacked<'_>]) -> bool {
        let Some(name) = &self.name else { return true };
        *name == Bucket::Compositions.name()
            || Kind::ALL.iter().any(|kind| kind.name() == name)
            || Level::ALL.iter().any(|level| level.name() == name)
            || attacked.iter().any(|rule| rule.rule == name)
    }

    pub(super) fn explain_names(&self) -> String {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        format!(
            "`{self}` names neither a rule that is attacked, nor a level, nor a kind; the kinds are: {}, {}",
            names.join(", "),
            Bucket::Compositions.name()
        )
    }

    /// The figures it asks for; none when nothing of that name was attacked.
    pub(super) fn figures(&self, attacked: &[Attacked<'_>], all: &Counts) -> Option<Figures> {
        let Some(name) = &self.name else { return Some(all.total) };
        let rule = attacked.iter().find(|rule| rule.rule == name).map(|rule| rule.counts.total);
        let bucket = || all.buckets.iter().find(|(bucket, _)| bucket.name() == name);
        let level = || all.levels.iter().find(|(level, _)| level.name() == name);
        let figures = rule
            .or_else(|| bucket().map(|(_, figures)| *figures))
            .or_else(|| level().map(|(_, figures)| *figures))?;
        (figures.attacks > 0).then_some(figures)
    }

    /// True when it holds. Where nothing was attacked nothing is proved, so it does not.
    pub(super) fn holds(&self, attacked: &[Attacked<'_>], all: &Counts) -> bool {
        let recall = self.figures(attacked, all).map(Figures::recall);
        recall.is_some_and(|recall| self.bound.holds(recall))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        let gate = |text: &str| text.parse::<Gate>().map(|gate| gate.to_string());
        assert_eq!(gate("recall >= 0.9"), Ok("recall >= 0.9".into()));
        assert_eq!(gate("recall>0.5"), Ok("recall > 0.5".into()));
        assert_eq!(gate(" recall( leet ) >= 1 "), Ok("recall(leet) >= 1".into()));
        for wrong in
            ["", "recall", "recall = 1", "recall >= x", "recall >= 2", "f1 >= 1", "recall() >= 1"]
        {
            assert!(gate(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_was_not_attacked_is_not_proved() {
        let total = Figures { attacks: 4, seen: 3 };
        let mut counts = Counts { total, ..Counts::default() };
        counts.buckets.insert(Bucket::Kind(Kind::Leet), Figures { attacks: 2, seen: 1 });
        counts.levels.insert(Level::Standard, Figures { attacks: 2, seen: 1 });
        let rule = Attacked { counts: counts.clone(), ..Attacked::new("r") };
        let holds =
            |text: &str| text.parse::<Gate>().unwrap().holds(std::slice::from_ref(&rule), &counts);
        assert!(holds("recall >= 0.75") && !holds("recall > 0.75"));
        assert!(
            holds("recall(leet) >= 0.5")
                && !holds("recall(standard) > 0.5")
                && holds("recall(r) > 0.7")
        );
        assert!(!holds("recall(masks) >= 0"));
        let known =
            |text: &str| text.parse::<Gate>().unwrap().is_known(std::slice::from_ref(&rule));
        assert!(
            known("recall(masks) >= 0")
                && known("recall(r) >= 0")
                && known("recall(compositions) >= 0")
        );
        assert!(!known("recall(leeet) >= 0"));
    }
}
