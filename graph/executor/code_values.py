"""Code of expressions: values, properties, operators, lists and maps."""

from __future__ import annotations

from graph.executor.code import Code, Function, Names, makes, value
from graph.executor.kinds import (
    BOOL,
    FLOAT,
    INT,
    NULL,
    TEXT,
    EdgeKind,
    Kind,
    ListKind,
    MapKind,
    NodeKind,
    Nothing,
    join,
    nullable,
)
from graph.executor.properties import property_kind
from graph.executor.syntax import GivenName, ListOf, Literal, MapOf, MapProjection, MemberAt, Name, PropertyOf
from graph.executor.tokens import NotCompiled
from graph.model import NODES

ALWAYS = ("id", "since", "until")
"""What every edge has."""
_KINDS: dict[type, Kind] = {bool: BOOL, int: INT, float: FLOAT, str: TEXT}


@makes(Literal)
def _literal(_: Function, __: Names, tree: Literal) -> Code:
    kind = NULL if tree.value is None else _KINDS[type(tree.value)]
    return Code(repr(tree.value), kind, simple=True)


@makes(Name)
def _variable(function: Function, names: Names, tree: Name) -> Code:
    bound = names.get(tree.name)
    if bound is None:
        raise NotCompiled(f"{tree.name} is not known here")
    return Code(function.use(bound.name), bound.kind, simple=True)


@makes(GivenName)
def _parameter(function: Function, _: Names, tree: GivenName) -> Code:
    kind = function.program.parameters.get(tree.name)
    if kind is None:
        raise NotCompiled(f"${tree.name} is not given")
    return Code(f"given_{tree.name}", kind, simple=True)


@makes(PropertyOf)
def _property(function: Function, names: Names, tree: PropertyOf) -> Code:
    of = value(function, names, tree.of)
    if isinstance(of.kind, Nothing):
        return Code("None", NULL, simple=True)
    if isinstance(of.kind, MapKind):
        return _entry(of, tree.name)
    if isinstance(of.kind, NodeKind):
        return _of_node(function, of, of.kind, tree.name)
    if isinstance(of.kind, EdgeKind):
        return _of_edge(function, of, of.kind, tree.name)
    raise NotCompiled(f".{tree.name} of {of.kind}")


def _entry(of: Code, name: str) -> Code:
    assert isinstance(of.kind, MapKind)
    place = of.kind.place(name)
    if place is None:
        return Code("None", NULL, simple=True)
    kind = of.kind.entries[place][1]
    if not of.kind.null:
        return Code(f"{of.text}[{place}]", kind, simple=of.simple)
    if of.simple:
        return Code(f"(None if {of.text} is None else {of.text}[{place}])", nullable(kind), simple=True)
    return Code(f"field({of.text}, {place})", nullable(kind))


def _of_node(function: Function, of: Code, kind: NodeKind, name: str) -> Code:
    program = function.program
    if name == "id":
        ids = program.need("node_ids")
        if not kind.null:
            return Code(f"{ids}[{of.text}]", TEXT, simple=of.simple)
        return Code(f"of_edge({ids}, {of.text})", nullable(TEXT))
    found = property_kind(name, kind.labels)
    if found is None:
        return Code("None", NULL, simple=True)
    column = program.columns.nodes.get(name)
    wanted = program.columns.wanted
    labels = kind.labels or NODES
    if column is None or any(
        property_kind(name, [label]) is not None and name not in wanted.get(label, ()) for label in labels
    ):
        raise NotCompiled(f"the columns do not hold {name}")
    held, first = program.need("node", name), column.first
    spans = [program.columns.labels[label] for label in kind.labels or ()]
    inside = spans and all(first <= s.first and s.end <= first + len(column.values) for s in spans)
    if inside and not kind.null:
        place = f"{of.text} - {first}" if first else of.text
        return Code(f"{held}[{place}]", nullable(found), simple=of.simple)
    return Code(f"of_column({held}, {first}, {of.text})", nullable(found))


def _of_edge(function: Function, of: Code, kind: EdgeKind, name: str) -> Code:
    found = TEXT if name == "id" else property_kind(name, kind.types)
    if found is None:
        return Code("None", NULL, simple=True)
    if name not in ALWAYS and any(
        name not in function.program.columns.edges[type_].columns
        for type_ in kind.types
        if property_kind(name, [type_]) is not None
    ):
        raise NotCompiled(f"the columns do not hold {name}")
    if kind.only is None:
        held = function.program.need("any_edge", name)
        return Code(
            f"of_edges({held}, {of.text})", found if name in ALWAYS and not kind.null else nullable(found)
        )
    held = function.program.need("edge", kind.only, name)
    if name not in ALWAYS:
        found = nullable(found)
    if kind.null:
        return Code(f"of_edge({held}, {of.text})", nullable(found))
    return Code(f"{held}[{of.text}]", found, simple=of.simple)


@makes(MemberAt)
def _index(function: Function, names: Names, tree: MemberAt) -> Code:
    of, at = value(function, names, tree.of), value(function, names, tree.at)
    if not isinstance(of.kind, ListKind):
        if isinstance(of.kind, Nothing):
            return Code("None", NULL, simple=True)
        raise NotCompiled(f"[…] of {of.kind}")
    if of.simple and at.text == "0" and not of.kind.null:
        return Code(f"({of.text}[0] if {of.text} else None)", nullable(of.kind.of), simple=True)
    return Code(f"at({of.text}, {at.text})", nullable(of.kind.of))


@makes(ListOf)
def _list(function: Function, names: Names, tree: ListOf) -> Code:
    items = [value(function, names, item) for item in tree.items]
    of: Kind = Nothing()
    for item in items:
        of = join(of, item.kind)
    return Code(f"[{', '.join(item.to(of) for item in items)}]", ListKind(of=of))


@makes(MapOf)
def _map(function: Function, names: Names, tree: MapOf) -> Code:
    return _map_of({key: value(function, names, item) for key, item in tree.items})


def _map_of(items: dict[str, Code]) -> Code:
    keys = sorted(items)
    kind = MapKind(entries=tuple((key, items[key].kind) for key in keys))
    return Code(f"({', '.join(items[key].text for key in keys)},)", kind)


@makes(MapProjection)
def _projected(function: Function, names: Names, tree: MapProjection) -> Code:
    of = value(function, names, tree.of)
    taken = tree.taken
    if taken is None:
        if not isinstance(of.kind, MapKind):
            raise NotCompiled(f".* of {of.kind}")
        taken = tuple(name for name, _ in of.kind.entries)
    if of.kind.null:
        if tree.items:
            raise NotCompiled("entries beside those of what may be null")
        made = _map_of({name: _property(function, names, PropertyOf(tree.of, name)) for name in taken})
        return Code(f"(None if {of.text} is None else {made.text})", nullable(made.kind))
    items = {name: _property(function, names, PropertyOf(tree.of, name)) for name in taken}
    return _map_of({**items, **{key: value(function, names, item) for key, item in tree.items}})
