//! All transforms, a file a family.

mod beyond;
mod invisible;
mod joining;
mod leet;
mod letters;
mod lookalikes;
mod marks;
mod masks;
mod ops;
mod repeats;
mod scripts;
mod separators;
mod spelling;
mod styles;
mod turning;
mod wrappers;

use crate::kind::Kind;
use crate::transform::{Op, Severity, Stage, Transform};

const LISTS: &[&[Transform]] = &[
    letters::LIST,
    styles::LIST,
    marks::LIST,
    scripts::LIST,
    invisible::LIST,
    lookalikes::LIST,
    leet::LIST,
    masks::LIST,
    repeats::LIST,
    separators::LIST,
    wrappers::LIST,
    joining::LIST,
    spelling::LIST,
    turning::LIST,
    beyond::LIST,
];

pub(crate) fn all() -> impl Iterator<Item = &'static Transform> {
    LISTS.iter().copied().flatten()
}

/// One letter, half, all.
const ANY: &[Severity] = &Severity::ALL;
const ONE: &[Severity] = &[Severity::One];
const ALL: &[Severity] = &[Severity::All];

/// Everything that the transforms of a list have in common.
#[derive(Clone, Copy)]
struct Common {
    kinds: &'static [Kind],
    stage: Stage,
    severities: &'static [Severity],
}

impl Common {
    const fn with(
        self,
        id: &'static str,
        about: &'static str,
        op: Op,
        data: &'static str,
    ) -> Transform {
        let Self { kinds, stage, severities } = self;
        Transform { id, about, kinds, severities, stage, op, data }
    }

    const fn kinds(self, kinds: &'static [Kind]) -> Self {
        Self { kinds, ..self }
    }

    const fn severities(self, severities: &'static [Severity]) -> Self {
        Self { severities, ..self }
    }
}
