//! YAML with places: documents, anchors, comments, and every error of a file.

use super::node::{Entry, Node, Value};
use super::report::Problem;
use super::source::Source;
use granit_parser::{Event, Parser, ScalarStyle, ScanError};
use std::collections::{HashMap, HashSet};

/// Levels of lists and mappings within each other.
const DEPTH: usize = 64;
/// Nodes that aliases may add: a small file can stand for billions.
const ALIASED: usize = 100_000;

/// One document of a file.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) root: Node,
    /// The comments before its first key, without `#`.
    pub(crate) comments: Vec<String>,
}

/// All documents of a file, or all syntax errors, at most one a document.
pub(crate) fn parse(source: &Source) -> Result<Vec<Document>, Vec<Problem>> {
    if source.text.trim().is_empty() {
        return Err(vec![Problem::whole("the file is empty", "export it again")]);
    }
    let options = granit_parser::options! {
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
        max_buffered_comment_events: usize::MAX,
    };
    let mut parser = Parser::new_from_str_with_options(&source.text, options);
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    let mut builder = Builder::default();
    loop {
        match parser.next() {
            None => break,
            Some(Ok((event, span))) => {
                let at = span.byte_range().unwrap_or(0..0).start;
                match builder.event(event, at) {
                    Ok(Some(document)) => documents.push(document),
                    Ok(None) => {}
                    Err(message) => {
                        let hint = "write the values out";
                        problems.push(Problem::new(source.place(at), message, hint));
                        return Err(problems);
                    }
                }
            }
            Some(Err(error)) => {
                problems.push(problem(source, &error));
                builder = Builder::default();
                // The other documents may have errors of their own.
                if !parser.proceed_next_document().unwrap_or(false) {
                    break;
                }
            }
        }
    }
    if problems.is_empty() { Ok(documents) } else { Err(problems) }
}

fn problem(source: &Source, error: &ScanError) -> Problem {
    let at = error.marker().byte_offset().unwrap_or(source.text.len());
    let info = error.info();
    let hint = if info.contains("alias") || info.contains("anchor") {
        "text that starts with `*` or `&` needs quotes"
    } else if info.to_lowercase().contains("tab") {
        "indent with spaces"
    } else if info.contains("escape") {
        "inside double quotes `\\` starts an escape: put regexes in single quotes"
    } else if info.contains("character") {
        "text that starts with `@`, `%` or a backtick needs quotes"
    } else {
        "check indentation, quotes and brackets here and in the lines above; text with `: ` or ` #` \
         in it needs quotes"
    };
    Problem::new(
        source.place(at),
        format!("the file is not YAML: {}", info.trim_end_matches('.')),
        hint,
    )
}

/// A list or mapping that is being read.
enum Frame {
    List(usize, Vec<Node>),
    /// Entries, and the key that waits for its value.
    Map(usize, Vec<Entry>, Option<(String, usize)>),
}

#[derive(Default)]
struct Builder {
    stack: Vec<(Frame, usize)>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    comments: Vec<String>,
    root: Option<Node>,
}

