"""Wherever it is built, the site is the same bytes.

`python -m tests.heavy.determinism` builds it in hundreds of places.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builds import SMALL, build
from tests.reliability.elsewhere import ALL, Elsewhere, digest, digest_of, listed_in_order


def test_one_hash(tmp_path: Path) -> None:
    """Places in which everything is otherwise."""
    places = [Elsewhere(*(several[n % len(several)] for several in ALL)) for n in (0, 1, 2)]
    found = {digest_of(where, tmp_path / str(n), SMALL) for n, where in enumerate(places)}
    assert len(found) == 1
    assert "exit" not in found.pop()


@pytest.mark.parametrize("name", ["שולחן", os.fsdecode(b"no text \xff")])
def test_a_terminal_may_lack_the_letters_of_a_folder(name: str, tmp_path: Path) -> None:
    letters = {"PYTHONIOENCODING": "ascii"}
    folder = tmp_path / name
    for told in ("Built", "Nothing changed", "Nothing changed"):
        done = build(folder, SMALL / "content", SMALL / "seeds", env=letters)
        assert (done.returncode, done.stdout[: len(told)]) == (0, told)
        assert f"Open {tmp_path}/" in done.stdout


@pytest.mark.parametrize("what", ["bytes", "name", "mode"])
def test_another_site_has_another_hash(what: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "page.html"
    path.write_text("text")
    before = digest((tmp_path,))
    if what == "bytes":
        path.write_text("texT")
    elif what == "name":
        path.rename(path.with_name("pagE.html"))
    else:
        path.chmod(0o600)
    assert digest((tmp_path,)) != before


def test_the_order_of_files_is_another(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / str(n)).touch()
    orders = set()
    for seed in (0, 1, 2):
        with listed_in_order(seed):
            orders.add(tuple(os.listdir(tmp_path)))  # noqa: PTH208
            orders.add(tuple(path.name for path in tmp_path.iterdir()))
            with os.scandir(tmp_path) as found:
                orders.add(tuple(one.name for one in found))
    assert len(orders) > 5
