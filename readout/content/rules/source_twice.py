"""One report in two articles

**What it does.** Finds articles with the same `url` or the same `seed` under `source`. Drafts are
left out.

**Why it matters.** Each file counts as a report of its own: what one article says would stand there
as what two say. Often a file was copied under another name, or two people summarised one article.
Where they are two reports indeed, such as entries of a live blog, each has an address of its own
(`#entry-7`), and a text of its own.

```yaml
# articles/strikes.yml
source: {url: "https://example.org/a"}
# articles/israel-strikes.yml
source: {url: "https://example.org/a"}
```

Use instead:

```yaml
# articles/strikes.yml
source: {url: "https://example.org/a"}
# articles/israel-strikes.yml
source: {url: "https://example.org/b"}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.facts import Facts
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("SOURCE003", Severity.WARNING)
Mark = tuple[str, str]
"""What an article should have alone: the key under `source`, and its value."""
_TOLD: Final = {
    "url": ("address", "give each its own address"),
    "seed": ("text", "give each its own text"),
}
"""Of each key, what it gives and what to do."""


def marks_of(facts: Facts) -> Iterator[Mark]:
    """What an article should have alone, the plainest first; nothing of a draft."""
    if facts.draft:
        return
    if facts.url is not None:
        yield "url", facts.url
    if facts.seed is not None:
        yield "seed", facts.seed


def run(context: Context) -> Iterator[Diagnostic]:
    having: dict[Mark, list[str]] = {}
    for id_, facts in context.facts.items():
        for mark in marks_of(facts):
            having.setdefault(mark, []).append(id_)
    for (key, _), ids in having.items():
        # Of one report both are the same: the address is the plainer.
        if ids[1:] and not (key == "seed" and _are_at_one_address(context, ids)):
            yield _told(context, key, ids)


def _are_at_one_address(context: Context, ids: list[str]) -> bool:
    addresses = {context.facts[id_].url for id_ in ids}
    return len(addresses) == 1 and None not in addresses


def _told(context: Context, key: str, ids: list[str]) -> Diagnostic:
    """Told at the second of the articles, however many there are."""
    first, second, *more = ids
    others = f" and {len(more)} more" if more else ""
    what, remedy = _TOLD[key]
    return context.report(
        RULE,
        f'this {what} is that of article "{first}"{others}, too',
        f"articles/{second}.yml",
        "source",
        key,
        hint=f"if they are one report, keep one file; else {remedy}",
        related=[(context.locate(f"articles/{first}.yml", "source", key), "the first")],
    )
