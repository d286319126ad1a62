"""Prose: what it has, what it does not have, its references, and its ways onto a page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from readout.prose import (
    Link,
    Prose,
    page_title,
    page_to_markdown,
    parse_page,
    parse_prose,
    sentence_of,
    to_html,
    to_inline_markdown,
    to_markdown,
    to_plain,
)
from readout.prose.parse import MAX_LENGTH, normal_lines
from readout.prose.syntax import MAX_DEPTH
from readout.prose.tokens import read_prose
from tests.hostile import ALL
from tests.prose_shown import check_shown, resolve
from tests.rendered import PARSERS, events

FOLDER = Path(__file__).parent / "prose"


def problems_of(prose: Prose) -> list[str]:
    return [f"{p.offset}: {p.message}; {p.hint}" for p in prose.problems]


def cases(name: str) -> list[object]:
    """The cases of a file: a title, then parts, each followed by a line with a full stop."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").replace("<U+2028>", "\u2028")
    found = []
    for case in re.split(
        r"\n\.\n\n(?=[A-Z])", text.split("\n\n", 1)[1].rstrip("\n")[: -len("\n.")]
    ):
        title, *parts = case.split("\n.\n")
        found.append(pytest.param(parts, id=title))
    return found


CASES = [*cases("kept"), *cases("off"), *cases("references")]
TYPED = [str(case.values[0][0]) for case in CASES] + ALL


@pytest.mark.parametrize("parts", CASES)
def test_case(parts: list[str]) -> None:
    typed, markdown, html, *problems = parts
    prose = parse_prose(typed)
    assert to_markdown(prose, resolve).text == markdown
    assert to_html(prose, resolve).text == html
    assert problems_of(prose) == [line for part in problems for line in part.split("\n")]


@pytest.mark.parametrize("parts", cases("page"))
def test_page_case(parts: list[str]) -> None:
    typed, markdown, title, *problems = parts
    assert page_to_markdown(typed, resolve).text == markdown
    assert f"title: {page_title(typed, resolve)}" == title
    body = parse_page(typed).body
    assert problems_of(body) == [line for part in problems for line in part.split("\n")]
    first, second = (events(parse(markdown)) for parse in PARSERS.values())
    assert first == second


@pytest.mark.parametrize("typed", TYPED)
def test_both_parsers_show_what_was_meant(typed: str) -> None:
    check_shown(typed)


@pytest.mark.parametrize("typed", TYPED)
def test_the_fast_path_is_the_parser(typed: str) -> None:
    assert parse_prose(typed) == read_prose(normal_lines(typed))


def test_a_line_of_spaces_is_blank() -> None:
    assert len(parse_prose("a\n \t\nb").blocks) == 2


