"""What Readout tells an author of a folder of content: the output of `check`, as text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from readout.content.corpus import Folders
from readout.content.load import Loaded, load, read_and_check


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Runs with this as the current folder, so that paths are told as an author would type them."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def load_in(folder: Path) -> Loaded:
    """The content and seeds of a folder."""
    with inside(folder):
        return load(Folders(Path("content"), Path("seeds")))


def told(folder: Path) -> str:
    """Every diagnostic of the folder's content/ and seeds/, as `check` prints them."""
    with inside(folder):
        _, found = read_and_check(Folders(Path("content"), Path("seeds")))
        lines = [str(one) for one in found]
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class Case:
    """A titled case in a Markdown file: files in, diagnostics out."""

    title: str
    files: dict[str, str]
    """Path -> text; those before the first title belong to every case."""
    expected: str


_BLOCK = re.compile(r"^```(\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def cases_of(text: str) -> list[Case]:
    """The cases of a Markdown file.

    A block ```` ```yaml content/x.yml ```` is a file, ```` ```diagnostics ```` what is told of it.
    A case without the latter expects silence.
    """
    shared_part, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    shared = {path: body for _, path, body in _BLOCK.findall(shared_part) if path}
    cases = []
    for part in parts:
        blocks = _BLOCK.findall(part)
        files = shared | {path: body for _, path, body in blocks if path}
        expected = "".join(body for kind, _, body in blocks if kind == "diagnostics")
        cases.append(Case(part.partition("\n")[0].strip(), files, expected))
    return cases


def write(folder: Path, files: dict[str, str]) -> None:
    """Writes files below a folder; one with no text is left out."""
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "seeds").mkdir()
    for path, text in files.items():
        if text:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
