"""How the package is used, checked by `mypy --strict`; never run."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from typing_extensions import assert_type

import tamis

rules = tamis.Ruleset.from_file("policy.yaml")
assert_type(rules, tamis.Ruleset)
assert_type(tamis.Ruleset.from_file(Path("policy.yaml")), tamis.Ruleset)
assert_type(tamis.Ruleset.from_dict({"policy": "demo", "rules": []}), tamis.Ruleset)
assert_type(tamis.Ruleset.from_file("p.yaml", root=Path(), shadow=["mild"]), tamis.Ruleset)
assert_type(tamis.Ruleset.from_sources({"p.yaml": "policy: demo"}), tamis.Ruleset)
assert_type(rules.expired(date(2026, 11, 30)), tuple[tamis.Diagnostic, ...])
assert_type(rules.labels[0].thresholds, dict[str, float])

author = {"age": timedelta(days=2), "trusted": True}
verdict = rules.classify("text", facts={"author": author, "score": Decimal("0.5"), "tags": {"a"}})
assert_type(verdict, tamis.Verdict)
assert_type(verdict.action, str)
assert_type(verdict.scores, dict[str, float])
assert_type(verdict.rules[0].matches[0].span, tuple[int, int])
assert_type(verdict.rules[0].matches[0].evasion.kinds, tuple[str, ...])
assert_type(verdict.shadow.rules, tuple[tamis.FiredRule, ...])
assert_type(verdict.to_dict("utf16"), dict[str, Any])
assert_type(rules.classify(fields={"title": "a"}).flagged, bool)
redacted: str = verdict.redact("stars", at="block")
per_field: dict[str, str] = rules.classify(fields={"title": "a"}).redact(text="-")

documents: list[dict[str, Any]] = [{"text": "a", "facts": {"x": 1}}]
batch = rules.classify_batch(documents, workers=2)
assert_type(batch, tamis.Batch)
assert_type(rules.classify_batch(["a", {"text": "b"}]).actions, list[str])
assert_type(batch[0], tamis.Verdict)
assert_type(batch[1:], list[tamis.Verdict])
assert_type([v.action for v in batch], list[str])
assert_type(batch.scores["spam"], list[float])
assert_type(dict(batch.scores), dict[str, list[float]])

try:
    tamis.Ruleset.from_str("")
except tamis.PolicyError as error:
    assert_type(error.diagnostics, tuple[tamis.Diagnostic, ...])
    assert_type(error.diagnostics[0].hint, str | None)
