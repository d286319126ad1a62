"""A seeded generator of content folders, made to the content contract, of any size.

    python -m bench.corpus --articles 1000 [--seed 1] [--texts] DIR

writes DIR/content and DIR/seeds (and, with `--texts`, the source texts, DIR/texts). Everything in
it is invented. Actors, places and topics follow Zipf's law; the state `norland` is in half of all
articles. A seventh of the articles' number of events fall on 21 March 1987, 1,500 at most;
`event-0` has an account in every fiftieth article below 5,000 articles, and 300 accounts above.
One article in 53 has only what the contract requires, one in 97 is a draft. The same arguments
give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.corpus_article import article, seed_of
from bench.corpus_shared import ABOUT, actor, shared
from bench.corpus_world import World
from bench.yaml_out import document
from readout.content.quotes import Quotation, find, normalise
from readout.content.seed_record import make_record, write_record


def generate(folder: Path, articles: int, seed: int = 1, texts: bool = False) -> None:
    """Writes a corpus of so many articles below a folder, which is best new or empty."""
    world = World(articles, seed)
    content, seeds = folder / "content", folder / "seeds"
    for one in (content / "articles", content / "actors", seeds, folder / "texts"):
        if texts or one.name != "texts":
            one.mkdir(parents=True, exist_ok=True)
    for n, someone in enumerate(world.actors.values()):
        _write(content / "actors" / f"{someone.id}.yml", document(actor(world, someone, n)))
    for name, value in shared(world).items():
        _write(content / f"{name}.yml", document(value))
    _write(content / "about.md", ABOUT)
    for head in world.heads:
        made, text, quotes = article(world, head)
        _write(content / "articles" / f"{head.id}.yml", document(made))
        if text:
            name = seed_of(world, head)
            _write(seeds / f"{name}.yml", _record(text, quotes))
            if texts:
                _write(folder / "texts" / f"{name}.txt", text)


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _record(text: str, quotes: Sequence[str]) -> str:
    """The record of a text, with the place of every quotation from it."""
    plain = normalise(text)
    found = []
    for quote in quotes:
        quotation = Quotation.of(quote)
        at = find(quotation, plain)
        if at is None:
            raise AssertionError(f"{quote!r} is not in its own text")
        found.append((quotation, at))
    return write_record(make_record(text.encode(), text, found))


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Writes a content folder for tests and benches.")
    parser.add_argument("--articles", type=_number, required=True, help="how many, 1 or more")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another content")
    parser.add_argument("--texts", action="store_true", help="write the source texts too")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    generate(given.folder, given.articles, given.seed, given.texts)


if __name__ == "__main__":
    main()
