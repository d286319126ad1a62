"""The shape of every content file: the contract, as types.

These types are the one place where keys are named. From them come the diagnostics of shape, the
JSON Schemas for editors, the reference for authors (docs/content.md), the models by which pydantic
checks (`checked`) and the structs in which records are held (`light`): they are never made
themselves. Values are frozen: what authors wrote is never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, Literal, get_type_hints

from msgspec import structs

from readout.content.fields import (
    ActorKind,
    Before,
    Bool,
    ClaimRef,
    Confidence,
    Count,
    Date,
    Grade,
    Id,
    Language,
    Latitude,
    Likelihood,
    Longitude,
    Plain,
    PloverCategory,
    Prose,
    Ref,
    Role,
    SeedName,
    Sha256,
    Stance,
    Status,
    Url,
    WikidataId,
)
from readout.content.unfit import UnfitError
from readout.value import Value


class RecordType(type):
    """The type of types of records, by which what follows from each is remembered."""


class Record(metaclass=RecordType):
    """A mapping in a content file. Unknown keys are errors."""

    def __init__(self) -> None:
        raise TypeError("a record is made by `light.make` or `checked.check`")


class Key(Value, frozen=True):
    """One key of a record."""

    description: str
    examples: Sequence[Any]
    """Values, as an author writes them."""
    default: Any
    """What it holds where it is not written."""
    required: bool
    alias: str | None = None
    """How it is written, where that is no name in Python."""
    annotation: Any = None
    """What it holds, with what `Annotated` adds to it."""


def key(description: str, *examples: Any, default: Any = None, alias: str | None = None) -> Any:
    """One optional key: what it holds, with a value as example."""
    return Key(description, examples, default, False, alias)


def required(description: str, *examples: Any) -> Any:
    """One required key: what it holds, with a value as example."""
    return Key(description, examples, None, True)


@cache
def fields_of(model: type[Record]) -> Mapping[str, Key]:
    """The keys of a type of record, in their order, by their names in Python."""
    hints = get_type_hints(model, include_extras=True)
    return {name: structs.replace(vars(model)[name], annotation=hints[name]) for name in hints}


def party_in_full(value: Any) -> Any:
    """The keys of a party that is written in a short form."""
    if isinstance(value, str):
        return {"id": value}
    if isinstance(value, dict) and isinstance(value.get("as"), str):
        return {**value, "as": (value["as"],)}
    return value


class Party(Record):
    """An actor, or somebody whom the article does not name.

    Written as an actor's id alone (`putin`), as `{id, as, role}`, or as `{as, role}`.
    """

    id: Ref | None = key("The actor's id.", "netanyahu")
    called: tuple[Plain, ...] = key(
        "What this article calls the party, in its words: one or a list.",
        "Israeli Prime Minister",
        default=(),
        alias="as",
    )
    role: Role | None = key("The party's part in an event; participant unless said.", "host")


def check_party(id_: str | None, called: Sequence[str]) -> None:
    """What a party's keys have to say together. Raises `UnfitError`."""
    if id_ is None and not called:
        raise UnfitError(
            "VAL006",
            "a party needs an id or the words that the article uses",
            {"hint": 'write an actor\'s id, or {as: "an Iranian political source"}'},
        )


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str | dict) else value


Parties = tuple[Party, ...]
"""A list of parties, all forms mixed."""
PartyOrParties = Annotated[tuple[Party, ...], Before(_as_list)]
"""A party, or a list of parties."""
SourceKey = Literal[
    "headline", "outlet", "authors", "published", "url", "archived_url", "retrieved", "language",
    "origin", "grade",
]  # fmt: skip


class Source(Record):
    """The article itself, as it was published."""

    headline: Plain | None = key("The headline as printed.", "Israel Informed Russia Ahead of ...")
    outlet: Ref | None = key("The actor, of kind outlet, that published it.", "moscow-times")
    authors: tuple[Plain, ...] = key("The byline's names as printed.", ["Jane Doe"], default=())
    published: Date | None = key("When it was published (EDTF).", "2018-05-10")
    url: Url | None = key("Its address, http or https.", "https://example.org/a")
    archived_url: Url | None = key("The address of an archived copy.", "https://example.org/b")
    retrieved: Date | None = key("When the desk read it (EDTF).", "2026-11-20")
    language: Language | None = key("The language it is in (BCP 47).", "en")
    origin: tuple[Ref, ...] = key("Actors this report itself rests on.", ["reuters"], default=())
    seed: SeedName | None = key(
        "The name of the text's record: seeds/<seed>.yml.", "001_38393c7eca97659f"
    )
    grade: Grade | None = key(
        "NATO Admiralty grade: A-F for the source, 1-6 for the information.", "B2"
    )
    basis: dict[SourceKey, Plain] = key(
        "Why we say what the article does not print, per key.",
        {"outlet": "the address is the outlet's"},
        default={},
    )


class KeyPoint(Record):
    """One of the three to five things to remember."""

    text: Prose = required("The point, in a sentence.", "Russia was told beforehand.")
    claims: tuple[Ref, ...] = key(
        "Claims of this article that it rests on.", ["forewarned"], default=()
    )


