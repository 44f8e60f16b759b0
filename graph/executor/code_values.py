"""Code of expressions: values, properties, operators, lists and maps."""

from __future__ import annotations

from graph.executor.code import Bound, Code, Frame, Names, makes, value
from graph.executor.code_truth import falsity, truth
from graph.executor.kinds import (
    BOOL,
    DATE,
    FLOAT,
    INT,
    NULL,
    NUMBERS,
    TEXT,
    EdgeKind,
    Kind,
    ListKind,
    MapKind,
    NodeKind,
    Nothing,
    Scalar,
    join,
    nullable,
    sure,
)
from graph.executor.properties import property_kind
from graph.executor.syntax import (
    Case,
    Comprehension,
    Expression,
    HasLabel,
    Index,
    ListOf,
    Literal,
    MapOf,
    MapProjection,
    Operation,
    Parameter,
    Property,
    Quantifier,
    Reduce,
    Variable,
)
from graph.executor.tokens import NotCompiled

_KINDS: dict[type, Kind] = {bool: BOOL, int: INT, float: FLOAT, str: TEXT}


@makes(Literal)
def _literal(_: Frame, __: Names, tree: Literal) -> Code:
    kind = NULL if tree.value is None else _KINDS[type(tree.value)]
    return Code(repr(tree.value), kind, simple=True)


@makes(Variable)
def _variable(frame: Frame, names: Names, tree: Variable) -> Code:
    bound = names.get(tree.name)
    if bound is None:
        raise NotCompiled(f"{tree.name} is not known here")
    return Code(frame.use(bound.name), bound.kind, simple=True)


@makes(Parameter)
def _parameter(frame: Frame, _: Names, tree: Parameter) -> Code:
    kind = frame.unit.parameters.get(tree.name)
    if kind is None:
        raise NotCompiled(f"${tree.name} is not given")
    return Code(f"given_{tree.name}", kind, simple=True)


@makes(Property)
def _property(frame: Frame, names: Names, tree: Property) -> Code:
    of = value(frame, names, tree.of)
    if isinstance(of.kind, Nothing):
        return Code("None", NULL, simple=True)
    if isinstance(of.kind, MapKind):
        return _entry(of, tree.name)
    if isinstance(of.kind, NodeKind):
        return _of_node(frame, of, of.kind, tree.name)
    if isinstance(of.kind, EdgeKind):
        return _of_edge(frame, of, of.kind, tree.name)
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


def _of_node(frame: Frame, of: Code, kind: NodeKind, name: str) -> Code:
    unit = frame.unit
    if name == "id":
        ids = unit.need("node_ids")
        if not kind.null:
            return Code(f"{ids}[{of.text}]", TEXT, simple=of.simple)
        return Code(f"of_edge({ids}, {of.text})", nullable(TEXT))
    found = property_kind(name, kind.labels)
    column = unit.columns.nodes.get(name)
    if found is None or column is None:
        if found is not None:
            raise NotCompiled(f"the columns do not hold {name}")
        return Code("None", NULL, simple=True)
    held, first = unit.need("node", name), column.first
    spans = [unit.columns.labels[label] for label in kind.labels or ()]
    inside = spans and all(first <= s.first and s.end <= first + len(column.values) for s in spans)
    if inside and not kind.null:
        place = f"{of.text} - {first}" if first else of.text
        return Code(f"{held}[{place}]", nullable(found), simple=of.simple)
    return Code(f"of_column({held}, {first}, {of.text})", nullable(found))


def _of_edge(frame: Frame, of: Code, kind: EdgeKind, name: str) -> Code:
    found = TEXT if name == "id" else property_kind(name, kind.types)
    if found is None:
        return Code("None", NULL, simple=True)
    if kind.only is None:
        held = frame.unit.need("any_edge", name)
        return Code(f"of_edges({held}, {of.text})", found if name in ("since", "until", "id") else nullable(found))
    held = frame.unit.need("edge", kind.only, name)
    if name not in ("since", "until", "id"):
        found = nullable(found)
    if kind.null:
        return Code(f"of_edge({held}, {of.text})", nullable(found))
    return Code(f"{held}[{of.text}]", found, simple=of.simple)


@makes(Index)
def _index(frame: Frame, names: Names, tree: Index) -> Code:
    of, at = value(frame, names, tree.of), value(frame, names, tree.at)
    if not isinstance(of.kind, ListKind):
        if isinstance(of.kind, Nothing):
            return Code("None", NULL, simple=True)
        raise NotCompiled(f"[…] of {of.kind}")
    if of.simple and at.text == "0" and not of.kind.null:
        return Code(f"({of.text}[0] if {of.text} else None)", nullable(of.kind.of), simple=True)
    return Code(f"at({of.text}, {at.text})", nullable(of.kind.of))


