import copy
import dataclasses
import json
from collections import UserDict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tamis


def test_versions() -> None:
    assert tamis.__version__.count(".") == 2
    assert int(tamis.unicode_version.split(".")[0]) >= 15


def test_fold() -> None:
    assert tamis.fold("ＤＡＲＮ") == "darn"
    assert tamis.fold("\ud800A") == tamis.fold("\ufffda")


def test_latinize() -> None:
    text = "I һаtе it"  # three letters are Cyrillic
    assert tamis.latinize("һаtе", text) == "hate"
    assert tamis.latinize(text, text) == "i hate it"
    assert tamis.latinize("сору", "белый сору день") == "сору"


class TestRuleset:
    def test_description(self, ruleset: tamis.Ruleset) -> None:
        assert ruleset.policy == "forum"
        assert ruleset.version == "2026.11"
        assert ruleset.actions == ("allow", "review", "block")
        assert ruleset.fields == ("text",)
        assert len(ruleset.fingerprint) >= 16
        assert ruleset.memory_usage > 0
        assert ruleset.labels[1] == tamis.Label("threat", "Talk of harm.", {"review": 4.0})
        assert [label.name for label in ruleset.labels] == ["spam", "threat", "quiet"]
        rule = ruleset.rules[0]
        assert (rule.id, rule.label, rule.points, rule.mode) == ("buy_now", "spam", 4.5, "enforce")
        assert rule.tags == ("ads",)
        assert rule.meta == {"owner": "moderators"}
        assert not rule.helper
        assert [rule.id for rule in ruleset.rules if rule.mode == "shadow"] == ["trial"]
        facts = {fact.name: fact for fact in ruleset.facts}
        assert facts["author.age"] == tamis.Fact("author.age", "duration", None)
        assert facts["author.trusted"].default is False
        assert facts["patience"].default == timedelta(days=2)
        assert facts["tags"].default == frozenset({"none"})
        assert repr(ruleset).startswith("Ruleset(policy='forum', version='2026.11', rules=5,")

    def test_warnings_are_diagnostics(self, ruleset: tamis.Ruleset) -> None:
        assert ruleset.warnings
        assert {type(warning) for warning in ruleset.warnings} == {tamis.Diagnostic}
        assert {warning.severity for warning in ruleset.warnings} == {"warning"}

    def test_from_file(self, tmp_path: Path, policy_text: str, ruleset: tamis.Ruleset) -> None:
        path = tmp_path / "policy.yaml"
        path.write_text(policy_text, encoding="utf-8")
        for argument in (path, str(path)):
            loaded = tamis.Ruleset.from_file(argument)
            assert loaded.fingerprint == ruleset.fingerprint

    def test_from_dict(self) -> None:
        policy = {
            "policy": "demo",
            "labels": {"zeta": {"review": 3}, "alpha": {"review": 1.5}},
            "rules": [
                {"id": "a", "label": "zeta", "points": 3, "patterns": ["spam"]},
                {"id": "b", "label": "alpha", "points": 1.5, "patterns": ("ham",)},
            ],
        }
        rules = tamis.Ruleset.from_dict(policy)
        assert [label.name for label in rules.labels] == ["zeta", "alpha"], "order as written"
        assert rules.classify("spam and ham").scores == {"zeta": 3.0, "alpha": 1.5}
        text = tamis.Ruleset.from_str(json.dumps(policy))
        assert text.fingerprint == rules.fingerprint
        assert tamis.Ruleset.from_dict(UserDict(policy)).fingerprint == rules.fingerprint

    def test_packs(self) -> None:
        assert "profanity-en" in tamis.pack_names()
        for name in tamis.pack_names():
            assert tamis.Ruleset.pack(name).rules

    def test_has_no_constructor(self) -> None:
        for cls in (tamis.Ruleset, tamis.Verdict, tamis.Batch):
            with pytest.raises(TypeError):
                cls()

    def test_is_frozen(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("buy now")
        for thing, name in ((ruleset, "policy"), (verdict, "action"), (ruleset, "new")):
            with pytest.raises(AttributeError):
                setattr(thing, name, 1)


class TestVerdict:
    def test_everything(self, ruleset: tamis.Ruleset) -> None:
        text = "Ünïcode 😀: I will kill you. Buy now!"
        verdict = ruleset.classify(text)
        assert verdict.action == "review"
        assert verdict.flagged
        assert verdict.scores == {"spam": 4.5, "threat": 5.0, "quiet": 0.0}
        assert verdict.labels == (
            tamis.LabelScore("spam", 4.5, "review"),
            tamis.LabelScore("threat", 5.0, "review"),
        )
        buy, threat = verdict.rules
        assert (buy.rule, buy.label, buy.points) == ("buy_now", "spam", 4.5)
        assert buy.message == "No advertising here: Buy now."
        assert threat.message is None
        (match,) = buy.matches
        assert (match.group, match.pattern, match.field) == ("patterns", "buy now", "text")
        assert match.text == "Buy now" == text[match.start : match.end]
        assert match.span == (match.start, match.end)
        assert not match.evasion
        assert [m.group for m in threat.matches] == ["act", "who"]
        assert [text[slice(*m.span)] for m in threat.matches] == ["kill", "you"]
        assert not verdict.exempt
        assert not verdict.saturated
        assert verdict.invalid_facts == ()

    def test_parts_are_as_their_classes_make_them(self, ruleset: tamis.Ruleset) -> None:
        """They are made without `__init__`, which is slow for frozen dataclasses."""
        (rule,) = ruleset.classify("B\u200buy now").rules
        assert rule.matches[0].evasion.kinds == ("invisible",)
        parts: list[Any] = [rule, *rule.matches, rule.matches[0].evasion]
        for part in parts:
            made = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
            again = type(part)(**made)
            assert (part, hash(part), repr(part)) == (again, hash(again), repr(again))
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(part, next(iter(made)), None)

    def test_evasion_is_shown(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("ｂｕｙ now")
        (match,) = verdict.rules[0].matches
        assert match.text == "ｂｕｙ now"
        assert match.evasion
        assert match.evasion.kinds == ("forms",)
        assert match.evasion.cost >= 0

    def test_nothing_found(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("hello there")
        assert (verdict.action, verdict.flagged) == ("allow", False)
        assert (verdict.rules, verdict.labels) == ((), ())
        assert set(verdict.scores.values()) == {0.0}
        assert verdict.redact() == "hello there"
        assert ruleset.classify("").action == "allow"

    def test_shadow(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("win the lottery")
        assert (verdict.action, verdict.rules) == ("allow", ())
        assert verdict.shadow.action == "block"
        assert [rule.rule for rule in verdict.shadow.rules] == ["trial"]

    def test_undecided(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("free money")
        assert tamis.UndecidedRule("newcomer_link", ("author.age",)) in verdict.undecided

    def test_exempt(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("buy now", facts={"author.trusted": True})
        assert verdict.exempt
        assert verdict.action == "allow"

    def test_explain(self, ruleset: tamis.Ruleset) -> None:
        explanation = ruleset.classify("buy now, friend").explain()
        assert "review" in explanation
        assert "buy_now" in explanation
        assert "buy now" in explanation

    def test_why_not(self, ruleset: tamis.Ruleset) -> None:
        text = "é: never buy now"
        why = ruleset.classify(text).why_not("buy_now")
        assert (why.rule, why.fired, why.truth, why.action) == ("buy_now", False, "false", "allow")
        assert [reason.cause for reason in why.reasons] == ["exception"]
        assert "removed by the exception `never buy now`" in why.reasons[0].sentence
        assert why.reasons[0].place
        assert str(why).startswith(why.summary)
        found = why.to_dict()["groups"][0]["matches"][0]
        assert (found["start"], found["end"]) == (9, 16)
        assert ruleset.why_not(text, rule="buy_now") == why
        open_question = ruleset.why_not("free money", rule="newcomer_link")
        assert open_question.truth == "unknown"
        assert open_question.missing == ("author.age",)
        with pytest.raises(ValueError, match="did you mean 'buy_now'"):
            ruleset.why_not(text, rule="buynow")

    def test_redact(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("é: buy now, friend")
        assert verdict.redact() == verdict.redact("stars")
        for style in ("stars", "fixed", "first_letter"):
            redacted = verdict.redact(style)
            assert "buy now" not in redacted
            assert redacted.startswith("é: ")
            assert redacted.endswith(", friend")
        assert verdict.redact(text="[removed]") == "é: [removed], friend"
        assert verdict.redact("stars", "block") == "é: buy now, friend"
        assert verdict.redact(at="review") == verdict.redact()

    def test_json(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify("é😀 buy now")
        data = verdict.to_dict()
        assert json.loads(verdict.to_json()) == data
        assert list(data) == [
            *("action", "offsets", "labels", "rules", "shadow"),
            *("undecided", "exempt", "saturated", "ruleset"),
        ]
        assert data["offsets"] == "codepoints"
        assert data["ruleset"] == {
            "policy": "forum",
            "version": "2026.11",
            "fingerprint": ruleset.fingerprint,
            "engine": tamis.__version__,
            "unicode": tamis.unicode_version,
        }
        for offsets, start in (("codepoints", 3), ("utf16", 4), ("bytes", 7)):
            data = verdict.to_dict(offsets)  # type: ignore[arg-type]
            assert data["offsets"] == offsets
            match = data["rules"][0]["matches"][0]
            assert (match["start"], match["end"]) == (start, start + 7)
            assert match["text"] == "buy now"

    def test_repr(self, ruleset: tamis.Ruleset) -> None:
        assert repr(ruleset.classify("buy now")) == (
            "Verdict(action='review', scores={'spam': 4.5}, rules=['buy_now'])"
        )
        assert repr(ruleset.classify("ok", facts={"author.trusted": True})) == (
            "Verdict(action='allow', scores={}, rules=[], exempt=True)"
        )

    def test_equality(self, ruleset: tamis.Ruleset) -> None:
        first, second = ruleset.classify("buy now"), ruleset.classify("buy now")
        assert first == second
        assert first != ruleset.classify("cheap pills")
        assert first != ruleset.classify("Buy now"), "the words found differ"
        assert first != "review"
        assert copy.deepcopy(first) == first


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "fires"),
        [
            ({"author.age": timedelta(days=2)}, True),
            ({"author": {"age": timedelta(days=2)}}, True),
            ({"author": UserDict({"age": "2 days"})}, True),
            ({"author.age": timedelta(days=7, microseconds=-1)}, True),
            ({"author.age": timedelta(days=7)}, False),
            ({"author.age": "1 week"}, False),
            ({"author.age": timedelta(days=-1)}, True),
        ],
    )
    def test_durations(self, ruleset: tamis.Ruleset, facts: Any, fires: bool) -> None:
        verdict = ruleset.classify("free money", facts=facts, strict=True)
        assert [rule.rule for rule in verdict.rules] == ["newcomer_link"] * fires

    @pytest.mark.parametrize("number", [1, 0.95, Decimal("0.95"), True])
    def test_numbers(self, ruleset: tamis.Ruleset, number: Any) -> None:
        verdict = ruleset.classify("x", facts={"toxicity": number, "author.roles": []})
        is_number = number is not True
        assert (verdict.action == "block") is is_number
        assert verdict.invalid_facts == (() if is_number else ("toxicity",))

    @pytest.mark.parametrize("kind", [set, frozenset, list, tuple])
    def test_sets(self, ruleset: tamis.Ruleset, kind: Callable[[list[str]], Any]) -> None:
        for roles, action in ((["mod", "member"], "allow"), (["member"], "block"), ([], "block")):
            facts = {"author.roles": kind(roles), "toxicity": 0}
            assert ruleset.classify("drop table", facts=facts, strict=True).action == action

    @pytest.mark.parametrize(
        "value", [None, float("nan"), "2 apples", 3, object(), b"x", [1], 10**400, {1, "a"}]
    )
    def test_wrong_values_count_as_missing(self, ruleset: tamis.Ruleset, value: Any) -> None:
        verdict = ruleset.classify("free money", facts={"author.age": value})
        assert verdict.invalid_facts == ("author.age",)
        assert verdict.action == "allow"
        with pytest.raises((TypeError, ValueError), match=r"'author\.age'"):
            ruleset.classify("free money", facts={"author.age": value}, strict=True)

    def test_strict(self, ruleset: tamis.Ruleset) -> None:
        for facts, error, message in (
            ({"author.agee": 1}, ValueError, "unknown fact 'author.agee'"),
            ({"author": {"x": {"y": 1}}}, ValueError, r"unknown fact 'author\.x\.y'"),
            ({"author.age": 3}, TypeError, "is a duration, not a number; pass a timedelta"),
            ({"author.age": "soon"}, ValueError, "'soon'"),
            ({"toxicity": float("nan")}, ValueError, "not NaN"),
            ({"toxicity": None}, TypeError, "is a number, not None"),
            ({"author.roles": "mod"}, TypeError, "is a set, not a str"),
            ({"channel": ["a"]}, TypeError, "is a text, not a set of str"),
            ({"author.trusted": 1}, TypeError, "is a bool, not a number"),
        ):
            assert ruleset.classify("x", facts=facts).action == "allow"  # type: ignore[arg-type]
            with pytest.raises(error, match=message):
                ruleset.classify("x", facts=facts, strict=True)  # type: ignore[arg-type]
            with pytest.raises(error, match=message):
                ruleset.is_flagged("x", facts=facts, strict=True)  # type: ignore[arg-type]
            with pytest.raises(error, match=rf"texts\[1\]: .*{message}"):
                ruleset.classify_batch(["x", {"text": "x", "facts": facts}], strict=True)

    def test_a_dict_that_holds_itself(self, ruleset: tamis.Ruleset) -> None:
        facts: dict[str, Any] = {}
        facts["author"] = facts
        assert ruleset.classify("x", facts=facts).action == "allow"

    def test_numpy_scalars(self, ruleset: tamis.Ruleset) -> None:
        numpy = pytest.importorskip("numpy")
        facts = {"toxicity": numpy.float32(0.5), "author.trusted": numpy.bool_(True)}
        assert ruleset.classify("x", facts=facts, strict=True).exempt
        facts = {"toxicity": numpy.int64(1), "channel": numpy.str_("a")}
        assert ruleset.classify("x", facts=facts, strict=True).invalid_facts == ()


class TestFields:
    POLICY = """
policy: posts
fields: [title, body]
labels: { spam: { review: 1 } }
rules:
  - { id: a, label: spam, points: 1, patterns: [buy now] }
"""

    def test_fields(self) -> None:
        rules = tamis.Ruleset.from_str(self.POLICY)
        assert rules.fields == ("title", "body")
        fields = {"title": "é buy now", "body": "fine"}
        verdict = rules.classify(fields=fields, strict=True)
        (match,) = verdict.rules[0].matches
        assert (match.field, match.span, match.text) == ("title", (2, 9), "buy now")
        assert verdict.redact(text="-") == {"title": "é -", "body": "fine"}
        assert rules.is_flagged(fields=fields)
        assert not rules.is_flagged(fields={"title": "buy", "body": "now"})
        batch = rules.classify_batch([{"fields": fields}])
        assert batch[0] == verdict

    def test_unknown_fields(self) -> None:
        rules = tamis.Ruleset.from_str(self.POLICY)
        assert rules.classify(fields={"tilte": "buy now"}).action == "allow"
        with pytest.raises(ValueError, match="unknown field 'tilte'; the policy declares title"):
            rules.classify(fields={"tilte": "buy now"}, strict=True)


class TestBatch:
    TEXTS = ("buy now", "hello", "I kill you", "", "é cheap pills, buy now", "lottery")

    @pytest.mark.parametrize("workers", [0, 1, 2, 5])
    def test_agrees_with_classify(self, ruleset: tamis.Ruleset, workers: int) -> None:
        texts = self.TEXTS * 50
        batch = ruleset.classify_batch(texts, workers=workers)
        verdicts = [ruleset.classify(text) for text in texts]
        assert len(batch) == len(texts) == 300
        assert list(batch) == verdicts
        assert batch.actions == [verdict.action for verdict in verdicts]
        for label in ("spam", "threat", "quiet"):
            assert batch.scores[label] == [verdict.scores[label] for verdict in verdicts]
        assert [v.to_json() for v in batch] == [v.to_json() for v in verdicts]
        assert [ruleset.is_flagged(text) for text in texts] == [v.flagged for v in verdicts]

    def test_rows(self, ruleset: tamis.Ruleset) -> None:
        batch = ruleset.classify_batch(self.TEXTS)
        assert batch[0].action == "review"
        assert batch[-1] == batch[5]
        assert batch[-1] == ruleset.classify("lottery")
        assert [v.action for v in batch[1:3]] == ["allow", "review"]
        assert batch[::-1] == list(batch)[::-1]
        assert batch[9:] == []
        assert batch[True] == batch[1]
        for row in (6, -7, 10**30):
            with pytest.raises(IndexError):
                batch[row]
        with pytest.raises(TypeError, match="rows are numbered; got str"):
            batch["a"]  # type: ignore[call-overload]

    def test_scores(self, ruleset: tamis.Ruleset) -> None:
        scores = ruleset.classify_batch(["buy now", "hello"]).scores
        expected = {"spam": [4.5, 0.0], "threat": [0.0, 0.0], "quiet": [0.0, 0.0]}
        assert dict(scores) == expected
        assert dict(scores.items()) == expected
        assert scores.values() == list(expected.values())
        assert list(scores) == scores.keys() == list(expected)
        assert len(scores) == 3
        assert "spam" in scores
        assert "spma" not in scores
        assert 3 not in scores
        assert scores.get("spma") is None
        assert scores.get("spma", 3) == 3
        assert scores.get("spam") == [4.5, 0.0]
        with pytest.raises(KeyError, match="no label 'spma'; the policy has spam, threat, quiet"):
            scores["spma"]

    def test_documents(self, ruleset: tamis.Ruleset) -> None:
        young, old = {"author": {"age": "1 day"}}, {"author.age": "1 year"}
        documents: list[Any] = [
            "free money",
            {"text": "free money", "facts": young, "id": 7, "labels": ["spam"]},
            {"text": "free money", "facts": old, "lang": None},
            {"text": "free money", "facts": None, "lang": "en"},
        ]
        batch = ruleset.classify_batch(documents)
        assert batch.actions == ["allow", "review", "allow", "allow"]
        batch = ruleset.classify_batch(documents, facts=young)
        assert batch.actions == ["review", "review", "allow", "review"], "its own facts win"

    def test_any_iterable(self, ruleset: tamis.Ruleset) -> None:
        for texts in (iter(["buy now"]), ("buy now",), {"buy now"}, (t for t in ["buy now"])):
            assert ruleset.classify_batch(texts).actions == ["review"]
        assert len(ruleset.classify_batch([])) == 0
        assert ruleset.classify_batch([]).scores["spam"] == []

    def test_repr(self, ruleset: tamis.Ruleset) -> None:
        batch = ruleset.classify_batch(self.TEXTS)
        assert repr(batch) == "Batch(len=6, allow=3, review=3)"
        assert repr(batch.scores) == "BatchScores(labels=['spam', 'threat', 'quiet'], rows=6)"

    def test_a_row_does_not_need_its_batch(self, ruleset: tamis.Ruleset) -> None:
        verdict = ruleset.classify_batch(["é buy now"])[0]
        assert verdict.rules[0].matches[0].text == "buy now"


class TestMisuse:
    """Mistakes in a call raise at once and say what to do."""

    @pytest.mark.parametrize(
        ("call", "error", "message"),
        [
            (lambda r: r.classify(), TypeError, "pass a text, or fields="),
            (lambda r: r.classify("a", fields={}), TypeError, "not both"),
            (lambda r: r.classify(b"a"), TypeError, "not bytes; decode it first"),
            (lambda r: r.classify(3), TypeError, "must be a str, not int"),
            (lambda r: r.classify(fields={"text": 3}), TypeError, "field 'text' must be a str"),
            (lambda r: r.classify(fields=["a"]), TypeError, "fields must be a dict, not list"),
            (lambda r: r.classify("a", facts=[1]), TypeError, "facts must be a dict, not list"),
            (lambda r: r.classify("a", facts={1: 2}), TypeError, "names of facts are str"),
            (lambda r: r.classify("a", "b"), TypeError, "positional"),
            (lambda r: r.classify("a", lang=3), TypeError, "lang must be a str, not int"),
            (lambda r: r.classify_batch("buy now"), TypeError, "not a single one"),
            (lambda r: r.classify_batch({"text": "a"}), TypeError, "not a single one"),
            (lambda r: r.classify_batch(3), TypeError, "not iterable"),
            (lambda r: r.classify_batch(["a", None]), TypeError, r"texts\[1\]: expected str"),
            (lambda r: r.classify_batch([{"txt": "a"}]), ValueError, "unknown key 'txt'"),
            (lambda r: r.classify_batch([{}]), ValueError, "needs text or fields"),
            (lambda r: r.classify_batch([{"text": 3}]), TypeError, r"texts\[0\]: text must be"),
            (
                lambda r: r.classify_batch([{"text": "a", "fields": {}}]),
                ValueError,
                "text or fields, not both",
            ),
            (lambda r: r.classify_batch(["a"], workers=-1), ValueError, "0 for all cores"),
            (lambda r: r.classify("a").redact("dots"), ValueError, "'stars', 'fixed'"),
            (lambda r: r.classify("a").redact(at="ban"), ValueError, "has allow, review, block"),
            (lambda r: r.classify("a").to_json("chars"), ValueError, "'codepoints', 'bytes'"),
            (lambda r: r.from_dict({"policy": {1}}), TypeError, r"at policy, not \{1\}"),
            (lambda r: r.from_dict({"policy": {1: 2}}), TypeError, "expected a str at policy"),
            (lambda r: r.from_dict({"a": float("inf")}), TypeError, "finite number at a"),
            (lambda r: r.from_dict({"a": [0, 10**30]}), TypeError, r"at a\.1"),
            (lambda r: r.from_file(3), TypeError, "int"),
            (lambda _: tamis.fold(3), TypeError, "int"),  # type: ignore[arg-type]
        ],
    )
    def test_misuse(
        self,
        ruleset: tamis.Ruleset,
        call: Callable[[tamis.Ruleset], Any],
        error: type[Exception],
        message: str,
    ) -> None:
        with pytest.raises(error, match=message):
            call(ruleset)

    def test_a_policy_that_holds_itself(self) -> None:
        policy: dict[str, Any] = {}
        policy["rules"] = [policy]
        with pytest.raises(ValueError, match="nested too deeply"):
            tamis.Ruleset.from_dict(policy)

    def test_an_iterable_that_raises(self, ruleset: tamis.Ruleset) -> None:
        def texts() -> Any:
            yield "a"
            raise KeyError("mine")

        with pytest.raises(KeyError, match="mine"):
            ruleset.classify_batch(texts())
