"""The slips that break YAML, in words for people who write summaries, not programs.

libyaml says where it could not go on; the slip was often before that. Each function here looks at
the line as its author sees it.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from readout.content.characters import describe, is_bad, name_of, shown
from readout.content.encoding import Lines
from readout.content.record_keys import first_key_in, holds_text, is_key
from readout.content.yaml_marks import Place
from readout.value import Value

_IN_QUOTES: Final = "put the whole value in quotes"
_KEY: Final = r"""(?:[\w.-]+|"[^"\n]*"|'[^'\n]*')"""
_HAS_KEY_BEFORE = re.compile(rf"\s*(?:-\s+)*{_KEY}:\s+\S|\s*(?:-\s+)*\S.*[,{{]\s*{_KEY}:\s+\S")
_ONE_WORD = re.compile(rf"\s*(?:-\s+)*({_KEY})\s*")
_ITEM_OF_TEXT = re.compile(r"[ ]*-[ ]++(?!.*:\s)([^\s\[{].*)")
_NO_SPACE_AFTER_COLON = re.compile(r"\s*(?:-\s+)*([A-Za-z_][\w-]*):(?=[^\s:/])")
_NO_SPACE_AFTER_DASH = re.compile(r"\s*-(?=[^\s-])")
_STUCK_DASH = re.compile(rf"\s*-(?=[\[{{]|(?!-){_KEY}:(?:\s|$))")
_OTHER_SPACE = re.compile(rf"[ ]*(?:(?:-[ ]+)*(?:-|{_KEY}:))?([^\S \t])")
_OF_A_MERGE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?")
_BEGINS_KEY = re.compile(rf"([ ]*)({_KEY}):(?:\s|$)")
_KEY_ALONE = re.compile(rf"[ ]*(?:-[ ]+)*({_KEY}):[ ]*(?:#.*)?")
_FIRST_LINE = re.compile(r"""([ ]+)([^\s\[{"'#|>-][^:#]*):\s+\S""")
_OPENS_BLOCK = re.compile(r"[|>][-+\d]*\s*(?:#.*)?$")
_QUESTION = re.compile(r"(?<=[:,\[{])[ \t]*\?(?=[^\s,\]}])")
HASH_AND_WORD = re.compile(r"#(?<=[ \t,\[{]#)(?=\w)")
"""Where YAML begins a comment and an author often meant a word."""


class Slip(Value, frozen=True):
    """A mistake of syntax."""

    code: str
    message: str
    place: Place
    hint: str
    related: tuple[tuple[Place, str], ...] = ()
    colon: int | None = None
    """The offset of an unquoted colon; with another character there, reading can go on."""


