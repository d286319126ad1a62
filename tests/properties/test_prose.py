"""Prose never leaves its slot, and its quick ways lead where the parser does."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from readout.prose import page_to_markdown, parse_prose, sentence_of, to_plain
from readout.prose.parse import normal_lines
from readout.prose.tokens import read_prose
from tests.hostile import FRAGMENTS
from tests.prose_shown import check_allowed, check_shown, same_address
from tests.rendered import PARSERS, events

MARKUP = [
    *"*_[]()!\\ .a", "*a* ", "**b** ", "*a.* ", "**b?** ", "**", "_c",
    "[[d|e *f*]]", "[[nobody]]", "[[#g]]", "[[article:h#i]]",
    "\n\n", "\n- ", "\n  - ", "> ", "2. ",
    "[j](http://k.l/m_n*o*(p))",
    "[q *r* s](https://t.u?v=w&copy=x)", "[y](http://z.a \"b'(\")", "(", ")", "\u00a0", "–",
    "[[K]]", "[[l]", "\t",
]  # fmt: skip
anything = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.lists(st.sampled_from(FRAGMENTS + MARKUP), max_size=14).map("".join)
marked_up = st.lists(st.sampled_from(MARKUP), max_size=14).map("".join)
calm = [*"aB1!# \n\t\u00a0`", ". ", "\n\n", "\n \t\n", "[[a]]", "[[#b|c\nd]]"]
quiet = st.lists(st.sampled_from(calm)).map("".join)
texts = hostile | marked_up | anything | quiet
OF_PAGES = [
    "\n\n# ", "\n\n## ", "\n\n#### ", "\n\n---\n\n", "\n\n    ", "\n\n```\n", "`", "`<b>*x*`",
    "\n\n| a |", " |\n|---|\n| ", " | b |\n", "\n- # ", "\n> ```\n",
]  # fmt: skip
whole_pages = st.lists(st.sampled_from(OF_PAGES + MARKUP + FRAGMENTS), max_size=14).map("".join)


@given(typed=texts)
def test_both_parsers_show_what_was_meant(typed: str) -> None:
    check_shown(typed)


@given(typed=texts)
def test_the_fast_path_is_the_parser(typed: str) -> None:
    assert parse_prose(typed) == read_prose(normal_lines(typed))


@given(typed=texts)
def test_references_and_problems_say_where_they_stand(typed: str) -> None:
    prose = parse_prose(typed)
    for reference in prose.references:
        found = typed[reference.offset : reference.offset + reference.length]
        assert re.fullmatch(r"\[\[[a-z0-9:#-]+(\|[^\[\]]*)?\]\]", found)
        assert found.startswith(f"[[{reference.target}")
        sentence = sentence_of(prose, reference, same_address)
        assert sentence in to_plain(prose, same_address) or "\n" in typed
    for problem in prose.problems:
        assert typed.startswith("[[", problem.offset)


@example(typed="- # 0")
@example(typed="> # 0")
@given(typed=texts | whole_pages)
def test_pages_are_safe_in_both_parsers(typed: str) -> None:
    page = page_to_markdown(typed, same_address).text
    first, second = (events(parse(page)) for parse in PARSERS.values())
    assert first == second
    of_pages = re.compile(r"h[2-6]|hr|code|pre|table|thead|tbody|tr|th|td")
    check_allowed([event for event in first if not of_pages.fullmatch(event[1])])
    assert all(len(event) == 2 for event in first if of_pages.fullmatch(event[1]))
