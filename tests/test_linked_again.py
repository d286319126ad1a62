"""Where little has changed, that alone is linked again; the site is the clean one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import generate
from readout import linking, pipeline, stats
from readout.cache import Cache, InMemory
from readout.content import load as loading
from readout.content.articles import KeptIsLostError
from readout.content.corpus import Folders
from readout.content.load import read_and_check
from readout.diagnostic import has_errors
from readout.publish import docs as docs_tree
from readout.publish import finish, site_tree
from readout.publish.finish import Finishing
from readout.publish.settings import never
from readout.render import pages as render_pages
from readout.render import remake
from readout.render.index import Index
from readout.render.track import Marks
from tests.builds import copy_small
from tests.edits import Desk, load, save
from tests.link_chains import run_links

OLD = 10**18


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, "reworded", search=False)
    generate(tmp_path, 16)
    for path in made.content.rglob("*.*"):
        os.utime(path, ns=(OLD, OLD))
    assert made.build()
    return made


def say(content: Path, file: str, **values: Any) -> None:
    path = content / file
    save(path, {**load(path), **values})


def change(desk: Desk, name: str, **values: Any) -> None:
    say(desk.content, f"articles/{name}.yml", **values)


def linked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hears of each time that all of a site is linked."""
    heard: list[str] = []
    real = linking.link

    def link(*given: Any) -> Any:
        heard.append("linked")
        return real(*given)

    monkeypatch.setattr(linking, "link", link)
    monkeypatch.setattr(pipeline, "apart", lambda work: work())  # where it can be heard
    return heard


def is_clean(desk: Desk) -> bool:
    return desk.made("kept") == desk.clean()


@pytest.mark.parametrize("seed", range(6))
def test_it_comes_to_what_linking_everything_does(seed: int, tmp_path: Path) -> None:
    counts = run_links(tmp_path, f"links {seed}", 30)
    assert counts["again"] >= 5, counts


def test_so_it_does_where_lists_are_long(tmp_path: Path) -> None:
    assert run_links(tmp_path, "large links", 12, large=True)["again"] >= 4


def test_other_words_are_not_linked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    summary = load(desk.content / "articles" / "article-3.yml")["summary"]
    change(desk, "article-3", title="Another title", summary=f"{summary} And more words.")
    change(desk, "article-5", prepared_by=["Somebody else"])
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


def test_twice_in_a_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    for n in range(3):
        change(desk, "article-3", title=f"Title {n}")
        assert desk.build()
    assert heard == []
    assert is_clean(desk)


@pytest.mark.parametrize(
    "values",
    [
        {"source": {"published": "1950-01-01"}},
        {"topics": []},
        {"reviewed": "2026-11-27"},
        {"summary": "As [[norland]] said."},
    ],
)
def test_what_links_hang_on_is_linked_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]
) -> None:
    heard = linked(monkeypatch)
    change(desk, "article-4", **values)
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


def codes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], bool]:
    """What is told of a build, and whether all was linked; the same as is told of a clean one."""
    with monkeypatch.context() as here:
        heard = linked(here)
        report = pipeline.build(desk.settings("kept"))
    assert report.diagnostics == pipeline.read(desk.settings("none"))[1]
    return [one.code for one in report.diagnostics], heard != []


