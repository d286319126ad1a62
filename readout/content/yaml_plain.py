"""The plain part of YAML, to which nearly all content keeps, read ten times as fast as all of it.

Block mappings under ids and names of keys; lists of those, of texts, or in brackets; texts on one
line, bare or in quotation marks, or in a block after `|` or `>`; records in braces on one line;
comments on lines of their own. Whatever else stands in a file, or only might, makes it one for
libyaml (yaml_tree.py), right or wrong: nothing is ever refused here. The tests hold what is read
here equal to what libyaml reads.

One pattern takes an entry at a time: a line, with the block of text that may follow it and the
blank lines and comments behind it. Its last alternative takes any line, so that none is passed
over. How libyaml reads each form is said beside it (libyaml 0.2, scanner.c and parser.c).
"""

from __future__ import annotations

import re
from typing import Any, Final

from readout.content.characters import is_blank
from readout.content.yaml_marks import FlowList, FlowMap

_DEEPEST: Final = 10
"""Mappings and lists in one another; in brackets and braces there may be `_DEEPEST_FLOW` more."""
_DEEPEST_FLOW: Final = 4
_OTHERWISE: Final = "\t\u2028\u2029"
"""Tabs beside indentation, and what is a line end to libyaml alone: it decides on these."""

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}"
"""No sign of YAML's in it, and shorter than the 1,024 bytes that a key may have."""
_FIRST = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]"""
"""What begins a bare text and is no sign. No white space of Unicode: of that alone, it is empty."""
_BARE = rf"(?:{_FIRST}|-(?=\S))[^:#\n]*+(?:(?::(?=[^ \n])|(?<=[^ ])\#)[^:#\n]*+)*"
"""A bare text on a line: `:` ends it before a space or at the end, `#` after a space."""
_QUOTED = r""""[^"\\\n]*+"|'[^'\n]*+(?:''[^'\n]*+)*'"""
_ENTRY = re.compile(
    rf"""
    ([ ]*+)(-[ ])?(?:({_KEY}):(?:[ ]++|(?=\n)))?
    (?:
      ({_BARE})
    | ([|>]-?)\n(\1(?(2)(?(3)[ ][ ]))[ ]++)([^\n]++(?:\n+\6[^\n]*+)*)  # more than the entry
    | \[([a-z0-9][a-z0-9-]*+(?:,[ ][a-z0-9][a-z0-9-]*+)*)\]
    | (\[[^\n]*\]|\{{[^\n]*\}})
    | ({_QUOTED})
    )?
    [ ]*+\n((?:[ ]*+(?:\#[^\n]*+)?\n)*)
    | [^\n]*+\n
    """,
    re.VERBOSE,
)
_START = re.compile(r"(?: *(?:#[^\n]*)?\n)*(?:---\n(?: *(?:#[^\n]*)?\n)*)?")

_FLOW_BARE = (
    rf"(?:{_FIRST}|-(?=[0-9]))[^,:#\[\]{{}}]*"
    r"(?:(?::(?=[^\s,?:\[\]{}])|(?<=[^ ])\#)[^,:#\[\]{}]*)*(?<![ ])"
)
"""A bare text in brackets or braces: signs of theirs end it, too."""
_FLAT_LIST = re.compile(rf"\[[ ]*({_FLOW_BARE}(?:[ ]*,[ ]*{_FLOW_BARE})*)[ ]*\]")
_COMMA = re.compile(" *, *")
_FLAT_MAP = re.compile(
    rf"\{{[ ]*{_KEY}:[ ]+{_FLOW_BARE}(?:[ ]*,[ ]*{_KEY}:[ ]+{_FLOW_BARE})*[ ]*\}}"
)
_PAIR = re.compile(rf"({_KEY}):[ ]+({_FLOW_BARE})")
_ITEM = re.compile(rf"(?:({_KEY}):[ ]+)?(?:({_FLOW_BARE})|({_QUOTED}))[ ]*([,\]}}])[ ]*")
"""An item of a list, or a key with its value, and the sign behind it."""
_FLOW_KEY = re.compile(rf"({_KEY}):[ ]+")
_SIGN = re.compile(r"[ ]*([,\]}])[ ]*")
_GAP = re.compile(r"\n*[ ]+\n")
"""A line of spaces behind the lines of a block: what follows it may belong to the block."""
_BLANK_LINE = re.compile(r"\n +(?:\n|\Z)")
_LINE_ENDS = re.compile("\n+")


