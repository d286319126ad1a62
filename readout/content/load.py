"""`load`: from the folders of content to the corpus, with every problem of reading and of shape.

Work on one file (`read_file`) depends on nothing but its name and bytes, so it can be done in any
process and its result be kept; `assemble` puts the results together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from readout.content.characters import normalise
from readout.content.corpus import Corpus, Folders, Locator, Step
from readout.content.encoding import MOST_PROBLEMS, decode, too_many
from readout.content.fields import ID_PATTERN, problem_of_id
from readout.content.files import Unreadable, display, find_files, read_bytes
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
from readout.content.shape import Origin, fit
from readout.content.yaml_marks import Marks
from readout.content.yaml_tree import Tree, read, read_marks
from readout.diagnostic import Diagnostic, Location, Severity, in_order

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
_MARKS_KEPT: Final = 32


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file says."""

    file: str
    """Relative: `articles/x.yml`, `seeds/x.yml`, `places.yml`."""
    records: Mapping[str, Record] = field(default_factory=dict)
    """By id; of site.yml, by `site`. Records with problems of shape are left out."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Of redirects.yml, its lines; of about.md, its text under `about`."""
    defined: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Kind -> the ids that it defines, also of records that were left out."""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of `load`."""

    corpus: Corpus
    locate: Locator
    diagnostics: tuple[Diagnostic, ...]
    """Sorted; every problem of files, characters, YAML and shape."""
    defined: Mapping[str, frozenset[str]]
    """Kind (`actor`, `article`, `seed`, `event_entry`, `place`, `topic`, `event_kind`, and
    `account`: events that articles give accounts of) -> every id seen, broken or not."""


def load(folders: Folders) -> Loaded:
    """Reads everything. Raises nothing: what is wrong is in `diagnostics`."""
    found, problems = find_files(folders)
    results = []
    for one in found:
        data = read_bytes(one.path)
        shown_file = display(folders, one.file)
        if isinstance(data, Unreadable):
            results.append(_unread(one.file, shown_file, data))
        else:
            results.append(read_file(one.file, data, shown_file))
    return assemble(folders, results, problems)


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
    defined = {kind: frozenset([id_])}
    if kind == "article":
        defined["account"] = _accounts(tree, origin)
    if tree.value is None:
        found = tree.diagnostics or (_empty_file(origin),)
        return FileResult(file, defined=defined, diagnostics=found)
    record, found = fit(model, tree.value, origin, empty=tree.empty)
    records = {} if record is None or _has_error(tree.diagnostics) else {id_: record}
    return FileResult(file, records, {}, defined, (*tree.diagnostics, *found))


def _read_keyed(file: str, tree: Tree, origin: Origin) -> FileResult:
    kind, model = KEYED[file]
    if tree.value is None:
        ids = _ID_LINE.findall(_text_of(origin)) if tree.diagnostics else []
        defined = {kind: frozenset(match[0] for match in ids)}
        return FileResult(file, defined=defined, diagnostics=tree.diagnostics)
    if not isinstance(tree.value, dict):
        return FileResult(file, diagnostics=(*tree.diagnostics, _not_keyed(origin)))
    records: dict[str, Record] = {}
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
        record, found = fit(model, value, origin, (id_,), tuple(empty.get(id_, ())))
        diagnostics += found
        if record is not None and not problem:
            records[id_] = record
    if _has_error(tree.diagnostics):
        records = {}
    defined = {kind: frozenset(tree.value)}
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
    record, found = fit(SiteFile, tree.value, origin, empty=tree.empty)
    records = {"site": record} if record is not None else {}
    return FileResult(SITE, records, diagnostics=(*tree.diagnostics, *found))


def _read_about(data: bytes, shown_file: str) -> FileResult:
    decoded = decode(data, shown_file)
    if decoded.text is None:
        return FileResult(ABOUT, diagnostics=decoded.diagnostics)
    text = normalise(decoded.text.replace("\r\n", "\n"))
    return FileResult(ABOUT, texts={"about": text}, diagnostics=decoded.diagnostics)


