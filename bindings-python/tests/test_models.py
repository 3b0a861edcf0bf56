"""Models and calibrated labels, through Python."""

import math
import pickle
from pathlib import Path

import pytest

import tamis

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "spam-model"
OFFER = "FREE GOLD!!! first 20 players only, go to goldshop.example"


@pytest.fixture
def sources() -> dict[str, str]:
    names = ("policy.yaml", "spam.model")
    return {name: (EXAMPLE / name).read_text(encoding="utf-8") for name in names}


def test_a_model_is_a_signal(sources: dict[str, str]) -> None:
    rules = tamis.Ruleset.from_sources(sources)
    assert rules.classify(OFFER).rules[0].rule == "looks_like_spam"
    assert not rules.classify("good game everyone").rules
    assert rules.fingerprint == tamis.Ruleset.from_file(EXAMPLE / "policy.yaml").fingerprint


def test_a_model_travels_in_a_pickle(sources: dict[str, str]) -> None:
    rules = tamis.Ruleset.from_sources(sources)
    again = pickle.loads(pickle.dumps(rules))
    assert again.fingerprint == rules.fingerprint
    assert again.classify(OFFER).to_dict() == rules.classify(OFFER).to_dict()


def test_the_model_is_part_of_the_fingerprint(sources: dict[str, str]) -> None:
    rules = tamis.Ruleset.from_sources(sources)
    sources["policy.yaml"] = (
        sources["policy.yaml"].replace("spamlike:", "looks:").replace("spamlike >", "looks >")
    )
    assert tamis.Ruleset.from_sources(sources).fingerprint != rules.fingerprint


def test_a_damaged_model_is_an_error_with_its_place(sources: dict[str, str]) -> None:
    sources["spam.model"] = sources["spam.model"].replace("bias ", "bias 1")
    with pytest.raises(tamis.PolicyError) as caught:
        tamis.Ruleset.from_sources(sources)
    assert [d.name for d in caught.value.diagnostics] == ["bad-model"]
    assert caught.value.diagnostics[0].file == "spam.model"


def test_scores_have_probabilities(sources: dict[str, str]) -> None:
    rules = tamis.Ruleset.from_sources(sources)
    assert rules.labels[0].calibration == tamis.Calibration(-3.2, 0.9)
    verdict = rules.classify(OFFER)
    score = verdict.scores["spam"]
    expected = 1 / (1 + math.exp(3.2 - 0.9 * score))
    assert verdict.probabilities == {"spam": pytest.approx(expected, rel=1e-12)}
    assert verdict.labels[0].probability == verdict.probabilities["spam"]
    assert verdict.to_dict()["labels"][0]["probability"] == verdict.probabilities["spam"]
    quiet = rules.classify("good game everyone")
    assert quiet.labels == ()
    assert quiet.probabilities == {"spam": pytest.approx(1 / (1 + math.exp(3.2)))}


def test_labels_without_calibration_have_none() -> None:
    rules = tamis.Ruleset.from_str(
        "policy: p\nlabels: { spam: { review: 1 } }\n"
        "rules: [{ id: r, label: spam, points: 1, patterns: [gold] }]"
    )
    verdict = rules.classify("gold")
    assert (rules.labels[0].calibration, verdict.probabilities) == (None, {})
    assert verdict.labels[0].probability is None
    assert "probability" not in verdict.to_dict()["labels"][0]


def test_lists_come_in_all_formats() -> None:
    policy = (
        "policy: p\nlists: { a: { file: a.csv }, b: { file: b.json } }\n"
        "rules: [{ id: r, action: review, patterns: [{ list: a }, { list: b }] }]"
    )
    files = {"a.csv": "text,boundary\ngold,any\n", "b.json": '["silver", {"text": "bronze"}]'}
    rules = tamis.Ruleset.from_sources({"policy.yaml": policy, **files})
    found = [m.text for r in rules.classify("marigold silver bronze").rules for m in r.matches]
    assert found == ["gold", "silver", "bronze"]
    files["a.csv"] = "text,boundary\ngold,anny\n"
    with pytest.raises(tamis.PolicyError) as caught:
        tamis.Ruleset.from_sources({"policy.yaml": policy, **files})
    place = caught.value.diagnostics[0]
    assert (place.file, place.line, place.column) == ("a.csv", 2, 6)
