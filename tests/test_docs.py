"""The documents that are generated are up to date, complete, and right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from readout.content import codes, fields, key_types, schema
from readout.content.checked import check, type_of
from readout.content.json_schema import json_schemas
from readout.content.key_types import TITLES, records_in
from readout.content.names import DEFINES, NAMES
from readout.content.one_file import KEYED, RECORDS
from readout.content.quick_fit import pack_quickly
from readout.content.reference import documented_codes, example_of, reference_files
from readout.content.rules import RULES
from readout.content.schema import Article, Record, Seed, SeedQuote, SiteFile, fields_of
from tests.told import cases_of

ROOT = Path(__file__).parent.parent
FILES = reference_files()
MODELS: list[type[Record]] = [getattr(schema, name) for name in TITLES]
TYPED = [model for model in MODELS if model not in (Seed, SeedQuote)]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_generated_file_is_up_to_date(name: str) -> None:
    """After a change of the schema or of a rule: python build.py schema."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == FILES[name]


def test_every_document_that_is_named_is_there() -> None:
    named = re.compile(
        r"(?<![\w/.-])((?:(?:docs|bench|tests|readout)/(?:[\w-]+/)*)?)([\w-]+\.md)\b"
    )
    pages = [path for folder in ("readout", "tests", "bench", "docs") for path in _texts(folder)]
    missing = [
        f"{path.relative_to(ROOT)}: {folder}{name}"
        for path in [*pages, *ROOT.glob("*.md"), ROOT / "Makefile"]
        for folder, name in named.findall(path.read_text(encoding="utf-8"))
        if (folder or (name[:-3].isupper() and len(name) > 5))  # A.md is an example
        and not any((place / folder / name).exists() for place in (ROOT, path.parent))
        and not any((ROOT / one / name).exists() for one in ("docs", "bench") if not folder)
    ]
    assert missing == []


def _texts(folder: str) -> list[Path]:
    """The code and the documents below a folder; sites and cases are what authors write."""
    found = [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).glob("*.md")]
    return sorted(path for path in found if "node_modules" not in path.parts)


def test_no_schema_is_left_over() -> None:
    written = {f"schema/{path.name}" for path in (ROOT / "docs/schema").iterdir()}
    assert written == {name for name in FILES if name.startswith("schema/")}


def test_every_record_of_the_schema_has_a_table() -> None:
    files = [model for _, model in (*RECORDS.values(), *KEYED.values())]
    records = {record for model in (*files, SiteFile) for record in records_in(model)}
    assert records == set(MODELS)
    marks = re.findall(
        r"<!-- keys: (\w+) -->", (ROOT / "readout/content/guide.md").read_text(encoding="utf-8")
    )
    assert sorted(marks) == sorted(TITLES)


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_documented(model: type[Record]) -> None:
    heading = key_types.title(model).partition(" ")[2]
    part = FILES["content.md"].partition(f"### {heading[0].upper()}{heading[1:]}\n")[2]
    table = part.partition("\n#")[0]
    for name, field in fields_of(model).items():
        assert f"| `{field.alias or name}` |" in table
        assert field.description


def test_every_code_that_the_source_names_is_documented() -> None:
    code = re.compile(r'"([A-Z]{2,9}[0-9]{3})"')
    named = {
        found
        for path in (ROOT / "readout").rglob("*.py")
        for found in code.findall(path.read_text(encoding="utf-8"))
    }
    assert named <= documented_codes().keys()
    for one in documented_codes():
        assert f"\n## {one}\n" in FILES["codes.md"]


def test_no_code_is_used_twice() -> None:
    of_rules = [rule.RULE[0] for rule in RULES]
    assert len(set(of_rules)) == len(of_rules)
    assert not codes.CODES.keys() & set(of_rules)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.RULE[0])
