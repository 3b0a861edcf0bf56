import copy
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import tamis
from tamis import _pickle

TEXTS = ["buy now", "nothing", "BUY   N\u00d3W!", "b.u.y n.o.w", ""]


def test_what_is_loaded_decides_the_same(ruleset: tamis.Ruleset) -> None:
    data = ruleset.to_bytes()
    assert isinstance(data, bytes)
    loaded = tamis.Ruleset.from_bytes(data)
    assert loaded.to_bytes() == data
    for attribute in ("fingerprint", "labels", "rules", "facts", "fields", "actions", "version"):
        assert getattr(loaded, attribute) == getattr(ruleset, attribute), attribute
    assert repr(loaded) == repr(ruleset)
    assert loaded.warnings == ()
    for text in TEXTS:
        assert loaded.classify(text) == ruleset.classify(text)
        assert loaded.classify(text).to_json() == ruleset.classify(text).to_json()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: b"", "is not a compiled ruleset"),
        (lambda data: b"policy: demo", "is not a compiled ruleset"),
        (lambda data: data[:-1], "is cut off"),
        (lambda data: data + b"x", "has 1 byte after its end"),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "checksum does not fit"),
        (lambda data: data[:8] + b"\x09" + data[9:], "of format 9"),
    ],
)
def test_what_is_no_good(  # type: ignore[no-untyped-def]
    ruleset: tamis.Ruleset, change, message: str
) -> None:
    with pytest.raises(ValueError, match=f"the data .*{message}"):
        tamis.Ruleset.from_bytes(change(ruleset.to_bytes()))
    with pytest.raises(TypeError):
        tamis.Ruleset.from_bytes("text")  # type: ignore[arg-type]


def test_a_loaded_one_is_pickled_as_its_bytes(ruleset: tamis.Ruleset) -> None:
    loaded = tamis.Ruleset.from_bytes(ruleset.to_bytes())
    _pickle._compile.cache_clear()
    other = pickle.loads(pickle.dumps(loaded))
    assert other.fingerprint == ruleset.fingerprint
    verdict = pickle.loads(pickle.dumps(loaded.classify("buy now")))
    assert verdict == ruleset.classify("buy now")
    assert copy.deepcopy(loaded).fingerprint == ruleset.fingerprint


def test_another_process_loads_it(ruleset: tamis.Ruleset, tmp_path: Path) -> None:
    path = tmp_path / "policy.tamis"
    path.write_bytes(ruleset.to_bytes())
    program = "import sys, tamis; print(tamis.Ruleset.from_bytes(open(sys.argv[1], 'rb').read()))"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == repr(ruleset)


def test_a_compiled_file_is_no_policy(ruleset: tamis.Ruleset, tmp_path: Path) -> None:
    path = tmp_path / "policy.tamis"
    path.write_bytes(ruleset.to_bytes())
    with pytest.raises(tamis.PolicyError, match="is a compiled ruleset, not a policy"):
        tamis.Ruleset.from_file(path)


def test_dates_are_kept() -> None:
    made = tamis.Ruleset.from_str(
        "policy: d\nrules: [{ id: a, action: review, patterns: [x1], expires: 2026-11-30 }]\n"
    )
    loaded = tamis.Ruleset.from_bytes(made.to_bytes())
    assert loaded.expired(date(2026, 11, 30)) == ()
    [warning] = loaded.expired(date(2026, 12, 1))
    assert "`a` expired on 2026-11-30" in warning.message
