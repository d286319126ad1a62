"""A circle

**What it does.** Finds events that are part of themselves, topics broader than themselves, places
that lie in themselves and actors that belong to themselves, also by way of others.

**Why it matters.** These keys make a tree: Damascus lies in Syria. In a circle nothing is the
whole.

```yaml
# places.yml
damascus: {name: Damascus, in: syria}
syria: {name: Syria, in: damascus}
```

Use instead:

```yaml
# places.yml
damascus: {name: Damascus, in: syria}
syria: {name: Syria}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REF005", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    corpus = context.corpus
    parts = {id_: (one.part_of,) for id_, one in corpus.events.items() if one.part_of}
    for circle in circles(parts):
        yield _report(context, circle, "events.yml", circle[0], "part_of")
    broader = {id_: (one.broader,) for id_, one in corpus.topics.items() if one.broader}
    for circle in circles(broader):
        yield _report(context, circle, "topics.yml", circle[0], "broader")
    within = {id_: (one.within,) for id_, one in corpus.places.items() if one.within}
    for circle in circles(within):
        yield _report(context, circle, "places.yml", circle[0], "in")
    of = {id_: one.of for id_, one in corpus.actors.items() if one.of}
    for circle in circles(of):
        n = of[circle[0]].index(circle[1])
        yield _report(context, circle, f"actors/{circle[0]}.yml", "of", n)


def _report(context: Context, circle: tuple[str, ...], file: str, *path: str | int) -> Diagnostic:
    shown = " -> ".join(circle) if len(circle) < 9 else " -> ".join((*circle[:7], "...", circle[0]))
    key = next(step for step in reversed(path) if isinstance(step, str))
    return context.report(RULE, f'"{key}" goes in a circle: {shown}', file, *path, hint=_HINT)


_HINT: Final = "take out the link that is wrong"


def circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Circles of a graph, each from its smallest id back to it: `("a", "b", "a")`.

    At least one for every group of nodes that reach each other; where circles cross, not all.
    """
    done: set[str] = set()
    for start in sorted(links):
        if start in done:
            continue
        way: dict[str, Iterator[str]] = {start: iter(sorted(links[start]))}
        while way:
            here = next(reversed(way))
            there = next(way[here], None)
            if there is None:
                done.add(here)
                del way[here]
            elif there in way:
                steps = list(way)
                yield _from_smallest(steps[steps.index(there) :])
            elif there not in done and there in links:
                way[there] = iter(sorted(links[there]))


def _from_smallest(steps: list[str]) -> tuple[str, ...]:
    least = steps.index(min(steps))
    turned = [*steps[least:], *steps[:least]]
    return (*turned, turned[0])
