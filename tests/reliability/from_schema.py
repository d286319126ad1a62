"""Files made from the JSON Schemas of the content: mostly what they ask for, and what they do not.

Written out in all of YAML's styles: block and flow, plain, quoted, literal and folded.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any, Final

from readout.content.json_schema import json_schemas
from tests.reliability.oddities import CHARACTERS, DATES, NUMBERS, PROSE

SCHEMAS: Final = json_schemas()
_WORDS: Final = (
    "Moscow was told before the strikes", "He said that it was so.", "Netanyahu", "a source", "7",
    "On *Thursday* [[netanyahu]] met **Putin**.", "no", "x", "“Never”, he said", "Нет", "מוסקווה",
    "مسكو",
)  # fmt: skip
_MOST: Final = 120
"""Values of one file."""


def generated(chance: random.Random, schema: str, ids: Sequence[str]) -> bytes:
    """A file for one of the schemas, such as `article.json`; `ids` are what it may refer to."""
    maker = _Maker(chance, SCHEMAS[schema], ids)
    value = maker.value(maker.schema, 0)
    text = "\n".join(_written(chance, value, 0)) + "\n"
    return text.encode("utf-8", "surrogatepass")


class _Maker:
    def __init__(self, chance: random.Random, schema: Any, ids: Sequence[str]) -> None:
        self.chance = chance
        self.schema = schema
        self._ids = ids
        self._left = _MOST
        self._wrong = chance.choice((0.0, 0.0, 0.02, 0.1))

    def value(self, schema: Any, depth: int) -> Any:
        """A value for a part of the schema."""
        self._left -= 1
        if self.chance.random() < self._wrong:
            return self._anything(depth)
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return (
                self._id() if name == "id" else self.value(self.schema["definitions"][name], depth)
            )
        for several in ("allOf", "anyOf", "oneOf"):
            if several in schema:
                fits = [one for one in schema[several] if one.get("type") != "null"]
                return self.value(self.chance.choice(fits), depth)
        if "enum" in schema:
            return self.chance.choice(schema["enum"])
        kinds = schema.get("type", "string")
        return self._of_kind(kinds if isinstance(kinds, str) else kinds[0], schema, depth)

    def _of_kind(self, kind: str, schema: Any, depth: int) -> Any:
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            size = self.chance.choice((0, 1, 1, 2, 3, 5)) if self._left > 0 else 0
            items = schema.get("items", {})
            if isinstance(items, list):
                return [self.value(one, depth + 1) for one in items]
            return [self.value(items, depth + 1) for _ in range(size)]
        if kind in ("integer", "number"):
            return self.chance.choice((0, 7, 33.5, -12.25))
        return self._text(schema)

    def _object(self, schema: Any, depth: int) -> dict[str, Any]:
        known = schema.get("properties", {})
        needed = schema.get("required", ())
        found = {}
        for name, one in known.items():
            asked = name in needed or self.chance.random() < (0.5 if self._left > 0 else 0)
            if asked and self.chance.random() >= self._wrong:
                found[name] = self.value(one, depth + 1)
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            names = schema.get("propertyNames", {}).get("enum")
            for _ in range(self.chance.randint(0, 4)):
                name = self.chance.choice(names) if names else self._id()
                found[name] = self.value(more, depth + 1)
        if self.chance.random() < self._wrong:
            found[self.chance.choice(("titel", "x", "id", "", "a b", "Title"))] = self._anything(
                depth
            )
        return found

    def _id(self) -> str:
        if self.chance.random() < 0.8:
            return self.chance.choice(self._ids)
        return self.chance.choice(
            ("x", "1", "index", "con", "A b", "a--b", "-a", "é", "a" * 81, "a-1", "x_y")
        )

    def _text(self, schema: Any) -> str:
        examples = [one for one in schema.get("examples", ()) if isinstance(one, str)]
        if examples and (schema.get("pattern") or self.chance.random() < 0.4):
            return self.chance.choice(examples)
        if "integer" in schema.get("type", ()):
            return self.chance.choice(DATES)
        text = self.chance.choice(_WORDS)
        for _ in range(self.chance.choice((0, 0, 1, 3))):
            text += self.chance.choice((" ", "", "\n\n")) + self.chance.choice(PROSE)
        return text

    def _anything(self, depth: int) -> Any:
        makers: tuple[Callable[[], Any], ...] = (
            lambda: "",
            lambda: None,
            lambda: self.chance.choice(NUMBERS),
            lambda: self.chance.choice(CHARACTERS),
            lambda: self.chance.choice(DATES),
            list,
            dict,
            lambda: [self._text({})],
            lambda: {self._id(): self._text({})},
            lambda: [[self._text({})]],
            lambda: self._anything(depth) if depth > 30 else [self._anything(depth + 10)],
        )
        return self.chance.choice(makers)()


def _written(chance: random.Random, value: Any, indent: int) -> list[str]:
    """The lines of a value in block style, with parts in flow style."""
    space = " " * indent
    if isinstance(value, dict) and value and chance.random() < 0.85:
        lines = []
        for name, one in value.items():
            lines += _under(
                chance, f"{space}{_key(name)}:", one, indent + chance.choice((1, 2, 2, 4))
            )
        return lines
    if isinstance(value, list) and value and chance.random() < 0.85:
        lines = []
        for one in value:
            inner = _written(chance, one, indent + 2)
            lines += [f"{space}- {inner[0].lstrip(' ')}", *inner[1:]]
        return lines
    return [f"{space}{_flow(chance, value)}"]


def _under(chance: random.Random, start: str, value: Any, indent: int) -> list[str]:
    if value is None:
        return [start]
    if isinstance(value, dict | list) and value and chance.random() < 0.8:
        return [start, *_written(chance, value, indent)]
    if isinstance(value, str) and ("\n" in value or chance.random() < 0.1):
        head = chance.choice(("|", ">", "|-", ">+"))
        return [f"{start} {head}", *(f"{' ' * indent}{line}" for line in value.split("\n"))]
    return [f"{start} {_flow(chance, value)}"]


def _key(name: str) -> str:
    return name if name.replace("_", "a").replace("-", "a").isalnum() else json.dumps(name)


def _flow(chance: random.Random, value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {_flow(chance, v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(chance, one) for one in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    style = chance.random()
    if style < 0.5 and "\n" not in value:
        return value
    if style < 0.6 and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=style < 0.7)
