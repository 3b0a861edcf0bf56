//! Three-valued logic.

/// True, false or unknown, with false < unknown < true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// A fact it needs is missing.
    Unknown,
    /// It holds.
    True,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Unknown, Self::from)
    }
}

/// `not`: swaps true and false.
pub fn not(truth: Truth) -> Truth {
    match truth {
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
        Truth::True => Truth::False,
    }
}

/// `and`: the least.
pub fn and(parts: impl IntoIterator<Item = Truth>) -> Truth {
    parts.into_iter().min().unwrap_or(Truth::True)
}

/// `or`: the greatest.
pub fn or(parts: impl IntoIterator<Item = Truth>) -> Truth {
    parts.into_iter().max().unwrap_or(Truth::False)
}

/// `n of`: true once `n` are true, false once `n` cannot be reached.
pub fn n_of(n: u64, parts: &[Truth]) -> Truth {
    let count = |least: Truth| parts.iter().filter(|&&t| t >= least).count() as u64;
    if count(Truth::True) >= n {
        Truth::True
    } else if count(Truth::Unknown) >= n {
        Truth::Unknown
    } else {
        Truth::False
    }
}
