"""Too much of one text quoted

**What it does.** Adds up the words of all different quotations from one text, in all articles that
name its `seed`: more than 15 % of the text's words is too much.

**Why it matters.** A briefing summarises. So large a part of somebody else's text is no longer a
quotation.

```yaml
source: {seed: a-text-of-100-words}
claims:
  - {id: told, text: Russia was told., quote: "(sixteen of its words)"}
```

Use instead:

```yaml
source: {seed: a-text-of-100-words}
claims:
  - {id: told, text: Russia was told., quote: "(six of its words)"}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.quotes import MOST_SHARE
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE005", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    quoted: dict[str, dict[str, int]] = {}
    first: dict[str, str] = {}
    for id_, facts in context.facts.items():
        seed = facts.seed
        if seed is not None and seed in context.corpus.seeds:
            first.setdefault(seed, id_)
            quoted.setdefault(seed, {}).update((one.sha256, one.words) for one in facts.quotes)
    for seed, counts in quoted.items():
        of = context.corpus.seeds[seed].words
        words = sum(counts.values())
        if words > MOST_SHARE * of:
            yield context.report(
                RULE,
                f"{words} of the text's {of} words are quoted, more than {MOST_SHARE:.0%}",
                f"articles/{first[seed]}.yml",
                "source",
                "seed",
                hint="say more of it in your own words",
            )
