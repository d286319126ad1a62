"""A small docs tree in the Markdown that Readout writes, and a theme with nothing in it."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
CONFIG = ROOT / "mkdocs.yml"
SECTIONS = ("briefings", "chronology", "actors", "topics", "places")

MAIN = """<!doctype html>
<html lang="{{ config.theme.language }}"><head><meta charset="utf-8">
<title>{{ page.title }} - {{ config.site_name | e }}</title>
<link rel="stylesheet" href="{{ 'site.css' | url }}"></head>
<body><nav>{% for item in nav %}
<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}</nav>
<ul class="toc">{% for one in page.toc recursive %}<li><a href="{{ one.url }}">{{ one.title }}</a>
{%- if one.children %}<ul>{{ loop(one.children) }}</ul>{% endif %}</li>{% endfor %}</ul>
<main>{{ page.content }}</main></body></html>
"""

BRIEFING = """---
title: '{title}'
kind: briefing
---

# {title}

<p class="kicker">Deconfliction &#183; <time datetime="2018-05-10">10 May 2018</time></p>

<section class="card">
<dl>
<dt>Outlet</dt>
<dd><a href="../actors/outlet.html">The &#60;Moscow&#62; Times</a></dd>
</dl>
</section>

## Key points

- Moscow was told *before* the strikes, says [the outlet](../actors/outlet.md).
- **Two** accounts &#42;differ&#42;: [a](#forewarned), [b](../briefings/{other}.md#forewarned)
- <a id="kp-{n}"></a> 7 killed, <em>as printed</em> [abroad](https://example.org/a_b?x=1&y=2 "t")

## What happened &#38; why

Paragraph {n} with “typographic” words, בנימין נתניהו, and a &#91;bracket&#93; that is none.
It goes on in a second line, with <bdi lang="he" dir="rtl">ישראל</bdi> and snake_case.

<figure class="claim" id="forewarned">
<blockquote>
<p>Israel informed Russia *ahead* of [them](nowhere.md).</p>
</blockquote>
<figcaption>Said by <a href="../actors/actor-{m}.html">Actor {m}</a></figcaption>
</figure>

| Account | Date given | Says |
|---|:---|---:|
| [Outlet](../actors/outlet.md) | 10 May | told &#124; warned |
| **Other** | | *nothing* |

### Where accounts differ

<details>
<summary>Data</summary>
<table>
<tr><th>a</th></tr>
</table>
</details>

<aside>One</aside>
<aside>Two</aside>

## Key points

<a id="foot"></a>See [all](index.md), [home](../index.md), [part](index/2018.md).
"""


def page(title: str, body: str) -> bytes:
    """A page with front matter."""
    return f"---\ntitle: '{title}'\n---\n\n# {title}\n\n{body}\n".encode()


def make_pages(count: int, mark: str = "one") -> dict[str, bytes]:
    """A site of `count` briefings, and the pages that mkdocs.yml's menu names."""
    pages = {f"{section}/index.md": page(section, f"All of them, {mark}.") for section in SECTIONS}
    pages["index.md"] = page("Home", f"Bottom line, {mark}: [briefings](briefings/index.md).")
    pages["search.md"] = page(
        "Search", "- [A to Z](actors/index.md)\n- [years](chronology/index.md)"
    )
    pages["about.md"] = page(
        "About", "Method.\n\n1. Ordered\n2. List\n\n    code\n\n> quoted `code`"
    )
    pages["briefings/index/2018.md"] = page("2018", "[b0](../b0.md), [up](../index.md)")
    pages["actors/outlet.md"] = page("Outlet", f"An outlet, {mark}.")
    for n in range(7):
        pages[f"actors/actor-{n}.md"] = page(f"Actor {n}", "[b0](../briefings/b0.md#forewarned)")
    for n in range(count):
        text = BRIEFING.format(
            title=f"Briefing {n} {mark}", n=n, m=n % 7, other=f"b{(n + 1) % count}"
        )
        pages[f"briefings/b{n}.md"] = text.encode()
    return pages


def make_theme(folder: Path) -> Path:
    """A theme with one template, one stylesheet, and a page for what is not found."""
    folder.mkdir(parents=True)
    (folder / "main.html").write_text(MAIN)
    (folder / "404.html").write_text("<!doctype html><title>Not found</title>")
    (folder / "site.css").write_text("body { margin: 0 }")
    (folder / "sitemap.xml").write_bytes((ROOT / "templates/site/sitemap.xml").read_bytes())
    return folder


def make_config(folder: Path, theme: Path) -> Path:
    """mkdocs.yml with that theme, to be found beside it."""
    config = folder / "mkdocs.yml"
    text = CONFIG.read_text().replace("custom_dir: templates/site", f"custom_dir: {theme}")
    config.write_text(text)
    return config
