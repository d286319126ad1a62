"""Values that fit, packed straight away as the records that they are.

pydantic is the judge of shape (checked.py): it finds every mistake and says what it is. Most values
have none, and for them its records are work twice over: they are only made to be packed. So a
packer for each type of record is made here of the same schema. Where anything is amiss it gives
nothing, and pydantic is asked. The tests hold both to give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import msgspec

from readout.content.date_field import EdtfField, read_date
from readout.content.fields import After, Before, Holds, NotEmpty
from readout.content.schema import Party, Record, check_party, fields_of, party_in_full
from readout.content.unfit import UnfitError
from readout.content.yaml_marks import FlowList, FlowMap

_Read = Callable[[Any], Any]
_LISTS: Final = (list, FlowList, tuple)
_MAPPINGS: Final = (dict, FlowMap)


class _AmissError(Exception):
    """Something does not fit."""


def pack_quickly(model: type[Record], value: Any) -> bytes | None:
    """The record that a value of a content file is, packed; None where the value may not fit."""
    try:
        return _ENCODER.encode(_reader(model)(value))
    except (_AmissError, UnfitError):
        return None


_ENCODER: Final = msgspec.msgpack.Encoder()


@cache
def _reader(model: type[Record]) -> _Read:
    """What reads one type of record: the values of its keys, in their order."""
    slots: dict[str, tuple[int, _Read]] = {}
    defaults: list[Any] = []
    required: set[str] = set()
    for number, (name, field) in enumerate(fields_of(model).items()):
        slots[field.alias or name] = number, _reader_of(field.annotation)
        defaults.append(field.default)
        if field.required:
            required.add(field.alias or name)

    def read(value: Any) -> Any:
        if type(value) not in _MAPPINGS or not required <= value.keys():
            raise _AmissError
        values = defaults.copy()
        for key, one in value.items():
            slot = slots.get(key)
            if slot is None:
                raise _AmissError
            number, read_one = slot
            if read_one is not _some_text:
                values[number] = read_one(one)
            elif type(one) is str and one:  # nearly all are texts: without a call for each
                values[number] = one
            else:
                raise _AmissError
        return values

    return _party_reader(read) if model is Party else read


def _party_reader(read: _Read) -> _Read:
    """The reader of parties, with what `Party` asks of its keys together."""
    names = [*fields_of(Party)]
    id_, called = names.index("id"), names.index("called")
    alone = read({"id": "x"})

    def read_party(value: Any) -> Any:
        if type(value) is str and value:
            party = alone.copy()
            party[id_] = value
            return party
        party = read(party_in_full(value))
        check_party(party[id_], party[called])
        return party

    return read_party


def _reader_of(annotation: Any) -> _Read:
    """What reads the value of a key."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin in (Union, UnionType):
        (part,) = (part for part in parts if part is not NoneType)
        return _reader_of(part)  # a key without a value is not in its mapping
    if origin is Literal:
        return _choice(frozenset(parts))
    if origin is dict:
        return _mapping(_reader_of(parts[0]), _reader_of(parts[1]))
    if origin is tuple and parts[-1] is Ellipsis:
        read_one = _reader_of(parts[0])
        return _texts if read_one is _some_text else _list(read_one)
    if origin is tuple:
        return _exactly([_reader_of(part) for part in parts])
    if issubclass(annotation, Record):
        return _reader(annotation)
    return _instance(annotation)


def _annotated(annotation: Any, notes: Iterable[Any]) -> _Read:
    """The reader of a type with what `Annotated` adds to it."""
    before: list[_Read] = []
    after: list[_Read] = []
    is_text = False
    for note in notes:
        if note is EdtfField:
            return _date
        if isinstance(note, Before):
            before.append(note.read)
        elif isinstance(note, After):
            after.append(note.read)
        elif isinstance(note, NotEmpty):
            is_text = True
        else:
            assert isinstance(note, Holds), note
    assert not is_text or annotation is str
    if is_text and not before and not after:
        return _some_text
    steps = (*reversed(before), _some_text if is_text else _reader_of(annotation), *after)

    def read(value: Any) -> Any:
        for step in steps:
            value = step(value)
        return value

    return read


def _date(value: Any) -> str:
    return read_date(value).text


def _some_text(value: Any) -> Any:
    if type(value) is not str or not value:
        raise _AmissError
    return value


def _instance(kind: type) -> _Read:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise _AmissError
        return value

    return read


def _choice(choices: frozenset[str]) -> _Read:
    def read(value: Any) -> Any:
        if type(value) is not str or value not in choices:
            raise _AmissError
        return value

    return read


def _texts(value: Any) -> Any:
    if type(value) not in _LISTS:
        raise _AmissError
    for one in value:
        if type(one) is not str or not one:
            raise _AmissError
    return value


def _list(read_one: _Read) -> _Read:
    def read(value: Any) -> Any:
        if type(value) not in _LISTS:
            raise _AmissError
        return [read_one(one) for one in value]

    return read


def _exactly(readers: list[_Read]) -> _Read:
    def read(value: Any) -> Any:
        if type(value) not in _LISTS or len(value) != len(readers):
            raise _AmissError
        return [read_one(one) for read_one, one in zip(readers, value, strict=True)]

    return read


def _mapping(read_key: _Read, read_value: _Read) -> _Read:
    def read(value: Any) -> Any:
        if type(value) not in _MAPPINGS:
            raise _AmissError
        return {read_key(key): read_value(one) for key, one in value.items()}

    return read
