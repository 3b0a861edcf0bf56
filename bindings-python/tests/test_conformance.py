"""The conformance cases of `tests/cases`, the same files that the Rust suite runs."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tamis

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = Path(__file__).resolve().parents[2] / "tests" / "cases"

# What a case may expect. What was suppressed shows in Rust only.
EXPECTATIONS = {
    *("action", "scores", "labels", "fired", "found", "suppressed", "shadow", "shadow_action"),
    *("undecided", "invalid_facts", "exempt", "saturated"),
}
CASE_KEYS = {"name", "policy", "with", "text", "fields", "facts", "lang", "expect"}


def load() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in data["case"]:
            case.setdefault("policy", data.get("policy"))
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


ALL = list(load())


@pytest.mark.parametrize("case", ALL)
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= CASE_KEYS
    expect = case["expect"]
    assert expect
    assert set(expect) <= EXPECTATIONS
    rules = tamis.Ruleset.from_str(fill(case["policy"], case.get("with", {})))
    document = {key: case[key] for key in ("text", "fields", "facts", "lang") if key in case}
    verdict = rules.classify(**document)
    for name, expected in expect.items():
        if name != "suppressed":
            found = OBSERVE[name](verdict)
            assert covers(found, expected), f"{name}: {found}"
    consistent(rules, verdict, document)


def fill(policy: str, values: dict[str, Any]) -> str:
    for name, value in values.items():
        policy = policy.replace("{{" + name + "}}", str(value))
    return policy


def rules_of(fired: tuple[tamis.FiredRule, ...]) -> list[dict[str, Any]]:
    return [
        {
            "rule": rule.rule,
            "label": rule.label,
            "points": rule.points,
            "message": rule.message,
            "matches": [
                {
                    "group": match.group,
                    "pattern": match.pattern,
                    "field": match.field,
                    "start": match.start,
                    "end": match.end,
                    "text": match.text,
                    "kinds": list(match.evasion.kinds),
                }
                for match in rule.matches
            ],
        }
        for rule in fired
    ]


OBSERVE: dict[str, Any] = {
    "action": lambda v: v.action,
    "scores": lambda v: {label: score for label, score in v.scores.items() if score},
    "labels": lambda v: {label.label: label.action for label in v.labels},
    "fired": lambda v: rules_of(v.rules),
    "found": lambda v: [m.text for r in v.rules for m in r.matches],
    "shadow": lambda v: rules_of(v.shadow.rules),
    "shadow_action": lambda v: v.shadow.action,
    "undecided": lambda v: [{"rule": u.rule, "missing": list(u.missing)} for u in v.undecided],
    "invalid_facts": lambda v: list(v.invalid_facts),
    "exempt": lambda v: v.exempt,
    "saturated": lambda v: v.saturated,
}


def covers(found: Any, expected: Any) -> bool:
    """A table in a list may leave keys out; everything else is exact."""
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(covers, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict) and "rule" in found:
        return all(key in found and covers(found[key], value) for key, value in expected.items())
    if isinstance(expected, dict) and isinstance(found, dict) and "pattern" in found:
        return all(key in found and covers(found[key], value) for key, value in expected.items())
    return bool(found == expected)


def consistent(rules: tamis.Ruleset, verdict: tamis.Verdict, document: dict[str, Any]) -> None:
    """What holds of every verdict."""
    fields = document.get("fields") or {"text": document["text"]}
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
