"""Links as they are found in a line, and the two ways in which prose is written, piece by piece."""

from __future__ import annotations

import pytest

from readout.prose import Link, page_to_markdown, parse_prose, to_html, to_markdown
from readout.prose.links import WebTarget, find_links, reference_at
from tests.prose_shown import resolve


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("[a](http://b.c)", {0: WebTarget(2, "http://b.c", "", 15)}),
        ("[a]( http://b.c )", {0: WebTarget(2, "http://b.c", "", 17)}),
        ("[a](\t\n http://b.c \n'd' )", {0: WebTarget(2, "http://b.c", "d", 24)}),
        ("[a](<http://b.c> \"d\")", {0: WebTarget(2, "http://b.c", "d", 21)}),
        ("[a](<http://b.c>'d')", {}),
        ("[a]xhttp://b.c)", {}),
        ("[a] (http://b.c)", {}),
        ("[a](http://b.c", {}),
        ("[a](http://b.c 'd' e)", {}),
        ("[a](http://b.c]", {}),
        ("[a]()", {}),
        ("[a](/b)", {}),
        ("[a](javascript:b)", {}),
        ("[a", {}),
        ("a](http://b.c)", {}),
        ("[a [b](http://b.c) c](http://d.e)", {3: WebTarget(5, "http://b.c", "", 18)}),
        ("[a [b] c](http://d.e)", {0: WebTarget(8, "http://d.e", "", 21)}),
        ("[[a]](http://b.c)", {}),
        ("[x [[a]] y](http://b.c)", {}),
        ("[x [[A B]] y](http://b.c)", {0: WebTarget(12, "http://b.c", "", 25)}),
        ("[[ [a](http://b.c)", {3: WebTarget(5, "http://b.c", "", 18)}),
        ("[[x|y [a](http://b.c)", {6: WebTarget(8, "http://b.c", "", 21)}),
        ("![a](http://b.c)", {}),
        ("![[a]] [b](http://b.c)", {7: WebTarget(9, "http://b.c", "", 22)}),
        ("\\[a](http://b.c)", {}),
        ("[a\\](http://b.c)", {}),
        ("\\\n[a](http://b.c)", {2: WebTarget(4, "http://b.c", "", 17)}),
        ("[a](http://b.c)[d](http://e.f)",
         {0: WebTarget(2, "http://b.c", "", 15), 15: WebTarget(17, "http://e.f", "", 30)}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("code", [True, False])
def test_links_of_a_line(line: str, found: dict[int, WebTarget], code: bool) -> None:
    assert find_links(line, code=code) == found


@pytest.mark.parametrize(
    ("line", "with_code"),
    [
        ("`[a](http://b.c)`", []),
        ("`` [a](http://b.c) ``", []),
        ("``[a](http://b.c)`", [2]),
        ("`[a](http://b.c)``", [1]),
        ("``` ` `` ``` [a](http://b.c)", [13]),
        ("[a `](http://b.c)`](http://d.e)", [0]),
    ],
)
def test_code_holds_no_link(line: str, with_code: list[int]) -> None:
    assert list(find_links(line, code=True)) == with_code
    assert len(find_links(line, code=False)) == 1


def test_a_reference_is_where_its_brackets_are() -> None:
    assert reference_at("[a]]", 0, 4) is None
    assert reference_at("[ [a]]", 0, 6) is None
    assert reference_at("[[", 0, 2) is None
    for line, end in (("x[[a]]", 6), ("x[[a|b]] c", 8), ("x[[A]]", 6), ("x[[a|b", 3)):
        found = reference_at(line, 1, len(line))
        assert found is not None
        assert found[1] == end


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("1. a", "<ol><li>a</li></ol>"),
        ("2. a", '<ol start="2"><li>a</li></ol>'),
        ("0. a", '<ol start="0"><li>a</li></ol>'),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("[a](http://b.c 'd<')", '<p><a href="http://b.c" title="d&#60;">a</a></p>'),
    ],
)
def test_html(typed: str, html: str) -> None:
    assert to_html(parse_prose(typed), resolve).text == html


def test_html_on_one_line() -> None:
    prose = parse_prose("a\n\n- b\n-\n- c\n\n> d\n>\n> - e\n> - f")
    assert to_html(prose, resolve, inline=True).text == "a b; c d e; f"


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("# *a*", "## *a*"),
        ("# *a* b", "## *a* b"),
        ("*a*", "*a*"),
        ("b *a*", "b *a*"),
        ("**a b**, c", "**a b**, c"),
        ("x (*a*) *b*; **c**: *d*? *e*. *f*", "x (*a*) *b*; **c**: *d*? *e*. *f*"),
        ("*a*b", "<em>a</em>b"),
        ("*a***b**", "<em>a</em><strong>b</strong>"),
        ("*a*!", "<em>a</em>&#33;"),
        ("*.a* *a.* *a)*", "<em>.a</em> <em>a.</em> <em>a)</em>"),
        ("*a [[nobody]]*", "<em>a nobody</em>"),
        ("*a* [[nobody]]", "*a* nobody"),
        ("*a*[[nobody]]*b*", "<em>a</em>nobody<em>b</em>"),
        ("- *a*", "<ul><li><em>a</em></li></ul>"),
        ("---", "<hr>"),
        ("`a\tb`", "<code>a b</code>"),
        ("```\na <\tb\n\n c\n```",
         "<pre><code>a &#60;&#9;b&#10;&#10; c</code></pre>"),
        ("| a | b |\n|---|---|\n| *c* | < |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><em>c</em></td>"
         "<td>&#60;</td></tr></tbody></table>"),
        ("[a](http://b.c?d&e)", "[a](http://b.c?d&#38;e)"),
        ("[a](http://b.c/d(e))", '<a href="http://b.c/d(e)">a</a>'),
        ("[a](http://b.c \"d'(e)\")", '[a](http://b.c "d&#39;&#40;e&#41;")'),
        ("[*a*](http://b.c)", "[<em>a</em>](http://b.c)"),
    ],
)  # fmt: skip
def test_a_page(typed: str, markdown: str) -> None:
    written = page_to_markdown(f"# Title\n\n{typed}", resolve).text
    assert written.removeprefix("# Title\n\n") == markdown


def test_an_address_of_ours_that_is_none_is_named() -> None:
    prose = parse_prose("[[a]]")
    with pytest.raises(ValueError, match=r"^no address of a page of this site: 'a b.md'$"):
        to_markdown(prose, lambda _: Link("a", "a b.md", "a b.html"))
    link = Link("a*", "b&c.md", "b&c.html", "d'")
    assert to_markdown(prose, lambda _: link).text == '[a&#42;](b&#38;c.md "d&#39;")'
    assert (
        to_html(prose, lambda _: link).text
        == '<p><a href="b&#38;c.html" title="d\'">a&#42;</a></p>'
    )
