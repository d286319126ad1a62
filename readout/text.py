"""Text on its way to a page: the only ways in which it may reach one.

A generated page is Markdown that MkDocs parses again. What somebody typed must come out of that
second parse as typed, whatever it holds. So text has one of three types:

- `PlainText`: as its author typed it. It is encoded when it is printed.
- `SafeMarkdown`, `SafeHtml`: made by our own code; printed as they are.

A template of a Markdown page that prints anything else fails (`finalize`).

The encoder writes numeric character references (HTML Standard, 13.1.4; CommonMark 0.31, 6.2) for
the characters that Python-Markdown (with MkDocs' own extensions toc, tables and fenced_code) or
CommonMark with tables would act on. References are the one form that all of Markdown inline text,
a raw HTML block and a double-quoted attribute read alike.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final
from urllib.parse import quote, urlsplit

import msgspec

ACTS_ANYWHERE: Final = '&<>"[]*_`\\|#'
"""Characters that act wherever they stand: references, tags, the end of an attribute's value,
links, emphasis, code, escapes, table cells, and the hashes that close a heading."""
ACTS_FIRST: Final = "-+=~"
"""Characters that act at the start of a line: lists, rules, setext headings, fences."""
ACTS_LAST: Final = "!"
"""What acts at the end, before a link that a template puts there: it would be an image."""

_LINE_BREAKS = r"\t-\r\x1c-\x1f\x85\u2028\u2029"  # all at which str.splitlines breaks, and TAB
_UNSHOWN = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # content never holds them
_SPACES = re.compile(f"[ {_LINE_BREAKS}]+")
_SPACED = re.compile(f"  |[{_LINE_BREAKS}]")
_ORDINAL = re.compile(r"(\d+)([.)])(?=\s|\Z)")


def shortened(text: str, longest: int) -> str:
    """The text, cut at a word where it is longer than so many characters."""
    if len(text) <= longest:
        return text
    start = text[:longest]
    return (start.rpartition(" ")[0] or start).rstrip(",;:") + "…"


def collapse(text: str) -> str:
    """The text on one line: each run of spaces and line breaks is one space.

    Spaces that HTML does not collapse (U+00A0, U+202F, U+3000...) stay as they are.
    """
    if text.isprintable() and "  " not in text:  # nearly all, and told in a tenth of the time
        return text
    return _SPACES.sub(" ", text) if _SPACED.search(text) else text


def make_encoder(anywhere: str, first: str, last: str) -> Callable[[str], str]:
    """An encoder for the characters that act anywhere, as the first, and as the last.

    `encode` is the one in use; tests make weaker ones to show that each character is needed.
    """
    always = "".join(re.escape(c) for c in anywhere)
    at_start = "".join(re.escape(c) for c in first)
    at_end = "".join(re.escape(c) for c in last)
    clean = re.compile(
        rf"(?![\s{at_start}]|\d+[.)](?:\s|\Z))[^{always}{_LINE_BREAKS}{_UNSHOWN}]++(?<![\s{at_end}])"
    )
    acts = re.compile(f"[{always}{_UNSHOWN}]")
    references = {c: f"&#{ord(c)};" for c in anywhere + first + last}

    def reference(match: re.Match[str]) -> str:
        return references.get(match[0], "\ufffd")

    def encoder(text: str) -> str:
        if clean.fullmatch(text) and "  " not in text:
            return text
        text = acts.sub(reference, collapse(text).strip())
        if text and text[0] in first:
            text = references[text[0]] + text[1:]
        elif ordinal := _ORDINAL.match(text):
            text = f"{ordinal[1]}&#{ord(ordinal[2])};{text[ordinal.end() :]}"
        if text and text[-1] in last:
            text = text[:-1] + references[text[-1]]
        return text

    return encoder


encode: Final = make_encoder(ACTS_ANYWHERE, ACTS_FIRST, ACTS_LAST)
"""`encode(text)`: plain text in a form that shows as typed in every place of a generated page.

