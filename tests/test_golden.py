"""The small site's Markdown, byte for byte, whatever the machine's settings are.

To write it anew after a change that was meant: `python -m tests.test_golden`; then read the diff.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.builds import ROOT, SMALL, build, tree

GOLDEN = ROOT / "tests" / "golden"
SETTINGS = {
    "east, Turkish": {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    "west, C": {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
    "Arabic, not UTF-8": {"LC_ALL": "ar_EG.ISO-8859-6", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
}


def test_pages_are_the_golden_ones(small: Path) -> None:
    made, golden = tree(small / "work" / "docs"), tree(GOLDEN)
    assert made.keys() == golden.keys()
    for path, data in golden.items():
        assert made[path].decode() == data.decode(), path


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings_of_the_machine_change_nothing(settings: str, small: Path, tmp_path: Path) -> None:
    done = build(tmp_path, SMALL / "content", SMALL / "seeds", env=SETTINGS[settings])
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "work" / "docs") == tree(GOLDEN)
    assert tree(tmp_path / "site") == tree(small / "site")


def test_the_order_of_files_changes_nothing(small: Path, tmp_path: Path) -> None:
    """Files made in the opposite order, in folders of other names, under another umask."""
    copy = tmp_path / "elsewhere"
    files = sorted((SMALL / "content").rglob("*.*"), reverse=True)
    before = os.umask(0o077)
    try:
        for file in files:
            target = copy / file.relative_to(SMALL)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        done = build(tmp_path, copy / "content", SMALL / "seeds")
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "site") == tree(small / "site")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        done = build(Path(folder), SMALL / "content", SMALL / "seeds")
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, data in tree(Path(folder) / "work" / "docs").items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)
