"""The search page: found by name in any script, filtered, ordered, by keyboard; text stays text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


def open_search(new_page: Callable[..., Page], address: str, query: str = "") -> Page:
    page = new_page()
    page.goto(f"{address}search.html{query}")
    page.wait_for_selector("html[data-search=ready]", state="attached")
    return page


def results(page: Page) -> list[str]:
    page.locator("#search-results h3, #search-count:has-text('Nothing')").first.wait_for()
    return page.locator("#search-results h3").all_inner_texts()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Netanyahu", "Benjamin Netanyahu"),
        ("נתניהו", "Benjamin Netanyahu"),
        ("پزشکیان", "Masoud Pezeshkian"),
        ("Путин", "Vladimir Putin"),
    ],
)
def test_names_in_any_script(
    words: str, name: str, new_page: Callable[..., Page], real_address: str
) -> None:
    page = open_search(new_page, real_address)
    page.fill("#search-words", words)
    page.press("#search-words", "Enter")
    assert name in results(page)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("putin", ["Vladimir Putin"]),
        ("Iran", ["Iran", "Iran"]),
        ("Benjamin Netanyahu", ["Benjamin Netanyahu"]),
        ("red square", ["Red Square"]),
        ("נתניהו", ["Benjamin Netanyahu"]),
        ("IDF", ["Israel Defence Forces"]),
    ],
)
def test_what_is_called_so_comes_before_what_tells_of_it(
    words: str, first: list[str], new_page: Callable[..., Page], real_address: str
) -> None:
    page = open_search(new_page, real_address)
    page.fill("#search-words", words)
    page.press("#search-words", "Enter")
    found = results(page)
    assert found[: len(first)] == first
    assert len(found) == len(set(page.locator("#search-results h3 a").evaluate_all(
        "all => all.map(one => one.href)"
    )))  # fmt: skip


def test_filters_and_order(new_page: Callable[..., Page], real_address: str) -> None:
    page = open_search(new_page, real_address, "?kind=Event&year=2018&order=asc")
    found = results(page)
    assert found
    kinds = page.locator("#search-results .small").all_inner_texts()
    assert all(kind.startswith("Event") and "2018" in kind for kind in kinds)
    for name in ("kind", "actor", "topic", "place", "year", "outlet"):
        assert page.locator(f"#filter-{name} option").count() > 1


def test_from_home_to_a_source_by_keyboard(
    new_page: Callable[..., Page], real_address: str
) -> None:
    page = new_page()
    page.goto(real_address)

    def tab_to(words: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            text = page.evaluate("document.activeElement.textContent")
            if words in text:
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none"
                return
        raise AssertionError(f"no way by keyboard to {words}")

    tab_to("Search")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-search=ready]", state="attached")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search-words":
            break
    page.keyboard.type("warned Russia before")
    page.keyboard.press("Enter")
    assert "Israel says it warned Russia before it struck Syria" in results(page)
    tab_to("Israel says it warned Russia")
    page.keyboard.press("Enter")
    page.wait_for_selector("#forewarned")
    tab_to("These words in the source")
    href = page.evaluate("document.activeElement.href")
    assert href.startswith("https://www.themoscowtimes.com/")
    assert "#:~:text=The%20Russians" in href


def test_without_javascript_the_page_leads_on(
    new_page: Callable[..., Page], real_address: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{real_address}search.html")
    assert not page.locator("#search-form").is_visible()
    hrefs = [link.get_attribute("href") for link in page.locator(".ways a").all()]
    assert hrefs == [
        "briefings/index.html",
        "chronology/index.html",
        "events/index.html",
        "actors/index.html",
        "topics/index.html",
        "places/index.html",
    ]