The places: Markdown inline text anywhere (at the start of a line, after a list marker, in a
heading, a table cell, a link's words), the text of a raw HTML block, a double-quoted attribute.
Runs of white space become one space and the ends are trimmed, as a browser would; what no page
can show (control characters, lone surrogates; content never holds them) becomes U+FFFD.
"""


def encode_inside(text: str) -> str:
    """`encode` for a piece from the middle of a line: white space at its ends is kept."""
    text = collapse(text)
    core = text.strip()
    if len(core) == len(text):
        return encode(text)
    lead = len(text) - len(text.lstrip())
    return text[:lead] + encode(core) + text[lead + len(core) :]


class PlainText(msgspec.Struct, frozen=True, gc=False):
    """Text as its author typed it, not encoded: `Moscow's reply <draft>`. Falsy when empty.

    It cannot become a `str` by accident (`str()`, f-strings, Jinja's `~` and filters): take
    `.text`, and mean it.
    """

    text: str

    @property
    def html(self) -> SafeHtml:
        """The text encoded, as HTML."""
        return SafeHtml(encode(self.text))

    @property
    def markdown(self) -> SafeMarkdown:
        """The text encoded, as Markdown."""
        return SafeMarkdown(encode(self.text))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        raise TypeError("plain text is encoded when it is printed; take .text for the bare string")


class SafeMarkdown(msgspec.Struct, frozen=True, gc=False):
    """Markdown that our own code made and that is safe to print. Falsy when empty."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        raise TypeError("safe Markdown is printed by itself; take .text for the bare string")


class SafeHtml(msgspec.Struct, frozen=True, gc=False):
    """HTML that our own code made and that is safe to print. Falsy when empty.

    It holds no blank line: one would end the raw HTML block around it (CommonMark 0.31, 4.6).
    """

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        raise TypeError("safe HTML is printed by itself; take .text for the bare string")


def printed(value: object) -> str:
    """What a template prints for a value; a TypeError for what it must not print."""
    kind = type(value)
    if kind is PlainText:
        return encode(value.text)  # type: ignore[attr-defined]
    if kind is SafeMarkdown or kind is SafeHtml:
        return value.text  # type: ignore[attr-defined, no-any-return]
    if kind is int:
        return str(value)
    raise TypeError(
        f"a template prints {kind.__name__} {value!r:.60}; only PlainText, SafeMarkdown, SafeHtml "
        "and int may be printed"
    )


class Printed(str):
    """What a template has printed: every piece of it has passed `finalize`."""

    __slots__ = ()


def finalize(value: object) -> str:
    """What a template prints: `Environment(finalize=finalize)`.

    What macros and blocks return has passed already: it is `Printed`. Everything else raises
    TypeError: a bare `str`, `None`, a `bool`, an undefined name, what a filter made of a str.
    """
    return value if type(value) is Printed else printed(value)


_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.?", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\x00-\x20]", re.IGNORECASE)


_DOTS = re.compile("[.\u3002\uff0e\uff61]")
"""Between the labels of a host (RFC 3490, section 3.1)."""
_KEPT = frozenset("ßς\u200c\u200d")
"""Letters that IDNA 2003 makes others of, or drops, and IDNA 2008 keeps (UTS 46, section 7)."""


def _label(label: str) -> str:
    """A part of a host's name in ASCII."""
    if _KEPT.isdisjoint(label):
        return label.encode("idna").decode("ascii")
    return f"xn--{label.encode('punycode').decode('ascii')}"


def web_address(url: str) -> str | None:
    """An http or https address in ASCII, as a link takes it; None for anything else.

    Characters outside RFC 3986 are percent-encoded (as UTF-8) and names of hosts are in IDNA.
    Refused: any other scheme, no host, a host that is not a name or an IPv4 address, a port that
    is not a number, and a user name before the host (`https://bank.example@evil.example`), which
    serves to deceive. Square brackets do not occur in what is returned.
    """
    url = url.strip()
    if not _WEB.match(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port
        if not host.isascii():
            host = ".".join(map(_label, _DOTS.split(unicodedata.normalize("NFC", host))))
    except ValueError:  # of urlsplit, of the port, or of IDNA
        return None
    if "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    rest = parts.path
    rest += f"?{parts.query}" if parts.query else ""
    rest += f"#{parts.fragment}" if parts.fragment else ""
    encoded = quote(rest, safe="%/:?#@!$&'()*+,;=~-._", errors="replace")
    return f"{parts.scheme}://{host}{'' if port is None else f':{port}'}{encoded}"


_KEY = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z][a-z0-9_-]*")
_NEEDS_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def _scalar(value: object) -> str:
    """A double-quoted YAML 1.1 scalar (5.7, 7.3.1): JSON's form, and escapes that JSON spares."""
    if type(value) is not str:
        raise TypeError(f"front matter takes str and int, not {value!r}")
    return _NEEDS_ESCAPE.sub(_escape, _as_json(value))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


@cache
def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of front matter: {key!r}")
    return key


def front_matter(meta: Mapping[str, str | int]) -> str:
    """The YAML front matter of a page, from its first `---` line to its last, with the line end.

    Every value is read back exactly by PyYAML and by MkDocs. A key that YAML might read as
    something other than text, and a value of another type, is a bug of ours: ValueError, TypeError.
    """
    lines = ["---"]
    for key, value in meta.items():
        written = str(value) if type(value) is int else _scalar(value)
        lines.append(f"{_checked(key)}: {written}")
    return "\n".join([*lines, "---", ""])
