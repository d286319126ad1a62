"""The oracle: a page with hostile strings is the page with their twins, each twin replaced.

Every element, attribute, address and text must be what the twin's page has in that place, with the
string as it was typed where the twin stands. What may differ, and how, is said here and nowhere
else: ids made of headings, the direction of text, texts that the product cuts, prose where it is
shown as plain text, and the two formal citations, which are decoded and then compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from tests.hostile.expected import desk_page, plain, prose_blocks, prose_line, prose_text
from tests.hostile.fields import PLAIN, TWIN, Batch, kind_of
from tests.hostile.page import Event, attributes, tidy

_SLUG = re.compile(r"#?[a-z0-9_-]*")
_FRAGMENT = re.compile(r"(.*?)#?:~:text=([\w.~%-]*)(?:,([\w.~%-]*))?\Z", re.DOTALL)
_TEX = re.compile(r"\\textbackslash\{\}|\\textasciitilde\{\}|\\textasciicircum\{\}|\\([&%$#_{}])")
_CUT_CLASSES = {"statements", "rests", "mentions", "links", "facts"}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing on a page that is not as it should be."""

    expected: str
    found: str

    def __str__(self) -> str:
        return f"expected {self.expected:.300}, found {self.found:.300}"


class Comparer:
    """Compares pages of one batch with those of its twins."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._known = {plain(batch.typed(n, PLAIN)) for n in range(len(batch.texts))}
        self.blocks = lru_cache(maxsize=4096)(self._blocks)
        self.text = lru_cache(maxsize=None)(self._text)
        self._lines = lru_cache(maxsize=None)(self._line)

    def compare(self, found: Sequence[Event], twins: Sequence[Event]) -> Difference | None:
        """Where a page first differs from what its twin says it must be; None where nowhere."""
        at = here = 0
        places: list[Event] = []
        while here < len(twins):
            event = twins[here]
            if at < len(found) and found[at] == event and _has_no_choice(event):
                if event[0] == "open":
                    places.append(event)
                elif event[0] == "close":
                    places.pop()
                at += 1
                here += 1
                continue
            candidates = list(self._candidates(twins, here, places))
            fitting = (
                (taken, len(expected))
                for taken, expected in candidates
                if self._is(found[at : at + len(expected)], expected, places)
            )
            taken, shown = next(fitting, (0, 0))
            if not taken:
                wanted = candidates[0][1]
                return Difference(repr(wanted), repr(list(found[at : at + len(wanted) + 2])))
            at += shown
            for passed in twins[here : here + taken]:
                if passed[0] == "open":
                    places.append(passed)
                elif passed[0] == "close":
                    places.pop()
            here += taken
        if at < len(found):
            return Difference("the page's end", repr(list(found[at : at + 3])))
        return None

    def _candidates(
        self, twins: Sequence[Event], here: int, places: Sequence[Event]
    ) -> Iterator[tuple[int, list[Event]]]:
        """How many of the twin's events may stand for which; at least one, the likeliest first."""
        event = twins[here]
        if event[0] == "text" and TWIN.search(event[1]):
            yield from self._text_candidates(event[1], places)
        elif event[0] == "open" and any(TWIN.search(part) for part in event[2:]):
            yield 1, [event]  # its attributes are compared by `_same_attributes`
        else:
            prose = self._paragraph(twins, here)
            if prose is not None:
                yield 3, self.blocks(prose)
            yield 1, [event]

    def _text_candidates(
        self, text: str, places: Sequence[Event]
    ) -> Iterator[tuple[int, list[Event]]]:
        if text.startswith("[{") and _is_in(places, "cite"):
            yield 1, [("text", text)]  # CSL-JSON is compared by its values
            return
        expected = self.text(text)
        whole: list[Event] = [("text", expected)] if expected else []
        forms = {kind_of(found[2]) for found in TWIN.finditer(text)}
        if "prose" in forms:
            yield 1, self._lines(text)
        yield 1, whole
        if _is_in(places, "cite"):
            # A title that ends a sentence has no second full stop.
            yield 1, [("text", self.text(re.sub(r"(Qz\d+pz)\.”", r"\1”", text)))]

    def _paragraph(self, twins: Sequence[Event], here: int) -> str | None:
        """The twin that is all of the paragraph of prose which begins here."""
        if twins[here][:2] != ("open", "p") or here + 2 >= len(twins):
            return None
        inside, close = twins[here + 1 : here + 3]
        if inside[0] != "text" or close != ("close", "p"):
            return None
        twin = TWIN.fullmatch(inside[1])
        return inside[1] if twin and kind_of(twin[2]) != "plain" else None

    def _blocks(self, twin: str) -> list[Event]:
        typed = self._typed(twin)
        match = TWIN.fullmatch(twin)
        assert match is not None
        if kind_of(match[2]) == "page":
            return desk_page(typed)[1]
        return prose_blocks(typed)

    def _typed(self, twin: str) -> str:
        match = TWIN.fullmatch(twin)
        assert match is not None
        return self.batch.typed(int(match[1]), match[2])

    def _text(self, text: str) -> str:
        """A text of the twin's page with everything as plain text."""

        def shown(match: re.Match[str]) -> str:
            typed = self.batch.typed(int(match[1]), match[2])
            return prose_text(typed) if kind_of(match[2]) == "prose" else plain(typed)

        return plain(TWIN.sub(shown, text))

    def _line(self, text: str) -> list[Event]:
        """The same with prose as the elements of a line; outer space as the twin's text has it."""
        events: list[Event] = []
        done = 0
        for match in TWIN.finditer(text):
            events.append(("text", text[done : match.start()]))
            typed = self.batch.typed(int(match[1]), match[2])
            if kind_of(match[2]) == "prose":
                events += prose_line(typed)
            else:
                events.append(("text", plain(typed)))
            done = match.end()
        events.append(("text", text[done:]))
        return tidy(_without_empty(events))

    def _is(
        self, found: Sequence[Event], expected: Sequence[Event], places: Sequence[Event]
    ) -> bool:
        return len(found) == len(expected) and all(
            self._same(one, other, places) for one, other in zip(found, expected, strict=True)
        )

    def _same(self, found: Event, expected: Event, places: Sequence[Event]) -> bool:
        if found == expected:
            return True
        if found[0] != expected[0]:
            return False
        if found[0] == "open":
            return found[1] == expected[1] and self._same_attributes(found, expected)
        if found[0] != "text":
            return False
        return (
            _spaced(found[1]) == _spaced(expected[1])
            or (_may_be_cut(places) and _is_cut(found[1], expected[1]))
            or (_is_in(places, "cite") and self._same_citation(found[1], expected[1]))
        )

    def _same_citation(self, found: str, expected: str) -> bool:
        """CSL-JSON, or a line of BibTeX, by what it says and not by how it is escaped."""
        if not expected.startswith("[{"):
            return plain(_TEX.sub(_untex, found)) == plain(expected)
        try:
            return self.same_values(json.loads(found), json.loads(expected))
        except ValueError:
            return False

    def same_values(self, found: Any, twin: Any, cut: bool = False) -> bool:
        """Whether JSON has the values of the twin's, each with its string; with `cut`, part of it
        will do."""
        if type(found) is not type(twin):
            return False
        if isinstance(twin, dict):
            return list(found) == list(twin) and all(
                self.same_values(found[key], twin[key], cut) for key in twin
            )
        if isinstance(twin, list):
            return len(found) == len(twin) and all(
                self.same_values(one, other, cut) for one, other in zip(found, twin, strict=True)
            )
        if isinstance(twin, str):
            expected = self.text(twin)
            same = _squeezed(found) == _squeezed(expected)
            return same or (cut and _is_cut(found, expected))
        return bool(found == twin)

    def is_typed(self, text: str) -> bool:
        """Whether a text is one of the batch's strings, whole or cut with an ellipsis."""
        if text in self._known or (TWIN.fullmatch(text) and self._typed(text) == text):
            return True
        return text.endswith("…") and any(one.startswith(text[:-1]) for one in self._known)

    def _same_attributes(self, found: Event, expected: Event) -> bool:
        here, there = attributes(found), attributes(expected)
        if here.keys() != there.keys():
            return False
        tag = found[1]
        return all(self._same_value(tag, name, here[name], there[name]) for name in here)

    def _same_value(self, tag: str, name: str, found: str, twin: str) -> bool:
        if found == twin:
            return True
        if (name == "id" and re.fullmatch("h[1-6]", tag)) or (
            name == "href" and twin.startswith("#")
        ):
            return _SLUG.fullmatch(found) is not None
        if name == "dir":
            return found in ("ltr", "rtl")
        expected = self.text(twin)
        if plain(found) == expected:
            return True
        if name in ("content", "title"):
            return _is_cut(found, expected)
        return name == "href" and self._same_fragment(found, twin)

    def _same_fragment(self, found: str, twin: str) -> bool:
        """A link to the very words in the source (WICG, Scroll to Text Fragment)."""
        here, there = _FRAGMENT.match(found), _FRAGMENT.match(twin)
        # An address that ends in `#` needs no other one before the fragment.
        if here is None or there is None or here[1] != self.text(there[1]).removesuffix("#"):
            return False
        words = _squeezed(self.text(unquote(there[2])))
        start, end = _squeezed(unquote(here[2])), _squeezed(unquote(here[3] or ""))
        return bool(start) and words.startswith(start) and words.endswith(end)


