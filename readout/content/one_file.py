"""What one file of content says: its records, checked one by one, and what is wrong with it.

It depends on nothing but the file's name and bytes, so that it can be found out in any process,
and be kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from readout.content.characters import normalise
from readout.content.check import check_article
from readout.content.corpus import Step
from readout.content.encoding import MOST_PROBLEMS, decode, too_many
from readout.content.facts import Facts, facts_of
from readout.content.fields import problem_of_id
from readout.content.files import Unreadable
from readout.content.light import unpack
from readout.content.quick_fit import pack_quickly
from readout.content.schema import (
    Actor,
    Article,
    EventEntry,
    EventKind,
    Place,
    Record,
    Seed,
    SiteFile,
    Topic,
)
from readout.content.shape import Origin, fit, has_too_many_values
from readout.content.yaml_marks import Path
from readout.content.yaml_tree import Node, Tree, read
from readout.diagnostic import Diagnostic, Location, Severity, has_errors
from readout.prose.references import ID_PATTERN

RECORDS: Final[Mapping[str, tuple[str, type[Record]]]] = {
    "articles": ("article", Article),
    "actors": ("actor", Actor),
    "seeds": ("seed", Seed),
}
"""Folder -> kind and type of the records in it, one a file."""
KEYED: Final[Mapping[str, tuple[str, type[Record]]]] = {
    "events.yml": ("event_entry", EventEntry),
    "places.yml": ("place", Place),
    "topics.yml": ("topic", Topic),
    "event_kinds.yml": ("event_kind", EventKind),
}
"""File -> kind and type of the records in it, each under its id."""
SITE: Final = "site.yml"
REDIRECTS: Final = "redirects.yml"
ABOUT: Final = "about.md"
KINDS: Final = (*(kind for kind, _ in RECORDS.values()), *(kind for kind, _ in KEYED.values()))
_ID_LINE = re.compile(rf"""^["']?({ID_PATTERN})["']?[ \t]*:""", re.MULTILINE)
_ACCOUNT_ID = re.compile(rf"""\bid:[ \t]*["']?({ID_PATTERN})""")


class FileResult(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one file says."""

    file: str
    """Relative: `articles/x.yml`, `seeds/x.yml`, `places.yml`."""
    records: dict[str, bytes] = {}
    """By id, packed; of site.yml, by `site`. Records with problems of shape are left out."""
    texts: dict[str, str] = {}
    """Of redirects.yml, its lines; of about.md, its text under `about`."""
    defined: dict[str, tuple[str, ...]] = {}
    """Kind -> the ids that it defines, also of records that were left out."""
    diagnostics: tuple[Diagnostic, ...] = ()
    facts: Facts | None = None
    """Of an article that has the right shape."""
    of_article: tuple[Diagnostic, ...] = ()
    """What the rules of one article find in it."""


def read_file(file: str, data: bytes, shown_file: str) -> FileResult:
    """What a file says. `file` is its relative name, `shown_file` its name for diagnostics.

    Pure; the name must be one that `find_files` gives.
    """
    if file == ABOUT:
        return _read_about(data, shown_file)
    tree = read(data, shown_file)
    origin = Origin(shown_file, data)
    folder, _, name = file.rpartition("/")
    if folder:
        return _read_record(file, folder, name.removesuffix(".yml"), tree, origin)
    if file in KEYED:
        return _read_keyed(file, tree, origin)
    if file == REDIRECTS:
        return _read_redirects(tree, origin)
    return _read_site(tree, origin)


def _read_record(file: str, folder: str, id_: str, tree: Tree, origin: Origin) -> FileResult:
    kind, model = RECORDS[folder]
    defined: dict[str, tuple[str, ...]] = {kind: (id_,)}
    if kind == "article":
        defined["account"] = _accounts(tree, origin)
    if tree.value is None:
        found = tree.diagnostics or (_empty_file(origin),)
        return FileResult(file, defined=defined, diagnostics=found)
    packed, found = _packed(model, tree.value, origin, empty=tree.empty)
    told = (*tree.diagnostics, *found)
    if packed is None or has_errors(tree.diagnostics):
        return FileResult(file, defined=defined, diagnostics=told)
    records = {id_: packed}
    if kind != "article":
        return FileResult(file, records, {}, defined, told)
    article = unpack(Article, packed)
    return FileResult(
        file,
        records,
        {},
        defined,
        told,
        facts_of(id_, article),
        check_article(id_, article, _Places(origin)),
    )


def _packed(
    model: type[Record], value: Node, origin: Origin, path: Path = (), empty: tuple[Path, ...] = ()
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The record that a value is, packed, or None, and what is wrong with it."""
    if not empty and not has_too_many_values(value, origin):
        packed = pack_quickly(model, value)
        if packed is not None:
            return packed, ()
    return fit(model, value, origin, path, empty)


class _Places:
    """The places of one file's values: its `Locator`."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def __call__(
        self, file: str, *path: Step, key: bool = False, offset: int | None = None
    ) -> Location:
        place = self._origin.marks.find(path, key=key, offset=offset)
        return Location(self._origin.file, *place)


def _read_keyed(file: str, tree: Tree, origin: Origin) -> FileResult:
    kind, model = KEYED[file]
    if tree.value is None:
        ids = _ID_LINE.findall(_text_of(origin)) if tree.diagnostics else []
        defined = {kind: tuple(match[0] for match in ids)}
        return FileResult(file, defined=defined, diagnostics=tree.diagnostics)
    if not isinstance(tree.value, dict):
        return FileResult(file, diagnostics=(*tree.diagnostics, _not_keyed(origin)))
    records: dict[str, bytes] = {}
    diagnostics = [*tree.diagnostics]
    empty: dict[Step, list[tuple[Step, ...]]] = {}
    for path in tree.empty:
        empty.setdefault(path[0], []).append(path[1:])
    for id_, value in tree.value.items():
        if len(diagnostics) >= MOST_PROBLEMS:
            diagnostics.append(too_many(origin.file))
            break
        if problem := problem_of_id(id_):
            place = Location(origin.file, *origin.marks.find((id_,), key=True))
            diagnostics.append(Diagnostic("ID001", Severity.ERROR, problem[0], place, problem[1]))
        packed, found = _packed(model, value, origin, (id_,), tuple(empty.get(id_, ())))
        diagnostics += found
        if packed is not None and not problem:
            records[id_] = packed
    if has_errors(tree.diagnostics):
        records = {}
    defined = {kind: tuple(tree.value)}
    return FileResult(file, records, {}, defined, tuple(diagnostics))


def _read_redirects(tree: Tree, origin: Origin) -> FileResult:
    value = tree.value or {}
    if not isinstance(value, dict):
        return FileResult(REDIRECTS, diagnostics=(*tree.diagnostics, _not_keyed(origin)))
    diagnostics = [*tree.diagnostics]
    texts: dict[str, str] = {}
    for old, new in value.items():
        if isinstance(new, str):
            texts[old] = new
            continue
        if len(diagnostics) >= MOST_PROBLEMS:
            diagnostics.append(too_many(origin.file))
            break
        place = Location(origin.file, *origin.marks.find((old,)))
        hint = "write old address: new address, both without .html"
        message = "an address must be text"
        diagnostics.append(Diagnostic("SHAPE003", Severity.ERROR, message, place, hint))
    return FileResult(REDIRECTS, {}, texts, {}, tuple(diagnostics))


def _read_site(tree: Tree, origin: Origin) -> FileResult:
    if tree.value is None:
        return FileResult(SITE, diagnostics=tree.diagnostics)
    packed, found = _packed(SiteFile, tree.value, origin, empty=tree.empty)
    records = {"site": packed} if packed is not None else {}
    return FileResult(SITE, records, diagnostics=(*tree.diagnostics, *found))


def _read_about(data: bytes, shown_file: str) -> FileResult:
    decoded = decode(data, shown_file)
    if decoded.text is None:
        return FileResult(ABOUT, diagnostics=decoded.diagnostics)
    text = normalise(decoded.text.replace("\r\n", "\n"))
    return FileResult(ABOUT, texts={"about": text}, diagnostics=decoded.diagnostics)


def _accounts(tree: Tree, origin: Origin) -> tuple[str, ...]:
    """The ids of the events that an article gives accounts of, as far as they can be seen."""
    if tree.value is None:
        return tuple(match[0] for match in _ACCOUNT_ID.findall(_text_of(origin)))
    events = tree.value.get("events") if isinstance(tree.value, dict) else None
    if not isinstance(events, list):
        return ()
    ids = (event.get("id") for event in events if isinstance(event, dict))
    return tuple(id_ for id_ in ids if isinstance(id_, str))


def _text_of(origin: Origin) -> str:
    return origin.data.decode("utf-8", "replace")


def _empty_file(origin: Origin) -> Diagnostic:
    hint = "write the record, or delete the file"
    place = Location(origin.file)
    return Diagnostic("FILE006", Severity.ERROR, "the file says nothing", place, hint)


def _not_keyed(origin: Origin) -> Diagnostic:
    place = Location(origin.file, *origin.marks.find(()))
    message = "this must be keys with values, not a list"
    hint = 'write "id:" on a line, what belongs to it below and indented'
    return Diagnostic("SHAPE001", Severity.ERROR, message, place, hint)


def unread(file: str, shown_file: str, why: Unreadable) -> FileResult:
    """A file that is there and cannot be read still defines its id."""
    folder, _, name = file.rpartition("/")
    kind = RECORDS[folder][0] if folder else None
    defined: dict[str, tuple[str, ...]] = {kind: (name.removesuffix(".yml"),)} if kind else {}
    place = Location(shown_file)
    problem = Diagnostic(why.code, Severity.ERROR, why.message, place, why.hint)
    return FileResult(file, defined=defined, diagnostics=(problem,))
