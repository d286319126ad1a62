"""A site that was packed and read back is the site, value by value."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from bench.corpus import generate
from readout.content.corpus import Folders
from readout.content.load import load
from readout.site import Site, link
from readout.site.packed import (
    CORPUS,
    NAMES,
    SITE,
    Packed,
    edited,
    pack_site,
    unpack_site,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("packed")
    generate(folder, 80)
    loaded = load(Folders(folder / "content", folder / "seeds"))
    return link(loaded.corpus, loaded.facts)


def test_every_value_comes_back(site: Site) -> None:
    kept = msgspec.msgpack.encode(pack_site(site))
    back = unpack_site(msgspec.msgpack.decode(kept, type=Packed), lambda ids: dict.fromkeys(ids))
    for one, other, names in ((site, back, SITE), (site.corpus, back.corpus, CORPUS)):
        for name in names:
            wanted, found = getattr(one, name), getattr(other, name)
            assert list(found) == list(wanted), name
            assert {key: found[key] for key in found} == dict(wanted.items()), name
            assert len(found) == len(wanted)
            assert ("no", "such") not in found
    assert any(event.date for event in back.events.values())
    assert list(back.articles) == list(site.heads)
    assert (back.corpus.redirects, back.corpus.about) == (site.corpus.redirects, site.corpus.about)
    assert back.corpus.site.title == site.corpus.site.title


def test_every_mapping_is_named() -> None:
    """Nothing that pages look things up in is left out."""
    of_site = {field for field in Site.__dataclass_fields__ if field not in ("corpus", "articles")}
    assert of_site == set(SITE)
    assert set(NAMES) == {*SITE, *(f"corpus.{name}" for name in CORPUS)}


def test_another_title_is_the_only_difference(site: Site) -> None:
    packed = pack_site(site)
    id_ = next(iter(site.titles))
    changed, tokens = edited(packed, {"titles": {id_: "Other"}, "events": {}}, {})
    assert tokens == [("titles", id_)]
    back = unpack_site(changed, lambda ids: {})
    assert back.titles[id_] == "Other"
    rest = {key: title for key, title in back.titles.items() if key != id_}
    assert rest == {key: title for key, title in site.titles.items() if key != id_}
    assert changed.mappings["titles"].whole != packed.mappings["titles"].whole
    assert edited(packed, {"titles": {id_: site.titles[id_]}}, {}) == (packed, [])


def test_a_value_that_passes_to_another_key_changes_the_whole(site: Site) -> None:
    """The log of corrections is cut: which article has the last that is shown is the whole's."""
    before = pack_site(replace(site, corrections={"a": (), "b": ()})).mappings["corrections"]
    after = pack_site(replace(site, corrections={"a": (), "c": ()})).mappings["corrections"]
    assert before.values == after.values
    assert before.whole != after.whole
