//! JSON with places: `serde_json` says whether it is JSON, this says where everything stands.

use super::node::{Entry, Node, Value};
use super::report::Problem;
use super::source::{Place, Source};

/// The document in a JSON file.
pub(crate) fn parse(source: &Source) -> Result<Node, Problem> {
    if source.text.trim().is_empty() {
        return Err(Problem::whole("the file is empty", "export it again"));
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&source.text) {
        return Err(problem(source, &error));
    }
    let mut reader = Reader { text: &source.text, at: 0 };
    reader.value().ok_or_else(|| {
        let place = source.place(reader.at);
        Problem::new(place, "the JSON cannot be read here", "texts must be valid Unicode")
    })
}

fn problem(source: &Source, error: &serde_json::Error) -> Problem {
    let place = Place { line: error.line() as u32, column: error.column() as u32 };
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let first = source.text.trim_start().as_bytes().first();
    let hint = if matches!(first, Some(b'{' | b'[')) {
        "a comma, quote or bracket is missing near here, or one too many"
    } else {
        "a JSON file starts with `{` or `[`; is it a file of another kind?"
    };
    Problem::new(place, format!("the file is not JSON: {message}"), hint)
}

/// Reads text that is known to be JSON.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes `byte` if it is next.
    fn accept(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Option<Node> {
        let first = self.peek()?;
        let at = self.at;
        let value = match first {
            b'{' => self.map()?,
            b'[' => self.list()?,
            b'"' => Value::Text(self.string()?),
            _ => {
                let rest = &self.text[at..];
                let end = rest.find([',', ']', '}', ' ', '\n', '\r', '\t']).unwrap_or(rest.len());
                self.at += end;
                match &rest[..end] {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    number => Value::Number(number.to_owned()),
                }
            }
        };
        Some(Node { at, value })
    }

    fn list(&mut self) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        while !self.accept(b']') {
            items.push(self.value()?);
            self.accept(b',');
        }
        Some(Value::List(items))
    }

    fn map(&mut self) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        while !self.accept(b'}') {
            self.peek()?;
            let at = self.at;
            let key = self.string()?;
            self.accept(b':');
            entries.push(Entry { key, at, value: self.value()? });
            self.accept(b',');
        }
        Some(Value::Map(entries))
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while *bytes.get(at)? != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        self.at = at + 1;
        serde_json::from_str(&self.text[start..self.at]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Problem> {
        parse(&Source::new("a.json", text.to_owned()))
    }

    #[test]
    fn values_and_places() {
        let root =
            read(" {\"a\": [1.50, \"x\\\"\\ud83d\\ude00\", null], \"b\": {\"c\": true}}").unwrap();
        assert_eq!(root.at, 1);
        let items = root.get("a").unwrap().items();
        assert_eq!(items[0].scalar().unwrap(), "1.50");
        assert_eq!((items[1].text().unwrap(), items[1].at), ("x\"\u{1f600}", 14));
        assert_eq!(root.get("b").unwrap().get("c").unwrap().bool(), Some(true));
    }

    #[test]
    fn broken_json_is_told_with_its_place() {
        let problem = read("{\n  \"a\": 1,\n}").unwrap_err();
        assert_eq!((problem.line, problem.column), (3, 1));
        for text in ["", "[1, 2", "word", "[\"\\ud800\"]", "{} x"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
