"""One article of an invented world, and the source text that its quotations are taken from."""

from __future__ import annotations

import datetime
import random
from typing import Final

from bench.corpus_account import account, party
from bench.corpus_claim import CONFIDENCES, LIKELIHOODS, Quotes, claim
from bench.corpus_prose import Prose
from bench.corpus_world import Head, World
from bench.yaml_out import Value

_TEXT_SENTENCES: Final = 36


def article(world: World, head: Head) -> tuple[dict[str, Value], str, list[str]]:
    """The article as keys with values, its source text (none without a seed), its quotations."""
    rng = random.Random(f"article {world.seed} {head.number}")
    world.speech.draw_from(rng)
    if head.bare:
        short = Prose(world, rng, ["norland"], head).short(2)
        return {"title": world.speech.title(), "source": {}, "bottom_line": short}, "", []
    cast = _cast(world, head, rng)
    prose = Prose(world, rng, cast, head)
    n = head.number
    sentences = [world.speech.sentence(head.language) for _ in range(_TEXT_SENTENCES)]
    quotes = Quotes(sentences, rng) if n % 43 != 20 else None
    source = _source(world, head, rng, has_seed=quotes is not None)
    claims = [claim(world, head, i, cast, prose, quotes, rng) for i in range(len(head.claims))]
    made: dict[str, Value] = {
        "title": _title(world, head, cast, rng),
        "source": source,
        "bottom_line": prose.short(2),
        "key_points": _key_points(head, prose, rng),
        "summary": prose.long(2 + n % 2),
        "topics": world.topic.some(rng, 3),
        "places": world.place.some(rng, 3),
        "actors": [party(world, one, rng) for one in (*cast, "")],
        "claims": claims,
        "events": [
            account(world, head, event, i, prose, rng) for i, event in enumerate(head.events)
        ],
        **_desk(world, head, prose, rng),
    }
    text = "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, _TEXT_SENTENCES, 4))
    found = {key: one for key, one in made.items() if one}
    return (found, f"{text}\n", quotes.taken) if quotes else (found, "", [])


def _cast(world: World, head: Head, rng: random.Random) -> list[str]:
    """Who appears: the parties of the events told, and others."""
    parties = (one for event in head.events for one in world.events[event].parties)
    cast = dict.fromkeys([*parties, *world.others.some(rng, 2 + rng.randrange(4))])
    if rng.random() < world.also_norland:
        cast["norland"] = None
    return list(cast)


def _title(world: World, head: Head, cast: list[str], rng: random.Random) -> str:
    title = world.speech.title()
    if head.number % 9 == 4:
        return f"{world.actors[rng.choice(cast)].name}: {title}"
    if head.number % 41 == 6:
        return f"{title} ({world.speech.native(('he', 'ar', 'fa', 'ru')[head.number % 4])})"
    return title


def _source(world: World, head: Head, rng: random.Random, *, has_seed: bool) -> dict[str, Value]:
    n, speech = head.number, world.speech
    source: dict[str, Value] = {}
    if n % 12 != 5:
        source["headline"] = speech.title(head.language)
    if n % 29 != 8:
        source["outlet"] = head.outlet
    if n % 3 == 0:
        source["authors"] = [_byline(world, head.language, rng) for _ in range(1 + n % 2)]
    if head.published:
        source["published"] = head.published
    if n % 4:
        source["url"] = f"https://{head.outlet}.example/{head.day.year}/{n}?a=1&b=2"
    if n % 5 == 1:
        source["archived_url"] = f"https://archive.example/{n}/https://{head.outlet}.example/"
    source |= {"retrieved": f"2026-{1 + n % 11:02}-20", "language": head.language}
    if n % 10 < 3:
        source["origin"] = [(world.outlets[0], world.outlets[1], rng.choice(world.bodies))[n % 10]]
    if has_seed:
        source["seed"] = seed_of(world, head)
    if n % 3 == 1:
        source["grade"] = "ABCDEF"[n // 3 % 6] + "123456"[n // 18 % 6]
    if n % 6 == 0:
        keys = [key for key in source if key != "seed"]
        source["basis"] = {keys[n // 6 % len(keys)]: speech.sentence()}
    return source


def seed_of(world: World, head: Head) -> str:
    """The name of the record of its text."""
    mark = random.Random(f"seed {world.seed} {head.number}").getrandbits(64)
    return f"{head.number:03}_{mark:016x}"


def _byline(world: World, language: str, rng: random.Random) -> str:
    if language != "en":
        return world.speech.native(language)
    return world.actors[rng.choice(world.people)].spoken


def _key_points(head: Head, prose: Prose, rng: random.Random) -> list[Value]:
    found: list[Value] = []
    for i in range(3 + head.number % 3):
        point: dict[str, Value] = {"text": prose.short()}
        if i < len(head.claims):
            point["claims"] = sorted({head.claims[i], rng.choice(head.claims)})
        found.append(point)
    return found


def _desk(world: World, head: Head, prose: Prose, rng: random.Random) -> dict[str, Value]:
    """What the desk adds of its own."""
    n, made = head.number, dict[str, Value]()
    if n % 5 < 3:
        made["background"] = prose.long(2)
    if n % 2:
        question = f"{world.speech.sentence()[:-1]}?"
        made["open_questions"] = [question, prose.short()][: 1 + n % 3]
    if n % 4 == 1:
        assessment: dict[str, Value] = {"text": prose.short(2)}
        if n % 8 == 1:
            assessment["likelihood"] = LIKELIHOODS[n // 8 % len(LIKELIHOODS)]
        if n % 12 < 6:
            assessment["confidence"] = CONFIDENCES[n // 4 % 3]
        made["assessments"] = [assessment]
    if n % 16 == 7:
        day = datetime.date(2026, 11, 1) + datetime.timedelta(days=rng.randrange(20))
        made["corrections"] = [{"date": day.isoformat(), "text": prose.short()}]
    if n % 3:
        made |= {"prepared_by": ["The desk"], "reviewed": "2026-11-20"}
    if head.draft:
        made["draft"] = "true"
    return made