def read_plain(text: str) -> dict[str, Any] | None:
    """The value of a text that is plain YAML, a mapping; None where it may be anything else.

    The text must be clean (`characters.is_clean`) and in NFC. Raises nothing.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n") or any(one in text for one in _OTHERWISE):
        return None
    start = _START.match(text)
    top: dict[str, Any] = {}
    current: Any = top
    column = 0
    stack: list[tuple[Any, int]] = []
    pending = ""  # a key whose value begins on the next line
    for indent, dash, key, bare, style, edge, lines, ids, flow, quoted, rest in _ENTRY.findall(
        text, start.end() if start else 0
    ):
        at = len(indent)
        if key and at == column and not dash and not pending and type(current) is dict:
            pass  # one more key of the same mapping
        elif dash:
            if pending:
                if at < column or len(stack) >= _DEEPEST:
                    return None
                stack.append((current, column))
                current[pending] = current = []
                column = at
                pending = ""
            else:
                while column > at:
                    current, column = stack.pop()
                if column != at or type(current) is dict:
                    return None
            if key:
                stack.append((current, column))
                current.append({})
                current = current[-1]
                column = at + 2
        elif not key:
            return None
        elif pending:
            if at <= column or len(stack) >= _DEEPEST:
                return None
            stack.append((current, column))
            current[pending] = current = {}
            column = at
            pending = ""
        else:
            while column > at:
                current, column = stack.pop()
            if type(current) is list:
                current, column = stack.pop()
            if column != at:
                return None
        value: Any
        if bare:
            value = bare if bare[-1] != " " else bare.rstrip(" ")
            if is_blank(value):
                return None
        elif ids:
            value = FlowList(ids.split(", "))
        elif flow:
            value = _flow(flow)
        elif style:
            value = None if _GAP.match(rest) else _block(style, edge, lines)
        elif quoted:
            value = _unquoted(quoted)
        elif key and key not in current:
            pending = key
            continue
        else:
            return None
        if value is None:
            return None
        if not key:
            current.append(value)
        elif key in current:
            return None
        else:
            current[key] = value
    return top if top and not pending else None


def _unquoted(quoted: str) -> str | None:
    """What stands in quotation marks; None where that is nothing."""
    value = quoted[1:-1]
    if quoted[0] == "'":
        value = value.replace("''", "'")
    return None if is_blank(value) else value


def _block(style: str, edge: str, lines: str) -> str | None:
    """The text of a block whose lines, but for the first and empty ones, begin with `edge`.

    Its first line says how far it is indented. `|` keeps its lines, with what they are indented
    more; `>` joins them, if none of them is. `-` leaves out the line end at the end.
    """
    text = lines.replace("\n" + edge, "\n")
    if "\n " in text and (style[0] == ">" or _BLANK_LINE.search(text)):
        return None
    if is_blank(text) or text[-1] == "\n":
        return None
    if style[0] == ">":
        text = _folded(text)
    return text if style[1:] else text + "\n"


def _folded(text: str) -> str:
    """A single line end becomes a space; of several, one goes."""
    if "\n\n" not in text:
        return text.replace("\n", " ")
    return _LINE_ENDS.sub(lambda found: found[0][1:] or " ", text)


def _flow(text: str) -> Any:
    """What stands in brackets or braces, on one line; None where that is not plain."""
    if text[0] == "{":
        if _FLAT_MAP.fullmatch(text):
            pairs = _PAIR.findall(text)
            mapping = FlowMap(pairs)
            if len(mapping) < len(pairs) or any(map(is_blank, mapping.values())):
                return None
            return mapping
    elif flat := _FLAT_LIST.fullmatch(text):
        values = _COMMA.split(flat[1])
        return None if any(map(is_blank, values)) else FlowList(values)
    value, end = _collection(text, 0, _DEEPEST_FLOW)
    return value if end == len(text) else None


def _collection(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The list or mapping that begins at an offset, and the offset behind it; -1 if not plain."""
    value: Any
    if text[at] == "[":
        value, closing, keyed = FlowList(), "]", False
    else:
        value, closing, keyed = FlowMap(), "}", True
    at += 1
    while text[at] == " ":
        at += 1
    if text[at] == closing:
        return value, at + 1
    while True:
        key: str | None = None
        one: Any
        if found := _ITEM.match(text, at):
            key, bare, quoted, sign = found.groups()
            one = bare or _unquoted(quoted)
            if one is None or is_blank(one) or (key is None) is keyed:
                return None, -1
            at = found.end()
        else:
            if keyed and (found := _FLOW_KEY.match(text, at)):
                key, at = found[1], found.end()
            if not depth or text[at] not in "[{" or (key is None) is keyed:
                return None, -1
            one, at = _collection(text, at, depth - 1)
            found = _SIGN.match(text, at) if at > 0 else None
            if found is None:
                return None, -1
            sign, at = found[1], found.end()
        if key is None:
            value.append(one)
        elif key in value:
            return None, -1
        else:
            value[key] = one
        if sign == closing:
            return value, at
        if sign != ",":
            return None, -1
