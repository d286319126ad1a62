"""The speed hook says what MkDocs says: the same pages, links, ids, contents and warnings."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from bench.corpus import generate
from readout.pipeline import Settings, build
from readout.publish.fast_markdown import render
from tests.builds import tree
from tests.hostile.corpora import corpora
from tests.unit.publish.docs_tree import make_pages, page
from tests.unit.publish.sites import make_settings
from tests.unit.publish.stock import stock, write_pages


def build_both(pages: dict[str, bytes], folder: Path) -> tuple[list[str], list[str]]:
    """Builds with the hook into `fast`, without into `stock`; the warnings of each, sorted."""
    write_pages(pages, folder / "docs")
    settings = make_settings(folder)
    fast = stock(settings, folder / "docs", folder / "fast", hook=True)
    return sorted(fast), sorted(stock(settings, folder / "docs", folder / "stock", hook=False))


def seen(file: Path) -> list[object]:
    """A page as a browser parses it: elements, attributes and text, white space as shown."""
    return [outline(html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False))]


def outline(element: Element) -> list[object]:
    loose = element.tag in {"table", "thead", "tbody", "tr", "ul", "body", "main", "html"}
    parts: list[object] = [element.tag, sorted(element.attrib.items()), text(element.text, loose)]
    for child in element:
        parts += [outline(child), text(child.tail, loose)]
    return parts


def text(value: str | None, loose: bool) -> str:
    shown = re.sub(r"\s+", " ", value or "")
    return shown.strip() if loose else shown


def assert_equal(folder: Path) -> None:
    fast = sorted(p.relative_to(folder / "fast") for p in (folder / "fast").rglob("*.*"))
    assert fast == sorted(p.relative_to(folder / "stock") for p in (folder / "stock").rglob("*.*"))
    for path in fast:
        if path.suffix == ".html":
            assert seen(folder / "fast" / path) == seen(folder / "stock" / path), path


def test_our_pages_are_those_of_mkdocs(tmp_path: Path) -> None:
    assert build_both(make_pages(3), tmp_path) == ([], [])
    assert_equal(tmp_path)


def test_our_pages_take_the_fast_way() -> None:
    source = make_pages(3)["briefings/b0.md"].decode().split("---\n", 2)[2]
    assert render(source) is not None


def test_broken_links_are_told_alike(tmp_path: Path) -> None:
    pages = make_pages(2)
    pages["topics/a.md"] = page("A", "[x](gone.md) [y](../actors/outlet.md#gone) [z](#gone)")
    pages["topics/b.md"] = page(
        "B", "[x](gone.md) [abs](/actors/outlet.md) [dir](../actors) [m](a@b.c)"
    )
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert len([line for line in fast if "topics/a.md" in line]) == 3
    assert len([line for line in fast if "topics/b.md" in line]) == 4


def test_what_looks_like_an_anchor_is_none(tmp_path: Path) -> None:
    pages = make_pages(1)
    pages["topics/a.md"] = page(
        "A",
        '<b title="x id=one name=two">y</b> id=three <i name="four" data-id="five">z</i> '
        "[1](#one) [2](#two) [3](#three) [4](#four) [5](#five) [6](#six)\n\n"
        "<p class='a id=\"six\"'>x</p>\n\n<p class=x id=seven>[7](#seven)</p>\n\n[8](#seven)",
    )
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert len(fast) == 6


def test_a_link_to_the_same_page_is_not_taken_for_that_of_another(tmp_path: Path) -> None:
    pages = make_pages(1)
    pages["topics/a.md"] = page("A", "## Here\n\n[x](#here)")
    pages["topics/b.md"] = page("B", "[x](#here)")
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert len(fast) == 1


def test_front_matter_that_is_not_yaml_is_told(tmp_path: Path) -> None:
    pages = make_pages(1) | {"topics/a.md": b"---\ntitle: a: b\n---\n\n# A\n"}
    fast, _ = build_both(pages, tmp_path)
    assert fast == ["Doc file 'topics/a.md' has front matter that is not YAML"]


DIFFER = {
    "setext": "Title\n=====",
    "rule": "***",
    "indented": "    code",
    "fence": "```\ncode\n```",
    "list after text": "text\n- item",
    "loose list": "- a\n\n- b",
    "nested list": "- a\n    - b",
    "ordered": "1. a\n2. b",
    "quote": "> a",
    "no space": "#a",
    "closed heading": "# a #",
    "heading in text": "text\n# a",
    "stars in words": "a*b*c",
    "&# at a loss": "a &#\n\n<div>[a](b.md)</div>",
    "odd tag": "<b~> a",
    "quoted emphasis": "**“x”**text",
    "spaced star": "2 * 3 * 4",
    "underscores": "_a_ __b__",
    "escape": r"\*a\*",
    "code": "`a`",
    "image": "![a](b.png)",
    "reference": "[a][b]\n\n[b]: https://example.org",
    "toc": "[TOC]",
    "autolink": "<https://example.org>",
    "mail": "<a@example.org>",
    "comment": "<!-- a -->",
    "tag alone": "<span>\n*a*\n</span>",
    "open section": "<section>\n\n*a*\n\n</section>",
    "text after block": "<div>a</div> *b*",
    "table without rows": "| a |\n|---|",
    "uneven table": "| a | b |\n|---|---|\n| c |",
    "table after text": "text\n| a |\n|---|\n| b |",
    "break": "a  \nb",
    "entity": "&notit; &copy;",
    "parenthesis": "[a](https://example.org/a_(b))",
    "angle": "[a](<gone b.md>)",
    "foreign letters": "[a](https://example.org/é)",
    "block in item": "- <div>a</div>",
    "heading in item": "- # a",
    "definition": "a\n: b",
    "tab": "-\ta",
    "mark": "[a](~native~b)",
}
ALIKE = {
    "heading with link": '## [a](../index.md) &#60;b&#62; *c* "d" & e\n\n## [a](../index.md)',
    "same headings": "## A\n\n## A\n\n### A_1\n\n# 1\n\n###### ליברמן",
    "heading on text": "## A\ntext\n\n## B\n- a\n- b",
    "raw headings": '<h2>Raw</h2>\n\n## Raw\n\n<div>\n<h3 id="x">x</h3>\n# no\n</div>',
    "siblings": "<div>a<div>b</div></div>\n<aside>c</aside>",
    "raw with links": '<p>[a](b.md) <a href="b.md">c</a> *d*</p>',
    "aligned": "| a | b | c |\n|:--|--:|:-:|\n| *x* | | [y](../index.md) |",
    "entities": "&#35; &#38; &#42;a&#42; &#x5d0; &amp; &lt;b&gt; AT & T",
    "inline tags": '<bdi lang="he">א</bdi> <time datetime="2018">x</time> <a id="q"></a>',
    "emphasis": "*a* **b** (*c*), *d e*. **“f.”**",
    "words_with_lines": 'a_b_c [x_y](https://example.org/_a/b_c_?d_=_e#_f "a_b")',
    "anchors": "<a id='one' name=\"two\"></a> [1](#one) [2](#two) [3](a.md#one)",
    "brackets": "[a] (b) [c]",
}


@pytest.mark.parametrize("source", DIFFER.values(), ids=DIFFER.keys())
def test_what_may_differ_is_left_to_mkdocs(source: str) -> None:
    assert render(f"# Title\n\n{source}\n") is None


def test_what_is_alike_is_rendered_alike(tmp_path: Path) -> None:
    pages = make_pages(1)
    for number, source in enumerate(ALIKE.values()):
        assert render(source) is not None, source
        pages[f"topics/a{number}.md"] = page("T", source)
    pages["topics/a.md"] = page("T", "## One\n\n## Two")
    pages["topics/untitled.md"] = b"# *A* title &#38; more\n\ntext\n"
    pages["topics/raw-title.md"] = b'<h1 class="x">Raw</h1>\n\n# Not the title\n'
    pages["topics/late-title.md"] = b"text\n\n# Not the title\n"
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert_equal(tmp_path)


def test_so_are_the_examples_of_commonmark_that_are_rendered_here(tmp_path: Path) -> None:
    chosen = [one for one in corpora()["CommonMark's examples"] if render(one) is not None]
    assert len(chosen) >= 30
    pages = make_pages(1)
    pages |= {f"topics/c{number}.md": page("T", one) for number, one in enumerate(chosen)}
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert_equal(tmp_path)


def test_so_is_a_whole_corpus(tmp_path: Path) -> None:
    generate(tmp_path, 12)
    work = tmp_path / "work"
    folders = (tmp_path / "content", tmp_path / "seeds", tmp_path / "site", work)
    assert build(Settings(*folders, search=False)).published is not None
    pages = {path: data for path, data in tree(work / "docs").items() if path.endswith(".md")}
    bodies = [data.decode().split("---\n", 2)[2] for data in pages.values()]
    assert sum(render(one) is not None for one in bodies) > 0.9 * len(bodies) > 60
    assert build_both(pages, tmp_path) == ([], [])
    assert_equal(tmp_path)


def test_pages_left_to_mkdocs_are_its_own(tmp_path: Path) -> None:
    pages = make_pages(1)
    for number, source in enumerate(DIFFER.values()):
        pages[f"topics/d{number}.md"] = page("T", source)
    fast, slow = build_both(pages, tmp_path)
    assert fast == slow
    assert_equal(tmp_path)
