"""Whether a value of a content file has the shape that the schema asks for.

pydantic finds the mistakes, all of them; here each becomes one diagnostic, at its place, in the
words of docs/content.md. An `UnfitError` (fields.py) carries its own code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, get_args

from readout.content.characters import name_of, shown
from readout.content.encoding import Problems
from readout.content.fields import Role, problem_of_id
from readout.content.record_keys import example_of_keys, keys_of, owner_at, required_keys
from readout.content.schema import Account, EventEntry, Party, Record, fields_of
from readout.content.shape_hints import choice_meant, hint_for_list, key_meant
from readout.content.yaml_marks import Marks, Path
from readout.content.yaml_tree import Node, read_marks
from readout.diagnostic import Diagnostic

_CODE = re.compile("[A-Z]+[0-9]{3}")
MOST_VALUES: Final = 100_000
"""How many texts, lists and mappings one record may have. pydantic tells of every mistake and
cannot be stopped: half a million of them take six seconds and a gigabyte."""
_SURELY_FEWER: Final = MOST_VALUES
"""In so many bytes there are never as many values: each takes one, and a sign beside it."""
_NOT_TEXT: Final = frozenset(
    ["string_type", "bool_type", "int_type", "float_type", "bool_parsing", "date_type"]
)


@dataclass(frozen=True)
class Origin:
    """The file that a value came from; its places are looked up when first asked for."""

    file: str
    """As diagnostics name it."""
    data: bytes

    @cached_property
    def marks(self) -> Marks:
        """The places of its values."""
        return read_marks(self.data)


def fit(
    model: type[Record],
    value: Node,
    origin: Origin,
    path: Path = (),
    empty: tuple[Path, ...] = (),
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The record that a value is, packed, or None and what is wrong with it.

    `path` is where the value stands in its file; `empty` the paths, from the value, of the keys
    written without a value (an unknown key is a mistake also without one). Raises nothing.
    """
    from readout.content.checked import check  # with pydantic, which takes long to load

    mistakes = _Mistakes(model, origin, path, empty)
    if has_too_many_values(value, origin):
        mistakes.too_many_values()
        return None, mistakes.problems.diagnostics
    mistakes.unknown_empty_keys()
    record, errors = check(model, value)
    for each in sorted(errors, key=lambda each: each["type"] != "extra_forbidden"):
        if mistakes.problems.is_full:
            break
        mistakes.tell(each)
    found = mistakes.problems.diagnostics
    return (None if found else record), found


