"""Python code under construction: functions, their variables, and what they need of the columns.

A text becomes one module of functions: `main`, and one for every subquery, pattern and reduction in it, which
is given the variables that it uses. `value` is the front for expressions; the `code_*` modules say by `makes`
which form each of their functions turns into code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graph.executor.kinds import Kind, rewritten
from graph.executor.syntax import Expression
from graph.executor.tokens import NotCompiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.executor.columns import Columns


@dataclass(frozen=True, slots=True)
class Code:
    """An expression of Python and its kind; `simple` where it may stand twice for the price of once."""

    text: str
    kind: Kind
    simple: bool = False

    def to(self, kind: Kind) -> str:
        """The text, as a value of a kind that this one was joined into."""
        return rewritten(self.text, self.kind, kind)


@dataclass(frozen=True, slots=True)
class Bound:
    """A variable of Cypher: the name that it has in Python, and its kind."""

    name: str
    kind: Kind


Names = Mapping[str, Bound]
"""The variables that are known at a place."""


@dataclass
class Program:
    """All functions of a text."""

    columns: Columns
    parameters: Mapping[str, Kind]
    functions: list[str] = field(default_factory=list)
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What of the columns has which name in the code: what it is, and of what."""
    _count: int = 0

    def fresh(self, stem: str) -> str:
        """A name that nothing else has: parameters, functions and parts of the columns begin otherwise."""
        self._count += 1
        return f"v{self._count}_{stem if stem.isidentifier() else ''}"

    def need(self, what: str, *of: str) -> str:
        """The name under which the code finds a part of the columns."""
        name = "_".join((what, *of))
        self.needs[name] = (what, *of)
        return name


@dataclass
class Function:
    """A function that is being written."""

    program: Program
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    own: set[str] = field(default_factory=set)
    arguments: dict[str, None] = field(default_factory=dict)

    def write(self, line: str) -> None:
        """A line at the present depth."""
        self.lines.append(" " * self.depth + line)

    def new(self, stem: str) -> str:
        """A new variable of this function."""
        name = self.program.fresh(stem)
        self.own.add(name)
        return name

    def use(self, name: str) -> str:
        """A variable that is used: one of another function becomes an argument."""
        if name not in self.own:
            self.arguments[name] = None
        return name

    def bind(self, stem: str, kind: Kind) -> Bound:
        """A new variable of Cypher."""
        return Bound(self.new(stem), kind)

    @contextmanager
    def block(self, line: str) -> Iterator[None]:
        """Lines below one that ends with a colon."""
        depth = self.depth
        self.write(line)
        self.depth += 1
        yield
        self.depth = depth

    def finish(self, stem: str) -> str:
        """Add the function to the program; its name."""
        name = self.program.fresh(stem)
        head = f"def {name}({', '.join(self.arguments)}):"
        self.program.functions.append("\n".join([head, *(self.lines or [" pass"])]))
        return name

    def call(self, name: str, arguments: Iterable[str]) -> str:
        """Code that calls a function with variables of its own, which this one then uses too."""
        return f"{name}({', '.join(self.use(a) for a in arguments)})"


Maker = Callable[[Function, Names, Any], Code]
_MAKERS: dict[type, Maker] = {}


def makes(form: type) -> Callable[[Maker], Maker]:
    """Marks the function that turns a form of expression into code."""

    def marked(maker: Maker) -> Maker:
        _MAKERS[form] = maker
        return maker

    return marked


def value(function: Function, names: Names, tree: Expression) -> Code:
    """Code of an expression; raises `NotCompiled`."""
    maker = _MAKERS.get(type(tree))
    if maker is None:
        raise NotCompiled(f"{type(tree).__name__} as a value")
    return maker(function, names, tree)


def named(function: Function, code: Code) -> Code:
    """The same as what may stand twice: where it is not, it is written into a variable before."""
    if code.simple:
        return code
    name = function.new("v")
    function.write(f"{name} = {code.text}")
    return replace(code, text=name, simple=True)
