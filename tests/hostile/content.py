"""Content with a text in every field that takes text: for each string an article and all it names.

`FIELDS` are the fields that are filled; a test holds them equal to those of the schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args

import yaml

from readout.content.schema import SourceKey
from tests.hostile.fields import PROSE_FORMS, Batch, Texts

Json = Any
SITE = {
    "title": "Zqdesk",
    "bottom_line": "Zqline.",
    "publisher": "Zqpublisher",
    "licence": "Zqlicence",
    "language": "en",
    "base_url": "https://desk.example/",
}
_FIELDS: Final = """
    Article.title Source.headline Source.authors Source.basis Article.bottom_line KeyPoint.text
    Article.summary Party.called Claim.text Claim.quote Claim.excerpt Account.title
    Account.date_words Account.basis Account.text Figure.label Figure.value MayBe.why
    Article.background Article.open_questions Assessment.text Correction.text Article.prepared_by
    Actor.name Actor.names Actor.aliases Actor.description EventEntry.title EventEntry.summary
    Place.name Place.names Place.aliases Topic.name Topic.description Topic.state EventKind.name
    SiteFile.title SiteFile.bottom_line SiteFile.publisher SiteFile.licence
"""
FIELDS: Final = frozenset(_FIELDS.split())


def article(n: int, of: Texts) -> Json:
    """The article of string `n`."""
    day = f"{2001 + n // 300}-{1 + n // 28 % 12:02}-{1 + n % 28:02}"
    return {
        "title": of.plain(n, "Article.title"),
        "source": _source(n, of, day),
        "bottom_line": of.prose(n, "Article.bottom_line"),
        "key_points": [
            {"text": of.prose(n, "KeyPoint.text"), "claims": ["one"]},
            {"text": f"See [[zq-hub|{of.words(n, 'KeyPoint.text')}]] there."},
            *({"text": of.prose(n, "KeyPoint.text", form)} for form in "ilt"),
        ],
        "summary": of.prose(n, "Article.summary"),
        "topics": [f"t-{n}"],
        "places": [f"p-{n}"],
        "actors": [
            {"id": f"n-{n}", "as": [of.plain(n, "Party.called"), of.plain(n, "Party.called")]},
            {"as": of.plain(n, "Party.called")},
            "zq-hub",
        ],
        "claims": _claims(n, of, day),
        "events": _accounts(n, of, day),
        "background": of.prose(n, "Article.background", "s"),
        "open_questions": [
            of.prose(n, "Article.open_questions", form) for form in ("r", "q", "e", "h", "n")
        ],
        "assessments": [
            {"text": of.prose(n, "Assessment.text"), "likelihood": "likely", "confidence": "low"}
        ],
        "corrections": [{"date": "2026-11-21", "text": of.prose(n, "Correction.text")}],
        "prepared_by": [of.plain(n, "Article.prepared_by"), "the desk"],
        "reviewed": "2026-11-20",
    }


def _source(n: int, of: Texts, day: str) -> Json:
    return {
        "headline": of.plain(n, "Source.headline"),
        "outlet": f"o-{n}",
        "authors": [of.plain(n, "Source.authors"), "Zqauthor"],
        "published": day,
        "url": f"https://example.org/{of.address(n, 'Source.url')}",
        "archived_url": f"https://example.org/?a={of.address(n, 'Source.archived_url')}",
        "retrieved": "2026-11-20",
        "language": "en",
        "origin": ["zq-hub"],
        "grade": "B2",
        "basis": {key: of.plain(n, "Source.basis") for key in get_args(SourceKey)},
    }


def _claims(n: int, of: Texts, day: str) -> Json:
    who = of.plain(n, "Party.called")
    return [
        {
            "id": "one",
            "text": of.prose(n, "Claim.text"),
            "by": [{"id": f"n-{n}", "as": who}, {"as": who}],
            "via": [{"as": who}],
            "on": day,
            "at": f"e-{n}",
            "quote": of.plain(n, "Claim.quote"),
            "excerpt": of.plain(n, "Claim.excerpt"),
            "about": [f"e-{n}"],
            "likelihood": "likely",
            "confidence": "low",
        },
        {
            "id": "two",
            "text": of.prose(n, "Claim.text", "i"),
            "by": {"as": who},
            "stance": "denies",
            "excerpt": of.plain(n, "Claim.excerpt"),
            "denies": ["#one"],
        },
        {"id": "three", "text": of.prose(n, "Claim.text", "e"), "by": f"n-{n}"},
    ]


def _accounts(n: int, of: Texts, day: str) -> Json:
    who = of.plain(n, "Party.called")
    return [
        {
            "id": f"e-{n}",
            "title": of.plain(n, "Account.title"),
            "kind": f"k-{n}",
            "status": "reported",
            "date": day,
            "date_words": of.plain(n, "Account.date_words"),
            "basis": of.plain(n, "Account.basis"),
            "place": f"p-{n}",
            "actors": [
                {"id": f"n-{n}", "as": who, "role": "sender"},
                {"as": who, "role": "intermediary"},
                {"id": "zq-hub", "role": "recipient"},
            ],
            "text": of.prose(n, "Account.text"),
            "figures": [
                {"label": of.plain(n, "Figure.label"), "value": of.plain(n, "Figure.value")}
            ],
            "may_be": [{"event": f"s-{n // 2}", "why": of.plain(n, "MayBe.why")}],
        },
        {  # told by two articles, which differ
            "id": f"s-{n // 2}",
            "date": day,
            "basis": of.plain(n, "Account.basis"),
            "actors": [{"id": f"n-{n}"}, {"id": f"n-{n - n % 2}"}],
            "text": of.prose(n, "Account.text"),
            "figures": [
                {
                    "label": of.plain(n - n % 2, "Figure.label"),
                    "value": of.plain(n, "Figure.value"),
                }
            ],
        },
    ]


def entries(count: int, of: Texts) -> dict[str, Json]:
    """Every file of a site of `count` strings, by its path below content/."""
    numbers = range(count)
    files: dict[str, Json] = {"site.yml": SITE}
    for n in numbers:
        files[f"articles/a-{n}.yml"] = article(n, of)
        files[f"actors/n-{n}.yml"] = _named(n, of, "Actor") | {
            "kind": "person",
            "of": ["zq-hub"],
            "description": of.prose(n, "Actor.description"),
        }
        files[f"actors/o-{n}.yml"] = {"name": f"Zqoutlet {n}", "kind": "outlet"}
    files["actors/zq-hub.yml"] = {"name": "Zqhub", "kind": "state"}
    files["places.yml"] = {
        f"p-{n}": _named(n, of, "Place") | {"at": [str(n % 80), str(n % 180)]} for n in numbers
    }
    files["topics.yml"] = {
        f"t-{n}": {
            "name": of.plain(n, "Topic.name"),
            "description": of.prose(n, "Topic.description"),
            "state": of.prose(n, "Topic.state"),
        }
        for n in numbers
    }
    files["event_kinds.yml"] = {
        f"k-{n}": {"name": of.plain(n, "EventKind.name"), "category": "CONSULT"} for n in numbers
    }
    files["events.yml"] = {
        f"s-{n // 2}": {
            "title": of.plain(n, "EventEntry.title"),
            "summary": of.prose(n, "EventEntry.summary"),
        }
        for n in numbers
        if n % 2 == 0
    }
    return files


def _named(n: int, of: Texts, record: str) -> Json:
    return {
        "name": of.plain(n, f"{record}.name"),
        "names": {"he": of.plain(n, f"{record}.names")},
        "aliases": [of.plain(n, f"{record}.aliases")],
    }


def desk(of: Texts, about: str) -> dict[str, Json]:
    """A small site whose own texts are string 1: title, bottom line, publisher, licence, about.

    Its one article has string 0.
    """
    return entries(1, of) | {
        "site.yml": SITE
        | {
            "title": of.plain(1, "SiteFile.title"),
            "bottom_line": of.prose(1, "SiteFile.bottom_line"),
            "publisher": of.plain(1, "SiteFile.publisher"),
            "licence": of.plain(1, "SiteFile.licence"),
        },
        "about.md": about,
    }


def probes(texts: Mapping[int, str]) -> dict[str, Json]:
    """Content that tells which forms of which strings the product takes: one article for each.

    The names of its files are `p-17-r.yml`, for string 17 in the form `r`.
    """
    files: dict[str, Json] = {"actors/zq-hub.yml": {"name": "Zqhub", "kind": "state"}}
    for n, text in texts.items():
        whole = Batch([*([""] * n), text])
        files |= {
            f"articles/p-{n}-p.yml": _probe(title=text),
            f"articles/p-{n}-w.yml": _probe(bottom_line=f"[[zq-hub|{text}]]"),
            f"articles/p-{n}-u.yml": _probe(source={"url": f"https://example.org/{text}"}),
            **{
                f"articles/p-{n}-{form}.yml": _probe(summary=whole.typed(n, form))
                for form in PROSE_FORMS
            },
        }
    return files


def _probe(**given: Json) -> Json:
    return {"title": "Zqtitle", "source": {}, "bottom_line": "Zqline."} | given


def write(files: Mapping[str, Json], folder: Path) -> None:
    """Writes content as YAML, its texts quoted in turns in each of YAML's ways."""
    for path, value in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = value if path.endswith(".md") else "".join(_mapping(value, ""))
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "articles").mkdir(exist_ok=True)


