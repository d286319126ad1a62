"""One registry of addresses, and links from one to another."""

import pytest

from readout.addresses import Registry, relative


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
    assert "actors/putin" in registry
    assert "ACTORS/PUTIN" in registry
    assert len(registry) == 1
    assert registry.addresses() == ("actors/putin",)


@pytest.mark.parametrize(
    "address",
    [
        "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", ".hidden", "a/.b", "a.", "A", "ä",
        "a b", "a\\b", "a\nb", "a\n", "a%2e", "con", "a/nul", "com1.x", "lpt9/a", "aux.json",
        "a.html", "a.md/b", "templates/a", "a" * 241, "a/" * 501 + "a", "ﬁ", "א",
    ],
)  # fmt: skip
def test_what_is_no_address(address: str) -> None:
    registry = Registry()
    problem = registry.claim(address, "x.yml")
    assert problem is not None
    assert problem.other is None
    assert "\n" not in str(problem).replace(address, "")
    assert len(registry) == 0


@pytest.mark.parametrize(
    "address",
    ["index", "404", "actors/usa/1987", "briefings/index/1987-03", "data/x.json", "chronology/44bc",
     "a" * 240, "console", "communion", "templates", "a.b/c_d", "topics/con-artists"],
)  # fmt: skip
def test_what_is_an_address(address: str) -> None:
    assert Registry().claim(address, "x.yml") is None


@pytest.mark.parametrize(
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
    ],
)
def test_relative(one: str, other: str, link: str) -> None:
    assert relative(one, other, ".md") == link
    assert relative(one, other) + ".md" == link
