"""Heavy runs of chains: so many steps, a fixed number of them one after another in each chain."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.hostile.ledger import Ledger, publish


@dataclass(frozen=True)
class Chains:
    """One such run, `python -m tests.heavy.<name> <count>`."""

    name: str
    count: int
    """So many steps, where none are asked for."""
    length: int
    """Steps of a chain."""
    inputs: str
    """What its steps hang on, beside code and tests."""
    chain: Callable[[int], dict[str, Any]]
    """What came of the chain of a number; under `differs` what differs, or None."""
    told: Callable[[dict[str, Any]], str]
    """What is said of a chain in which nothing does."""
    report: Callable[[list[dict[str, Any]]], list[str]]

    def run(self, arguments: list[str] | None, description: str | None) -> int:
        """Runs; 1 where anything differs."""
        parser = argparse.ArgumentParser(
            prog=f"python -m tests.heavy.{self.name}", description=description
        )
        parser.add_argument("count", nargs="?", type=int, default=self.count)
        count = parser.parse_args(arguments).count
        ledger = Ledger(self.name, self.inputs)
        numbers = range(-(-count // self.length))
        ledger.run(
            {str(number): partial(self.chain, number) for number in numbers},
            lambda came_of_it: came_of_it["differs"] or self.told(came_of_it),
        )
        steps = [ledger.steps[str(number)] for number in numbers]
        publish(self.name, self.report(steps))
        return int(any(one["differs"] for one in steps))
