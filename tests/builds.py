"""Builds of sites for tests: in this process, and as users run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "site"
"""A small invented site with every kind of thing on it."""


def copy_small(folder: Path) -> None:
    """Content and seeds of the small site, to be changed."""
    for name in ("content", "seeds"):
        shutil.copytree(SMALL / name, folder / name)


def flags(folder: Path, content: Path, seeds: Path) -> list[str]:
    """The flags of a build of some content into a folder."""
    return [
        f"--content={content}",
        f"--seeds={seeds}",
        f"--site={folder / 'site'}",
        f"--work={folder / 'work'}",
    ]


def run(
    *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, root: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """`python build.py ...`, as a user types it; of this project, or of a copy at `root`."""
    return subprocess.run(
        [sys.executable, root / "build.py", *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def build(
    folder: Path,
    content: Path,
    seeds: Path,
    *more: str,
    env: dict[str, str] | None = None,
    root: Path = ROOT,
) -> subprocess.CompletedProcess[str]:
    """Builds `folder`/site through `folder`/work."""
    return run("build", *flags(folder, content, seeds), *more, env=env, root=root)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