@makes(ListOf)
def _list(frame: Frame, names: Names, tree: ListOf) -> Code:
    items = [value(frame, names, item) for item in tree.items]
    of: Kind = Nothing()
    for item in items:
        of = join(of, item.kind)
    return Code(f"[{', '.join(item.to(of) for item in items)}]", ListKind(of=of))


@makes(MapOf)
def _map(frame: Frame, names: Names, tree: MapOf) -> Code:
    return _map_of({key: value(frame, names, item) for key, item in tree.items})


def _map_of(items: dict[str, Code]) -> Code:
    keys = sorted(items)
    kind = MapKind(entries=tuple((key, items[key].kind) for key in keys))
    return Code(f"({', '.join(items[key].text for key in keys)},)", kind)


@makes(MapProjection)
def _projected(frame: Frame, names: Names, tree: MapProjection) -> Code:
    of = value(frame, names, tree.of)
    taken = tree.taken
    if taken is None:
        if not isinstance(of.kind, MapKind):
            raise NotCompiled(f".* of {of.kind}")
        taken = tuple(name for name, _ in of.kind.entries)
    if of.kind.null:
        if tree.items:
            raise NotCompiled("entries beside those of what may be null")
        made = _map_of({name: _property(frame, names, Property(tree.of, name)) for name in taken})
        return Code(f"(None if {of.text} is None else {made.text})", nullable(made.kind))
    items = {name: _property(frame, names, Property(tree.of, name)) for name in taken}
    return _map_of({**items, **{key: value(frame, names, item) for key, item in tree.items}})


@makes(HasLabel)
@makes(Quantifier)
def _truth_value(frame: Frame, names: Names, tree: Expression) -> Code:
    """What is true, false, or not known where something in it is null."""
    yes, no = truth(frame, names, tree), falsity(frame, names, tree)
    if no == f"not {yes}":
        return Code(f"({yes})", BOOL)
    return Code(f"(True if {yes} else False if {no} else None)", nullable(BOOL))


_TRUTHS = frozenset(
    ["AND", "OR", "NOT", "IN", "=", "<>", "<", "<=", ">", ">=", "IS NULL", "IS NOT NULL"]
    + ["STARTS WITH", "ENDS WITH", "CONTAINS"]
)
"""Operators whose value is true, false, or not known."""


@makes(Operation)
def _operation(frame: Frame, names: Names, tree: Operation) -> Code:
    if tree.sign in _TRUTHS:
        return _truth_value(frame, names, tree)
    operands = [value(frame, names, operand) for operand in tree.operands]
    if tree.sign == "negative":
        (one,) = operands
        return Code(f"times(-1, {one.text})" if one.kind.null else f"(-{one.text})", one.kind)
    one, other = operands
    if tree.sign == "+":
        return _sum(one, other)
    if tree.sign == "-" and _name(one) == "date":
        return _shift(one, other, "-1")
    null = one.kind.null or other.kind.null
    floats = "float" in (_name(one), _name(other)) or tree.sign == "/" and "int" not in (_name(one), _name(other))
    kind = Scalar(null, "float" if floats else "int")
    function = {"-": "minus", "*": "times", "/": "divided", "%": "remainder"}[tree.sign]
    if null or (tree.sign in "/%" and not floats):
        return Code(f"{function}({one.text}, {other.text})", kind)
    return Code(f"({one.text} {tree.sign} {other.text})", kind, simple=one.simple and other.simple)


def _name(code: Code) -> str:
    return code.kind.name if isinstance(code.kind, Scalar) else ""


def _sum(one: Code, other: Code) -> Code:
    if isinstance(one.kind, ListKind) or isinstance(other.kind, ListKind):
        return _lists(one, other)
    if isinstance(one.kind, Nothing) or isinstance(other.kind, Nothing):
        return Code("None", NULL, simple=True)
    if "duration" in (_name(one), _name(other)):
        return _shift(one, other) if _name(one) == "date" else _shift(other, one)
    null = one.kind.null or other.kind.null
    if _name(one) in NUMBERS and _name(other) in NUMBERS:
        kind = Scalar(null, "float" if "float" in (_name(one), _name(other)) else "int")
    elif _name(one) == _name(other) == "text":
        kind = Scalar(null, "text")
    elif "text" in (_name(one), _name(other)) and {_name(one), _name(other)} <= {"text", "int"}:
        return Code(f"text_plus({one.text}, {other.text})", Scalar(null, "text"))
    else:
        raise NotCompiled(f"{one.kind} + {other.kind}")
    if null:
        return Code(f"plus({one.text}, {other.text})", kind)
    return Code(f"({one.text} + {other.text})", kind)


