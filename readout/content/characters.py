"""The characters that no content file may hold, and how a piece of content is shown in a message.

Control characters, lone surrogates, noncharacters, bidi controls and other invisible format
characters hide what a text says from those who review it (Unicode Technical Report 36; UAX 9,
section 2; "Trojan Source", CVE-2021-42574). ZWJ, ZWNJ, LRM, RLM and ALM are ordinary in Persian,
Arabic, Hebrew and emoji, and so are the visible signs of category Cf (Unicode 15.1, section 23.2,
"Prepended Concatenation Marks").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from readout.value import Value

_CONTROLS: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SURROGATES: Final = r"\ud800-\udfff"
_BIDI: Final = r"\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS: Final = r"\ufdd0-\ufdef" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(17)
)
_INVISIBLE: Final = (
    r"\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
IGNORABLE: Final = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What readers do not see: Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt."""
BLANKS: Final = r"\u115f\u1160\u2800\u3164\uffa0"
"""What shows as a space in some or all fonts, and is none to Unicode: fillers of Hangul, and the
cell of Braille without dots."""
_BLANK = re.compile(rf"[\s{IGNORABLE}{BLANKS}]*+")
_FORBIDDEN = re.compile(
    f"[{_CONTROLS}{_SURROGATES}{_BIDI}{_NONCHARACTERS}{_INVISIBLE}]|\r(?!\n)",
)
_KINDS: Final = (
    ("TEXT002", re.compile(f"[{_CONTROLS}\r]"), "control character"),
    ("TEXT003", re.compile(f"[{_BIDI}]"), "bidi control"),
    ("TEXT004", re.compile(f"[{_INVISIBLE}]"), "invisible character"),
    ("TEXT005", re.compile(f"[{_SURROGATES}]"), "lone surrogate"),
    ("TEXT006", re.compile(f"[{_NONCHARACTERS}]"), "noncharacter"),
)
_HINTS: Final = {
    "TEXT002": "delete it; it often comes with text that was copied from a PDF or a terminal",
    "TEXT003": "delete it; where direction matters use U+200E, U+200F or U+061C",
    "TEXT004": "delete it; it often comes with text that was copied from a web page",
    "TEXT005": "type the character itself; half of a pair stands for nothing",
    "TEXT006": "delete it; it stands for nothing",
}
_CONTROL_NAMES: Final = {
    0x00: "null", 0x07: "bell", 0x08: "backspace", 0x09: "tab", 0x0A: "line feed",
    0x0B: "vertical tab", 0x0C: "form feed", 0x0D: "carriage return", 0x1B: "escape",
    0x7F: "delete", 0x85: "next line",
}  # fmt: skip
_PLAIN_BYTES: Final = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
MASK: Final = "\ufffd"
"""What stands for a forbidden character while reading goes on."""


class BadCharacter(Value, frozen=True):
    """A forbidden character, as a diagnostic tells it."""

    code: str
    """`TEXT003`."""
    message: str
    """`bidi control U+202E (RIGHT-TO-LEFT OVERRIDE)`."""
    hint: str


_CALM: Final[set[str]] = set()
"""Characters beyond ASCII that have been found calm, in this process."""
_JAMO: Final = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")


def is_calm(text: str) -> bool:
    """Whether it is seen at a glance that a text is clean and in NFC: of its characters alone.

    A character is calm that is not forbidden, and that NFC neither changes nor joins to the one
    before it, whichever that is. Plain ASCII is calm.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES)
    if not rest:
        return True
    strange = set(rest.decode("utf-8", "surrogatepass")) - _CALM
    if not strange:
        return True
    _CALM.update(filter(_is_calm, strange))
    return strange <= _CALM


def _is_calm(character: str) -> bool:
    """Of Unicode's first plane alone; beyond it, letters join others, too."""
    return (
        "\x80" <= character < "\U00010000"
        and not is_bad(character)
        and not unicodedata.category(character).startswith("M")
        and not unicodedata.combining(character)
        and not _JAMO.match(character)
        and unicodedata.is_normalized("NFC", character)
    )


def is_clean(text: str) -> bool:
    """Whether a text holds no forbidden character. A carriage return may stand before LF.

    Plain ASCII is taken out first, in one pass in C; a search with the whole pattern costs 50
    times as much as that.
    """
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES)
    if not rest:
        return True
    if b"\r" in rest:
        if text.count("\r") != text.count("\r\n"):
            return False
        rest = rest.replace(b"\r", b"")
    return _FORBIDDEN.search("".join(set(rest.decode("utf-8", "surrogatepass")))) is None


def find_bad(text: str) -> Iterator[tuple[int, BadCharacter]]:
    """Each forbidden character of a text, with its offset."""
    for found in _FORBIDDEN.finditer(text):
        yield found.start(), describe(found.group())


def is_bad(character: str) -> bool:
    """Whether a value may not hold this character; a carriage return, too."""
    return _FORBIDDEN.match(character) is not None


def mask(text: str) -> str:
    """The text with U+FFFD for every forbidden character, so that no other character moves.

    A lone carriage return becomes LF: it ended a line for whoever wrote it.
    """
    return _FORBIDDEN.sub(lambda found: "\n" if found.group() == "\r" else MASK, text)


def describe(character: str) -> BadCharacter:
    """What a forbidden character is called, by kind, code point and Unicode name."""
    code, _, kind = next(k for k in _KINDS if k[1].match(character))
    hint = _HINTS[code]
    if character == "\r":
        hint = "save the file with the line ends of Unix (LF) or Windows (CR LF)"
    return BadCharacter(code, f"{kind} {name_of(character)}", hint)


def name_of(character: str) -> str:
    """A character's code point and name: `U+00A0 (NO-BREAK SPACE)`."""
    point = ord(character)
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(point, "")
    return f"U+{point:04X}" + (f" ({name})" if name else "")


def is_blank(text: str) -> bool:
    """Whether readers see nothing of a text."""
    return not "!" <= text[:1] <= "~" and _BLANK.fullmatch(text) is not None


def normalise(text: str) -> str:
    """The text in Unicode Normalization Form C (UAX 15)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_normal(text: str) -> bool:
    """Whether a text is in Normalization Form C already."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def shown(text: str, limit: int = 60) -> str:
    """A piece of content as a message may quote it: one line, short, nothing hidden in it."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return _FORBIDDEN.sub(
        lambda found: f"<U+{ord(found.group()):04X}>",
        re.sub(r"[\t\r\n\u2028\u2029]+", " ", short),
    )
