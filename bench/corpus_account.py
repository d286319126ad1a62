"""What an invented article says of an event: as others do, or otherwise."""

from __future__ import annotations

import random
import re
from typing import Final

from bench.corpus_events import THE_DAY, Event
from bench.corpus_prose import Prose
from bench.corpus_world import Head, World
from bench.yaml_out import Value

_WORDS: Final = ("On that day", "last spring", "the night before", "On Saturday", "some time ago")
_DAY = re.compile(r"198[67]-\d\d-\d\d")
_FIGURES: Final = ("killed", "boats", "length of the visit", "pages")


def party(world: World, actor: str, rng: random.Random, role: str = "") -> Value:
    """A party in one of its forms; without an actor, one whom the article does not name."""
    made: dict[str, Value] = {}
    if actor:
        made["id"] = actor
    called = world.speech.office
    chance = rng.random()
    if not actor or chance < 0.3:
        made["as"] = called()
    elif chance < 0.35:
        made["as"] = [called(), called()]
    if role:
        made["role"] = role
    return actor if set(made) == {"id"} else made


def account(
    world: World, head: Head, number: int, i: int, prose: Prose, rng: random.Random
) -> dict[str, Value]:
    """The i-th account of an article, of the event with this number."""
    event, n = world.events[number], head.number
    made: dict[str, Value] = {"id": event.id}
    if not (has_entry(event) and number % 5 == 0):
        made["title"] = event.title
    if event.kind:
        made["kind"] = event.kind
    made["status"] = "denied" if (n + i) % 17 == 3 else event.status
    made |= _when(world, event, rng, faithful=world.first_teller.get(number) == n)
    if event.place and rng.random() < 0.9:
        made["place"] = event.place if rng.random() < 0.93 else world.place.draw(rng)
    parties = [
        party(world, one, rng, role) for one, role in zip(event.parties, event.roles, strict=True)
    ]
    made["actors"] = [*parties, *([party(world, "", rng, "victim")] if n % 14 == 2 else [])]
    made["text"] = prose.short(1 + (n + i) % 3)
    if number % 4 == 0:
        label, value = _FIGURES[number // 4 % 4], 3 + number % 60 + (rng.random() < 0.12)
        made["figures"] = [{"label": label, "value": str(value)}]
    if (n + i) % 13 == 0:
        made["origin"] = [rng.choice(world.outlets[:3])]
    if (n + i) % 19 == 0:
        other = world.events[(number + 1) % len(world.events)].id
        why = {"why": world.speech.sentence()} if n % 2 else {}
        made["may_be"] = [{"event": other, **why}]
    return made


def has_entry(event: Event) -> bool:
    """Whether events.yml tells of it although articles do."""
    return event.number < 5 or event.number % 10 in (0, 6)


def _when(world: World, event: Event, rng: random.Random, *, faithful: bool) -> dict[str, Value]:
    """The date as most give it, less sharply, another, or none; and what it was made from."""
    date, chance = event.date, 1.0 if faithful else rng.random()
    if not date or chance < 0.05:
        return {}
    is_day = _DAY.fullmatch(date) is not None
    if chance < 0.1:
        date = "1987-02"  # coarser than a day: never the head value of an event on THE_DAY
    elif is_day and chance < 0.2:
        date = (date[:7], f"{date}~", f"{date}?", f"{date[:7]}~")[int(chance * 1000) % 4]
    elif is_day and chance < 0.3 and not date.startswith(THE_DAY.isoformat()):
        date = f"{date[:8]}{1 + (int(date[8:]) + 7) % 28:02}"
    form = rng.randrange(3)
    made: dict[str, Value] = {"date": date}
    if form:
        made["date_words"] = rng.choice(_WORDS)
    if form != 1:
        made["basis"] = world.speech.sentence()
    return made
