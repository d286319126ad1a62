"""The generator of content: all of the contract, four scripts, no mistakes, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bench.corpus import generate
from bench.corpus_events import THE_DAY
from bench.corpus_world import World
from bench.yaml_out import document
from readout.content import fields, schema
from readout.content.corpus import Corpus, Folders
from readout.content.light import model_of
from readout.content.load import Loaded, load, read_and_check
from readout.content.names import walk
from readout.content.quotes import Quotation, find, normalise, quotations_of
from readout.content.schema import Record, fields_of
from readout.content.yaml_tree import read
from readout.site import Site, link
from tests.builds import ROOT, tree

N = 60
REFERENCES = ("[[person-", "[[event:", "[[article:", "[[place:", "[[topic:", "[[#")


def _load(folder: Path) -> Loaded:
    return load(Folders(folder / "content", folder / "seeds"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("corpus")
    generate(made, N, texts=True)
    return made


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return _load(folder).corpus


def _linked(folder: Path) -> Site:
    loaded = _load(folder)
    return link(loaded.corpus, loaded.facts)


def _problems(folder: Path) -> list[str]:
    _, found = read_and_check(Folders(folder / "content", folder / "seeds"))
    return [str(one) for one in found]


@pytest.mark.parametrize(("articles", "seed"), [(1, 1), (5, 1), (50, 2), (200, 3)])
def test_it_has_no_mistakes(articles: int, seed: int, tmp_path: Path) -> None:
    generate(tmp_path, articles, seed)
    assert _problems(tmp_path) == []
    corpus = _load(tmp_path).corpus
    assert len(corpus.articles) == articles
    assert set(_linked(tmp_path).articles) == {
        k for k, one in corpus.articles.items() if not one.draft
    }


def test_with_texts_it_has_no_mistakes(folder: Path) -> None:
    assert _problems(folder) == []


def _records(corpus: Corpus) -> Iterator[object]:
    """Every record of a corpus, and those within it."""
    kinds = (corpus.articles, corpus.actors, corpus.events, corpus.places, corpus.topics,
             corpus.event_kinds, corpus.seeds)  # fmt: skip
    waiting: list[object] = [corpus.site, *(one for kind in kinds for one in kind.values())]
    while waiting:
        one = waiting.pop()
        model = model_of(one)
        if issubclass(model, Record):
            yield one
            waiting += [getattr(one, name) for name in fields_of(model)]
        elif isinstance(one, tuple):
            waiting += one


@pytest.mark.parametrize("articles", [50, N])
def test_it_uses_every_key_of_every_record(articles: int, tmp_path: Path) -> None:
    generate(tmp_path, articles)
    corpus = _load(tmp_path).corpus
    used = {
        (type(one).__name__, name)
        for one in _records(corpus)
        for name in fields_of(model_of(one))
        if getattr(one, name) not in ((), {}, None)
    }
    models = [one for one in vars(schema).values() if isinstance(one, type)]
    records = [one for one in models if issubclass(one, Record) and one is not Record]
    every = {(one.__name__, name) for one in records for name in fields_of(one)}
    assert len(every) > 90
    assert every - used == set()
    assert corpus.redirects
    assert corpus.about


def test_it_uses_every_value_that_the_schema_lists(corpus: Corpus) -> None:
    found = {
        value
        for one in _records(corpus)
        for name in fields_of(model_of(one))
        for value in [getattr(one, name)]
        if isinstance(value, str)
    }
    for listed in (
        fields.ActorKind, fields.Role, fields.Stance, fields.Status, fields.Confidence,
        fields.PloverCategory,
    ):  # fmt: skip
        assert set(get_args(listed)) - found == set()
    assert len(set(get_args(fields.Likelihood)) & found) > 5
    assert {one.translated for article in corpus.articles.values() for one in article.claims} == {
        True, False, None,
    }  # fmt: skip


def _scripts(texts: list[str]) -> set[str]:
    return {unicodedata.name(char, "?").split()[0] for char in set("".join(texts))}


def test_names_and_texts_have_four_scripts(corpus: Corpus) -> None:
    four = {"LATIN", "HEBREW", "ARABIC", "CYRILLIC"}
    articles = corpus.articles.values()
    native = [name for actor in corpus.actors.values() for name in actor.names.values()]
    assert _scripts([*native, *(actor.name for actor in corpus.actors.values())]) >= four
    assert _scripts([one.source.headline or "" for one in articles]) >= four
    assert _scripts([text for one in articles for _, _, text in quotations_of(one)]) >= four
    assert any("\u200c" in name for name in native)
    assert all(sign in "".join(a.name for a in corpus.actors.values()) for sign in "'<*[&")


def test_dates_have_every_form(corpus: Corpus) -> None:
    dates = {one.date.text for a in corpus.articles.values() for one in a.events if one.date}
    assert dates >= {"-0043", "XXXX-01-16", "1986-11/..", "[..1987-02]", "[1987-02..]", "1985-21"}
    assert dates >= {"[1987-01-04,1987-01-06]", "1986-11/1987-02", "1987-03-10T03:30:00Z"}
    for mark in "~?%X{":
        assert any(mark in date for date in dates), mark
    assert any(one.date is None for a in corpus.articles.values() for one in a.events)


def _prose(corpus: Corpus) -> list[str]:
    found: list[str] = []
    for article in corpus.articles.values():
        walk(article, (), lambda *_: None, lambda text, _: found.append(text))
    return found


def test_prose_has_references_of_every_kind_and_seldom_markdown(tmp_path: Path) -> None:
    generate(tmp_path, 200)
    prose = _prose(_load(tmp_path).corpus)
    joined = "\n".join(prose)
    for reference in REFERENCES:
        assert reference in joined
    assert "|the " in joined
    assert any("#" in one.split("]]")[0] for one in joined.split("[[article:")[1:])
    for mark in (" *the* ", " **the** ", "](https://", "\n- ", "\n> "):
        assert mark in joined, mark
    marked = [one for one in prose if any(sign in one.replace("[[", "") for sign in "*[<&\\>")]
    assert 0.04 < len(marked) / len(prose) < 0.1
    referring = [one for one in prose if "[[" in one]
    assert 0.08 < len(referring) / len(prose) < 0.25


def test_briefings_are_of_natural_length(corpus: Corpus) -> None:
    lengths = []
    for article in corpus.articles.values():
        found: list[str] = []
        walk(article, (), lambda *_: None, lambda text, _, found=found: found.append(text))
        lengths.append(sum(len(text.split()) for text in found))
    lengths.sort()
    assert 300 < lengths[len(lengths) // 2] < 650


def test_half_of_the_articles_have_one_state(tmp_path: Path) -> None:
    generate(tmp_path, 400)
    site = _linked(tmp_path)
    share = len(site.actors["norland"].articles) / len(site.articles)
    assert 0.42 < share < 0.58
    shares = sorted(
        (len(one.articles) for key, one in site.actors.items() if not key.startswith("outlet")),
        reverse=True,
    )
    assert shares[0] == len(site.actors["norland"].articles)
    assert shares[1] > 4 * shares[len(shares) // 2]


def test_events_crowd_on_one_day_and_one_is_told_most(tmp_path: Path) -> None:
    generate(tmp_path, 400)
    site = _linked(tmp_path)
    day = THE_DAY.isoformat()
    crowd = [one for one in site.events.values() if one.date and one.date.text.startswith(day)]
    assert len(crowd) == 400 // 7
    assert len(site.events["event-0"].accounts) == 400 // 50
    assert max(len(one.accounts) for one in site.events.values()) == 400 // 50
    matters = {found.matter for one in site.events.values() for found in one.disagreements}
    assert matters == {"date", "place", "figure", "status"}
    assert any(1 < one.independent < len(one.accounts) for one in site.events.values())
    assert any(one.may_be for one in site.events.values())


@pytest.mark.parametrize("articles", [5000, 10000])
def test_a_large_world_has_its_great_day_and_its_great_event(articles: int) -> None:
    world = World(articles, 1)
    crowd = [one for one in world.events if one.date.startswith(THE_DAY.isoformat())]
    assert len(crowd) == 1500
    tellers = [head for head in world.heads if 0 in head.events and not head.draft]
    assert len(tellers) == 300
    if articles == 10000:
        assert 12_000 < articles + len(world.actors) + len(world.events) < 14_000


def test_claims_are_related_within_and_across_articles(corpus: Corpus) -> None:
    related = [
        target
        for article in corpus.articles.values()
        for claim in article.claims
        for targets in (claim.denies, claim.confirms, claim.supports, claim.disputes, claim.repeats)
        for target in targets
    ]
    assert any(target.startswith("#") for target in related)
    assert any(not target.startswith("#") for target in related)
    parties = [party for one in corpus.articles.values() for party in one.actors]
    assert any(party.id is None for party in parties)
    assert any(len(party.called) == 2 for party in parties)


def test_quotations_stand_in_the_texts(folder: Path, corpus: Corpus) -> None:
    gaps = count = 0
    for article in corpus.articles.values():
        if article.source.seed is None:
            assert not list(quotations_of(article))
            continue
        text = (folder / "texts" / f"{article.source.seed}.txt").read_text(encoding="utf-8")
        for _, _, words in quotations_of(article):
            assert find(Quotation.of(words), normalise(text)) is not None
            count += 1
            gaps += "[" in words
    assert count > N
    assert gaps > 0
    assert len(list((folder / "texts").iterdir())) == len(corpus.seeds)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_arguments_give_the_same_bytes(
    hash_seed: str, folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "bench.corpus", "--articles", str(N), "--texts", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    assert tree(tmp_path) == tree(folder)


def test_another_seed_gives_other_bytes(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path, N, seed=2)
    other, first = tree(tmp_path / "content"), tree(folder / "content")
    assert other["articles/article-0.yml"] != first["articles/article-0.yml"]


HARD = (
    "a: b", "a #b", "#a", "- a", "-", "[a]", "{a}", "*a", "&a", "!a", "'a'", '"a"', "a:", "%a",
    "@a", "`a`", " a", "a ", "a, b", "no", "~", "1987-03-21", "-0043", "a\\b", "a\tb",
    "[1987..1988]",
    "XXXX-01-16", "https://a.example/?b&c#d", "שלום", "می\u200cخواهد", "|", ">", "? a", "a]", "a}",
    f"{'word ' * 40}[[person-1|{'the envoy ' * 12}]] {'word ' * 30}end", "two\n\nparts",
    f"{'word ' * 40}end\n\n- an item\n- {'word ' * 40}end\n\n> {'word ' * 40}end",
)  # fmt: skip


def test_yaml_says_what_it_was_given() -> None:
    value = {
        "list": HARD,
        "short": HARD[:4],
        "flow": [{"a": one, "b": [one]} for one in HARD],
        "record": {"a": HARD[0]},
        **{f"k{n}": one for n, one in enumerate(HARD)},
    }
    written = document(value)
    made = read(written.encode(), "x.yml")
    assert made.diagnostics == ()
    assert _unfolded(made.value) == _unfolded(value)
    folded = [line for line in written.splitlines() if line.lstrip().startswith("word")]
    assert folded
    assert max(map(len, folded)) <= 100
    assert all(line.count("[[") == line.count("]]") for line in written.splitlines())


def _unfolded(value: object) -> object:
    """The same with the line ends within paragraphs as spaces."""
    if isinstance(value, dict):
        return {key: _unfolded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_unfolded(one) for one in value]
    return " ".join(str(value).split())
