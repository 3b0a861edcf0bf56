"""The conformance cases of `tests/cases`, the same files that the Rust suite runs."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import tamis

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"

CASE_KEYS = {"name", "policy", "files", "with", "text", "fields", "facts", "lang", "expect"}


def load() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in data["case"]:
            case.setdefault("policy", data.get("policy"))
            case["files"] = {**data.get("files", {}), **case.get("files", {})}
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


ALL = list(load())


@pytest.mark.parametrize("case", ALL)
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= CASE_KEYS
    expect = case["expect"]
    assert expect
    assert set(expect) <= {*OBSERVE, "suppressed"}
    policy = fill(case["policy"], case.get("with", {}))
    if case["files"]:
        rules = tamis.Ruleset.from_sources({"policy.yaml": policy, **case["files"]})
    else:
        rules = tamis.Ruleset.from_str(policy)
    document = {key: case[key] for key in ("text", "fields", "facts", "lang") if key in case}
    verdict = rules.classify(**document)
    for name, expected in expect.items():
        if name != "suppressed":  # which shows in Rust only
            found = OBSERVE[name](verdict)
            assert covers(found, expected), f"{name}: {found}"
    consistent(rules, verdict, document)


def fill(policy: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        policy = policy.replace("{{" + name + "}}", value)
    return policy


# How each expectation shows in a verdict.
OBSERVE: dict[str, Callable[[tamis.Verdict], Any]] = {
    "action": lambda v: v.action,
    "scores": lambda v: {label.label: label.score for label in v.labels},
    "probabilities": lambda v: {
        label.label: round(label.probability, 12)
        for label in v.labels
        if label.probability is not None
    },
    "labels": lambda v: {label.label: label.action for label in v.labels},
    "fired": lambda v: list(v.rules),
    "found": lambda v: [m.text for r in v.rules for m in r.matches],
    "shadow": lambda v: list(v.shadow.rules),
    "shadow_action": lambda v: v.shadow.action,
    "undecided": lambda v: list(v.undecided),
    "invalid_facts": lambda v: list(v.invalid_facts),
    "exempt": lambda v: v.exempt,
    "redacted": lambda v: v.redact(),
}


def covers(found: Any, expected: Any) -> bool:
    """True if `found` is as expected; a table states some attributes, a text the main one."""
    if isinstance(found, list | tuple) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(covers, found, expected))
    if isinstance(found, tamis.Match):
        if isinstance(expected, str):
            return found.text == expected
        kinds = expected.get("kinds", found.evasion.kinds)
        same_kinds = set(kinds) == set(found.evasion.kinds)
        same_cost = expected.get("cost", found.evasion.cost) == found.evasion.cost
        inside = ("kinds", "cost", "rule")
        rest = {key: value for key, value in expected.items() if key not in inside}
        same_rest = all(getattr(found, key) == value for key, value in rest.items())
        return same_kinds and same_cost and same_rest
    if isinstance(found, tamis.FiredRule | tamis.UndecidedRule):
        if isinstance(expected, str):
            return found.rule == expected
        return all(covers(getattr(found, key), value) for key, value in expected.items())
    return bool(found == expected)


def consistent(rules: tamis.Ruleset, verdict: tamis.Verdict, document: dict[str, Any]) -> None:
    """What holds of every verdict."""
    fields = document.get("fields") or {rules.fields[0]: document["text"]}
    for rule in (*verdict.rules, *verdict.shadow.rules):
        for match in rule.matches:
            assert fields[match.field][match.start : match.end] == match.text
    assert verdict.flagged == (verdict.action != rules.actions[0])
    assert rules.is_flagged(**document) == verdict.flagged
    assert rules.classify_batch([document, document], workers=2)[1] == verdict
    data = verdict.to_dict()
    assert data["action"] == verdict.action
    assert len(data["rules"]) == len(verdict.rules)
    assert verdict.explain()
    verdict.redact()


def test_it_saw_the_cases() -> None:
    assert len(ALL) >= 150
    files = Counter(case.id.split(":")[0] for case in ALL)
    assert len(files) >= 5
