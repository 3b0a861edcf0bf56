"""The JSON Schema of policies, against validators and readers of YAML that are not ours."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

import tamis

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "policy.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


class Yaml12(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `no` is a text, `2026-11-30` too."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"null|", "n"),
]:
    Yaml12.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first)
    )


def problems(text):
    return [error.message for error in VALIDATOR.iter_errors(yaml.load(text, Yaml12))]


def policies(*folders):
    return sorted(path for folder in folders for path in (ROOT / folder).glob("**/*.yaml"))


def test_the_schema_is_one():
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "path",
    policies("core/packs", "examples"),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_packs_and_examples_are_valid(path):
    assert problems(path.read_text("utf-8")) == []


def goldens():
    return [path for path in policies("tests/diagnostics") if path.parent.name == "diagnostics"]


@pytest.mark.parametrize("path", goldens(), ids=lambda path: path.name)
def test_what_compiles_is_valid(path):
    try:
        tamis.Ruleset.from_file(path)
    except tamis.PolicyError:
        pytest.skip("it has errors")
    assert problems(path.read_text("utf-8")) == []


SHAPE = [
    "bad-date.yaml",
    "bad-value.yaml",
    "conflicting-keys.yaml",
    "missing-key.yaml",
    "unknown-entity.yaml",
    "unknown-key.yaml",
    "unknown-key.entity.yaml",
    "wrong-type.yaml",
    "threshold-not-positive.yaml",
]


@pytest.mark.parametrize("name", SHAPE)
def test_mistakes_of_form_are_found(name):
    assert problems((ROOT / "tests" / "diagnostics" / name).read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "polcy: p",
        "rules: [{ patterns: [a] }]",
        "rules: [{ id: 'no spaces' }]",
        "rules: [{ id: a, patterns: [{ text: a, regex: b }] }]",
        "rules: [{ id: a, patterns: [{ text: a, view: raw }] }]",
        "rules: [{ id: a, patterns: [{ entity: email, region: US }] }]",
        "rules: [{ id: a, patterns: [{ entity: phone, boundary: any }] }]",
        "rules: [{ id: a, patterns: [{ domain: a.example, case: sensitive }] }]",
        "rules: [{ id: a, except: [{ quoted: true, words: 2 }] }]",
        "rules: [{ id: a, lint_ignore: [nonsense] }]",
        "rules: [{ id: a, tests: { hit: [{ facts: {} }] } }]",
        "labels: { spam: { review: 0 } }",
        "labels: { spam: { description: x, review: 3 } }",
        "lists: { a: { file: a.docx } }",
        "lists: { a: { file: a.txt, add: [b] } }",
        "facts: { a: int }",
        "limits: { patterns: 99999999999 }",
        "extends: [{ mode: shadow }]",
    ],
)
def test_it_refuses(text):
    assert problems(text)


def test_texts_may_look_like_numbers():
    assert problems("policy: 007\nversion: 2026.10\nlists: { a: [no, 7, true, 1e3] }\n") == []