def test_a_rule_says_what_it_does_why_and_how_to_mend_it(rule: Any) -> None:
    page = rule.__doc__
    assert page
    for part in ("**What it does.**", "**Why it matters.**", "Use instead", "```yaml"):
        assert part in page


def test_links_inside_the_reference_lead_somewhere() -> None:
    page = FILES["content.md"]
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one).strip().lower().replace(" ", "-") for one in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


def test_every_key_of_ids_is_known_to_name_or_to_define() -> None:
    """So that no key of ids can be added and then go unchecked."""
    ids = {
        (model, name)
        for model in MODELS
        for name, field in fields_of(model).items()
        if any(
            part in (fields.Id, fields.Ref, fields.ClaimRef)
            for part in key_types._all_parts(field.annotation)
        )
    }
    assert ids == NAMES.keys() | DEFINES


# Examples, in YAML as an editor reads it: numbers and booleans are that.


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as yaml-language-server reads it: `on` and dates are text."""


Core.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0].rpartition(":")[2] not in ("timestamp", "bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def as_editor(text: str) -> Any:
    """The value that an editor sees."""
    return yaml.load(text, Loader=Core)  # noqa: S506 (a safe loader with fewer types)


def as_readout(text: str) -> Any:
    """The value that Readout sees, of YAML without slips: all text, and what is empty absent."""
    return _filled(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 (text alone)


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items() if one != ""}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def validator(name: str, definition: str | None = None) -> jsonschema.Draft7Validator:
    whole = json_schemas()[name]
    if definition is not None and definition in whole["definitions"]:
        whole = {"$ref": f"#/definitions/{definition}", "definitions": whole["definitions"]}
    return jsonschema.Draft7Validator(whole)


def file_of(model: type[Record]) -> str:
    """A JSON Schema that has a record."""
    return next(
        name
        for name, one in json_schemas().items()
        if model.__name__ in one.get("definitions", {}) or _is_whole(name, model)
    )


def _is_whole(name: str, model: type[Record]) -> bool:
    return {"article.json": "Article", "actor.json": "Actor", "site.json": "SiteFile"}.get(
        name
    ) == model.__name__


@pytest.mark.parametrize("name", sorted(json_schemas()))
def test_a_schema_is_valid_draft_07(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(json_schemas()[name])


@pytest.mark.parametrize("model", TYPED)
def test_the_examples_are_right(model: type[Record]) -> None:
    text = "\n".join(example_of(model))
    assert check(model, as_readout(text)) == (pack_quickly(model, as_readout(text)), [])
    validator(file_of(model), model.__name__).validate(as_editor(text))


START = "title: T\nsource: {}\nbottom_line: b\n"
GOOD_ARTICLES = [
    "title: 2018\nsource: {}\nbottom_line: true\n",
    "title: T\nsource:\n  published: 2018\n  url:\nbottom_line: b\ntopics:\ndraft: false\n",
    "title: T\nsource: {seed: 001_a}\nbottom_line: b\n",
    START + "claims: [{id: x, text: y, by: a, on: 2018-05-10}]\n",
    START + "claims: [{id: x, text: y, by: {as: [a, b]}, via: [c, {id: d}]}]\n",
    START + "events: [{id: x, figures: [{label: a, value: 7}]}]\n",
]
BAD_ARTICLES = {
    "title: T\nbottom_line: b\n": "'source' is a required property",
    "title: T\nsource: {}\nbottom_line: b\nsumary: x\n": "'sumary' was unexpected",
    "title: T\nsource: {}\nbottom_line: b\ntopics: x\n": "'x' is not of type 'array', 'null'",
    "title: T\nsource: {}\nbottom_line: b\ntopics: [A B]\n": "'A B' does not match",
    "title: T\nsource: {}\nbottom_line: b\ntopics: ['7']\n": "'7' does not match",
    "title: T\nsource: {}\nbottom_line: b\ntopics: [index]\n": "'index' should not be valid",
    "title: T\nsource: {grade: G7}\nbottom_line: b\n": "'G7' does not match",
    "title: T\nsource: {url: www.x.org}\nbottom_line: b\n": "'www.x.org' does not match",
    "title: T\nsource: {}\nbottom_line: b\ndraft: yep\n": "'yep' is not one of",
    "title: [T]\nsource: {}\nbottom_line: b\n": "is not of type",
    "title:\nsource: {}\nbottom_line: b\n": "None is not of type",
    "title: T\nsource: {}\nbottom_line: b\nactors: [{role: host}]\n": "is not valid under any",
}


@pytest.mark.parametrize("text", GOOD_ARTICLES)
def test_good_articles_pass(text: str) -> None:
    validator("article.json").validate(as_editor(text))
    assert check(Article, as_readout(text))[1] == []


@pytest.mark.parametrize(("text", "message"), BAD_ARTICLES.items())
def test_bad_articles_do_not(text: str, message: str) -> None:
    errors = list(validator("article.json").iter_errors(as_editor(text)))
    assert any(message in error.message for error in errors)


NAMES_FOR_IDS = (
    "A name or an alias as it is printed gets its id",
    "A name that is no id, for a file that is not there",
)


def test_the_contents_of_the_rules_cases_pass() -> None:
    """The schemas are no stricter than the loader: what it took, they take."""
    count = 0
    for page in (ROOT / "tests/rules").glob("*.md"):
        for case in cases_of(page.read_text(encoding="utf-8")):
            if "KEY00" in case.expected or "YAML0" in case.expected:
                continue
            if case.title in NAMES_FOR_IDS:
                continue  # an editor says at once that a name is no id; only check knows whose
            for path, text in case.files.items():
                folder = path.split("/")[1]
                name = {"articles": "article.json", "actors": "actor.json"}.get(
                    folder, folder.replace(".yml", ".json").replace("_", "-")
                )
                name = "seed.json" if path.startswith("seeds/") else name
                if name in json_schemas():
                    validator(name).validate(as_editor(text))
                    count += 1
    assert count > 50


AGREE: dict[str, tuple[Any, list[str], list[str]]] = {
    "id": (
        fields.Id,
        ["putin", "a1-b2", "0a", "x" * 80],
        ["Putin", "a_b", "-a", "a--b", "7", "con"],
    ),
    "claim": (fields.ClaimRef, ["#a", "b#a-b"], ["a", "#", "#A", "a#b#c", "A#b"]),
    "url": (
        fields.Url,
        ["http://a.b", "HTTPS://a/b?c#d"],
        ["www.a.b", "ftp://a", "http://", "http:// a"],
    ),
    "language": (fields.Language, ["en", "zh-Hant", "x-a"], ["English (UK)", "e", "en_GB", ""]),
    "grade": (fields.Grade, ["A1", "F6"], ["A", "G1", "A7", "a1", "A10"]),
    "seed": (fields.SeedName, ["001_a-b", "a"], ["a.yml", "A", "_a", "a__b", "001"]),
    "wikidata": (fields.WikidataId, ["Q1", "Q43723"], ["Q0", "43723", "q1", "Q01"]),
    "sha256": (fields.Sha256, ["0" * 64, "ab" * 32], ["0" * 63, "G" * 64, "AB" * 32]),
    "bool": (fields.Bool, ["true", "false"], ["yes", "True", "1"]),
}


@pytest.mark.parametrize("name", AGREE)
def test_editors_and_loader_agree_on_single_values(name: str) -> None:
    kind, good, bad = AGREE[name]
    adapter: TypeAdapter[Any] = TypeAdapter(type_of(kind))
    definitions = json_schemas()["article.json"]["definitions"]
    editor = jsonschema.Draft7Validator({**key_types._json(kind), "definitions": definitions})
    for text in good:
        adapter.validate_python(text)
        assert editor.is_valid(text), text
    for text in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(text)
        assert not editor.is_valid(text), text
