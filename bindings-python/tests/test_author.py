"""Linting and formatting from Python."""

from datetime import date

import pytest

import tamis

POLICY = """\
policy: p
rules:
  - id: a
    action: review
    patterns: [gold, Gold]
    expires: 2026-01-31
    tests: { hit: [gold] }
"""


def names(found):
    return [diagnostic.name for diagnostic in found]


def test_lint_tells_more_than_compiling():
    assert names(tamis.Ruleset.from_str(POLICY).warnings) == []
    assert names(tamis.lint_str(POLICY)) == ["duplicate-pattern"]
    assert names(tamis.lint_str(POLICY, today=date(2026, 2, 1))) == ["duplicate-pattern", "expired"]


def test_fixes_are_bytes_of_the_file(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text(POLICY, "utf-8")
    (found,) = tamis.lint(path)
    assert isinstance(found.fix, tamis.Fix)
    assert found.fix.certain
    (patch,) = found.fix.patches
    data = path.read_bytes()
    path.write_bytes(data[: patch.start] + patch.text.encode() + data[patch.end :])
    assert "patterns: [gold]" in path.read_text("utf-8")
    assert tamis.lint(path) == ()


def test_lint_never_raises_for_a_policy(tmp_path):
    assert names(tamis.lint(tmp_path / "none.yaml")) == ["unreadable-file"]
    assert names(tamis.lint_str("rules: [")) == ["yaml-syntax"]
    assert names(tamis.lint_str("polcy: p")) == ["unknown-key"]


def test_format_policy():
    assert tamis.format_policy("rules: []\npolicy:  'p' # x\n") == "policy: p  # x\nrules: []\n"
    with pytest.raises(tamis.PolicyError):
        tamis.format_policy("rules: [")
