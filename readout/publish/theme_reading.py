"""What a theme's page template does with a page, read from its syntax tree.

A template that prints values of the page's front matter escaped, asks whether they are there, and
prints the page's text as it is, gives the same HTML for all pages of one kind but for these values.
`read_template` says which they are, and refuses any template that does more: `page.content|length`
or `page.title|upper`, an `include`, a call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from jinja2 import Environment, nodes

PAGE = "main.html"
"""The template of pages that name no other."""
KIND = "kind"
"""The one value of the front matter that a template may compare with others."""

_Sort = Literal["same", "url", "value", "content"]
"""What an expression gives: what is the same for all pages of a kind; an address that hangs on the
folder; a value of this page; its text."""
_GIVEN: dict[str, _Sort] = {
    "nav": "same",
    "config": "same",
    "mkdocs_version": "same",
    "build_date_utc": "same",
    "base_url": "url",
}
"""Names of MkDocs' context (`get_context`); those of the others hang on the page in other ways."""
_OF_PAGE: dict[str, _Sort] = {
    "content": "content",
    "title": "value",  # where the front matter has one
    "canonical_url": "value",
    "is_homepage": "same",  # of pages that are not in the menu
}
_LATER = {"content", "markdown", "meta", "toc", "file", "present_anchor_ids", "links_to_anchors"}
"""What pages of the menu have only once they were pressed, and what leads to that."""


class UnfitError(Exception):
    """This template does more with a page than can be foreseen."""


def read_template(environment: Environment) -> tuple[str, ...]:
    """The keys of the front matter whose values the template of pages prints or asks for, sorted;
    `title` is one of them, `kind` is not. Raises UnfitError, and TemplateError where there is none.
    """
    if environment.autoescape is not False or environment.finalize is not None:
        raise UnfitError
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, PAGE)
    reader = _Reader(environment)
    reader.statements(environment.parse(source, PAGE).body)
    return tuple(sorted(reader.values))


class _Reader:
    def __init__(self, environment: Environment) -> None:
        self._filters = environment.filters
        self._names = dict(_GIVEN)
        self.values = {"title"}

    def statements(self, body: Sequence[nodes.Node]) -> None:
        """Reads statements in their order."""
        for node in body:
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    self._printed(one)
            elif isinstance(node, nodes.If):
                self._tested(node.test)
                for part in (node.body, node.elif_, node.else_):
                    self.statements(part)
            elif isinstance(node, nodes.For):
                self._loop(node)
            elif isinstance(node, nodes.Assign):
                self._assign(node.target, self._sort(node.node))
            else:
                raise UnfitError

    def _loop(self, node: nodes.For) -> None:
        if node.recursive or self._sort(node.iter) != "same":
            raise UnfitError
        self._assign(node.target, "same")
        if node.test is not None:
            self._tested(node.test)
        self.statements(node.body)
        self.statements(node.else_)

    def _assign(self, target: nodes.Node, sort: _Sort) -> None:
        """A name means one thing everywhere."""
        if not isinstance(target, nodes.Name) or target.name in {"page", "loop", "self"}:
            raise UnfitError
        if self._names.setdefault(target.name, sort) != sort or target.name in _GIVEN:
            raise UnfitError

    def _printed(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.TemplateData):
            return
        if isinstance(node, nodes.Filter) and node.name in {"e", "escape"}:
            if node.node is None or self._sort(node.node) not in {"same", "value"}:
                raise UnfitError
        elif self._sort(node) == "value":
            raise UnfitError

    def _tested(self, node: nodes.Node) -> None:
        """A condition: whether there is a value, or anything that is the same for all."""
        if isinstance(node, nodes.Not):
            self._tested(node.node)
        elif isinstance(node, nodes.And | nodes.Or):
            self._tested(node.left)
            self._tested(node.right)
        elif self._sort(node) not in {"same", "value"}:
            raise UnfitError

    def _sort(self, node: nodes.Node) -> _Sort:
        match node:
            case nodes.Const():
                return "same"
            case nodes.Name():
                return self._name(node.name)
            case nodes.Getattr(node=nodes.Name(name="page")):
                return _of(_OF_PAGE, node.attr)
            case nodes.Getattr(node=nodes.Getattr(node=nodes.Name(name="page"), attr="meta")):
                return self._of_meta(node.attr)
            case nodes.Getattr() if node.attr not in _LATER:
                return self._all_same(node.node)
            case nodes.Filter():
                return self._filtered(node)
            case nodes.CondExpr():
                self._tested(node.test)
                sorts = {self._sort(one) for one in (node.expr1, node.expr2) if one is not None}
                if sorts <= {"same", "url"}:
                    return "url" if "url" in sorts else "same"
            case nodes.Compare():
                return self._all_same(node.expr, *(one.expr for one in node.ops))
            case nodes.Not():
                return self._all_same(node.node)
            case nodes.BinExpr():
                return self._all_same(node.left, node.right)
        raise UnfitError

    def _all_same(self, *parts: nodes.Node) -> _Sort:
        if any(self._sort(one) != "same" for one in parts):
            raise UnfitError
        return "same"

    def _name(self, name: str) -> _Sort:
        return "same" if name == "loop" else _of(self._names, name)

    def _of_meta(self, key: str) -> _Sort:
        if hasattr(dict, key):  # Jinja2 takes it for that
            raise UnfitError
        if key == KIND:
            return "same"
        self.values.add(key)
        return "value"

    def _filtered(self, node: nodes.Filter) -> _Sort:
        found = self._filters.get(node.name)
        if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise UnfitError
        if node.name == "url" and not node.args:
            self._all_same(node.node)
            return "url"
        if node.name in {"default", "d"} and len(node.args) == 1:
            sort = self._sort(node.node)
            if sort == "value":
                self._other(node.args[0], is_title=_is_title(node.node))
                return "value"
        if found is None or _asks_context(found):
            raise UnfitError
        return self._all_same(node.node, *node.args)

    def _other(self, node: nodes.Node, *, is_title: bool) -> None:
        """What stands for a value that is not there: nothing ever does for a title."""
        if is_title and isinstance(node, nodes.Filter) and node.name == "striptags" and node.node:
            node = node.node
        if self._sort(node) not in {"same", "value"}:
            raise UnfitError


def _is_title(node: nodes.Node) -> bool:
    match node:
        case nodes.Getattr(
            attr="title", node=nodes.Getattr(attr="meta", node=nodes.Name(name="page"))
        ):
            return True
    return False


def _of(sorts: dict[str, _Sort], name: str) -> _Sort:
    if name not in sorts:
        raise UnfitError
    return sorts[name]


def _asks_context(found: object) -> bool:
    """Whether a filter is given the context, the page among it."""
    return getattr(getattr(found, "jinja_pass_arg", None), "name", "") == "context"
