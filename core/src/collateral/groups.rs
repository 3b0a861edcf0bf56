//! Which groups speak against a text, and which only excuse it.

use crate::spec::expr::{Expr, ExprKind};
use crate::spec::model::Policy;
use rustc_hash::{FxHashMap, FxHashSet};

/// By rule, the groups that its condition only denies.
#[derive(Debug)]
pub(super) struct Incriminating {
    excusing: FxHashMap<String, FxHashSet<String>>,
}

impl Incriminating {
    pub(super) fn new(spec: &Policy) -> Self {
        let mut excusing = FxHashMap::default();
        for rule in &spec.rules {
            let (Some(id), Some(when)) = (&rule.id, &rule.when) else { continue };
            let mut seen = Seen::default();
            seen.look(&when.root, false);
            let only: FxHashSet<String> = seen.denied.difference(&seen.asked).cloned().collect();
            if !only.is_empty() {
                excusing.insert(id.value.clone(), only);
            }
        }
        Self { excusing }
    }

    /// True unless the group of the rule only excuses.
    pub(super) fn has(&self, rule: &str, group: &str) -> bool {
        self.excusing.get(rule).is_none_or(|groups| !groups.contains(group))
    }
}

/// The names in a condition by whether they are denied.
#[derive(Debug, Default)]
struct Seen {
    asked: FxHashSet<String>,
    denied: FxHashSet<String>,
}

impl Seen {
    /// A comparison may go either way, so what it compares is asked.
    fn look(&mut self, expr: &Expr, denied: bool) {
        match &expr.kind {
            ExprKind::Name(name) => {
                let names = if denied { &mut self.denied } else { &mut self.asked };
                names.insert(name.clone());
            }
            ExprKind::Not(inner) => self.look(inner, !denied),
            ExprKind::Neg(inner) => self.look(inner, denied),
            ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::NOf(_, parts)
            | ExprKind::Call(_, parts) => parts.iter().for_each(|part| self.look(part, denied)),
            ExprKind::Compare(_, left, right)
            | ExprKind::Arith(_, left, right)
            | ExprKind::In(left, right) => {
                self.look(left, false);
                self.look(right, false);
            }
            ExprKind::List(_)
            | ExprKind::Number(_)
            | ExprKind::Bool(_)
            | ExprKind::Text(_)
            | ExprKind::Duration(_)
            | ExprKind::Error => {}
        }
    }
}
