"""What somebody typed is shown as typed, in every place of a page and by both Markdown parsers."""

from __future__ import annotations

import jinja2
import pytest
import yaml
from mkdocs.utils.meta import get_data

from readout.render.template import PageEnvironment
from readout.text import (
    ACTS_ANYWHERE,
    ACTS_FIRST,
    ACTS_LAST,
    PlainText,
    SafeHtml,
    SafeMarkdown,
    encode,
    encode_inside,
    finalize,
    front_matter,
    make_encoder,
    web_address,
)
from tests.hostile import ALL, MARKDOWN, XSS
from tests.rendered import PARSERS
from tests.slots import SLOTS, fails

CASES = [(slot, parser) for slot in SLOTS for parser in PARSERS]


@pytest.mark.parametrize(("slot", "parser"), CASES)
def test_shown_as_typed(slot: str, parser: str) -> None:
    wrong = [text for text in ALL if fails(text, slot, parser, encode)]
    assert wrong == []


@pytest.mark.parametrize("character", ACTS_ANYWHERE + ACTS_FIRST + ACTS_LAST)
def test_every_encoded_character_is_needed(character: str) -> None:
    weak = make_encoder(
        ACTS_ANYWHERE.replace(character, ""),
        ACTS_FIRST.replace(character, ""),
        ACTS_LAST.replace(character, ""),
    )
    texts = [text for text in ALL if character in text]
    assert any(fails(text, slot, parser, weak) for text in texts for slot, parser in CASES)


@pytest.mark.parametrize("text", ["1. a", "1) a", "2026. a", "1."])
def test_numbers_that_start_lists_are_needed(text: str) -> None:
    assert encode(text) != text
    assert any(fails(text, slot, parser, lambda typed: typed) for slot, parser in CASES)


def test_the_check_sees_what_html_escape_lets_through() -> None:
    from html import escape

    slots = ("paragraph", "heading", "table cell", "link's words")
    for slot in slots:
        assert any(fails(text, slot, "Python-Markdown", escape) for text in MARKDOWN + XSS)


@pytest.mark.parametrize(
    "text",
    [
        "U.S.-led strikes (2018), Moscow's reply",
        "Who knew what, and when? 7% of 1.5 million; a/b: c",
        "“Forewarned” – on 9 May 2018",
        "בנימין נתניהו",
        "@name $5 {x} ^2 50 °C",
        "",
    ],
)
def test_ordinary_text_stays_legible(text: str) -> None:
    assert encode(text) is text


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("AT&T", "AT&#38;T"),
        ("- a - b", "&#45; a - b"),
        ("1986. A great year", "1986&#46; A great year"),
        ("1.5 million", "1.5 million"),
        ("He won! They lost!", "He won! They lost&#33;"),
        ("  a\n\n b\t\u2028c\x85 ", "a b c"),
        ("5\u00a0km \u202fa", "5\u00a0km \u202fa"),
        ("\u00a0a\u3000", "a"),
        ("a\x00b\x02\ud800", "a\ufffdb\ufffd\ufffd"),
        ("!", "&#33;"),
        ("C #", "C &#35;"),
        ("3) \u00a0 a", "3&#41; \u00a0 a"),
        ("7.\u3000a\t", "7&#46;\u3000a"),
        ("\x7f\x9f\udfff.", "\ufffd\ufffd\ufffd."),
    ],
)
def test_encoded(text: str, encoded: str) -> None:
    assert encode(text) == encoded


def test_encode_inside_keeps_the_ends() -> None:
    assert encode_inside(" a* \u00a0") == " a&#42; \u00a0"
    assert encode_inside(" ") == " "
    assert encode_inside("\n") == " "


def test_encoded_text_is_one_line() -> None:
    ends = "".join(map(chr, range(0x20))) + "\x85\u2028\u2029"
    text = "a".join(ends) + "a"
    assert len(encode(text).splitlines()) == 1
    assert len(encode_inside(f"{ends}a{ends}").splitlines()) == 1


class TestFinalize:
    @staticmethod
    def render(source: str, **values: object) -> str:
        environment = PageEnvironment(finalize=finalize, undefined=jinja2.StrictUndefined)
        return environment.from_string(source).render(values)

    def test_prints_the_three_types_and_numbers(self) -> None:
        page = self.render(
            "# {{ a }}\n{{ b }} {{ c }} {{ n }} <x>\n",
            a=PlainText("<i> & co"),
            b=SafeMarkdown("[*x*](y)"),
            c=SafeHtml("<b>z</b>"),
            n=7,
        )
        assert page == "# &#60;i&#62; &#38; co\n[*x*](y) <b>z</b> 7 <x>"

    def test_macros_print(self) -> None:
        source = (
            "{% macro m(x) %}<li>{{ x }}</li>{% endmacro %}{{ m(t) }}{% call m(t) %}{% endcall %}"
        )
        assert self.render(source.split("{% call")[0], t=PlainText("*")) == "<li>&#42;</li>"

    @pytest.mark.parametrize(
        "source",
        [
            "{{ text }}", "{{ nothing }}", "{{ yes }}", "{{ half }}", "{{ list }}",
            "{{ text ~ 'x' }}", "{{ list | join }}", "{{ plain ~ 'x' }}", "{{ plain | upper }}",
            "{{ 'a' ~ plain }}", "{{ plain | string }}", "{{ md ~ md }}",
            "{{ html | replace('a', 'b') }}",
        ],
    )  # fmt: skip
    def test_anything_else_fails(self, source: str) -> None:
        values = {
            "text": "<", "nothing": None, "half": 1.5, "yes": True, "list": ["<"],
            "plain": PlainText("<a"), "md": SafeMarkdown("a"), "html": SafeHtml("a"),
        }  # fmt: skip
        with pytest.raises(TypeError, match=r"PlainText|printed"):
            self.render(source, **values)

    def test_an_undefined_name_fails(self) -> None:
        with pytest.raises((TypeError, jinja2.UndefinedError)):
            self.render("{{ missing }}")
        with pytest.raises(TypeError, match="Undefined"):
            finalize(jinja2.Undefined(name="missing"))