def _lists(one: Code, other: Code) -> Code:
    left = one if isinstance(one.kind, ListKind) else _single(one)
    right = other if isinstance(other.kind, ListKind) else _single(other)
    kind = join(left.kind, right.kind)
    if left.kind.null or right.kind.null:
        return Code(f"plus({left.to(kind)}, {right.to(kind)})", kind)
    return Code(f"({left.to(kind)} + {right.to(kind)})", kind)


def _single(code: Code) -> Code:
    if isinstance(code.kind, Nothing):
        raise NotCompiled("a list and null")
    return Code(f"[{code.text}]", ListKind(of=code.kind))


def _shift(day: Code, by: Code, sign: str = "1") -> Code:
    if _name(day) != "date" or _name(by) != "duration":
        raise NotCompiled(f"{day.kind} and {by.kind}")
    return Code(f"shifted_by({day.text}, {by.text}, {sign})", nullable(DATE))


@makes(Case)
def _case(frame: Frame, names: Names, tree: Case) -> Code:
    subject = None if tree.subject is None else value(frame, names, tree.subject)
    conditions = []
    for when, _ in tree.branches:
        if subject is None:
            conditions.append(truth(frame, names, when))
        else:
            compared = value(frame, names, when)
            asked = subject.text if subject.simple else "subject"
            sure_ = not compared.kind.null or not subject.kind.null
            conditions.append(
                f"{asked} == {compared.text}"
                if sure_
                else f"({asked} is not None and {asked} == {compared.text})"
            )
    gives = [value(frame, names, then) for _, then in tree.branches]
    otherwise = value(frame, names, tree.otherwise)
    kind = otherwise.kind
    for one in gives:
        kind = join(kind, one.kind)
    text = otherwise.to(kind)
    for condition, one in reversed(list(zip(conditions, gives, strict=True))):
        text = f"{one.to(kind)} if {condition} else {text}"
    if subject is not None and not subject.simple:
        return Code(f"(lambda subject: {text})({subject.text})", kind)
    return Code(f"({text})", kind)


@makes(Comprehension)
def _comprehension(frame: Frame, names: Names, tree: Comprehension) -> Code:
    of = value(frame, names, tree.of)
    if isinstance(of.kind, Nothing):
        return Code("None" if of.kind.null else "[]", of.kind)
    if not isinstance(of.kind, ListKind):
        raise NotCompiled(f"members of {of.kind}")
    each = frame.bind(tree.name, of.kind.of)
    inside = {**names, tree.name: each}
    gives = Code(each.name, each.kind) if tree.gives is None else value(frame, inside, tree.gives)
    where = "" if tree.where is None else f" if {truth(frame, inside, tree.where)}"
    among = of.text if not of.kind.null else f"({of.text} or ())"
    made = f"[{gives.text} for {each.name} in {among}{where}]"
    if of.kind.null and of.simple:
        made = f"(None if {of.text} is None else {made})"
    elif of.kind.null:
        made = f"(lambda among: None if among is None else {made.replace(among, 'among')})({of.text})"
    return Code(made, ListKind(of.kind.null, gives.kind))


@makes(Reduce)
def _reduce(frame: Frame, names: Names, tree: Reduce) -> Code:
    start, of = value(frame, names, tree.start), value(frame, names, tree.of)
    if not isinstance(of.kind, ListKind):
        raise NotCompiled(f"members of {of.kind}")
    kind = start.kind if not isinstance(start.kind, Nothing) else start.kind
    written, needed = len(frame.unit.functions), dict(frame.unit.needs)
    while True:
        inner = Frame(frame.unit)
        total, each = inner.bind(tree.total, kind), inner.bind(tree.name, of.kind.of)
        among = inner.new("among")
        inside: dict[str, Bound] = {**names, tree.total: total, tree.name: each}
        with inner.block(f"for {each.name} in {among}:"):
            gives = value(inner, inside, tree.gives)
            inner.write(f"{total.name} = {gives.to(join(kind, gives.kind))}")
        inner.write(f"return {total.name}")
        joined = join(kind, gives.kind)
        if joined == kind:
            break
        kind = joined
        del frame.unit.functions[written:]  # of another kind: written anew
        frame.unit.needs.clear()
        frame.unit.needs.update(needed)
    inner.arguments.pop(among, None)
    inner.arguments = {total.name: None, among: None, **inner.arguments}
    name = inner.finish("reduced")
    others = [a for a in inner.arguments if a not in (total.name, among)]
    started = Code(start.text, start.kind).to(kind)
    given = ", ".join([started, of.text if not of.kind.null else f"({of.text} or ())", *map(frame.use, others)])
    return Code(f"{name}({given})", kind if not of.kind.null else nullable(kind))


def only_sure(code: Code) -> Code:
    """The same, where it is known not to be null."""
    return Code(code.text, sure(code.kind), code.simple)
