"""The Python that page templates compile to: what Jinja2 would write, without its generality.

Pages are made by the ten thousand, and templates see records alone. So `x.y` is an attribute and
`x["y"]` an item, and never the other; a macro is a function, called by position; and a raw block is
what `raw` makes of a text. What is not there is an error of Python's own: AttributeError, KeyError,
TypeError.
"""

from __future__ import annotations

from types import FunctionType

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing


class PageCode(CodeGenerator):
    """Jinja2's generator, with the steps that pages take most often written out."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module of a template."""
        self.writeline("from readout.render.page_code import plain_macro")
        self.writeline("from readout.text import SafeHtml, SafeMarkdown, finalize")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`x.y`."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """`x["y"]`."""
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """`f(x, y=z)`."""
        if node.dyn_args or node.dyn_kwargs:
            self.fail("arguments are written one by one", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        """`{% call raw() %}text{% endcall %}` is `raw(text)`, among the Markdown of a page."""
        called = node.call.node
        if not isinstance(called, nodes.Name) or called.name != "raw":
            self.fail("nothing but raw() is called with a block", node.lineno)
        if node.args or node.call.args or node.call.kwargs:
            self.fail("raw() has its block alone", node.lineno)
        if frame.buffer is not None:
            self.fail("a raw block stands in no other and in no macro", node.lineno)
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.start_write(frame, node)
        self.visit(called, frame)
        self.write(f"(''.join({inner.buffer}))")
        self.end_write(frame)
        self.leave_frame(inner)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro: the function itself."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("a macro has the arguments that it names", macro_ref.node.lineno)
        self.write(f"plain_macro(macro, {len(macro_ref.node.defaults)})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        """What is safe is printed at once; `finalize` says what becomes of the rest."""
        self.write("(piece.text if (kind := type(piece := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(")) is SafeHtml or kind is SafeMarkdown else finalize(piece))")


def plain_macro(macro: FunctionType, defaults: int) -> FunctionType:
    """A macro whose last arguments may be left out: it has what stands for them in itself."""
    macro.__defaults__ = (missing,) * defaults
    return macro
