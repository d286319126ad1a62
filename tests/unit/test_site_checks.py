"""The checks of whole sites find each kind of breakage, and nothing on a sound site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.page_reader import css_links, read_page, read_pages
from tests.site_checks import broken_links, external_links, external_requests, html_validate

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>A page</title>
{head}
</head>
<body>
<main id="text">
<h1 id="été">A page</h1>
{body}
</main>
</body>
</html>
"""
GOOD_HEAD = """<link rel="stylesheet" href="../style.css">
<link rel="canonical" href="https://desk.example/briefings/one.html">"""
GOOD_BODY = """<p><a href="#text">This page</a> <a href="?a=b#text">this one</a>
<a href="../index.html#%C3%A9t%C3%A9">home</a> <a href="two.html?x=1#text">two</a>
<a href="../briefings/./two.html#:~:text=A%20page">words</a>
<a href="two.html#text:~:text=A%20page">words below an id</a>
<a href="a%20b.txt">a text</a> <a href="mailto:desk@desk.example">mail</a>
<a href="https://elsewhere.example/x#nothing">elsewhere</a>
<a href="https://ELSEWHERE.example/y">elsewhere</a></p>
<p><img src="../icon.svg" srcset="../icon.svg 1x,../icon.svg 2x" alt="An icon">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="A dot"></p>
<blockquote cite="https://elsewhere.example/z"><p>Words</p></blockquote>"""
SHEET = '@namespace svg url(http://www.w3.org/2000/svg); main { background: url("icon.svg") }'
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<g id="dot"><circle r="4" fill="url(#paint)"/></g><use href="#dot"/></svg>"""


def make(site: Path, head: str = "", body: str = "", **files: str) -> Path:
    """A sound site, with more in the head or the body of briefings/one.html."""
    (site / "briefings").mkdir(parents=True)
    (site / "index.html").write_text(PAGE.format(head="", body=""), encoding="utf-8")
    (site / "briefings" / "two.html").write_text(PAGE.format(head="", body=""), encoding="utf-8")
    (site / "briefings" / "a b.txt").write_text("text")
    one = PAGE.format(head=f"{GOOD_HEAD}\n{head}", body=f"{GOOD_BODY}\n{body}")
    (site / "briefings" / "one.html").write_text(one, encoding="utf-8")
    (site / "style.css").write_text(files.get("css", SHEET))
    (site / "icon.svg").write_text(files.get("svg", ICON))
    if "missing" in files:
        missing = PAGE.format(head="", body=files["missing"])
        (site / "404.html").write_text(missing, encoding="utf-8")
    return site


def test_nothing_is_found_on_a_sound_site(tmp_path: Path) -> None:
    site = make(tmp_path / "site", missing='<p><a href="/desk/index.html#text">Home</a></p>')
    assert broken_links(site, base="/desk/") == []
    assert external_requests(site) == []
    assert html_validate(site) == []


BROKEN = [
    ('<a href="three.html">x</a>', "'three.html' leads to no file"),
    ('<a href="two.html#nothing">x</a>', "'two.html#nothing' leads to no id"),
    ('<a href="#nothing">x</a>', "'#nothing' leads to no id"),
    ('<a href="two.html#nothing:~:text=A">x</a>', "leads to no id"),
    ('<a href="three.html#:~:text=A">x</a>', "leads to no file"),
    ('<a href="a%20b.txt#x">x</a>', "leads to no id"),
    ('<a href="Two.html">x</a>', "'Two.html' leads to no file"),
    ('<a href=" three.html\n">x</a>', "leads to no file"),
    ('<a href="../briefings">x</a>', "leads to no file"),
    ('<a href="../briefings/">x</a>', "leads to no file"),
    ('<a href="../../index.html">x</a>', "leaves the site"),
    ('<a href="..\\..\\index.html">x</a>', "leaves the site"),
    ('<a href="%2e%2e/../index.html">x</a>', "leaves the site"),
    ('<a href="/index.html">x</a>', "starts at the root"),
    ('<a href="javascript:alert(1)">x</a>', "has a scheme"),
    ('<a href="file:///etc/passwd">x</a>', "has a scheme"),
    ('<a href="//elsewhere.example/">x</a>', "has a scheme or a host"),
    ('<a href="\\\\elsewhere.example/">x</a>', "has a scheme or a host"),
    ('<a href="http://[x">x</a>', "is no address"),
    ('<img src="no.png" alt="x">', "'no.png' leads to no file"),
    ('<img srcset="../icon.svg, no.png 2x" alt="x">', "'no.png' leads to no file"),
    ('<img srcset="../icon.svg 1x,no.png 2x" alt="x">', "'no.png' leads to no file"),
    ('<video poster="no.png"></video>', "'no.png' leads to no file"),
    ('<form action="no.html"></form>', "'no.html' leads to no file"),
    ('<button formaction="no.html">x</button>', "'no.html' leads to no file"),
    ('<object data="no.svg"></object>', "'no.svg' leads to no file"),
    ('<blockquote cite="no.html">x</blockquote>', "'no.html' leads to no file"),
    ('<noscript><a href="no.html">x</a></noscript>', "'no.html' leads to no file"),
    ('<p style="background: url(no.png)">x</p>', "'no.png' leads to no file"),
    ("<p style=\"background: url( 'no.png' )\">x</p>", "'no.png' leads to no file"),
    ('<svg><use href="#no"/></svg>', "'#no' leads to no id"),
    ('<svg><use xlink:href="#no"/></svg>', "'#no' leads to no id"),
    ('<svg><path marker-end="url(#no)"/></svg>', "'#no' leads to no id"),
    ('<p id="twice">x</p><p id="twice">y</p>', "the id 'twice' stands 2 times"),
]


@pytest.mark.parametrize(("body", "finding"), BROKEN, ids=[body for body, _ in BROKEN])
def test_what_is_broken_in_a_body(body: str, finding: str, tmp_path: Path) -> None:
    found = broken_links(make(tmp_path / "site", body=body))
    assert len(found) == 1
    assert found[0].startswith("briefings/one.html: ")
    assert finding in found[0]


@pytest.mark.parametrize(
    ("head", "finding"),
    [
        ('<link rel="stylesheet" href="no.css">', "'no.css' leads to no file"),
        ('<link rel="alternate" href="no.xml">', "'no.xml' leads to no file"),
        ('<link rel="preload" as="image" imagesrcset="no.png 1x">', "'no.png' leads to no file"),
        ('<script src="no.js"></script>', "'no.js' leads to no file"),
        ('<meta http-equiv="refresh" content="0; url=no.html">', "'no.html' leads to no file"),
        ('<meta http-equiv="Refresh" content="3;URL=\'no.html\'">', "'no.html' leads to no file"),
        ("<style>p { background: url(no.png) }</style>", "'no.png' leads to no file"),
        ('<style>@import "no.css";</style>', "'no.css' leads to no file"),
        ('<base href="two.html">', "has a <base>"),
    ],
)
def test_what_is_broken_in_a_head(head: str, finding: str, tmp_path: Path) -> None:
    (found,) = broken_links(make(tmp_path / "site", head=head))
    assert found.startswith("briefings/one.html: ")
    assert finding in found


def test_what_is_broken_in_a_stylesheet_and_a_drawing(tmp_path: Path) -> None:
    site = make(
        tmp_path / "site",
        css="/* url(gone.png) */ p { background: url(no.png); filter: url(#of-the-page) }",
        svg='<svg><image href="briefings/no.png"/></svg>',
    )
    assert broken_links(site) == [
        "style.css: 'no.png' leads to no file",
        "icon.svg: 'briefings/no.png' leads to no file",
    ]


@pytest.mark.parametrize(
    ("link", "finding"),
    [
        ("/desk/no.html", "leads to no file"),
        ("/desk/index.html#no", "leads to no id"),
        ("/index.html", "leaves the site"),
        ("/desk/../index.html", "leaves the site"),
        ("index.html", "does not start at the root"),
    ],
)
def test_the_page_of_any_depth(link: str, finding: str, tmp_path: Path) -> None:
    site = make(tmp_path / "site", missing=f'<a href="{link}">x</a> <a href="/desk/">Home</a>')
    (found,) = broken_links(site, base="/desk/")
    assert found.startswith("404.html: ")
    assert finding in found


EXTERNAL = [
    '<script src="https://elsewhere.example/x.js"></script>',
    '<script src="//elsewhere.example/x.js"></script>',
    '<script src="\\\\elsewhere.example/x.js"></script>',
    '<img src="http://elsewhere.example/x.png" alt="x">',
    '<img srcset="../icon.svg 1x, https://elsewhere.example/x.png 2x" alt="x">',
    '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
    '<link rel="shortcut icon" href="https://elsewhere.example/x.ico">',
    '<link rel="preload" as="font" href="https://elsewhere.example/x.woff2">',
    '<link rel="preconnect" href="https://elsewhere.example">',
    '<link rel="dns-prefetch" href="//elsewhere.example">',
    '<iframe src="https://elsewhere.example/"></iframe>',
    '<video poster="https://elsewhere.example/x.png"></video>',
    '<audio src="https://elsewhere.example/x.ogg"></audio>',
    '<object data="https://elsewhere.example/x.svg"></object>',
    '<svg><image href="https://elsewhere.example/x.png"/></svg>',
    '<svg><use xlink:href="https://elsewhere.example/x.svg#y"/></svg>',
    '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
    '<p style="background: url(https://elsewhere.example/x.png)">x</p>',
    '<style>@import "https://elsewhere.example/x.css";</style>',
    '<style>@font-face { font-family: x; src: url("https://elsewhere.example/x") }</style>',
    '<style>p { background: image-set("https://elsewhere.example/x.png" 1x) }</style>',
]


@pytest.mark.parametrize("markup", EXTERNAL)
def test_what_is_fetched_from_outside(markup: str, tmp_path: Path) -> None:
    (found,) = external_requests(make(tmp_path / "site", body=markup))
    assert found.startswith("briefings/one.html: fetches ")
    assert "elsewhere.example" in found


def test_stylesheets_and_drawings_that_fetch_from_outside(tmp_path: Path) -> None:
    site = make(
        tmp_path / "site",
        css="@import url(https://elsewhere.example/x.css);",
        svg='<svg><image href="//elsewhere.example/x.png"/></svg>',
    )
    assert external_requests(site) == [
        "style.css: fetches https://elsewhere.example/x.css",
        "icon.svg: fetches //elsewhere.example/x.png",
    ]


def test_links_to_other_hosts_are_counted(tmp_path: Path) -> None:
    pages = read_pages(make(tmp_path / "site"))
    assert external_links(pages) == {"elsewhere.example": 3, "desk.example": 1}


def test_blanks_around_a_link_are_no_part_of_it(tmp_path: Path) -> None:
    assert broken_links(make(tmp_path / "site", body='<a href=" two.html#text\n">x</a>')) == []


def test_an_empty_site_is_not_a_sound_one(tmp_path: Path) -> None:
    for check in (broken_links, external_requests, html_validate):
        assert check(tmp_path) == [f"{tmp_path} holds no page"]


def test_text_that_looks_like_markup_is_none() -> None:
    read = read_page(
        '<meta name="description" content="url(no.png)"><!-- <a href="no.html"> -->'
        '<script>"<a href=no.html>"</script>'
        '<p title="&lt;a href=no.html>">&lt;a href=no.html> url(no.png)</p>'
    )
    assert (read.links, read.fetched) == ([], [])


def test_addresses_in_css() -> None:
    css = "@import 'a.css' screen; a{b:URL(b.png) url('c d.png')}/*url(e)*/c{d:url(\"f(1).png\")}"
    assert css_links(css) == ["a.css", "b.png", "c d.png", "f(1).png"]


INVALID = [
    ("<p><div>x</div></p>", "close-order"),
    ('<p id="text">x</p>', "no-dup-id"),
    ("<h4>x</h4>", "heading-level"),
    ('<p><img src="../icon.svg"></p>', "wcag/h37"),
    ("<p><center>x</center></p>", "deprecated"),
    ("<strong>x", "close-order"),
    ('<p aria-labelledby="no">x</p>', "no-missing-references"),
    ("<ul><p>x</p></ul>", "element-permitted-content"),
    ("<label>x</label><input>", "input-missing-label"),
    ('<p><a href="two.html"></a></p>', "wcag/h30"),
]


def test_html_that_is_not_valid(tmp_path: Path) -> None:
    site = make(tmp_path / "site")
    for number, (body, _) in enumerate(INVALID):
        page = PAGE.format(head="", body=body)
        (site / f"bad{number}.html").write_text(page, encoding="utf-8")
    found = html_validate(site)
    for number, (body, rule) in enumerate(INVALID):
        mine = [one for one in found if one.startswith(f"bad{number}.html:")]
        assert any(f" {rule} " in one for one in mine), (body, mine)
    assert all(one.startswith("bad") for one in found)


def test_only_the_pages_that_were_asked_for_are_validated(tmp_path: Path) -> None:
    site = make(tmp_path / "site", body="<p><div>x</div></p>")
    assert html_validate(site, ["index.html"]) == []
    assert html_validate(site, ["index.html", "briefings/one.html"]) != []


def test_a_validator_that_does_not_run_is_no_finding(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="html-validate did not run"):
        html_validate(tmp_path, ["no-such-page.html"])
