//! Changes that tools make to a policy's text: exceptions added, points replaced.
//!
//! The text is patched where the rule stands, so that comments and layout stay. A rule of
//! a base is not changed in the base, which has an author of its own, but under `override:`
//! in the policy.

use crate::decimal::Milli;
use crate::diag::Sink;
use crate::policy::Policy;
use crate::span::FileId;
use crate::spec::decode::Place;
use crate::spec::insert::{self, Addition, Insertion};
use crate::spec::tree::{Entry, Node, NodeKind};
use crate::spec::yaml;

/// A change of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule, by its name in the compiled ruleset: `rule`, or `base.rule`.
    pub rule: String,
    /// What becomes of it.
    pub kind: ChangeKind,
}

/// What becomes of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// These words and phrases are spared as well.
    Spare(Vec<String>),
    /// It has these points.
    Points(Milli),
}

/// A policy's text after changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// The new text of the policy's own file.
    pub text: String,
    /// The rules that could not be changed: their text leaves no safe place for it.
    pub left: Vec<String>,
}

impl Policy {
    /// The policy's own file with the changes made, in their order.
    ///
    /// ```
    /// use tamis::amend::{Change, ChangeKind};
    /// let policy: tamis::Policy =
    ///     "policy: demo\nrules:\n  - { id: r, action: review, patterns: [darn*] }  # mild\n".parse()?;
    /// let spare = ChangeKind::Spare(vec!["darning".to_owned()]);
    /// let amended = policy.amend(&[Change { rule: "r".to_owned(), kind: spare }]);
    /// assert_eq!(
    ///     amended.text,
    ///     "policy: demo\nrules:\n  - { id: r, action: review, patterns: [darn*], except: [darning] }  # mild\n"
    /// );
    /// # Ok::<(), tamis::PolicyError>(())
    /// ```
    #[must_use]
    pub fn amend(&self, changes: &[Change]) -> Amended {
        let own = self.sources().file(FileId(0)).map_or("", |file| file.text());
        let mut amended = Amended { text: own.to_owned(), left: Vec::new() };
        let is_rule = |name: &str| {
            self.spec().rules.iter().any(|rule| rule.id.as_ref().is_some_and(|id| id.value == name))
        };
        for change in changes {
            match is_rule(&change.rule).then(|| amend(&amended.text, change)).flatten() {
                Some(insertion) => amended.text = insertion.apply(&amended.text),
                None => amended.left.push(change.rule.clone()),
            }
        }
        amended
    }
}

fn amend(text: &str, change: &Change) -> Option<Insertion> {
    let root = yaml::parse(text, FileId(0), &mut Sink::default()).tree.root;
    let is_json = root.is_flow(text);
    match own_rule(&root, &change.rule) {
        Some(rule) => change_in(text, rule, &change.kind, Place::Rule, is_json),
        None => override_rule(text, &root, change, is_json),
    }
}

/// The rule of this name that the file itself has.
fn own_rule<'n>(root: &'n Node, name: &str) -> Option<&'n Node> {
    let NodeKind::Seq(rules) = &value_of(root, "rules")?.kind else { return None };
    let is_called = |rule: &&Node| {
        value_of(rule, "id").and_then(Node::scalar).is_some_and(|id| id.value == name)
    };
    rules.iter().find(is_called)
}

fn value_of<'n>(map: &'n Node, key: &str) -> Option<&'n Node> {
    let NodeKind::Map(entries) = &map.kind else { return None };
    entries.iter().find(|entry: &&Entry| entry.key.value == key).map(|entry| &entry.value)
}

/// Changes a rule, or an entry of `override:`, which says the same with other keys.
fn change_in(
    text: &str,
    map: &Node,
    kind: &ChangeKind,
    place: Place,
    is_json: bool,
) -> Option<Insertion> {
    let (key, value) = written(kind, place, is_json);
    let present = value_of(map, key);
    match (kind, present) {
        (_, None) => {
            let addition = Addition { key, value: &value, order: place.keys() };
            insert::entry(text, map, addition)
        }
        (ChangeKind::Points(_), Some(points)) => {
            points.scalar()?;
            Some(Insertion { range: points.span.range(), text: value })
        }
        (ChangeKind::Spare(texts), Some(list)) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text, is_json)).collect();
            insert::items(text, list, &texts)
        }
    }
}

