"""Draws queries of several clauses in a row, over what `seed_data/` has: all that comes is defined by Cypher.

Nothing is drawn of which the answer is left open: LIMIT stands behind an order by everything in scope, and
lists are gathered inside ORDER BY. Of a drawn text the same number draws the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

LABELS: Mapping[str, Mapping[str, str]] = {
    "Area": {"level": "text"},
    "Quarter": {"kind": "text", "households": "number"},
    "PartyOrganization": {"level": "text", "tier": "text", "seats": "number", "elected_on": "day"},
    "OwnersCommittee": {"kind": "text", "seats": "number", "elected_on": "day"},
    "Need": {"category": "text", "status": "text", "resource_categories": "texts"},
    "Unit": {"category": "text"},
}
"""Labels, and properties that their nodes have, by kind."""
STEPS = (
    ("Area", "PART_OF", "Area"),
    ("Quarter", "PART_OF", "Area"),
    ("Quarter", "WITHIN", "Area"),
    ("Need", "CONCERNS", "Quarter"),
    ("Need", "CONCERNS", "Area"),
    ("PartyOrganization", "COVERS", "Quarter"),
    ("PartyOrganization", "COVERS", "Area"),
    ("PartyOrganization", "COVERS", "Unit"),
    ("PartyOrganization", "SUBORDINATE_TO", "PartyOrganization"),
    ("OwnersCommittee", "COVERS", "Quarter"),
    ("OwnersCommittee", "CROSS_APPOINTMENT", "PartyOrganization"),
    ("Unit", "BASED_IN", "Area"),
    ("Unit", "CO_BUILDS", "PartyOrganization"),
)
"""Edges that are there, with the labels of their ends."""
TYPES = sorted({kind for _, kind, _ in STEPS})
HUBS = {"Area": ("990101000000", "990101001001"), "Quarter": ("q-990101-001", "q-990101-002")}
"""Where a pattern begins that hangs together with nothing before: from all nodes it would go too far."""
TEXTS = ("'community'", "'q-990101-001'", "'990101001001'", "'branch'", "'residential'")
MOST = 4
"""Clauses between the first MATCH and RETURN."""
DEEPEST = 2
"""Expressions in expressions."""


@dataclass
class Scope:
    """What a clause may name: nodes, edges, and values by their kind."""

    nodes: dict[str, str] = field(default_factory=dict)
    """By name the label that it is likely to have."""
    edges: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)


class Drawer:
    """One query in the making."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._names = 0

    def query(self) -> str:
        """A text of a MATCH, some clauses and a RETURN."""
        scope = Scope()
        clauses = [self.match(scope, first=True)]
        clauses += [self.clause(scope) for _ in range(self.random.randint(0, MOST))]
        return " ".join([*filter(None, clauses), self.result(scope)])

    def result(self, scope: Scope) -> str:
        """A RETURN of ids and values, now and then of how many rows there are."""
        items = [f"{node}.id AS {self.name('id')}" for node in scope.nodes]
        items += [f"{value} AS {self.name('v')}" for value in scope.values]
        items.append(f"{self.value(scope)[0]} AS {self.name('c')}")
        if self.chance(0.25):
            items = [item for item in items if self.chance(0.4)] + ["count(*) AS rows"]
        return f"RETURN {'DISTINCT ' if self.chance(0.1) else ''}{', '.join(items)}"

    def clause(self, scope: Scope) -> str:
        """One more clause, which changes what is in scope."""
        drawn: Sequence[Callable[[Scope], str]] = (
            self.match, self.match, self.match, self.optional, self.handed_on, self.handed_on, self.gathered,
            self.unwound, self.called, self.cut,
        )  # fmt: skip
        return self.random.choice(drawn)(scope)

    def match(self, scope: Scope, *, first: bool = False) -> str:
        """MATCH of one or two paths."""
        paths = [self.path(scope, first=first)]
        if self.chance(0.15):
            paths.append(self.path(scope))
        return f"MATCH {', '.join(paths)}{self.where(scope)}"

    def optional(self, scope: Scope) -> str:
        """OPTIONAL MATCH, which leaves nodes that may be null."""
        return f"OPTIONAL MATCH {self.path(scope)}{self.where(scope)}"

    def path(self, scope: Scope, *, first: bool = False) -> str:
        """A path from a node in scope, or from a new one."""
        if scope.nodes and self.chance(0.75):
            start = self.random.choice(list(scope.nodes))
            label, text = scope.nodes[start], f"({start})"
            steps = self.random.choice((1, 1, 2))
        else:
            start = self.name("n")
            label = self.random.choice(list(LABELS if first else HUBS))
            place = "" if first else f" {{id: '{self.random.choice(HUBS[label])}'}}"
            text = f"({start}{f':{label}' if first or self.chance(0.5) else ''}{place})"
            scope.nodes[start] = label
            steps = self.random.choice((0, 1, 1, 2))
        for _ in range(steps):
            node = self.name("n")
            edge, label = self.edge(label, scope)
            scope.nodes[node] = label
            text += f"{edge}({node}{self.random.choice(('', f':{label}'))})"
        return text

    def edge(self, label: str, scope: Scope | None = None) -> tuple[str, str]:
        """An edge that nodes of a label are likely to have, and the label behind it.

        In any direction; with a variable, where `scope` takes it.
        """
        ways = [(kind, "->", end) for start, kind, end in STEPS if start == label]
        ways += [(kind, "<-", start) for start, kind, end in STEPS if end == label]
        kind, way, behind = self.random.choice(ways)
        more = self.random.choice(("", "", "", f"|{self.random.choice([t for t in TYPES if t != kind])}"))
        steps = self.random.choice(("", "", "", "", "*1..2", "*0..1"))
        name = ""
        if scope is not None and not steps and self.chance(0.2):
            name = self.name("r")
            scope.edges.append(name)
        inner = f"[{name}:{kind}{more}{steps}]"
        if self.chance(0.2):
            return f"-{inner}-", behind
        return (f"-{inner}->" if way == "->" else f"<-{inner}-"), behind

    def where(self, scope: Scope, chance: float = 0.3) -> str:
        """A condition, or none."""
        return f" WHERE {self.condition(scope)}" if self.chance(chance) else ""

    def handed_on(self, scope: Scope) -> str:
        """WITH of some of what is in scope, and of what is made of it."""
        if not scope.nodes and not scope.values:
            return ""
        added = {self.name("v"): self.value(scope) for _ in range(self.random.choice((0, 1, 1)))}
        distinct = self.chance(0.2)
        scope.nodes = self.some(scope.nodes, 0.7) or self.some(scope.nodes, 1)
        scope.edges = []
        kept = self.some(scope.values, 0.7)
        items = [*scope.nodes, *kept, *(f"{text} AS {name}" for name, (text, _) in added.items())]
        scope.values = {**kept, **{name: kind for name, (_, kind) in added.items()}}
        if not items:
            return ""
        return f"WITH {'DISTINCT ' if distinct else ''}{', '.join(items)}{self.where(scope)}"

    def gathered(self, scope: Scope) -> str:
        """WITH that counts by groups."""
        text, kind = self.value(scope)
        name = self.name("v")
        drawn = ["count(*)", f"count({text})", f"count(DISTINCT {text})"]
        if kind in ("number", "text"):
            drawn += [f"max({text})", f"min({text})"]
        if kind == "number":
            drawn += [f"sum({text})"]
        chosen = self.random.choice(drawn)
        scope.nodes = dict([*self.some(scope.nodes, 0.4).items()][:1])
        kept = self.some(scope.values, 0.4)
        scope.edges, scope.values = [], {**kept, name: kind if chosen[:3] in ("max", "min") else "number"}
        items = [*scope.nodes, *kept, f"{chosen} AS {name}"]
        return f"WITH {', '.join(items)}{self.where(scope)}"

    def unwound(self, scope: Scope) -> str:
        """UNWIND of a list."""
        lists = [name for name, kind in scope.values.items() if kind == "texts"]
        lists += [f"{node}.resource_categories" for node, label in scope.nodes.items() if label == "Need"]
        name = self.name("u")
        if self.chance(0.5) and lists:
            text, kind = self.random.choice(lists), "text"
        else:
            text, kind = self.random.choice(
                (("[1, 2]", "number"), ("[0, null, 3]", "number"), ("['q']", "text"))
            )
        scope.values[name] = kind
        return f"UNWIND {text} AS {name}"

    def called(self, scope: Scope) -> str:
        """CALL of a query that takes some nodes."""
        inner = Scope(self.some(scope.nodes, 0.6))
        given = ", ".join(inner.nodes)
        match = self.match(inner)
        name = self.name("v")
        text, kind = self.value(inner)
        found = self.random.choice((text, f"DISTINCT {text}", "count(*)", f"max({text})"))
        if found.startswith("max") and kind not in ("number", "text"):
            found = "count(*)"
        scope.values[name] = "number" if found == "count(*)" else kind
        return f"CALL ({given}) {{ {match} RETURN {found} AS {name} }}"

    def cut(self, scope: Scope) -> str:
        """WITH of everything, sorted by everything, cut off."""
        plain = {name: kind for name, kind in scope.values.items() if kind in ("number", "text")}
        keys = [f"{node}.id" for node in scope.nodes] + list(plain)
        scope.edges, scope.values = [], plain
        if not keys:
            return ""
        order = ", ".join(key + self.random.choice(("", " DESC")) for key in keys)
        ends = self.random.choice(("LIMIT 3", "SKIP 2", "SKIP 1 LIMIT 2"))
        distinct = "DISTINCT " if self.chance(0.2) else ""
        return f"WITH {distinct}{', '.join([*scope.nodes, *plain])} ORDER BY {order} {ends}"

    def condition(self, scope: Scope, depth: int = 0) -> str:
        """An expression that is true, false or null."""
        if depth < DEEPEST and self.chance(0.4):
            one, other = (self.condition(scope, depth + 1) for _ in range(2))
            return self.random.choice(
                (f"({one} AND {other})", f"({one} OR {other})", f"NOT ({one})", f"({one} XOR {other})")
            )
        if scope.nodes and self.chance(0.25):
            return self.about_node(scope)
        text, kind = self.value(scope, depth + 1)
        if kind == "truth":
            return text
        drawn = [f"{text} IS NULL", f"{text} IS NOT NULL"]
        if kind == "number":
            drawn += [f"{text} {sign} {self.random.randint(0, 3)}" for sign in ("=", "<>", "<", ">=")] * 2
        if kind == "text":
            constant = self.random.choice(TEXTS)
            drawn += [f"{text} = {constant}", f"{text} <> {constant}", f"{text} STARTS WITH {constant}"] * 2
        if kind == "texts":
            drawn += [
                f"any(x IN {text} WHERE x > 'h')",
                f"all(x IN {text} WHERE x > 'h')",
                f"size({text}) > 1",
            ]
        if kind == "day":
            drawn += [f"{text} > date('2020-01-01')", f"{text} <= date('2023-06-30')"]
        return self.random.choice(drawn)

    def about_node(self, scope: Scope) -> str:
        """A condition on what is around a node."""
        node, other = self.random.choice(list(scope.nodes)), self.name("x")
        edge, behind = self.edge(scope.nodes[node])
        label = self.random.choice(("", f":{behind}"))
        inside = self.random.choice(("", "", f" WHERE {other}.id > {node}.id", f" WHERE {other}.seats > 2"))
        pattern = f"({node}){edge}({other}{label}){inside}"
        return self.random.choice(
            (
                f"EXISTS {{ {pattern} }}",
                f"NOT EXISTS {{ {pattern} }}",
                f"COUNT {{ {pattern} }} > {self.random.randint(0, 2)}",
                f"{node}:{self.random.choice(list(LABELS))}",
            )
        )

    def value(self, scope: Scope, depth: int = 0) -> tuple[str, str]:
        """An expression and its kind: number, text, texts, day or truth."""
        drawn: list[Callable[[], tuple[str, str]]] = [self.constant]
        if scope.nodes:
            drawn += [lambda: self.property(scope)] * 4
        if scope.values:
            drawn += [lambda: self.random.choice(list(scope.values.items()))] * 4
        if scope.edges:
            drawn += [lambda: (f"{self.random.choice(scope.edges)}.since_known", "truth")]
        if depth < DEEPEST:
            drawn += [lambda: self.made(scope, depth), lambda: self.made(scope, depth)]
        return self.random.choice(drawn)()

    def constant(self) -> tuple[str, str]:
        return self.random.choice((("1", "number"), ("3", "number"), ("'q'", "text"), ("true", "truth")))

    def property(self, scope: Scope) -> tuple[str, str]:
        node, label = self.random.choice(list(scope.nodes.items()))
        name, kind = self.random.choice([("id", "text"), *LABELS[label].items()])
        return f"{node}.{name}", kind

    def made(self, scope: Scope, depth: int) -> tuple[str, str]:
        """A value made of others."""
        text, kind = self.value(scope, depth + 1)
        condition = self.condition(scope, depth + 1)
        drawn = [
            (f"CASE WHEN {condition} THEN {text} END", kind),
            (f"CASE WHEN {condition} THEN 1 ELSE 2 END", "number"),
            (f"coalesce({text}, {text})", kind),
        ]
        if kind == "number":
            drawn += [(f"({text} + 1)", kind), (f"[{text}, 7][0]", kind), (f"{{k: {text}}}.k", kind)] * 2
            drawn += [
                (f"({text} IN [1, 2, 3])", "truth"),
                (f"reduce(t = 0, x IN [1, 2] | t + x * {text})", kind),
            ]
        if kind == "text":
            drawn += [
                (f"size({text})", "number"),
                (f"({text} + '-')", kind),
                (f"split({text}, '-')[0]", kind),
            ] * 2
        if kind == "texts":
            drawn += [
                (f"size({text})", "number"),
                (f"{text}[0]", "text"),
                (f"[x IN {text} WHERE x > 'h']", kind),
            ] * 2
        if kind == "day":
            drawn += [
                (f"{text}.year", "number"),
                (f"duration.between({text}, date('2025-01-01')).months", "number"),
            ] * 2
        if scope.nodes:
            node, other = self.random.choice(list(scope.nodes)), self.name("x")
            pattern = f"({node}){self.edge(scope.nodes[node])[0]}({other})"
            drawn += [
                (f"COUNT {{ {pattern} }}", "number"),
                (f"size([{pattern} | {other}.id])", "number"),
                (f"COLLECT {{ MATCH {pattern} RETURN {other}.id ORDER BY {other}.id }}", "texts"),
            ]
        return self.random.choice(drawn)

    def name(self, prefix: str) -> str:
        """A new name."""
        self._names += 1
        return f"{prefix}{self._names}"

    def some(self, of: Mapping[str, str], chance: float) -> dict[str, str]:
        """Each of these with a chance."""
        return {name: what for name, what in of.items() if self.chance(chance)}

    def chance(self, of: float) -> bool:
        """Whether something that is so likely happens."""
        return self.random.random() < of
