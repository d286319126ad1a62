"""The interface in Hebrew, Arabic and Persian: from right to left, and no wider than the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_axe import AXE, RUN
from tests.builds import SMALL, build
from tests.site_checks import html_problems

PAGES = (
    "index.html",
    "briefings/harbour-talks.html",
    "events/the-message.html",
    "actors/norland.html",
    "chronology/index.html",
    "search.html",
)
WORD = {"he": "כרונולוגיה", "ar": "التسلسل الزمني", "fa": "گاه‌شمار", "ru": "Хронология"}


@pytest.mark.parametrize("language", ["he", "ar", "fa", "ru"])
def test_the_interface_in_another_language(
    language: str,
    tmp_path: Path,
    serve: Callable[[Path], str],
    new_page: Callable[..., Page],
) -> None:
    shutil.copytree(SMALL / "content", tmp_path / "content")
    site = tmp_path / "content" / "site.yml"
    site.write_text(site.read_text().replace("language: en", f"language: {language}"))
    done = build(tmp_path, tmp_path / "content", SMALL / "seeds")
    assert done.returncode == 0, done.stdout + done.stderr
    assert html_problems(tmp_path / "site") == []
    address = serve(tmp_path / "site")
    page = new_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    for path in PAGES:
        page.goto(address + path)
        assert page.get_attribute("html", "lang") == language
        assert page.get_attribute("html", "dir") == ("ltr" if language == "ru" else "rtl")
        assert WORD[language] in page.locator(".masthead").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.evaluate(AXE)
        assert page.evaluate(RUN) == [], path
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + PAGES[1])
    text, margin = page.locator("h1").bounding_box(), page.locator(".margin").bounding_box()
    assert text is not None
    assert margin is not None
    assert (margin["x"] < text["x"]) == (language != "ru")
    quote = page.locator("#sent blockquote")
    assert quote.get_attribute("lang") == "en"
    assert quote.get_attribute("dir") == "ltr"
