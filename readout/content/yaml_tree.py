"""YAML as people mean it: mappings, lists and text, read from libyaml's events in one pass.

(Most files have no need of that: yaml_plain.py. Whatever is not as plain as that comes here.)

Every scalar is text, whatever YAML would make of it (`no`, `2018-05-10`, `~`); an empty value is
an absent one. What a summary never needs and what hides mistakes is refused in the same loop:
keys written twice, anchors, aliases, merge keys, tags, further documents, directives, keys that
are not text, nesting deeper than `DEEPEST` (docs/content.md, "What holds in
every file").

libyaml is iterated event by event, never asked to compose: its own recursion over 50,000 nested
`[` ends the process, and its scanner is quadratic in the depth of flow collections. The loop stops
at `DEEPEST`, so neither is reached. The syntax is YAML 1.1 as libyaml 0.2 reads it, but U+2028 and
U+2029 are ordinary characters, as in YAML 1.2 (section 5.4), and as editors count lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast

import yaml
from yaml import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from readout.content.characters import describe, is_bad, is_blank, is_normal, normalise, shown
from readout.content.encoding import Decoded, Lines, Problems, decode
from readout.content.yaml_comments import hidden_by_comments
from readout.content.yaml_marks import (
    FlowList,
    FlowMap,
    MarkedList,
    MarkedMap,
    MarkedText,
    Marks,
    Path,
    Place,
)
from readout.content.yaml_plain import read_plain
from readout.content.yaml_slips import Slip, explain
from readout.diagnostic import Diagnostic, Severity
from readout.value import Value

Node: TypeAlias = "str | list[Node] | dict[str, Node]"
"""A value of a content file."""

DEEPEST: Final = 20
"""How many mappings and lists may stand in one another."""
_MENDED_SIZE: Final = 1 << 16
_MENDED_TIMES: Final = 20
_PRIVATE_USE: Final = range(0xE000, 0xF900)
_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*%")
_LATER_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_LATER_DOCUMENT = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))")
_NAMED_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "N": "\x85", "r": "\r", "v": "\v",
}  # fmt: skip


class Tree(Value, frozen=True):
    """What a YAML file says."""

    value: Node | None
    """None where the file is empty, and where it cannot be read (then there is a diagnostic)."""
    empty: tuple[Path, ...] = ()
    """The path of each key that was written without a value; none of them is in `value`."""
    diagnostics: tuple[Diagnostic, ...] = ()


class _StopReadingError(Exception):
    """Nothing after this point can be read; the reason has been reported."""


def read(data: bytes, file: str) -> Tree:
    """The value of a YAML file's bytes; `file` is its name for diagnostics. Raises nothing."""
    decoded = decode(data, file)
    if decoded.text is None:
        return Tree(None, (), decoded.diagnostics)
    if not decoded.diagnostics:
        if decoded.is_calm or is_normal(decoded.text):
            plain = read_plain(decoded.text)
            if plain is not None:
                return Tree(plain)
        reader = _Reader(decoded.text, Problems(file), marked=False)
        try:
            value = reader.build()
        except (yaml.YAMLError, ValueError, _StopReadingError):
            pass
        else:
            if "#" not in decoded.text or not any(hidden_by_comments(reader.text)):
                return Tree(value, tuple(reader.empty))
    tree = _read_closely(decoded, file)
    return Tree(_without_marks(tree.value), tree.empty, tree.diagnostics)


def _without_marks(value: Any) -> Any:
    if isinstance(value, MarkedMap):
        mapping = FlowMap() if value.in_braces else {}
        mapping.update((str(key), _without_marks(each)) for key, each in value.items())
        if isinstance(mapping, FlowMap):
            for key in value.bare:
                mapping.add_bare(str(key))
        return mapping
    if isinstance(value, MarkedList):
        items = map(_without_marks, value)
        return FlowList(items) if value.in_brackets else list(items)
    return None if value is None else str(value)