class Claim(Record):
    """Who says what: one attributable statement."""

    id: Id = required("Unique in the article; an anchor on its page.", "forewarned")
    text: Prose = required("The statement in our own words.", "Russia was told of the strikes.")
    by: PartyOrParties = key(
        "Who says so: a party or parties; absent: the outlet itself.", "conricus", default=()
    )
    via: PartyOrParties = key("Parties who carried it to this outlet.", ["hayom"], default=())
    on: Date | None = key("When it was said (EDTF).", "2018-05-10")
    at: Ref | None = key("The event at which it was said.", "some-event")
    stance: Stance | None = key("How the speaker stands to it.", "asserts")
    quote: Plain | None = key(
        "The speaker's words as printed, at most 40 words.", "The Russians were informed"
    )
    excerpt: Plain | None = key(
        "The outlet's own wording, verbatim, at most 40 words.", "forewarned Russia of its strikes"
    )
    translated: Bool | None = key("Whether the quote was translated; absent: not stated.", "true")
    origin: tuple[Ref, ...] = key(
        "Actors it rests on, where they differ from the article's.", ["reuters"], default=()
    )
    about: tuple[Ref, ...] = key("Events it speaks of.", ["strikes-2018-05-10"], default=())
    denies: tuple[ClaimRef, ...] = key("Claims that it denies.", ["#forewarned"], default=())
    confirms: tuple[ClaimRef, ...] = key(
        "Claims that it confirms.", ["other-article#claim"], default=()
    )
    supports: tuple[ClaimRef, ...] = key("Claims that it supports.", ["#forewarned"], default=())
    disputes: tuple[ClaimRef, ...] = key("Claims that it disputes.", ["#forewarned"], default=())
    repeats: tuple[ClaimRef, ...] = key(
        "Claims that it repeats.", ["other-article#claim"], default=()
    )
    likelihood: Likelihood | None = key("An ICD 203 term.", "likely")
    confidence: Confidence | None = key("How much the speaker trusts it.", "moderate")


RELATIONS: Final = ("denies", "confirms", "supports", "disputes", "repeats")
"""The keys of a claim that name other claims."""


class Figure(Record):
    """A number or measure that an account gives."""

    label: Plain = required("What is counted.", "killed")
    value: Plain = required("As the account gives it.", "7")


class MayBe(Record):
    """Another event that is possibly this one. Said both ways, never merged."""

    event: Ref = required("The other event.", "call-2025-11-15")
    why: Plain | None = key("Why they may be one.", "Both are calls about Gaza.")


class Account(Record):
    """What one article says of one event."""

    id: Id = required(
        "The event; the same id in several articles is one event.", "strikes-2018-05-10"
    )
    title: Plain | None = key("What happened, as a title.", "Netanyahu meets Putin in Moscow")
    kind: Ref | None = key("From event_kinds.yml; absent: other.", "visit")
    status: Status | None = key("How the article presents it.", "happened")
    date: Date | None = key("When (EDTF); absent: this account gives none.", "2018-05-09")
    date_words: Plain | None = key("The words that give the date, as printed.", "On Wednesday")
    basis: Plain | None = key(
        "How the date was inferred.", "The Wednesday before Thursday, 10 May 2018."
    )
    place: Ref | None = key("Where: a place's id.", "moscow")
    actors: Parties = key(
        "Who took part, each with a role.", [{"id": "putin", "role": "host"}], default=()
    )
    text: Prose | None = key("What this article says of it.", "He flew to Moscow.")
    figures: tuple[Figure, ...] = key(
        "Numbers as this account gives them.", [{"label": "killed", "value": "7"}], default=()
    )
    origin: tuple[Ref, ...] = key(
        "Actors it rests on, where they differ from the article's.", ["reuters"], default=()
    )
    may_be: tuple[MayBe, ...] = key(
        "Events that are possibly the same.",
        [{"event": "other-id", "why": "both are calls about Gaza"}],
        default=(),
    )


class Assessment(Record):
    """The desk's own judgement, shown apart from what is reported."""

    text: Prose = required("The judgement.", "The hotline was in use.")
    likelihood: Likelihood | None = key("An ICD 203 term.", "likely")
    confidence: Confidence | None = key("How sure the desk is of its basis.", "low")


class Correction(Record):
    """A correction, shown on the page and in the log."""

    date: Date = required("When it was made (EDTF).", "2026-11-21")
    text: Prose = required("What was wrong and is now right.", "The date was 9 May.")


