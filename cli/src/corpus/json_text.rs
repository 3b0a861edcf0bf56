//! Strings and lists of strings in JSON, read leniently where JSON is wider than UTF-8.

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A string whose lone surrogates, which JSON allows and UTF-8 does not, become U+FFFD.
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, since `serde_json` refuses lone surrogates in strings only.
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<Text<'de>, E> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Text(Cow::Borrowed(text))),
            Err(_) => self.visit_bytes(bytes),
        }
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text<'de>, E> {
        let text = String::from_utf8(bytes.to_vec()).or_else(|error| {
            let mut bytes = error.into_bytes();
            replace_surrogates(&mut bytes);
            String::from_utf8(bytes)
        });
        text.map(|text| Text(Cow::Owned(text))).map_err(|_| E::custom("text is not UTF-8"))
    }
}

/// Three bytes each, as U+FFFD has, so nothing moves.
fn replace_surrogates(bytes: &mut [u8]) {
    for i in 0..bytes.len().saturating_sub(2) {
        if bytes[i] == 0xed && bytes[i + 1] >= 0xa0 {
            bytes[i..i + 3].copy_from_slice("\u{fffd}".as_bytes());
        }
    }
}

/// One text, or several.
pub(super) struct Texts<'a>(pub(super) Vec<Cow<'a, str>>);

impl<'de> Deserialize<'de> for Texts<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Texts<'de>, E> {
        Ok(Texts(vec![Cow::Owned(text.to_owned())]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts<'de>, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = seq.next_element()? {
            texts.push(text);
        }
        Ok(Texts(texts))
    }
}

/// `{NAME: TEXT, …}`; nulls are left out.
pub(super) struct TextMap<'a>(pub(super) Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'de> Deserialize<'de> for TextMap<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TextMapVisitor)
    }
}

struct TextMapVisitor;

impl<'de> Visitor<'de> for TextMapVisitor {
    type Value = TextMap<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TextMap<'de>, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(name)) = map.next_key()? {
            if let Some(Text(text)) = map.next_value::<Option<Text<'de>>>()? {
                texts.push((name, text));
            }
        }
        Ok(TextMap(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_become_one_replacement_each() {
        let Text(text) = serde_json::from_str(r#""a\ud83db\udc00\ud83d\ude00""#).unwrap();
        assert_eq!(text, "a\u{fffd}b\u{fffd}\u{1f600}");
        let Text(text) = serde_json::from_str("\"plain\"").unwrap();
        assert!(matches!(text, Cow::Borrowed("plain")));
        assert!(serde_json::from_str::<Text<'_>>("3").is_err());
    }
}
