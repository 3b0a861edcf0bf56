import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import tamis
from tamis import _types

BROKEN = """\
policy: forum
labels:
  spam: { review: 3 }
rules:
  - { id: é, label: spam, points: 1, patterns: [x] }
  - { id: twice, label: spma, points: 1, patterns: [buy] }
  - { id: twice, label: spam, points: 1, pattern: [buy] }
"""


def error_of(text: str) -> tamis.PolicyError:
    with pytest.raises(tamis.PolicyError) as caught:
        tamis.Ruleset.from_str(text)
    return caught.value


def test_all_errors_at_once() -> None:
    error = error_of(BROKEN)
    assert isinstance(error, ValueError)
    names = [diagnostic.name for diagnostic in error.diagnostics]
    assert {"unknown-label", "unknown-key"} <= set(names)
    for diagnostic in error.diagnostics:
        assert diagnostic.code[0] in "EW"
        assert diagnostic.severity in ("error", "warning")
        assert str(diagnostic) == diagnostic.rendered
        if diagnostic.severity == "error":
            assert diagnostic.rendered.strip() in str(error)


def test_warnings_do_not_bury_errors(ruleset: tamis.Ruleset) -> None:
    errors = error_of(BROKEN).diagnostics
    error = _types.policy_error((*ruleset.warnings[:2], errors[0]))
    assert str(error) == (
        "the policy has 1 error (and 2 warnings, see `diagnostics`)\n\n"
        + errors[0].rendered.strip()
    )
    assert len(error.diagnostics) == 3


def test_the_place_and_the_hint() -> None:
    diagnostic = next(d for d in error_of(BROKEN).diagnostics if d.name == "unknown-label")
    line = BROKEN.splitlines()[diagnostic.line - 1]
    assert diagnostic.line == diagnostic.end_line == 6
    assert line[diagnostic.column - 1 : diagnostic.end_column - 1] == "spma"
    assert diagnostic.hint is not None
    assert "spam" in diagnostic.hint


def test_columns_count_code_points() -> None:
    text = "policy: forum\nlabels: { é😀: { review: 3 }, spam: { reveiw: 3 } }\n"
    names = {d.name: d for d in error_of(text).diagnostics}
    diagnostic = names["unknown-action"]
    line = text.splitlines()[1]
    assert line[diagnostic.column - 1 : diagnostic.end_column - 1] == "reveiw"


def test_a_second_place() -> None:
    text = BROKEN.replace("é", "a").replace("spma", "spam").replace("pattern:", "patterns:")
    (diagnostic,) = (d for d in error_of(text).diagnostics if d.severity == "error")
    assert diagnostic.name == "duplicate-name"
    assert [(label.line, type(label)) for label in diagnostic.labels] == [
        (6, tamis.DiagnosticLabel)
    ]


def test_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(tamis.PolicyError, match=r"broken\.yaml:6:") as caught:
        tamis.Ruleset.from_file(path)
    assert all(d.file.endswith("broken.yaml") for d in caught.value.diagnostics)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"policy: caf\xe9\n")
    for path, name in (
        (tmp_path / "missing.yaml", "unreadable-file"),
        (tmp_path, "unreadable-file"),
        (tmp_path / "latin.yaml", "not-utf8"),
    ):
        with pytest.raises(tamis.PolicyError) as caught:
            tamis.Ruleset.from_file(path)
        assert [d.name for d in caught.value.diagnostics] == [name]
        assert str(path) in str(caught.value)


def test_dicts_and_packs() -> None:
    with pytest.raises(tamis.PolicyError) as caught:
        tamis.Ruleset.from_dict({"policy": 5, "rules": [{"id": "a"}]})
    names = {d.name for d in caught.value.diagnostics}
    assert "not-text" in names
    with pytest.raises(tamis.PolicyError, match="profanity-en"):
        tamis.Ruleset.pack("profanity-english")


def test_a_policy_with_a_lone_surrogate() -> None:
    assert error_of("policy: \ud800\nx: 1").diagnostics


def test_errors_survive_pickling() -> None:
    error = error_of(BROKEN)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.diagnostics) == (str(error), error.diagnostics)
    assert type(copy) is tamis.PolicyError


def test_diagnostics_are_frozen_and_hashable() -> None:
    diagnostic = error_of(BROKEN).diagnostics[0]
    with pytest.raises(AttributeError):
        diagnostic.message = "other"  # type: ignore[misc]
    assert len({diagnostic, pickle.loads(pickle.dumps(diagnostic))}) == 1


def test_an_error_without_diagnostics() -> None:
    error = tamis.PolicyError("mine")
    assert (str(error), error.diagnostics) == ("mine", ())


def test_a_traceback_shows_the_excerpt() -> None:
    program = f"import tamis; tamis.Ruleset.from_str({json.dumps(BROKEN)})"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1
    assert "tamis.PolicyError: " in run.stderr
    assert "spma" in run.stderr
    assert "^^^^" in run.stderr
