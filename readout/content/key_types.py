"""The types of keys, as words for authors and as JSON Schema (draft-07) for editors.

Content files are read as text and the schema decides what it means; an editor reads the same file
as YAML 1.2 does, where `2018` is a number and `true` a boolean. So a key that takes text takes
here whatever YAML may make of text.
"""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from readout.content import fields
from readout.content.names import DEFINES, NAMES, Named
from readout.content.schema import Party, PartyOrParties, Record, fields_of
from readout.prose.references import ID_LENGTH, ID_PATTERN

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": ["string", "number", "boolean"]}
_SCALARS: Final[tuple[tuple[Any, str, Json], ...]] = (
    (fields.Prose, "prose", _TEXT),
    (fields.Plain, "plain text", _TEXT),
    (fields.Id, "an id", {"$ref": "#/definitions/id"}),
    (fields.Ref, "an id", {"$ref": "#/definitions/id"}),
    (
        fields.ClaimRef,
        "`#claim` or `article-id#claim`",
        {"type": "string", "pattern": f"^({ID_PATTERN})?#{ID_PATTERN}$"},
    ),
    (fields.Date, "a date (EDTF)", {"type": ["string", "integer", "array", "object"]}),
    (
        fields.Url,
        "an http(s) address",
        {"type": "string", "pattern": r'^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\^`{|}/?#]'},
    ),
    (
        fields.Language,
        "a language tag (BCP 47)",
        {
            "type": "string",
            "pattern": "^([A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+)$",
        },
    ),
    (fields.Bool, "`true` or `false`", {"enum": [True, False, "true", "false"]}),
    (fields.Latitude, "degrees", {"type": "number", "minimum": -90, "maximum": 90}),
    (fields.Longitude, "degrees", {"type": "number", "minimum": -180, "maximum": 180}),
    (fields.Count, "a whole number", {"type": "integer", "minimum": 0}),
    (fields.Grade, "`A1` to `F6`", {"type": "string", "pattern": "^[A-F][1-6]$"}),
    (
        fields.SeedName,
        "the name of a seed",
        {
            "type": "string",
            "pattern": "^(?![0-9]+$)[a-z0-9]+([-_][a-z0-9]+)*$",
            "maxLength": ID_LENGTH,
        },
    ),
    (fields.WikidataId, "a Wikidata id", {"type": "string", "pattern": "^Q[1-9][0-9]{0,11}$"}),
    (
        fields.Sha256,
        "64 hexadecimal digits",
        {"type": ["string", "number"], "pattern": "^[0-9a-f]{64}$"},
    ),
)
_NAMED: Final[dict[Named, tuple[str, str]]] = {
    "actor": ("an actor's id", "actors' ids"),
    "outlet": ("an outlet's id", "outlets' ids"),
    "place": ("a place's id", "places' ids"),
    "topic": ("a topic's id", "topics' ids"),
    "event": ("an event's id", "events' ids"),
    "event_kind": ("a kind's id", "kinds' ids"),
    "article": ("an article's id", "articles' ids"),
    "claim": ("`#claim` or `article-id#claim`", "`#claim` or `article-id#claim`"),
    "own_claim": ("a claim's id", "ids of this article's claims"),
}


def words(model: type[Record], attribute: str) -> str:
    """What a key takes: `plain text`, `list of actors' ids`."""
    annotation = _without_none(fields_of(model)[attribute].annotation)
    named = NAMES.get((model, attribute))
    if (model, attribute) == (Party, "called"):
        return "plain text, or list of plain text"
    if named is not None:
        one, several = _NAMED[named]
        return f"list of {several}" if get_origin(annotation) is tuple else one
    return "an id of its own" if (model, attribute) in DEFINES else _words(annotation)


def _words(annotation: Any) -> str:
    if annotation == PartyOrParties:
        return "a [party](#party), or list of them"
    for scalar, name, _ in _SCALARS:
        if annotation == scalar:
            return name
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in parts)
    if origin is dict:
        return f"mapping of {_words(parts[0])} to {_words(parts[1])}"
    if origin is tuple and parts[-1] is ...:
        return f"list: {_words(parts[0])}"
    if origin is tuple:
        return "list of " + " and ".join(_words(part) for part in parts)
    return f"[{title(annotation)}](#{anchor(annotation)})"


def title(model: type[Record]) -> str:
    """What a record is called: `a key point`."""
    return TITLES[model.__name__]


def anchor(model: type[Record]) -> str:
    """Its heading's anchor in docs/content.md: `key-point`."""
    return title(model).partition(" ")[2].replace(" ", "-").replace("'", "").lower()


TITLES: Final = {
    "Article": "an article",
    "Source": "a source",
    "KeyPoint": "a key point",
    "Party": "a party",
    "Claim": "a claim",
    "Account": "an account of an event",
    "Figure": "a figure",
    "MayBe": "a possible same event",
    "Assessment": "an assessment",
    "Correction": "a correction",
    "Actor": "an actor",
    "EventEntry": "an event",
    "Place": "a place",
    "Topic": "a topic",
    "EventKind": "a kind of event",
    "SiteFile": "the site",
    "Seed": "a seed",
    "SeedQuote": "a quotation of a seed",
}


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    return annotation


def json_schema(model: type[Record], attribute: str) -> Json:
    """What a key takes, as JSON Schema; records are `#/definitions/NAME`."""
    annotation = _without_none(fields_of(model)[attribute].annotation)
    if (model, attribute) == (Party, "called"):
        return {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
    return _json(annotation)


def _json(annotation: Any) -> Json:
    if annotation == PartyOrParties:
        party = _json(Party)
        return {"anyOf": [party, {"type": "array", "items": party}]}
    for scalar, _, schema in _SCALARS:
        if annotation == scalar:
            return dict(schema)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is dict:
        names = {"enum": list(get_args(parts[0]))} if get_origin(parts[0]) is Literal else None
        keys = names or _json(parts[0])
        return {"type": "object", "propertyNames": keys, "additionalProperties": _json(parts[1])}
    if origin is tuple and parts[-1] is ...:
        return {"type": "array", "items": _json(parts[0])}
    if origin is tuple:
        return {
            "type": "array",
            "items": [_json(part) for part in parts],
            "minItems": len(parts),
            "maxItems": len(parts),
        }
    assert origin is not Annotated, annotation
    return {"$ref": f"#/definitions/{annotation.__name__}"}


def records_in(model: type[Record]) -> list[type[Record]]:
    """A record and every record below it, each once, in the order of its keys."""
    found: dict[type[Record], None] = {model: None}
    for field in fields_of(model).values():
        for part in _all_parts(field.annotation):
            if isinstance(part, type) and issubclass(part, Record):
                found.update(dict.fromkeys(records_in(part)))
    return list(found)


def _all_parts(annotation: Any) -> list[Any]:
    parts = [annotation]
    for part in get_args(annotation):
        parts += _all_parts(part)
    return parts
