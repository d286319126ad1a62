"""A Python without the libraries: no traceback, but the Python of `.venv`, or what to do."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readout import libraries
from readout.libraries import LIBRARIES, lacking, too_old
from tests.builds import ROOT

OPTIONAL = {"weasyprint"}


@pytest.fixture(name="clone")
def cloning(tmp_path: Path) -> Path:
    """Readout without a `.venv`, and content with a mistake, for which pydantic is asked."""
    shutil.copytree(ROOT / "readout", tmp_path / "readout")
    shutil.copy(ROOT / "build.py", tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yml").write_text("titel: x\n", encoding="utf-8")
    return tmp_path


def run(clone: Path, *flags: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`python build.py check --strict` there; with `-S` among the flags, without any library."""
    return subprocess.run(
        [sys.executable, *flags, "build.py", "check", "--strict"],
        cwd=clone,
        env={"PYTHONPATH": str(path)} if path else {},
        capture_output=True,
        text=True,
        check=False,
    )


def own_python(clone: Path, script: str) -> None:
    own = clone / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    own.chmod(0o755)


def other_pydantic(folder: Path) -> Path:
    (folder / "old" / "pydantic").mkdir(parents=True)
    (folder / "old" / "pydantic" / "__init__.py").touch()
    return folder / "old"


def test_this_python_will_do() -> None:
    assert (too_old(), lacking()) == (None, None)


def test_every_library_that_is_imported_is_looked_for() -> None:
    imported = set()
    for path in (ROOT / "readout").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    assert imported - sys.stdlib_module_names - {"readout"} - OPTIONAL == set(LIBRARIES)


def test_pydantic_is_loaded_where_a_value_may_not_fit_alone() -> None:
    """A build after one edit would take a twentieth longer for it."""
    told = "import sys, readout.cli, readout.pipeline; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT, check=False).returncode == 0
    fitting = "from readout.content.checked import check"
    done = subprocess.run([sys.executable, "-c", f"{fitting}; {told}"], cwd=ROOT, check=False)
    assert done.returncode == 1


def test_without_libraries_it_is_said_what_to_do(clone: Path) -> None:
    done = run(clone, "-S")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"This Python ({sys.executable}) lacks libraries that Readout needs: babel, cbor2, click "
        f"and {len(LIBRARIES) - 3} more.\n"
        f"Run `make site` in {clone}, which installs all that is needed; then this command works.\n"
    )


def test_with_some_of_them_too(clone: Path, tmp_path: Path) -> None:
    for name in LIBRARIES[:-1]:
        (tmp_path / "some" / name).mkdir(parents=True)
    done = run(clone, "-S", path=tmp_path / "some")
    assert done.returncode == 1
    assert "lacks libraries that Readout needs: yaml.\n" in done.stderr


def test_a_library_that_is_another_than_it_should_be(clone: Path, tmp_path: Path) -> None:
    done = run(clone, path=other_pydantic(tmp_path))
    assert done.returncode == 1
    assert "has a library that does not work: cannot import name " in done.stderr
    assert "Traceback" not in done.stderr
    assert "make site" in done.stderr


@pytest.mark.parametrize("flags", [["-S"], []])
def test_what_make_site_has_made_runs_it(clone: Path, tmp_path: Path, flags: list[str]) -> None:
    own_python(clone, 'echo "own $*"; exit 5')
    done = run(clone, *flags, path=None if flags else other_pydantic(tmp_path))
    assert (done.returncode, done.stdout) == (5, "own build.py check --strict\n")


def test_what_make_site_has_half_made_is_asked_once(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own_python(clone, "exit 5")
    monkeypatch.setattr(libraries, "ROOT", str(clone))
    monkeypatch.setattr(sys, "executable", f"{clone}/.venv/bin/python")
    assert libraries.run_elsewhere("lacks something") == 1
    assert "make site" in capsys.readouterr().err


def test_an_older_python_reads_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("build.py", "readout/__init__.py", "readout/libraries.py"):
        ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert too_old() == "is older than 3.11"