def _read_closely(decoded: Decoded, file: str) -> Tree:
    """Read with marks, for a file that something is wrong with: every problem gets its place.

    After an unquoted `: ` reading goes on as if it were quoted, so that all of them are told.
    """
    text = decoded.text or ""
    colon = _unused(text)
    slips: list[Slip] = []
    while True:
        reader = _Reader(text, Problems(file), marked=True, restore={colon: ":"})
        value: Node | None = None
        try:
            value = reader.build()
        except _StopReadingError:
            pass
        except (yaml.YAMLError, ValueError) as error:
            slip = explain(reader.text, error)
            slips.append(slip)
            may_go_on = len(text) <= _MENDED_SIZE and len(slips) < _MENDED_TIMES
            if slip.colon is not None and may_go_on:
                text = text[: slip.colon] + colon + text[slip.colon + 1 :]
                continue
        break
    told: set[int] = set()
    for slip in slips:
        if slip.place[0] not in told:  # one for each line
            told.add(slip.place[0])
            reader.tell(slip)
    if value is not None:
        for slip in hidden_by_comments(reader.text):
            reader.tell(slip, Severity.WARNING)
    found = (*decoded.diagnostics, *reader.problems.diagnostics)
    return Tree(value, tuple(reader.empty), found)


class _Reader:
    """Builds the value of one text.

    `marked`: with places, and what is refused goes into `problems`; without, the first thing that
    is refused ends the reading, which then has to be done again with marks.
    """

    def __init__(
        self,
        text: str,
        problems: Problems,
        *,
        marked: bool,
        restore: dict[str, str] | None = None,
    ) -> None:
        self.problems = problems
        self.empty: list[Path] = []
        self._marked = marked
        self._restore = {ord(stand_in): meant for stand_in, meant in (restore or {}).items()}
        for separator in "\u2028\u2029":
            if separator in text:
                stand_in = _unused(text)
                text = text.replace(separator, stand_in)
                self._restore[ord(stand_in)] = separator
        self.text = text
        """What libyaml is given, with stand-ins."""
        self._lines = Lines(text) if marked else None
        self._tidy = marked or bool(self._restore) or "\\" in text or not is_normal(text)

    def tell(self, slip: Slip, severity: Severity = Severity.ERROR) -> None:
        """Report a slip that was found in `text`, with what its stand-ins stand for."""
        message, hint = slip.message.translate(self._restore), slip.hint.translate(self._restore)
        self.problems.add(slip.code, message, slip.place, hint, slip.related, severity)

    def build(self) -> Node | None:
        """The value, or None for an empty file.

        Raises what libyaml raises at a mistake of syntax, and `_StopReadingError`.
        """
        if _DIRECTIVE.match(self.text):
            self._refuse_directive(self.text.index("%"))
        get_event = CParser(self.text).get_event
        get_event()
        if get_event().__class__ is StreamEndEvent:
            return None
        top: list[Any] = []
        self._fill(top, get_event)
        self._check_the_end(get_event)
        if not top:
            return None
        value: Node = top[0]
        if isinstance(value, str):
            self._refuse(
                "YAML007",
                f'"{shown(value)}" is text without a key',
                cast("MarkedText", value).place if self._marked else (1, 1),
                "write a key, a colon and a space before it, as in title: ...",
            )
            raise _StopReadingError
        return value

    def _fill(self, current: Any, get_event: Callable[[], Any]) -> None:
        """Add the document's value, if it has one, to the list `current`.

        One loop without recursion.
        """
        stack: list[tuple[Any, Any]] = []
        holes: list[tuple[dict[str, Any], str]] = []
        merged: list[dict[str, Any]] = []
        key: str | None = None
        in_list = True
        marked, tidy = self._marked, self._tidy
        while True:
            event = get_event()
            kind = event.__class__
            value: Any
            if kind is ScalarEvent:
                value = self._text_of(event) if tidy else event.value
                if event.tag is not None or event.anchor is not None:
                    self._refuse_properties(event)
                if in_list:
                    if not is_blank(value):
                        current.append(value)
                elif key is None:
                    key = value
                    if value in current or value == "<<" or not value:
                        self._refuse_key(event, current, value, stack[-1][0])
                        if value == "<<":
                            merged.append(current)
                else:
                    if is_blank(value):
                        value = None
                        holes.append((current, key))
                        self.empty.append((*(step for _, step in stack[1:]), key))
                    current[key] = value
                    key = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._check_start(event, len(stack), in_list or key is not None)
                is_flow = event.flow_style
                if kind is MappingStartEvent:
                    if marked:
                        value = MarkedMap(_place(event), is_flow)
                    else:
                        value = FlowMap() if is_flow else {}
                elif marked:
                    value = MarkedList(_place(event), is_flow)
                else:
                    value = FlowList() if is_flow else []
                if in_list:
                    stack.append((current, len(current)))
                    current.append(value)
                else:
                    stack.append((current, key))
                    current[key] = value
                    key = None
                current = value
                in_list = kind is SequenceStartEvent
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                current = stack.pop()[0]
                in_list = isinstance(current, list)
            elif kind is AliasEvent:
                value = self._refuse_alias(event, in_list or key is not None)
                if in_list:
                    current.append(value)
                else:
                    current[key] = value
                    key = None
            elif kind is DocumentEndEvent:
                self._end = event.end_mark.index
                break
        for mapping, hole in holes:
            if hole in mapping and mapping[hole] is None:  # a key written twice has two holes
                del mapping[hole]
                if isinstance(mapping, FlowMap):
                    mapping.add_bare(hole)
        for mapping in merged:
            mapping.pop("<<", None)

    def _text_of(self, event: Any) -> str:
        """A scalar's text in NFC, stand-ins replaced, its escapes checked; with marks, if any."""
        value: str = event.value
        if event.style == '"':
            self._check_escapes(event)
        if self._restore:
            value = value.translate(self._restore)
        return self._mark(normalise(value), event)

    def _mark(self, value: str, event: Any) -> str:
        """The text, with the place of its event where places are wanted."""
        if not self._marked:
            return value
        marked = MarkedText(value)
        marked.place = _place(event)
        start, end = event.start_mark, event.end_mark
        marked.end = (end.line + 1, end.column + 1)
        marked.typed = self.text[start.index : end.index]
        return marked

    def _check_escapes(self, event: Any) -> None:
        """Refuse `"\\u202E"`: a forbidden character is forbidden however it is written."""
        start, end = event.start_mark.index, event.end_mark.index
        if "\\" not in event.value and self.text.find("\\", start, end) < 0:
            return
        for found in _ESCAPE.finditer(self.text, start, end):
            digits = found[1] or found[2] or found[3]
            character = chr(int(digits, 16)) if digits else _NAMED_ESCAPES.get(found[4], " ")
            if is_bad(character):
                bad = describe(character)
                lines = self._lines or Lines(self.text)
                self._refuse(bad.code, bad.message, lines.at(found.start()), bad.hint)

    def _check_start(self, event: Any, depth: int, allowed: bool) -> None:
        """A mapping or list begins, inside `depth` others; `allowed` where a value may stand."""
        if not allowed:
            self._refuse(
                "YAML016",
                "a mapping or a list cannot be a key",
                _place(event),
                "where it is text, such as [[netanyahu]] or {x}, put the whole value in quotes",
            )
            raise _StopReadingError
        if depth >= DEEPEST:
            self._refuse(
                "YAML017",
                f"more than {DEEPEST} levels of mappings and lists in one another",
                _place(event),
                "no key needs so many: is a bracket or an indentation wrong?",
            )
            raise _StopReadingError
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)

    def _refuse(
        self,
        code: str,
        message: str,
        place: Place,
        hint: str,
        related: tuple[tuple[Place, str], ...] = (),
    ) -> None:
        """Report a problem. Without marks, and after too many, there is no point in going on."""
        if not self._marked:
            raise _StopReadingError
        self.problems.add(code, message, place, hint, related)
        if self.problems.is_full:
            raise _StopReadingError

    def _refuse_properties(self, event: Any) -> None:
        """An anchor (`&x`) or a tag (`!x`) before a value."""
        if event.anchor is not None:
            self._refuse(
                "YAML011",
                f'"&{shown(event.anchor)}" is an anchor; anchors are not read',
                _place(event),
                "where it is text, put the whole value in quotes; else write the value out",
            )
        if event.tag is not None:
            self._refuse(
                "YAML014",
                f'"{shown(_written_tag(event.tag))}" is a tag; tags are not read',
                _place(event),
                "where it is text, put the whole value in quotes; else leave the tag out",
            )

    def _refuse_key(self, event: ScalarEvent, mapping: Any, key: str, parent: Any) -> None:
        """A key that is there already, is `<<`, or is empty; `parent` is what holds its mapping."""
        if not key:
            self._refuse(
                "YAML016", "a key is missing before the colon", _place(event), "write the key"
            )
        elif key == "<<":
            self._refuse(
                "YAML013",
                '"<<" is a merge key; merge keys are not read',
                _place(event),
                "write the keys out",
            )
        if key in mapping:
            self._refuse_second_key(event, mapping, key, parent)

    def _refuse_second_key(self, event: ScalarEvent, mapping: Any, key: str, parent: Any) -> None:
        """A key that is there already. Where it is the first of an item of a list, the dash of the
        next item is missing, and its other keys are there already for that reason.
        """
        first = mapping.written[key].place if self._marked else (1, 1)
        is_item = isinstance(parent, MarkedList) and not mapping.in_braces
        if is_item and first == mapping.place:
            mapping.goes_on = True
            self._refuse(
                "YAML009",
                'a "- " is missing before this item of the list',
                _place(event),
                f'write it; where both are one item, keep one of the two "{shown(key)}"',
                ((first, f'the item above begins with "{shown(key)}" too'),),
            )
        elif not (is_item and mapping.goes_on):
            self._refuse(
                "YAML010",
                f'the key "{shown(key)}" is written twice',
                _place(event),
                "keep one of them; where both are meant, join their values",
                ((first, "first written here"),),
            )

    def _refuse_alias(self, event: Any, allowed: bool) -> str:
        """`*x`. Returns its text, which stands in for the value."""
        self._refuse(
            "YAML012",
            f'"*{shown(event.anchor)}" is an alias; aliases are not read',
            _place(event),
            "where it is text, put the whole value in quotes; else write the value out",
        )
        if not allowed:
            raise _StopReadingError
        return self._mark(f"*{event.anchor}", event)

    def _check_the_end(self, get_event: Callable[[], Any]) -> None:
        """Refuse another document, or a directive, after the first document."""
        rest = self.text[self._end :]
        if not rest or rest.isspace():
            return
        if directive := _LATER_DIRECTIVE.search(rest):
            self._refuse_directive(self._end + directive.start())
        later = _LATER_DOCUMENT.search(rest)
        if later is None:
            get_event()  # raises unless only comments are left
            return
        self._refuse(
            "YAML015",
            'a line "---" begins a second document; one file is one document',
            Lines(self.text).at(self._end + later.start()),
            "delete the line, or put what follows into a file of its own",
        )
        raise _StopReadingError

    def _refuse_directive(self, offset: int) -> None:
        self._refuse(
            "YAML018",
            'a line that begins with "%" is a directive of YAML; directives are not read',
            Lines(self.text).at(offset),
            "delete the line; where it is text, indent it below its key, or put it in quotes",
        )
        raise _StopReadingError


def _place(event: Any) -> Place:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _written_tag(tag: str) -> str:
    standard = "tag:yaml.org,2002:"
    return "!!" + tag.removeprefix(standard) if tag.startswith(standard) else tag


def _unused(text: str) -> str:
    """A character of the private use area that the text does not hold."""
    return next((chr(point) for point in _PRIVATE_USE if chr(point) not in text), "\ufffd")


def read_marks(data: bytes) -> Marks:
    """The places in a YAML file. It is read again, with marks: ask only when something is wrong."""
    return Marks(_read_closely(decode(data, ""), "").value)
