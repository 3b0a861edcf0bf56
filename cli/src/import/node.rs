//! Data with the place of every value: what YAML and JSON files are read into.

use std::collections::HashSet;

/// A value and the byte it starts at.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) value: Value,
}

/// Why an entry that [`repeated`] tells of is lost.
pub(crate) const REPEATED: &str = "the key is written again below, and the last one counts";

/// For each entry, whether its key is there again further down.
pub(crate) fn repeated(entries: &[Entry]) -> Vec<bool> {
    let mut seen = HashSet::new();
    let mut repeated: Vec<bool> =
        entries.iter().rev().map(|entry| !seen.insert(entry.key.as_str())).collect();
    repeated.reverse();
    repeated
}

/// The kinds of values.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number as it is written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// Keys in order. A key may be there twice: the last one counts, as in most readers.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    /// The byte the key starts at.
    pub(crate) at: usize,
    pub(crate) value: Node,
}

impl Node {
    /// The entries of a mapping; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Gives every key inside another name.
    pub(crate) fn rename_keys(&mut self, to: &impl Fn(&str) -> String) {
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.rename_keys(to)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key = to(&entry.key);
                    entry.value.rename_keys(to);
                }
            }
            _ => {}
        }
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// The value at `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().rev().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The items of a list; a single value is a list of one, nothing a list of none.
    pub(crate) fn items(&self) -> Vec<&Node> {
        match &self.value {
            Value::List(items) => items.iter().collect(),
            Value::Null => Vec::new(),
            _ => vec![self],
        }
    }

    /// A text, or a number or boolean as it is written.
    pub(crate) fn scalar(&self) -> Option<String> {
        match &self.value {
            Value::Text(text) | Value::Number(text) => Some(text.clone()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A whole number.
    pub(crate) fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }
}
