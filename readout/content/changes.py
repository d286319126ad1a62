"""What is different in the content since it was read, checked and linked: file by file.

Most saves change an article or two. What they can lead to is then worked out from these alone
(`readout.site.recheck`, `readout.site.relink`), not from all content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from readout.cache import Table
from readout.content.corpus import Folders
from readout.content.facts import Facts
from readout.content.files import (
    RECORD_FOLDERS,
    FoundFile,
    display,
    find_files,
    is_read,
    path_of,
)
from readout.content.light import unpack
from readout.content.load import Kept, Seen, id_of, kept_of, read_again, trusted_until
from readout.content.one_file import KEYED, RECORDS
from readout.content.schema import Record
from readout.diagnostic import Diagnostic
from readout.stats import Tree, trees_of

_MAPPINGS: Final[Mapping[str, str]] = {
    "actor": "actors",
    "event_entry": "events",
    "place": "places",
    "topic": "topics",
    "event_kind": "event_kinds",
    "seed": "seeds",
}
"""Kind of record -> the mapping of the corpus that has it."""


class Change(NamedTuple):
    """An article that is another."""

    before: Facts | None
    """None where there was no such article."""
    now: Facts


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new or different. Nothing has gone, and every file has the right shape."""

    files: Mapping[str, Seen]
    """Every file of the content, as it is now."""
    articles: Mapping[str, Change]
    """By id."""
    records: Mapping[str, Mapping[str, Record]]
    """Mapping of the corpus (`actors`, `events`, `seeds`) -> id -> a record that is new or another.
    """
    told: tuple[Diagnostic, ...]
    """What the rules of one article find in those articles."""
    shown: frozenset[str]
    """The names of the files that are new or different, as they are told."""


def changes_since(
    folders: Folders,
    table: Table,
    before: Mapping[str, Seen],
    trees: tuple[Tree, Tree] | None = None,
) -> Changes | None:
    """What has changed since the files were as `before` says. None where a file has gone, anything
    has the wrong shape, or what has changed is neither an article nor another record: then all is
    to be read. `table` is brought up to date.

    `trees` are those of content and seeds, where they have been looked at: a file that has changed
    since is one that changes after this.
    """
    found = _other_files(folders, before, trees)
    if found is None:
        return None
    files = dict(before)
    rows, told = [], list[Diagnostic]()
    articles: dict[str, Change] = {}
    records: dict[str, dict[str, Record]] = {}
    shown = set()
    for one in found:
        seen, old = before.get(one.file), kept_of(one.file, table)
        if seen is None:
            old = None
        elif old is None or old.digest != seen.digest:
            return None
        row, new = read_again(folders, table, one, old)
        files[one.file] = new.seen
        rows.append(row)
        if seen is not None and new.digest == seen.digest:
            continue
        if new.result.diagnostics:
            return None
        shown.add(display(folders, one.file))
        if new.result.facts is not None:
            was = None if old is None else old.result.facts
            if old is not None and was is None:
                return None
            articles[id_of(one.file)] = Change(was, new.result.facts)
            told += new.result.of_article
        elif not _add_records(records, one.file, old, new):
            return None
    table.put(rows)
    if len(files) > len(before):  # the new ones stand at the end
        files = dict(sorted(files.items()))
    return Changes(files, articles, records, tuple(told), frozenset(shown))


def _other_files(
    folders: Folders, before: Mapping[str, Seen], trees: tuple[Tree, Tree] | None
) -> list[FoundFile] | None:
    """The files that are not, or may not be, as they were; None where some have gone, or there are
    any that nothing reads."""
    try:
        content, seeds = trees or trees_of(str(folders.content), str(folders.seeds))
    except OSError:
        return None
    inside = {*filter(is_read, content[1])}
    if "articles" not in inside or inside.difference(RECORD_FOLDERS) or any(map(is_read, seeds[1])):
        return None
    if folders.seeds.is_symlink() and not folders.seeds.exists():
        return None
    now = {path: stat for path, stat in content[0].items() if path in before or is_read(path)}
    now |= {f"seeds/{path}": stat for path, stat in seeds[0].items() if is_read(path)}
    if now.keys() != before.keys() and not _are_all_read(folders, now, before):
        return None
    young = trusted_until()
    others = [
        file
        for file, stat in now.items()
        if file not in before or before[file].version != stat or stat[2] >= young
    ]
    return [FoundFile(file, path_of(folders, file)) for file in sorted(others)]


def _are_all_read(folders: Folders, now: Iterable[str], before: Mapping[str, Seen]) -> bool:
    """Whether these are the files of the content, those of before among them."""
    found, problems = find_files(folders)
    files = {one.file for one in found}
    return not problems and files == {*now} and files >= before.keys()


def _add_records(
    records: dict[str, dict[str, Record]], file: str, old: Kept | None, new: Kept
) -> bool:
    """Adds what has changed in a file of records; False where that is none, or one has gone."""
    folder = file.rpartition("/")[0]
    kind, model = RECORDS.get(folder) or KEYED.get(file) or ("", Record)
    if kind not in _MAPPINGS:
        return False
    before = old.result.records if old else {}
    now = new.result.records
    if before.keys() - now.keys():
        return False
    records.setdefault(_MAPPINGS[kind], {}).update(
        (id_, unpack(model, packed)) for id_, packed in now.items() if packed != before.get(id_)
    )
    return True
