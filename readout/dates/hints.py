"""What to write instead: hints for the usual slips of people who write dates.

A hint never decides: where a text has two readings (`10/05/2018`), it names both. Every date that
a hint offers has been read by the parser first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from readout.dates.readings import WEEKDAY, Check, readings_of

GENERAL: Final = (
    "write a date as 2018-05-10, 2018-05 or 2018; 2018-05~ is about, 2018-05-10/2018-05-12 a span"
)
_NOTHING = re.compile(
    r"[?\-–—.]*|unknown|unclear|undated|unspecified|none|null|nil|n\.?\s?/?\s?[ad]\.?|tb[acd]"
    r"|not (?:known|stated|given|available)"
)
_RELATIVE = re.compile(
    rf"(?:(?:on|last|next|this|early|late|earlier|later)\s+)*(?:{WEEKDAY}"
    r"|today|tonight|yesterday|tomorrow|now|recently|(?:last|next|this)\s+\w+|(?:\w+ )?\w+ ago)"
    r"(?:\s+(?:morning|afternoon|evening|night|week|month|year))?"
)


def hint_for(text: str, check: Check) -> str:
    """A hint for a text that is no date, in the words of an author's message."""
    plain = _tidied(text)
    low = plain.lower()
    if _NOTHING.fullmatch(low):
        return "leave the key out where no date is known"
    if _RELATIVE.fullmatch(low):
        return "work the date out from the article's own date, and keep these words in date_words"
    readings = tuple(dict.fromkeys(readings_of(plain, check)))
    meant = [reading for reading in readings if check(reading.date) == ""]
    if meant:
        return "write " + " or ".join(
            reading.date + (f" ({reading.note})" if reading.note else "") for reading in meant
        )
    reasons = (check(reading.date) for reading in readings)
    return next((reason for reason in reasons if reason), None) or _why(low) or GENERAL


def _why(low: str) -> str | None:
    """What can be said of a text that has no reading."""
    if re.fullmatch(r"[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ][0-9]{2}", low):
        return "write the year in four digits, and the year first: 2018-05-10"
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}.*", low):
        return "a time of day follows its date: 2018-05-10T03:30:00Z"
    if re.match(r"(?:early|mid|late|beginning of|end of)[\s-]", low):
        return "EDTF has no early, middle or late: write the whole period, the words in date_words"
    if low[:1] in "[{":
        return "a set is [a,b], [a..b], [..b] or [a..] (one of), or the same in { } (all of)"
    if "(" in low:
        return (
            "parentheses are from the draft of 2012; a mark follows or precedes its part: 2004-?06"
        )
    if re.search(r"t[0-9:.z+\-]+[?~%]$", low):
        return "a date with a time of day takes no ?, ~ or %; mark the day: 2018-05-10?"
    return None


def _tidied(text: str) -> str:
    """The text with digits, dashes and spaces as a keyboard has them."""
    kept = []
    for char in " ".join(text.split()):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            kept.append(str(digit))
        elif unicodedata.category(char) == "Pd" or char == "−":
            kept.append("-")
        elif unicodedata.category(char) != "Cf":
            kept.append(char)
    bare = "".join(kept).strip(" \"'“”„‘’‚«»")
    bare = re.sub(r"^on (?=.*[0-9])", "", bare, flags=re.IGNORECASE)
    return bare if bare.endswith("..") else bare.rstrip(".,;")