class Article(Record):
    """content/articles/<id>.yml: the annotated summary of one source article."""

    title: Plain = required("The briefing's own headline.", "Moscow was told before the strikes")
    source: Source = required("The article itself; may be {}.", {"outlet": "moscow-times"})
    bottom_line: Prose = required(
        "One paragraph, at most 60 words.", "Israel says that it told Russia."
    )
    key_points: tuple[KeyPoint, ...] = key(
        "Three to five, each may name the claims it rests on.",
        [{"text": "Russia was told beforehand.", "claims": ["forewarned"]}],
        default=(),
    )
    summary: Prose | None = key("What happened.", "On Thursday Israel struck targets in Syria.")
    topics: tuple[Ref, ...] = key("Topics of the article.", ["deconfliction"], default=())
    places: tuple[Ref, ...] = key("Places it speaks of.", ["damascus"], default=())
    actors: Parties = key("Who appears.", [{"id": "netanyahu", "as": "the PM"}], default=())
    claims: tuple[Claim, ...] = key(
        "Who says what.", [{"id": "forewarned", "text": "Russia was told."}], default=()
    )
    events: tuple[Account, ...] = key(
        "This article's account of each event it reports.",
        [{"id": "strikes-2018-05-10", "title": "Israel strikes targets in Syria"}],
        default=(),
    )
    background: Prose | None = key("What came before.", "Russia intervened in 2015.")
    open_questions: tuple[Prose, ...] = key(
        "What the article leaves unsaid.", ["How was Russia told?"], default=()
    )
    assessments: tuple[Assessment, ...] = key(
        "The desk's own judgement.", [{"text": "The hotline was in use."}], default=()
    )
    corrections: tuple[Correction, ...] = key(
        "What was mended since it was published.",
        [{"date": "2026-11-21", "text": "The date was 9 May."}],
        default=(),
    )
    prepared_by: tuple[Plain, ...] = key("Who wrote this summary.", ["the desk"], default=())
    reviewed: Date | None = key("When it was last reviewed (EDTF).", "2026-11-20")
    draft: Bool = key("true: checked, not published.", "true", default=False)


class Actor(Record):
    """content/actors/<id>.yml: a person, state, organisation, group or outlet."""

    name: Plain = required("The name readers know.", "Benjamin Netanyahu")
    kind: ActorKind = required("person, state, organisation, group or outlet.", "person")
    names: dict[Language, Plain] = key(
        "Native and other names, by language.", {"he": "בנימין נתניהו"}, default={}
    )
    aliases: tuple[Plain, ...] = key("Other spellings met.", ["Bibi"], default=())
    of: tuple[Ref, ...] = key("States or bodies it belongs to.", ["israel"], default=())
    wikidata: WikidataId | None = key("Its item in Wikidata.", "Q43723")
    description: Prose | None = key("One or two sentences.", "Prime Minister of Israel.")


class EventEntry(Record):
    """content/events.yml: what no single article owns of an event."""

    title: Plain | None = key("What happened, as a title.", "Israeli strikes in Syria")
    kind: Ref | None = key("From event_kinds.yml.", "campaign")
    part_of: Ref | None = key("The larger event it belongs to.", "syrian-civil-war")
    summary: Prose | None = key("What is known, over all accounts.", "Israel struck often.")


class Place(Record):
    """content/places.yml: a place."""

    name: Plain = required("The name readers know.", "Damascus")
    names: dict[Language, Plain] = key(
        "Native and other names, by language.", {"ar": "دمشق"}, default={}
    )
    aliases: tuple[Plain, ...] = key("Other spellings met.", ["Dimashq"], default=())
    within: Ref | None = key(
        "The place it lies in; left out where that is disputed.", "syria", alias="in"
    )
    at: tuple[Latitude, Longitude] | None = key(
        "Latitude and longitude in degrees (WGS 84).", [33.51, 36.29]
    )
    wikidata: WikidataId | None = key("Its item in Wikidata.", "Q3766")


class Topic(Record):
    """content/topics.yml: a topic."""

    name: Plain = required("The topic's name.", "Deconfliction")
    description: Prose | None = key("What it covers.", "How two forces avoid clashing.")
    broader: Ref | None = key("The topic that it is part of.", "military-affairs")
    state: Prose | None = key("The state of knowledge.", "The hotline dates from 2015.")


class EventKind(Record):
    """content/event_kinds.yml: a kind of event that this desk uses."""

    name: Plain = required("The kind's name.", "Visit")
    category: PloverCategory | None = key("Its PLOVER category.", "CONSULT")


class SiteFile(Record):
    """content/site.yml: this desk."""

    title: Plain | None = key("The site's name.", "Russia between Israel and Iran")
    bottom_line: Prose | None = key("What the file is about, in two sentences.", "Five reports.")
    publisher: Plain | None = key("Who publishes it.", "The Readout desk")
    language: Language | None = key("The language of the interface (BCP 47).", "en")
    licence: Plain | None = key("The licence of the summaries.", "CC BY 4.0")
    base_url: Url | None = key("Where the site is published.", "https://example.org/readout/")


class SeedQuote(Record):
    """One quotation that was found verbatim in a text."""

    sha256: Sha256 = required("Of the normalised words, UTF-8.", "b3e46f05…")
    at: Count = required("Its offset in the normalised text, in characters.", "1234")


class Seed(Record):
    """seeds/<seed>.yml: the record of one source text, written by `build.py verify`."""

    sha256: Sha256 = required("Of the text's bytes.", "b3e46f05…")
    words: Count = required("How many words the text has, separated by white space.", "468")
    quotes: tuple[SeedQuote, ...] = key("Each quotation found in it.", default=())
