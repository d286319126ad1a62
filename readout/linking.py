"""Load, check and link: of everything, or of what has changed since the last build alone.

Both come to the same. `Linked` is kept from build to build (`readout.state`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from readout.cache import Table
from readout.content.articles import Articles, KeptIsLostError
from readout.content.changes import Changes, changes_since
from readout.content.characters import shown
from readout.content.corpus import Folders
from readout.content.facts import Facts
from readout.content.light import unpack
from readout.content.load import Loaded, Seen, digest_of, id_of, kept_of
from readout.content.one_file import FileResult
from readout.content.schema import Seed
from readout.diagnostic import Diagnostic, in_order
from readout.render.track import OF_PARTS, WHOLE, Token
from readout.site import Site, link
from readout.site.model import Event
from readout.site.packed import NAMES, Packed, pack_site, unpack_site
from readout.site.recheck import nothing_new
from readout.site.relink import relink
from readout.site.shared import marks_in, marks_with
from readout.state import Linked
from readout.stats import Tree

_LONG: Final = 400
"""Characters of a note."""


class LinkedAgain(NamedTuple):
    """What has been linked again where little has changed."""

    diagnostics: tuple[Diagnostic, ...]
    linked: Linked | None = None
    """None where the diagnostics stop a build; so is the next."""
    was: Site | None = None
    """The site before."""
    site: Site | None = None
    changed: Sequence[Token] = ()
    """What is different, new or gone, of the site and its articles."""


def linked_of(loaded: Loaded, diagnostics: tuple[Diagnostic, ...]) -> Linked:
    """What content without errors comes to."""
    site = link(loaded.corpus, loaded.facts)
    of_articles = set(loaded.of_articles)
    return Linked(
        dict(loaded.files),
        pack_site(site),
        loaded.of_articles,
        tuple(one for one in diagnostics if one not in of_articles),
        _about(loaded.facts),
        marks_in(loaded.facts.values()),
        {one.id: told for one in site.events.values() if (told := tuple(notes(one)))},
    )


def linked_again(
    folders: Folders,
    table: Table,
    linked: Linked,
    stop: Callable[[tuple[Diagnostic, ...]], bool],
    trees: tuple[Tree, Tree] | None = None,
) -> LinkedAgain | None:
    """What has become of the content; None where all of it is to be read and linked.

    `stop` tells whether diagnostics stop the build; `trees` as in `changes_since`. Raises
    `KeptIsLostError`.
    """
    changes = changes_since(folders, table, linked.files, trees)
    if changes is None:
        return None
    was = site_of(linked.site, linked.files, table)
    known = _Kept(linked, table, changes)
    if not nothing_new(was, changes, linked.told, known):
        return None
    same = (one for one in linked.of_articles if one.location.file not in changes.shown)
    of_articles = (*same, *changes.told)
    diagnostics = in_order((*linked.told, *of_articles))
    if stop(diagnostics):
        return LinkedAgain(diagnostics)
    packed, changed = relink(linked.site, was, changes, known.facts_of)
    before, now = linked.site.mappings, packed.mappings
    whole = [(name, WHOLE) for name in NAMES if before[name].whole != now[name].whole]
    if ("heads", WHOLE) in whole:
        whole.append(("articles", WHOLE))
    site = site_of(packed, changes.files, table)
    told = dict(linked.notes)
    for name, key in changed:
        if name == "events":
            told[key] = tuple(notes(site.events[key]))
    again = Linked(
        dict(changes.files),
        packed,
        of_articles,
        linked.told,
        _about_now(linked.about, changes),
        marks_with(linked.marks, changes.articles.values()),
        {key: told[key] for key in site.events if told.get(key)} if told else {},
    )
    words = [
        token for id_ in changes.articles for token in _other_words(id_, linked.files, changes)
    ]
    return LinkedAgain(diagnostics, again, was, site, [*changed, *words, *whole])


def _other_words(id_: str, before: Mapping[str, Seen], changes: Changes) -> Iterator[Token]:
    """An article that has changed, and which parts of it have."""
    file = f"articles/{id_}.yml"
    yield "articles", id_
    old = before[file].parts if file in before else (None, None)
    for kind, was, now in zip(OF_PARTS, old, changes.files[file].parts, strict=True):
        if was != now:
            yield kind, id_


class _Kept:
    """What is kept of files that say what they said."""

    def __init__(self, linked: Linked, table: Table, changes: Changes) -> None:
        self.marks: Final = linked.marks
        self._linked = linked
        self._table = table
        self._changes = changes

    def facts_of(self, id_: str) -> Facts:
        """See `Texts`."""
        result = self._result(f"articles/{id_}.yml")
        if result.facts is None:
            raise KeptIsLostError(id_)
        return result.facts

    @property
    def articles(self) -> Iterator[str]:
        """See `Texts`."""
        return (id_of(file) for file in self._linked.files if file.startswith("articles/"))

    def facts(self, seed: str) -> Mapping[str, Facts]:
        """See `Texts`; without articles that have changed."""
        about = self._linked.about.get(seed, ())
        return {id_: self.facts_of(id_) for id_ in about if id_ not in self._changes.articles}

    def record(self, seed: str) -> Seed | None:
        """See `Texts`."""
        file = f"seeds/{seed}.yml"
        if file not in self._linked.files or seed in self._changes.records.get("seeds", ()):
            return None
        return unpack(Seed, self._result(file).records[seed])

    def _result(self, file: str) -> FileResult:
        kept = kept_of(file, self._table)
        # A file of which only a comment has changed has been read again, and says the same.
        if kept is None or kept.digest != self._changes.files[file].digest:
            raise KeptIsLostError(file)
        return kept.result


def _about(facts: Mapping[str, Facts]) -> dict[str, tuple[str, ...]]:
    """Seed -> the articles about it."""
    found: dict[str, list[str]] = {}
    for id_ in sorted(facts):
        seed = facts[id_].seed
        if seed is not None:
            found.setdefault(seed, []).append(id_)
    return {seed: tuple(found[seed]) for seed in sorted(found)}


def _about_now(
    before: Mapping[str, tuple[str, ...]], changes: Changes
) -> dict[str, tuple[str, ...]]:
    """The same with these changes."""
    seeds = ((was and was.seed, now.seed) for was, now in changes.articles.values())
    if all(was == now for was, now in seeds):
        return dict(before)
    found = {seed: {*ids} - changes.articles.keys() for seed, ids in before.items()}
    for id_, (_, now) in changes.articles.items():
        if now.seed is not None:
            found.setdefault(now.seed, set()).add(id_)
    return {seed: tuple(sorted(found[seed])) for seed in sorted(found) if found[seed]}


def site_of(packed: Packed, files: Mapping[str, Seen], table: Table) -> Site:
    """The site that was packed; its articles are read from where they are kept."""

    def articles(ids: Sequence[str]) -> Articles:
        return Articles(ids, partial(digest_of, files), table)

    return unpack_site(packed, articles)


def notes(event: Event) -> Iterator[str]:
    """What accounts of an event disagree on: shown side by side to readers, noted to authors."""
    for one in event.disagreements:
        matter = f"{one.matter} ({one.label})" if one.label else one.matter
        values = "; ".join(f"{value} in {', '.join(articles)}" for value, articles in one.values)
        told = f"accounts of event {event.id} differ on the {shown(matter)}: {values}"
        # One line, with nothing hidden: who reads logs by machine takes lines for commands.
        yield f"note: {shown(told, _LONG)}"
