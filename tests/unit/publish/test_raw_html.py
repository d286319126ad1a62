"""Raw HTML blocks: what is seen at once is what a close look sees."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout.publish.raw_html import _BEGINS, _QUICK, _is_closed, anchors, anchors_of, is_simple
from tests.builds import ROOT
from tests.builds import tree as visible

PIECES = st.sampled_from([
    *("<div>", "</div>", '<div class="a">', "<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"),
    *("<section>", "</section>", '<a href="b.html">', "</a>", '<a name="n">', "<br/>", "<br />"),
    *('<a id="i">', '<p id="j&amp;k">', '<p title=" id=" x="y">', "<p id='q'>", "<p id=r>"),
    *(' id="s"', ' name="t"', '"', "'", "<", ">", "&", "&amp;", "&#35;", "&#x2d;", "&b=", "& "),
    *("[", "]", "![", "`", "\\", "\n", "\n", " ", "\t", "\r", "text", "é", "א", "<!-- c -->"),
    *("<script>", "</script>", "<DIV>", "<path d=\"M0\"/>", '<svg viewBox="0 0">', "</svg>"),
    *('<p id="">', '<p title="[^1] id=">', "<!x>", "<?x>", "<article>", "</article>", "<h2>"),
])  # fmt: skip
WHOLE = st.sampled_from(["div", "p", "section", "article", "ul", "ol", "figure", "aside"])


@st.composite
def blocks(draw: st.DrawFn, depth: int = 3) -> str:
    """Elements that are closed, most of them."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        name = draw(WHOLE)
        inner = draw(st.lists(PIECES | blocks(depth - 1) if depth else PIECES, max_size=3))
        attribute = draw(st.sampled_from(["", ' id="z"', ' class="c"', ' name="m"', " hidden"]))
        parts.append(f"<{name}{attribute}>{''.join(inner)}</{name}>")
    return draw(st.sampled_from(["\n", "\n", "", " "])).join(parts)


@settings(max_examples=int(os.environ.get("READOUT_EXAMPLES", "1500")))
@given(blocks() | st.lists(PIECES, max_size=12).map("".join))
def test_what_is_seen_at_once_is_what_a_close_look_sees(text: str) -> None:
    block = text.strip("\n").encode()
    if not _QUICK.isinstance_python(block):
        return
    begins = _BEGINS.match(block)
    assert begins is not None
    assert is_simple(block)
    assert _is_closed(block, begins[1])
    assert anchors_of(block) == set(anchors(block))


def test_our_own_blocks_are_seen_at_once() -> None:
    """Else builds would take longer, and nothing would say why."""
    blocks = [
        block
        for path, data in visible(ROOT / "tests" / "golden").items()
        if path.endswith(".md")
        for block in data.split(b"\n---\n", 1)[1].strip(b"\n").split(b"\n\n")
        if block.startswith(b"<")
    ]
    assert len(blocks) > 100
    slow = [block for block in blocks if not _QUICK.isinstance_python(block)]
    assert len(slow) * 50 < len(blocks), slow


@pytest.mark.parametrize(
    "block",
    [
        *(b"<div>\xff</div>", b"<div>\xed\xa0\x80</div>", b"<div>a", b"<div></div> a"),
        *(b"<div>a</div><p>b</p>", b"<div><!-- c --></div>", b"<div><script></script></div>"),
        *(b"<div><div></div>", b"<p>[TOC]</p>", b"<p>\x00</p>", b"<p>a\rb</p>", b"<p>&copy</p>"),
    ],
)
def test_a_block_that_may_be_read_differently(block: bytes) -> None:
    assert anchors_of(block) is None
