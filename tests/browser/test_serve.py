"""`serve` in a browser: a save reloads the page, a mistake is shown with its line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.builds import ROOT, SMALL, flags


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the small site's content, and the address at which it is served."""
    shutil.copytree(SMALL / "content", tmp_path / "content")
    command = [sys.executable, ROOT / "build.py", "serve", "--port=0"]
    running = subprocess.Popen(
        [*command, *flags(tmp_path, tmp_path / "content", SMALL / "seeds")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert running.stdout is not None
    address = running.stdout.readline().split()[-1]
    assert address.startswith("http://127.0.0.1:")
    yield tmp_path / "content", address
    running.terminate()
    running.wait()


def test_a_broken_and_a_mended_file(
    served: tuple[Path, str], new_page: Callable[..., Page]
) -> None:
    content, address = served
    file = content / "articles" / "second-report.yml"
    good = file.read_text(encoding="utf-8")
    page = new_page()
    page.goto(f"{address}briefings/second-report.html")
    assert page.locator(".readout-report").count() == 0

    file.write_text(good.replace("bottom_line:", "bottomline:"), encoding="utf-8")
    page.wait_for_selector(".readout-report")
    told = page.locator(".readout-report").inner_text()
    assert f"{file}:3:1: error KEY001" in told
    assert 'did you mean "bottom_line"?' in told
    assert page.locator("h1").inner_text().startswith("2. A second report")
    page.goto(f"{address}actors/norland.html")  # the last good site stays reachable
    assert page.locator("h1").inner_text() == "Norland"
    assert page.locator(".readout-report").count() == 1

    file.write_text(good.replace("2. A second report", "A third report"), encoding="utf-8")
    page.wait_for_selector(".readout-report", state="detached")
    page.goto(f"{address}briefings/second-report.html")
    assert page.locator("h1").inner_text().startswith("A third report")


def test_what_was_saved_is_found_soon(
    served: tuple[Path, str], new_page: Callable[..., Page]
) -> None:
    content, address = served
    page = new_page()
    page.goto(f"{address}search.html?q=harbour")
    page.wait_for_selector("#search-results h3")  # the first index came after the page
    page.goto(f"{address}search.html?q=Zanzibar")
    page.wait_for_selector("#search-count:not(:empty)")
    assert page.locator("#search-results h3").count() == 0

    file = content / "articles" / "second-report.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("A second report", "A Zanzibar report"), encoding="utf-8")
    page.wait_for_selector("#search-results h3:has-text('A Zanzibar report')")


def test_what_is_published_has_no_script(served: tuple[Path, str]) -> None:
    content, _ = served
    pages = list((content.parent / "work" / "serve" / "site").rglob("*.html"))
    assert pages
    assert [page for page in pages if "_readout" in page.read_text(encoding="utf-8")] == []
