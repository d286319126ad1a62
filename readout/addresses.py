"""Where pages stand: the one registry of addresses, and the links between them.

An *address* is what readers visit, without the root and without a suffix: `index`,
`briefings/moscow-times-2018-05-10`, `actors/usa/1987`. (The address of a file that is no page
keeps its suffix: `data/articles.json`.) An *id* is what authors write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from readout.value import Value

_SEGMENT = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?<!\.)")
"""No dot first (hidden: MkDocs leaves it out) and none last (Windows drops it)."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Windows refuses these as the names of files and folders, with any suffix."""
_LONGEST_SEGMENT = 240
"""In bytes: 255 is what common file systems take; the rest is room for a suffix."""
_LONGEST_ADDRESS = 1000
ANYWHERE: Final = "\x01"
"""Before an address, it stands for the way there from a page that is yet to be known. No text of a
page has it: content holds no control characters, and the encoder (`readout.text`) leaves none."""


def unaccented(text: str) -> str:
    """The text in small letters, without the marks on them: `Überstunden` -> `uberstunden`."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def slug(name: str) -> str:
    """A name as an id would have it: `Vladimír Putin` -> `vladimir-putin`."""
    return re.sub(r"[\W_]+", "-", unaccented(name)).strip("-")


def root_of(web_address: str) -> str:
    """The address of a site's root, to which those of its pages are added: with a slash at its end,
    and without a query or a fragment."""
    return re.split("[?#]", web_address, maxsplit=1)[0].rstrip("/") + "/"


class AddressProblem(Value, frozen=True):
    """An address that cannot be given out, and who asked for it."""

    address: str
    """As it was asked for: `briefings/x`."""
    source: str
    """Who asked: `content/articles/x.yml`."""
    message: str
    """One line: what is wrong, naming both sources where two want one address."""
    other: str | None = None
    """Who has it already; None when the address itself is at fault."""

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


class Registry:
    """The final addresses of one site, each with who asked for it.

    Two addresses are the same when NFKC casefold makes them so (Unicode, UAX 15 and section
    5.18): what one file system keeps apart, another does not.
    """

    def __init__(self) -> None:
        self._claimed: dict[str, tuple[str, str]] = {}
        """Key -> (address, source)."""

    def claim(self, address: str, source: str) -> AddressProblem | None:
        """Gives `address` to `source`, or says why not.

        `source` is what a reader of the message should look at: a file, or what made the page.
        """
        fault = fault_of(address)
        if fault is not None:
            return AddressProblem(address, source, f'address "{address}" {fault}')
        holder = self._claimed.setdefault(_key(address), (address, source))
        if holder == (address, source):
            return None
        taken, other = holder
        message = f'address "{address}" is already that of {other}'
        if taken != address:
            message = f'address "{address}" is the same as "{taken}" of {other}'
        return AddressProblem(address, source, message, other)


def digest_of(addresses: Iterable[str]) -> bytes:
    """A digest of addresses, in whatever order they come."""
    return blake2b("\n".join(sorted(addresses)).encode(), digest_size=16).digest()


def _key(address: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address).casefold())


def fault_of(address: str) -> str | None:
    """What is wrong with the writing of an address. Two in which nothing is are the same to a
    `Registry` only where they are equal: they have no letters but small ones of ASCII."""
    if len(address) > _LONGEST_ADDRESS:
        return f"is longer than {_LONGEST_ADDRESS} characters"
    segments = address.split("/")
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            return "is not a relative path of a-z, 0-9, - and _ (a dot only inside a name)"
        if len(segment) > _LONGEST_SEGMENT:
            return f"has a part longer than {_LONGEST_SEGMENT} characters"
        if _RESERVED.fullmatch(segment):
            return f'has a part "{segment}", which Windows reserves'
        if segment.endswith((".md", ".html")):
            return f'has a part "{segment}" that ends in .md or .html'
    if segments[0] == "templates" and len(segments) > 1:
        return 'is in "templates", which MkDocs leaves out of every site'
    return None


def relative(from_address: str, to_address: str) -> str:
    """The way from one page to another, as a link takes it (RFC 3986, section 4.2).

    `relative("events/yalta", "actors/putin")` is `../actors/putin`. Both are addresses that a
    `Registry` would give out.
    """
    return _way(from_address.rpartition("/")[0], to_address)


@lru_cache(maxsize=1 << 13)
def _way(folder: str, address: str) -> str:
    """From a folder to an address: pages are many, folders few, so that the cache is small."""
    if not folder:
        return address
    here = folder.split("/")
    there = address.split("/")
    common = 0
    for a, b in zip(here, there[:-1], strict=False):
        if a != b:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def own_ways(text: str, address: str) -> str:
    """The text as the page at an address has it: each `ANYWHERE` is the way from there.

    A fragment of the page itself is its fragment alone.
    """
    if ANYWHERE not in text:
        return text
    for end, own in ((".html#", "#"), (".html&#35;", "&#35;"), (".md#", "#")):
        text = text.replace(f"{ANYWHERE}{address}{end}", own)
    folder, up = address.rpartition("/")[0], ""
    while folder:
        text = text.replace(f"{ANYWHERE}{folder}/", up)
        folder, up = folder.rpartition("/")[0], f"../{up}"
    return text.replace(ANYWHERE, up)