def test_one_report_in_two_articles_is_told_and_all_others_cost_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (load(desk.content / "articles" / f"article-{n}.yml") for n in (4, 5))
    source = one["source"]
    mine = {**source, "url": "https://a.example/mine"}
    change(desk, "article-4", source=mine)
    assert codes(desk, monkeypatch) == ([], False)
    new = {"title": "New", "source": {"url": "https://a.example/new"}, "bottom_line": "Short."}
    save(desk.content / "articles" / "new.yml", new)
    assert codes(desk, monkeypatch) == ([], False)
    change(desk, "article-5", source={**other["source"], "url": "https://a.example/mine"})
    assert codes(desk, monkeypatch) == (["SOURCE003"], True)
    change(desk, "article-3", title="Another title")
    assert codes(desk, monkeypatch) == (["SOURCE003"], False)
    change(desk, "article-4", source=source)
    assert codes(desk, monkeypatch) == ([], True)
    save(desk.content / "articles" / "copy.yml", new)
    assert codes(desk, monkeypatch) == (["SOURCE003"], True)
    save(desk.content / "articles" / "copy.yml", {**new, "title": "Copy", "source": {}})
    assert codes(desk, monkeypatch) == ([], True)
    same = {**new, "source": {"url": "https://a.example/same"}}
    for name in ("new-1", "new-2"):
        save(desk.content / "articles" / f"{name}.yml", {**same, "title": name})
    assert codes(desk, monkeypatch) == (["SOURCE003"], True)
    save(desk.content / "articles" / "new-3.yml", {**same, "title": "Third"})
    assert codes(desk, monkeypatch) == (["SOURCE003"], True)
    change(desk, "new-3", title="The third, of which only the number is told")
    assert codes(desk, monkeypatch) == (["SOURCE003"], False)
    change(desk, "new-3", source={})
    assert codes(desk, monkeypatch) == (["SOURCE003"], True)
    assert is_clean(desk)


@pytest.mark.parametrize("values", [{"events": []}, {"draft": "true"}])
def test_where_something_may_be_gone_all_is_linked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]
) -> None:
    heard = linked(monkeypatch)
    change(desk, "article-4", **values)
    if desk.build():
        assert heard != []
        assert is_clean(desk)
    else:  # refused, as when others refer to what is gone
        assert heard == []


def test_errors_and_warnings_are_told_all_the_same(desk: Desk) -> None:
    change(desk, "article-3", bottom_line="Long words. " * 60)
    report = pipeline.build(desk.settings("kept"))
    assert [one.code for one in report.diagnostics] == [
        one.code for one in pipeline.read(desk.settings("none"))[1]
    ]
    assert report.published is not None
    (desk.content / "articles" / "article-3.yml").write_text("title: [", encoding="utf-8")
    assert pipeline.build(desk.settings("kept")).published is None


@pytest.mark.parametrize("flip", range(8))
def test_a_damaged_state_is_not_believed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, flip: int
) -> None:
    state = desk.folder / "kept" / "work" / "state"
    data = bytearray(state.read_bytes())
    data[len(data) * flip // 8] ^= 1
    state.write_bytes(data)
    heard = linked(monkeypatch)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == ["linked"]
    assert is_clean(desk)


def test_a_state_that_another_build_has_replaced_is_not_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = linked(monkeypatch)
    monkeypatch.setattr(pipeline.StateFile, "is_as_read", lambda self: False)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == ["linked"]
    assert is_clean(desk)


def test_what_was_lost_is_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    (desk.folder / "kept" / "site" / "briefings" / "article-7.html").unlink()
    (desk.folder / "kept" / "work" / "docs" / "index.md").write_text("mine", encoding="utf-8")
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


def test_a_desk_without_a_file_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.content / "site.yml").unlink()
    assert desk.build()
    heard = linked(monkeypatch)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


@pytest.mark.parametrize("facts", [{}, {"reviewed": "2026-11-27"}])
@pytest.mark.parametrize("stage", ["planning", "making pages"])
def test_another_build_that_reads_a_newer_text_meanwhile(
    desk: Desk, stage: str, facts: dict[str, Any]
) -> None:
    """What it keeps is not taken for what this build has read and checked."""
    settings = desk.settings("kept")
    change(desk, "article-3", title="One title", **facts)

    def tell(now: str) -> None:
        if now == stage:
            change(desk, "article-3", title="Another title", summary="Said otherwise.")
            cache = Cache(settings.work / "cache.sqlite", pipeline._version(settings))
            pipeline.read(settings, cache.table("files"))
            cache.close()

    report = pipeline.build(settings, tell)
    assert report.published is not None
    assert report.published.problems == ()
    assert is_clean(desk)


