"""What must hold of the package as a whole. Each test states how much it must have seen."""

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import tamis
from tamis import _native, _types

# Of the native module, what users reach under other names or not at all.
PRIVATE = {"optimised"}


def native_names() -> set[str]:
    return {n for n in dir(_native) if n == "__version__" or not n.startswith("_")} - PRIVATE


def test_every_class_is_frozen(package: Path) -> None:
    seen = []
    for path in sorted((package / "src").rglob("*.rs")):
        source = path.read_text(encoding="utf-8")
        assert "#[setter" not in source, path
        for match in re.finditer(r"#\[pyclass\b(\(([^)]*)\))?", source):
            arguments = re.split(r"\s*,\s*", match[2] or "")
            assert "frozen" in arguments, f"{path}: {match[0]}"
            assert any(a.startswith("module = ") for a in arguments), f"{path}: {match[0]}"
            seen.append(match[0])
    assert len(seen) == 6


def test_every_dataclass_is_frozen() -> None:
    classes = [c for c in vars(_types).values() if hasattr(c, "__dataclass_params__")]
    assert len(classes) >= 11
    for cls in classes:
        assert cls.__dataclass_params__.frozen, cls
        assert "__dict__" not in dir(cls), cls


def test_every_native_name_is_exported() -> None:
    names = native_names()
    assert len(names) >= 9
    assert names <= set(tamis.__all__)
    for name in names:
        assert getattr(tamis, name) is getattr(_native, name)


def test_every_type_is_exported() -> None:
    own = {
        name
        for name, value in vars(_types).items()
        if isinstance(value, type) and value.__module__ in ("tamis", "tamis._types")
    }
    assert len(own) >= 12
    assert own <= set(tamis.__all__)
    assert sorted(tamis.__all__) == tamis.__all__


def test_everything_has_a_docstring() -> None:
    seen = 0
    for name in tamis.__all__:
        thing = getattr(tamis, name)
        if not callable(thing):
            continue
        assert thing.__doc__, name
        members = vars(thing).items() if isinstance(thing, type) else ()
        for member, value in members:
            if not member.startswith("_") and (callable(value) or hasattr(value, "__get__")):
                own_type = type(value).__name__ == "member_descriptor"
                small = thing is tamis.BatchScores
                assert own_type or small or value.__doc__, f"{name}.{member}"
                seen += 1
    assert seen >= 40


def test_every_native_name_is_stubbed(package: Path) -> None:
    """`mypy.stubtest` compares signatures; this one cannot be satisfied by an allowlist."""
    stub = ast.parse((package / "python/tamis/_native.pyi").read_text(encoding="utf-8"))
    stubbed = {n.name for n in stub.body if isinstance(n, ast.ClassDef | ast.FunctionDef)}
    annotated = [n.target for n in stub.body if isinstance(n, ast.AnnAssign)]
    stubbed |= {target.id for target in annotated if isinstance(target, ast.Name)}
    assert native_names() | PRIVATE <= stubbed
    seen = 0
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            members = {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
            public = {n for n in vars(getattr(_native, node.name)) if not n.startswith("_")}
            assert public == {m for m in members if not m.startswith("_")}
            seen += len(public)
    assert seen >= 30


def test_stubtest(package: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "mypy.stubtest", "tamis"),
            *("--allowlist", str(package / "tests/stubtest-allowlist.txt")),
            *("--mypy-config-file", str(package / "pyproject.toml")),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    checked = re.search(r"no issues found in (\d+) modules", run.stdout)
    assert checked, run.stdout
    assert int(checked[1]) >= 4


def test_types(package: Path, tmp_path: Path) -> None:
    run = mypy(package, tmp_path, "usage.py", "conftest.py", "test_api.py", "test_errors.py")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "no issues found in 4 source files" in run.stdout


def test_mypy_refuses_misuse(package: Path, tmp_path: Path) -> None:
    """Every line of `misuse.py` that says so must be refused, and no other."""
    source = (package / "tests/typing/misuse.py").read_text(encoding="utf-8").splitlines()
    wrong = {i for i, line in enumerate(source, 1) if "# refused" in line}
    assert len(wrong) >= 8
    run = mypy(package, tmp_path, "typing/misuse.py")
    assert {int(line) for line in re.findall(r"misuse\.py:(\d+): error", run.stdout)} == wrong


def mypy(package: Path, tmp_path: Path, *files: str) -> "subprocess.CompletedProcess[str]":
    paths = [str(package / "tests" / ("typing" if f == "usage.py" else "") / f) for f in files]
    return subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "mypy", "--strict", "--no-warn-unused-ignores"),
            *("--config-file", os.devnull, "--cache-dir", str(tmp_path), *paths),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )


def test_the_tests_run_against_the_installed_package(package: Path) -> None:
    """The sources hold no extension module, unless one was built in place on purpose."""
    assert tamis.__file__ is not None
    assert Path(tamis.__file__).name == "__init__.py"
    assert (Path(tamis.__file__).parent / "py.typed").exists()
    assert _native.__file__ is not None


def test_a_slow_build_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def reload(optimised: bool) -> ModuleType:
        monkeypatch.setattr(_native, "optimised", optimised)
        return importlib.reload(tamis)

    monkeypatch.delenv("TAMIS_ALLOW_DEBUG", raising=False)
    try:
        with pytest.warns(RuntimeWarning, match="compiled without optimisation"):
            reload(optimised=False)
        reload(optimised=True)
        monkeypatch.setenv("TAMIS_ALLOW_DEBUG", "1")
        reload(optimised=False)
    finally:
        monkeypatch.undo()


def test_licences_are_those_of_the_project(package: Path) -> None:
    names = ("LICENSE-MIT", "LICENSE-APACHE")
    for name in names:
        assert (package / name).read_bytes() == (package.parent / name).read_bytes()
