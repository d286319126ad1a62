"""A seeded generator of content folders, made to the content contract, of any size.

    python -m bench.corpus --articles 1000 [--seed 1] [--texts] DIR

writes DIR/content and DIR/seeds (and, with `--texts`, DIR/texts). Everything in it is invented.
Actors, places and topics follow Zipf's law, so that one state is in half of all articles; a seventh
of the events fall on one day (1,500 at 10,000 articles), and one event has an account in every
fiftieth article (200 at 10,000). The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import datetime
import random
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.words import Speech
from bench.yaml_out import document
from readout.content.quotes import Quotation, find, make_record, normalise, write_record

ROLES = (
    "participant", "host", "visitor", "caller", "callee", "sender", "intermediary", "recipient",
    "attacker", "target", "victim", "speaker", "subject", "signatory", "mediator", "publisher",
    "supplier", "receiver",
)  # fmt: skip
CATEGORIES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
LIKELIHOODS = (
    "almost no chance", "remote", "very unlikely", "unlikely", "roughly even chance", "likely",
    "probable", "very likely", "almost certain",
)  # fmt: skip
ODD_DATES = (
    "-0043", "-0043-03", "XXXX-01-16", "197X", "1985-21", "1987-03~", "1987-03-15?", "1986%",
    "1986-11/..", "1986-11/1987-02", "[1987-01-04..1987-01-20]", "[1987-01-04,1987-01-06]",
    "[..1987-02]", "[1987-02..]", "1987-03-10T03:30:00Z", "1987?-05-03", "../1985",
)  # fmt: skip
THE_DAY = datetime.date(1987, 3, 21)
KINDS = ("person", "state", "organisation", "group", "outlet")


class Zipf:
    """Draws ids so that the n-th comes up with a weight of 1/n."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        self._sums = list(accumulate(1 / (n + 1) for n in range(len(ids))))

    def draw(self, rng: random.Random) -> str:
        return self.ids[bisect(self._sums, rng.random() * self._sums[-1])]

    def some(self, rng: random.Random, n: int) -> list[str]:
        """Up to `n` different ones."""
        return list(dict.fromkeys(self.draw(rng) for _ in range(n)))