@pytest.fixture
def settled(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose files are old enough to be known by what the system says of them."""
    monkeypatch.setattr(loading, "_YOUNG", 0)
    assert desk.build()
    return desk


def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hears of each file that is opened."""
    heard: list[str] = []
    real = loading.read_bytes

    def read_bytes(path: str) -> Any:
        heard.append(Path(path).name)
        return real(path)

    monkeypatch.setattr(loading, "read_bytes", read_bytes)
    return heard


def test_what_has_not_changed_is_not_opened(settled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard, opened = linked(monkeypatch), read_again(monkeypatch)
    change(settled, "article-3", title="Another title")
    for name in ("README.md", "articles/README.md", ".hidden", ".git/articles/x.yml"):
        path = settled.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Read by nobody.", encoding="utf-8")
    assert settled.build()
    assert (heard, opened) == ([], ["article-3.yml"])
    assert is_clean(settled)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("articles/MYREADME.md", lambda path: path.write_text("x", encoding="utf-8")),
        ("articles/more/.x", lambda path: (path.parent.mkdir(), path.touch())),
        ("articles/more", Path.mkdir),
        ("notes", Path.mkdir),
        ("seeds", Path.mkdir),
        ("articles/article-4.yml", Path.unlink),
        ("articles/article-4.yml", lambda path: path.rename(path.with_name("other.yml"))),
        ("articles/article-4.yml", lambda path: (path.unlink(), os.mkfifo(path))),
        ("articles/article-4.yml", lambda path: (path.unlink(), path.mkdir())),
        ("articles/article-4.yml", lambda path: (path.unlink(), path.symlink_to("article-5.yml"))),
        ("../seeds/x.txt", lambda path: path.write_text("x", encoding="utf-8")),
        ("../seeds/more", Path.mkdir),
        ("../seeds", lambda path: (shutil.rmtree(path), path.symlink_to("nowhere"))),
        ("../seeds", lambda path: (shutil.rmtree(path), path.write_text("x", encoding="utf-8"))),
    ],
)
@pytest.mark.parametrize("looked", [True, False])
def test_what_has_come_or_gone_is_told_as_ever(
    settled: Desk, name: str, spoil: Callable[[Path], object], looked: bool
) -> None:
    (settled.folder / "seeds").mkdir(exist_ok=True)
    spoil(settled.content / name)
    settings = settled.settings("kept")
    trees = None
    if looked:
        with suppress(OSError):
            trees = stats.trees_of(str(settings.content), str(settings.seeds))
    told = pipeline.build(settings, trees=trees).diagnostics
    assert told == pipeline.read(settled.settings("none"))[1]


def test_without_a_folder_of_articles(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "empty", search=False)
    (desk.content / "articles").mkdir(parents=True)
    assert desk.build()
    (desk.content / "articles").rmdir()
    assert not desk.build()


def test_a_file_that_changes_after_it_was_looked_at(settled: Desk) -> None:
    settings = settled.settings("kept")
    change(settled, "article-3", title="One title")
    trees = stats.trees_of(str(settings.content), str(settings.seeds))
    change(settled, "article-3", title="Another title")
    change(settled, "article-5", title="A third")
    assert pipeline.build(settings, trees=trees).published is not None
    assert settled.build()
    assert is_clean(settled)


@pytest.fixture
def served(desk: Desk) -> Desk:
    """A desk that is built by a server."""
    desk.memory = pipeline.Memory()
    assert desk.build()
    return desk


