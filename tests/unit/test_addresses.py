"""One registry of addresses, and links from one to another."""

import pytest

from readout.addresses import ANYWHERE, AddressProblem, Registry, own_ways, relative, root_of


def test_a_collision_names_both_sources() -> None:
    registry = Registry()
    assert registry.claim("actors/putin", "content/actors/putin.yml") is None
    assert registry.claim("actors/putin", "content/actors/putin.yml") is None
    problem = registry.claim("actors/putin", "content/redirects.yml")
    assert problem is not None
    assert problem.other == "content/actors/putin.yml"
    assert str(problem) == (
        'content/redirects.yml: address "actors/putin" is already that of content/actors/putin.yml'
    )


@pytest.mark.parametrize(
    "address",
    [
        "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", ".hidden", "a/.b", "a.", "A", "ä",
        "a b", "a\\b", "a\nb", "a\n", "a%2e", "con", "a/nul", "com1.x", "lpt9/a", "aux.json",
        "a.html", "a.md/b", "templates/a", "a" * 241, "a/" * 501 + "a", "ﬁ", "א",
    ],
)  # fmt: skip
def test_what_is_no_address(address: str) -> None:
    problem = Registry().claim(address, "x.yml")
    assert problem is not None
    assert problem.other is None
    assert "\n" not in str(problem).replace(address, "")


@pytest.mark.parametrize(
    "address",
    ["index", "404", "actors/usa/1987", "briefings/index/1987-03", "data/x.json", "chronology/44bc",
     "a" * 240, "console", "communion", "templates", "a.b/c_d", "topics/con-artists"],
)  # fmt: skip
def test_what_is_an_address(address: str) -> None:
    assert Registry().claim(address, "x.yml") is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("a" * 1001, "is longer than 1000 characters"),
        ("a b", "is not a relative path of a-z, 0-9, - and _ (a dot only inside a name)"),
        ("a/" + "b" * 241, "has a part longer than 240 characters"),
        ("a/con.x", 'has a part "con.x", which Windows reserves'),
        ("a/b.md", 'has a part "b.md" that ends in .md or .html'),
        ("b.html/a", 'has a part "b.html" that ends in .md or .html'),
        ("templates/a", 'is in "templates", which MkDocs leaves out of every site'),
    ],
)
def test_what_is_wrong_is_told(address: str, fault: str) -> None:
    problem = Registry().claim(address, "x.yml")
    assert problem == AddressProblem(address, "x.yml", f'address "{address}" {fault}')
    assert str(problem) == f'x.yml: address "{address}" {fault}'
    with pytest.raises(AttributeError):
        problem.message = ""  # type: ignore[misc]
    assert not hasattr(problem, "__dict__")


def test_addresses_at_the_limit() -> None:
    registry = Registry()
    assert registry.claim("a/" * 499 + "aa", "x.yml") is None
    assert registry.claim("c/templates/a", "x.yml") is None
    for name in ("prn", "aux", "nul", "con", *(f"{c}{n}" for c in ("com", "lpt") for n in "0189")):
        assert registry.claim(f"a/{name}", "x.yml") is not None
        assert registry.claim(f"a/{name}x", "x.yml") is None
        assert registry.claim(f"a/x{name}", "x.yml") is None


WAYS = pytest.mark.parametrize(
    ("one", "other", "link"),
    [
        ("index", "actors/putin", "actors/putin.md"),
        ("actors/putin", "index", "../index.md"),
        ("events/yalta", "actors/putin", "../actors/putin.md"),
        ("actors/usa", "actors/putin", "putin.md"),
        ("actors/usa", "actors/usa/1987", "usa/1987.md"),
        ("actors/usa/1987", "actors/usa", "../usa.md"),
        ("actors/usa/1987", "actors/usa/1988", "1988.md"),
        ("actors/usa/1987", "events/usa/1987", "../../events/usa/1987.md"),
        ("a/a", "a/a", "a.md"),
        ("a/b/c", "x/b/c", "../../x/b/c.md"),
        ("a/b/c", "a/x/b/c", "../x/b/c.md"),
        ("a/b/c", "a/b", "../b.md"),
        ("a/b/c/d", "a/d", "../../d.md"),
    ],
)


@WAYS
def test_relative(one: str, other: str, link: str) -> None:
    assert relative(one, other) + ".md" == link


@WAYS
def test_a_way_that_was_left_open_is_the_relative_one(one: str, other: str, link: str) -> None:
    told = f'[a]({ANYWHERE}{other}.md), <a href="{ANYWHERE}{other}.html"> and {ANYWHERE}{other}x'
    html = link.removesuffix(".md") + ".html"
    longer = relative(one, f"{other}x")
    assert own_ways(told, one) == f'[a]({link}), <a href="{html}"> and {longer}'


@pytest.mark.parametrize("address", ["about", "actors/usa", "actors/usa/1987"])
def test_a_fragment_of_the_page_itself_is_a_fragment_alone(address: str) -> None:
    for end in (".md#x", ".html#x", ".html&#35;x"):
        mark = end.removeprefix(".md").removeprefix(".html")
        assert own_ways(f"({ANYWHERE}{address}{end})", address) == f"({mark})"
        other = relative(address, f"{address}-2")
        assert own_ways(f"({ANYWHERE}{address}-2{end})", address) == f"({other}{end})"


@pytest.mark.parametrize(
    "given",
    [
        "https://x.org/desk",
        "https://x.org/desk/",
        "https://x.org/desk//",
        "https://x.org/desk?a=/b#c",
    ],
)
def test_the_root_of_a_site(given: str) -> None:
    assert root_of(given) == "https://x.org/desk/"
    assert root_of("https://x.org") == "https://x.org/"
