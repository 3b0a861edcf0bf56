"""Recognizers side by side: Tamis and Presidio on one corpus of marked spans.

Both see the same texts in this run. Tamis is its command (`tamis scan` for the spans, `tamis bench`
on one thread for the speed), Presidio its Python package, one text a call, as people use them. Presidio
runs its own pattern recognizers, as they come and without a language model; its context words
only raise scores, and every score counts here. Nothing is tuned for either.

    python entities.py CORPUS.jsonl --tamis PATH --out ../../results/entities

CORPUS has `{"text": …, "spans": [[start, end, type], …]}` a line, in code points.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

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


class Tamis:
    """The command, with one rule an entity."""

    def __init__(self, command: str, folder: Path, texts: list[str]) -> None:
        self.command = command
        self.policy = folder / "entities.yaml"
        self.texts = folder / "texts.jsonl"
        self.out = folder / "verdicts.jsonl"
        rules = []
        for kind, entity in TYPES.items():
            pattern = {"entity": entity} | ({"region": REGIONS} if entity == "phone" else {})
            rules.append({"id": kind, "action": "review", "patterns": [pattern]})
        policy = {"policy": "entities", "rules": rules}
        self.policy.write_text(json.dumps(policy), encoding="utf-8")
        lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
        self.texts.write_text(lines, encoding="utf-8")

    def run(self, *args: str) -> str:
        command = [self.command, *args]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def spans(self) -> list[list[Span]]:
        """What it finds in each text."""
        self.run("scan", str(self.policy), str(self.texts), "-o", str(self.out))
        with self.out.open(encoding="utf-8") as lines:
            return [
                [(m["start"], m["end"], rule["rule"]) for rule in row["rules"] for m in rule["matches"]]
                for row in map(json.loads, lines)
            ]

    def rate(self) -> float:
        """Texts a second on one thread."""
        report = self.run("bench", str(self.policy), str(self.texts), "--threads", "1", "--json")
        return float(json.loads(report)["documents_per_s"])

    def version(self) -> str:
        return self.run("--version").split()[1]


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
    corpus: list[tuple[str, list[Span]]], spans: list[list[Span]], misses: list[str]
) -> dict[str, Counts]:
    """Counts by type; what is not found exactly goes to `misses`."""
    counts: dict[str, Counts] = defaultdict(Counts)
    for (text, marked), found in zip(corpus, spans, strict=True):
        for kind in TYPES:
            ours = {span for span in found if span[2] == kind}
            theirs = {span for span in marked if span[2] == kind}
            of = counts[kind]
            of.marked += len(theirs)
            of.found += len(ours)
            of.exact += len(ours & theirs)
            of.overlapping += pairs(list(theirs), list(ours))
            misses += [
                f"{kind} {'not found' if span in theirs else 'wrong'}: {text[span[0] : span[1]]!r} in {text!r}"
                for span in sorted(ours ^ theirs)
            ]
    return counts


def presidio_rate(texts: list[str], find: Finder) -> float:
    began = time.perf_counter()
    for text in texts:
        find(text)
    return len(texts) / (time.perf_counter() - began)


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
    lines += ["", "| engine | version | texts a second, one thread |", "|---|---|---|"]
    for name in names:
        engine = report["engines"][name]
        lines.append(f"| {name} | {engine['version']} | {engine['texts_per_s']:,.0f} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, help="write OUT.json and OUT.md")
    parser.add_argument("--tamis", default="tamis", help="the command")
    parser.add_argument("--misses", metavar="ENGINE", help="print what it gets wrong")
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
    texts = [text for text, _ in corpus]
    find = presidio_finder()
    with tempfile.TemporaryDirectory() as folder:
        ours = Tamis(args.tamis, Path(folder), texts)
        found = {"tamis": ours.spans(), "presidio": [find(text) for text in texts]}
        # They take turns, so that what else the machine does hits both.
        rounds = [(ours.rate(), presidio_rate(texts, find)) for _ in range(ROUNDS)]
        versions = {"tamis": ours.version(), "presidio": version("presidio-analyzer")}
    rates = dict(zip(found, map(statistics.median, zip(*rounds, strict=True)), strict=True))
    engines, misses = {}, {}
    for name, spans in found.items():
        misses[name] = list[str]()
        counts = judge(corpus, spans, misses[name])
        engines[name] = {
            "version": versions[name],
            "types": {kind: counts[kind].figures() for kind in TYPES},
            "texts_per_s": round(rates[name]),
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
        print("\n".join(misses[args.misses]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