def _accounts(tree: Tree, origin: Origin) -> frozenset[str]:
    """The ids of the events that an article gives accounts of, as far as they can be seen."""
    if tree.value is None:
        return frozenset(match[0] for match in _ACCOUNT_ID.findall(_text_of(origin)))
    events = tree.value.get("events") if isinstance(tree.value, dict) else None
    if not isinstance(events, list):
        return frozenset()
    ids = (event.get("id") for event in events if isinstance(event, dict))
    return frozenset(id_ for id_ in ids if isinstance(id_, str))


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


def _unread(file: str, shown_file: str, why: Unreadable) -> FileResult:
    """A file that is there and cannot be read still defines its id."""
    folder, _, name = file.rpartition("/")
    kind = RECORDS[folder][0] if folder else None
    defined = {kind: frozenset([name.removesuffix(".yml")])} if kind else {}
    place = Location(shown_file)
    problem = Diagnostic(why.code, Severity.ERROR, why.message, place, why.hint)
    return FileResult(file, defined=defined, diagnostics=(problem,))


def _has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(one.severity is Severity.ERROR for one in diagnostics)


def assemble(
    folders: Folders, results: Iterable[FileResult], problems: Iterable[Diagnostic] = ()
) -> Loaded:
    """The corpus of all files; their order does not matter."""
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    defined: dict[str, set[str]] = {kind: set() for kind in (*KINDS, "account")}
    site, about = SiteFile(), None
    redirects: Mapping[str, str] = {}
    diagnostics = [*problems]
    for result in results:
        diagnostics += result.diagnostics
        for kind, ids in result.defined.items():
            defined[kind] |= ids
        folder = result.file.rpartition("/")[0]
        if folder:
            by_kind[RECORDS[folder][0]].update(result.records)
        elif result.file in KEYED:
            by_kind[KEYED[result.file][0]].update(result.records)
        elif result.file == REDIRECTS:
            redirects = result.texts
        elif result.file == ABOUT:
            about = result.texts.get("about")
        elif isinstance(record := result.records.get("site"), SiteFile):
            site = record
    corpus = Corpus(
        site=site,
        articles=_sorted(by_kind["article"]),
        actors=_sorted(by_kind["actor"]),
        events=_sorted(by_kind["event_entry"]),
        places=_sorted(by_kind["place"]),
        topics=_sorted(by_kind["topic"]),
        event_kinds=_sorted(by_kind["event_kind"]),
        redirects=_sorted(dict(redirects)),
        about=about,
        seeds=_sorted(by_kind["seed"]),
    )
    seen = {kind: frozenset(ids) for kind, ids in defined.items()}
    return Loaded(corpus, FileLocator(folders), in_order(diagnostics), seen)


def _sorted(mapping: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(mapping.items()))


class FileLocator:
    """A `Locator` over the files: a file is read for its places when first asked about.

    A file that has changed since it was loaded gives places of what it says now.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._marks: dict[str, Marks | None] = {}

    def __call__(
        self, file: str, *path: Step, key: bool = False, offset: int | None = None
    ) -> Location:
        """See `Locator`. Of a file that cannot be read or is not YAML, the file as a whole."""
        if file not in self._marks:
            while len(self._marks) >= _MARKS_KEPT:
                del self._marks[next(iter(self._marks))]
            self._marks[file] = self._read(file)
        marks = self._marks[file]
        shown_file = display(self._folders, file)
        if marks is None:
            return Location(shown_file)
        return Location(shown_file, *marks.find(path, key=key, offset=offset))

    def _read(self, file: str) -> Marks | None:
        data = read_bytes(display(self._folders, file)) if file.endswith(".yml") else None
        return read_marks(data) if isinstance(data, bytes) else None
