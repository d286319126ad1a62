"""What articles share: the actors' files, and the files that hold many records."""

from __future__ import annotations

from typing import Any, Final

from bench.corpus_plan import Plan
from bench.corpus_prose import Pen
from bench.corpus_world import KINDS, NORLAND, World

Made = dict[str, Any]

ABOUT: Final = """\
# How this file is made

Everything here is **invented**: the states, the people, the papers and what they say. It shows
what a desk can write, and how much of it.

## Method

1. Each article is read once and summarised.
2. Each statement names *who says so*; see [the archive](https://archive.example/).

> Nothing here happened.

| mark | meaning |
|---|---|
| B2 | an Admiralty grade |
"""


def actor(world: World, pen: Pen, n: int, key: str) -> Made:
    """The file of the actor with this number and id."""
    name, kind = world.names[key], _kind(world, n)
    made: Made = {"name": name, "kind": kind}
    if n % 2 == 0:
        made["names"] = _names(world, n)
    if n % 3 == 0:
        made["aliases"] = [f"{name} the {n}th"]
    if kind != "state":
        made["of"] = [world.nations.draw(world.rng) if n % 2 else NORLAND]
        if kind == "person" and n % 4 == 0:
            made["of"].append(world.bodies[n % len(world.bodies)])
    if n % 3 != 1:
        made["wikidata"] = f"Q{900_000_000 + n}"
    if n % 5 != 4:
        made["description"] = pen.line(1 + n % 2)
    return made


def _kind(world: World, n: int) -> str:
    for kinds, ids in (
        (("state",), world.states),
        (("person",), world.people),
        (("organisation", "group"), world.bodies),
    ):
        if n < len(ids):
            return kinds[n % len(kinds)]
        n -= len(ids)
    return "outlet"


def _names(world: World, n: int) -> Made:
    """Names in other scripts: all four, or one."""
    natives = dict(world.speech.natives(n))
    if n % 4:
        return natives
    tag = tuple(natives)[n // 4 % len(natives)]
    return {tag: natives[tag]}


def keyed_files(world: World, pen: Pen, plans: tuple[Plan, ...]) -> dict[str, Made]:
    """Name without `.yml` -> content, of every file but the records of one each."""
    return {
        "site": {
            "title": "Norland & its neighbours",
            "bottom_line": pen.line(2),
            "publisher": "The bench",
            "language": "en",
            "licence": "CC BY 4.0",
            "base_url": "https://desk.example/norland/",
        },
        "events": _events(world, pen),
        "places": {key: _place(world, n, key) for n, key in enumerate(world.places)},
        "topics": {key: _topic(world, pen, n) for n, key in enumerate(world.topics)},
        "event_kinds": {
            key: {"name": key.capitalize()} | ({"category": category} if category else {})
            for key, category in KINDS.items()
        },
        "redirects": _redirects(world, plans),
    }


def _events(world: World, pen: Pen) -> Made:
    """A third of the events, and the first ten."""
    made: Made = {}
    for event in world.events:
        n = event.number
        if n >= 10 and n % 3:
            continue
        entry: Made = {}
        if n % 2 == 0:
            entry["title"] = event.title
        if n % 5:
            entry["kind"] = event.kind
        if n % 10 == 9:
            entry["part_of"] = world.events[n // 10].id
        if n % 4 == 0 or not entry:
            entry["summary"] = pen.line(2)
        made[event.id] = entry
    return made


def _place(world: World, n: int, key: str) -> Made:
    made: Made = {"name": world.names[key]}
    if n % 3 == 0:
        made |= {"names": _names(world, n), "aliases": [f"Harbour {n}"]}
    if n and n % 7 != 6:  # disputed: it lies in nothing
        made["in"] = world.places[n // 4]
    if n % 5 != 4:
        made["at"] = [f"{(n * 7) % 160 - 80}.5", f"{(n * 13) % 340 - 170}.25"]
    return made | ({"wikidata": f"Q{910_000_000 + n}"} if n % 2 else {})


def _topic(world: World, pen: Pen, n: int) -> Made:
    made: Made = {"name": f"{world.speech.fixed(n)} {n}"}
    if n % 4 != 3:
        made["description"] = pen.line(1)
    if n % 6:
        made["broader"] = world.topics[n // 6]
    return made | ({"state": pen.line(3)} if n % 2 == 0 else {})


def _redirects(world: World, plans: tuple[Plan, ...]) -> Made:
    article = next(plan.id for plan in plans if not plan.draft)
    return {
        "briefings/old-0": f"briefings/{article}",
        "events/old": f"events/{world.events[0].id}",
        "actors/norlandia": f"actors/{NORLAND}",
        "places/old-port": f"places/{world.places[0]}",
        "topics/ships": f"topics/{world.topics[0]}",
    }
