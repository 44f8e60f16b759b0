"""The graph model: the one source of truth for labels, edge types, ids, posts and walks.

The classes themselves are in `nodes` and `edges`. Constraints, indexes,
import validation, the API schema, masking and the data dictionary all derive from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from string import ascii_lowercase, digits

from graph.errors import BadParameter
from graph.model.base import OPEN_END, OPEN_START, Edge, Flag, Node, Property
from graph.model.edges import BODIES, EDGE_TYPES
from graph.model.nodes import NODE_TYPES
from graph.model.vocabulary import NEED_MEETS, PostRole

__all__ = [
    "AUXILIARY",
    "BODIES",
    "CROSS_ROLES",
    "EDGES",
    "NEED_MEETS",
    "NODES",
    "OPEN_END",
    "OPEN_START",
    "POSTS",
    "Edge",
    "Flag",
    "Node",
    "PostRole",
    "Property",
    "crosses",
    "edge_id",
    "edge_ids",
    "is_valid_id",
    "label_of",
    "labels_by_prefix",
    "misformed",
    "walk_cost",
]

NODES: dict[str, type[Node]] = {t.label(): t for t in NODE_TYPES}
EDGES: dict[str, type[Edge]] = {t.type: t for t in EDGE_TYPES}
AUXILIARY = frozenset(t.type for t in EDGE_TYPES if t.auxiliary)
"""Types of edges that repeat what others say; shown only where they are asked for by name."""

POSTS: dict[str, tuple[str, ...]] = {
    "PartyOrganization": (
        "secretary",
        "deputy_secretary",
        "committee_member",
        "part_time_member",
        "group_leader",
        "instructor",
    ),
    "ResidentsCommittee": ("director", "deputy_director", "member", "community_worker"),
    "OwnersCommittee": ("chair", "vice_chair", "member", "alternate"),
    "SupervisionCommittee": ("chair", "member"),
    "PropertyProject": ("project_manager", "staff"),
    "Team": ("leader", "member", "instructor"),
    "ServiceStation": ("head", "duty_member", "instructor"),
    "Unit": ("leader", "member", "head", "instructor"),
    "PropertyFirm": ("leader", "member", "head", "instructor"),
    "Grid": ("grid_worker", "contact_cadre"),
    "Building": ("building_head", "entrance_head"),
    "Quarter": ("contact_cadre", "service_post"),
}
"""Which roles a body or place has."""

CROSS_ROLES: dict[str, tuple[str, ...]] = {
    "PartyOrganization": ("secretary", "deputy_secretary", "committee_member", "part_time_member"),
    "ResidentsCommittee": ("director", "deputy_director", "member"),
    "OwnersCommittee": ("chair", "vice_chair", "member"),
    "PropertyProject": ("project_manager", "staff"),
}
"""The substantive roles: two of them, held by one person in two bodies, cross-appoint them."""

_LABEL_BY_PREFIX = {t.prefix: label for label, t in NODES.items()}
_ID = re.compile(r"[a-z]{1,2}-\d{6}-[a-z0-9]+(-[a-z0-9]+)*")
_AREA_ID = re.compile(r"\d{12}|\d{2,12}-[a-z0-9]+(-[a-z0-9]+)*")


_SHAPE = bytes.maketrans(
    (ascii_lowercase + digits).encode(), b"a" * len(ascii_lowercase) + b"0" * len(digits)
)

_SHORT_CODES = (2, 4, 6, 9)
"""Digits of a division code that say all; twelve are its id."""


def labels_by_prefix() -> dict[str, str]:
    """Id prefix to label; Area has the empty prefix, its ids begin with a digit."""
    return dict(_LABEL_BY_PREFIX)


def label_of(node_id: str) -> str:
    """The label that an id belongs to, read from its prefix.

    Raises `BadParameter` if the prefix is not one of the model.
    """
    prefix = "" if node_id[:1].isdigit() else node_id.partition("-")[0]
    try:
        return _LABEL_BY_PREFIX[prefix]
    except KeyError:
        raise BadParameter(
            f"编号 {node_id!r} 的前缀不在模型中。",
            f"id {node_id!r} does not begin with a prefix of the model.",
            subject="id",
        ) from None


def area_id(code: str) -> str:
    """The id of an area by its code: 2, 4, 6 or 9 digits name a province, city, district, subdistrict."""
    code = code.strip()
    return code.ljust(12, "0") if code.isascii() and code.isdigit() and len(code) in _SHORT_CODES else code


def misformed(label: str, ids: Sequence[str]) -> list[int]:
    """The positions of ids that have not the form that the model prescribes for a label."""
    form = _AREA_ID if label == "Area" else _ID
    begin = "" if label == "Area" else f"{NODES[label].prefix}-"
    fits = form.fullmatch
    if _all_fit(ids, fits, begin):
        return []
    return [i for i, id_ in enumerate(ids) if fits(id_) is None or not id_.startswith(begin)]


def _all_fit(ids: Sequence[str], fits: Callable[[str], object], begin: str) -> bool:
    """Whether all ids surely fit: one is looked at of those that differ in digits and letters alone."""
    lines = "\n" + "\n".join(ids)
    if not lines.isascii() or lines.count("\n" + begin) != len(ids):
        return False
    shapes = set(lines.encode().translate(_SHAPE).split(b"\n")[1:])
    return all(fits(shape.decode()) for shape in shapes)


def is_valid_id(label: str, node_id: str) -> bool:
    """Whether an id has the form that the model prescribes for a label."""
    return not misformed(label, [node_id])


def edge_id(type_: str, start: str, end: str, key: str | None = None, spell: int = 1) -> str:
    """`from~TYPE~to`, then the role, subject or relation, then the spell from the second on."""
    edge = EDGES[type_]
    parts = [start, type_, end]
    if edge.key is not None:
        parts.append(str(key))
    if edge.spell_in_id or spell > 1:
        parts.append(str(spell))
    return "~".join(parts)


def edge_ids(
    type_: str, starts: Sequence[str], ends: Sequence[str], keys: Sequence[str] | None, spells: Sequence[int]
) -> list[str]:
    """What `edge_id` gives for many edges of one type; `spells` has one for each or one for all."""
    edge = EDGES[type_]
    parts: list[Iterable[str]] = [starts, repeat(type_), ends]
    if edge.key is not None and keys is not None:
        parts.append(keys)
    found = list(map("~".join, zip(*parts)))  # noqa: B905 - the type is repeated without an end
    if edge.spell_in_id or any(spell > 1 for spell in set(spells)):
        every = edge.spell_in_id
        spells = spells if len(spells) == len(found) else [*spells] * len(found)
        found = [f"{i}~{spell}" if every or spell > 1 else i for i, spell in zip(found, spells, strict=True)]
    return found


def crosses(body_id: str, role: str) -> bool:
    """Whether a post counts for CROSS_APPOINTMENT."""
    return role in CROSS_ROLES.get(label_of(body_id), ())


def walk_cost(type_: str) -> int | None:
    """What one hop of a resource path over an edge of this type costs; None: never walked."""
    walk = EDGES[type_].walk
    return None if walk is None else walk.cost
