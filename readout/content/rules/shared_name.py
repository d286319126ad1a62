"""One name for two actors

**What it does.** Finds a name or alias that two actors have, small and capital letters counting as
the same.

**Why it matters.** Search finds actors by their names and aliases, and readers tell them apart by
them. Often the two files are one actor, written twice.

```yaml
# actors/netanyahu.yml
name: Benjamin Netanyahu
aliases: [Bibi]
# actors/bibi.yml
name: Bibi
```

Use instead:

```yaml
# actors/netanyahu.yml
name: Benjamin Netanyahu
aliases: [Bibi]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.characters import shown
from readout.content.corpus import Step
from readout.content.rules.context import Context
from readout.content.rules.lookalike_names import spelling, spellings
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("NAME002", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    seen: dict[str, tuple[str, tuple[Step, ...]]] = {}
    for id_, name, path in spellings(context.corpus):
        other, other_path = seen.setdefault(spelling(name), (id_, path))
        if other != id_:
            place = context.locate(f"actors/{other}.yml", *other_path)
            yield context.report(
                RULE,
                f'actor "{other}" is called "{shown(name)}" too',
                f"actors/{id_}.yml",
                *path,
                hint="if they are one actor, keep one file; else tell the names apart",
                related=[(place, "the other")],
            )