def listings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hears of each tree of what was built that is looked at."""
    heard: list[str] = []
    for module in (docs_tree, site_tree):
        real = module.list_tree

        def list_tree(root: Path, real: Any = real) -> Any:
            heard.append(root.name)
            return real(root)

        monkeypatch.setattr(module, "list_tree", list_tree)
    return heard


def test_a_server_knows_what_it_has_built(served: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = listings(monkeypatch)
    for n in range(3):
        change(served, "article-3", title=f"Title {n}")
        assert served.build()
        change(served, f"article-{n + 4}", reviewed=f"2026-11-2{n}")  # linked again
        assert served.build()
    assert heard == []
    assert is_clean(served)


def test_a_server_looks_again_after_another_build(
    served: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(served, "article-3", title="One title")
    assert pipeline.build(served.settings("kept")).published is not None
    heard = listings(monkeypatch)
    change(served, "article-4", title="Another title")
    assert served.build()
    assert heard == ["docs", "site"]
    assert is_clean(served)


def test_a_server_looks_again_after_a_build_that_came_to_nothing(
    served: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(served, "article-3", title="One title")
    with monkeypatch.context() as broken:
        broken.setattr(Finishing, "_check", lambda self, _: self._problems.append("broken"))
        report = pipeline.build(served.settings("kept"), memory=served.memory)
        assert report.published is not None
        assert report.published.problems == ("broken",)
    heard = listings(monkeypatch)
    change(served, "article-3", title="Title 3")
    assert served.build()
    assert heard == ["docs", "site"]
    assert is_clean(served)


def test_a_server_whose_site_was_taken_away(served: Desk) -> None:
    shutil.rmtree(served.folder / "kept" / "site")
    change(served, "article-3", title="Another title")
    assert served.build()
    assert is_clean(served)


def test_where_seeds_become_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "empty", search=False)
    (desk.content / "articles").mkdir(parents=True)
    assert desk.build()
    (tmp_path / "seeds").symlink_to("nowhere")
    assert not desk.build()


def test_a_clock_that_has_gone_back(settled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file as young as the clock says it is may change again and look the same."""
    opened = read_again(monkeypatch)
    monkeypatch.setattr(loading.time, "time_ns", lambda: OLD)
    change(settled, "article-3", title="Another title")
    assert settled.build()
    assert len(opened) > 16
    assert is_clean(settled)


