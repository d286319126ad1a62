"""Where the actors of a network stand: on two arcs, their names outside, so that no names meet.

Who dealt with each other stand opposite, and level, so that lines run side by side and marks have
room: places are exchanged as long as that helps. No chance, no iteration without an end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from readout.render.figures.svg import WIDTH

Point = tuple[float, float]
Pair = tuple[str, str]

STEP: Final = 28
"""Pixels between two names of many."""
WIDE_STEP: Final = 40
_BESIDE: Final = 150
"""Pixels of height that it is worth to stand on opposite sides."""
_ROUNDS: Final = 12


def places(actors: Sequence[str], pairs: Mapping[Pair, int]) -> tuple[dict[str, Point], float]:
    """Each actor's place, and the height of the drawing.

    `actors` come by weight, the heaviest first; `pairs` are sorted pairs with their weights.
    """
    seats, height = _seats(len(actors))
    order = _shortened(actors, pairs, seats)
    return dict(zip(order, seats, strict=True)), height


def _seats(count: int) -> tuple[list[Point], float]:
    """Places down the right arc and up the left one."""
    right = (count + 1) // 2
    height = max(150, (STEP if count > 24 else WIDE_STEP) * right + 24)
    return (
        [
            *_arc(right, height, 1),
            *reversed(_arc(count - right, height, -1)),
        ],
        height,
    )


def _arc(count: int, height: float, side: int) -> list[Point]:
    step = (height - 24) / max(1, count)
    reach = 136.0
    found = []
    for index in range(count):
        y = 12 + step * (index + 0.5)
        bow = (2 * y / height - 1) ** 2
        found.append((WIDTH / 2 + side * reach * (1 - 0.55 * bow), y))
    return found


def _shortened(
    actors: Sequence[str], pairs: Mapping[Pair, int], seats: Sequence[Point]
) -> list[str]:
    order = list(actors)
    place = dict(zip(order, seats, strict=True))
    near: dict[str, list[tuple[str, int]]] = {actor: [] for actor in order}
    for (one, other), weight in pairs.items():
        near[one].append((other, weight))
        near[other].append((one, weight))

    def strain(actor: str) -> float:
        x, y = place[actor]
        total = 0.0
        for other, weight in near[actor]:
            across, up = place[other]
            beside = (x - WIDTH / 2) * (across - WIDTH / 2) > 0
            total += weight * (abs(y - up) + (_BESIDE if beside else 0))
        return total

    for _ in range(_ROUNDS):
        better = False
        for i, j in combinations(range(len(order)), 2):
            one, other = order[i], order[j]
            before = strain(one) + strain(other)
            place[one], place[other] = place[other], place[one]
            if strain(one) + strain(other) < before - 0.01:
                order[i], order[j] = other, one
                better = True
            else:
                place[one], place[other] = place[other], place[one]
        if not better:
            break
    return order
