"""A `str` may hold lone surrogates, which are no Unicode; offsets must stay right."""

import json

from hypothesis import given
from hypothesis import strategies as st

import tamis

PIECES = [
    "buy now",
    "kill",
    "you",
    " ",
    "é",
    "😀",
    "\u200b",
    "\ufffd",
    "\ud83d",
    "\ude00",
    "\ud800x",
]
# `characters()` leaves surrogates out unless they are asked for.
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=()), max_size=3)
).map("".join)


def mended(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


@given(text=ANY_TEXT)
def test_any_str_is_classified_as_if_mended(ruleset: tamis.Ruleset, text: str) -> None:
    verdict = ruleset.classify(text)
    good = mended(text)
    assert verdict == ruleset.classify(good)
    assert verdict.to_json() == ruleset.classify(good).to_json()
    assert verdict.redact(text="") == ruleset.classify(good).redact(text="")
    assert ruleset.is_flagged(text) == verdict.flagged
    for rule in verdict.rules:
        for match in rule.matches:
            assert match.text == good[match.start : match.end]
    for offsets, encoding, width in (("bytes", "utf-8", 1), ("utf16", "utf-16-le", 2)):
        raw = good.encode(encoding)
        for rule in verdict.to_dict(offsets)["rules"]:  # type: ignore[arg-type]
            for match in rule["matches"]:
                span = raw[match["start"] * width : match["end"] * width]
                assert span.decode(encoding) == match["text"]


@given(texts=st.lists(ANY_TEXT, max_size=8))
def test_batches_agree(ruleset: tamis.Ruleset, texts: list[str]) -> None:
    batch = ruleset.classify_batch(texts)
    assert list(batch) == [ruleset.classify(text) for text in texts]


def test_a_match_after_a_surrogate(ruleset: tamis.Ruleset) -> None:
    text = "\ud83d\ude00 😀 buy now"
    (match,) = ruleset.classify(text).rules[0].matches
    assert match.span == (5, 12)
    assert text[5:12] == match.text == "buy now"


def test_surrogates_everywhere_else(ruleset: tamis.Ruleset) -> None:
    bad = "a\udc80"
    verdict = ruleset.classify(
        fields={"text": bad, bad: bad},
        facts={"channel": bad, bad: bad, "author.roles": {bad}},
        lang=bad,
    )
    assert verdict.redact() == {"text": "a\ufffd", "a\ufffd": "a\ufffd"}
    assert verdict.redact(text=bad)
    json.loads(verdict.to_json()).keys()
    assert tamis.fold(bad) == "a\ufffd"


def test_a_subclass_with_an_encode_of_its_own(ruleset: tamis.Ruleset) -> None:
    class Odd(str):
        __slots__ = ()

        def encode(self, *_: object) -> bytes:  # type: ignore[override]
            return b"buy now"

    assert ruleset.classify(Odd("\ud800")).action == "allow"
    assert ruleset.classify(Odd("buy now")).action == "review"
