"""What rules share: the walk over names and prose, circles, did-you-mean."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.content import fields, key_types, load
from readout.content.names import plan
from readout.content.rules.circle import circles
from readout.content.rules.suggest import Suggestions, slug
from readout.content.schema import (
    Account,
    Actor,
    Article,
    EventEntry,
    Place,
    Record,
    Topic,
    fields_of,
)
from readout.content.yaml_marks import Marks
from readout.content.yaml_tree import read_marks
from readout.prose import parse_prose
from readout.prose.named import is_plain, survey
from readout.prose.parse import MAX_LENGTH
from readout.prose.references import Parsed
from tests.told import told, write

MARKS = st.text(alphabet="[]*_>-+1. \n\\ab:#|", max_size=120)
NAMED = [
    "[[a]]",
    "[[#b|c *d*]]",
    "[[event:e|f\ng]]",
    "[[h|]]",
    "[[i| ]]",
    "[[J]]",
    "](http://k.l)",
    "\n\n",
]


@given(
    MARKS | MARKS.map(lambda text: "> - " * 15 + text) | MARKS.map(lambda text: "*_" * 30 + text)
)
def test_prose_that_is_not_parsed_has_neither_references_nor_problems(text: str) -> None:
    if is_plain(text):
        prose = parse_prose(text)
        assert not prose.references
        assert not prose.problems


@given(MARKS | st.lists(st.sampled_from([*"[]*_>-+1. \n\\a", *NAMED]), max_size=12).map("".join))
def test_a_survey_finds_what_parsing_finds(text: str) -> None:
    prose = parse_prose(text)
    references = [Parsed(one.kind, one.id, one.claim, one.words) for one in prose.references]
    assert survey(text) == (references, bool(prose.problems))


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ('"' + "> " * 30 + 'deep"', "nested deeper than 20 levels"),
        ("x" * (MAX_LENGTH + 1), f"more than {MAX_LENGTH:,} characters"),
    ],
)
def test_prose_too_deep_or_too_long_is_told(tmp_path: Path, summary: str, message: str) -> None:
    text = f"title: T\nsource: {{}}\nbottom_line: b\nsummary: {summary}\n"
    write(tmp_path, {"content/articles/a.yml": text})
    assert "a.yml:4:10: error PROSE001" in told(tmp_path)
    assert message in told(tmp_path)


def test_a_long_circle_of_redirects_is_told_by_its_start(tmp_path: Path) -> None:
    lines = [f"old-{n}: old-{(n + 1) % 2_000}\n" for n in range(2_000)]
    write(tmp_path, {"content/redirects.yml": "".join(lines)})
    text = told(tmp_path)
    assert "old-0 -> old-1 -> " in text
    assert "-> ... -> old-0\n" in text
    assert len(text) < 1_000


@pytest.mark.parametrize("model", [Article, Actor, Place, Topic, EventEntry, Account])
def test_the_walk_knows_all_prose_that_the_schema_marks(model: type[Record]) -> None:
    marked = {
        field.alias or name
        for name, field in fields_of(model).items()
        if fields.Prose in key_types._all_parts(field.annotation)
    }
    assert {slot.key for slot in plan(model) if slot.holds == "prose"} == marked


def test_circles_of_a_graph() -> None:
    links: dict[str, tuple[str, ...]] = {
        "a": ("b",),
        "b": ("c",),
        "c": ("a",),
        "d": ("a", "d"),
        "e": ("f", "g"),
        "f": ("h",),
        "g": ("h",),
        "z": ("nowhere",),
    }
    assert list(circles(links)) == [("a", "b", "c", "a"), ("d", "d")]


def test_a_long_chain_is_no_circle_and_no_recursion() -> None:
    links = {f"n{n:05}": (f"n{n + 1:05}",) for n in range(20_000)}
    assert list(circles(links)) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_a_circle_is_told_exactly_where_one_is(links: dict[str, list[str]]) -> None:
    graph = {one: tuple(others) for one, others in links.items()}
    told_of = list(circles(graph))
    for circle in told_of:
        assert all(there in graph[here] for here, there in pairwise(circle))
        assert circle[0] == circle[-1] == min(circle)
    assert bool(told_of) == any(_reaches(graph, one, one) for one in graph)


def test_a_circle_is_told_once_however_often_its_link_is_written() -> None:
    assert list(circles({"a": ("b",), "b": ("a", "a")})) == [("a", "b", "a")]


@pytest.mark.parametrize(("actors", "more"), [(14, 0), (15, 1)])
def test_of_more_than_100_circles_it_is_told_that_there_are_more(
    actors: int, more: int, tmp_path: Path
) -> None:
    ids = [f"p{n:02}" for n in range(actors)]
    files = {
        f"content/actors/{one}.yml": f"name: N {one}\nkind: group\n"
        f"of: [{', '.join(other for other in ids if other != one)}]\n"
        for one in ids
    }
    write(tmp_path, files)
    text = told(tmp_path)
    assert 50 < text.count('error REF005 "of" goes in a circle: ') <= 100  # 91 and 105 in all
    assert text.count("content/actors: error REF005 ") == more


def test_a_file_is_parsed_for_its_places_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def counted(data: bytes) -> Marks:
        asked.append(data)
        return read_marks(data)

    monkeypatch.setattr(load, "read_marks", counted)
    files = {
        f"content/actors/p{n:02}.yml": f"name: P {n}\nkind: person\naliases:\n"
        + "".join(f"  - Name {alias}\n" for alias in range(n % 2, 40, 1 + n % 3))
        for n in range(40)
    }
    write(tmp_path, files)
    text = told(tmp_path)
    assert text.count("warning NAME002") > 800
    assert "actors/p01.yml:4:5: the other" not in text
    assert "content/actors/p03.yml:4:5: warning NAME002" in text
    assert len(asked) == len(set(asked)) == 40


def _reaches(graph: dict[str, tuple[str, ...]], start: str, end: str) -> bool:
    seen: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        here = waiting.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            waiting += graph.get(here, ())
    return False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("putn", "putin"),
        ("Putin", "putin"),
        ("vladimir-putin", "putin"),
        ("vladimr-putin", "putin"),
        ("VOVA", "putin"),
        ("בנימין נתניהו", "netanyahu"),
        ("netanjahu", "netanyahu"),
        ("President Vladimir Putin", "putin"),
        ("the Russian President, Putin", "putin"),
        ("Bank of Israel", None),
        ("xqz", None),
        ("", None),
    ],
)
def test_did_you_mean(typed: str, meant: str | None) -> None:
    names = [
        ("Vladimir Putin", "putin"),
        ("Vova", "putin"),
        ("בנימין נתניהו", "netanyahu"),
    ]
    assert Suggestions(["putin", "netanyahu", "israel"], names).find(typed) == meant


def test_an_id_comes_before_a_name_that_is_spelt_like_it() -> None:
    assert Suggestions(["iran", "persia"], [("Iran", "persia")]).find("IRAN") == "iran"


def test_a_slug_has_no_accents() -> None:
    assert slug(" Recep  Tayyip Erdoğan! ") == "recep-tayyip-erdogan"


def test_many_ids_are_searched_by_their_letters() -> None:
    ids = [f"strikes-{year}-{month:02}" for year in range(1900, 2100) for month in range(1, 13)]
    find: Callable[[str], Any] = Suggestions([*ids, "ceremony"]).find
    assert find("ceremoni") == "ceremony"
    assert find("strikes-2018-5") == "strikes-2018-05"