@lru_cache(maxsize=1 << 16)
def _has_no_choice(event: Event) -> bool:
    """Whether an event of a twin's page can stand for itself alone: most of a page does."""
    return event[:2] != ("open", "p") and not any(TWIN.search(part) for part in event[1:])


def _without_empty(events: list[Event]) -> Iterator[Event]:
    yield from (event for event in events if event != ("text", ""))


def _spaced(text: str) -> str:
    """The text with every kind of white space as one space, and none at its ends."""
    return " ".join(text.split())


def _squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def _is_in(places: Sequence[Event], name: str) -> bool:
    return any(name in attributes(place).get("class", "").split() for place in places)


def _may_be_cut(places: Sequence[Event]) -> bool:
    """Whether the product shows the beginning of a text here, or one sentence of it."""
    classes = [set(attributes(place).get("class", "").split()) for place in places]
    if any(_CUT_CLASSES & one for one in classes):
        return True
    return any("entry" in one for one in classes) and places[-1][1] == "p"


def _is_cut(found: str, expected: str) -> bool:
    """Whether a text is a part of what was expected: whole sentences, or with an ellipsis."""
    part = _squeezed(found).removesuffix("…")
    return bool(part) and part in _squeezed(expected)


def _untex(match: re.Match[str]) -> str:
    named = {"\\textbackslash{}": "\\", "\\textasciitilde{}": "~", "\\textasciicircum{}": "^"}
    return named.get(match[0]) or match[1]