impl Builder {
    /// Takes an event; a document when it is complete.
    fn event(&mut self, event: Event<'_>, at: usize) -> Result<Option<Document>, &'static str> {
        match event {
            Event::Comment(text, ..) if self.stack.len() <= 1 && self.is_at_start() => {
                let text = text.trim_start_matches('#').trim();
                self.comments.extend((!text.is_empty()).then(|| text.to_owned()));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let forced = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let value = if style == ScalarStyle::Plain && !forced {
                    plain(&text)
                } else {
                    Value::Text(text.into_owned())
                };
                self.add(Node { at, value }, anchor);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.stack.push((Frame::List(at, Vec::new()), anchor));
            }
            Event::MappingStart(_, anchor, _) => {
                self.stack.push((Frame::Map(at, Vec::new(), None), anchor));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((frame, anchor)) = self.stack.pop() {
                    let node = match frame {
                        Frame::List(at, items) => Node { at, value: Value::List(items) },
                        Frame::Map(at, entries, _) => {
                            Node { at, value: Value::Map(merged(entries)) }
                        }
                    };
                    self.add(node, anchor);
                }
            }
            Event::Alias(id) => {
                let node = self.anchors.get(&id).cloned();
                let node = node.unwrap_or(Node { at, value: Value::Null });
                self.aliased += size(&node);
                if self.aliased > ALIASED {
                    return Err("aliases stand for too much");
                }
                self.add(node, 0);
            }
            Event::DocumentEnd => {
                let comments = std::mem::take(&mut self.comments);
                let root = self.root.take().unwrap_or(Node { at, value: Value::Null });
                *self = Self::default();
                return Ok(Some(Document { root, comments }));
            }
            _ => {}
        }
        Ok(None)
    }

    /// True until the first value of the document is complete.
    fn is_at_start(&self) -> bool {
        match self.stack.first() {
            None => self.root.is_none(),
            Some((Frame::Map(_, entries, key), _)) => entries.is_empty() && key.is_none(),
            Some((Frame::List(_, items), _)) => items.is_empty(),
        }
    }

    fn add(&mut self, node: Node, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut().map(|(frame, _)| frame) {
            None => self.root = Some(node),
            Some(Frame::List(_, items)) => items.push(node),
            Some(Frame::Map(_, entries, key)) => match key.take() {
                None => *key = Some((node.scalar().unwrap_or_default(), node.at)),
                Some((key, at)) => entries.push(Entry { key, at, value: node }),
            },
        }
    }
}

/// The entries with those of `<<`, which count only where a key is missing.
fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    let (merges, mut own): (Vec<_>, Vec<_>) = entries.into_iter().partition(|e| e.key == "<<");
    let mut keys: HashSet<String> = own.iter().map(|entry| entry.key.clone()).collect();
    for base in merges.iter().flat_map(|entry| entry.value.items()) {
        for entry in base.entries() {
            if keys.insert(entry.key.clone()) {
                own.push(entry.clone());
            }
        }
    }
    own
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|entry| size(&entry.value)).sum(),
        _ => 0,
    }
}

/// What a scalar without quotes is to the readers these files are written for (YAML 1.1).
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            Value::Bool(false)
        }
        _ if is_number(text) => Value::Number(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Document>, Vec<Problem>> {
        parse(&Source::new("a.yaml", text.to_owned()))
    }

    #[test]
    fn documents_comments_and_anchors() {
        let text = "# about the first\na: &x [b, 1, yes]\nc: *x\n---\n# second\n\n~k (m): |\n  line\n---\n# nothing\n";
        let documents = read(text).unwrap();
        assert_eq!(documents[0].comments, ["about the first"]);
        let items = documents[0].root.get("c").unwrap().items();
        assert_eq!((items[1].integer(), items[2].bool()), (Some(1), Some(true)));
        assert_eq!(documents[1].root.entries()[0].key, "~k (m)");
        assert_eq!(documents[1].root.get("~k (m)").unwrap().text(), Some("line\n"));
        assert_eq!(documents[1].comments, ["second"]);
    }

    #[test]
    fn merge_keys_fill_in_what_is_missing() {
        let documents = read("base: &b {x: 1, y: 2}\nown: {<<: *b, x: 3}\n").unwrap();
        let own = documents[0].root.get("own").unwrap();
        assert_eq!(
            (own.get("x").unwrap().integer(), own.get("y").unwrap().integer()),
            (Some(3), Some(2))
        );
    }

    #[test]
    fn every_broken_document_is_told() {
        let problems = read("a: [b\n---\nfine: x\n---\nc: 'd\n").unwrap_err();
        assert_eq!(problems.len(), 2, "{problems:?}");
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                    c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                    e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n";
        assert!(read(bomb).is_err());
    }
}
