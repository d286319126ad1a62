"""What could make kept results untrue: our own code, the libraries, Python."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def version_of() -> str:
    """A digest of this package, of the names and versions of all that is installed, and of
    Python's version."""
    told = f"{sys.version} {_installed()} {version_of_folder(_HERE)}"
    return blake2b(told.encode(), digest_size=16).hexdigest()


def version_of_library(name: str) -> str:
    """Which version of a library is installed, by the name of the folder that says so (PEP 376),
    without anything being opened; empty where none says it. Raises OSError."""
    for one in _installed():
        found, _, version = one.rpartition(".")[0].partition("-")
        if found.replace("_", "-").lower() == name:
            return version
    return ""


@cache
def _installed() -> list[str]:
    """The folders of all that is installed: each has a name and a version in its own."""
    return sorted(
        entry.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in folder.iterdir()
        if entry.suffix in (".dist-info", ".egg-info")
    )


def version_of_folder(folder: Path) -> str:
    """A digest of every file below a folder, but for what Python compiles."""
    digest = blake2b(digest_size=16)
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if one != "__pycache__")
        for name in sorted(files):
            path = Path(at) / name
            data = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(data)} ".encode())
            digest.update(data)
    return digest.hexdigest()
