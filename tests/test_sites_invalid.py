"""A broken site for every code, and the exact text that its author is told.

`expected.txt` is the output of `check`; where the folder has texts/, that of `verify` follows. To
see what is told today: `python -m tests.test_sites_invalid CODE`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readout.content.reference import documented_codes
from readout.content.verify import verify
from tests.told import inside, load_in, told

SITES = Path(__file__).parent / "sites_invalid"

NOT_AS_FILES = {
    "FILE008": "a file that changes while it is read: tests/unit/content make the race",
    "YAML099": "stands for what nobody has met yet",
    "SHAPE005": "stands for what nobody has met yet",
}
"""Codes that no folder can show, each with why."""


def _link(site: Path) -> None:
    (site / "content/articles/b.yml").symlink_to("a.yml")


def _large(site: Path) -> None:
    (site / "content/articles/b.yml").write_bytes(b"# a comment\n" * 100_000)


def _many_values(site: Path) -> None:
    aliases = "a, " * 100_001
    (site / "content/actors").mkdir()
    (site / "content/actors/b.yml").write_text(f"name: B\nkind: person\naliases: [{aliases}]\n")


MADE: dict[str, Callable[[Path], None]] = {
    "FILE002": _link,
    "FILE004": _large,
    "FILE009": _many_values,
}
"""What a repository should not hold is made here."""


def outcome(site: Path, folder: Path) -> str:
    """What is told of a copy of a broken site."""
    copy = folder / site.name
    shutil.copytree(site, copy)
    (copy / "content").mkdir(exist_ok=True)
    if site.name in MADE:
        MADE[site.name](copy)
    text = told(copy)
    if (copy / "texts").is_dir():
        loaded = load_in(copy)
        with inside(copy):
            result = verify(loaded, Path("texts"), Path("seeds"))
        text += "".join(f"{one}\n" for one in result.diagnostics)
    return text


@pytest.mark.parametrize("code", sorted(path.name for path in SITES.iterdir()))
def test_what_is_told(code: str, tmp_path: Path) -> None:
    expected = (SITES / code / "expected.txt").read_text(encoding="utf-8")
    assert outcome(SITES / code, tmp_path) == expected
    severity = documented_codes()[code]
    assert f": {severity} {code} " in expected


def test_every_code_has_a_site_and_every_site_a_code() -> None:
    sites = {path.name for path in SITES.iterdir()}
    assert sites | NOT_AS_FILES.keys() == documented_codes().keys()
    assert not sites & NOT_AS_FILES.keys()


if __name__ == "__main__":
    import tempfile

    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as made:
            sys.stdout.write(outcome(SITES / name, Path(made)))
