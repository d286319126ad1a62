"""How to cite a page: Chicago style (18th edition, 14.104), BibTeX, and CSL-JSON 1.0."""

from __future__ import annotations

import json

from readout.dates import Edtf, in_words, parse
from readout.render.context import Context
from readout.text import PlainText, SafeHtml, collapse, encode
from readout.value import Value

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


class Citation(Value, frozen=True):
    """One page's citation in three forms; the last two line by line."""

    chicago: PlainText
    bibtex: SafeHtml
    csl: SafeHtml


def citation(ctx: Context, title: str, changed: str) -> Citation:
    """The citation of this page; what is not known (publisher, date, address) is left out."""
    title = collapse(title).strip()
    desk = ctx.site.corpus.site
    site = collapse(desk.title or ctx.desk.words("Readout")).strip()
    publisher = collapse(desk.publisher or "").strip()
    url = f"{ctx.desk.base_url}{ctx.address}.html" if ctx.desk.base_url else ""
    date = parse(changed) if changed else None
    when = in_words(date, ctx.desk.words) if isinstance(date, Edtf) else ""
    ends = "" if title.endswith(("?", "!", ".")) else "."
    parts = [f"{publisher}." if publisher else "", f"“{title}{ends}”", f"{site}."]
    parts += [f"{when}." if when else "", f"{url}." if url else ""]
    fields = {
        "title": title,
        "author": publisher,
        "howpublished": site,
        "date": changed,
        "url": url,
    }
    key = ctx.address.rpartition("/")[2]
    lines = [
        f"  {name} = {{{{{value.translate(_TEX)}}}}}," for name, value in fields.items() if value
    ]
    csl = {
        "id": key,
        "type": "webpage",
        "title": title,
        "container-title": site,
        **({"publisher": publisher} if publisher else {}),
        **({"issued": {"raw": changed}} if changed else {}),
        **({"URL": url} if url else {}),
    }
    return Citation(
        PlainText(" ".join(part for part in parts if part)),
        _lines([f"@online{{{key},", *lines, "}"]),
        _lines([json.dumps([csl], ensure_ascii=False)]),
    )


def _lines(lines: list[str]) -> SafeHtml:
    return SafeHtml("<br>".join(encode(line.strip()) for line in lines))
