"""Pages that are put together of pieces of the theme are those that its template gives."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from readout.publish import Publication, publication
from readout.publish.press import Press
from readout.publish.shell import Shells
from readout.publish.theme_reading import UnfitError, read_template
from tests.builds import ROOT
from tests.builds import tree as visible
from tests.unit.publish.docs_tree import make_pages
from tests.unit.publish.sites import make_settings

OURS = {"config": ROOT / "mkdocs.yml", "theme": ROOT / "templates" / "site"}
FIT = {
    "values": "{{ page.meta.title | e }}{{ page.title | e }}{{ page.meta.description | e }}",
    "tests": "{% if page.meta.changed and not page.meta.to %}x{% else %}y{% endif %}"
    "{% if page.canonical_url or page.meta.x %}z{% endif %}{% if page.is_homepage %}h{% endif %}",
    "kind": '{% set k = page.meta.kind | default("none") %}{{ k | upper }}'
    '{{ "a" if k == "briefing" else base_url }}',
    "other": "{% set t = page.meta.title | default(page.title | striptags) %}{{ t | escape }}"
    '{{ page.meta.description | default("none, <not> one") | e }}',
    "menu": '{% for i in nav if i.url %}{{ i.url | url }}{{ "*" if i.active }}'
    "{% for j in nav %}{{ loop.index }}{{ page.meta.title | e }}{% endfor %}{% endfor %}",
    "named as ours": "{{ page.meta.content | e }}{{ page.meta.canonical_url | e }}",
    "text twice": "{{ page.content }}<hr>{{ page.content }}{{ page.canonical_url | e }}",
    "addresses": '{{ "a/b.css" | url }}{{ "/x" | url }}{{ "../../y" | url }}{{ base_url }}',
}
UNFIT = {
    "length": "{% if page.content|length > 100 %}long{% endif %}",
    "upper": "{{ page.title|upper }}",
    "not escaped": "{{ page.meta.title }}",
    "compared": '{% if page.meta.title == "One" %}x{% endif %}',
    "text tested": "{% if page.content %}x{% endif %}",
    "text escaped": "{{ page.content | e }}",
    "joined": '{{ (page.meta.title ~ "!") | e }}',
    "method": "{{ page.meta.items() | list | e }}",
    "key like a method": "{{ page.meta.items | e }}",
    "all of it": "{{ page.meta | e }}",
    "the page": "{{ page | e }}",
    "contents": "{% for one in page.toc %}{{ one.title }}{% endfor %}",
    "file": "{{ page.file.src_uri | e }}",
    "edit": "{{ page.edit_url | e }}",
    "call": "{{ page.meta.title | e }}{{ range(3) | list }}",
    "included": '{% include "part.html" %}',
    "extended": '{% extends "part.html" %}',
    "imported": '{% import "part.html" as p %}{{ p.x }}',
    "macro": "{% macro m() %}{{ page.title | e }}{% endmacro %}{{ m() }}",
    "block": "{% block a %}{{ page.title | e }}{% endblock %}",
    "set twice": '{% set a = "x" %}{% set a = page.title %}{{ a | e }}',
    "page set": '{% set page = "x" %}',
    "name": "{{ nothing | e }}",
    "scripts": "{{ extra_css | e }}",
    "of the menu": "{% for i in nav %}{{ i.meta.title }}{% endfor %}",
    "random": "{{ nav.items | random }}",
    "address of a value": "{{ page.meta.to | url }}",
    "address escaped": '{{ "a" | url | e }}',
    "address tested": '{{ "x" if base_url == "." }}',
    "default tested": "{{ page.meta.to | default(page.title | striptags) | e }}",
    "empty default": '{{ page.meta.to | default("x", true) | e }}',
    "tags": "{{ page.meta.title | striptags | e }}",
    "filter block": "{% filter upper %}{{ page.title | e }}{% endfilter %}",
}
PAGES = {
    f"{folder}/p{n}.md": "".join(["---\n", *lines, f"---\n\n# P {n}\n\n[a](p0.md) & b\n"]).encode()
    for folder in ("topics", "briefings/index")
    for n, lines in enumerate(
        [
            ('title: "One"\n', 'description: "a <b> & \\"c\\""\n', 'kind: "briefing"\n'),
            ('title: "Two"\n', 'description: "d"\n', 'kind: "briefing"\n'),
            ('title: "\ue000title\ue001"\n', 'description: "{{ x }}"\n', 'kind: "briefing"\n'),
            ('title: "ש & ת"\n', 'changed: "2026-11-20"\n', 'to: "x.html"\n'),
            ('title: ""\n', 'changed: ""\n', 'content: "own"\n', 'canonical_url: "u"\n'),
            ("title: 0\n", 'changed: ""\n', 'content: "o&wn"\n', 'canonical_url: "v"\n'),
            ("title: 12\n", "changed: 3\n", "kind: 1\n"),
            ('title: "a"\n', "changed: 4\n", "kind: 1\n"),
            ('title: "b"\n', "changed: 4\n", 'kind: "1"\n'),
            ('description: "none"\n',),
        ]
    )
}


@contextmanager
def press(folder: Path, pages: dict[str, bytes], **changes: object) -> Iterator[Press]:
    """The press of a publication of these pages."""
    with publication(make_settings(folder, **changes), pages) as opened:
        assert isinstance(opened, Publication)
        yield opened.press()


def both_ways(
    folder: Path, pages: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, **changes: object
) -> int:
    """Presses all pages in either way, thrice each; how many were put together of pieces."""
    by_template = 0
    real = Press._by_template

    def counted(*args: object) -> object:
        nonlocal by_template
        by_template += 1
        return real(*args)  # type: ignore[arg-type]

    told = [(path, data) for path, data in pages.items() if path.endswith(".md")] * 3
    with press(folder, pages, **changes) as one:
        with monkeypatch.context() as patch:
            patch.setattr(Shells, "takes", lambda *_: False)
            slow = [one.page(path, data) for path, data in told]
        with monkeypatch.context() as patch:
            patch.setattr(Press, "_by_template", counted)
            fast = [one.page(path, data) for path, data in told]
    assert [path for (path, _), a, b in zip(told, slow, fast, strict=True) if a != b] == []
    return len(told) - by_template


@pytest.mark.parametrize("url", [None, "https://example.org/x"])
def test_our_pages_are_the_same_in_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    pages = visible(ROOT / "tests" / "golden")
    together = both_ways(tmp_path, pages, monkeypatch, site_url=url, **OURS)
    assert together > len(pages)  # but the menu, and the first two of each kind


@pytest.mark.parametrize("template", FIT.values(), ids=FIT.keys())
def test_what_a_template_may_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    settings = make_settings(tmp_path)
    (settings.theme / "main.html").write_text(f"<p>{template}{{{{ page.content }}}}</p>")
    pages = make_pages(1) | PAGES
    assert both_ways(tmp_path, pages, monkeypatch, site_url="https://example.org/") > 20


@pytest.mark.parametrize("template", UNFIT.values(), ids=UNFIT.keys())
def test_a_template_that_asks_for_more_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    settings = make_settings(tmp_path)
    (settings.theme / "main.html").write_text(f"<p>{template}</p>")
    (settings.theme / "part.html").write_text("part{% set x = 1 %}")
    with press(tmp_path, PAGES | make_pages(1)) as one, pytest.raises(UnfitError):
        read_template(one.env)
    if template not in {UNFIT[one] for one in ("random", "key like a method", "of the menu")}:
        assert both_ways(tmp_path, PAGES | make_pages(1), monkeypatch) == 0


def test_a_template_that_is_changed_is_read_as_it_is() -> None:
    source = (ROOT / "templates" / "site" / "main.html").read_text()
    asked = {}
    for text in (source, source.replace("{{ title | e }}", "{{ title | upper | e }}")):
        made = Environment(loader=DictLoader({"main.html": text}))  # noqa: S701 - as MkDocs' own
        made.filters["url"] = str
        try:
            asked[text] = read_template(made)
        except UnfitError:
            asked[text] = ()
    assert list(asked.values()) == [("changed", "description", "title", "to"), ()]


def test_marks_in_a_theme_are_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mark in ("\ue000content\ue001", "\ue000x\ue001", "\ue000url 9\ue001"):
        settings = make_settings(tmp_path)
        (settings.theme / "main.html").write_text(f"{mark}{{{{ page.title | e }}}}")
        assert both_ways(tmp_path, PAGES | make_pages(1), monkeypatch) == 0


def test_a_page_with_a_template_of_its_own_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_settings(tmp_path)
    (settings.theme / "main.html").write_text("{{ page.title | e }}")
    (settings.theme / "own.html").write_text("own {{ page.title }}")
    pages = {
        f"topics/t{n}.md": b'---\ntitle: "T"\ntemplate: "own.html"\n---\n\ntext\n' for n in range(5)
    }
    assert both_ways(tmp_path, pages | make_pages(1), monkeypatch) == 0
