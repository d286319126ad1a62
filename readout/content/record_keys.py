"""Which keys a record has, as authors write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_origin

from readout.content.schema import Record, fields_of
from readout.content.yaml_marks import Path


@cache
def keys_of(model: type[Record]) -> Mapping[str, type[Record] | None]:
    """The keys of a record as authors write them, each with the record it holds (one or a list)."""
    return {
        field.alias or name: _record_in(field.annotation)
        for name, field in fields_of(model).items()
    }


def required_keys(model: type[Record]) -> list[str]:
    """The keys that a record must have."""
    return [f.alias or name for name, f in fields_of(model).items() if f.required]


def example_of_keys(names: list[str]) -> str:
    """A record with these keys, as a hint shows it: `{label: ..., value: ...}`."""
    return "{" + ", ".join(f"{name}: ..." for name in names) + "}"


def owner_at(model: type[Record], path: Path) -> type[Record] | None:
    """The record that the schema has at a path from a record of type `model`."""
    owner: type[Record] | None = model
    for step in path:
        if owner is None:
            return None
        if isinstance(step, str):
            owner = keys_of(owner).get(step)
    return owner


def is_key(name: str) -> bool:
    """Whether any record has this key."""
    return any(name in keys_of(model) for model in Record.__subclasses__())


def holds_text(name: str) -> bool:
    """Whether any record has one text under this key."""
    fields = (fields_of(model).get(name) for model in Record.__subclasses__())
    return any(field is not None and _is_text(field.annotation) for field in fields)


def first_key_in(name: str) -> str | None:
    """The key with which a record begins that stands under this key; None where none does."""
    held = (keys_of(model).get(name) for model in Record.__subclasses__())
    return next(([*required_keys(one), *keys_of(one)][0] for one in held if one), None)


def _is_text(annotation: Any) -> bool:
    if get_origin(annotation) in (tuple, dict):
        return False
    return annotation is str or any(map(_is_text, get_args(annotation)))


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _record_in(arg))), None)
