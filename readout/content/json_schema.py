"""JSON Schemas of the content files, for editors (draft-07, which yaml-language-server promises).

They say less than `build.py check`: whether an id is known, a date is one, a quotation verbatim.
"""

from __future__ import annotations

from typing import Any, Final

from readout.content.fields import RESERVED_IDS
from readout.content.key_types import Json, json_schema, records_in
from readout.content.schema import (
    Actor,
    Article,
    EventEntry,
    EventKind,
    Party,
    Place,
    Record,
    Seed,
    SiteFile,
    Topic,
    fields_of,
)
from readout.prose.references import ID_LENGTH, ID_PATTERN

_FILES: Final[tuple[tuple[str, type[Record], str], ...]] = (
    ("article", Article, "content/articles/<id>.yml: the annotated summary of one article."),
    ("actor", Actor, "content/actors/<id>.yml: a person, state, organisation, group or outlet."),
    ("site", SiteFile, "content/site.yml: this desk."),
    ("seed", Seed, "seeds/<seed>.yml: the record of one text, made by build.py verify."),
)
_MAPPINGS: Final[tuple[tuple[str, type[Record], str], ...]] = (
    ("events", EventEntry, "content/events.yml: event's id -> what no single article owns of it."),
    ("places", Place, "content/places.yml: place's id -> place."),
    ("topics", Topic, "content/topics.yml: topic's id -> topic."),
    ("event-kinds", EventKind, "content/event_kinds.yml: the kinds of event of this desk."),
)
_ID: Final[Json] = {
    "description": "Small letters and digits in groups joined by single hyphens, not digits alone.",
    "type": "string",
    "pattern": f"^(?![0-9]+$){ID_PATTERN}$",
    "maxLength": ID_LENGTH,
    "not": {"enum": sorted(RESERVED_IDS)},
}


def json_schemas() -> dict[str, Json]:
    """Name of a file in docs/schema/ -> its schema, one per kind of content file."""
    schemas = {f"{name}.json": _of_file(model, about) for name, model, about in _FILES}
    schemas |= {f"{name}.json": _of_mapping(model, about) for name, model, about in _MAPPINGS}
    schemas["redirects.json"] = {
        **_head("content/redirects.yml: old address -> new address, both without .html."),
        "type": ["object", "null"],
        "additionalProperties": {"type": "string"},
    }
    return dict(sorted(schemas.items()))


def _head(about: str) -> Json:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "description": about}


def _of_file(model: type[Record], about: str) -> Json:
    definitions = _definitions(model)
    return {**definitions.pop(model.__name__), **_head(about), "definitions": definitions}


def _of_mapping(model: type[Record], about: str) -> Json:
    return {
        **_head(about),
        "type": ["object", "null"],
        "propertyNames": {"$ref": "#/definitions/id"},
        "additionalProperties": {"$ref": f"#/definitions/{model.__name__}"},
        "definitions": _definitions(model),
    }


def _definitions(model: type[Record]) -> Json:
    return {"id": _ID} | {one.__name__: _record(one) for one in records_in(model)}


def _record(model: type[Record]) -> Json:
    properties: Json = {}
    for name, field in fields_of(model).items():
        schema = json_schema(model, name)
        if "$ref" in schema:  # draft-07 takes no notice of what stands beside a $ref
            schema = {"allOf": [schema]}
        if not field.required:  # an empty value is an absent one
            schema = _or_null(schema)
        properties[field.alias or name] = {
            "description": field.description,
            **schema,
            "examples": [*field.examples],
        }
    required = [field.alias or name for name, field in fields_of(model).items() if field.required]
    record: Json = {
        "description": (model.__doc__ or "").partition("\n\n")[0],
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        record["required"] = required
    if model is Party:
        record |= {"anyOf": [{"required": ["id"]}, {"required": ["as"]}]}
        return {"anyOf": [{"$ref": "#/definitions/id"}, record]}
    return record


def _or_null(schema: Json) -> Json:
    kinds: Any = schema.get("type")
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if kinds is None:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
