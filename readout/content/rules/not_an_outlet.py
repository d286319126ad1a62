"""An outlet that is not one

**What it does.** Finds articles whose `outlet` is an actor of another kind.

**Why it matters.** An outlet's page lists what it published and which events only it reports. A
state or a person publishes through an outlet, which has a name of its own.

```yaml
source:
  outlet: russia        # actors/russia.yml has kind: state
```

Use instead:

```yaml
source:
  outlet: tass          # actors/tass.yml has kind: outlet
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REF004", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    actors = context.corpus.actors
    for use in context.loose:
        if use.kind == "outlet" and use.id in actors:
            kind = context.locate(f"actors/{use.id}.yml", "kind")
            yield context.report(
                RULE,
                f'"{use.id}" is an actor of kind {actors[use.id].kind}, not an outlet',
                use.file,
                *use.path,
                hint="name the outlet that published the article",
                related=[(kind, "its kind")],
            )
