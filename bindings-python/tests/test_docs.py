"""The examples of both READMEs do what they say."""

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(("folder", "least"), [(".", 5), ("..", 1)])
def test_readme(package: Path, folder: str, least: int) -> None:
    readme = (package / folder / "README.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    printed: str | None = None
    compared = 0
    for kind, block in BLOCK.findall(readme):
        if kind == "python":
            assert not printed, "an example prints something that is not shown"
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block, "README.md", "exec"), names)
            printed = out.getvalue()
        else:
            assert printed == block
            printed = None
            compared += 1
    assert compared >= least