@pytest.mark.parametrize("where", ["writing", "checking"])
def test_a_server_beside_another_build_that_fails_half_way(
    served: Desk, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    old = load(served.content / "articles" / "article-3.yml")
    change(served, "article-3", title="Another title")
    with monkeypatch.context() as broken:
        if where == "writing":
            broken.setattr(finish, "write_record", refuse)
        else:
            broken.setattr(Finishing, "_check", lambda self, _: self._problems.append("broken"))
        pipeline.build(served.settings("kept"))
    save(served.content / "articles" / "article-3.yml", old)
    change(served, "article-7", title="Title 7")
    assert served.build()
    assert is_clean(served)


def refuse(*_: object) -> None:
    raise OSError(28, "no space left", "record")


def test_templates_that_change_meanwhile_and_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of which of them pages were made nobody knows: all are made again."""
    change(desk, "article-3", title="One title")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(pipeline, "_has_key", lambda settings, key: False)
        meanwhile.setattr(finish, "key_of", lambda settings: b"another")
        real = render_pages.write
        meanwhile.setattr(remake, "write", lambda page, desk: real(page, desk) + b"\nChanged.\n")
        assert desk.build()
    assert not is_clean(desk)
    assert desk.build()
    assert is_clean(desk)


def test_a_search_record_of_a_newer_text_is_not_indexed(tmp_path: Path) -> None:
    table = InMemory()
    desk = Desk(tmp_path, "searched", search=True)
    generate(tmp_path, 5)
    packed = pipeline._linked(desk.settings("kept"), table)[1]
    assert packed is not None
    site = linking.site_of(packed.site, packed.files, table)
    marks = Marks(packed.site, packed.files, b"")
    index = Index(pipeline._desk(desk.settings("kept"), site), marks, table, never)
    address = next(iter(index.digests))
    assert address in index.line(address)
    head = table.head(address)
    assert head is not None
    table.put([(address, head, b"another")])
    with pytest.raises(KeptIsLostError):
        index.line(address)


def test_a_comment_in_a_record_beside_a_new_article(tmp_path: Path) -> None:
    """What is kept of the record is not lost: it says the same."""
    made = Desk(tmp_path, "commented", search=False)
    copy_small(tmp_path)
    assert made.build()
    with (tmp_path / "seeds" / "harbour.yml").open("a", encoding="utf-8") as file:
        file.write("# A comment.\n")
    new = {"title": "New", "source": {"seed": "harbour"}, "bottom_line": "Short."}
    save(made.content / "articles" / "new.yml", new)
    cache = tmp_path / "kept" / "work" / "cache.sqlite"
    before = cache.stat()
    assert made.build()
    assert (cache.stat().st_ino, cache.stat().st_size >= before.st_size) == (before.st_ino, True)
    assert is_clean(made)


def in_an_entry(file: str, id_: str, key: str) -> Callable[[Path], None]:
    def refer(content: Path) -> None:
        entries = load(content / file)
        say(content, file, **{id_: {**entries[id_], key: REFERENCE}})

    return refer


def in_a_relation(content: Path) -> None:
    claims = load(content / "articles" / "second-report.yml")["claims"]
    claims[0]["confirms"] = ["harbour-talks#summary"]
    say(content, "articles/second-report.yml", claims=claims)


def in_about(content: Path) -> None:
    with (content / "about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{REFERENCE}\n")


REFERENCE = "As [[article:harbour-talks#summary]] has it."


@pytest.mark.parametrize(
    "refer",
    [
        None,
        in_a_relation,
        in_about,
        partial(say, file="articles/second-report.yml", summary=REFERENCE),
        partial(say, file="articles/not-yet.yml", background=REFERENCE),
        partial(say, file="site.yml", bottom_line=REFERENCE),
        partial(say, file="actors/norland.yml", description=REFERENCE),
        in_an_entry("topics.yml", "channels", "description"),
        in_an_entry("events.yml", "the-message", "summary"),
    ],
)
def test_a_claim_may_go_where_nothing_names_it(
    tmp_path: Path, refer: Callable[[Path], None] | None
) -> None:
    copy_small(tmp_path)
    folders, table = Folders(tmp_path / "content", tmp_path / "seeds"), InMemory()
    if refer is not None:
        refer(tmp_path / "content")
    loaded, diagnostics = read_and_check(folders, table)
    assert diagnostics == ()
    before = linking.linked_of(loaded, diagnostics)
    article = tmp_path / "content" / "articles" / "harbour-talks.yml"
    text = article.read_text(encoding="utf-8")
    claim = "  - id: summary\n    text: The outlet calls it a riddle.\n"
    assert claim in text
    article.write_text(text.replace(claim, ""), encoding="utf-8")
    again = linking.linked_again(folders, table, before, has_errors)
    assert (again is None) is (refer is not None)
    assert has_errors(read_and_check(folders, InMemory())[1]) is (refer is not None)


@pytest.mark.parametrize("is_named", [False, True])
def test_so_may_a_claim_of_a_draft(tmp_path: Path, is_named: bool) -> None:
    copy_small(tmp_path)
    folders, table = Folders(tmp_path / "content", tmp_path / "seeds"), InMemory()
    draft = load(folders.content / "articles" / "not-yet.yml")
    save(folders.content / "articles" / "other.yml", {**draft, "source": {"headline": "Other"}})
    if is_named:
        say(folders.content, "articles/other.yml", background="As [[article:not-yet#one]] says.")
    claims = [{"id": one, "text": f"It is {one}."} for one in ("one", "two")]
    say(folders.content, "articles/not-yet.yml", claims=claims)
    before = linking.linked_of(*read_and_check(folders, table))
    say(folders.content, "articles/not-yet.yml", claims=claims[1:])
    again = linking.linked_again(folders, table, before, has_errors)
    assert (again is None) is is_named


def test_an_actor_of_whom_nobody_tells_comes_for_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "unused", search=False)
    copy_small(tmp_path)
    actors = desk.content / "actors"
    for number in range(100):
        save(actors / f"unused-{number:02}.yml", {"name": f"Unused {number:02}", "kind": "person"})
    assert desk.build()
    (actors / "unused-99.yml").rename(actors / "first.yml")  # among the forty in most reports
    assert desk.build()
    assert is_clean(desk)
