"""A seed without a record

**What it does.** Finds articles that quote nothing and whose `seed` has no record in seeds/.
(Where they quote something, each quotation is an error: QUOTE001.)

**Why it matters.** The record holds the hash of the text that was summarised. Without it nobody
can say later whether a text at hand is the same.

```yaml
source: {seed: 001_38393c7eca97659g}     # misspelt, or never verified
```

Use instead:

```yaml
source: {seed: 001_38393c7eca97659f}     # and run verify
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.content.rules.suggest import Suggestions
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE003", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    recorded = context.ids("seed")
    suggestions: Suggestions | None = None
    for id_, facts in context.facts.items():
        seed = facts.seed
        if seed is None or seed in recorded or facts.quotes:
            continue
        suggestions = suggestions or Suggestions(recorded)
        meant = suggestions.find(seed)
        yield context.report(
            RULE,
            f'seed "{seed}" has no record',
            f"articles/{id_}.yml",
            "source",
            "seed",
            hint=f'did you mean "{meant}"?' if meant else "run python build.py verify --texts DIR",
        )