def test_safe_types_are_no_strings() -> None:
    for value in (PlainText("a"), SafeMarkdown("a"), SafeHtml("a")):
        assert value
        assert not type(value)("")
        for make in (str, format):
            with pytest.raises(TypeError):
                make(value)


@pytest.mark.parametrize("kind", [PlainText, SafeMarkdown, SafeHtml])
def test_what_a_text_is_stays(kind: type[PlainText | SafeMarkdown | SafeHtml]) -> None:
    value = kind("a")
    with pytest.raises(AttributeError, match="immutable"):
        value.text = "<"  # type: ignore[misc]
    assert not hasattr(value, "__dict__")
    assert hash(value) == hash(kind("a"))


def test_what_may_not_be_printed_is_named() -> None:
    with pytest.raises(TypeError) as error:
        finalize("<" * 100)
    assert str(error.value) == (
        f"a template prints str '{'<' * 59}; only PlainText, SafeMarkdown, SafeHtml "
        "and int may be printed"
    )
    for value, what in (
        (PlainText("a"), "plain text is encoded when it is printed; take .text for the bare"),
        (SafeMarkdown("a"), "safe Markdown is printed by itself; take .text for the bare"),
        (SafeHtml("a"), "safe HTML is printed by itself; take .text for the bare"),
    ):
        with pytest.raises(TypeError) as error:
            str(value)
        assert str(error.value) == f"{what} string"


def test_both_forms_of_plain_text() -> None:
    assert PlainText("a_b").html == SafeHtml("a&#95;b")
    assert PlainText("a_b").markdown == SafeMarkdown("a&#95;b")


class TestWebAddress:
    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("https://example.org/a?b=c&d#e", None),
            (" HTTP://Example.org:80/a ", "http://example.org:80/a"),
            ("http://a.b//c", None),
            ("https://x.org/ü b?q=\"<>'|[1]", "https://x.org/%C3%BC%20b?q=%22%3C%3E'%7C%5B1%5D"),
            ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
            ("http://192.0.2.1/", None),
            ("https://x.org/%41%", None),
            ("https://x.org/\ud800", "https://x.org/?"),
            ("https://x.org/!$&'()*+,;=~-._:@/?/:#/:", None),
            ("https://a_b.x-y.org./", None),
            ("HTTPS://X.ORG?a#b", "https://x.org?a#b"),
            ("https://x.org:0/", None),
        ],
    )
    def test_taken(self, url: str, address: str | None) -> None:
        assert web_address(url) == (address or url)

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:,x",
            "//example.org/", "/a", "a.html", "", "http:", "http://", "http:///a", "https:a",
            "http://user@host/", "https://bank.example:x@evil.example/", "ftp://a/", "mailto:a@b",
            "http://[::1]/", "http://[", "http://a:x/", "http://a:99999/", "http://a b/",
            "http://a\\@b/", "http://-a/", "http://\u2024\u2024/", "http://\x00/",
            "\x01javascript:alert(1)", "vbscript:x", "http://a%2f/", "http://" + "ü" * 70 + "/",
            "http://a-/", "http://.a/", "http://ü:x/", "xhttp://a/",
        ],
    )  # fmt: skip
    def test_refused(self, url: str) -> None:
        assert web_address(url) is None


class TestFrontMatter:
    @pytest.mark.parametrize(
        "text", ["", "a: b", "---", "...", "\n---\n", "no", "2018", "x" * 3000, *ALL]
    )
    def test_reads_back(self, text: str) -> None:
        meta: dict[str, str | int] = {"title": text, "count": 3}
        page = front_matter(meta) + "# Title: x\n"
        assert get_data(page) == ("# Title: x\n", meta)
        assert yaml.safe_load(page.split("---\n")[1] if "---" not in text else page[4:-16]) == meta

    @pytest.mark.parametrize(
        "key", ["", "no", "y", "true", "null", "1", "a b", "a: b", "Ä", "a\nb", "null\n"]
    )
    def test_bad_keys(self, key: str) -> None:
        with pytest.raises(ValueError, match="key"):
            front_matter({key: "x"})

    @pytest.mark.parametrize("key", ["yes", "no", "on", "off", "true", "false", "null", "y", "n"])
    def test_what_yaml_reads_otherwise_is_named(self, key: str) -> None:
        with pytest.raises(ValueError, match=f"^not a key of front matter: '{key}'$"):
            front_matter({key: "x"})
        assert front_matter({f"{key}s-_9": "x"}) == f'---\n{key}s-_9: "x"\n---\n'

    def test_what_is_written(self) -> None:
        meta: dict[str, str | int] = {"a": "ü\x7f\x9f\u2028\ufeff\uffff\ud800", "b": -1}
        written = r'"ü\u007f\u009f\u2028\ufeff\uffff' + "\ufffd" + '"'
        assert front_matter(meta) == f"---\na: {written}\nb: -1\n---\n"

    @pytest.mark.parametrize("value", [None, True, 1.5, PlainText("x"), ["a"], ("a",)])
    def test_bad_values(self, value: object) -> None:
        with pytest.raises(TypeError):
            front_matter({"a": value})  # type: ignore[dict-item]

    def test_a_bad_value_is_named(self) -> None:
        with pytest.raises(TypeError) as error:
            front_matter({"a": None})  # type: ignore[dict-item]
        assert str(error.value) == "front matter takes str and int, not None"
