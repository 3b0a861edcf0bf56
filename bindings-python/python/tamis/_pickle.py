"""How frozen objects come back from a pickle: they are made again.

A ruleset travels as its source (one that was loaded from bytes, as these), a verdict as its
ruleset and its document. A policy decides the same text the same way everywhere, so what comes
back is equal to what was sent, as long as both sides run the same version of Tamis; if not, a
warning says so.
"""

import json
import warnings
from functools import lru_cache
from typing import Any

from tamis._native import Batch, Ruleset, Verdict


def restore_ruleset(
    kind: str, source: Any, fingerprint: str, shadow: tuple[str, ...] = ()
) -> Ruleset:
    """The ruleset of a pickle."""
    ruleset = _compile(kind, source, shadow)
    if ruleset.fingerprint != fingerprint:
        warnings.warn(
            f"the policy {ruleset.policy!r} was pickled by another version of tamis "
            "and may decide differently here",
            RuntimeWarning,
            stacklevel=2,
        )
    return ruleset


# A worker that sends verdicts one by one sends their ruleset with each; compiling it once
# is enough.
@lru_cache(maxsize=8)
def _compile(kind: str, source: Any, shadow: tuple[str, ...]) -> Ruleset:
    if kind == "text":
        return Ruleset.from_str(source, shadow=shadow)
    if kind == "data":
        return Ruleset.from_dict(json.loads(source), shadow=shadow)
    if kind == "pack":
        return Ruleset.pack(source, shadow=shadow)
    if kind == "compiled":
        return Ruleset.from_bytes(source)
    if kind == "sources":
        return Ruleset.from_sources(dict(source), shadow=shadow)
    raise ValueError(f"a pickle of a later version of tamis: unknown source {kind!r}")


def restore_verdict(ruleset: Ruleset, document: Any) -> Verdict:
    """The verdict of a pickle."""
    return restore_batch(ruleset, [document])[0]


def restore_batch(ruleset: Ruleset, documents: list[Any]) -> Batch:
    """The batch of a pickle."""
    return ruleset.classify_batch(documents, workers=1)
