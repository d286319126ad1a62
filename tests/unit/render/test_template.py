"""What templates of pages may do, and what a page's Markdown looks like whatever they print."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path

import jinja2
import pytest

from readout.render.safe_words import SafeWords
from readout.render.template import TEMPLATES, body_of, make_environment, raw_block, settled, tidy
from readout.text import PlainText, Printed, SafeHtml, SafeMarkdown
from readout.words import words_for

Record = namedtuple("Record", "text many rows", defaults=("", (), {}))


@pytest.fixture
def body(tmp_path: Path):
    """A page's Markdown, from a template and a record."""

    def of(source: str, **values: object) -> str:
        (tmp_path / "a.md.j2").write_text(source, encoding="utf-8")
        environment = make_environment(tmp_path, SafeWords(words_for("en")))
        return body_of(environment.get_template("a.md.j2"), Record(**values))

    return of


MACRO = """\
{% macro item(one, level=3) %}
<h{{ level }}>{{ one }}</h{{ level }}>
{%- endmacro %}
"""


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("{{ page.text }}", "a&#42;"),
        ('{{ page.rows["b"] }}', "<b>"),
        ("{% for one in page.many %}{{ one }}, {% endfor %}", "*x*, 7,"),
        ('{{ say("Event") }} {{ say("Said by %(who)s", who=page.text) }}', "Event Said by a&#42;"),
        ('{{ say.count("%(n)s event", "%(n)s events", 2) }}', "2 events"),
        (MACRO + "{{ item(page.text) }} {{ item(page.text, 2) }}",
         "<h3>a&#42;</h3> <h2>a&#42;</h2>"),
        ("{% set b = page.rows %}{{ b['b'] }}", "<b>"),
    ],
)  # fmt: skip
def test_printed(body, source: str, printed: str) -> None:
    record = {
        "text": PlainText("a*"), "many": (SafeMarkdown("*x*"), 7), "rows": {"b": SafeHtml("<b>")}
    }  # fmt: skip
    assert body(source, **record) == printed


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ page.texts }}", AttributeError),
        ("{% if page.texts %}{% endif %}", AttributeError),
        ("{{ page.rows.b }}", AttributeError),
        ('{{ page.rows["c"] }}', KeyError),
        ('{{ page["text"] }}', TypeError),
        ("{{ pages.text }}", jinja2.UndefinedError),
        ("{{ range(3) }}", jinja2.UndefinedError),
        ("{{ page.text.upper() }}", TypeError),
        ("{{ page.many }}", TypeError),
        ("{{ 'a' }}", TypeError),
        ("{{ loop }}", TypeError),
        (MACRO + "{{ item() }}", TypeError),
        (MACRO + "{{ item(page.text) }}", TypeError),
        (MACRO + "{{ item(1, 2, 3) }}", TypeError),
        (MACRO + "{{ item(one=1) }}", TypeError),
        ("{% call raw() %}{{ page.text }}{% endcall %}", TypeError),
        ('{{ say("Said by %(who)s") }}', KeyError),
        ('{{ say("Said by %(who)s", who=page.text) }}', TypeError),
    ],
)
def test_what_is_not_there_or_not_safe_fails(body, source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        body(source, text="<i>", rows={"b": 1})


@pytest.mark.parametrize(
    "source",
    [
        MACRO + "{% call item() %}{% endcall %}",
        "{% call raw(1) %}{% endcall %}",
        "{% call(x) raw() %}{% endcall %}",
        "{% call raw() %}{% call raw() %}{% endcall %}{% endcall %}",
        "{% macro a() %}{% call raw() %}{% endcall %}{% endmacro %}",
        "{% macro a() %}{{ caller() }}{% endmacro %}",
        "{% macro a() %}{{ varargs }}{% endmacro %}",
        "{{ say(*page.many) }}",
    ],
)
def test_what_templates_do_without(body, source: str) -> None:
    with pytest.raises(jinja2.TemplateAssertionError):
        body(source)


def test_an_error_names_the_line_of_the_template(body) -> None:
    with pytest.raises(AttributeError) as error:
        body("a\n\n{{ page.texts }}\n")
    assert [(Path(one.path).name, one.lineno + 1) for one in error.traceback][-1] == ("a.md.j2", 3)


RAW = "{{% call raw() %}}\n{}\n{{% endcall %}}\n"


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("a\n" + RAW.format("<p>b</p>") + "c\n", "a\n\n<p>b</p>\n\nc"),
        (RAW.format("<p>") + RAW.format("") + RAW.format("</p>"), "<p>\n\n</p>"),
        ("a \n\n\n\n" + RAW.format(" <p> \n\n  \n b") + "\n \n\n    c", "a\n\n<p>\nb\n\n    c"),
        ("- a\n  - b\n" + RAW.format("<p>") + " ", "- a\n  - b\n\n<p>"),
        (RAW.format("{% for one in page.many %}\n{{ one }}\n{% endfor %}"), "<i>\n<b>\n</b>"),
        ("{% for one in page.many %}\n" + RAW.format("{{ one }}") + "{% endfor %}",
         "<i>\n\n<b>\n</b>"),
    ],
)  # fmt: skip
def test_raw_blocks_stand_between_empty_lines_and_have_none(body, source: str, page: str) -> None:
    assert body(source, many=(SafeHtml("<i> "), SafeHtml(""), SafeHtml("\n<b>\n \n</b>"))) == page


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a", "a"), ("", ""), (" a\n", "a"), ("a\n\nb", "a\nb"), ("a\n  \nb", "a\nb"),
        ("a\n b", "a\nb"), ("a \nb", "a\nb"), ("a  b\nc", "a  b\nc"), (" \n \n", ""),
    ],
)  # fmt: skip
def test_tidy(text: str, clean: str) -> None:
    assert tidy(text) == clean
    assert raw_block(text) == clean
    assert isinstance(raw_block(text), Printed)


def test_settled() -> None:
    assert settled("\n\n a  \nb\n \n \n\nc \n  ") == " a\nb\n\nc"


def test_macros_end_without_a_line_break() -> None:
    """Their callers' lines end them: a raw block is tidy without being tidied."""
    macros = TEMPLATES / "macros.md.j2"
    assert "{% endmacro %}" not in macros.read_text(encoding="utf-8")
