"""Records as pydantic checks them: it finds every mistake of a value, and says what it is.

Its models are made of the schema here, when a value may not fit: most do (`quick_fit`), and a build
after one edit would take a twentieth longer for the loading of pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from readout.content.date_field import EdtfField, read_date
from readout.content.fields import After, Before, NotEmpty
from readout.content.schema import Party, Record, check_party, fields_of, party_in_full
from readout.content.unfit import UnfitError
from readout.dates import Edtf


def check(model: type[Record], value: object) -> tuple[bytes | None, list[Any]]:
    """The record that a value is, packed as `quick_fit` packs it; or None, and pydantic's errors,
    of which an `UnfitError` is one with its code as the type and its context as `ctx`."""
    try:
        record = _model_of(model).model_validate(value)
    except ValidationError as error:
        return None, error.errors(include_url=False)
    return _ENCODER.encode(record), []


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class _PartyModel(_Model):
    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        return party_in_full(value)

    @model_validator(mode="after")
    def _is_somebody(self) -> _PartyModel:
        keys = vars(self)
        _told(lambda id_: check_party(id_, keys["called"]))(keys["id"])
        return self


@cache
def _model_of(model: type[Record]) -> type[_Model]:
    fields: dict[str, Any] = {
        name: (
            type_of(field.annotation),
            Field(... if field.required else field.default, alias=field.alias),
        )
        for name, field in fields_of(model).items()
    }
    base = _PartyModel if model is Party else _Model
    return create_model(model.__name__, __base__=base, **fields)


def type_of(annotation: Any) -> Any:
    """What pydantic takes for the type of a key."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[(type_of(parts[0]), *_notes(parts[1:]))]
    if origin in (Union, UnionType):
        return Union[tuple(map(type_of, parts))]  # noqa: UP007 - made at run time
    if origin is tuple:
        return tuple[tuple(part if part is ... else type_of(part) for part in parts)]  # type: ignore[misc]
    if origin is dict:
        return dict[type_of(parts[0]), type_of(parts[1])]  # type: ignore[misc]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return _model_of(annotation)
    return annotation


def _notes(notes: tuple[Any, ...]) -> Iterator[Any]:
    """What `Annotated` adds to a type, for pydantic."""
    for note in notes:
        if note is EdtfField:
            yield _Date
        elif isinstance(note, Before):
            yield BeforeValidator(_told(note.read))
        elif isinstance(note, After):
            yield AfterValidator(_told(note.read))
        elif isinstance(note, NotEmpty):
            yield Field(min_length=1)


class _Date:
    """Makes pydantic read an `Edtf` from text."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_told(read_date))


def _told(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What reads a value, and tells pydantic where one does not fit."""

    def told(value: Any) -> Any:
        try:
            return read(value)
        except UnfitError as error:
            context: Mapping[str, Any] = error.context
            raise PydanticCustomError(error.code, error.message, dict(context)) from None

    return told


def _plain(value: object) -> object:
    """What the encoder does not know by itself."""
    if isinstance(value, _Model):
        held = vars(value).values()
        return [one.text if type(one) is Edtf else one for one in held]
    if isinstance(value, str):  # of a kind of its own
        return str(value)
    raise TypeError(f"a record holds no {type(value).__name__}")


_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=_plain)
