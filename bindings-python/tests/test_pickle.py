import copy
import pickle
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import tamis
from tamis import _pickle

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


def elsewhere(data: bytes, expression: str) -> str:
    """Evaluates an expression of `x`, unpickled by another process in another directory."""
    program = f"import pickle, sys; x = pickle.loads(sys.stdin.buffer.read()); print({expression})"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        input=data,
        capture_output=True,
        cwd="/",
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().strip()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_rulesets(ruleset: tamis.Ruleset, protocol: int) -> None:
    _pickle._compile.cache_clear()
    other = pickle.loads(pickle.dumps(ruleset, protocol))
    assert other is not ruleset
    assert other.fingerprint == ruleset.fingerprint
    assert other.classify("buy now") == ruleset.classify("buy now")


def test_every_way_to_make_one() -> None:
    policy = {"policy": "demo", "labels": {"b": {"review": 1}, "a": {"review": 1}}}
    for made in (
        tamis.Ruleset.from_dict(policy),
        tamis.Ruleset.from_str("policy: demo"),
        tamis.Ruleset.pack("profanity-en"),
    ):
        _pickle._compile.cache_clear()
        other = pickle.loads(pickle.dumps(made))
        assert other.fingerprint == made.fingerprint
        assert other.labels == made.labels
        assert elsewhere(pickle.dumps(made), "x.fingerprint") == made.fingerprint


def test_files_are_not_needed_again(tmp_path: Path) -> None:
    words = tmp_path / "lists" / "words.txt"
    words.parent.mkdir()
    words.write_text("buy now # an advertisement\ncheap pills\n", encoding="utf-8")
    path = tmp_path / "policy.yaml"
    path.write_text(
        "policy: demo\n"
        "labels: { spam: { review: 1 } }\n"
        "lists: { words: { file: lists/words.txt } }\n"
        "rules: [{ id: a, label: spam, points: 1, patterns: [{ list: words }] }]\n",
        encoding="utf-8",
    )
    made = tamis.Ruleset.from_file(path)
    data = pickle.dumps(made)
    words.unlink()
    path.unlink()
    assert elsewhere(data, "x.fingerprint") == made.fingerprint
    assert elsewhere(data, "x.classify('Buy now').rules[0].matches[0].span") == "(0, 7)"
    again = pickle.dumps(pickle.loads(data))
    assert elsewhere(again, "x.fingerprint") == made.fingerprint


def test_files_stay_in_their_folder() -> None:
    for name in ("../list.txt", "/list.txt", "a/../../list.txt"):
        policy = "lists: { a: { file: " + name + " } }"
        with pytest.raises(tamis.PolicyError, match="list-file-outside"):
            _pickle.restore_ruleset("sources", (("policy.yaml", policy),), "")


def test_verdicts(ruleset: tamis.Ruleset) -> None:
    facts = {"author.age": timedelta(days=2, microseconds=1), "toxicity": 0.25, "tags": ["a"]}
    odd = {"author.age": object(), "toxicity": None, "author.roles": [1]}
    for verdict in (
        ruleset.classify("é: buy now"),
        ruleset.classify("free money", facts=facts, lang="en"),
        ruleset.classify("free money", facts=odd),
        ruleset.classify(fields={"text": "buy now", "other": "x"}),
        ruleset.classify("\ud800 buy now"),
        ruleset.classify_batch(["a", "kill you"])[1],
    ):
        for protocol in PROTOCOLS:
            other = pickle.loads(pickle.dumps(verdict, protocol))
            assert other == verdict
            assert other.to_json() == verdict.to_json()
            assert other.redact() == verdict.redact()
        assert elsewhere(pickle.dumps(verdict), "x.action") == verdict.action


def test_batches(ruleset: tamis.Ruleset) -> None:
    documents = ["buy now", {"text": "free money", "facts": {"author.age": "1 day"}}, "ok"]
    batch = ruleset.classify_batch(documents, facts={"toxicity": 0.1})
    other = pickle.loads(pickle.dumps(batch))
    assert list(other) == list(batch)
    assert other.actions == ["review", "review", "allow"]


def test_parts(ruleset: tamis.Ruleset) -> None:
    verdict = ruleset.classify("I kill you")
    for part in (*verdict.rules, *verdict.labels, verdict.shadow, *ruleset.rules, *ruleset.facts):
        assert pickle.loads(pickle.dumps(part)) == part
        assert copy.copy(part) == part


def test_verdicts_share_their_ruleset(ruleset: tamis.Ruleset) -> None:
    verdicts = list(ruleset.classify_batch(["buy now"] * 100))
    assert len(pickle.dumps(verdicts)) < len(pickle.dumps(verdicts[0])) + 100 * 100


def test_compiled_once_for_many_pickles(ruleset: tamis.Ruleset) -> None:
    _pickle._compile.cache_clear()
    data = pickle.dumps(ruleset.classify("buy now"))
    for _ in range(10):
        pickle.loads(data)
    assert _pickle._compile.cache_info().misses == 1


def test_another_version_is_noticed(ruleset: tamis.Ruleset) -> None:
    _, (kind, source, _, _) = ruleset.__reduce__()
    with pytest.warns(RuntimeWarning, match="another version of tamis"):
        _pickle.restore_ruleset(kind, source, "0" * 64)
    with pytest.raises(ValueError, match="later version of tamis"):
        _pickle.restore_ruleset("other", source, "")
