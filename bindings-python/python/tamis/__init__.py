"""Text moderation with policies that people can read.

Compile a policy with `Ruleset.from_file`, decide with `Ruleset.classify` or `classify_batch`,
and read the `Verdict`: its action, its scores, its rules, and why.
"""

import os as _os
import warnings as _warnings

from tamis._native import (
    Batch,
    BatchIterator,
    BatchScores,
    Ruleset,
    Table,
    Verdict,
    __version__,
    fold,
    format_policy,
    latinize,
    lint,
    lint_str,
    pack_names,
    unicode_version,
)
from tamis._native import optimised as _optimised
from tamis._types import (
    Calibration,
    Diagnostic,
    DiagnosticLabel,
    Evasion,
    Fact,
    FiredRule,
    Fix,
    Label,
    LabelScore,
    Match,
    Patch,
    PolicyError,
    Rule,
    Shadow,
    UndecidedRule,
    WhyNot,
    WhyNotReason,
)

__all__ = [
    "Batch",
    "BatchIterator",
    "BatchScores",
    "Calibration",
    "Diagnostic",
    "DiagnosticLabel",
    "Evasion",
    "Fact",
    "FiredRule",
    "Fix",
    "Label",
    "LabelScore",
    "Match",
    "Patch",
    "PolicyError",
    "Rule",
    "Ruleset",
    "Shadow",
    "Table",
    "UndecidedRule",
    "Verdict",
    "WhyNot",
    "WhyNotReason",
    "__version__",
    "fold",
    "format_policy",
    "latinize",
    "lint",
    "lint_str",
    "pack_names",
    "unicode_version",
]

if not _optimised and not _os.environ.get("TAMIS_ALLOW_DEBUG"):
    _warnings.warn(
        "tamis was compiled without optimisation and is many times slower than it should be; "
        "build it with `maturin develop --release`, or set TAMIS_ALLOW_DEBUG=1",
        RuntimeWarning,
        stacklevel=2,
    )
