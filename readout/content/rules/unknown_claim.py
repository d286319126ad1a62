"""Unknown claim

**What it does.** Finds claims that no article has: under `key_points`, in `denies`, `confirms`,
`supports`, `disputes` and `repeats`, and in references such as `[[#forewarned]]`.

**Why it matters.** A key point without its claim cannot be checked by a reader, and a denial
without the claim that it denies says nothing.

Where two claims of an article have one id (CLAIM001), one of them may be the claim that is meant:
nothing is said of it before they have ids of their own.

```yaml
key_points:
  - {text: Russia was told., claims: [forwarned]}
claims:
  - {id: forewarned, text: Russia was told.}
```

Use instead:

```yaml
key_points:
  - {text: Russia was told., claims: [forewarned]}
claims:
  - {id: forewarned, text: Russia was told.}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.characters import shown
from readout.content.names import Use
from readout.content.rules.context import Context
from readout.content.rules.suggest import Suggestions
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REF002", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    readable = context.corpus.articles
    found: dict[str, tuple[tuple[str, ...], Suggestions] | None] = {}
    for use in context.loose:
        if use.kind not in ("claim", "own_claim") or use.id in context.known["claim"]:
            continue
        article, _, claim = use.id.partition("#")
        if article and article not in readable and article in context.known["article"]:
            continue  # its file has errors of its own
        where = f" in {shown(use.written)}" if use.offset is not None else ""
        if not article:
            message = f'"{shown(use.written)}" names a claim of the same article, and this is none'
            hint = "name the article too: [[article:ID#claim]]"
        elif article not in readable:
            message = f'unknown article "{shown(article)}" in {shown(use.written)}'
            meant = context.suggest("article", article)
            hint = f'did you mean "{meant}#{claim}"?' if meant else _OTHERWISE
        else:
            message = f'article "{article}" has no claim "{shown(claim)}"{where}'
            if article not in found:
                ids = tuple(one.id for one in readable[article].claims)
                found[article] = (ids, Suggestions(ids)) if len({*ids}) == len(ids) else None
            claims = found[article]
            if claims is None:
                continue
            hint = _meant(use, article, claim, *claims)
        yield context.report_prose(RULE, message, use.file, use.path, use.offset, hint)


_OTHERWISE: Final = "an article's id is the name of its file without .yml"


def _meant(
    use: Use, article: str, claim: str, ids: tuple[str, ...], suggestions: Suggestions
) -> str:
    if use.kind == "own_claim" and "#" in claim:  # written like a reference
        other, _, claim = claim.rpartition("#")
        if other not in ("", article) or claim not in ids:
            return "a key point names claims of its own article, by their ids alone"
    meant = suggestions.find(claim)
    if meant is None:
        return "it has " + (", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "") or "no claims")
    is_reference = use.kind == "claim" and "#" in use.written
    prefix = use.written.partition("#")[0] + "#" if is_reference else ""
    return f'did you mean "{prefix.removeprefix("[[")}{meant}"?'
