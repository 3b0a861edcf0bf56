"""How frozen objects come back from a pickle: they are made again.

A ruleset travels as its source, a verdict as its ruleset and its document. A policy decides
the same text the same way everywhere, so what comes back is equal to what was sent, as long
as both sides run the same version of Tamis; if not, a warning says so.
"""

import json
import os
import tempfile
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

from tamis._native import Batch, Ruleset, Verdict


def restore_ruleset(kind: str, source: Any, fingerprint: str) -> Ruleset:
    """The ruleset of a pickle."""
    ruleset = _compile(kind, source)
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
def _compile(kind: str, source: Any) -> Ruleset:
    if kind == "text":
        return Ruleset.from_str(source)
    if kind == "data":
        return Ruleset.from_dict(json.loads(source))
    if kind == "pack":
        return Ruleset.pack(source)
    if kind == "files":
        return _from_files(source)
    raise ValueError(f"a pickle of a later version of tamis: unknown source {kind!r}")


def _from_files(files: tuple[tuple[str, str], ...]) -> Ruleset:
    """The ruleset of a policy file and its lists, laid out anew in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="tamis-") as name:
        folder = Path(name).resolve()
        for relative, text in files:
            path = folder / relative
            if not Path(os.path.normpath(path)).is_relative_to(folder):
                raise ValueError(f"the policy cannot be made again here: it needs {relative!r}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return Ruleset.from_file(folder / files[0][0])


def restore_verdict(ruleset: Ruleset, document: Any) -> Verdict:
    """The verdict of a pickle."""
    return restore_batch(ruleset, [document])[0]


def restore_batch(ruleset: Ruleset, documents: list[Any]) -> Batch:
    """The batch of a pickle."""
    return ruleset.classify_batch(documents, workers=1)
