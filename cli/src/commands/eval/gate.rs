//! `--require 'f1(harassment) >= 0.8'`.

use super::judge::Quality;
use crate::commands::bound::Bound;
use crate::failure::Failure;
use std::fmt;
use std::str::FromStr;

/// What is asked of a label, or of all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    Precision,
    Recall,
    F1,
    MacroF1,
}

impl Figure {
    const ALL: [Self; 4] = [Self::Precision, Self::Recall, Self::F1, Self::MacroF1];

    fn name(self) -> &'static str {
        match self {
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::F1 => "f1",
            Self::MacroF1 => "macro_f1",
        }
    }
}

/// A condition on the figures of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gate {
    figure: Figure,
    /// A label of the corpus; of `macro_f1` none.
    label: Option<String>,
    bound: Bound,
}

const SHAPE: &str = "write it as `f1(LABEL) >= 0.8`, `precision(LABEL) >= 0.9`, \
                     `recall(LABEL) >= 0.7` or `macro_f1 >= 0.8`";

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (left, bound) = Bound::split(text, SHAPE)?;
        let (name, label) = Bound::figure(left, SHAPE)?;
        let figure = Figure::ALL.into_iter().find(|figure| figure.name() == name).ok_or(SHAPE)?;
        if label.is_some() == (figure == Figure::MacroF1) {
            return Err(SHAPE.to_owned());
        }
        Ok(Self { figure, label: label.map(str::to_owned), bound })
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(f, "{}({label}) {}", self.figure.name(), self.bound),
            None => write!(f, "{} {}", self.figure.name(), self.bound),
        }
    }
}

impl Gate {
    /// The figure where it does not hold.
    pub(super) fn missed(&self, quality: &Quality) -> Result<Option<f64>, Failure> {
        let value = match &self.label {
            None => quality.macro_f1(),
            Some(label) => {
                let counts = quality.labels.get(label).ok_or_else(|| {
                    let judged: Vec<&str> = quality.labels.keys().map(String::as_str).collect();
                    Failure::input(format!(
                        "--require `{self}`: the label is not judged; those that are: {}",
                        judged.join(", ")
                    ))
                })?;
                match self.figure {
                    Figure::Precision => counts.figures.precision(),
                    Figure::Recall => counts.figures.recall(),
                    Figure::F1 | Figure::MacroF1 => counts.figures.f1(),
                }
            }
        };
        Ok((!self.bound.holds(value)).then_some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn conditions_are_read() {
        let gate = |text: &str| text.parse::<Gate>().map(|gate| gate.to_string());
        assert_eq!(gate("f1(rude) >= 0.8"), Ok("f1(rude) >= 0.8".into()));
        assert_eq!(gate(" recall ( a b )>0.5"), Ok("recall(a b) > 0.5".into()));
        assert_eq!(gate("macro_f1 >= 1"), Ok("macro_f1 >= 1".into()));
        for wrong in [
            "",
            "f1",
            "f1 >= 0.8",
            "f1() >= 1",
            "macro_f1(a) > 0",
            "f2(a) > 0",
            "f1(a) = 1",
            "f1(a) >= 80",
        ] {
            assert!(gate(wrong).is_err(), "{wrong:?}");
        }
    }
}
