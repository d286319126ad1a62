"""`build.py verify`: compares every quotation with its text, and writes the records.

The texts belong to their publishers: they are read, never written anywhere. A record (seeds/
<seed>.yml) holds the hash of its text, and of each quotation that is verbatim in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from readout.content.corpus import Corpus, Folders
from readout.content.encoding import LARGEST
from readout.content.files import Unreadable, read_bytes, reason
from readout.content.load import Loaded, load, read_and_check
from readout.content.quotes import (
    LEFT_OUT,
    Quotation,
    find,
    normalise,
    quotations_of,
)
from readout.content.rules.not_verified import RULE as _NOT_VERIFIED
from readout.content.schema import Article, Seed
from readout.content.seed_record import make_record, write_record
from readout.content.verify_codes import (
    VERIFY_MISSING,
    VERIFY_NOT_FOUND,
    VERIFY_UNREADABLE,
    VERIFY_UNWRITTEN,
)
from readout.diagnostic import Diagnostic, Location, Severity, in_order
from readout.value import Value

_SHOWN: Final = 40
"""Words of the nearest passage that a hint shows at most."""
_COMPARED: Final = 200
"""Words of a quotation that are compared with a text's at most: the work is that of all pairs."""
_DOTS = re.compile(r"(?<![.\[])\.{3}(?![.\]])")


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """What was found, and what was written."""

    diagnostics: tuple[Diagnostic, ...]
    written: tuple[Path, ...]
    """The records whose bytes changed, sorted."""
    records: Mapping[str, Seed]
    """Every record that could be made, by the seed's name, sorted."""
    not_had: tuple[str, ...] = ()
    """The seeds whose texts are not there and need not be, sorted: their records have every
    quotation."""


class _Text(Value, frozen=True):
    data: bytes
    text: str


def verify_content(folders: Folders, texts: Path) -> VerifyResult:
    """All that the command `verify` does: reads, compares, writes the records, and checks again.

    Its diagnostics are all that there is to tell. A quotation that is not in its text (VERIFY003)
    is not told a second time, as one that is not in its record (QUOTE001).
    """
    result = verify(load(folders), texts, folders.seeds)
    _, after = read_and_check(folders)  # with the records just written
    wrong = {one.location for one in result.diagnostics if one.code == VERIFY_NOT_FOUND}
    rest = (one for one in after if one.code != _NOT_VERIFIED[0] or one.location not in wrong)
    return replace(result, diagnostics=in_order((*result.diagnostics, *rest)))


def verify(loaded: Loaded, texts: Path, seeds: Path) -> VerifyResult:
    """Checks each quote and excerpt against `texts`/<seed>.txt and rewrites the records in `seeds`.

    A record is rewritten, whole or not at all, only where its bytes change. One whose text is
    missing stays as it is. That is no problem where it has every quotation, since nobody has
    everybody's texts; but a folder that has none of them is another than was meant. While any
    article cannot be read nothing is written, since the quotations of that article would go from
    the records; its own problems come first.
    """
    corpus, locate = loaded.corpus, loaded.locate
    found: list[Diagnostic] = []
    records: dict[str, Seed] = {}
    not_had: dict[str, Diagnostic] = {}
    for seed, articles in _by_seed(corpus).items():
        text = _read(texts, seed)
        if isinstance(text, _Text):
            plain = normalise(text.text)
            places: list[tuple[Quotation, int]] = []
            for file, n, key, quotation in articles:
                at = find(quotation, plain)
                if at is not None:
                    places.append((quotation, at))
                else:
                    where = locate(file, "claims", n, key)
                    found.append(_not_found(where, key, f"{seed}.txt", quotation, plain))
            records[seed] = make_record(text.data, text.text, places)
        else:
            first = _first_use(corpus, seed)
            code, message, hint = text
            where = locate(f"articles/{first}.yml", "source", "seed")
            problem = Diagnostic(code, Severity.ERROR, message, where, hint)
            if code == VERIFY_MISSING and _has_all(corpus.seeds.get(seed), articles):
                not_had[seed] = problem
            else:
                found.append(problem)
    if not records:
        found += not_had.values()
        not_had.clear()
    written: list[Path] = []
    if loaded.defined.get("article", frozenset()) <= corpus.articles.keys():
        for seed, record in records.items():
            path = seeds / f"{seed}.yml"
            unwritten = _write(path, write_record(record).encode(), written)
            if unwritten is not None:
                found.append(unwritten)
    return VerifyResult(in_order(found), tuple(written), records, tuple(not_had))


