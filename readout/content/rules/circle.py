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
from itertools import islice
from typing import Final

from readout.content.characters import shown
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REF005", Severity.ERROR)

_MOST: Final = 100
"""Circles of actors that are looked for. They alone belong to several: n that all belong to each
other have n * n / 2 circles."""


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
    found = circles(of)
    for circle in islice(found, _MOST):
        n = of[circle[0]].index(circle[1])
        yield _report(context, circle, f"actors/{circle[0]}.yml", "of", n)
    if next(found, None):
        message = '"of" goes in more circles than are listed'
        yield context.report(RULE, message, "actors", hint="mend those listed, then check again")


def _report(context: Context, circle: tuple[str, ...], file: str, *path: str | int) -> Diagnostic:
    key = next(step for step in reversed(path) if isinstance(step, str))
    return context.report(RULE, f'"{key}" goes in a circle: {way(circle)}', file, *path, hint=_HINT)


_HINT: Final = "take out the link that is wrong"


def way(circle: tuple[str, ...]) -> str:
    """A circle as a message tells it: `a -> b -> a`, a long one by its start."""
    steps = circle if len(circle) < 9 else (*circle[:7], "...", circle[0])
    return " -> ".join(shown(step) for step in steps)


def circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Circles of a graph, each from its smallest id back to it: `("a", "b", "a")`.

    At least one for every group of nodes that reach each other; where circles cross, not all; none
    twice.
    """
    done: set[str] = set()
    for start in sorted(links):
        if start in done:
            continue
        trail: dict[str, Iterator[str]] = {start: iter(sorted(set(links[start])))}
        while trail:
            here = next(reversed(trail))
            there = next(trail[here], None)
            if there is None:
                done.add(here)
                del trail[here]
            elif there in trail:
                steps = list(trail)
                yield _from_smallest(steps[steps.index(there) :])
            elif there not in done and there in links:
                trail[there] = iter(sorted(set(links[there])))


def _from_smallest(steps: list[str]) -> tuple[str, ...]:
    least = steps.index(min(steps))
    turned = [*steps[least:], *steps[:least]]
    return (*turned, turned[0])
