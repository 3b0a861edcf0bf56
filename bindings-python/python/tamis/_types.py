"""Values that are read: parts of verdicts, descriptions of policies, diagnostics.

All are frozen dataclasses. The native module makes them, from what it found or from JSON.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

# What a verdict consists of.


@dataclass(frozen=True, slots=True)
class Evasion:
    """What was undone to see a match: its cost and its kinds. False when nothing was."""

    cost: float
    kinds: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found at a place of the original text; offsets count code points."""

    group: str
    pattern: str
    field: str
    start: int
    end: int
    text: str
    evasion: Evasion

    @property
    def span(self) -> tuple[int, int]:
        """`(start, end)`."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule whose condition was true, what it added and what it matched."""

    rule: str
    label: str | None
    points: float
    message: str | None
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class LabelScore:
    """The score of a label and the action its thresholds give it.

    `probability` is what the label's `calibration` makes of the score, if it has one.
    """

    label: str
    score: float
    action: str
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Shadow:
    """The action if rules in shadow mode were enforced too, and those that fired."""

    action: str
    rules: tuple[FiredRule, ...]


@dataclass(frozen=True, slots=True)
class UndecidedRule:
    """A rule that could not be decided, and the facts it lacked."""

    rule: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyNotReason:
    """One reason why a rule did not fire or changed nothing, as a kind and as a sentence."""

    cause: str
    sentence: str
    level: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a rule did not fire on a document, or fired and changed nothing; `str()` says it.

    `truth` is the value of its condition: "true", "false" or "unknown". `missing` are the
    facts it lacked, `to_dict()` has all of it: every part of the condition, what each group
    found and what removed it, and the score.
    """

    rule: str
    fired: bool
    truth: Literal["true", "false", "unknown"]
    action: str
    summary: str
    reasons: tuple[WhyNotReason, ...]
    missing: tuple[str, ...]
    _json: str = field(repr=False)
    _text: str = field(repr=False)

    def to_json(self) -> str:
        """All of it as JSON."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The same as Python data."""
        return json.loads(self._json)  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return self._text


# What a policy consists of.


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a score becomes a probability: the logistic function of `bias + slope * score`."""

    bias: float
    slope: float


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a policy and the score each action starts at."""

    name: str
    description: str | None
    thresholds: dict[str, float]
    calibration: Calibration | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a policy. A helper has neither label nor action and is never reported."""

    id: str
    label: str | None
    points: float
    action: str | None
    mode: Literal["enforce", "shadow", "disabled"]
    message: str | None
    description: str | None
    tags: tuple[str, ...]
    meta: dict[str, str]
    helper: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact a policy asks for, and its value when the caller gives none."""

    name: str
    type: Literal["number", "bool", "text", "duration", "set"]
    default: bool | float | str | timedelta | frozenset[str] | None


# What there is to say about a policy.


@dataclass(frozen=True, slots=True)
class DiagnosticLabel:
    """Another place a diagnostic points at, such as the first of two declarations."""

    file: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Patch:
    """Bytes of a policy file to replace: those from `start` up to `end`, which may be none."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend: all of its patches, or none. `certain`: nobody needs to look at it before."""

    certain: bool
    patches: tuple[Patch, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong or odd, with its place; lines and columns count from 1."""

    code: str
    name: str
    severity: Literal["error", "warning"]
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    hint: str | None
    labels: tuple[DiagnosticLabel, ...]
    fix: Fix | None
    rendered: str

    def __str__(self) -> str:
        return self.rendered


class PolicyError(ValueError):
    """A policy that does not compile; `diagnostics` holds everything that is wrong with it."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message, diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The errors, and the warnings beside them, by file and place."""
        return self.args[1]  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return str(self.args[0])


PolicyError.__module__ = "tamis"


# Called by the native module.


def diagnostics(data: str) -> tuple[Diagnostic, ...]:
    """Diagnostics from their JSON."""
    return tuple(_diagnostic(**item) for item in json.loads(data))


def policy_error(diagnostics: tuple[Diagnostic, ...]) -> PolicyError:
    """The exception for a policy with these diagnostics; its text leaves the warnings out."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    warnings = len(diagnostics) - len(errors)
    text = f"the policy has {_count(len(errors), 'error')}"
    if warnings:
        text += f" (and {_count(warnings, 'warning')}, see `diagnostics`)"
    return PolicyError("\n\n".join([text, *(e.rendered.strip() for e in errors)]), diagnostics)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _diagnostic(
    *,
    labels: list[dict[str, Any]] | None = None,
    hint: str | None = None,
    fix: dict[str, Any] | None = None,
    **rest: Any,
) -> Diagnostic:
    places = tuple(DiagnosticLabel(**label) for label in labels or ())
    mend = fix and Fix(fix["certain"], tuple(Patch(**patch) for patch in fix["patches"]))
    return Diagnostic(hint=hint, labels=places, fix=mend or None, **rest)


def why_not(data: str, text: str) -> WhyNot:
    """An answer from its JSON and its sentences."""
    answer = json.loads(data)
    return WhyNot(
        rule=answer["rule"],
        fired=answer["fired"],
        truth=answer["truth"],
        action=answer["action"],
        summary=answer["summary"],
        reasons=tuple(_reason(**reason) for reason in answer["reasons"]),
        missing=tuple(answer["missing"]),
        _json=data,
        _text=text.rstrip("\n"),
    )


def _reason(
    *,
    cause: str,
    sentence: str,
    level: str | None = None,
    place: dict[str, Any] | None = None,
    **_: Any,
) -> WhyNotReason:
    where = "{file}:{line}:{column}".format(**place) if place else None
    return WhyNotReason(cause, sentence, level, where)


def labels(data: str) -> tuple[Label, ...]:
    """Labels from their JSON."""
    return tuple(
        Label(
            item["name"],
            item["description"],
            dict(item["thresholds"]),
            item["calibration"] and Calibration(*item["calibration"]),
        )
        for item in json.loads(data)
    )


def rules(data: str) -> tuple[Rule, ...]:
    """Rules from their JSON."""
    return tuple(
        Rule(**{**item, "tags": tuple(item["tags"]), "meta": dict(item["meta"])})
        for item in json.loads(data)
    )


def facts(data: str) -> tuple[Fact, ...]:
    """Facts from their JSON; durations are seconds there."""
    return tuple(
        Fact(item["name"], item["type"], _default(item["type"], item["default"]))
        for item in json.loads(data)
    )


def _default(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "duration":
        return timedelta(seconds=value)
    return frozenset(value) if kind == "set" else value
