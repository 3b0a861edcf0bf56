"""Tamis beside other filters from Python.

Reads `speed-input.json` (texts, lists and policies, written by `speed export`), asserts what each
engine finds, lets the engines take turns (timed by what the thread used of a processor) and writes
`speed-python.json`, which `speed report` takes in. Every text is a `str` of its own; what an engine
returns is read.

    python speed.py FOLDER [--rounds N] [--only ROW] [--record]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Callable

# An engine: texts in; texts with a hit, and hits, out.
Run = Callable[[list[str]], tuple[int, int]]

EXPECTED = Path(__file__).parent.parent / "definitions" / "expected-python.json"
PACKAGES = [
    "tamis",
    "hyperscan",
    "ahocorasick_rs",
    "pyahocorasick",
    "better-profanity-fast",
    "alt-profanity-check",
    "glin-profanity",
    "better_profanity",
    "yara-x",
]


def tamis_one(words: list[str], policy: str) -> Run:
    import tamis

    classify = tamis.Ruleset.from_str(policy).classify

    def run(texts: list[str]) -> tuple[int, int]:
        flagged = hits = 0
        for text in texts:
            verdict = classify(text)
            if verdict.flagged:
                flagged += 1
                _ = verdict.action, verdict.scores
                for rule in verdict.rules:
                    for match in rule.matches:
                        _ = match.span
                        hits += 1
        return flagged, hits

    return run


def tamis_list(words: list[str], policy: str) -> Run:
    import tamis

    ruleset = tamis.Ruleset.from_str(policy)

    def run(texts: list[str]) -> tuple[int, int]:
        batch = ruleset.classify_batch(texts, workers=1)
        flagged = hits = 0
        scores = batch.scores["listed"]
        for row, action in enumerate(batch.actions):
            if action != "allow":
                flagged += 1
                _ = scores[row]
                for rule in batch[row].rules:
                    for match in rule.matches:
                        _ = match.span
                        hits += 1
        return flagged, hits

    return run


def tamis_arrow(words: list[str], policy: str) -> Run:
    import pyarrow
    import tamis

    ruleset = tamis.Ruleset.from_str(policy)
    classify = ruleset.classify_arrow  # an engine that lacks it is left out
    columns: dict[int, Any] = {}

    def run(texts: list[str]) -> tuple[int, int]:
        column = columns.setdefault(id(texts), pyarrow.array(texts, pyarrow.large_string()))
        out = pyarrow.table(classify(column, workers=1))
        actions = pyarrow.compute.value_counts(out.column("action")).to_pylist()
        return sum(c["counts"] for c in actions if c["values"] != "allow"), 0

    import pyarrow.compute

    return run


def hyperscan_of(som: bool) -> Callable[[list[str], str], Run]:
    def make(words: list[str], policy: str) -> Run:
        import hyperscan

        flags = hyperscan.HS_FLAG_CASELESS | (hyperscan.HS_FLAG_SOM_LEFTMOST if som else 0)
        escaped = ["".join(c if c.isalnum() or c == " " else "\\" + c for c in w) for w in words]
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=[word.encode() for word in escaped],
            ids=list(range(len(words))),
            elements=len(words),
            flags=[flags] * len(words),
        )
        found: list[tuple[int, int, int]] = []

        def on_match(id: int, start: int, end: int, flags: int, context: Any) -> None:
            found.append((id, start, end))

        def run(texts: list[str]) -> tuple[int, int]:
            flagged = hits = 0
            for text in texts:
                database.scan(text.encode(), match_event_handler=on_match)
                if found:
                    flagged += 1
                    hits += len(found)
                    found.clear()
            return flagged, hits

        return run

    return make


def ahocorasick_rs(words: list[str], policy: str) -> Run:
    from ahocorasick_rs import AhoCorasick, MatchKind

    find = AhoCorasick(words, matchkind=MatchKind.Standard).find_matches_as_indexes

    def run(texts: list[str]) -> tuple[int, int]:
        flagged = hits = 0
        for text in texts:
            found = find(text.lower(), overlapping=True)
            if found:
                flagged += 1
                hits += len(found)
        return flagged, hits

    return run


def pyahocorasick(words: list[str], policy: str) -> Run:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for at, word in enumerate(words):
        automaton.add_word(word, (at, len(word)))
    automaton.make_automaton()
    find = automaton.iter

    def run(texts: list[str]) -> tuple[int, int]:
        flagged = hits = 0
        for text in texts:
            found = list(find(text.lower()))
            if found:
                flagged += 1
                hits += len(found)
        return flagged, hits

    return run


def counting(check: Callable[[str], bool]) -> Run:
    def run(texts: list[str]) -> tuple[int, int]:
        flagged = sum(1 for text in texts if check(text))
        return flagged, flagged

    return run


def better_profanity_fast(words: list[str], policy: str) -> Run:
    from better_profanity_fast import Profanity

    return counting(Profanity(words).contains_profanity)


def better_profanity(words: list[str], policy: str) -> Run:
    from better_profanity import Profanity

    profanity = Profanity()
    profanity.load_censor_words(words)
    return counting(profanity.contains_profanity)


def glin_profanity(words: list[str], policy: str) -> Run:
    from glin_profanity import Filter

    profanity = Filter({"languages": ["english"], "custom_words": words})
    return counting(lambda text: profanity.check_profanity(text)["contains_profanity"])


def alt_profanity_check(words: list[str], policy: str) -> Run:
    from profanity_check import predict_prob

    return counting(lambda text: bool(predict_prob([text])[0] >= 0.5))


def alt_profanity_check_batch(words: list[str], policy: str) -> Run:
    from profanity_check import predict_prob

    def run(texts: list[str]) -> tuple[int, int]:
        flagged = int((predict_prob(texts) >= 0.5).sum())
        return flagged, flagged

    return run


def yara_x(words: list[str], policy: str) -> Run:
    import yara_x

    strings = "\n".join(
        f"    $w{at} = {json.dumps(word, ensure_ascii=False)} nocase fullword"
        for at, word in enumerate(words)
    )
    rules = yara_x.compile("rule words {\n  strings:\n" + strings + "\n  condition: any of them\n}")
    scanner = yara_x.Scanner(rules)

    def run(texts: list[str]) -> tuple[int, int]:
        flagged = hits = 0
        for text in texts:
            found = scanner.scan(text.encode()).matching_rules
            if found:
                flagged += 1
                hits += sum(len(pattern.matches) for rule in found for pattern in rule.patterns)
        return flagged, hits

    return run


ENGINES: dict[str, Callable[[list[str], str], Run]] = {
    "py-tamis": tamis_one,
    "py-tamis-list": tamis_list,
    "py-tamis-arrow": tamis_arrow,
    "py-hyperscan": hyperscan_of(som=False),
    "py-hyperscan-som": hyperscan_of(som=True),
    "py-ahocorasick_rs": ahocorasick_rs,
    "py-pyahocorasick": pyahocorasick,
    "py-better-profanity-fast": better_profanity_fast,
    "py-alt-profanity-check": alt_profanity_check,
    "py-alt-profanity-check-batch": alt_profanity_check_batch,
    "py-glin-profanity": glin_profanity,
    "py-better_profanity": better_profanity,
    "py-yara-x": yara_x,
}

# A round of an engine takes at least so long: it reads the texts so often.
ROUND_SECONDS = 0.05


class Expected:
    """What each engine must find, by row and by the digest of texts and list."""

    def __init__(self, record: bool) -> None:
        self.record = record
        self.hits: dict[str, list[int]] = {}
        if EXPECTED.exists():
            self.hits = json.loads(EXPECTED.read_text(encoding="utf-8"))

    def check(self, row: dict[str, Any], engine: str, found: tuple[int, int]) -> None:
        key = f"{row['name']}/{engine}/{row['digest']}"
        if self.record:
            self.hits[key] = list(found)
        elif key not in self.hits:
            print(f"{key}: not asserted, nothing is recorded", file=sys.stderr)
        elif self.hits[key] != list(found):
            sys.exit(f"{key}: found {list(found)}, recorded is {self.hits[key]}")

    def finish(self) -> None:
        if self.record:
            text = json.dumps(dict(sorted(self.hits.items())), indent=1)
            EXPECTED.write_text(text + "\n", encoding="utf-8")


def measure(
    row: dict[str, Any], words: list[str], policy: str, rounds: int, expected: Expected
) -> dict[str, Any]:
    texts = row["texts"]
    built: list[tuple[str, Run, float]] = []
    for name in row["engines"]:
        begin = time.perf_counter()
        try:
            run = ENGINES[name](words, policy)
        except (ImportError, AttributeError) as error:
            print(f"SKIPPED: {name}: {error}", file=sys.stderr)
            continue
        built.append((name, run, (time.perf_counter() - begin) * 1e3))
    found: dict[str, tuple[int, int]] = {}
    passes: dict[str, int] = {}
    for name, run, _ in built:
        print(f"{row['name']}: {name}", file=sys.stderr)
        found[name] = run(texts)
        expected.check(row, name, found[name])
        begin = time.thread_time()
        run(texts)
        passes[name] = max(1, int(ROUND_SECONDS / (time.thread_time() - begin)))
    seconds: dict[str, list[float]] = {name: [] for name, _, _ in built}
    for turn in range(rounds):
        first = turn % len(built)
        for name, run, _ in built[first:] + built[:first]:
            begin = time.thread_time()
            for _ in range(passes[name]):
                again = run(texts)
            seconds[name].append((time.thread_time() - begin) / passes[name])
            assert again == found[name], f"{name} found something else this time"
    size = sum(len(text.encode()) for text in texts)
    base = seconds[built[0][0]]

    def engine(name: str, build_ms: float) -> dict[str, Any]:
        middle = statistics.median(seconds[name])
        return {
            "engine": name,
            "flagged": found[name][0],
            "matches": found[name][1],
            "mb_per_s": size / middle / 1e6,
            "texts_per_s": len(texts) / middle,
            "times_first": statistics.median(o / f for o, f in zip(seconds[name], base)),
            "build_ms": build_ms,
            "seconds": seconds[name],
        }

    return {
        "name": row["name"],
        "n": len(texts),
        "bytes": size,
        "words": len(words),
        "engines": [engine(name, build_ms) for name, _, build_ms in built],
    }


def ratio_row(
    design: str, run: Callable[[int], Any] | None, rounds: int, floor: float, aim: float
) -> dict[str, Any]:
    row: dict[str, Any] = {"design": design, "floor": floor, "aim": aim}
    row |= {"figure": None, "quartiles": None}
    if run is None:
        return row
    ratios = []
    for turn in range(rounds + 1):
        took = {}
        for workers in (1, 2) if turn % 2 else (2, 1):
            begin = time.perf_counter()
            run(workers)
            took[workers] = time.perf_counter() - begin
        if turn:  # the first starts the threads
            ratios.append(took[1] / took[2])
    low, middle, high = statistics.quantiles(ratios, n=4)
    return row | {"figure": middle, "quartiles": [low, high]}


ENOUGH_TEXTS = 500_000


def threads(texts: list[str], policy: str, rounds: int) -> list[dict[str, Any]]:
    """Two threads over one: lists, and an Arrow column where the package takes one."""
    try:
        import tamis
    except ImportError as error:
        print(f"SKIPPED: threads: {error}", file=sys.stderr)
        return []
    ruleset = tamis.Ruleset.from_str(policy)
    # Enough of them that waking threads does not count, as in the rows of Rust.
    texts = texts * max(1, ENOUGH_TEXTS // max(1, len(texts)))
    rows = [
        ratio_row(
            "two threads over one, Python lists",
            lambda workers: ruleset.classify_batch(texts, workers=workers).actions,
            rounds,
            1.5,
            1.7,
        )
    ]
    arrow = None
    try:
        import pyarrow

        column = pyarrow.array(texts, pyarrow.large_string())
        classify = ruleset.classify_arrow

        def arrow(workers: int) -> Any:
            return pyarrow.table(classify(column, workers=workers))

    except (ImportError, AttributeError) as error:
        print(f"SKIPPED: Arrow: {error}", file=sys.stderr)
    rows.append(ratio_row("two threads over one, Arrow", arrow, rounds, 1.8, 1.95))
    return rows


def known(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--record", action="store_true")
    args = parser.parse_args()
    given = json.loads((args.folder / "speed-input.json").read_text(encoding="utf-8"))
    expected = Expected(args.record)
    rows = [
        measure(row, given["lists"][row["list"]], given["policies"][row["list"]], args.rounds, expected)
        for row in given["rows"]
        if not args.only or row["name"] in args.only
    ]
    expected.finish()
    result = {
        "versions": {package: known(package) for package in PACKAGES},
        "rows": rows,
        "threads": threads(given["threads"], given["policies"]["w402"], args.rounds),
    }
    (args.folder / "speed-python.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main()
