"""Policies of several files: sources, roots, shadow rules, dates."""

import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import tamis
from tamis import _pickle

BASE = """
policy: house-rules
labels: { rude: { review: 2 } }
lists: { words: { file: lists/words.txt } }
rules:
  - { id: darn, label: rude, points: 2, tags: [mild], patterns: [darn], expires: 2026-11-30 }
  - { id: word, label: rude, points: 2, patterns: [{ list: words }] }
"""
SOURCES = {
    "chat/policy.yaml": "policy: chat\nextends: [../base.yaml, pack:profanity-en]\n",
    "base.yaml": BASE,
    "lists/words.txt": "heck\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_sources_are_as_files(folder: Path) -> None:
    path = folder / "chat" / "policy.yaml"
    with pytest.raises(tamis.PolicyError, match="base-outside"):
        tamis.Ruleset.from_file(path)
    on_disk = tamis.Ruleset.from_file(path, root=folder)
    in_memory = tamis.Ruleset.from_sources(SOURCES)
    assert in_memory.fingerprint == on_disk.fingerprint
    assert in_memory.rules[0].id == "house_rules.darn"
    assert [rule.rule for rule in in_memory.classify("heck").rules] == ["house_rules.word"]


def test_a_pickle_needs_no_files(folder: Path) -> None:
    path = folder / "chat" / "policy.yaml"
    made = tamis.Ruleset.from_file(path, root=str(folder), shadow=["mild"])
    data = pickle.dumps(made)
    for name in SOURCES:
        (folder / name).unlink()
    _pickle._compile.cache_clear()
    other = pickle.loads(data)
    assert other.fingerprint == made.fingerprint
    assert other.rules == made.rules
    assert pickle.dumps(other) == data
    kind, source, _, shadow = made.__reduce__()[1]
    assert (kind, shadow) == ("sources", ("mild",))
    assert dict(source) == SOURCES, "packs are not carried along"


@pytest.mark.parametrize(
    "make",
    [
        lambda **kw: tamis.Ruleset.from_sources(SOURCES, **kw),
        lambda **kw: tamis.Ruleset.from_str("policy: p\nextends: [pack:profanity-en]", **kw),
        lambda **kw: tamis.Ruleset.from_dict({"extends": ["pack:profanity-en"]}, **kw),
        lambda **kw: tamis.Ruleset.pack("profanity-en", **kw),
    ],
)
def test_shadow_rules_change_nothing(make: Any) -> None:
    plain, shadowed = make(), make(shadow=("mild",))
    assert plain.fingerprint != shadowed.fingerprint
    mild = [rule.mode for rule in shadowed.rules if "mild" in rule.tags]
    assert len(mild) > 3
    assert set(mild) == {"shadow"}
    assert pickle.loads(pickle.dumps(shadowed)).rules == shadowed.rules
    with pytest.raises(ValueError, match="did you mean `mild`"):
        make(shadow=["midl"])
    with pytest.raises(TypeError, match="not a single one"):
        make(shadow="mild")
    with pytest.raises(TypeError, match="not int"):
        make(shadow=[1])


def test_rules_past_their_date() -> None:
    rules = tamis.Ruleset.from_sources(SOURCES)
    assert rules.expired(date(2026, 11, 30)) == ()
    (late,) = rules.expired(datetime(2026, 12, 1, 8))
    assert (late.name, late.file, late.line) == ("expired", "base.yaml", 6)
    with pytest.raises(TypeError):
        rules.expired("2026-12-01")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sources", "error", "message"),
    [
        ([], TypeError, "must be a dict"),
        ({"a": 1}, TypeError, "both str"),
        ({}, tamis.PolicyError, "no source"),
        ({"../a.yaml": "policy: a"}, tamis.PolicyError, "below a root"),
        ({"a.yaml": "extends: [b.yaml]", "c.yaml": ""}, tamis.PolicyError, "missing-base"),
    ],
)
def test_misuse_of_sources(sources: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        tamis.Ruleset.from_sources(sources)
