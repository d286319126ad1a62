"""The kinds of value that content files hold, each read from text.

Every scalar of YAML is text here; these types decide what it means. A value that does not fit
raises `UnfitError`, which has the diagnostic's code (docs/codes.md). What `Annotated` adds to a
type is read by `checked` (pydantic) and by `quick_fit` alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, NamedTuple
from urllib.parse import urlsplit

from readout.addresses import slug, unaccented
from readout.content.characters import shown
from readout.content.date_field import EdtfField
from readout.content.unfit import UnfitError
from readout.dates import Edtf
from readout.prose.references import ID_LENGTH, ID_PATTERN

RESERVED_IDS: Final = frozenset(
    ["index", "con", "prn", "aux", "nul"]
    + [f"{device}{n}" for device in ("com", "lpt") for n in range(10)]
)


class Before(NamedTuple):
    """Reads a value before its type is asked for."""

    read: Callable[[Any], Any]


class After(NamedTuple):
    """Reads a value that is of its type."""

    read: Callable[[Any], Any]


class NotEmpty(NamedTuple):
    """Marks text of one character at least."""


_ID = re.compile(ID_PATTERN)
_CLAIM_REF = re.compile(f"({ID_PATTERN})?#{ID_PATTERN}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*|x(-[A-Za-z0-9]{1,8})+")
_URL = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+[^\s<>\"\\^`{|}]*", re.IGNORECASE)


def problem_of_id(text: str) -> tuple[str, str] | None:
    """What is wrong with an id and how to mend it, or None (docs/content.md, "Ids")."""
    if not _ID.fullmatch(text):
        mended = slug(text[: 2 * ID_LENGTH])
        hint = "an id is small letters a-z and digits, in groups joined by single hyphens"
        if mended and _ID.fullmatch(mended):
            hint += f': "{mended[:ID_LENGTH].rstrip("-")}"'
        return f'"{shown(text)}" cannot be an id', hint
    if len(text) > ID_LENGTH:
        return f"an id of {len(text)} characters is too long", f"at most {ID_LENGTH} characters"
    if text.isdecimal():
        return f'"{shown(text)}" cannot be an id', "an id is never digits alone; add a word"
    if text in RESERVED_IDS:
        return f'"{text}" cannot be an id', "this name is reserved (index, and Windows' devices)"
    return None


def problem_of_seed_name(text: str) -> tuple[str, str] | None:
    """The same of a seed's name, which may hold `_` where an id has `-`."""
    problem = problem_of_id(text.replace("_", "-"))
    if problem is None:
        return None
    if "cannot" not in problem[0]:
        return problem
    hint = "the name of a seed is small letters a-z and digits, in groups joined by _ or -"
    mended = re.sub(r"\W+", "-", unaccented(re.sub("[.](txt|yml)$", "", text.lower()))).strip("-_")
    if problem_of_id(mended.replace("_", "-")) is None:
        hint = (
            f'write "{mended}": {hint}'
            if "." not in text
            else f'write "{mended}", without its ending'
        )
    return f'"{shown(text)}" cannot be the name of a seed', hint


def _check_seed_name(value: str) -> str:
    problem = problem_of_seed_name(value)
    if problem:
        raise UnfitError("VAL009", "{message}", {"message": problem[0], "hint": problem[1]})
    return value


def _check_id(value: str) -> str:
    problem = problem_of_id(value)
    if problem:
        raise UnfitError("ID001", "{message}", {"message": problem[0], "hint": problem[1]})
    return value


def _check_claim_ref(value: str) -> str:
    if not _CLAIM_REF.fullmatch(value):
        hint = (
            'write "#claim" for one of this article, "article-id#claim" for another\'s, in quotes'
        )
        if problem_of_id(value) is None:
            hint = f'write "#{value}", with the quotes, for a claim of this article'
        raise UnfitError(
            "REF010",
            '"{value}" is not a reference to a claim',
            {"value": shown(value), "hint": hint},
        )
    return value


def _check_language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise UnfitError(
            "VAL004",
            '"{value}" is not a language tag',
            {"value": shown(value), "hint": "a BCP 47 tag such as en, he, fa or zh-Hant"},
        )
    return value


