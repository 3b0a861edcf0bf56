"""One ruleset, many threads."""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import tamis

TEXTS = ["buy now", "hello", "I kill you", "é cheap pills 😀", "x" * 5000 + " buy now", ""]
THREADS = 8


def race(work: Callable[[int], None]) -> None:
    """Runs `work` in all threads at once; an exception in any of them is raised here."""
    barrier = threading.Barrier(THREADS)

    def start(number: int) -> None:
        barrier.wait()
        work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        for future in [pool.submit(start, number) for number in range(THREADS)]:
            future.result()


def test_one_ruleset(ruleset: tamis.Ruleset) -> None:
    expected = [ruleset.classify(text).to_json() for text in TEXTS]

    def work(number: int) -> None:
        for turn in range(200):
            i = (number + turn) % len(TEXTS)
            assert ruleset.classify(TEXTS[i]).to_json() == expected[i]
            assert ruleset.is_flagged(TEXTS[i]) == ('"action":"allow"' not in expected[i])

    race(work)


def test_one_verdict(ruleset: tamis.Ruleset) -> None:
    verdict = ruleset.classify(TEXTS[4])
    expected = (verdict.rules, verdict.scores, verdict.explain(), verdict.redact(), repr(verdict))

    def work(_: int) -> None:
        for _ in range(50):
            assert (
                verdict.rules,
                verdict.scores,
                verdict.explain(),
                verdict.redact(),
                repr(verdict),
            ) == expected

    race(work)


def test_batches_at_once(ruleset: tamis.Ruleset) -> None:
    texts = TEXTS * 20
    expected = ruleset.classify_batch(texts, workers=1).actions

    def work(number: int) -> None:
        for workers in (0, 1, 2, number):
            assert ruleset.classify_batch(texts, workers=workers).actions == expected

    race(work)


def test_compiling_at_once(policy_text: str, ruleset: tamis.Ruleset) -> None:
    def work(_: int) -> None:
        for _ in range(3):
            assert tamis.Ruleset.from_str(policy_text).fingerprint == ruleset.fingerprint

    race(work)


def test_an_iterator_gives_each_row_once(ruleset: tamis.Ruleset) -> None:
    batch = ruleset.classify_batch([f"buy now {i}" for i in range(2000)])
    rows = iter(batch)
    seen: list[str] = []

    def work(_: int) -> None:
        seen.extend(verdict.redact(text="-") for verdict in rows)

    race(work)
    assert sorted(seen) == sorted(f"- {i}" for i in range(2000))
    assert next(rows, None) is None
    assert rows.__length_hint__() == 0


def test_other_threads_run_during_a_batch(ruleset: tamis.Ruleset) -> None:
    texts = ["buy now " * 500] * 2000
    done = threading.Event()
    beats: list[float] = []

    def heart() -> None:
        while not done.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=heart)
    thread.start()
    while not beats:
        time.sleep(0.001)
    # With the lock held, a thread gets no turn until the batch is done.
    start = time.perf_counter()
    ruleset.classify_batch(texts, workers=1)
    end = time.perf_counter()
    done.set()
    thread.join()
    inside = sum(start + 0.002 < beat < end - 0.002 for beat in beats)
    if end - start < 0.03:
        pytest.skip("the batch was too fast to tell")
    assert inside >= 3, f"{inside} beats in {end - start:.3f} s"


def test_without_the_gil() -> None:
    """On free-threaded Python the module must not bring the lock back."""
    if not hasattr(sys, "_is_gil_enabled") or "free-threading" not in sys.version:
        pytest.skip("not a free-threaded Python")
    assert not sys._is_gil_enabled()
