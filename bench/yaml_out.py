"""YAML as authors write it, fast: block mappings and lists, scalars quoted where they need it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ(][\w \-À-ɏ.,;!()/'’+]*")
_BOUNDS = re.compile(r" \Z|\A .*")


def document(value: Mapping[str, Value]) -> str:
    """A whole file."""
    return "\n".join([*_mapping(value, ""), ""])


def scalar(text: str, flow: bool = False) -> str:
    """A text as a YAML scalar; in a flow collection commas and brackets need quotes."""
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and not (flow and "," in text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _mapping(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, one in value.items():
        if isinstance(one, dict):
            if one:
                yield f"{indent}{key}:"
                yield from _mapping(one, indent + "  ")
            else:
                yield f"{indent}{key}: {{}}"
        elif isinstance(one, list):
            yield from _list(key, one, indent)
        elif "\n" in one:
            yield f"{indent}{key}: |"
            for line in one.split("\n"):
                yield f"{indent}  {line}" if line else ""
        else:
            yield f"{indent}{key}: {scalar(one)}"


def _list(key: str, items: list[Value], indent: str) -> Iterator[str]:
    if all(isinstance(one, str) and len(one) < 60 for one in items):
        yield f"{indent}{key}: [{', '.join(scalar(str(one), flow=True) for one in items)}]"
        return
    yield f"{indent}{key}:"
    for one in items:
        if isinstance(one, dict):
            first, *rest = _mapping(one, indent + "    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}  - {scalar(str(one))}"
