"""The examples of both READMEs and of the guide do what they say."""

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


FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def save(info: str, block: str) -> None:
    """Files of the guide, as `cli/tests/cli/docs.rs` describes their marks."""
    marks = dict(mark.partition("=")[::2] for mark in info.split()[1:])
    name = marks.get("file") or marks.get("add") or marks.get("insert")
    if not name:
        return
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "file" in marks:
        path.write_text(block, encoding="utf-8")
        return
    whole = path.read_text(encoding="utf-8")
    if "insert" in marks:
        head, after, rest = whole.partition(marks["after"])
        line, _, rest = rest.partition("\n")
        whole = f"{head}{after}{line}\n{block}{rest}"
    elif block.startswith("  - "):
        whole = f"{whole.rstrip()}\n\n{block}"
    else:
        whole = whole.replace("\nrules:", f"\n{block}\nrules:", 1)
    path.write_text(whole, encoding="utf-8")


def test_guide(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = (package / "../docs/guide.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    printed: str | None = None
    compared = 0
    for info, block in FENCED.findall(guide):
        language = info.split()[0] if info else ""
        if language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block, "guide.md", "exec"), {})
            printed = out.getvalue()
        elif language == "text" and printed is not None:
            assert printed == block
            printed = None
            compared += 1
        else:
            printed = None
            save(info, block)
    assert compared >= 2
