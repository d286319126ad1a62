"""One invented article: its source, what it says, who says so, and the text it is taken from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import count
from typing import Any, Final, get_args

from bench.corpus_dates import told
from bench.corpus_plan import Plan
from bench.corpus_prose import Pen
from bench.corpus_text import SourceText
from bench.corpus_world import TRICKY, Event, World
from readout.content.fields import Confidence, Likelihood, Role, Stance

_ROLES: Final[tuple[str, ...]] = get_args(Role)
_STANCES: Final[tuple[str, ...]] = get_args(Stance)
_LIKELIHOODS: Final[tuple[str, ...]] = get_args(Likelihood)
_CONFIDENCES: Final[tuple[str, ...]] = get_args(Confidence)
_RELATIONS: Final = ("denies", "confirms", "supports", "disputes", "repeats")
_STATUSES: Final = ("happened", "happened", "happened", "reported", "happened", "alleged")
_UNNAMED: Final = (
    "a Norlandic political source", "a person familiar with the talks", "two officials",
    "a diplomat who asked not to be named", "residents of the port", "experts",
)  # fmt: skip
_LANGUAGES: Final = ("en", "en", "he", "en", "ar", "en-GB", "fa", "en", "ru", "en")
Made = dict[str, Any]


class Writer:
    """Writes the articles of a world, one after the other."""

    def __init__(self, world: World, pen: Pen) -> None:
        self.world, self.pen, self.speech = world, pen, world.speech
        self._turn = count()

    def article(self, plan: Plan) -> tuple[Made, str]:
        """The article, and the source text that its quotations are taken from."""
        pen, n = self.pen, plan.number
        made: Made = {"title": self._title(n), "source": {}, "bottom_line": pen.line(2, plan)}
        if plan.bare:
            return made, ""
        text = SourceText(self.world, pen, _LANGUAGES[n % 10][:2])
        claims = [self._claim(plan, i, text) for i in range(len(plan.claims))]
        made["source"] = self._source(plan)
        made["key_points"] = [self._key_point(plan, i) for i in range(3 + n % 3)]
        made["summary"] = pen.text(2 + n % 3, plan)
        made["topics"] = self.world.topic.some(self.world.rng, 3)
        places = [*(one.place for one in plan.events), self.world.place.draw(self.world.rng)]
        made["places"] = list(dict.fromkeys(places))
        made["actors"] = self._appearing(plan)
        if claims:
            made["claims"] = claims
        if plan.events:
            made["events"] = [self._account(plan, event) for event in plan.events]
        made |= self._rest(plan)
        return made, text.written()

    def _title(self, n: int) -> str:
        title = self.speech.title()
        return TRICKY[n // 14 % len(TRICKY)].format(title) if n % 14 == 3 else title

    def _source(self, plan: Plan) -> Made:
        n, language = plan.number, _LANGUAGES[plan.number % 10]
        source: Made = {}
        if n % 11:
            native = language[:2] in self.world.lexicon
            source["headline"] = self.pen.native(language, 6) if native else self._title(n)
        if n % 19 != 6:
            source["outlet"] = plan.outlet
        if n % 3 == 0:
            source["authors"] = [self.speech.person() for _ in range(1 + n % 2)]
        if n % 13 != 9:
            source["published"] = _published(plan)
        if n % 4:
            source["url"] = f"https://{plan.outlet}.example/{n}?a=1&b=2"
        if n % 4 == 1:
            source["archived_url"] = f"https://archive.example/{n}"
        source |= {"retrieved": "2026-11-20", "language": language}
        if n % 3 == 1:
            # The first outlets are agencies: many reports rest on them.
            agencies = self.world.outlets[:4]
            source["origin"] = [agencies[n % 4], *([agencies[(n + 1) % 4]] * (n % 21 == 1))]
        source["seed"] = ""  # its place among the keys; the name holds the text's hash
        if n % 6 == 2:
            source["grade"] = f"{'ABCDEF'[n // 6 % 6]}{1 + n // 6 % 5}"
        if n % 7 == 3:
            source["basis"] = {
                "language": self.pen.sentence(), "retrieved": "The date of the desk's own copy.",
            }  # fmt: skip
        return source

    def _key_point(self, plan: Plan, i: int) -> Made:
        made: Made = {"text": self.pen.line(1, plan)}
        if plan.claims and i % 3 != 2:
            made["claims"] = list(dict.fromkeys(plan.claims[(i + k) % 3] for k in range(1 + i % 2)))
        return made

    def party(self, plan: Plan, actor: str = "", role: str = "") -> str | Made:
        """A party in one of its forms; one of the article's cast where no actor is named."""
        turn = next(self._turn)
        if turn % 8 == 5:
            # The same words in one article are the same party, so there are two of them at most.
            unnamed = _UNNAMED[(plan.number + turn // 8 % 2) % len(_UNNAMED)]
            return {"as": unnamed} | ({"role": role} if role else {})
        actor = actor or plan.cast[turn * 7 % len(plan.cast)]
        made: Made = {"id": actor}
        offices = self.world.offices[actor]
        if turn % 8 == 1:
            made["as"] = [offices[0], offices[1 + plan.number % 2]]
        elif turn % 8 in (2, 3):
            made["as"] = offices[plan.number % 3]
        elif not role:
            return actor
        return made | ({"role": role} if role else {})

    def _parties(self, plan: Plan, most: int) -> Any:
        """One party, or a list of them: both can be written."""
        turn = next(self._turn)
        parties = _once([self.party(plan) for _ in range(1 + turn % most)])
        return parties[0] if len(parties) == 1 and turn % 5 else parties

    def _appearing(self, plan: Plan) -> list[str | Made]:
        named = [self.party(plan, actor) for actor in plan.cast]
        return _once(named)

    def _claim(self, plan: Plan, i: int, text: SourceText) -> Made:
        turn, rng = next(self._turn), self.world.rng
        claim: Made = {"id": plan.claims[i], "text": self.pen.line(1 + turn % 2, plan)}
        if i or plan.number % 2:
            claim["by"] = self._parties(plan, 2)
        if turn % 6 == 1:
            claim["via"] = self._parties(plan, 2)
        if turn % 3:
            claim["on"] = _days_before(plan, turn % 4)
        if turn % 9 == 2 and plan.events:
            claim["at"] = plan.events[0].id
        if turn % 4:
            claim["stance"] = _STANCES[turn // 4 % len(_STANCES)]
        if i == 1:
            claim["quote"] = text.quotation(native=True)
            if plan.number % 3:
                claim["translated"] = "true" if plan.number % 3 == 1 else "false"
        elif i == 2 or (i == 4 and turn % 2):
            claim["excerpt"] = text.quotation(native=False)
        if turn % 12 == 7:
            claim["origin"] = [self.world.media.draw(rng)]
        if plan.events and turn % 2:
            claim["about"] = [one.id for one in plan.events[: 1 + turn % 4 // 2]]
        claim |= self._relations(plan, i)
        if turn % 10 == 4:
            claim["likelihood"] = _LIKELIHOODS[turn // 10 % len(_LIKELIHOODS)]
        if turn % 15 == 4:
            claim["confidence"] = _CONFIDENCES[turn // 15 % 3]
        return claim

    def _relations(self, plan: Plan, i: int) -> Made:
        """Every third claim answers another: of this article, of an earlier one, or both."""
        turn = next(self._turn)
        others = [f"#{plan.claims[i - 1]}"] if i and turn % 2 else []
        other = self.pen.other(plan) if i == 0 or turn % 6 == 0 else None
        if other and other.claims:
            others.append(f"{other.id}#{other.claims[turn % len(other.claims)]}")
        if not others or turn % 3 == 2:
            return {}
        return {_RELATIONS[turn // 2 % len(_RELATIONS)]: others}

    def _account(self, plan: Plan, event: Event) -> Made:
        turn, rng, own = next(self._turn), self.world.rng, event.id in plan.owns
        made: Made = {"id": event.id}
        if own or turn % 3:
            made["title"] = event.title if own or turn % 3 == 1 else self._title(turn)
        if own or turn % 5:
            made["kind"] = event.kind
        if event.id == plan.foretold:
            made["status"] = "planned"
        elif turn % 13:
            made["status"] = "denied" if turn % 17 == 3 else _STATUSES[event.number % 6]
        date, words = told(event.when, 99 if own else rng.randrange(100))
        if date:
            made["date"] = date
            made |= {"date_words": words} if turn % 4 else {}
            made |= {} if turn % 4 and turn % 3 else {"basis": self.pen.sentence()}
        if own or turn % 6:
            made["place"] = self.world.place.draw(rng) if turn % 23 == 8 else event.place
        roles = (_ROLES[turn % len(_ROLES)], _ROLES[(turn + 1) % len(_ROLES)], "")
        actors = [*event.cast, *(plan.cast[:1] if turn % 4 == 0 else [])]
        made["actors"] = _once(
            [self.party(plan, actor, roles[k % 3]) for k, actor in enumerate(dict.fromkeys(actors))]
        )
        made["text"] = self.pen.line(2, plan)
        label, value, other = event.figure
        if event.number % 4 == 0 or turn % 11 == 0:
            made["figures"] = [{"label": label, "value": other if turn % 7 == 0 else value}]
        if turn % 16 == 9:
            made["origin"] = [self.world.outlets[turn % 4]]
        if turn % 20 == 6:
            made["may_be"] = [self._maybe(event, turn)]
        return made

    def _maybe(self, event: Event, turn: int) -> Made:
        events = self.world.events
        near = events[event.number + 1 if event.number + 1 < len(events) else event.number - 1]
        return {"event": near.id} | ({"why": self.pen.sentence()} if turn % 3 else {})

    def _rest(self, plan: Plan) -> Made:
        pen, n, made = self.pen, plan.number, Made()
        if n % 2:
            made["background"] = pen.text(1, plan)
        if n % 3 == 1:
            made["open_questions"] = [pen.line(1, plan) for _ in range(1 + n % 3)]
        if n % 7 == 0:
            likely = _LIKELIHOODS[n // 7 % len(_LIKELIHOODS)]
            judged = {"likelihood": likely, "confidence": _CONFIDENCES[n // 7 % 3]}
            made["assessments"] = [{"text": pen.line(1, plan)} | (judged if n % 2 else {})]
        if n % 20 == 9:
            made["corrections"] = [{"date": "2026-11-21", "text": pen.line(1, plan)}]
        if n % 3:
            made |= {"prepared_by": ["The desk", self.speech.person()], "reviewed": "2026-11-20"}
        return made | ({"draft": "true"} if plan.draft else {})


def _once(parties: Sequence[str | Made]) -> list[Any]:
    """Each unnamed party, and each actor, once."""
    seen: dict[str, str | Made] = {}
    for one in parties:
        key = one if isinstance(one, str) else str(one.get("id") or f"as {one['as']}")
        seen.setdefault(key, one)
    return list(seen.values())


def _published(plan: Plan) -> str:
    """Mostly a day; sometimes its time too, or no more than its month."""
    day = plan.published.isoformat()
    return {3: f"{day}T23:59:59Z", 9: day[:7], 15: f"{day[:7]}~"}.get(plan.number % 40, day)


def _days_before(plan: Plan, days: int) -> str:
    return (plan.published - datetime.timedelta(days=days)).isoformat()
