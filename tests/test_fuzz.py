"""Broken files of content are read to their end; `python -m tests.heavy.fuzz` reads a million."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from readout import diagnostic
from readout.content import load as loading
from readout.content.one_file import read_file
from tests.builds import ROOT
from tests.reliability import fuzz_worker
from tests.reliability.fuzz_building import BuiltFiles
from tests.reliability.fuzz_worker import MEMORY, judged_apart
from tests.reliability.fuzzed_files import BATCH, fuzzed

_FILES = 2000
_FEW = 30


def _judged(folder: Path, count: int = BATCH) -> dict[str, Any]:
    return judged_apart(range(count), folder / "f")


def test_broken_files_are_told_of(tmp_path: Path) -> None:
    judged = _judged(tmp_path, _FILES)
    assert judged["findings"] == []
    assert judged["memory"] << 10 < MEMORY
    assert len(judged["codes"]) > 50
    assert 0 < judged["sound files"] < _FILES


def test_sound_ones_are_built(tmp_path: Path) -> None:
    sound = _judged(tmp_path)["sound"]
    built = BuiltFiles(tmp_path / "built").build([fuzzed(number) for number in sound])
    assert built["findings"] == []
    assert built["files"] > 5
    assert built["pages"] > built["files"]


def test_a_file_is_the_same_in_every_process() -> None:
    code = (
        "from tests.reliability.fuzzed_files import fuzzed; print([fuzzed(n) for n in range(40)])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != ""


def _refuse(file: str) -> None:
    raise IndexError(file)


def _take_memory(file: str) -> None:
    bytearray(MEMORY)


def _take_time(file: str) -> None:
    until = time.process_time() + 1.8
    while time.process_time() < until:
        pass


def _die(file: str) -> None:
    os._exit(7)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (_refuse, "IndexError"),
        (_take_memory, "MemoryError"),
        (_take_time, "took 1."),
        (_die, "the process died"),
    ],
)
def test_a_file_that_is_too_much_is_found(
    act: Any, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file of a batch is at fault, and it is found out which."""
    guilty = next(one for one in map(fuzzed, range(_FEW)) if one.file.startswith("articles/"))

    def reading(file: str, data: bytes, shown: str) -> Any:
        if file == guilty.file:
            act(file)
        return read_file(file, data, shown)

    monkeypatch.setattr(loading, "read_file", reading)
    monkeypatch.setattr(fuzz_worker, "SECONDS", 1.5)
    monkeypatch.setattr(fuzz_worker, "_SUSPECT", 1.5)
    (finding,) = _judged(tmp_path, _FEW)["findings"]
    assert finding.startswith(f"{guilty.number}: ")
    assert told in finding


def test_what_is_told_badly_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostic, "_one_line", lambda text: f"{text}\u202e\n")
    findings = " ".join(_judged(tmp_path)["findings"])
    assert "lines of its own" in findings
    assert "a character that shows nothing or acts" in findings