def _mapping(value: Mapping[str, Json], indent: str) -> list[str]:
    return [f"{indent}{key}:{_value(inner, indent)}" for key, inner in value.items()]


def _value(value: Json, indent: str) -> str:
    if isinstance(value, str):
        return f" {_scalar(value, indent)}\n"
    if not value:
        return " {}\n"
    if isinstance(value, Mapping):
        return "\n" + "".join(_mapping(value, indent + "  "))
    return "\n" + "".join(f"{indent}  -{_item(one, indent)}" for one in value)


def _item(value: Json, indent: str) -> str:
    if isinstance(value, str):
        return f" {_scalar(value, indent + '  ')}\n"
    lines = "".join(_mapping(value, indent + "    "))
    return " " + lines[len(indent) + 4 :]


def _scalar(text: str, indent: str) -> str:
    """The text as a block, in single or in double quotes, by its length; always read back."""
    styles = [_escaped(text), "'" + text.replace("'", "''") + "'", _block(text, indent)]
    chosen = styles[len(text) % 3]
    try:
        same = yaml.load(f"{indent}k: {chosen}\n", Loader=yaml.CBaseLoader) == {"k": text}  # noqa: S506
    except (yaml.YAMLError, ValueError):
        same = False
    return chosen if same else _escaped(text)


def _escaped(text: str) -> str:
    """In double quotes, with escapes for all but ASCII (YAML 1.2, 5.7)."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[^ -~]", lambda found: f"\\U{ord(found[0]):08x}", quoted)


def _block(text: str, indent: str) -> str:
    body = "".join(f"{indent}  {line}\n" if line else "\n" for line in text.split("\n"))
    return "|-\n" + body.rstrip("\n")
