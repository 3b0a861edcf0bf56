"""Recognizers side by side: Tamis and Presidio on one corpus of marked spans.

Both run in this process, on the same texts, one text a call, in alternating rounds. Presidio
runs its own pattern recognizers, as they come and without a language model; its context words
only raise scores, and every score counts here. Nothing is tuned for either.

    python entities.py CORPUS.jsonl --out ../../results/entities

CORPUS has `{"text": …, "spans": [[start, end, type], …]}` a line, in code points.
"""

import argparse
import json
import platform
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import tamis
import tldextract
from presidio_analyzer import predefined_recognizers as predefined

# The type in the corpus (and of Presidio), and the entity of Tamis.
TYPES = {
    "CREDIT_CARD": "credit_card",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "IBAN_CODE": "iban",
    "US_SSN": "us_ssn",
    "IP_ADDRESS": "ip",
}
# Presidio's default regions, given to both.
REGIONS = "US, GB, DE, FR, IL, IN, CA, BR"
ROUNDS = 5

Span = tuple[int, int, str]
Finder = Callable[[str], list[Span]]


def tamis_finder() -> Finder:
    """One rule an entity; the spans of all matches."""
    rules = []
    for kind, entity in TYPES.items():
        pattern = {"entity": entity} | ({"region": REGIONS} if entity == "phone" else {})
        rules.append({"id": kind.lower(), "action": "review", "patterns": [pattern]})
    ruleset = tamis.Ruleset.from_dict({"policy": "entities", "rules": rules})
    kinds = {kind.lower(): kind for kind in TYPES}

    def find(text: str) -> list[Span]:
        found = ruleset.classify(text).rules
        return [(m.start, m.end, kinds[rule.rule]) for rule in found for m in rule.matches]

    return find


def presidio_finder() -> Finder:
    """Its recognizers of the six types, with the settings they come with, asked directly:
    that is faster than its engine and finds no less."""
    # Without this it fetches a list of suffixes while it is timed; the built-in one is used.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    names = {"CREDIT_CARD": "CreditCard", "PHONE_NUMBER": "Phone", "EMAIL_ADDRESS": "Email"}
    names |= {"IBAN_CODE": "Iban", "US_SSN": "UsSsn", "IP_ADDRESS": "Ip"}
    recognizers = [(k, getattr(predefined, f"{name}Recognizer")()) for k, name in names.items()]

    def find(text: str) -> list[Span]:
        return [
            (r.start, r.end, kind)
            for kind, recognizer in recognizers
            for r in recognizer.analyze(text, [kind], None) or ()
        ]

    return find


@dataclass
class Counts:
    """Of one type: marked, found, and found rightly under either rule."""

    marked: int = 0
    found: int = 0
    exact: int = 0
    overlapping: int = 0

    def figures(self) -> dict[str, float | int]:
        def share(part: int, whole: int) -> float:
            return round(part / whole, 4) if whole else 1.0

        return {
            "marked": self.marked,
            "found": self.found,
            "precision_exact": share(self.exact, self.found),
            "recall_exact": share(self.exact, self.marked),
            "precision_overlapping": share(self.overlapping, self.found),
            "recall_overlapping": share(self.overlapping, self.marked),
        }


def pairs(marked: list[Span], found: list[Span]) -> int:
    """How many found spans share a character with a marked one, each counted once."""
    free = sorted(marked)
    count = 0
    for start, end, _ in sorted(found):
        hit = next((m for m in free if m[0] < end and start < m[1]), None)
        if hit:
            free.remove(hit)
            count += 1
    return count


def judge(
    corpus: list[tuple[str, list[Span]]], find: Finder, misses: list[str] | None
) -> dict[str, Counts]:
    counts: dict[str, Counts] = defaultdict(Counts)
    for text, spans in corpus:
        found = list(dict.fromkeys(find(text)))
        for kind in TYPES:
            ours = [span for span in found if span[2] == kind]
            theirs = [span for span in spans if span[2] == kind]
            of = counts[kind]
            of.marked += len(theirs)
            of.found += len(ours)
            of.exact += len(set(ours) & set(theirs))
            of.overlapping += pairs(theirs, ours)
            if misses is not None and set(ours) != set(theirs):
                cut = {span: text[span[0] : span[1]] for span in set(ours) ^ set(theirs)}
                misses.append(f"{kind}: {sorted(cut.values())} in {text!r}")
    return counts


def speed(corpus: list[tuple[str, list[Span]]], finders: dict[str, Finder]) -> dict[str, float]:
    """Texts a second: the median of rounds that take turns."""
    rates: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, find in finders.items():
            began = time.perf_counter()
            for text, _ in corpus:
                find(text)
            rates[name].append(len(corpus) / (time.perf_counter() - began))
    return {name: round(statistics.median(rate)) for name, rate in rates.items()}


def table(report: dict) -> str:  # type: ignore[type-arg]
    names = list(report["engines"])
    lines = [
        "# Entities, side by side",
        "",
        f"{report['texts']} texts of `{report['corpus']}`; written by `make entities-bench`, with every figure in"
        " `entities.json`.",
        "",
        "*Exact*: a found span counts when a span of that type is marked from the same start to the same end. *Overlapping*:"
        " when the two share a character; each span counts once. What is found where nothing of the type is marked counts"
        " against precision. The texts are half of a set whose other half is judged elsewhere: figures on texts nobody has"
        " seen will be lower. Presidio runs its pattern recognizers, whatever their score; both have the same"
        f" {len(REGIONS.split(','))} telephone regions.",
        "",
        "| type | marked | engine | precision exact | recall exact | precision overlapping | recall overlapping |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in TYPES:
        for name in names:
            of = report["engines"][name]["types"][kind]
            cells = [
                f"{of[figure]:.3f}"
                for figure in (
                    "precision_exact",
                    "recall_exact",
                    "precision_overlapping",
                    "recall_overlapping",
                )
            ]
            lines.append(f"| {kind} | {of['marked']} | {name} | {' | '.join(cells)} |")
    lines += ["", "| engine | version | texts a second, one text a call |", "|---|---|---|"]
    for name in names:
        engine = report["engines"][name]
        lines.append(f"| {name} | {engine['version']} | {engine['texts_per_s']:,.0f} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, help="write OUT.json and OUT.md")
    parser.add_argument("--misses", action="store_true", help="print what Tamis gets wrong")
    args = parser.parse_args()
    if not args.corpus.exists():
        print(f"SKIPPED: there is no {args.corpus}", file=sys.stderr)
        return 0
    corpus = []
    with args.corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = [(start, end, kind) for start, end, kind in row["spans"] if kind in TYPES]
            corpus.append((row["text"], spans))
    finders = {"tamis": tamis_finder(), "presidio": presidio_finder()}
    misses: list[str] = []
    rates = speed(corpus, finders)
    engines = {}
    for name, find in finders.items():
        counts = judge(corpus, find, misses if name == "tamis" else None)
        engines[name] = {
            "version": tamis.__version__ if name == "tamis" else version("presidio-analyzer"),
            "types": {kind: counts[kind].figures() for kind in TYPES},
            "texts_per_s": rates[name],
        }
    report = {
        "corpus": args.corpus.name,
        "texts": len(corpus),
        "python": platform.python_version(),
        "rounds": ROUNDS,
        "engines": engines,
    }
    if args.out:
        args.out.with_suffix(".json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        args.out.with_suffix(".md").write_text(table(report), encoding="utf-8")
    print(table(report))
    if args.misses:
        print("\n".join(misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