/// Puts a change of an inherited rule under `override:`.
fn override_rule(text: &str, root: &Node, change: &Change, is_json: bool) -> Option<Insertion> {
    let overrides = value_of(root, "override");
    if let Some(entry) = overrides.and_then(|overrides| value_of(overrides, &change.rule)) {
        return change_in(text, entry, &change.kind, Place::Override, is_json);
    }
    let (key, value) = written(&change.kind, Place::Override, is_json);
    let key = quoted_key(key, is_json);
    let entry = format!("{{ {key}: {value} }}");
    if let Some(overrides) = overrides {
        let addition = Addition { key: &change.rule, value: &entry, order: &[] };
        return insert::entry(text, overrides, addition);
    }
    let whole = format!("{{ {}: {entry} }}", quoted_key(&change.rule, is_json));
    let addition = Addition { key: "override", value: &whole, order: Place::Policy.keys() };
    insert::entry(text, root, addition)
}

/// The key of a change and its value on one line.
fn written(kind: &ChangeKind, place: Place, is_json: bool) -> (&'static str, String) {
    match kind {
        ChangeKind::Points(points) => ("points", points.to_string()),
        ChangeKind::Spare(texts) => {
            let key = if place == Place::Override { "add_except" } else { "except" };
            let texts: Vec<String> = texts.iter().map(|text| quoted(text, is_json)).collect();
            (key, format!("[{}]", texts.join(", ")))
        }
    }
}

fn quoted_key(key: &str, is_json: bool) -> String {
    if is_json { format!("\"{key}\"") } else { key.to_owned() }
}

/// A text as it is to be written: as `tamis fmt` would write it, in JSON in quotes.
fn quoted(text: &str, is_json: bool) -> String {
    if !is_json && crate::format::is_word(text) {
        return text.to_owned();
    }
    // Whatever is a string in JSON is the same string in YAML.
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amended(text: &str, rule: &str, kind: ChangeKind) -> String {
        let policy: Policy = text.parse().expect("a policy");
        let amended = policy.amend(&[Change { rule: rule.to_owned(), kind }]);
        assert!(amended.left.is_empty(), "{text}");
        let read: Result<Policy, _> = amended.text.parse();
        assert!(read.is_ok(), "{}", amended.text);
        amended.text
    }

    fn spare() -> ChangeKind {
        ChangeKind::Spare(vec!["no".into(), "a b".into()])
    }

    #[test]
    fn exceptions_join_those_of_the_rule() {
        for (text, expected) in [
            (
                "rules:\n  - { id: r, action: review, patterns: [x], except: [y] }\n",
                "rules:\n  - { id: r, action: review, patterns: [x], except: [y, \"no\", \"a b\"] }\n",
            ),
            (
                "rules:\n- id: r\n  action: review\n  patterns:\n  - x\n  except:\n  - y # so\n  tests: { hit: [x] }\n",
                "rules:\n- id: r\n  action: review\n  patterns:\n  - x\n  except:\n  - y # so\n  - \"no\"\n  - \"a b\"\n  tests: { hit: [x] }\n",
            ),
            (
                "{\"rules\": [{\"id\": \"r\", \"action\": \"review\", \"patterns\": [\"x\"]}]}",
                "{\"rules\": [{\"id\": \"r\", \"action\": \"review\", \"patterns\": [\"x\"], \"except\": [\"no\", \"a b\"]}]}",
            ),
        ] {
            assert_eq!(amended(text, "r", spare()), expected);
        }
    }

    #[test]
    fn points_are_replaced() {
        let text = "labels: { l: { review: 1 } }\nrules:\n  - { id: r, label: l, points: 2.50, patterns: [x] }\n";
        let expected = text.replace("2.50", "3.5");
        assert_eq!(amended(text, "r", ChangeKind::Points(Milli(3500))), expected);
    }

    #[test]
    fn inherited_rules_are_overridden() {
        let base = "policy: p\nextends: [\"pack:profanity-en\"]\n";
        let rule = "profanity_en.damn";
        let once = amended(base, rule, spare());
        assert_eq!(
            once,
            format!("{base}override: {{ {rule}: {{ add_except: [\"no\", \"a b\"] }} }}\n")
        );
        let twice = amended(&once, rule, ChangeKind::Points(Milli(500)));
        assert!(twice.contains("{ points: 0.5, add_except: ["), "{twice}");
        let other = format!("{base}override:\n  profanity_en.crap: {{ points: 1 }}\n");
        assert_eq!(
            amended(&other, rule, ChangeKind::Points(Milli(500))),
            format!("{other}  {rule}: {{ points: 0.5 }}\n")
        );
    }

    #[test]
    fn what_leaves_no_place_is_said() {
        let text = "policy: p\nextends: [\"pack:profanity-en\"]\noverride:\n";
        let policy: Policy = text.parse().expect("a policy");
        for rule in ["profanity_en.damn", "gone"] {
            let change = Change { rule: rule.into(), kind: ChangeKind::Points(Milli(1)) };
            let amended = policy.amend(&[change]);
            assert_eq!((amended.left, amended.text.as_str()), (vec![rule.to_owned()], text));
        }
    }
}
