"""YAML as authors write it, fast: block style, long prose folded, quotes where they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""Every scalar is text, as it is to Readout."""

WIDTH: Final = 100
"""Columns after which prose goes on in the next line."""
_BLOCK = re.compile(r"[\w(](?:[^\s:#]|:(?=\S)| (?![ #]))*(?<![ :])|-?[\dX][-\dXTZ:~?%/.]*")
"""A scalar that means itself without quotes: in no case one with `: ` or ` #` in it."""
_FLOW = re.compile(r"[\w(][^\s:#,\[\]{}\"]*(?: [^\s:#,\[\]{}\"]+)*")
"""The same between brackets and braces, where commas and both of these part values."""
_INNER: Final = 40
"""Characters of a value up to which a record may stand in braces on one line."""


def document(value: Mapping[str, Value]) -> str:
    """A whole file, with a last line end."""
    return "\n".join([*_mapping(value, ""), ""])


def scalar(text: str, flow: bool = False) -> str:
    """A text as a YAML scalar on one line (YAML 1.2, 7.3.1 and 7.3.3)."""
    if (_FLOW if flow else _BLOCK).fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _mapping(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, one in value.items():
        if isinstance(one, str):
            yield from _text(f"{indent}{key}:", one, indent + "  ")
        elif not one or (isinstance(one, Mapping) and indent == "" and _is_short(one)):
            yield f"{indent}{key}: {_inline(one)}"
        elif isinstance(one, Mapping):
            yield f"{indent}{key}:"
            yield from _mapping(one, indent + "  ")
        else:
            yield from _list(key, one, indent)


def _list(key: str, items: Sequence[Value], indent: str) -> Iterator[str]:
    if all(isinstance(one, str) for one in items):
        line = f"{indent}{key}: {_inline(items)}"
        if len(line) <= WIDTH:
            yield line
            return
    yield f"{indent}{key}:"
    for one in items:
        if isinstance(one, str):
            yield from _text(f"{indent}  -", one, indent + "    ")
        elif isinstance(one, Mapping) and not _is_short(one):
            first, *rest = _mapping(one, indent + "    ")
            yield f"{indent}  - {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}  - {_inline(one)}"


def _is_short(value: Mapping[str, Value]) -> bool:
    """Whether a record reads well in braces: few keys, and nothing long or nested in it."""
    return len(value) <= 3 and all(
        len(one) <= _INNER if isinstance(one, str) else _is_short_list(one)
        for one in value.values()
    )


def _is_short_list(value: Value) -> bool:
    return not isinstance(value, str | Mapping) and all(
        isinstance(one, str) and len(one) <= _INNER for one in value
    )


def _inline(value: Value) -> str:
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_inline(one)}' for key, one in value.items())}}}"
    return f"[{', '.join(map(_inline, value))}]"


def _text(start: str, text: str, indent: str) -> Iterator[str]:
    """A text after its key or dash: on the same line, folded, or literal with its line ends."""
    if "\n" in text:
        yield f"{start} |-"
        for line in text.split("\n"):
            if line[:1] in "->":  # a list's item or a quote: one line, for it has no second indent
                yield f"{indent}{line}" if line else ""
            else:
                yield from (f"{indent}{part}" for part in _wrapped(line, WIDTH - len(indent)))
        return
    line = f"{start} {scalar(text)}"
    if len(line) <= WIDTH or "  " in text or text != text.strip():
        yield line
        return
    yield f"{start} >-"
    yield from (f"{indent}{part}" for part in _wrapped(text, WIDTH - len(indent)))


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many characters, unless a word or a reference is longer."""
    start, end = 0, len(text)
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        opened = text.rfind("[[", start, cut)
        if opened >= 0 and text.find("]]", opened, cut) < 0:
            cut = text.rfind(" ", start, opened)
        if cut <= start:
            closed = max(text.find("]]", start, end), start)
            cut = text.find(" ", closed)
            if cut < 0:
                break
        yield text[start:cut]
        start = cut + 1
    yield text[start:]