@pytest.mark.parametrize(
    ("typed", "quick"),
    [
        ("Plain text (2018), it's said: 5 < 7 & `so` ~ on!", True),
        ("Two\n\nparagraphs\n \n \nand more", True),
        ("With [[a]] and\n[[event:b|c d]].\n\n[[#e]]", True),
        (r"With *emphasis* (*so*), and \*stars\*", True),
        ("With **strong** words (**so**). **It is.**\n*It is so.* *Why?* So", True),
        ("With *this.*, that", False),
        ("With ***both*** of them", False),
        ("With **strong* of *strong**", False),
        ("2*3*4", False),
        ("*emphasis* of *a\nline*", False),
        ("- a list", False),
        ("With a [link](https://a.b)", False),
        ("With a [[Bad One]]", False),
        ("[[a]] [b]", False),
    ],
)
def test_most_prose_takes_the_fast_path(
    typed: str, quick: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr("readout.prose.parse._parse_in_full", taken.append)
    parse_prose(typed)
    assert taken == ([] if quick else [typed])


def test_the_parser_is_imported_only_when_needed() -> None:
    code = (
        "import sys; from readout.prose import parse_prose; parse_prose('a [[b]]');"
        "assert 'markdown_it' not in sys.modules; parse_prose('- a');"
        "assert 'markdown_it' in sys.modules"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_references_say_where_they_stand() -> None:
    typed = "A [[netanyahu]]\r\nb.\n\n> - *c* [[place:moscow|the\n>   city]]\n>\n> \t[[#d]]\n[[e]]"
    found = parse_prose(typed).references
    assert [typed[r.offset : r.offset + r.length] for r in found] == [
        "[[netanyahu]]", "[[place:moscow|the\n>   city]]", "[[#d]]", "[[e]]"
    ]  # fmt: skip
    assert [(r.kind, r.id, r.claim, r.words) for r in found] == [
        ("actor", "netanyahu", None, None),
        ("place", "moscow", None, "the city"),
        ("claim", "", "d", None),
        ("actor", "e", None, None),
    ]
    assert [r.target for r in found] == ["netanyahu", "place:moscow", "#d", "e"]


def test_references_after_a_tab_say_where_they_stand() -> None:
    typed = "1. a\nb\n\t[[c]] d [[e|f]]\n- g\n\n \t[[h]]"
    found = parse_prose(typed).references
    assert [typed[r.offset : r.offset + r.length] for r in found] == ["[[c]]", "[[e|f]]", "[[h]]"]


def test_the_target_of_a_claim_of_another_article() -> None:
    (reference,) = parse_prose("[[article:times#a-b]]").references
    assert (reference.kind, reference.id, reference.claim) == ("claim", "times", "a-b")
    assert reference.target == "article:times#a-b"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("[[netanyahu]] left.", "Benjamin Netanyahu left."),
        ("One. He met [[netanyahu|Bibi]]. Two.", "He met Bibi."),
        ("One! [[netanyahu]]? Two", "Benjamin Netanyahu?"),
        ("The U.S. Navy and Gen. [[netanyahu|N.]] met. Later.", "The U.S. Navy and Gen. N. met."),
        ("He said: \"So be it.\" Then [[netanyahu]] left. Two.", "Then Benjamin Netanyahu left."),
        ("It cost 1.5 million. e.g. *now [[netanyahu]]* paid.", "It cost 1.5 million. e.g. now "
         "Benjamin Netanyahu paid."),
        ("This was plan B! [[netanyahu|He]] left.", "He left."),
        ("First.\n\n- Second [[netanyahu]]\n- Third", "Second Benjamin Netanyahu"),
        ("他说。[[netanyahu|他]]走了。再见。", "他走了。"),
        ("A. [[netanyahu]] B. [[netanyahu]]", "A. Benjamin Netanyahu B. Benjamin Netanyahu"),
        ("Yes. [[nobody]] came... Then he left.", "Yes. nobody came..."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_reference(typed: str, sentence: str) -> None:
    prose = parse_prose(typed)
    assert sentence_of(prose, prose.references[0], resolve) == sentence


def test_the_sentence_of_a_strange_reference_is_our_bug() -> None:
    with pytest.raises(ValueError, match="putin"):
        sentence_of(parse_prose("[[netanyahu]]"), parse_prose("[[putin]]").references[0], resolve)


def test_plain_text() -> None:
    typed = "*On* [[netanyahu]]\n\n- a\n- b [[nobody]]\n\n> [c](https://d.e) \\*"
    assert to_plain(parse_prose(typed), resolve) == "On Benjamin Netanyahu a; b nobody c *"
    assert parse_prose(typed).plain == "On netanyahu a b nobody c *"
    assert parse_prose("[[#a-b]] [[netanyahu|x y]]").plain == "a-b x y"


def test_inline_forms_are_one_line() -> None:
    prose = parse_prose("*a*\n\n- [[netanyahu]]\n- c\n  1. d\n  2. e\n\n> f\n>\n> g | h")
    link = "[Benjamin Netanyahu](../actors/netanyahu.md)"
    assert to_inline_markdown(prose, resolve).text == f"<em>a</em> {link}; c d; e f g &#124; h"
    link = '<a href="../actors/netanyahu.html">Benjamin Netanyahu</a>'
    assert to_html(prose, resolve, inline=True).text == f"<em>a</em> {link}; c d; e f g &#124; h"


def test_emphasis_at_the_edges_of_a_line_may_touch_anything() -> None:
    assert to_inline_markdown(parse_prose("*a* b"), resolve).text == "<em>a</em> b"
    assert to_inline_markdown(parse_prose("b *a*"), resolve).text == "b <em>a</em>"


def test_titles_of_links() -> None:
    prose = parse_prose("[[netanyahu]]")
    one = to_markdown(prose, lambda _: Link("a", "b.md", "b.html", 'Say "*c*"')).text
    assert one == '[a](b.md "Say &#34;&#42;c&#42;&#34;")'


def test_an_address_that_two_parsers_might_read_differently_is_our_bug() -> None:
    for address in ("a b.md", "a).md", "a<b", "a*b", ""):
        with pytest.raises(ValueError, match="address"):
            to_markdown(parse_prose("[[a]]"), lambda _, href=address: Link("a", href, href))


class TestLimits:
    @pytest.mark.parametrize("text", ["a " * MAX_LENGTH, "*" * (MAX_LENGTH + 1)])
    def test_too_long(self, text: str) -> None:
        prose = parse_prose(text)
        assert [p.offset for p in prose.problems] == [MAX_LENGTH]
        assert "50,000 characters" in prose.problems[0].message
        assert to_plain(prose, resolve) == text.strip()
        assert parse_page(text).body.problems == prose.problems

    def test_length_at_the_limit(self) -> None:
        assert not parse_prose("a" * MAX_LENGTH).problems

    @pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
    def test_depth_of_blocks(self, mark: str) -> None:
        assert parse_prose(mark * MAX_DEPTH + "a").problems == ()
        for depth in (MAX_DEPTH + 1, 60, 10_000):
            prose = parse_prose(mark * depth + "a")
            assert len(prose.problems) == 1
            assert "nested" in prose.problems[0].message
            assert to_plain(prose, resolve) == (mark * depth + "a")

    def test_depth_of_emphasis(self) -> None:
        def nested(depth: int) -> str:
            return "*a _b " * (depth // 2) + "c" + " b_ a*" * (depth // 2)

        assert parse_prose(nested(MAX_DEPTH)).problems == ()
        for depth in (MAX_DEPTH + 2, 4_000):
            typed = f"First.\n\n{nested(depth)}"
            prose = parse_prose(typed)
            assert [(p.offset, "nested" in p.message) for p in prose.problems] == [(8, True)]
            letters = re.sub(r"[*_]", "", typed).split()
            assert re.sub(r"[*_]", "", to_plain(prose, resolve)).split() == letters

    @pytest.mark.parametrize(
        "unit",
        [
            "[", "[[", "]", "](", "[a](", "[a](<", "[a](http://b ", '[a](http://b "', "[](x)",
            "[a [b] ", "![", "[[a]]", "[[a|b ", "[[a] ", "*", "_a", "*a_ ", "**a ", "a**b**c*",
            "\\", "a\\\n", "> a\n", "- a\n", "1) a\n\n", "  - a\n", "***\n", "* * ", "\n", "\n ",
            " ", "\t", "` ``", "|-", "&amp;", "a. ", "a.A", ". \"", "<a ", "~~~\n", "| a |\n",
        ],
    )  # fmt: skip
    def test_endless_texts_end(self, unit: str) -> None:
        """Each takes under a second; a search of all the rest at each `[` would take hours."""
        typed = (unit * MAX_LENGTH)[: MAX_LENGTH - 5] + "](x)"
        prose = parse_prose(typed)
        for write in (to_markdown, to_inline_markdown, to_html, to_plain):
            write(prose, resolve)
        for reference in prose.references[-3:]:
            sentence_of(prose, reference, resolve)
        page_to_markdown(typed, resolve)