class _Mistakes:
    """Turns pydantic's errors about one value into diagnostics."""

    def __init__(
        self, model: type[Record], origin: Origin, path: Path, empty: tuple[Path, ...]
    ) -> None:
        self.problems = Problems(origin.file)
        self._model = model
        self._origin = origin
        self._path = path
        self._empty = empty
        self._meant: set[Path] = set()  # keys that were probably meant by unknown ones

    def _add(self, code: str, message: str, path: Path, hint: str | None, key: bool) -> None:
        place = self._origin.marks.find((*self._path, *path), key=key)
        self.problems.add(code, message, place, hint)

    def too_many_values(self) -> None:
        """A record that is not one."""
        message = f"more than {MOST_VALUES:,} values in one record"
        self.problems.add("FILE009", message, (0, 0), "a summary is short: is this another file?")

    def unknown_empty_keys(self) -> None:
        """Unknown keys among those without a value, which pydantic never sees."""
        for path in self._empty:
            if not path:  # the record itself, written a second time with a value
                continue
            owner, last = self._owner(path[:-1]), path[-1]
            if owner is not None and last not in keys_of(owner) and not self.problems.is_full:
                self._unknown_key(path, None)

    def _owner(self, path: Path) -> type[Record] | None:
        """The record that the schema has at a path."""
        return owner_at(self._model, path)

    def tell(self, error: Any) -> None:
        """One error of pydantic."""
        kind, path, value = error["type"], tuple(error["loc"]), error["input"]
        context = error.get("ctx", {})
        is_key = bool(path) and path[-1] == "[key]"
        if is_key:
            path = path[:-1]
        if kind == "extra_forbidden":
            self._unknown_key(path, value)
        elif kind == "missing" and isinstance(path[-1], str):
            if path not in self._meant:
                self._missing_key(path)
        elif kind == "literal_error":
            self._not_a_choice(path, value, _words(context["expected"]), is_key)
        elif kind == "VAL006" and not self._meant.isdisjoint([(*path, "id"), (*path, "as")]):
            return  # the party's id is there, under a misspelt key
        elif _CODE.fullmatch(kind):
            self._add(kind, error["msg"], path, context.get("hint"), is_key)
        elif kind in ("model_type", "dict_type"):
            self._not_a_mapping(path, value)
        elif kind == "tuple_type":
            self._not_a_list(path, value)
        elif kind in _NOT_TEXT:
            self._not_text(path, value)
        elif kind in ("missing", "too_long"):
            list_path = path if kind == "too_long" else path[:-1]
            hint = "at: [latitude, longitude], in degrees"
            self._add("SHAPE004", "exactly two values are needed", list_path, hint, False)
        else:
            self._add("SHAPE005", shown(error["msg"], 200), path, None, is_key)

    def _unknown_key(self, path: Path, value: Any) -> None:
        """A key that the record at `path[:-1]` does not have; `value` is None where it is empty."""
        typed = str(path[-1])
        if self._is_text_of_record(path, typed, value):
            return
        hint = self._hint_for_key(path, typed, value)
        self._add("KEY001", f'unknown key "{shown(typed)}"', path, hint, True)

    def _written(self, path: Path) -> tuple[str, ...]:
        """The keys that the author wrote at a path."""
        return self._origin.marks.keys((*self._path, *path))

    def _is_text_of_record(self, path: Path, typed: str, value: Any) -> bool:
        """`- He said: yes` where a record is expected is one text with a colon in it."""
        owner = self._owner(path[:-1])
        first = required_keys(owner)[:1] if owner else []
        place = self._origin.marks.end_of_first_key((*self._path, *path[:-1]))
        if " " not in typed or not isinstance(value, str) or not first or place is None:
            return False
        if len(self._written(path[:-1])) > 1:
            return False
        text = shown(f"{typed}: {value}").replace('"', "'")
        hint = f'where it is one text, write {first[0]}: "{text}"'
        self.problems.add("YAML001", 'an unquoted ": " in a text', place, hint)
        self._meant |= {(*path[:-1], name) for name in first}
        return True

    def _hint_for_key(self, path: Path, typed: str, value: Any) -> str:
        owner = self._owner(path[:-1]) or self._model
        known = keys_of(owner)
        if typed != typed.strip():
            other = typed[0] if typed[0].isspace() else typed[-1]
            if other == " ":
                return "take the space out of the quotes"
            mend = "delete it" if len(path) == 1 else "delete it and type a space"
            return f"{name_of(other)} stands in the key: {mend}"
        name, colon, rest = typed.partition(":")
        if colon and name in known:
            self._meant.add((*path[:-1], name))
            return f'a space is missing after the colon: "{name}: {shown(rest, 40)}"'
        if owner is Account and typed in keys_of(EventEntry) and typed not in known:
            return f'"{typed}" belongs in events.yml, under the id of the event'
        under = next((key for key, held in known.items() if held and typed in keys_of(held)), None)
        if under:
            return f'"{typed}" belongs under "{under}"'
        if owner is not self._model and typed in keys_of(self._model):
            return f'"{typed}" belongs at the top of the record, not under "{_name(path[:-1])}"'
        if close := key_meant(typed, known.keys() - set(self._written(path[:-1]))):
            self._meant.add((*path[:-1], close))
            return f'did you mean "{close}"?'
        is_alone = len(self._written(path[:-1])) == 1
        if owner is Party and is_alone and isinstance(value, str) and not problem_of_id(typed):
            named = "role" if value in get_args(Role) else "as"
            return f"write {{id: {typed}, {named}: {shown(value, 40)}}}"
        if value is None and path[:-1]:
            return "inside { } a comma ends a value: put a text that has one in quotes"
        if " " in typed.strip():
            return "where it is part of a text with a colon in it, put the whole text in quotes"
        return "the keys here are " + ", ".join(known)

    def _missing_key(self, path: Path) -> None:
        name = str(path[-1])
        owner = self._owner(path[:-1])
        fields = fields_of(owner) if owner else {}
        about = next((f.description for n, f in fields.items() if (f.alias or n) == name), None)
        hint = f'add "{name}: ..."' + (f": {about[0].lower()}{about[1:]}" if about else "")
        if path in self._empty:
            self._add("KEY002", f'the key "{name}" has no value', path, hint, True)
        else:
            self._add("KEY002", f'the key "{name}" is missing', path[:-1], hint, False)

    def _not_a_choice(self, path: Path, value: Any, choices: list[str], is_key: bool) -> None:
        if not isinstance(value, str):
            self._not_text(path, value)
            return
        close = choice_meant(_name(path), value, choices)
        hint = f'did you mean "{close}"?' if close else "one of: " + ", ".join(choices)
        if not close and self._owner(path[:-1]) is Party:
            hint += '; what the article calls the party belongs under "as"'
        if is_key:
            self._add("KEY001", f'unknown key "{shown(value)}"', path, hint, True)
        else:
            message = f'"{shown(value)}" is not a value of "{_name(path)}"'
            self._add("VAL001", message, path, hint, False)

    def _not_a_mapping(self, path: Path, value: Any) -> None:
        what = f"{_called(path)} must be keys with values, not {_form(value)}"
        owner = self._owner(path)
        if owner is Party:
            hint = "an actor's id, or {id: ..., as: ..., role: ...}"
        elif owner is not None:
            first = required_keys(owner)
            hint = f"write {[*first, *keys_of(owner)][0]}: ... and so on, a key on each line"
            if isinstance(value, str) and len(first) == 1:
                hint = f"write {{{first[0]}: {shown(value, 30)}}} or a key on each line"
            elif first and path:
                hint = f"write {example_of_keys(first)} or a key on each line"
        else:
            hint = "write key: value, a key on each line"
        self._add("SHAPE001", what, path, hint, False)

    def _not_a_list(self, path: Path, value: Any) -> None:
        what = f"{_called(path)} must be a list, not {_form(value)}"
        hint = hint_for_list(self._owner(path), str(path[-1]), value)
        self._add("SHAPE002", what, path, hint, False)

    def _not_text(self, path: Path, value: Any) -> None:
        if isinstance(value, dict) and len(value) == 1 and self._is_colon_slip(path):
            return
        hint = "write one text"
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
            hint = 'a value that begins with "[" is a list: put the whole value in quotes'
        elif isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            hint = f"write it without brackets and dash: {shown(value[0], 40)}"
        elif isinstance(value, dict):
            hint = "where it is text, put the whole value in quotes"
        self._add(
            "SHAPE003", f"{_called(path)} must be text, not {_form(value)}", path, hint, False
        )

    def _is_colon_slip(self, path: Path) -> bool:
        """`- He said: yes`, a mapping for YAML, is told as the unquoted colon that it is."""
        place = self._origin.marks.end_of_first_key((*self._path, *path))
        if place is None:
            return False
        hint = (
            "a colon and a space begin a new value: put the whole value in quotes, \"...\" or '...'"
        )
        self.problems.add("YAML001", 'an unquoted ": " in a text', place, hint)
        return True


def has_too_many_values(value: Node, origin: Origin) -> bool:
    """Whether a value is too much for one record."""
    return len(origin.data) > _SURELY_FEWER and _count(value) > MOST_VALUES


def _count(value: Node) -> int:
    """How many texts, lists and mappings a value is made of."""
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    return 1 + sum(map(_count, value)) if isinstance(value, list) else 1


def _words(expected: str) -> list[str]:
    """The choices in pydantic's `'a', 'b' or 'c'`."""
    return re.findall(r"'([^']*)'", expected)


def _name(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _called(path: Path) -> str:
    """What a message calls the value at a path."""
    if not path:
        return "this"
    name = shown(_name(path))
    return f'an item of "{name}"' if isinstance(path[-1], int) else f'"{name}"'


def _form(value: Any) -> str:
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list | tuple) else "text"
