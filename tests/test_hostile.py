"""Text from strangers is harmless and shown as typed; and a defence that is missing is noticed.

A sample of what `python -m tests.heavy.hostile` does with thousands of strings.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readout.content.fields import Plain, Prose
from readout.content.key_types import records_in
from readout.content.schema import (
    Actor,
    Article,
    EventEntry,
    EventKind,
    Place,
    SiteFile,
    Topic,
    fields_of,
)
from readout.diagnostic import Severity
from readout.pipeline import read
from tests.hostile.content import FIELDS, desk, write
from tests.hostile.danger import dangers
from tests.hostile.page import read_again, read_page
from tests.hostile.run import (
    build_in,
    check_batch,
    check_desk,
    make_desk_twins,
    make_twins,
    settings,
)
from tests.hostile.site import Site
from tests.hostile.strings import key_of, strings
from tests.hostile.weakened import WEAKENED

SAMPLE = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "[a](javascript:alert(1))",
    'a [b](https://example.org/?c=1&copy=2 "d\' e") *f* **g** <b>h</b>',
    "a\n\n</div>\n\n<img src=x onerror=alert(1)>",
    "Title: a\ntemplate: 404.html\n\n# b",
    "---\ntitle: a\n---\n{: onclick=b }",
    '--8<-- "mkdocs.yml" {{ config }} {% raw %}',
    "[a]: javascript:alert(1)\n\n[a] [^1]\n\n[^1]: <b>c</b>",
    "<javascript:alert(1)> <a@b.c> https://a.b/_c_",
    "\u05e9\u05dc\u05d5\u05dd _a_ `b` 5\u00a0km | c",
    "> - 1. a\n  2. <b>",
    '"}]</script><svg onload=alert(1)>\\',
]
SIZE = 36


@pytest.fixture(scope="module")
def sample() -> list[str]:
    """The strings above and the first of the long run."""
    return SAMPLE + [one.text for one in strings(SIZE - len(SAMPLE))]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_twins(tmp_path_factory.mktemp("twins"), SIZE, search=True)


@pytest.fixture(scope="module")
def few_twins(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_twins(tmp_path_factory.mktemp("few twins"), 2, search=True)


@pytest.fixture(scope="module")
def desk_twins(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_desk_twins(tmp_path_factory.mktemp("desk twins"))


def test_every_field_shows_what_was_typed(sample: list[str], twins: Site, tmp_path: Path) -> None:
    result = check_batch(sample, twins, tmp_path, SIZE, search=True, stock=True)
    assert list(map(str, result.findings)) == []
    assert result.files > 400
    assert result.by_stock_mkdocs > 200
    refused = {number for number, form in result.refused if form == "p"}
    assert len(refused) < SIZE / 4
    assert not refused & set(range(len(SAMPLE)))


A_PAGE = "# a *b*\n\n## <i>\n\n```c\nd"


@pytest.mark.parametrize("text", [*SAMPLE[:2], SAMPLE[5], SAMPLE[6], A_PAGE])
def test_the_desks_own_texts_too(text: str, desk_twins: Site, tmp_path: Path) -> None:
    assert list(map(str, check_desk(text, desk_twins, tmp_path).findings)) == []


CATCHES = {
    "no encoder": ["<script>alert(1)</script>"],
    "HTML's escapes alone": ["*a*", "[a](javascript:alert(1))"],
    "an encoder that loses a character": ["a_b"],
    "prose not encoded": ["a\n\n- <img src=x onerror=alert(1)>"],
    "links to any scheme": ["[a](javascript:alert(1))"],
    "prose that loses a character": ["a <b"],
    "formal citations not encoded": ["<b>a</b>"],
    "front matter not quoted": ['"\nkind: search\nto: "'],
    "labels of drawings not encoded": ["<b>a</b>"],
    "search records of escaped text": ["a & b"],
    "a theme that does not escape": ["</title><script>alert(1)</script>"],
}
IN_THE_BROWSER = {"search results as markup"}


@pytest.mark.parametrize("name", sorted(WEAKENED.keys() - IN_THE_BROWSER))
def test_a_missing_defence_is_noticed(name: str, few_twins: Site, tmp_path: Path) -> None:
    with WEAKENED[name]():
        result = check_batch(CATCHES[name], few_twins, tmp_path, 2, search=True)
    assert result.findings
    with_it = check_batch(CATCHES[name], few_twins, tmp_path, 2, search=True)
    assert list(map(str, with_it.findings)) == []


def test_both_parsers_see_the_same_dangers() -> None:
    """With strings that are markup: what a string brings, both tell."""
    seen = 0
    for one in strings(400):
        page = f'<!DOCTYPE html><title>a</title><p>{one.text}</p><p title="{one.text}">b</p>'
        found = [list(dangers(read(page).all, "a.html")) for read in (read_page, read_again)]
        assert bool(found[0]) == bool(found[1]), one
        seen += bool(found[0])
    assert seen > 100


def test_the_fields_are_all_that_take_text() -> None:
    roots = (Article, Actor, EventEntry, Place, Topic, EventKind, SiteFile)
    models = dict.fromkeys(model for root in roots for model in records_in(root))
    found = {
        f"{model.__name__}.{name}"
        for model in models
        for name, field in fields_of(model).items()
        if _takes_text(field.annotation)
    }
    assert found == FIELDS


def _takes_text(annotation: Any) -> bool:
    if annotation in (Plain, Prose):
        return True
    parts = getattr(annotation, "__args__", ())
    return any(_takes_text(part) for part in parts if part is not annotation)


class _ByField:
    """A word of its own for every field."""

    def __init__(self) -> None:
        self.word_of: dict[str, str] = {}

    def plain(self, number: int, field: str) -> str:
        return self.word_of.setdefault(field, f"Qy{len(self.word_of)}x")

    def prose(self, number: int, field: str, form: str = "") -> str:
        return self.plain(number, field)

    def words(self, number: int, field: str) -> str:
        return "words"

    def address(self, number: int, field: str) -> str:
        return "a"


def test_every_field_reaches_a_page(tmp_path: Path) -> None:
    texts = _ByField()
    report = build_in(tmp_path, desk(texts, "About."))
    assert report.published is not None
    assert texts.word_of.keys() == FIELDS
    pages = (tmp_path / "site").rglob("*.html")
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert {field for field, word in texts.word_of.items() if word not in shown} == set()


URLS = {
    "javascript:alert(1)": "VAL003",
    "JAVASCRIPT:alert(1)": "VAL003",
    "java\tscript:alert(1)": "VAL003",
    " javascript:alert(1)": "VAL003",
    "data:text/html,<script>alert(1)</script>": "VAL003",
    "vbscript:a": "VAL003",
    "file:///etc/passwd": "VAL003",
    "//evil.example/": "VAL003",
    "/etc/passwd": "VAL003",
    "../../a": "VAL003",
    "https:evil.example": "VAL003",
    "https://": "VAL003",
    'https://example.org/" onclick="alert(1)': "VAL003",
    "https://example.org/><script>alert(1)</script>": "VAL003",
    "https://example.org/a\nb": "VAL003",
    "https://example.org/a\\b": "VAL003",
    "https://example.org/`a`": "VAL003",
    "https://www.reuters.com@evil.example/login": "VAL003",
    "https://a:b@evil.example": "VAL003",
    "https://www.reuters.com@evil.example?@": "VAL003",
    "https://example.org/@a?b=c@d#e@f": None,
    "https://example.org?a@b": None,
    "https://example.org/'onclick='alert(1)": None,
    "https://example.org/(a)[b]*c*_d_&copy;&#60;": None,
    "HTTPS://example.org/%22%3E%3Cscript%3E": None,
    "https://example.org/javascript:alert(1)#:~:text=a": None,
}
"""Addresses -> the code that refuses them, or None where they are links as typed."""


def test_addresses_are_web_addresses(tmp_path: Path) -> None:
    files: dict[str, Any] = {
        f"articles/u-{n}.yml": {
            "title": "a",
            "bottom_line": "b",
            "source": {"url": url, "archived_url": url},
        }
        for n, url in enumerate(URLS)
    }
    write(files, tmp_path / "content")
    (tmp_path / "seeds").mkdir()
    _, diagnostics = read(settings(tmp_path))
    refused = {
        Path(one.location.file).stem: one.code
        for one in diagnostics
        if one.severity is Severity.ERROR
    }
    assert refused == {f"u-{n}": code for n, code in enumerate(URLS.values()) if code}
    kept = {path: one for path, one in files.items() if Path(path).stem not in refused}
    assert build_in(tmp_path / "kept", kept).published is not None
    for path, one in kept.items():
        name = f"briefings/{Path(path).stem}.html"
        events = read_page((tmp_path / "kept/site" / name).read_text(encoding="utf-8")).events
        assert list(dangers(events, name)) == []
        links = [event for event in events if one["source"]["url"] in event]
        assert len([event for event in links if event[0] == "open"]) == 2
        assert ("text", one["source"]["url"]) in links


@pytest.fixture
def refused_as_ids(sample: list[str], tmp_path: Path) -> list[tuple[str, bool]]:
    """Each string, with whether it is refused where an id is expected."""
    files = {
        f"articles/i-{n}.yml": {
            "title": "a",
            "bottom_line": "b",
            "source": {"outlet": text},
            "topics": [text],
            "claims": [{"id": text, "text": "c", "denies": [text]}],
        }
        for n, text in enumerate(sample)
    }
    write(files, tmp_path / "content")
    (tmp_path / "seeds").mkdir()
    _, diagnostics = read(settings(tmp_path))
    bad = {Path(d.location.file).stem for d in diagnostics if d.severity is Severity.ERROR}
    return [(text, f"i-{n}" in bad) for n, text in enumerate(sample)]


def test_no_string_passes_for_an_id(refused_as_ids: list[tuple[str, bool]]) -> None:
    assert [text for text, refused in refused_as_ids if not refused] == []


def test_strings_are_distinct_and_always_the_same() -> None:
    first, again = strings(900), strings(1000)
    assert again[:900] == first
    assert len({key_of(one.text) for one in again}) == 1000
    assert len({one.source for one in again}) == 8
    assert [one.number for one in again] == list(range(1000))


def test_yaml_is_read_back_as_it_was_meant(sample: list[str], tmp_path: Path) -> None:
    write({f"a-{n}.yml": {"title": [text]} for n, text in enumerate(sample)}, tmp_path)
    for n, text in enumerate(sample):
        written = (tmp_path / f"a-{n}.yml").read_text(encoding="utf-8")
        assert yaml.load(written, Loader=yaml.BaseLoader) == {"title": [text]}  # noqa: S506
