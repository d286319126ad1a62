"""Unknown id

**What it does.** Finds ids that nothing defines: of actors, outlets, places, topics, events,
kinds of event and articles, in keys as well as in references such as `[[netanyahu]]`.

**Why it matters.** Every id becomes a link. A misspelt one would lead nowhere, and what the
article says of a person would be missing from that person's page.

An event is defined by any account of it (`events:` in an article) or by events.yml. The kind
`other` needs no entry. What a file with mistakes of its own defines counts as known. Where an
article has two accounts of one event (EVENT002), one of them may be the event that it names.

While places.yml, topics.yml or event_kinds.yml is not there, it is told once that it is missing.

Where a name stands in place of an id, the hint has the id of what bears this name or alias.

```yaml
claims:
  - {id: told, text: Russia was told., by: netanyahoo}
```

Use instead:

```yaml
claims:
  - {id: told, text: Russia was told., by: netanyahu}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readout.addresses import slug
from readout.content.characters import shown
from readout.content.fields import problem_of_id
from readout.content.names import Named, Use
from readout.content.rules.context import Context
from readout.content.rules.suggest import Suggestions
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REF001", Severity.ERROR)

_DEFINE: Final[dict[Named, str]] = {
    "actor": "define it in actors/{id}.yml",
    "outlet": "define it in actors/{id}.yml, with kind: outlet",
    "place": "define it in places.yml",
    "topic": "define it in topics.yml",
    "event": "tell of it under events: of an article, or define it in events.yml",
    "event_kind": "define it in event_kinds.yml",
    "article": "an article's id is the name of its file without .yml",
}

_PREFIX: Final[dict[Named, str]] = {
    "actor": "",
    "place": "place:",
    "topic": "topic:",
    "event": "event:",
    "article": "article:",
}
"""What stands before an id in a reference."""


_HOME: Final[dict[Named, str]] = {
    "place": "places.yml",
    "topic": "topics.yml",
    "event_kind": "event_kinds.yml",
}


def run(context: Context) -> Iterator[Diagnostic]:
    missing = context.defined.get("missing", ())
    homeless: dict[str, list[Use]] = {}
    for use in context.loose:
        if not _is_unknown(context, use):
            continue
        hint = _hint(context, use)
        home = _HOME.get(use.kind, "")
        if hint is None and home in missing:
            homeless.setdefault(home, []).append(use)
        else:
            yield _report(context, use, hint or _how_to_define(use))
    for home, uses in homeless.items():
        yield _report(context, uses[0], _how_to_make(home, uses))


def _how_to_make(home: str, uses: list[Use]) -> str:
    """The hint where a file is missing in which all of these would be defined."""
    written = uses[0].id
    id_ = slug(written)
    problem = problem_of_id(id_)
    if problem is not None:
        return f"there is no {home}: make it; {problem[1]}"
    others = len({use.id for use in uses}) - 1
    more = f" and {others} more" if others else ""
    also = "" if id_ == written else f'; here write "{id_}"'
    return f"there is no {home}: make it, and define in it {id_}{more}{also}"


def _report(context: Context, use: Use, hint: str) -> Diagnostic:
    what = use.kind.replace("_", " ")
    where = f" in {shown(use.written)}" if use.offset is not None else ""
    message = f'unknown {what} "{shown(use.id)}"{where}'
    return context.report_prose(RULE, message, use.file, use.path, use.offset, hint)


def _is_unknown(context: Context, use: Use) -> bool:
    if use.kind not in _DEFINE or use.id in context.known[use.kind]:
        return False
    if use.kind == "event" and _article(use) in context.told_twice:
        return False
    # An outlet that is an actor of another kind is for REF004.
    return use.kind != "outlet" or use.id not in context.known["actor"]


def _hint(context: Context, use: Use) -> str | None:
    """What was meant, as far as it can be told; None where it has to be defined."""
    suggestions = context.suggestions(use.kind)
    if meant := suggestions.exactly(use.id):
        return f'did you mean "{meant}"?'
    if (
        use.kind == "actor"
        and use.offset is not None
        and (f"{_article(use)}#{use.id}" in context.known["claim"])
    ):
        return f'"{use.id}" is a claim of this article: [[#{use.id}]]'
    is_reference = use.offset is not None
    for kind in _PREFIX if is_reference else _DEFINE:
        if kind != use.kind and use.id in _certain(context, kind):
            here = f": [[{_PREFIX[kind]}{use.id}]]" if is_reference else f"; {_how_defined(use)}"
            return f'"{use.id}" is {_ARTICLE[kind]}{here}'
    if several := _several(suggestions, use):
        return several
    if meant := suggestions.find(use.id):
        return f'did you mean "{meant}"?'
    return None


def _how_to_define(use: Use) -> str:
    problem = problem_of_id(use.id)
    if problem is None:
        return _how_defined(use)
    id_ = slug(use.id)
    can_be = problem_of_id(id_) is None
    hint = f'{_DEFINE[use.kind].format(id=id_)}, and write "{id_}"' if can_be else problem[1]
    if _is_party(use):
        hint += f'; one whom the article does not name is {{as: "{shown(use.id)}"}}'
    return hint


def _how_defined(use: Use) -> str:
    return _DEFINE[use.kind].format(id=use.id)


def _several(suggestions: Suggestions, use: Use) -> str | None:
    """The list, or the party, that was meant by `netanyahu and putin`, `Netanyahu, the host`."""
    parts = _BETWEEN.split(use.id[:_LONGEST])
    ids = [suggestions.exactly(part) for part in parts]
    if len(parts) < 2 or not any(ids):
        return None
    if ids[0] and not any(ids[1:]) and _is_party(use):
        return f"write {{id: {ids[0]}, as: {shown(', '.join(parts[1:]))}}}"
    both = zip(ids, parts, strict=True)
    return f"several are a list: [{', '.join(id_ or slug(part) for id_, part in both)}]"


def _is_party(use: Use) -> bool:
    return use.kind == "actor" and use.path[-1:] == ("id",)


_LONGEST: Final = 200
_BETWEEN: Final = re.compile(r"\s*[,;&/]\s*(?:and\s+)?|\s+and\s+")


def _article(use: Use) -> str:
    return use.file.removeprefix("articles/").removesuffix(".yml")


def _certain(context: Context, kind: Named) -> frozenset[str]:
    """What is known of a kind, but for events that broken files seem to tell of."""
    if kind == "event":
        return context.ids("event_entry") | context.accounts.keys()
    return context.known[kind]


_ARTICLE: Final[dict[Named, str]] = {
    "actor": "an actor",
    "outlet": "an outlet",
    "place": "a place",
    "topic": "a topic",
    "event": "an event",
    "event_kind": "a kind of event",
    "article": "an article",
}
