"""A batch must never hang in a process that was started while, or after, one ran here."""

import multiprocessing
import os
import threading
from collections.abc import Callable

import pytest

import tamis

TEXTS = ["buy now", "hello", "I kill you", "é cheap pills"] * 250
METHODS = multiprocessing.get_all_start_methods()


def actions(ruleset: tamis.Ruleset, workers: int) -> list[str]:
    batch = ruleset.classify_batch(TEXTS, workers=workers)
    assert batch[0] == ruleset.classify(TEXTS[0])
    return batch.actions


def run(method: str, ruleset: tamis.Ruleset, workers: int) -> list[str]:
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        results = [pool.apply_async(actions, (ruleset, workers)) for _ in range(4)]
        first, *others = [result.get(timeout=60) for result in results]
    assert all(other == first for other in others)
    return first


@pytest.mark.parametrize("workers", [0, 1, 3])
@pytest.mark.parametrize("method", METHODS)
def test_processes(
    ruleset: tamis.Ruleset, method: str, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Children of spawn and forkserver import this module anew.
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    expected = actions(ruleset, workers)  # the pool exists before the fork
    assert run(method, ruleset, workers) == expected


@pytest.mark.skipif("fork" not in METHODS, reason="the platform has no fork")
def test_fork_during_batches(ruleset: tamis.Ruleset) -> None:
    """Forks while threads are in the middle of batches, and so hold what locks there are."""
    expected = actions(ruleset, 0)
    stop = threading.Event()

    def keep_busy() -> None:
        while not stop.is_set():
            ruleset.classify_batch(TEXTS, workers=0)
            ruleset.classify("buy now " * 2000)

    threads = [threading.Thread(target=keep_busy) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(12):
            assert forked(lambda: actions(ruleset, 0) == expected)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert actions(ruleset, 0) == expected, "the parent's pool still works"


@pytest.mark.skipif("fork" not in METHODS, reason="the platform has no fork")
def test_grandchildren(ruleset: tamis.Ruleset) -> None:
    expected = actions(ruleset, 2)

    def child() -> bool:
        ok = actions(ruleset, 2) == expected
        return ok and forked(lambda: actions(ruleset, 2) == expected)

    assert forked(child)


def forked(check: Callable[[], bool]) -> bool:
    """What `check` says in a child; a child that hangs is killed and has failed."""
    context = multiprocessing.get_context("fork")
    process = context.Process(target=lambda: os._exit(0 if check() else 3))
    process.start()
    process.join(timeout=60)
    if process.is_alive():
        process.kill()
        process.join()
        pytest.fail("the forked process hangs")
    return process.exitcode == 0
