"""All files of an invented world but its articles."""

from __future__ import annotations

import random
from typing import Final

from bench.corpus_account import has_entry
from bench.corpus_events import KINDS
from bench.corpus_prose import Prose
from bench.corpus_world import Someone, World
from bench.words import LANGUAGES
from bench.yaml_out import Value

ABOUT: Final = """# About this desk

Everything here is *invented*, from end to end: no state, person or outlet of these names exists.

## Method

1. A program draws words.
2. Nobody reads them, except [[norland]].

| word | meaning |
| --- | --- |
| said | somebody said so |
| alleged | somebody else did |

> It tests a generator of sites.

See [the examples](https://example.org/).
"""


def actor(world: World, someone: Someone, n: int) -> dict[str, Value]:
    """The file of the n-th actor."""
    rng = random.Random(f"actor {world.seed} {n}")
    world.speech.draw_from(rng)
    made: dict[str, Value] = {"name": someone.name, "kind": someone.kind}
    if someone.language != "en" and n % 5:
        names = {someone.language: world.speech.native(someone.language)}
        if n % 10 == 3:
            names |= {language: world.speech.native(language) for language in LANGUAGES}
        made["names"] = names
    if n % 3 == 0:
        made["aliases"] = [f"{world.speech.coin().capitalize()} of {someone.spoken}"]
    if n % 21 == 7:
        made["aliases"] = [world.speech.native(LANGUAGES[n % 4]) + f" {n}"]
    if someone.of:
        made["of"] = list(someone.of)
    if n % 4:
        made["wikidata"] = f"Q{9_000_000 + n}"
    if n % 6:
        made["description"] = Prose(world, rng, someone.of).short(1 + n % 2)
    return made


def shared(world: World) -> dict[str, dict[str, Value]]:
    """The files that hold many records, by name."""
    rng = random.Random(f"shared {world.seed}")
    world.speech.draw_from(rng)
    prose = Prose(world, rng, ["norland", *world.states[1:5]])
    return {
        "site": {
            "title": "Norland & its neighbours",
            "bottom_line": prose.short(2),
            "publisher": "The bench",
            "language": "en",
            "licence": "CC BY 4.0",
            "base_url": "https://desk.example/norland/",
        },
        "events": _events(world, prose),
        "places": {key: _place(world, n, key, rng) for n, key in enumerate(world.places)},
        "topics": {
            key: _some(
                name=f"{world.speech.title().split()[0].strip('*<[`#')} {n}",
                description=prose.short() if n % 4 else "",
                broader=world.topics[n // 5] if n else "",
                state=prose.long(1) if n % 3 else "",
            )
            for n, key in enumerate(world.topics)
        },
        "event_kinds": {
            key: _some(name=key.capitalize(), category=kind.category) for key, kind in KINDS.items()
        },
        "redirects": {
            "briefings/old-0": "briefings/article-0",
            "events/old": "events/event-1",
            "actors/old": "actors/norland",
            "actors/older": "actors/old",
        },
    }


def _events(world: World, prose: Prose) -> dict[str, Value]:
    """Those that nobody tells of, which need it, and some others."""
    untold = world.untold()
    return {
        event.id: _some(
            title=event.title,
            kind=event.kind,
            part_of=world.events[n // 10 * 10].id if n % 10 == 6 else "",
            summary=prose.short(2) if n % 4 == 0 else "",
        )
        for n, event in enumerate(world.events)
        if n in untold or has_entry(event)
    }


def _place(world: World, n: int, key: str, rng: random.Random) -> dict[str, Value]:
    native = {LANGUAGES[n // 2 % 4]: world.speech.native(LANGUAGES[n // 2 % 4])} if n % 2 else {}
    return _some(
        name=world.place_names[key],
        names=native,
        aliases=[f"Port {world.speech.coin().capitalize()}"] if n % 5 == 1 else [],
        **{"in": world.places[n // 4] if n and n % 13 != 5 else ""},
        at=[f"{rng.uniform(-50, 70):.3f}", f"{rng.uniform(-120, 150):.3f}"] if n % 7 != 6 else [],
        wikidata=f"Q{8_000_000 + n}" if n % 3 else "",
    )


def _some(**keys: Value) -> dict[str, Value]:
    """The keys that have a value."""
    return {key: one for key, one in keys.items() if one}
