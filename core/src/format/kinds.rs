//! Which mapping of the format a place in a policy is, and the order of its keys.

use crate::spec::decode::Place;
use crate::spec::tree::{Entry, Node, NodeKind};

/// What a node is, by the way that leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A mapping with keys of its own.
    Of(Place),
    /// A list or mapping whose parts are all of one kind.
    Each(Place),
    /// `patterns:`, a list of patterns or groups by name.
    Groups,
    /// Tests by action or by expectation.
    Cases,
    /// Anything else: its keys are the author's, in the author's order.
    Free,
}

impl Kind {
    /// The kind of the part `key`, or of an item.
    pub(super) fn of_part(self, node: &Node, key: Option<&str>) -> Kind {
        let is_map = matches!(node.kind, NodeKind::Map(_));
        match (self, key) {
            (Kind::Of(Place::Policy), Some(key)) => match key {
                "extends" => Kind::Each(Place::Extends),
                "override" => Kind::Each(Place::Override),
                "facts" => Kind::Each(Place::Fact),
                "models" => Kind::Each(Place::Model),
                "labels" => Kind::Each(Place::Label),
                "lists" => Kind::Each(Place::List),
                "except" => Kind::Each(Place::Exception),
                "rules" => Kind::Each(Place::Rule),
                "tests" => Kind::Cases,
                _ => Kind::Free,
            },
            (Kind::Of(Place::Rule | Place::Override), Some(key)) => match key {
                "patterns" | "add_patterns" => Kind::Groups,
                "except" | "add_except" => Kind::Each(Place::Exception),
                "repeat" => Kind::Of(Place::Repeat),
                "tests" => Kind::Of(Place::RuleTests),
                _ => Kind::Free,
            },
            (Kind::Of(Place::Label), Some("calibration")) => Kind::Of(Place::Calibration),
            (Kind::Of(Place::Group), Some("any"))
            | (Kind::Of(Place::List), Some("add" | "remove"))
            | (Kind::Of(Place::Exception), Some("after" | "before"))
            | (Kind::Groups, Some(_))
                if !is_map || !matches!(self, Kind::Groups) =>
            {
                Kind::Each(Place::Pattern)
            }
            (Kind::Of(Place::RuleTests) | Kind::Cases, Some(_)) => Kind::Each(Place::TestCase),
            // A group or list that is not a mapping holds patterns.
            (Kind::Of(Place::Group | Place::List) | Kind::Groups, None) => Kind::Of(Place::Pattern),
            (Kind::Groups, Some(_)) if is_map => Kind::Of(Place::Group),
            (Kind::Each(place), _) => Kind::Of(place),
            _ => Kind::Free,
        }
    }

    /// The keys of such a mapping in canonical order; of others, none.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Kind::Of(place) => place.keys(),
            _ => &[],
        }
    }

    /// The canonical order of parts with these keys, as their places in the list: known
    /// keys first, the others as they stand.
    pub(super) fn order<'k>(self, parts: impl Iterator<Item = Option<&'k str>>) -> Vec<usize> {
        let keys = self.keys();
        let rank = |key: Option<&str>| {
            let known = key.and_then(|key| keys.iter().position(|known| *known == key));
            known.unwrap_or(keys.len())
        };
        let mut order: Vec<(usize, usize)> = parts.map(rank).zip(0..).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| at).collect()
    }
}

/// True when two trees mean the same: the order of keys counts only where keys are the
/// author's.
pub(super) fn same(a: &Node, b: &Node, kind: Kind) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::Scalar(a), NodeKind::Scalar(b)) => {
            a.value == b.value && (a.plain == b.plain || super::scalar::is_word(&a.value))
        }
        (NodeKind::Seq(a), NodeKind::Seq(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, kind.of_part(a, None)))
        }
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            let order =
                |entries: &[Entry]| kind.order(entries.iter().map(|e| Some(e.key.as_str())));
            let pairs = order(a).into_iter().zip(order(b));
            a.len() == b.len()
                && pairs.into_iter().all(|(at, other)| {
                    let (a, b) = (&a[at], &b[other]);
                    let kind = kind.of_part(&a.value, Some(&a.key));
                    a.key.value == b.key.value && same(&a.value, &b.value, kind)
                })
        }
        (NodeKind::Empty, NodeKind::Empty) => true,
        _ => false,
    }
}
