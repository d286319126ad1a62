"""A seeded generator of content folders, made to the content contract, of any size.

    python -m bench.corpus --articles 1000 [--seed 1] [--texts] DIR

writes DIR/content and DIR/seeds (and, with `--texts`, DIR/texts). Everything in it is invented.
One state is in half of all articles; other actors, places and topics follow Zipf's law. A seventh
of the events fall on one day (1,500 from 5,000 articles on), and one event is told of by every
fiftieth article (by 200 from 5,000 articles on). The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.corpus_article import Writer
from bench.corpus_plan import Plan, Planner
from bench.corpus_prose import Pen
from bench.corpus_shared import ABOUT, actor, keyed_files
from bench.corpus_world import World
from bench.yaml_out import document
from readout.content.quotes import Quotation, find, make_record, normalise, write_record


def generate(folder: Path, articles: int, seed: int = 1, texts: bool = False) -> None:
    """Writes a corpus of so many articles (at least one) below a folder.

    With `texts`, also the source texts; without, everything else is the same. Raises
    `FileExistsError` where the folder already has content: two corpora in one would be neither.
    """
    if articles < 1:
        raise ValueError("a corpus has at least one article")
    content = folder / "content"
    if content.exists():
        raise FileExistsError(f"{content} is there already")
    parts = (content / "articles", content / "actors", folder / "seeds")
    for one in (*parts, *([folder / "texts"] if texts else [])):
        one.mkdir(parents=True, exist_ok=True)
    world = World(articles, seed)
    plans = Planner(world).plans()
    pen = Pen(world, plans)
    _articles(folder, plans, Writer(world, pen), texts)
    for n, key in enumerate(world.all_actors()):
        _write(content / "actors" / f"{key}.yml", document(actor(world, pen, n, key)))
    for name, value in keyed_files(world, pen, plans).items():
        _write(content / f"{name}.yml", document(value))
    _write(content / "about.md", ABOUT)


def _articles(folder: Path, plans: Iterable[Plan], writer: Writer, texts: bool) -> None:
    for plan in plans:
        made, text = writer.article(plan)
        if text:
            name = f"{plan.number:05}_{sha256(text.encode()).hexdigest()[:16]}"
            made["source"]["seed"] = name
            _write(folder / "seeds" / f"{name}.yml", _record(made, text))
            if texts:
                _write(folder / "texts" / f"{name}.txt", text)
        _write(folder / "content" / "articles" / f"{plan.id}.yml", document(made))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _record(made: dict[str, Any], text: str) -> str:
    plain = normalise(text)
    found = []
    for claim in made.get("claims", ()):
        for key in ("quote", "excerpt"):
            if key in claim:
                quotation = Quotation.of(claim[key])
                at = find(quotation, plain)
                if at is None:
                    raise AssertionError(f"{claim[key]!r} is not in its own text")
                found.append((quotation, at))
    return write_record(make_record(text.encode(), text, found))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Writes a content folder for tests and benches.")
    parser.add_argument("--articles", type=int, required=True, help="how many, at least 1")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another corpus")
    parser.add_argument("--texts", action="store_true", help="write the source texts too")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder without content/ in it")
    given = parser.parse_args()
    try:
        generate(given.folder, given.articles, given.seed, given.texts)
    except (FileExistsError, ValueError) as problem:
        parser.error(str(problem))


if __name__ == "__main__":
    main()
