"""The worst content that passes every limit costs in proportion to its size.

`python -m tests.heavy.limits` builds such content up to the limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from readout.content.rules import duplicate_claim
from readout.content.rules.context import Context
from readout.dates.daycount import day_number
from readout.diagnostic import Diagnostic
from readout.pipeline import build
from readout.render.figures import axis
from tests.reliability.worst_input import (
    IN_MANY,
    IN_ONE_FILE,
    Shape,
    claims,
    growth,
    put,
    work_of,
)

_THINGS = 60
_MOST = 2.7
"""2 is linear, 4 quadratic."""
_SLACK = 1 << 20
"""Bytes, in which tables double."""


def _growth(shape: Shape, folder: Path) -> tuple[float, float]:
    work_of(put(shape(_THINGS - 1), folder / "0"))  # imports, and fills what is kept for good
    one, two, four = (work_of(put(shape(n * _THINGS), folder / str(n))) for n in (1, 2, 4))
    return (
        growth(one.calls, two.calls, four.calls),
        (four.memory - two.memory) / max(two.memory - one.memory, _SLACK),
    )


@pytest.mark.parametrize(
    "shape",
    [pytest.param(shape, id=shape.__name__) for shape in (*IN_ONE_FILE, *IN_MANY)],
)
def test_twice_the_content_is_twice_the_work(shape: Shape, tmp_path: Path) -> None:
    calls, memory = _growth(shape, tmp_path)
    assert calls < _MOST
    assert memory < _MOST


@pytest.mark.parametrize("date", ["Y999999999999999999", "Y-9E17/Y9E17"])
def test_a_year_of_the_most_digits_is_built(
    date: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def counted(year: int, month: int, day: int) -> int:
        begun.append(year)
        assert len(begun) < 1000
        return day_number(year, month, day)

    monkeypatch.setattr(axis, "day_number", counted)
    events = "".join(
        f"  - {{id: event-{n}, title: E, date: {when}, basis: x}}\n"
        for n, when in enumerate((date, "2018"))
    )
    text = f"title: T\nsource: {{}}\nbottom_line: B.\nevents:\n{events}"
    report = build(put({"articles/a.yml": text}, tmp_path))
    assert report.diagnostics == ()
    assert report.published is not None


def test_what_is_quadratic_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def each_with_each(context: Context) -> Iterator[Diagnostic]:
        for article in context.corpus.articles.values():
            kept = [
                (one.id.encode(), other.id.encode())
                for one in article.claims
                for other in article.claims
            ]
            assert len(kept) == len(article.claims) ** 2
        yield from ()

    monkeypatch.setattr(duplicate_claim, "run", each_with_each)
    calls, memory = _growth(claims, tmp_path)
    assert calls > _MOST
    assert memory > _MOST
