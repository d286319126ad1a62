"""A quotation that is not verified

**What it does.** Checks that each `quote` and `excerpt` of an article with a `seed` is in the
record of that text, seeds/<seed>.yml, by its hash.

**Why it matters.** A quotation in quotation marks promises the very words. The text itself belongs
to its publisher and is not here; the record is what shows that somebody compared the two. After
any change to a quotation it has to be compared again.

Run `python build.py verify --texts DIR` with the folder that holds the texts, DIR/<seed>.txt. It
says which quotation is not verbatim (VERIFY003), and writes the records.

```yaml
quote: "The Russians were told before our attack"         # not the words printed
```

Use instead:

```yaml
quote: "The Russians were informed prior to our attack"   # and run verify
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("QUOTE001", Severity.ERROR)
_HINT: Final = "run python build.py verify --texts DIR, where DIR has {seed}.txt"


def run(context: Context) -> Iterator[Diagnostic]:
    seeds = context.corpus.seeds
    broken = context.ids("seed") - seeds.keys()
    hashes: dict[str, frozenset[str]] = {}
    for id_, facts in context.facts.items():
        seed = facts.seed
        if seed is None or seed in broken:
            continue
        if seed not in hashes:
            quotes = seeds[seed].quotes if seed in seeds else ()
            hashes[seed] = frozenset(one.sha256 for one in quotes)
        for quote in facts.quotes:
            if quote.sha256 not in hashes[seed]:
                there = "is not in" if seed in seeds else "has no record yet:"
                yield context.report(
                    RULE,
                    f"not verified: this {quote.key} {there} seeds/{seed}.yml",
                    f"articles/{id_}.yml",
                    "claims",
                    quote.claim,
                    quote.key,
                    hint=_HINT.format(seed=seed),
                )