class World:
    """Everything that articles refer to, drawn up before any of them."""

    def __init__(self, articles: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.speech = Speech(self.rng)
        self.articles = articles
        self.outlets = [f"outlet-{n}" for n in range(max(4, articles // 150))]
        self.states = ["norland", *(f"state-{n}" for n in range(1, max(6, articles // 200)))]
        self.people = [f"person-{n}" for n in range(max(12, articles // 18))]
        self.bodies = [f"body-{n}" for n in range(max(6, articles // 100))]
        self.actors = Zipf(self.people + self.bodies)
        self.nations = Zipf(self.states)
        self.media = Zipf(self.outlets)
        self.places = [f"place-{n}" for n in range(max(8, articles // 70))]
        self.topics = [f"topic-{n}" for n in range(max(6, articles // 160))]
        self.place, self.topic = Zipf(self.places), Zipf(self.topics)
        self.events = [f"event-{n}" for n in range(max(40, articles * 18 // 100))]
        self.kinds = ["visit", "call", "message", "strike", "talks", "ceremony", "statement"]
        on_day = max(2, len(self.events) * 1500 // 1800 if articles >= 5000 else articles // 7)
        self.dates = {
            key: THE_DAY.isoformat() if n < on_day else self._date(n - on_day)
            for n, key in enumerate(self.events)
        }
        self.names = {
            key: self.speech.name(n)
            for n, key in enumerate([*self.states, *self.people, *self.bodies, *self.outlets])
        }

    def _date(self, n: int) -> str:
        if n < len(ODD_DATES) or n % 9 == 0:
            return ODD_DATES[n % len(ODD_DATES)]
        day = datetime.date(1986, 6, 1) + datetime.timedelta(days=self.rng.randrange(500))
        return day.isoformat() if n % 5 else day.isoformat()[:7]

    def party(self, role: str = "") -> str | dict[str, Any]:
        """A party in one of its three forms."""
        rng = self.rng
        actor = rng.choice([self.actors, self.nations]).draw(rng)
        form = rng.randrange(6)
        named: dict[str, Any] = {"id": actor}
        if form == 0:
            named = {"as": self.speech.office()}
        elif form == 1:
            named["as"] = [self.speech.office(), self.speech.office()]
        elif form == 2:
            named["as"] = self.speech.office()
        elif not role:
            return actor
        return {**named, **({"role": role} if role else {})}

    def reference(self) -> str:
        """A reference in prose."""
        rng = self.rng
        form = rng.randrange(8)
        if form < 3:
            return f"[[{self.actors.draw(rng)}]]"
        if form == 3:
            return f"[[{self.nations.draw(rng)}|{self.speech.office()}]]"
        if form == 4:
            return f"[[event:{rng.choice(self.events)}]]"
        if form == 5:
            return f"[[place:{self.place.draw(rng)}]]"
        if form == 6:
            return f"[[topic:{self.topic.draw(rng)}|{self.speech.noun()}]]"
        return "[[norland]]"

    def prose(self, sentences: int) -> str:
        """A paragraph: most of it has nothing that Markdown acts on."""
        return self.speech.paragraph(sentences, self.reference)


def article(world: World, n: int) -> tuple[dict[str, Any], str]:
    """One article and the source text that its quotations are taken from."""
    rng, speech = world.rng, world.speech
    day = datetime.date(1987, 11, 1) + datetime.timedelta(days=rng.randrange(400))
    outlet = world.media.draw(rng)
    source: dict[str, Any] = {"outlet": outlet, "seed": f"s{n:05}"}
    if n % 11:
        source |= {"headline": speech.title(), "published": day.isoformat()}
    if n % 3 == 0:
        source |= {"authors": [speech.person(), speech.person()], "grade": "B2"}
    if n % 4:
        source["url"] = f"https://{outlet}.example/{n}?a=1&b=2"
        source["archived_url"] = f"https://archive.example/{n}"
    if n % 5 == 0:
        source["origin"] = [world.media.draw(rng)]
        source["basis"] = {"outlet": "The address is the outlet's.", "retrieved": speech.sentence()}
    source |= {"language": ("en", "he", "fa", "ru")[n % 4], "retrieved": "2026-11-20"}
    keys = [f"claim-{i}" for i in range(3 + n % 3)]
    quotes = [speech.sentence().rstrip(".") for _ in keys]
    text = " ".join([*(speech.sentence() for _ in range(60)), *(f"{q}." for q in quotes)])
    made: dict[str, Any] = {
        "title": speech.title(),
        "source": source,
        "bottom_line": world.prose(2),
        "key_points": [{"text": world.prose(1), "claims": [keys[i % len(keys)]]} for i in range(3)],
        "summary": "\n\n".join(
            [*(world.prose(4) for _ in range(3)), *([speech.list(world.reference)] * (n % 14 == 0))]
        )
        + (f"\n\nSee [[#{keys[0]}]] and [[#{keys[1]}|what was said]]." if n % 6 == 0 else ""),
        "topics": world.topic.some(rng, 3),
        "places": world.place.some(rng, 3),
        "actors": [*(world.party() for _ in range(5)), *(["norland"] * (n % 3 == 0))],
        "claims": [_claim(world, n, i, key, quotes[i]) for i, key in enumerate(keys)],
        "events": _accounts(world, n),
    }
    if n % 2:
        made["background"] = world.prose(5)
        made["open_questions"] = [f"{speech.sentence()[:-1]}?", world.prose(1)]
    if n % 7 == 0:
        made["assessments"] = [
            {"text": world.prose(1), "likelihood": LIKELIHOODS[n % 9], "confidence": "low"}
        ]
        made["corrections"] = [{"date": "2026-11-21", "text": world.prose(1)}]
    if n % 3:
        made |= {"prepared_by": ["The desk", speech.person()], "reviewed": "2026-11-20"}
    if n % 97 == 41:
        made["draft"] = "true"
    return made, text


def _claim(world: World, n: int, i: int, key: str, quote: str) -> dict[str, Any]:
    rng = world.rng
    claim: dict[str, Any] = {"id": key, "text": world.prose(1)}
    if i:
        claim["by"] = world.party() if i % 2 else [world.party(), world.party()]
    if i == 1:
        claim |= {"via": [world.party()], "on": "1987-01", "at": rng.choice(world.events)}
        claim |= {"quote": quote, "translated": ("true", "false")[n % 2]}
    if i == 2:
        claim |= {"excerpt": quote, "stance": ("confirms", "no-comment", "asserts")[n % 3]}
        claim |= {"about": [rng.choice(world.events)], "origin": [world.media.draw(rng)]}
    if i == 3:
        claim |= {"stance": "denies", "denies": ["#claim-0"]}
        claim |= {
            "likelihood": LIKELIHOODS[n % 9],
            "confidence": ("low", "moderate", "high")[n % 3],
        }
        earlier = max(0, n - rng.randrange(1, 9))
        if earlier != n and earlier % 97 != 41:
            relation = ("confirms", "supports", "disputes", "repeats")[n % 4]
            claim[relation] = [f"article-{earlier}#claim-1"]
    return claim


def _accounts(world: World, n: int) -> list[dict[str, Any]]:
    rng = world.rng
    chosen = dict.fromkeys(rng.choice(world.events) for _ in range(2))
    chosen[world.events[n % len(world.events)]] = None
    if n % 50 == 7:
        chosen[world.events[0]] = None
    return [_account(world, n, key, i) for i, key in enumerate(chosen)]


def _account(world: World, n: int, key: str, i: int) -> dict[str, Any]:
    rng, number = world.rng, int(key.partition("-")[2])
    made: dict[str, Any] = {"id": key, "title": f"{world.speech.fixed(number)} ({number})"}
    made["kind"] = world.kinds[number % len(world.kinds)]
    made["status"] = ("happened", "reported", "happened", "alleged", "planned", "denied")[
        (number + n // 31) % 6
    ]
    made["date"] = world.dates[key] if (n + i) % 23 else "1987-02-02"
    made |= {"date_words": "on that day", "basis": world.speech.sentence()}
    if number % 3:
        made["place"] = world.places[number % len(world.places)] if n % 19 else world.places[0]
    roles = ROLES[number % len(ROLES)], ROLES[(number + 1) % len(ROLES)]
    made["actors"] = [world.party(role) for role in roles]
    made["text"] = world.prose(2)
    if number % 4 == 0:
        made["figures"] = [{"label": "boats", "value": str(7 + (n % 29 == 0))}]
    if n % 13 == 0:
        made["origin"] = [world.media.draw(rng)]
    if n % 17 == 0:
        other = world.events[(number + 1) % len(world.events)]
        made["may_be"] = [{"event": other, "why": world.speech.sentence()}]
    return made


def generate(folder: Path, articles: int, seed: int = 1, texts: bool = False) -> None:
    """Writes a corpus of so many articles below a folder."""
    world = World(articles, seed)
    content, seeds = folder / "content", folder / "seeds"
    for one in (content / "articles", content / "actors", seeds, folder / "texts"):
        if texts or one.name != "texts":
            one.mkdir(parents=True, exist_ok=True)
    for n in range(articles):
        made, text = article(world, n)
        _write(content / "articles" / f"article-{n}.yml", document(made))
        _write(seeds / f"s{n:05}.yml", _record(made, text))
        if texts:
            _write(folder / "texts" / f"s{n:05}.txt", text)
    for name, value in _shared(world).items():
        _write(content / f"{name}.yml", document(value))
    for n, key in enumerate([*world.states, *world.people, *world.bodies, *world.outlets]):
        _write(content / "actors" / f"{key}.yml", document(_actor(world, n, key)))
    _write(content / "about.md", "# About\n\n## What this is\n\nInvented, from end to end.\n")


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _record(made: dict[str, Any], text: str) -> str:
    plain = normalise(text)
    found = []
    for claim in made["claims"]:
        for key in ("quote", "excerpt"):
            if key in claim:
                quotation = Quotation.of(claim[key])
                at = find(quotation, plain)
                if at is None:
                    raise AssertionError(f"{claim[key]!r} is not in its own text")
                found.append((quotation, at))
    return write_record(make_record(text.encode(), text, found))


def _actor(world: World, n: int, key: str) -> dict[str, Any]:
    kind = key.partition("-")[0]
    kinds = {"person": "person", "body": ("organisation", "group")[n % 2], "outlet": "outlet"}
    made: dict[str, Any] = {"name": world.names[key], "kind": kinds.get(kind, "state")}
    if n % 2 == 0:
        made["names"] = world.speech.natives(n)
        made["aliases"] = [f"{world.names[key]} the {n}th"]
    if kind in ("person", "body", "outlet"):
        made["of"] = [world.states[n % len(world.states)]]
    made["wikidata"] = f"Q{1000 + n}"
    made["description"] = world.prose(1)
    return made


def _shared(world: World) -> dict[str, dict[str, Any]]:
    speech = world.speech
    return {
        "site": {
            "title": "Norland & its neighbours",
            "bottom_line": world.prose(2),
            "publisher": "The bench",
            "language": "en",
            "licence": "CC BY 4.0",
            "base_url": "https://desk.example/norland/",
        },
        "events": {
            key: {
                "title": f"{speech.fixed(n)} ({n})",
                "kind": world.kinds[n % len(world.kinds)],
                **({"part_of": world.events[n - 1]} if n % 10 == 9 else {}),
                **({"summary": world.prose(2)} if n % 4 == 0 else {}),
            }
            for n, key in enumerate(world.events)
            if n < 10 or n % 3 == 0
        },
        "places": {
            key: {
                "name": f"{speech.place(n)} {n}",
                **({"names": speech.natives(n), "aliases": [f"Port {n}"]} if n % 3 == 0 else {}),
                **({"in": world.places[n // 4]} if n else {}),
                "at": [f"{(n * 7) % 160 - 80}.5", f"{(n * 13) % 340 - 170}.25"],
                "wikidata": f"Q{90000 + n}",
            }
            for n, key in enumerate(world.places)
        },
        "topics": {
            key: {
                "name": f"{speech.noun().capitalize()} {n}",
                "description": world.prose(1),
                **({"broader": world.topics[n // 5]} if n else {}),
                "state": world.prose(2),
            }
            for n, key in enumerate(world.topics)
        },
        "event_kinds": {
            key: {"name": key.capitalize(), **({"category": CATEGORIES[n]} if n < 6 else {})}
            for n, key in enumerate(world.kinds)
        },
        "redirects": {"briefings/old-0": "briefings/article-0", "events/old": "events/event-1"},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes a content folder for tests and benches.")
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    generate(given.folder, given.articles, given.seed, given.texts)