def _hint_for_url(text: str) -> str:
    mended = text.replace(" ", "%20")
    if _URL.fullmatch(text) and "@" in _host_part(text):
        return (
            "it names somebody before its host, which deceives readers: the page is at "
            f'"{shown(_host_part(text).rpartition("@")[2])}"; take out all from // to @'
        )
    if " " in text and _URL.fullmatch(mended):
        return f"an address has no spaces; where one belongs to it, write %20: {shown(mended, 120)}"
    return "write the whole address, from http:// or https://"


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address with a host that can be one (RFC 3986).

    So is whatever a link in prose may lead to (`readout.text.web_address`), once it is encoded.
    None names somebody before its host (`https://bank.example@evil.example`): that serves to
    deceive, and no address of http that is given to others may have it (RFC 9110, 4.2.4).
    """
    try:
        _ = urlsplit(text).port
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return False
    return _URL.fullmatch(text) is not None and "@" not in _host_part(text)


def _host_part(address: str) -> str:
    """What stands from `//` to the path."""
    return re.split("[/?#]", address, maxsplit=3)[2]


def _check_url(value: str) -> str:
    if not is_web_address(value):
        raise UnfitError(
            "VAL003",
            '"{value}" is not a web address',
            {"value": shown(value), "hint": _hint_for_url(value)},
        )
    return value


_BOOLS: Final = dict.fromkeys(("yes", "y", "on", "true", "1"), "true") | dict.fromkeys(
    ("no", "n", "off", "false", "0"), "false"
)
"""What people write for true and false."""


def _read_bool(value: object) -> object:
    if isinstance(value, str):
        if value in ("true", "false"):
            return value == "true"
        raise UnfitError(
            "VAL002",
            '"{value}" is neither true nor false',
            {"value": shown(value), "hint": f"write {_BOOLS.get(value.lower(), 'true or false')}"},
        )
    return value


def _matching(pattern: str, code: str, what: str, hint: str) -> Before:
    """A validator of text that must match a pattern in full."""
    compiled = re.compile(pattern)

    def check(value: object) -> object:
        if isinstance(value, str) and not compiled.fullmatch(value):
            raise UnfitError(
                code, '"{value}" is not {what}', {"value": shown(value), "what": what, "hint": hint}
            )
        return value

    return Before(check)


def _degrees(limit: int, what: str) -> Before:
    number = re.compile("[+-]?[0-9]{1,3}([.][0-9]{1,15})?")

    def read(value: object) -> object:
        if isinstance(value, str):
            if not number.fullmatch(value) or abs(float(value)) > limit:
                raise UnfitError(
                    "VAL005",
                    '"{value}" is not a {what}',
                    {
                        "value": shown(value),
                        "what": what,
                        "hint": "decimal degrees, latitude first: at: [33.51, 36.29]",
                    },
                )
            return float(value)
        return value

    return Before(read)


def _read_count(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch("[0-9]{1,12}", value):
            raise UnfitError(
                "VAL007",
                '"{value}" is not a whole number',
                {"value": shown(value), "hint": "write digits alone"},
            )
        return int(value)
    return value


class Holds(NamedTuple):
    """Marks a kind of text that is checked no further here, to tell it from plain text."""

    what: Literal["prose", "id"]


Plain = Annotated[str, NotEmpty()]
"""Plain text: never Markdown."""
Prose = Annotated[str, NotEmpty(), Holds("prose")]
"""Prose: the safe part of Markdown, and references such as `[[netanyahu]]`."""
Id = Annotated[str, After(_check_id)]
"""An id, as authors write it."""
Ref = Annotated[str, NotEmpty(), Holds("id")]
"""The id of something that is defined elsewhere. Any text passes here, for a name in its place is
answered with the id of whom it names, and the file alone does not know it (rules/unknown_id.py)."""
Url = Annotated[str, After(_check_url)]
"""An absolute http or https address."""
Language = Annotated[str, After(_check_language)]
"""A BCP 47 language tag."""
Bool = Annotated[bool, Before(_read_bool)]
Latitude = Annotated[float, _degrees(90, "latitude between -90 and 90")]
Longitude = Annotated[float, _degrees(180, "longitude between -180 and 180")]
Count = Annotated[int, Before(_read_count)]
ClaimRef = Annotated[str, After(_check_claim_ref)]
"""`#claim` of the same article, or `article-id#claim`."""
Grade = Annotated[
    str, _matching("[A-F][1-6]", "VAL008", "an Admiralty grade", "A-F then 1-6, such as B2")
]
SeedName = Annotated[str, After(_check_seed_name)]
"""The name of a seed's record, without .yml."""
WikidataId = Annotated[
    str, _matching("Q[1-9][0-9]{0,11}", "VAL010", "a Wikidata id", "Q and digits, such as Q43723")
]
Sha256 = Annotated[str, _matching("[0-9a-f]{64}", "VAL011", "a SHA-256 sum", "run build.py verify")]
Date = Annotated[Edtf, EdtfField]
"""An EDTF date (ISO 8601-2:2019)."""

ActorKind = Literal["person", "state", "organisation", "group", "outlet"]
Role = Literal[
    "participant", "host", "visitor", "caller", "callee", "sender", "intermediary", "recipient",
    "attacker", "target", "victim", "speaker", "subject", "signatory", "mediator", "publisher",
    "supplier", "receiver",
]  # fmt: skip
Stance = Literal["asserts", "denies", "confirms", "no-comment"]
Status = Literal["happened", "reported", "alleged", "planned", "denied"]
Confidence = Literal["low", "moderate", "high"]
Likelihood = Literal[
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable",
    "roughly even chance", "roughly even odds", "likely", "probable", "very likely",
    "highly probable", "almost certain", "nearly certain",
]  # fmt: skip
"""ICD 203 (Office of the Director of National Intelligence, 2015), both columns."""
PloverCategory = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