def explain(text: str, error: Exception) -> Slip:
    """What an exception of PyYAML means for the author of the text."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Slip("YAML099", "the file cannot be read as YAML", (1, 1), "compare other files")
    return _Scene(text, error).explain()


class _Scene:
    """The text around the place where libyaml stopped."""

    def __init__(self, text: str, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark
        assert mark is not None
        self.text = text
        self.lines = Lines(text)
        self.rows = re.split(r"\r\n|\r|\n", text)
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.offset = min(mark.index, len(text))  # its line is one too far at the end of a text
        self.line, self.column = self.place = self.lines.at(self.offset)
        context = error.context_mark
        self.context_place = (context.line + 1, context.column + 1) if context else self.place
        self.char = text[self.offset : self.offset + 1]
        self.before = self.row(self.line)[: self.column - 1]

    def row(self, line: int) -> str:
        """A line of the text, or "" beyond its end."""
        return self.rows[line - 1] if 0 < line <= len(self.rows) else ""

    def row_above(self, line: int) -> int:
        """The nearest line above that is neither empty nor a comment; 0 where there is none."""
        line -= 1
        while line and (not self.row(line).strip() or self.row(line).lstrip().startswith("#")):
            line -= 1
        return line

    def explain(self) -> Slip:
        """The slip, by what libyaml was doing and what it met."""
        problem, context = self.problem, self.context
        for line in (self.context_place[0], self.line):
            if _OF_A_MERGE.fullmatch(self.row(line)):
                return self._merge(line)
        if "tab" in problem or (self.char == "\t" and "cannot start any token" in problem):
            return self._tab()
        if "mapping values are not allowed" in problem:
            return self._colon()
        if "cannot start any token" in problem:
            return self._special(self.place)
        if "mapping keys are not allowed" in problem:
            return self._special(self.place)
        if "block sequence entries are not allowed" in problem:
            return self._dash_in_value()
        if any(what in context for what in ("an alias", "an anchor", "a tag")):
            return self._special(self.context_place)
        if "directive" in context:
            return self._special((self.line, 1))
        if "quoted scalar" in context:
            is_open = "end of stream" in problem or "document indicator" in problem
            return self._unclosed_quote(self.context_place) if is_open else self._escape()
        if "could not find expected ':'" in problem:
            return self._no_key(self.context_place[0])
        if "block scalar" in context:
            return self._block_header()
        return self._structure()

    def _merge(self, line: int) -> Slip:
        """What git leaves where two people changed the same lines."""
        return Slip(
            "YAML007",
            f'a conflict of a merge is not resolved: "{shown(self.row(line), 40)}"',
            (line, 1),
            "keep what is right of the two versions, and delete the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>",
        )

    def _other_space(self, line: int) -> Slip | None:
        """What looks like a space where one has to stand, and is none to YAML."""
        found = _OTHER_SPACE.match(self.row(line))
        if found is None:
            return None
        return Slip(
            "YAML002",
            f"{name_of(found[1])} stands where a space must",
            (line, found.start(1) + 1),
            "delete it and type a space; it often comes with text that was copied",
        )

    def _stuck_dash(self, line: int, pattern: re.Pattern[str] = _STUCK_DASH) -> Slip | None:
        """`-id: x`, or `-{id: x}`."""
        row = self.row(line)
        if not pattern.match(row):
            return None
        place = (line, row.index("-") + 1)
        return Slip("YAML009", 'a space is missing after "-"', place, 'write "- " and the item')

    def _structure(self) -> Slip:
        """A token that cannot stand where it stands."""
        last, openers, _ = self._events()
        if self.before.strip() and last is not None:
            after_quote = isinstance(last, ScalarEvent) and last.style in ("'", '"')
            if after_quote and last.end_mark.index <= self.offset:
                return self._after_quote(last)
            if openers and isinstance(last, SequenceEndEvent | MappingEndEvent):
                flow = openers[-1]
                if self.text[flow.start_mark.index] in "[{" and self.char not in "]}":
                    return self._special((flow.start_mark.line + 1, flow.start_mark.column + 1))
        if "flow" in self.context:
            return self._flow()
        if self.char in ("]", "}"):
            return self._bracket(f'a "{self.char}" closes nothing', self.place)
        if self.char == ":":
            return Slip("YAML016", "a key is missing before the colon", self.place, "write the key")
        return self._indentation()

    def _events(self) -> tuple[Any, list[Any], list[Any]]:
        """The last event before the place; the starts of the collections that it and those right
        before it ended; and the starts of those still open.
        """
        last: Any = None
        stack: list[Any] = []
        ended: list[Any] = []
        parser = CParser(self.text)
        try:
            while (event := parser.get_event()) is not None:
                last = event
                if isinstance(event, SequenceStartEvent | MappingStartEvent):
                    stack.append(event)
                    ended = []
                elif isinstance(event, SequenceEndEvent | MappingEndEvent):
                    ended.append(stack.pop())
        except yaml.YAMLError:
            pass
        return last, ended, stack

    def _tab(self) -> Slip:
        row = self.row(self.line)
        indents = not row[: row.find("\t") + 1].strip() and "\t" in row
        place = (self.line, row.find("\t") + 1) if indents else self.place
        what = "a tab indents this line" if indents else "a tab stands where a space must"
        return Slip("YAML002", what, place, "use spaces; YAML does not take tabs here")

    def _colon(self) -> Slip:
        above = self.row_above(self.line)
        if stuck := self._stuck_dash(self.line) or self._stuck_dash(above):
            return stuck
        word = _ONE_WORD.fullmatch(self.before)
        if word is None or _HAS_KEY_BEFORE.match(self.before[:2000]):
            return self._unquoted_colon()
        if above == 0:
            return self._unquoted_colon()
        if space := self._other_space(self.line) or self._other_space(above):
            return space
        rest = self.row(above)
        same = _indent(rest) == _indent(self.before)
        bare = rest.strip()
        if same and _NO_SPACE_AFTER_COLON.match(rest):
            return self._no_key(above)
        if same and (bare.startswith("-") or not re.match(rf"{_KEY}:(\s|$)", bare)):
            return self._no_key(above)
        return self._indentation(self.line)

    def _key_below_text(self, line: int, above: int) -> Slip | None:
        """`- netanyahu`, and below it `as: the Prime Minister`."""
        item, key = _ITEM_OF_TEXT.fullmatch(self.row(above)), _BEGINS_KEY.match(self.row(line))
        if item is None or key is None or len(key[1]) <= _indent(self.row(above)):
            return None
        first = first_key_in(self._key_over(above)) or "id"
        return Slip(
            "YAML006",
            f'the key "{shown(key[2])}" stands below an item that is text alone',
            (line, len(key[1]) + 1),
            f"an item with keys begins with a key, as in - {first}: {shown(item[1].rstrip(), 40)}",
            (((above, _indent(self.row(above)) + 1), "the item"),),
        )

    def _unquoted_colon(self, offset: int | None = None) -> Slip:
        offset = self.offset if offset is None else offset
        return Slip(
            "YAML001",
            'an unquoted ": " in a text',
            self.lines.at(offset),
            f"a colon and a space begin a new value: {_IN_QUOTES}, \"...\" or '...'",
            colon=offset,
        )

    def _special(self, place: Place) -> Slip:
        """A value whose first character means something to YAML."""
        offset = self.lines.offset(*place)
        char = self.text[offset : offset + 1]
        if char == "%" and place[1] == 1:
            return Slip(
                "YAML018",
                'a line that begins with "%" is a directive of YAML; directives are not read',
                place,
                "delete the line; where it is text, indent it below its key, or put it in quotes",
            )
        if char in "[{" and char:
            kind, other = ("list", "]") if char == "[" else ("mapping", "}")
            return Slip(
                "YAML003",
                f'a value that begins with "{char}" is a {kind}; text follows its "{other}"',
                place,
                f"where it is text, {_IN_QUOTES}",
            )
        return Slip("YAML003", f'a value cannot begin with "{shown(char)}"', place, _IN_QUOTES)

    def _dash_in_value(self) -> Slip:
        return Slip(
            "YAML009",
            "a list cannot begin on the line of its key",
            self.place,
            'begin it on the next line, "- " before each item; where it is text, put it in quotes',
        )

    def _unclosed_quote(self, place: Place) -> Slip:
        quote = self.text[self.lines.offset(*place)]
        return Slip(
            "YAML004",
            f"the quotation mark {quote} is opened here and never closed",
            place,
            f"close it with another {quote} at the end of the value",
        )

    def _after_quote(self, quoted: Any) -> Slip:
        """Text after a closing quotation mark: often an apostrophe, or a mark forgotten before."""
        start, end = quoted.start_mark, quoted.end_mark
        place = (start.line + 1, start.column + 1)
        quote = quoted.style
        if start.line != end.line:
            return Slip(
                "YAML004",
                f"the quotation mark {quote} is opened here and not closed on its line",
                place,
                f"close it with another {quote} at the end of the value",
                (((end.line + 1, end.column), "it ends only here"),),
            )
        row = self.row(start.line + 1)
        value = row[start.column :].rstrip()
        if quote == "'" and end.index == self.offset:
            hint = "an apostrophe inside single quotation marks is written twice: ''"
        elif "'" not in value and len(value) < 60 and "block" in self.context:
            hint = f"where both belong to the text, write '{shown(value)}'"
        else:
            hint = "put the whole value in quotation marks of the other kind"
        return Slip("YAML005", f"text follows the closing quotation mark {quote}", self.place, hint)

    def _escape(self) -> Slip:
        backslash = max(self.text.rfind("\\", 0, self.offset + 1), 0)
        place = self.lines.at(backslash)
        written = re.compile(r"\\u([0-9A-Fa-f]{4})").match(self.text, backslash)
        if written and is_bad(character := chr(int(written[1], 16))):
            bad = describe(character)
            return Slip(bad.code, bad.message, place, bad.hint)
        what = shown(self.text[backslash : backslash + 2])
        return Slip(
            "YAML020",
            f'"{what}" means nothing inside double quotation marks',
            place,
            "write a backslash twice (\\\\), or use single quotation marks",
        )

    def _no_key(self, line: int) -> Slip:
        """A line that should be `key: value` or `- item`, and is not."""
        row, above = self.row(line), self.row_above(line)
        start = (line, _indent(row) + 1)
        if slip := self._other_space(line) or self._colon_above(line):
            return slip
        if found := _NO_SPACE_AFTER_COLON.match(row):
            place = (line, found.end())
            return Slip(
                "YAML007",
                f'a space is missing after "{shown(found[1])}:"',
                place,
                f"write {shown(row.strip()[: len(found[0].strip())], 40)} "
                f"{shown(row[found.end() :].strip(), 40)}",
            )
        if slip := self._stuck_dash(line, _NO_SPACE_AFTER_DASH):
            return slip
        if _OPENS_BLOCK.search(self.row(above)) and _indent(row) <= _indent(self.row(above)):
            return Slip(
                "YAML006",
                "this text is not indented below its key",
                start,
                f"indent it by two spaces more than line {above}",
            )
        return Slip(
            "YAML007",
            f'no key and colon on this line: "{shown(row.strip(), 40)}"',
            start,
            "write key: value; a text that goes on from the line above is indented further",
        )

    def _colon_above(self, line: int) -> Slip | None:
        """A colon in the line above that makes a key of the words before it, where a text is
        expected that goes on in this line.
        """
        above = self.row_above(line)
        found = _FIRST_LINE.match(self.row(above))
        if found is None or len(found[1]) != _indent(self.row(line)) or is_key(found[2]):
            return None
        if not holds_text(self._key_over(above)):
            return None
        return self._unquoted_colon(self.lines.offset(above, found.end(2) + 1))

    def _key_over(self, line: int) -> str:
        """The key alone on its line below which this line stands; "" where there is none."""
        row = self.row(line)
        above = self.row_above(line)
        while above:
            further = _indent(self.row(above)) - _indent(row)
            if further < 0 or (further == 0 and _is_item(row) and not _is_item(self.row(above))):
                break
            above = self.row_above(above)
        found = _KEY_ALONE.fullmatch(self.row(above))
        return found[1] if found else ""

    def _block_header(self) -> Slip:
        sign = self.text[self.lines.offset(*self.context_place)]
        return Slip(
            "YAML005",
            f'text follows "{sign}" on its line',
            self.place,
            f'begin the text on the next line, indented; where "{sign}" is text, {_IN_QUOTES}',
        )

    def _flow(self) -> Slip:
        """Inside `[...]` or `{...}`."""
        opened = self.context_place if "node" not in self.context else self._open_bracket()
        start = self.lines.offset(*opened)
        bracket = self.text[start : start + 1]
        row = self.row(opened[0])
        further_in = _indent(self.row(self.line)) > _indent(row)
        if self.char == ":" and (self.line == opened[0] or further_in):
            return self._unquoted_colon()
        if self.char in ("]", "}") and "node" not in self.context:
            return self._bracket(f'"{bracket}" is closed by "{self.char}"', opened)
        if self.char == "," or (self.char in ("]", "}") and self.char):
            return Slip("YAML008", "an item is missing here", self.place, "delete a comma")
        if (found := HASH_AND_WORD.search(row)) and found.start() >= start - self.lines.offset(
            opened[0], 1
        ):
            return Slip(
                "YAML008",
                f'"{bracket}" is never closed: "#" makes the rest of its line a comment',
                (opened[0], found.start() + 1),
                f'put it in quotes: "{shown(row[found.start() :].split(",")[0].rstrip("]} "))}"',
            )
        found = _QUESTION.search(self.text, start)
        if found and found.end() - 1 <= self.offset:
            return self._special(self.lines.at(found.end() - 1))
        return self._bracket(f'"{bracket}" is opened here and never closed', opened)

    def _open_bracket(self) -> Place:
        """The last bracket before the place that nothing has closed."""
        starts = (event.start_mark.index for event in reversed(self._events()[2]))
        offset = next((start for start in starts if self.text[start] in "[{"), self.offset)
        return self.lines.at(offset)

    def _bracket(self, message: str, place: Place) -> Slip:
        return Slip(
            "YAML008",
            message,
            place,
            f"close each [ with ] and each {{ with }}; where it is text, {_IN_QUOTES}",
        )

    def _indentation(self, line: int = 0) -> Slip:
        """A line whose beginning stands under no line that it could belong to."""
        line = line or self.line
        row, above = self.row(line), self.row_above(line)
        for one in (line, above):
            if slip := self._other_space(one) or self._stuck_dash(one):
                return slip
        if slip := self._key_below_text(line, above):
            return slip
        start = (line, _indent(row) + 1)
        related: tuple[tuple[Place, str], ...] = ()
        if above:
            related = (((above, _indent(self.row(above)) + 1), "the line above begins here"),)
        if self.row(above).strip() == "...":
            return Slip(
                "YAML015",
                'the line "..." ends the document; one file is one document',
                (above, 1),
                "delete the line",
            )
        if re.match(r"\s*-(\s|$)", row) and start[1] == self.context_place[1]:
            return Slip(
                "YAML009",
                'a "- " stands where a key is expected',
                start,
                "delete the dash, or indent the items below their key",
                related,
            )
        if "'-' indicator" in self.problem and start[1] == self.context_place[1]:
            return Slip(
                "YAML009",
                'a "- " is missing before this item of the list',
                start,
                "write it; a key of the item above is indented as far as that item's first key",
                related,
            )
        return Slip(
            "YAML006",
            f"this line is indented by {start[1] - 1}, which fits no line above it",
            start,
            "let it begin where its neighbours begin; a text that goes on over lines and has "
            "a colon in it is put in quotes",
            related,
        )


def _is_item(row: str) -> bool:
    return row.lstrip(" ").startswith("- ")


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