_Use = tuple[str, int, str, Quotation]
"""A quotation with its place: the file, the claim's index, the key."""


def _by_seed(corpus: Corpus) -> dict[str, list[_Use]]:
    uses: dict[str, list[_Use]] = {}
    for id_, article in corpus.articles.items():
        if article.source.seed is not None:
            uses.setdefault(article.source.seed, []).extend(_uses(id_, article))
    return dict(sorted(uses.items()))


def _uses(id_: str, article: Article) -> Iterator[_Use]:
    for n, key, text in quotations_of(article):
        yield f"articles/{id_}.yml", n, key, Quotation.of(text)


def _has_all(record: Seed | None, uses: Iterable[_Use]) -> bool:
    """Whether a record has every quotation of its text."""
    if record is None:
        return False
    known = {quote.sha256 for quote in record.quotes}
    return all(quotation.sha256 in known for _, _, _, quotation in uses)


def _first_use(corpus: Corpus, seed: str) -> str:
    return min(id_ for id_, article in corpus.articles.items() if article.source.seed == seed)


def _read(texts: Path, seed: str) -> _Text | tuple[str, str, str]:
    """The text, or the code, message and hint of why there is none."""
    path = texts / f"{seed}.txt"
    shown = path.as_posix()
    if not os.path.lexists(path):
        return VERIFY_MISSING, f"the text {shown} is not there", "save the article's text there"
    data = read_bytes(shown)
    if isinstance(data, Unreadable):
        return VERIFY_UNREADABLE, f"the text {shown} cannot be used: {data.message}", data.hint
    if len(data) > LARGEST:
        message = f"the text {shown} is larger than {LARGEST >> 20} MiB"
        return VERIFY_UNREADABLE, message, "keep the article alone in it"
    try:
        return _Text(data, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        wrong = f"byte {error.start + 1} is 0x{data[error.start]:02x}"
        return VERIFY_UNREADABLE, f"the text {shown} is not UTF-8: {wrong}", "save it as UTF-8"


def _not_found(where: Location, key: str, file: str, quotation: Quotation, text: str) -> Diagnostic:
    """A quotation that is not verbatim, with the passage of the text that comes nearest."""
    missing = next((part for part in quotation.parts if find(Quotation(part), text) is None), None)
    if not quotation.parts:
        hint = "it has no words"
    elif missing is None:
        hint = "its parts are there, but in another order"
    elif _is_found_with_gaps(quotation, text):
        hint = f"write {LEFT_OUT} where words are left out; ... alone is part of them"
    else:
        near = nearest(missing, text)
        hint = f"the text has: {near}" if near else "no words of it follow each other there"
    return Diagnostic(
        VERIFY_NOT_FOUND, Severity.ERROR, f"this {key} is not in {file} word for word", where, hint
    )


def _is_found_with_gaps(quotation: Quotation, text: str) -> bool:
    """Whether `...` was meant to leave words out."""
    marked = _DOTS.sub(LEFT_OUT, quotation.words)
    return marked != quotation.words and find(Quotation(marked), text) is not None


def nearest(part: str, text: str) -> str | None:
    """The passage of a normalised text that a stretch of words most resembles, by its longest run
    of words in common (small and capital letters, and punctuation, apart); None where none is."""
    words = text.split(" ")
    wanted = [_bare(word) for word in _first_missing(part, text).split(" ")]
    matcher = SequenceMatcher(None, [_bare(word) for word in words], wanted, autojunk=False)
    run = matcher.find_longest_match()
    if run.size == 0:
        return None
    start = max(run.a - run.b, 0)
    end = min(start + len(wanted), len(words))
    if end - start > _SHOWN:  # around the run's end: there the two part
        start = max(start, min(run.a + run.size - _SHOWN // 2, end - _SHOWN))
        end = start + _SHOWN
    return " ".join(words[start:end]).strip()


def _first_missing(part: str, text: str) -> str:
    """The first stretch of so many words that are compared which the text has not as they are."""
    words = part.split(" ")
    stretches = [" ".join(words[n : n + _COMPARED]) for n in range(0, len(words), _COMPARED)]
    return next((one for one in stretches if one not in text), stretches[0])


def _bare(word: str) -> str:
    return "".join(c for c in word.casefold() if c.isalnum()) or word


def _write(path: Path, data: bytes, written: list[Path]) -> Diagnostic | None:
    """Replaces a record in one step where its bytes change, and notes that."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        message = f"the record cannot be written: {reason(error)}"
        return Diagnostic(VERIFY_UNWRITTEN, Severity.ERROR, message, Location(path.as_posix()))
    written.append(path)
    return None
