"""What the keys of content files name, and a walk over everything that is named.

The walk is planned once per type from the schema: which keys hold ids (the table `NAMES`), which
hold prose (`fields.Prose`), and which hold records in their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from readout.content.corpus import Step
from readout.content.fields import Holds
from readout.content.light import model_of
from readout.content.schema import (
    Account,
    Actor,
    Article,
    Claim,
    EventEntry,
    KeyPoint,
    MayBe,
    Party,
    Place,
    Record,
    Source,
    Topic,
    fields_of,
)
from readout.value import Value

_PROSE: Final = Holds("prose")
Named = Literal[
    "actor", "outlet", "place", "topic", "event", "event_kind", "article", "claim", "own_claim"
]
"""What an id names. `outlet` is an actor of that kind; `own_claim` a claim of the same article
by its bare id; `claim` one written `#claim` or `article-id#claim`."""

NAMES: Final[dict[tuple[type[Record], str], Named]] = {
    (Source, "outlet"): "outlet",
    (Source, "origin"): "actor",
    (KeyPoint, "claims"): "own_claim",
    (Party, "id"): "actor",
    (Claim, "at"): "event",
    (Claim, "about"): "event",
    (Claim, "origin"): "actor",
    (Claim, "denies"): "claim",
    (Claim, "confirms"): "claim",
    (Claim, "supports"): "claim",
    (Claim, "disputes"): "claim",
    (Claim, "repeats"): "claim",
    (Account, "kind"): "event_kind",
    (Account, "place"): "place",
    (Account, "origin"): "actor",
    (MayBe, "event"): "event",
    (Article, "topics"): "topic",
    (Article, "places"): "place",
    (Actor, "of"): "actor",
    (EventEntry, "kind"): "event_kind",
    (EventEntry, "part_of"): "event",
    (Place, "within"): "place",
    (Topic, "broader"): "topic",
}
"""Which keys name something. A test holds this against the schema: no key of ids is left out."""
DEFINES: Final = frozenset({(Claim, "id"), (Account, "id")})
"""The keys of ids that define what others name."""


class Slot(NamedTuple):
    """One key of a record that the walk looks at."""

    attribute: str
    """In Python: `within`."""
    key: str
    """In YAML: `in`."""
    holds: Named | Literal["prose", "record"]
    many: bool
    """Whether it holds a list."""


@cache
def plan(model: type[Record]) -> tuple[Slot, ...]:
    """The keys of a type of record that hold ids, prose or records."""
    slots = []
    for attribute, field in fields_of(model).items():
        holds = NAMES.get((model, attribute)) or _holds(field.annotation)
        if holds:
            many = any(get_origin(part) is tuple for part in _parts(field.annotation))
            slots.append(Slot(attribute, field.alias or attribute, holds, many))
    return tuple(slots)


def _holds(annotation: Any) -> Literal["prose", "record"] | None:
    for part in _parts(annotation):
        if part == _PROSE:
            return "prose"
        if isinstance(part, type) and issubclass(part, Record):
            return "record"
    return None


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and what it is made of: of unions, tuples and Annotated."""
    yield annotation
    if get_origin(annotation) in (Union, UnionType, tuple) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from _parts(part)


class Use(Value, frozen=True):
    """A place where an id (or a reference in prose) names something."""

    file: str
    """`articles/x.yml`, as `Locator` takes it."""
    path: tuple[Step, ...]
    kind: Named
    id: str
    """`netanyahu`; of a claim always in full: `moscow-times-2018-05-10#forewarned`."""
    written: str
    """As typed: `#forewarned`, `[[netanyahu]]`."""
    draft: bool
    """Whether the place is in a draft."""
    offset: int | None = None
    """Of a reference in prose: where it stands in the prose, in characters."""


OnId = Callable[[Named, str, tuple[Step, ...]], None]
OnProse = Callable[[str, tuple[Step, ...]], None]


def walk(record: Record, path: tuple[Step, ...], on_id: OnId, on_prose: OnProse) -> None:
    """Calls back for every id that names something and every prose text below a record."""
    for attribute, key, holds, many in plan(model_of(record)):
        value = getattr(record, attribute)
        if not value:
            continue
        if holds == "record":
            if many:
                for n, inner in enumerate(value):
                    walk(inner, (*path, key, n), on_id, on_prose)
            else:
                walk(value, (*path, key), on_id, on_prose)
        elif holds == "prose":
            if many:
                for n, text in enumerate(value):
                    on_prose(text, (*path, key, n))
            else:
                on_prose(value, (*path, key))
        elif many:
            for n, one in enumerate(value):
                on_id(holds, one, (*path, key, n))
        else:
            on_id(holds, value, (*path, key))
