"""After any edits the site is the one that a clean build makes; `python -m tests.heavy.edits` runs
thousands of sequences of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout.render.track import Marks, MarksOfEdited, _mark
from tests.edit_chains import run_chain


@pytest.mark.parametrize("seed", range(5))
def test_the_site_after_edits_is_the_clean_one(seed: int, tmp_path: Path) -> None:
    assert run_chain(tmp_path, f"sample {seed}", 6, 3, search=seed == 0)


def test_a_large_site_after_edits_is_the_clean_one(tmp_path: Path) -> None:
    assert run_chain(tmp_path, "large sample", 1, 4, large=True)


def test_it_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that never looks at what a page was made from is found out."""
    for kind in (Marks, MarksOfEdited):
        monkeypatch.setattr(kind, "hold", lambda self, marks, absent: True)
    with pytest.raises(AssertionError):
        run_chain(tmp_path, "blind", 20, 3)


def test_marks_tell_long_ids_apart() -> None:
    """Two things with one value have two marks, however much of their ids is the same."""
    same = "a" * 80
    assert _mark("events", f"{same}-1", b"x") != _mark("events", f"{same}-2", b"x")
