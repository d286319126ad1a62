"""Content that passes every limit and gives as much work as it can, in any size.

Each shape is a desk of about n things of one kind: in one file, or in n of them. What it costs is
measured in calls of functions and bytes, which are the same each time; or, of whole builds, in
seconds and in resident memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from readout.pipeline import Settings, build, read
from readout.site import link

Shape = Callable[[int], Mapping[str, str]]
"""n -> file below content/ -> what it says."""

_LEAST: Final = "title: T\nsource: {outlet: paper}\nbottom_line: B.\n"
_PAPER: Final = {"actors/paper.yml": "name: Paper\nkind: outlet\n"}


def _article(more: str) -> dict[str, str]:
    return {"articles/long.yml": f"{_LEAST}{more}", **_PAPER}


def claims(n: int) -> Mapping[str, str]:
    """One article of n claims, each by somebody unnamed and against the one before."""
    lines = (
        f"  - {{id: c{k}, text: T., by: {{as: somebody {k}}}, denies: ['#c{k - 1}']}}"
        for k in range(1, n)
    )
    return _article("\n".join(["claims:", "  - {id: c0, text: First.}", *lines]))


def accounts(n: int) -> Mapping[str, str]:
    """One article with accounts of n events of the same day."""
    lines = (
        f"  - {{id: event-{k}, title: Event, date: 2018-05, date_words: in May, "
        f"actors: [{{id: paper, role: speaker}}], figures: [{{label: dead, value: '{k}'}}]}}"
        for k in range(n)
    )
    return _article("\n".join(["events:", *lines]))


def one_event(n: int) -> Mapping[str, str]:
    """n articles with accounts of one event, no two of which agree."""
    places = "".join(f"place-{k}: {{name: Place {k}}}\n" for k in range(n))
    return {
        **{
            f"articles/a{k}.yml": f"{_LEAST}events:\n  - {{id: one, title: One, place: place-{k}, "
            f"date: {1000 + k}, basis: so, figures: [{{label: dead, value: '{k}'}}]}}\n"
            for k in range(n)
        },
        **_PAPER,
        "places.yml": places,
    }


def may_be(n: int) -> Mapping[str, str]:
    """n events that may all be one other."""
    lines = (
        f"  - {{id: e{k}x, title: E, may_be: [{{event: e0x, why: alike}}]}}" for k in range(1, n)
    )
    return _article("\n".join(["events:", "  - {id: e0x, title: E}", *lines]))


def figures(n: int) -> Mapping[str, str]:
    """Two articles that give n figures of one event, and agree on none."""
    return {
        **_PAPER,
        **{
            f"articles/{name}.yml": f"{_LEAST}events:\n  - id: one\n    title: One\n    figures:\n"
            + "".join(f"      - {{label: L{k}, value: '{name}'}}\n" for k in range(n))
            for name in ("first", "second")
        },
    }


def one_claim(n: int) -> Mapping[str, str]:
    """One claim of n parties, against n others."""
    parties = ", ".join(f"{{as: somebody {k}}}" for k in range(n))
    others = "".join(f"  - {{id: c{k}x, text: T.}}\n" for k in range(n))
    denied = ", ".join(f"'#c{k}x'" for k in range(n))
    return _article(
        f"claims:\n  - {{id: c, text: T., by: [{parties}], denies: [{denied}]}}\n{others}"
    )


def prose(n: int) -> Mapping[str, str]:
    """Prose of marks that are never closed, or closed too often."""
    text = "**a *b [c [[d ![e](f <g `h > - 1. &amp; \\[ __i__ [[paper]] http://j.k " * n
    return _article(f"summary: |\n  {text}\nbackground: |\n  {'*a_ **' * n}\n")


def quotations(n: int) -> Mapping[str, str]:
    """Prose of block quotes and lists in one another, again and again."""
    line = "> " * 8 + "- - - x\n"
    return _article("summary: |\n" + "".join(f"  {line}\n" for _ in range(n)))


def unknown_keys(n: int) -> Mapping[str, str]:
    """Keys that nothing knows."""
    return _article("".join(f"bottom_lin{k}: x\n" for k in range(n)))


def unknown_ids(n: int) -> Mapping[str, str]:
    """n ids that nothing defines, each much like n that are."""
    topics = "".join(f"subject-{k}: {{name: Subject {k}}}\n" for k in range(n))
    asked = ", ".join(f"subjects-{k}" for k in range(n))
    return {**_article(f"topics: [{asked}]\n"), "topics.yml": topics}


def unknown_references(n: int) -> Mapping[str, str]:
    """One prose of n references to what is not there."""
    return _article(f"summary: |\n  {'[[x]] ' * n}\n")


def unknown_claims(n: int) -> Mapping[str, str]:
    """n claims, each against one that is not there."""
    lines = (f"  - {{id: claim-{k}, text: T., denies: ['#claims-{k}']}}\n" for k in range(n))
    return _article("claims:\n" + "".join(lines))


def no_records(n: int) -> Mapping[str, str]:
    """n articles whose records are missing, beside n records."""
    return {
        **_PAPER,
        **{
            f"articles/a{k}.yml": f"title: T\nsource: {{seed: text_{k}}}\nbottom_line: B.\n"
            for k in range(n)
        },
        **{f"../seeds/other_{k}.yml": f"sha256: {k:064x}\nwords: 7\n" for k in range(n)},
    }


def dates(n: int) -> Mapping[str, str]:
    """n dates that are sets of others."""
    several = "[2018-05-10,2019~,202X,2021-21,2022-01..2022-03]"
    lines = (f"  - {{id: e-{k}, title: E, date: '{several}', basis: so}}\n" for k in range(n))
    return _article("events:\n" + "".join(lines))


def nested(n: int) -> Mapping[str, str]:
    """Lists in lists, as deep as may be."""
    return _article("topics:\n" + f"  - {'[' * 15}x{']' * 15}\n" * n)


def within(n: int) -> Mapping[str, str]:
    """Places, topics and events, ten deep in one another."""

    def chain(name: str, key: str, also: str) -> str:
        return "".join(
            f"{name}-{k}: {{{also}: X{k}" + (f", {key}: {name}-{k - 1}" if k % 10 else "") + "}\n"
            for k in range(n)
        )

    return {
        **_article("topics: [topic-9]\nplaces: [place-9]\n"),
        "places.yml": chain("place", "in", "name"),
        "topics.yml": chain("topic", "broader", "name"),
        "events.yml": chain("event", "part_of", "title"),
    }


def in_a_row(n: int) -> Mapping[str, str]:
    """n events, each part of the next."""
    lines = (f"event-{k}: {{title: X, part_of: event-{k + 1}}}\n" for k in range(n))
    return {**_article(""), "events.yml": "".join(lines) + f"event-{n}: {{title: X}}\n"}


def redirects(n: int) -> Mapping[str, str]:
    """Addresses that lead to one another, n deep."""
    lines = (f"briefings/old-{k}: briefings/old-{k + 1}\n" for k in range(n))
    return {
        **_article(""),
        "redirects.yml": "".join(lines) + f"briefings/old-{n}: briefings/long\n",
    }


def one_name(n: int) -> Mapping[str, str]:
    """n actors of one name."""
    return {
        **_article(""),
        **{f"actors/p{k}.yml": "name: One\nkind: person\naliases: [Uno]\n" for k in range(n)},
    }


def origins(n: int) -> Mapping[str, str]:
    """n reports of one event, each resting on the outlet before."""
    return {
        **{f"actors/o{k}.yml": f"name: Outlet {k}\nkind: outlet\n" for k in range(n)},
        **{
            f"articles/a{k}.yml": f"title: T\nbottom_line: B.\nevents: [{{id: one, title: One}}]\n"
            f"source: {{outlet: o{k}, origin: [o{max(0, k - 1)}]}}\n"
            for k in range(n)
        },
    }


def roles(n: int) -> Mapping[str, str]:
    """One actor, called something else in each of n articles."""
    return {
        **_PAPER,
        "actors/mp.yml": "name: M P\nkind: person\n",
        **{
            f"articles/a{k}.yml": f"{_LEAST}actors: [{{id: mp, as: minister number {k}}}]\n"
            for k in range(n)
        },
    }


IN_ONE_FILE: Final[tuple[Shape, ...]] = (
    claims, accounts, may_be, figures, one_claim, unknown_keys, unknown_ids, unknown_claims, dates,
    nested, within, in_a_row, redirects, prose, quotations, unknown_references,
)  # fmt: skip
IN_MANY: Final[tuple[Shape, ...]] = (one_event, no_records, one_name, origins, roles)


def put(files: Mapping[str, str], folder: Path) -> Settings:
    """Writes the files; the settings of a build of them."""
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Settings(
        folder / "content", folder / "seeds", folder / "site", folder / "work", search=False
    )


@dataclass(frozen=True, slots=True)
class Work:
    """What it took to read, check and link content."""

    calls: int
    """Of functions, those of libraries and of Python itself among them."""
    memory: int
    """Bytes, at most at once."""


def work_of(settings: Settings) -> Work:
    """Reads, checks and links content, and counts."""
    calls = 0

    def hear(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    tracemalloc.start()
    sys.setprofile(hear)
    try:
        loaded, _ = read(settings)
        link(loaded.corpus, loaded.facts)
    finally:
        sys.setprofile(before)
        memory = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return Work(calls, memory)


def growth(one: float, two: float, four: float) -> float:
    """By how much the second doubling costs more than the first: 2 where it is linear, 4 where it
    is quadratic. What each costs whatever its size is in neither."""
    return (four - two) / max(two - one, 1e-9)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole build took, in a process of its own on one core."""

    seconds: float
    """CPU time."""
    memory: int
    """Bytes resident in the process, at most at once."""
    problems: int
    """Diagnostics."""


def cost_of_build(settings: Settings, seconds: int, memory: int) -> Cost | str:
    """Builds; what became of the process where it took more than so many seconds or bytes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            before = time.process_time()
            report = build(settings)
            assert report.published is None or report.published.problems == ()
            resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
            told = (time.process_time() - before, resident, len(report.diagnostics))
            os.write(writing, json.dumps(told).encode())
            status = 0
        except MemoryError:
            status = 2
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        return Cost(*json.loads(data))
    why = {2: f"over {memory >> 20} MB", 1: "it failed"}
    return why.get(status, f"over {seconds} s of CPU")
